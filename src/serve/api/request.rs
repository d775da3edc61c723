//! The requests of the API.

use crate::{
    model::sku::{self, Sku},
    serve::problem::Problem,
};
use axum::http::StatusCode;
use serde::Deserialize;

/// The maximum number of keys in one request.
pub const MAX_KEYS: usize = 100;

/// The longest topic, in characters: more than a message box can show.
pub const MAX_TOPIC_CHARACTERS: usize = 4000;

/// Keys to be judged, and the product and package for which they are going to be typed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// Keys, Product IDs and serials in any spelling; none with `no_key`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_KEYS)))]
    pub keys: Vec<String>,
    /// The product whose Setup asks, such as `outlook-97`.
    #[serde(default)]
    pub product: Option<String>,
    /// The channel that it was sold through.
    #[serde(default, deserialize_with = "sku::by_name")]
    pub sku: Option<Sku>,
    /// The package that it came in, such as `backoffice-server-4.0`.
    #[serde(default)]
    pub from: Option<String>,
    /// There is no key in the box. Needs `product`.
    #[serde(default)]
    pub no_key: bool,
    /// Shows keys whole in the answer.
    #[serde(default)]
    pub show_keys: bool,
}

impl CheckRequest {
    /// Checks that the fields go together.
    ///
    /// # Errors
    /// The expectation that they do not meet.
    pub fn validate(&self) -> Result<(), Problem> {
        let expected = match (self.no_key, self.keys.as_slice()) {
            (true, []) if self.product.is_some() => return Ok(()),
            (true, []) => "expected `product` beside `no_key`".to_owned(),
            (true, _) => "expected no `keys` beside `no_key`".to_owned(),
            (false, []) => "expected at least one key in `keys`, or `no_key`".to_owned(),
            (false, keys) if keys.len() > MAX_KEYS => {
                format!("expected at most {MAX_KEYS} `keys` at a time, found {}", keys.len())
            }
            (false, _) => return Ok(()),
        };
        Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, expected))
    }
}

/// A topic to be explained.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExplainRequest {
    /// An article, a remedy, a rule, a product, or the text of an error message, whole or in part.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_TOPIC_CHARACTERS)))]
    pub topic: String,
    /// Articles about this product come first.
    #[serde(default)]
    pub product: Option<String>,
}

impl ExplainRequest {
    /// Checks the length of the topic.
    ///
    /// # Errors
    /// The expectation that it does not meet.
    pub fn validate(&self) -> Result<(), Problem> {
        let found = self.topic.chars().count();
        if found <= MAX_TOPIC_CHARACTERS {
            return Ok(());
        }
        let expected = format!("expected a topic of at most {MAX_TOPIC_CHARACTERS} characters, found {found}");
        Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, expected))
    }
}
