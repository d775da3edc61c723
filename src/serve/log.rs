//! The access log: method, path, status and time. No query, no body, and no path or method that is not one of the server's own.

use super::problem::UnknownPath;
use axum::http::{Method, Request, StatusCode};
use std::{
    io::{self, Write},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Whether requests are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// A line per request on standard error.
    Lines,
    /// None.
    Quiet,
}

/// So many lines wait to be written; the request after them waits too.
const WAITING: usize = 1024;

/// How long a line may wait for others to be written with it.
const PAUSE: Duration = Duration::from_millis(10);

/// Takes the lines. All of them are written when it is dropped.
pub(super) struct Logger(Option<(SyncSender<Answered>, JoinHandle<()>)>);

/// A line that waits for its answer.
pub(super) struct Line {
    method: Method,
    path: String,
    started: Instant,
}

/// A line that waits to be written.
struct Answered {
    line: Line,
    status: StatusCode,
    took: Duration,
}

impl Logger {
    /// Starts to write lines, if there are to be any.
    ///
    /// # Errors
    /// That the system starts no thread.
    pub(super) fn new(log: Log) -> io::Result<Self> {
        match log {
            Log::Quiet => Ok(Self(None)),
            Log::Lines => {
                let (sender, lines) = sync_channel(WAITING);
                let writer = thread::Builder::new().name("log".to_owned()).spawn(move || write(&lines))?;
                Ok(Self(Some((sender, writer))))
            }
        }
    }

    pub(super) fn begin<B>(&self, request: &Request<B>) -> Option<Line> {
        self.0.as_ref()?;
        let method = request.method().clone();
        Some(Line { method, path: request.uri().path().to_owned(), started: Instant::now() })
    }

    pub(super) fn end(&self, line: Option<Line>, status: StatusCode, unknown: Option<&UnknownPath>) {
        let (Some((sender, _)), Some(mut line)) = (&self.0, line) else { return };
        if unknown.is_some() {
            // Somebody may type a key where a path belongs.
            line.path = "(elsewhere)".to_owned();
        }
        let took = line.started.elapsed();
        // A log that cannot be written is no reason to stop answering.
        let _ = sender.send(Answered { line, status, took });
    }
}

impl Drop for Logger {
    fn drop(&mut self) {
        if let Some((sender, writer)) = self.0.take() {
            drop(sender);
            let _ = writer.join();
        }
    }
}

/// Writes lines in the order in which they were answered, as many at a time as there are.
fn write(lines: &Receiver<Answered>) {
    let mut text = Vec::new();
    while let Ok(first) = lines.recv() {
        thread::sleep(PAUSE);
        for Answered { line: Line { method, path, .. }, status, took } in
            std::iter::once(first).chain(lines.try_iter().take(WAITING))
        {
            let method = if KNOWN.contains(&method) { method.as_str() } else { "OTHER" };
            let took = took.as_secs_f64() * 1000.0;
            // Nothing fails in memory.
            let _ = writeln!(text, "{method} {path} {} {took:.1} ms", status.as_u16());
        }
        let _ = io::stderr().write_all(&text);
        text.clear();
    }
}

/// The methods that are logged by name.
const KNOWN: [Method; 7] =
    [Method::GET, Method::POST, Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE, Method::PATCH];
