//! The description of the API, generated from the types that read and write it.

use super::super::{
    api::{
        health::Health,
        request::{CheckRequest, ExplainRequest},
    },
    problem::Problem,
};
use crate::{
    model::plan::Plan,
    wire::{Document, listing::Listing, topic::Explained},
};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The description, indented.
pub fn text() -> String {
    format!("{:#}\n", description())
}

fn description() -> Value {
    let settings =
        SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
    let generator = &mut settings.into_generator();
    let check =
        "Judges keys and serials as the Setup of a product would, or says what to do when there is no key in the box.";
    let explain = "Leads from an article, an id or an error text to articles and their remedies.";
    let addpack = "Goes through a plan of Small Business Server Client Add Packs, disk by disk.";
    let suggest = "Finds the order of the disks that ends with the most licences and spoils none.";
    let paths = json!({
        "/api/v1/check": { "post": post::<CheckRequest, Document>(generator, "check", check) },
        "/api/v1/explain": { "post": post::<ExplainRequest, Explained<'_>>(generator, "explain", explain) },
        "/api/v1/addpack": { "post": post::<Plan, Document>(generator, "addpack", addpack) },
        "/api/v1/addpack/suggest": { "post": post::<Plan, Document>(generator, "suggestAddpack", suggest) },
        "/api/v1/products": { "get": get::<Listing<'_>>(generator, "products", "Lists the products.") },
        "/api/v1/rules": { "get": get::<Listing<'_>>(generator, "rules", "Lists the rules.") },
        "/api/v1/articles": { "get": get::<Listing<'_>>(generator, "articles", "Lists the Knowledge Base articles.") },
        "/healthz": { "get": get::<Health>(generator, "health", "Says that the server answers.") },
    });
    let problem = generator.subschema_for::<Problem>();
    let responses: Map<_, _> = PROBLEMS
        .iter()
        .map(|(_, name, when)| {
            let content = json!({ Problem::CONTENT_TYPE: { "schema": problem } });
            ((*name).to_owned(), json!({ "description": when, "content": content }))
        })
        .collect();
    let schemas = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "jewelcase",
            "summary": "Judges CD keys, Product IDs and Microsoft Mail postoffice serials of the 1990s.",
            "description": "The server keeps nothing. Keys in answers are masked unless `show_keys` asks for them whole.",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "servers": [{ "url": "/" }],
        "security": [],
        "paths": paths,
        "components": { "schemas": schemas, "responses": responses },
    })
}

/// The problems of a request: status, name, and cause.
const PROBLEMS: [(&str, &str, &str); 8] = [
    ("400", "BadRequest", "The request is not valid HTTP, or its body is not the JSON that was expected."),
    ("408", "RequestTimeout", "The request took too long."),
    ("413", "ContentTooLarge", "The body is longer than 64 KiB."),
    ("415", "UnsupportedMediaType", "The body is not called application/json."),
    ("421", "MisdirectedRequest", "The Host header names another machine."),
    ("422", "UnprocessableContent", "An id is unknown, or the fields do not go together."),
    ("429", "TooManyRequests", "This address sends more requests than it may."),
    ("405", "MethodNotAllowed", "The method means nothing at this address."),
];

/// The problems that only a request with a body can have.
const BODY_PROBLEMS: [&str; 4] = ["408", "413", "415", "422"];

fn post<Asked: JsonSchema, Answered: JsonSchema>(generator: &mut SchemaGenerator, id: &str, summary: &str) -> Value {
    let asked = generator.subschema_for::<Asked>();
    json!({
        "operationId": id,
        "summary": summary,
        "requestBody": { "required": true, "content": { "application/json": { "schema": asked } } },
        "responses": responses::<Answered>(generator, |_| true),
    })
}

fn get<Answered: JsonSchema>(generator: &mut SchemaGenerator, id: &str, summary: &str) -> Value {
    let responses = responses::<Answered>(generator, |status| !BODY_PROBLEMS.contains(&status));
    json!({ "operationId": id, "summary": summary, "responses": responses })
}

fn responses<Answered: JsonSchema>(generator: &mut SchemaGenerator, meets: impl Fn(&str) -> bool) -> Value {
    let answered = generator.subschema_for::<Answered>();
    let good = json!({ "description": "The document.", "content": { "application/json": { "schema": answered } } });
    let problems = PROBLEMS.iter().filter(|(status, ..)| meets(status));
    let problems = problems
        .map(|(status, name, _)| ((*status).to_owned(), json!({ "$ref": format!("#/components/responses/{name}") })));
    let all = std::iter::once(("200".to_owned(), good)).chain(problems);
    Value::Object(all.collect())
}
