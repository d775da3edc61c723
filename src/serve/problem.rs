//! The problems of a request: problem details (RFC 9457) for programs, a page for people.

use super::page;
use axum::{
    body::Body,
    extract::rejection::BytesRejection,
    http::{HeaderValue, Response, StatusCode, header},
};
use serde::Serialize;

/// Problem details (RFC 9457). The status already says what kind of problem it is, so the type is `about:blank`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// `about:blank`: the title is that of the status.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The status in words.
    pub title: &'static str,
    /// The status.
    #[cfg_attr(feature = "schema", schemars(range(min = 400, max = 599)))]
    pub status: u16,
    /// The expectation and what was found instead. Contains no key.
    pub detail: String,
    /// Known ids that resemble an unknown one, the most similar first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub nearest: Vec<String>,
}

/// Marks a response whose path is not one of the server's own, or was not checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct UnknownPath;

impl Problem {
    /// The content type of problem details.
    pub const CONTENT_TYPE: &str = "application/problem+json";

    /// A problem with its details.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Problem");
        Self { kind: "about:blank", title, status: status.as_u16(), detail: detail.into(), nearest: Vec::new() }
    }

    /// The problem of a request's body that could not be read: it is too long, or broke off.
    pub(super) fn of_body(error: &BytesRejection) -> Self {
        let detail = match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "the body of the request is longer than this server accepts",
            _ => "the body of the request could not be read to its end",
        };
        Self::new(error.status(), detail)
    }

    /// The audience of the responses at this path.
    pub(super) fn audience(path: &str) -> Audience {
        if path.starts_with("/api/") || path == "/healthz" { Audience::Program } else { Audience::Person }
    }

    /// The response that reports it.
    pub(super) fn response(&self, audience: Audience) -> Response<Body> {
        let (content_type, body) = match audience {
            // Serializing a struct of texts and numbers cannot fail.
            Audience::Program => (Self::CONTENT_TYPE, serde_json::to_vec(self).unwrap_or_default()),
            Audience::Person => (page::CONTENT_TYPE, page::problem(self.title, &self.detail).into_bytes()),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        response
    }
}

/// The audience of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// A program: JSON.
    Program,
    /// A person: a page.
    Person,
}
