//! The access log: method, path, status and time. No query, no body, and no path or method that is not one of the server's own.

use super::problem::Unnamed;
use axum::http::{Method, Request, StatusCode};
use std::{
    io::{self, Write},
    time::Instant,
};

/// Whether requests are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// A line per request on standard error.
    Lines,
    /// None.
    Quiet,
}

/// Writes the lines.
pub(super) struct Logger {
    log: Log,
}

/// A line that waits for its answer.
pub(super) struct Line {
    method: Method,
    path: String,
    started: Instant,
}

impl Logger {
    pub(super) fn new(log: Log) -> Self {
        Self { log }
    }

    pub(super) fn begin<B>(&self, request: &Request<B>) -> Option<Line> {
        match self.log {
            Log::Quiet => None,
            Log::Lines => Some(Line {
                method: request.method().clone(),
                path: request.uri().path().to_owned(),
                started: Instant::now(),
            }),
        }
    }

    pub(super) fn end(&self, line: Option<Line>, status: StatusCode, unnamed: Option<&Unnamed>) {
        let Some(Line { method, path, started }) = line else { return };
        let method = if KNOWN.contains(&method) { method.as_str() } else { "OTHER" };
        // Somebody may type a key where a path belongs.
        let path = if unnamed.is_some() { "(elsewhere)" } else { path.as_str() };
        let took = started.elapsed().as_secs_f64() * 1000.0;
        // A log that cannot be written is no reason to stop answering.
        let _ = writeln!(io::stderr().lock(), "{method} {path} {} {took:.1} ms", status.as_u16());
    }
}

/// The methods that are logged by name.
const KNOWN: [Method; 7] =
    [Method::GET, Method::POST, Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE, Method::PATCH];
