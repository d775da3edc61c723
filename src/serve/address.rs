//! The names by which this machine may be addressed.

use axum::http::uri::Authority;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Returns `true` if a host, with or without a port, is an address, `localhost`, or one of these names.
pub(super) fn is_own(host: &str, names: &[String]) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    // An authority may have a user, `evil.example:80@127.0.0.1`, and an invalid port; a host name may not.
    let port = host.strip_prefix(authority.host()).map(|rest| rest.strip_prefix(':').unwrap_or(rest));
    if !port.is_some_and(|port| port.is_empty() || port.parse::<u16>().is_ok() && !port.starts_with('+')) {
        return false;
    }
    let name = authority.host().trim_end_matches('.');
    let address = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => inner.parse::<Ipv6Addr>().is_ok(),
        None => name.parse::<Ipv4Addr>().is_ok(),
    };
    let local = name.eq_ignore_ascii_case("localhost");
    address || local || names.iter().any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn addresses_and_localhost_are_own_names_and_others_are_not() {
        let names = ["lab".to_owned()];
        for own in ["localhost", "LOCALHOST:8097", "127.0.0.1:8097", "10.0.2.2", "[::1]:8097", "lab", "Lab:80"] {
            assert!(is_own(own, &names), "{own}");
        }
        for other in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
            "::1",
            "[::1",
            "a b",
            "lab.example",
            "evil.example:80@127.0.0.1",
            "evil.example@localhost",
            "@localhost",
            "localhost@",
            "localhost:80:80",
            "localhost:99999",
            "localhost:+80",
            "localhost/evil.example",
        ] {
            assert!(!is_own(other, &names), "{other}");
        }
    }
}
