//! `jewelcase serve`: the check as a local page and a JSON API.

use super::{ExitStatus, Failure, Options, catalogue};
use crate::serve::{Limits, Log, Server, Settings};
use clap::Args;
use std::net::{IpAddr, SocketAddr};

#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Address and port to listen on; 0.0.0.0:8097 lets other machines connect.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8097")]
    listen: SocketAddr,
    /// Another name by which this machine is called over loopback, as through a tunnel or a proxy; may be given several times.
    #[arg(long, value_name = "HOST")]
    name: Vec<String>,
    /// Requests per second that one address on the network may go on sending.
    #[arg(long, value_name = "N", default_value_t = Limits::default().rate, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// Connections at a time; more of them wait. One address has three quarters of them at most.
    #[arg(long, value_name = "N", default_value_t = Limits::default().connections, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    connections: u32,
    /// Open the page in the browser of this machine.
    #[arg(long)]
    open: bool,
}

pub(super) fn run(arguments: &Serve, options: &Options) -> Result<ExitStatus, Failure> {
    let catalogue = catalogue(options)?;
    let defaults = Limits::default();
    let (rate, connections) = (arguments.rate, arguments.connections);
    let limits = Limits {
        rate,
        burst: rate.saturating_mul(defaults.burst.checked_div(defaults.rate).unwrap_or(1)),
        connections,
        ..defaults
    };
    let log = if options.quiet { Log::Quiet } else { Log::Lines };
    let settings = Settings { listen: arguments.listen, names: arguments.name.clone(), limits, log };
    let failed = |error| Failure::Usage(format!("{}: {error}", arguments.listen));
    let server = Server::bind(catalogue, settings).map_err(failed)?;
    let address = server.address().map_err(failed)?;
    let page = format!("http://{}/", reached_by(address));
    if !options.quiet {
        eprintln!("jewelcase: the page is at {page} (Ctrl+C ends it)");
        if !address.ip().is_loopback() {
            eprintln!(
                "jewelcase: every machine that can reach {address} can use it, and what it sends, keys too, crosses the network in the clear"
            );
        }
    }
    if arguments.open {
        // The page can still be opened by hand.
        if let Err(error) = open::that_detached(&page) {
            eprintln!("jewelcase: no browser could be opened: {error}");
        }
    }
    server.run().map_err(failed)?;
    Ok(ExitStatus::Clean)
}

/// The address at which this machine reaches its own server, which may listen on every address.
fn reached_by(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
            IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        });
    }
    address
}
