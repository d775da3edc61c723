//! The JSON API: the contract's documents, or problem details.

pub mod health;
mod json;
pub mod request;

use super::{openapi, problem::Problem};
use crate::{
    addpack::{self, PlanError},
    catalogue::{Catalogue, Family},
    judge::{judge, judge_no_key},
    model::{
        plan::{Forecast, Plan},
        situation::Situation,
    },
    wire::{Command, Document, Entry, Located, Remedies, listing::Listing, mask::Keys, topic::Explained},
};
use axum::{
    body::Body,
    extract::State,
    http::{Response, StatusCode},
};
use health::Health;
use json::{ApiJson, ApiResult, answer};
use request::{CheckRequest, ExplainRequest};

/// Judges keys, or the absence of one.
pub(super) async fn check(
    State(catalogue): State<&'static Catalogue>,
    ApiJson(request): ApiJson<CheckRequest>,
) -> ApiResult {
    request.validate()?;
    let CheckRequest { keys, product, sku, from, no_key, show_keys } = &request;
    let situation =
        Situation { product: product.as_deref(), sku: *sku, package: from.as_deref(), ..Situation::default() };
    let shown = if *show_keys { Keys::Shown } else { Keys::Masked };
    let located = |subject| Located { subject, location: None };
    let judged: Vec<_> = match no_key {
        true => vec![located(judge_no_key(catalogue, &situation)?)],
        false => keys.iter().map(|key| judge(catalogue, key, &situation).map(located)).collect::<Result<_, _>>()?,
    };
    let entries = judged.iter().map(|located| Entry::of_key(located, shown)).collect();
    answer(&Document::new(Command::Check, entries, Remedies::Catalogue(catalogue)))
}

/// Explains a topic.
pub(super) async fn explain(
    State(catalogue): State<&'static Catalogue>,
    ApiJson(request): ApiJson<ExplainRequest>,
) -> ApiResult {
    request.validate()?;
    let ExplainRequest { topic, product } = &request;
    let product = product.as_deref().map(|name| catalogue.product(name)).transpose()?.map(|(id, _)| id);
    let matches = crate::explain::explain(catalogue, topic, product);
    answer(&Explained::new(catalogue, topic, &matches))
}

/// Works out a plan of add packs.
pub(super) async fn addpack(State(catalogue): State<&'static Catalogue>, ApiJson(plan): ApiJson<Plan>) -> ApiResult {
    planned(catalogue, addpack::simulate(catalogue, &plan))
}

/// Finds the best order for the disks of a plan.
pub(super) async fn suggest(State(catalogue): State<&'static Catalogue>, ApiJson(plan): ApiJson<Plan>) -> ApiResult {
    planned(catalogue, addpack::suggest(catalogue, &plan))
}

/// Lists the products.
pub(super) async fn products(State(catalogue): State<&'static Catalogue>) -> ApiResult {
    answer(&Listing::of(catalogue, &[Family::Product]))
}

/// Lists the rules.
pub(super) async fn rules(State(catalogue): State<&'static Catalogue>) -> ApiResult {
    answer(&Listing::of(catalogue, &[Family::Rule]))
}

/// Lists the articles.
pub(super) async fn articles(State(catalogue): State<&'static Catalogue>) -> ApiResult {
    answer(&Listing::of(catalogue, &[Family::Article]))
}

/// Describes this API.
pub(super) async fn openapi() -> Response<Body> {
    json::response(openapi::TEXT.into())
}

/// Confirms that the server is running.
pub(super) async fn health() -> ApiResult {
    answer(&Health { status: "ok" })
}

fn planned(catalogue: &Catalogue, forecast: Result<Forecast, PlanError>) -> ApiResult {
    let forecast = forecast.map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    answer(&Document::new(Command::Addpack, vec![Entry::from(&forecast)], Remedies::Catalogue(catalogue)))
}
