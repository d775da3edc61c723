//! The checks of every request on its way in, and the headers of every response on its way out.

use super::{
    Counted, Limits, Settings, address,
    log::Logger,
    problem::{Problem, UnknownPath},
    rate::Rates,
    unread::Unread,
};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Version, header},
};
use hyper::{body::Incoming, service::Service};
use hyper_util::service::TowerToHyperService;
use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Instant,
};
use tokio::{net::TcpStream, time::timeout};

/// Both ends of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller {
    /// The caller's address.
    peer: IpAddr,
    /// The address of this machine to which the caller connected.
    called: IpAddr,
}

impl Caller {
    pub(super) fn of(stream: &TcpStream, peer: SocketAddr) -> io::Result<Self> {
        Ok(Self { peer: peer.ip().to_canonical(), called: stream.local_addr()?.ip().to_canonical() })
    }
}

/// The site, protected by the checks.
pub(super) struct Guard {
    site: TowerToHyperService<Router>,
    names: Vec<String>,
    limits: Limits,
    rates: Rates,
    unread: Unread,
    logger: Logger,
}

impl Guard {
    /// # Errors
    /// The system cannot start a thread for the log.
    pub(super) fn new(site: Router, settings: Settings) -> io::Result<Self> {
        let Settings { names, limits, log, .. } = settings;
        Ok(Self {
            site: TowerToHyperService::new(site),
            names,
            limits,
            rates: Rates::new(limits.rate, limits.burst),
            unread: Unread::new(),
            logger: Logger::new(log)?,
        })
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// Counts a connection that found no place.
    pub(super) fn refused(&self) {
        self.logger.refused();
    }

    /// The answer to one request.
    pub(super) async fn answer(&self, caller: Caller, request: Request<Incoming>) -> Response<Body> {
        let line = self.logger.begin(&request);
        let audience = Problem::audience(request.uri().path());
        let mut response = match self.admit(caller, &request) {
            Ok(()) => match timeout(self.limits.request, self.site.call(request.map(Body::new))).await {
                Ok(Ok(response)) => response,
                Ok(Err(never)) => match never {},
                // The body is incomplete, and the rest of it will not be read.
                Err(_) => {
                    closing(Problem::new(StatusCode::REQUEST_TIMEOUT, "the request took too long").response(audience))
                }
            },
            // The path was not checked, so it may not be one of the server's own.
            Err(problem) => {
                let mut response = closing(problem.response(audience));
                if response.status() == StatusCode::TOO_MANY_REQUESTS {
                    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
                }
                response.extensions_mut().insert(UnknownPath);
                response
            }
        };
        let (parts, body) = response.into_parts();
        response = match self.unread.count(caller.peer, body) {
            Some(body) => Response::from_parts(parts, body),
            None => {
                let detail = "too many answers to this address were not read yet";
                closing(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).response(audience))
            }
        };
        secure(response.headers_mut());
        self.logger.end(line, response.status(), response.extensions().get::<UnknownPath>());
        response
    }

    /// Decides whether a request may come in.
    fn admit(&self, caller: Caller, request: &Request<Incoming>) -> Result<(), Problem> {
        let host = host(request)?;
        // A page of another site can make its own host name resolve to this machine (DNS rebinding), and so read answers meant only for
        // this machine.
        // It cannot do so with an IP address.
        if caller.called.is_loopback() && !host.is_none_or(|host| address::is_own(host, &self.names)) {
            let detail =
                "this server answers to localhost and to addresses only; start it with --name for another name";
            return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail));
        }
        let counted = match self.limits.counted {
            Counted::Remote => !caller.peer.is_loopback(),
            Counted::All => true,
        };
        if counted && !self.rates.take(caller.peer, Instant::now()) {
            return Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too many requests from this address; wait a second",
            ));
        }
        Ok(())
    }
}

/// The host that a request names, if it names one. Only HTTP/1.0 may omit it.
fn host(request: &Request<Incoming>) -> Result<Option<&str>, Problem> {
    let bad = |detail| Problem::new(StatusCode::BAD_REQUEST, detail);
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = match (named.next(), named.next()) {
        (None, _) if request.version() < Version::HTTP_11 => None,
        (None, _) => return Err(bad("expected a Host header")),
        (Some(host), None) => Some(host.to_str().map_err(|_| bad("the Host header is not text"))?),
        (Some(_), Some(_)) => return Err(bad("expected one Host header, found several")),
    };
    // A request to a proxy has its host in the request target.
    Ok(request.uri().authority().map(|authority| authority.as_str()).or(host))
}

/// A response after which the connection is closed.
fn closing(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The security headers. Responses must not be cached, unless they say otherwise themselves.
fn secure(headers: &mut HeaderMap) {
    const SECURITY_HEADERS: [(HeaderName, HeaderValue); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            ),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    headers.reserve(SECURITY_HEADERS.len().saturating_add(1));
    for (name, value) in SECURITY_HEADERS {
        headers.insert(name, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
