//! The check as a small local page and a JSON API, also for the machine that is being installed: `jewelcase serve`.
//!
//! The pages are HTML that Internet Explorer 3 can show, with a style sheet and a script in addition that old browsers ignore.
//! Nothing is stored: no key, no session, no cookie. axum, hyper, tokio and maud are used only here.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

pub mod api;
pub mod openapi;
mod problem;

mod address;
mod asset;
mod connection;
mod fields;
mod guard;
mod log;
mod not_found;
mod page;
mod patient;
mod places;
mod rate;
mod route;
mod unread;

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

/// The address to listen on, the names of this machine, and the limits.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address and port; port 0 picks a free one.
    pub listen: SocketAddr,
    /// Names, beside `localhost` and addresses, by which this machine may be addressed over loopback.
    pub names: Vec<String>,
    /// The limits on what one caller, or all of them, can use.
    pub limits: Limits,
    /// The choice to log requests or not.
    pub log: Log,
}

/// The limits on what one caller, or all of them, can use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest body of a request, in bytes.
    pub body: usize,
    /// The longest wait for the head of a request, and therefore for the next request of a connection.
    pub head: Duration,
    /// The longest time from the head of a request to its answer.
    pub request: Duration,
    /// The longest life of a connection.
    pub connection: Duration,
    /// The longest pause of a reader before it takes more of its answer.
    pub pause: Duration,
    /// How long requests under way may go on after a stop.
    pub grace: Duration,
    /// The most connections at a time; more of them wait. One address has three quarters of them at most, and is refused more; so is
    /// one with megabytes of answers that it does not read.
    pub connections: u32,
    /// The sustained number of requests per second of one address.
    pub rate: u32,
    /// The requests that one address may send at once.
    pub burst: u32,
    /// The callers whose requests are counted.
    pub counted: Counted,
}

/// The callers whose requests the rate limit counts.
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
            pause: Duration::from_secs(10),
            grace: Duration::from_secs(5),
            connections: 256,
            rate: 50,
            burst: 200,
            counted: Counted::Remote,
        }
    }
}

/// A server that is bound to its address, and answers once it [runs](Server::run).
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    site: Router,
    settings: Settings,
}

impl Server {
    /// Binds the address.
    ///
    /// # Errors
    /// The system's error: the port is in use, or the address is not one of this machine.
    pub fn bind(catalogue: &'static Catalogue, settings: Settings) -> io::Result<Self> {
        let site = route::site(catalogue, settings.limits.body);
        Self::bind_site(site, settings)
    }

    /// Binds the address for another site, with the same checks and limits.
    ///
    /// # Errors
    /// As [`Server::bind`].
    pub fn bind_site(site: Router, settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(settings.listen)?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener, site, settings })
    }

    /// The address and port on which it listens.
    ///
    /// # Errors
    /// The system's error.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until the process is asked to stop (SIGINT or SIGTERM), then finishes the active ones.
    ///
    /// # Errors
    /// The system's error while the server is set up.
    pub fn run(self) -> io::Result<()> {
        self.run_until(connection::signal())
    }

    /// Answers requests until `stop` is ready, then finishes the active ones.
    ///
    /// # Errors
    /// As [`Server::run`].
    pub fn run_until(self, stop: impl Future<Output = ()>) -> io::Result<()> {
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(connection::accept(self.listener, self.site, self.settings, stop))
    }
}
