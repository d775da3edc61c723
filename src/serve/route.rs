//! The routes of the site.

use super::{
    api,
    asset::{Asset, ICON, MODERN, SCRIPT, STYLE},
    not_found::not_found,
    page,
    problem::Problem,
};
use crate::catalogue::{Catalogue, Family};
use axum::{
    Router,
    body::Body,
    extract::DefaultBodyLimit,
    http::{Method, Response, StatusCode, Uri},
    routing::{MethodRouter, get, post},
};

/// The whole site.
pub(super) fn site(catalogue: &'static Catalogue, longest_body: usize) -> Router {
    Router::new()
        .route("/", get(page::check::answer).post(page::check::answer))
        .route("/no-key", get(page::no_key::answer).post(page::no_key::answer))
        .route("/serial", get(page::serial::answer).post(page::serial::answer))
        .route("/explain", get(page::explain::answer).post(page::explain::answer))
        .route("/add-packs", get(page::addpack::answer).post(page::addpack::answer))
        .route("/catalogue", get(page::catalogue::families))
        .route("/catalogue/products", get(page::catalogue::map::products))
        .route("/catalogue/programs", get(page::catalogue::map::programs))
        .route("/catalogue/programs/{name}", get(page::catalogue::map::program))
        .route("/catalogue/messages", get(page::catalogue::map::messages))
        .route("/catalogue/messages/{kind}", get(page::catalogue::map::kind))
        .route("/catalogue/{family}", get(page::catalogue::family))
        .route("/catalogue/{family}/{*id}", get(page::catalogue::entry))
        .route("/style.css", asset(&STYLE))
        .route("/modern.css", asset(&MODERN))
        .route("/script.js", asset(&SCRIPT))
        .route("/icon.svg", asset(&ICON))
        .route("/api/v1/check", post(api::check))
        .route("/api/v1/explain", post(api::explain))
        .route("/api/v1/addpack", post(api::addpack))
        .route("/api/v1/addpack/suggest", post(api::suggest))
        .route("/api/v1/products", api::list(catalogue, Family::Product))
        .route("/api/v1/rules", api::list(catalogue, Family::Rule))
        .route("/api/v1/articles", api::list(catalogue, Family::Article))
        .route("/api/v1/openapi.json", get(api::openapi))
        .route("/healthz", get(api::health))
        .fallback(not_found)
        .method_not_allowed_fallback(other_method)
        .layer(DefaultBodyLimit::max(longest_body))
        .with_state(catalogue)
}

fn asset(asset: &'static Asset) -> MethodRouter<&'static Catalogue> {
    get(async || asset.response())
}

async fn other_method(method: Method, uri: Uri) -> Response<Body> {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS];
    let method = if known.contains(&method) { method.as_str() } else { "this method" };
    let detail = format!("{method} means nothing at this address");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).response(Problem::audience(uri.path()))
}
