//! The checks of a server: its limits, and the packs that it accepts.

use super::{
    Complaint,
    Step::{Index, Key},
    common, complaint, unknown,
};
use crate::{catalogue::Tables, model::server::Server};

pub(in crate::catalogue) fn server(tables: &Tables, _: &str, server: &Server) -> Vec<Complaint> {
    let mut complaints = common(tables, &server.sources, &server.examples);
    if let Some(id) = &server.product {
        complaints.extend(unknown(tables.products.find(id).err(), [Key("product")]));
    }
    let open = !server.takes.is_empty();
    if open && (server.start.is_none() || server.ceiling.is_none() || server.start > server.ceiling) {
        complaints.push(complaint(
            [Key("server")],
            "expected `start` and `ceiling`, in this order, for a server that accepts packs",
        ));
    }
    for (index, takes) in server.takes.iter().enumerate() {
        if takes.sizes.is_empty() || takes.sizes.contains(&0) {
            complaints
                .push(complaint([Key("takes"), Index(index), Key("sizes")], "expected sizes of at least one licence"));
        }
    }
    for (index, closed) in server.closed.iter().enumerate() {
        let steps = [Key("closed"), Index(index), Key("rule")];
        complaints.extend(unknown(tables.rules.find(&closed.rule).err(), steps));
    }
    complaints
}
