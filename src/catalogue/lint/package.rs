//! The checks of a package: that everything it contains exists.

use super::{Complaint, Step::Key, alias::aliases, common, unknown_ids};
use crate::{catalogue::Tables, model::package::Package};

pub(in crate::catalogue) fn package(tables: &Tables, id: &str, package: &Package) -> Vec<Complaint> {
    let mut complaints = common(tables, &package.sources, &package.examples);
    complaints.extend(aliases(&tables.packages, id, package));
    complaints.extend(unknown_ids(&package.contains, |id| tables.products.find(id).err(), vec![Key("contains")]));
    complaints
}
