//! JSON Schemas of the rule files, generated from the types that read them.

use crate::model::{
    article::Article, carrier::Carrier, form::Form, licence::Licence, locator::Locator, package::Package,
    product::Product, rule::Rule, specimen::Baseline,
};
use schemars::{JsonSchema, schema_for};

/// The families of rule files that have a schema, as the `schema` folder names them.
pub const FAMILIES: [&str; 9] =
    ["form", "product", "package", "article", "licence", "baseline", "carrier", "locator", "rule"];

/// The JSON Schema (draft 2020-12) of one family's files, pretty-printed; `None` for an unknown family.
pub fn schema(family: &str) -> Option<String> {
    fn pretty<T: JsonSchema>() -> String {
        format!("{:#}\n", schema_for!(T).as_value())
    }
    match family {
        "form" => Some(pretty::<Form>()),
        "product" => Some(pretty::<Product>()),
        "package" => Some(pretty::<Package>()),
        "article" => Some(pretty::<Article>()),
        "licence" => Some(pretty::<Licence>()),
        "baseline" => Some(pretty::<Baseline>()),
        "locator" => Some(pretty::<Locator>()),
        "carrier" => Some(pretty::<Carrier>()),
        "rule" => Some(pretty::<Rule>()),
        _ => None,
    }
}
