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
    body::{Body, Bytes},
    extract::State,
    http::{Response, StatusCode},
    routing::{MethodRouter, get},
};
use health::Health;
use json::{ApiJson, ApiResult, answer};
use once_cell::sync::OnceCell;
use request::{CheckRequest, ExplainRequest};
use std::sync::Arc;

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

/// Lists a family of the catalogue. The document is made at the first request and then shared: it is the longest that
/// the server sends, and as many callers as like can ask for it.
pub(super) fn list(catalogue: &'static Catalogue, family: Family) -> MethodRouter<&'static Catalogue> {
    let document = Arc::new(OnceCell::<Bytes>::new());
    get(async move || {
        let bytes = document.get_or_try_init(|| json::bytes(&Listing::of(catalogue, &[family])))?;
        Ok::<_, Problem>(json::response(bytes.clone().into()))
    })
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
