//! The check as a small local page and a JSON API, also for the machine that is being installed: `jewelcase serve`.
//!
//! The pages are HTML that Internet Explorer 3 reads, with a style sheet and a script on top that old browsers ignore.
//! Nothing is kept: no key, no session, no cookie. axum, hyper, tokio and maud live here alone.

pub mod api;
pub mod openapi;
pub mod problem;

mod address;
mod asset;
mod connection;
mod fields;
mod guard;
mod log;
mod not_found;
mod page;
mod rate;
mod route;

pub use log::Log;

use crate::catalogue::Catalogue;
use axum::Router;
use std::{
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};
use tokio::runtime::Builder;

/// Where to listen, and within which bounds.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address and port; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// Names, beside `localhost` and addresses, by which this machine may be called over loopback.
    pub names: Vec<String>,
    /// What one caller, or all of them, may take.
    pub limits: Limits,
    /// Whether requests are logged.
    pub log: Log,
}

/// What one caller, or all of them, may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest body of a request, in bytes.
    pub body: usize,
    /// The longest wait for the head of a request, and so for the next request of a connection.
    pub head: Duration,
    /// The longest time from the head of a request to its answer.
    pub request: Duration,
    /// The longest life of a connection.
    pub connection: Duration,
    /// How long requests under way may go on after a stop.
    pub grace: Duration,
    /// The most connections at a time; more of them wait.
    pub connections: u32,
    /// The requests per second that one address may go on sending.
    pub rate: u32,
    /// The requests that one address may send at once.
    pub burst: u32,
    /// Whose requests are counted.
    pub counted: Counted,
}

/// Whose requests the rate limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Those that come over the network. A program on this machine has simpler ways to keep it busy.
    Remote,
    /// All of them.
    All,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 64 * 1024,
            head: Duration::from_secs(10),
            request: Duration::from_secs(10),
            connection: Duration::from_secs(300),
            grace: Duration::from_secs(5),
            connections: 256,
            rate: 50,
            burst: 200,
            counted: Counted::Remote,
        }
    }
}

/// A server that listens, but does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    site: Router,
    settings: Settings,
}

impl Server {
    /// Starts to listen.
    ///
    /// # Errors
    /// What the system says: the port is taken, or the address is not one of this machine.
    pub fn bind(catalogue: &'static Catalogue, settings: Settings) -> io::Result<Self> {
        let site = route::site(catalogue, settings.limits.body);
        Self::bind_site(site, settings)
    }

    /// Starts to listen for another site, behind the same checks and within the same bounds.
    ///
    /// # Errors
    /// As [`Server::bind`].
    pub fn bind_site(site: Router, settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen)?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener, site, settings })
    }

    /// The address and port that it listens on.
    ///
    /// # Errors
    /// What the system says.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until the process is told to stop (SIGINT or SIGTERM), then ends those under way.
    ///
    /// # Errors
    /// What the system says when the server is set up.
    pub fn run(self) -> io::Result<()> {
        self.run_until(connection::signal())
    }

    /// Answers requests until `stop` is ready, then ends those under way.
    ///
    /// # Errors
    /// As [`Server::run`].
    pub fn run_until(self, stop: impl Future<Output = ()>) -> io::Result<()> {
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(connection::accept(self.listener, self.site, self.settings, stop))
    }
}
