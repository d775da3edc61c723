//! The JSON API: the contract's documents, and problem details where there is none.

mod document;
mod json;
mod judged;
pub mod request;

pub(super) use document::Remedies;

use super::{openapi, problem::Problem, route::Desk};
use crate::{
    addpack::{self, PlanError},
    catalogue::{Catalogue, EntryTable},
    judge::{judge, judge_absence},
    model::{
        plan::{Forecast, Plan},
        situation::Situation,
    },
    wire::{
        Entry,
        listing::{Listed, Listing},
        mask::Keys,
        topic::Explained,
    },
};
use axum::{
    body::Body,
    extract::State,
    http::{Response, StatusCode},
};
use json::{Answer, Asked, answer};
use request::{CheckRequest, ExplainRequest};
use serde::{Serialize, de::DeserializeOwned};

/// That the server answers.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
}

/// Judges keys, or the absence of one.
pub(super) async fn check(State(desk): State<Desk>, Asked(request): Asked<CheckRequest>) -> Answer {
    request.validate()?;
    let catalogue = desk.catalogue;
    let CheckRequest { keys, product, sku, from, no_key, show_keys } = &request;
    let situation = Situation { product: product.as_deref(), sku: *sku, package: from.as_deref() };
    let shown = if *show_keys { Keys::Shown } else { Keys::Masked };
    let subjects: Vec<_> = match no_key {
        true => vec![judge_absence(catalogue, &situation)?],
        false => keys.iter().map(|key| judge(catalogue, key, &situation)).collect::<Result<_, _>>()?,
    };
    Ok(json::response(json::written(|buffer| judged::write(buffer, &subjects, &desk.remedies, shown))))
}

/// Says what a topic is about.
pub(super) async fn explain(
    State(catalogue): State<&'static Catalogue>,
    Asked(request): Asked<ExplainRequest>,
) -> Answer {
    request.validate()?;
    let ExplainRequest { topic, product } = &request;
    product.as_deref().map(|id| catalogue.products.find(id)).transpose()?;
    let matches = crate::explain::explain(catalogue, topic, product.as_deref());
    answer(&Explained::of(catalogue, topic, &matches))
}

/// Goes through a plan of add packs.
pub(super) async fn addpack(State(desk): State<Desk>, Asked(plan): Asked<Plan>) -> Answer {
    planned(&desk, addpack::simulate(desk.catalogue, &plan))
}

/// Finds the best order for the disks of a plan.
pub(super) async fn suggest(State(desk): State<Desk>, Asked(plan): Asked<Plan>) -> Answer {
    planned(&desk, addpack::suggest(desk.catalogue, &plan))
}

/// Lists the products.
pub(super) async fn products(State(catalogue): State<&'static Catalogue>) -> Answer {
    list("product", &catalogue.products, |product| &product.title)
}

/// Lists the rules.
pub(super) async fn rules(State(catalogue): State<&'static Catalogue>) -> Answer {
    list("rule", &catalogue.rules, |rule| &rule.title)
}

/// Lists the articles.
pub(super) async fn articles(State(catalogue): State<&'static Catalogue>) -> Answer {
    list("article", &catalogue.articles, |article| &article.title)
}

/// Describes this API.
pub(super) async fn openapi() -> Response<Body> {
    json::response(openapi::TEXT.into())
}

/// Says that the server answers.
pub(super) async fn health() -> Answer {
    answer(&Health { status: "ok" })
}

fn planned(desk: &Desk, forecast: Result<Forecast, PlanError>) -> Answer {
    let forecast = forecast.map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    answer(&desk.remedies.document(&[Entry::of_plan(&forecast)]))
}

fn list<T: DeserializeOwned>(kind: &str, table: &EntryTable<T>, title: impl Fn(&T) -> &str) -> Answer {
    answer(&Listing::of(table.iter().map(|(id, entry)| Listed { kind, id, title: title(entry) }).collect()))
}
