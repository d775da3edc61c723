//! The access log: how many connections were refused, and when a request was answered, its method and path, the status, and how long it took. No query, no body, and no path or method that is not one of the server's own.

use super::problem::UnknownPath;
use crate::source::Timestamp;
use axum::http::{Method, Request, StatusCode};
use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant, SystemTime},
};

/// The choice to log requests or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
    /// A line for each request on standard error.
    Lines,
    /// None.
    Quiet,
}

/// The maximum number of lines that wait to be written; the next request waits too.
const MAX_WAITING_LINES: usize = 1024;

/// The maximum time that a line waits for others to be written with it.
const MAX_DELAY: Duration = Duration::from_millis(10);

/// How often connections that were refused are told: somebody may open thousands in a second.
const REFUSAL_INTERVAL: Duration = Duration::from_secs(1);

/// Takes the lines. All of them are written when it is dropped.
pub(super) struct Logger(Option<Open>);

/// A log that is written.
struct Open {
    sender: SyncSender<Answered>,
    /// Connections that were refused, and of which no line says so yet.
    refused: Arc<AtomicU64>,
    writer: JoinHandle<()>,
}

/// A line whose request is not answered yet.
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
    at: SystemTime,
}

impl Logger {
    /// Starts the thread that writes the lines, unless the log is quiet.
    ///
    /// # Errors
    /// The system cannot start a thread.
    pub(super) fn new(log: Log) -> io::Result<Self> {
        match log {
            Log::Quiet => Ok(Self(None)),
            Log::Lines => {
                let (sender, lines) = sync_channel(MAX_WAITING_LINES);
                let refused = Arc::new(AtomicU64::new(0));
                let counted = Arc::clone(&refused);
                let writer = thread::Builder::new().name("log".to_owned()).spawn(move || write(&lines, &counted))?;
                Ok(Self(Some(Open { sender, refused, writer })))
            }
        }
    }

    /// Counts a connection that was refused.
    pub(super) fn refused(&self) {
        if let Some(open) = &self.0 {
            open.refused.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(super) fn begin<B>(&self, request: &Request<B>) -> Option<Line> {
        self.0.as_ref()?;
        let method = request.method().clone();
        Some(Line { method, path: request.uri().path().to_owned(), started: Instant::now() })
    }

    pub(super) fn end(&self, line: Option<Line>, status: StatusCode, unknown: Option<&UnknownPath>) {
        let (Some(Open { sender, .. }), Some(mut line)) = (&self.0, line) else { return };
        if unknown.is_some() {
            // The path may be a key that was typed into the wrong field.
            line.path = "(elsewhere)".to_owned();
        }
        let took = line.started.elapsed();
        // The server keeps answering even if the log cannot be written.
        let _ = sender.send(Answered { line, status, took, at: SystemTime::now() });
    }
}

impl Drop for Logger {
    fn drop(&mut self) {
        if let Some(Open { sender, writer, .. }) = self.0.take() {
            drop(sender);
            let _ = writer.join();
        }
    }
}

/// Writes lines in the order in which they were answered, as many at a time as there are.
fn write(lines: &Receiver<Answered>, refused: &AtomicU64) {
    let (mut text, mut told) = (Vec::new(), Instant::now());
    loop {
        let first = match lines.recv_timeout(REFUSAL_INTERVAL) {
            Ok(first) => {
                thread::sleep(MAX_DELAY);
                Some(first)
            }
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        for Answered { line: Line { method, path, .. }, status, took, at } in
            first.into_iter().chain(lines.try_iter().take(MAX_WAITING_LINES))
        {
            let method = if LOGGED_METHODS.contains(&method) { method.as_str() } else { "OTHER" };
            let took = took.as_secs_f64() * 1000.0;
            // Writing to memory cannot fail.
            let _ = writeln!(text, "{} {method} {path} {} {took:.1} ms", moment(at), status.as_u16());
        }
        if told.elapsed() >= REFUSAL_INTERVAL {
            told = Instant::now();
            write_refused(&mut text, refused);
        }
        let _ = io::stderr().write_all(&text);
        text.clear();
    }
    write_refused(&mut text, refused);
    let _ = io::stderr().write_all(&text);
}

/// Writes how many connections were refused since the last time.
fn write_refused(text: &mut Vec<u8>, refused: &AtomicU64) {
    let count = refused.swap(0, Ordering::Relaxed);
    if count > 0 {
        // Nothing fails in memory.
        let _ = writeln!(
            text,
            "{} {count} connections refused: their address has all of its places",
            moment(SystemTime::now())
        );
    }
}

/// A moment in Coordinated Universal Time, as RFC 3339 writes it: `2026-11-30T08:20:11Z`.
fn moment(at: SystemTime) -> String {
    let seconds = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let moment = i64::try_from(seconds).ok().and_then(Timestamp::from_unix);
    moment.map_or_else(
        || "-".to_owned(),
        |Timestamp { year, month, day, hour, minute, second }| {
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
        },
    )
}

/// The methods that are logged by name.
const LOGGED_METHODS: [Method; 7] =
    [Method::GET, Method::POST, Method::HEAD, Method::OPTIONS, Method::PUT, Method::DELETE, Method::PATCH];
