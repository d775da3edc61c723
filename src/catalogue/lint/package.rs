//! What must hold of a package: that what it contains exists.

use super::{Complaint, Step::Key, common, unknown_ids};
use crate::{catalogue::Tables, model::package::Package};

pub(in crate::catalogue) fn package(tables: &Tables, _: &str, package: &Package) -> Vec<Complaint> {
    let mut complaints = common(tables, &package.sources, &package.examples);
    complaints.extend(unknown_ids(&package.contains, |id| tables.products.find(id).err(), vec![Key("contains")]));
    complaints
}
