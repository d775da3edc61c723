//! A validated plan: a server that exists, and disks that exist.

use crate::{
    catalogue::Catalogue,
    model::{
        pack::{NotationError, Pack},
        plan::Plan,
        server::{Closed, How, Server},
        sku::Sku,
        within::{Within, span_at},
    },
    parse,
};
use thiserror::Error;

/// The maximum number of packs. Nobody has more disks for one server; a longer list is a mistake.
const MAX_PACKS: usize = 64;

/// A plan that names something that does not exist: a server, an edition, a pack, a number of licences.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanError {
    /// A pack is not written correctly, or no such pack exists.
    #[error(transparent)]
    Pack(#[from] NotationError),
    /// There is no such server.
    #[error("unknown server `{server}`: expected {}", known.join(", "))]
    Server {
        /// The server as given.
        server: String,
        /// The known servers.
        known: Vec<String>,
    },
    /// There is no such edition.
    #[error("expected the edition retail, nfr or msdn, found {}", .0.id())]
    Edition(Sku),
    /// The server cannot have this many licences.
    #[error("{title} has {least} to {most} licences, found {found}")]
    Licenses {
        /// The server.
        title: String,
        /// The least number.
        least: u32,
        /// The greatest number.
        most: u32,
        /// The number that was given.
        found: u32,
    },
    /// The server cannot have been upgraded from that.
    #[error("{title} is not an upgrade of `{from}`{}", if known.is_empty() { String::new() } else { format!(": expected {}", known.join(" or ")) })]
    Upgrade {
        /// The server.
        title: String,
        /// The server from which it was supposedly upgraded.
        from: String,
        /// The servers from which it can be upgraded.
        known: Vec<String>,
    },
    /// There are no packs, or too many.
    #[error("expected 1 to {MAX_PACKS} packs, found {0}")]
    Packs(usize),
}

/// A validated plan.
pub(super) struct Request<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) plan: &'a Plan,
    pub(super) server: &'a Server,
    /// The reason why this server accepts no pack at all, if so.
    pub(super) closed: Option<&'a Closed>,
    pub(super) licenses: u32,
    pub(super) packs: Vec<Pack>,
}

impl<'a> Request<'a> {
    pub(super) fn read(catalogue: &'a Catalogue, plan: &'a Plan) -> Result<Self, PlanError> {
        let servers = || catalogue.servers.iter().map(|(_, server)| server);
        let server = servers().find(|server| server.server == plan.server).ok_or_else(|| PlanError::Server {
            server: plan.server.clone(),
            known: servers().map(|server| server.server.clone()).collect(),
        })?;
        let edition = plan.edition.unwrap_or(Sku::Retail);
        if !matches!(edition, Sku::Retail | Sku::Nfr | Sku::Msdn) {
            return Err(PlanError::Edition(edition));
        }
        if let Some(from) = plan.upgraded_from.as_ref().filter(|from| !server.upgrades_from.contains(from)) {
            let known = server.upgrades_from.clone();
            return Err(PlanError::Upgrade { title: server.title.clone(), from: from.clone(), known });
        }
        if plan.packs.is_empty() || plan.packs.len() > MAX_PACKS {
            return Err(PlanError::Packs(plan.packs.len()));
        }
        let of_edition =
            server.closed.iter().find(|closed| closed.editions.is_empty() || closed.editions.contains(&edition));
        // A converted server is treated as the server that accepts no packs.
        let no_longer = servers().flat_map(|server| &server.closed).find(|closed| closed.editions.is_empty());
        Ok(Self {
            catalogue,
            plan,
            server,
            closed: if plan.converted_to_nt { no_longer } else { of_edition },
            licenses: licenses(server, plan)?,
            packs: plan.packs.iter().map(|text| pack(catalogue, text)).collect::<Result<_, _>>()?,
        })
    }
}

/// The licences that the server has now.
fn licenses(server: &Server, plan: &Plan) -> Result<u32, PlanError> {
    let found = plan.licenses.or(server.start).unwrap_or(0);
    let (least, most) = (server.start.map_or(0, |_| 1), server.ceiling.unwrap_or(u32::MAX));
    if (least..=most).contains(&found) {
        return Ok(found);
    }
    Err(PlanError::Licenses { title: server.title.clone(), least, most, found })
}

/// A pack of a version and size that was sold, in a consistent state.
fn pack(catalogue: &Catalogue, text: &str) -> Result<Pack, NotationError> {
    let pack = parse::pack::pack(text.trim())?;
    let text = text.trim();
    let fail = |part: &str, expected: String| {
        // The parsed parts of a pack are in its text unchanged.
        let start = text.find(part).unwrap_or(0);
        NotationError { text: text.to_owned(), expected, span: span_at(start, part.len()) }
    };
    let servers = || catalogue.servers.iter().map(|(_, server)| server);
    let takes = || servers().flat_map(|server| server.takes.iter().map(move |takes| (server, takes)));
    let mut versions: Vec<_> = takes().map(|(_, takes)| takes.version.as_str()).collect();
    versions.sort_unstable();
    versions.dedup();
    if !versions.contains(&pack.version.as_str()) {
        return Err(fail(&pack.version, format!("a pack version of {}", versions.join(" or "))));
    }
    let of_version = || takes().filter(|(_, takes)| takes.version == pack.version);
    let sizes: Vec<_> = of_version().next().map_or(Vec::new(), |(_, takes)| takes.sizes.clone());
    if !sizes.contains(&pack.size) {
        let start = text.find(['x', 'X', '\u{D7}']).unwrap_or(0).saturating_add(1);
        let digits = text.within(start..).find(':').unwrap_or(text.len().saturating_sub(start));
        let known = sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
        return Err(NotationError {
            text: text.to_owned(),
            expected: format!("a pack of {known}"),
            span: span_at(start, digits),
        });
    }
    if let Some((from, to)) = pack.used {
        let least = servers().filter_map(|server| server.start).min().unwrap_or(0);
        let most = servers().filter_map(|server| server.ceiling).max().unwrap_or(0);
        if to.checked_sub(from) != Some(pack.size) || from < least || to > most {
            let expected = format!("a step of {} between {least} and {most}", pack.size);
            return Err(fail(&format!("used={from}-{to}"), expected));
        }
    }
    let convertible_on = |name: Option<&str>| {
        let mut takes = of_version().filter(|(_, takes)| takes.how == How::Converted);
        takes.any(|(server, _)| name.is_none_or(|name| server.server == name))
    };
    if pack.converted && !convertible_on(None) {
        return Err(fail("converted", format!("a state that a {} pack can be in", pack.version)));
    }
    if let Some(server) = pack.tried_on.as_deref().filter(|server| !convertible_on(Some(server))) {
        let expected = format!("a server that a {} pack has to be converted for", pack.version);
        return Err(fail(&format!("tried-on-{server}"), expected));
    }
    Ok(pack)
}
