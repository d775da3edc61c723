//! The JSON API: the contract's documents, and problem details where there is none.

pub mod health;
mod json;
mod judged;
pub mod request;

use super::{openapi, problem::Problem, state::AppState};
use crate::{
    addpack::{self, PlanError},
    catalogue::{Catalogue, Family},
    judge::{judge, judge_no_key},
    model::{
        plan::{Forecast, Plan},
        situation::Situation,
    },
    wire::{Entry, listing::Listing, mask::Keys, topic::Explained},
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
pub(super) async fn check(State(state): State<AppState>, ApiJson(request): ApiJson<CheckRequest>) -> ApiResult {
    request.validate()?;
    let catalogue = state.catalogue;
    let CheckRequest { keys, product, sku, from, no_key, show_keys } = &request;
    let situation =
        Situation { product: product.as_deref(), sku: *sku, package: from.as_deref(), ..Situation::default() };
    let shown = if *show_keys { Keys::Shown } else { Keys::Masked };
    let subjects: Vec<_> = match no_key {
        true => vec![judge_no_key(catalogue, &situation)?],
        false => keys.iter().map(|key| judge(catalogue, key, &situation)).collect::<Result<_, _>>()?,
    };
    Ok(json::response(json::written(|buffer| judged::write(buffer, &subjects, &state.remedies, shown))))
}

/// Says what a topic is about.
pub(super) async fn explain(
    State(catalogue): State<&'static Catalogue>,
    ApiJson(request): ApiJson<ExplainRequest>,
) -> ApiResult {
    request.validate()?;
    let ExplainRequest { topic, product } = &request;
    product.as_deref().map(|id| catalogue.products.find(id)).transpose()?;
    let matches = crate::explain::explain(catalogue, topic, product.as_deref());
    answer(&Explained::of(catalogue, topic, &matches))
}

/// Goes through a plan of add packs.
pub(super) async fn addpack(State(state): State<AppState>, ApiJson(plan): ApiJson<Plan>) -> ApiResult {
    planned(&state, addpack::simulate(state.catalogue, &plan))
}

/// Finds the best order for the disks of a plan.
pub(super) async fn suggest(State(state): State<AppState>, ApiJson(plan): ApiJson<Plan>) -> ApiResult {
    planned(&state, addpack::suggest(state.catalogue, &plan))
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

/// Says that the server answers.
pub(super) async fn health() -> ApiResult {
    answer(&Health { status: "ok" })
}

fn planned(state: &AppState, forecast: Result<Forecast, PlanError>) -> ApiResult {
    let forecast = forecast.map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
    answer(&state.remedies.document(&[Entry::of_plan(&forecast)]))
}
