//! JSON in and out.

use crate::{
    catalogue::UnknownId,
    serve::{
        fields,
        problem::{Audience, Problem},
    },
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
};
use bytes::{BufMut, BytesMut};
use serde::{Serialize, de::DeserializeOwned};
use std::cell::RefCell;

/// A document, or the problem that prevented it.
pub(in crate::serve) type ApiResult = Result<Response<Body>, Problem>;

/// A document as a response.
pub(in crate::serve) fn answer(document: &impl Serialize) -> ApiResult {
    let mut outcome = Ok(());
    let body = written(|buffer| outcome = serde_json::to_writer(buffer.writer(), document));
    outcome.map_err(unwritten)?;
    Ok(response(body))
}

/// A document as bytes that several responses can share.
pub(in crate::serve) fn bytes(document: &impl Serialize) -> Result<Bytes, Problem> {
    serde_json::to_vec(document).map(Bytes::from).map_err(unwritten)
}

fn unwritten(error: serde_json::Error) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
}

/// A body with the bytes that `write` puts into a buffer.
pub(in crate::serve) fn written(write: impl FnOnce(&mut BytesMut)) -> Body {
    /// The initial capacity. Most documents are shorter, so a buffer has room for several.
    const INITIAL_CAPACITY: usize = 4096;
    thread_local! {
        /// The unused rest of the last response's buffer. Once that response was sent, its room is free for the next.
        static BUFFER: RefCell<BytesMut> = RefCell::default();
    }
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.reserve(INITIAL_CAPACITY);
        write(buffer);
        buffer.split().freeze().into()
    })
}

/// A response whose body is JSON already.
pub(in crate::serve) fn response(body: Body) -> Response<Body> {
    /// Room for the headers that every response gets, so that the map need not grow.
    const HEADER_CAPACITY: usize = 8;
    let mut response = Response::new(body);
    *response.headers_mut() = HeaderMap::with_capacity(HEADER_CAPACITY);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        self.response(Audience::Program)
    }
}

impl From<UnknownId> for Problem {
    fn from(unknown: UnknownId) -> Self {
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, unknown.to_string());
        Self { nearest: [unknown.candidates, unknown.nearest].concat(), ..problem }
    }
}

/// The body of a request, as JSON.
pub(in crate::serve) struct ApiJson<T>(pub(in crate::serve) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        // A page of another site can send text without a preflight request, but not JSON.
        if !content_type.is_some_and(|found| fields::is(found, "application/json")) {
            let detail = "expected the content type application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let body = Bytes::from_request(request, state).await.map_err(|error| Problem::of_body(&error))?;
        serde_json::from_slice(&body).map(Self).map_err(|error| Problem::new(StatusCode::BAD_REQUEST, expected(&error)))
    }
}

/// The expectation of the parser, and the place. The text that it found is left out, because it may be a key.
fn expected(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => message,
    }
}
