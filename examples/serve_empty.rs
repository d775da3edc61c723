//! The server with nothing behind it: what `benches/serve.sh` holds the real one against.
//!
//! The same connections, checks and headers, and a handler that takes the body of a check and answers in two bytes.

use axum::{
    Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, header},
    routing::post,
};
use jewelcase::{Limits, Log, Server, Settings};
use std::{env, error::Error};

fn main() -> Result<(), Box<dyn Error>> {
    let listen = env::args().nth(1).ok_or("expected ADDRESS:PORT")?.parse()?;
    let limits = Limits::default();
    let site = Router::new().route("/api/v1/check", post(empty)).layer(DefaultBodyLimit::max(limits.body));
    Ok(Server::bind_site(site, Settings { listen, names: Vec::new(), limits, log: Log::Quiet })?.run()?)
}

async fn empty(_: Bytes) -> ([(HeaderName, HeaderValue); 1], &'static str) {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], "{}")
}
