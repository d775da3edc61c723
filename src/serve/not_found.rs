//! The answer at a path that does not exist.

use super::problem::{Problem, UnknownPath};
use axum::{
    body::Body,
    http::{Response, StatusCode, Uri},
};

/// The answer at a path that does not exist.
pub(super) async fn not_found(uri: Uri) -> Response<Body> {
    let problem = Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address");
    let mut response = problem.response(Problem::audience(uri.path()));
    response.extensions_mut().insert(UnknownPath);
    response
}
