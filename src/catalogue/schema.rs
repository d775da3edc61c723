//! JSON Schemas of the rule files.

/// The families of rule files that have a schema, as the `schema` folder names them.
pub const FAMILIES: [&str; 9] =
    ["form", "product", "package", "article", "server", "baseline", "carrier", "locator", "rule"];

/// The JSON Schema (draft 2020-12) of one family's files, as the repository has it; `None` for an unknown family.
pub fn schema(family: &str) -> Option<&'static str> {
    match family {
        "form" => Some(include_str!("../../keyrules/schema/form.json")),
        "product" => Some(include_str!("../../keyrules/schema/product.json")),
        "package" => Some(include_str!("../../keyrules/schema/package.json")),
        "article" => Some(include_str!("../../keyrules/schema/article.json")),
        "server" => Some(include_str!("../../keyrules/schema/server.json")),
        "baseline" => Some(include_str!("../../keyrules/schema/baseline.json")),
        "locator" => Some(include_str!("../../keyrules/schema/locator.json")),
        "carrier" => Some(include_str!("../../keyrules/schema/carrier.json")),
        "rule" => Some(include_str!("../../keyrules/schema/rule.json")),
        _ => None,
    }
}

/// The same, as the types that read the files make it.
#[cfg(feature = "schema")]
pub fn generated(family: &str) -> Option<String> {
    use crate::model::{
        answer_source::AnswerSource, article::Article, form::Form, package::Package, product::Product,
        reference_postoffice::ReferencePostoffice, rule::Rule, serial_location::SerialLocation, server::Server,
    };
    fn pretty<T: schemars::JsonSchema>() -> String {
        format!("{:#}\n", schemars::schema_for!(T).as_value())
    }
    match family {
        "form" => Some(pretty::<Form>()),
        "product" => Some(pretty::<Product>()),
        "package" => Some(pretty::<Package>()),
        "article" => Some(pretty::<Article>()),
        "server" => Some(pretty::<Server>()),
        "baseline" => Some(pretty::<ReferencePostoffice>()),
        "locator" => Some(pretty::<SerialLocation>()),
        "carrier" => Some(pretty::<AnswerSource>()),
        "rule" => Some(pretty::<Rule>()),
        _ => None,
    }
}
