//! The checks of aliases: that each names one entry, and adds something to its id and title.

use super::{
    Complaint,
    Step::{Index, Key},
    complaint,
};
use crate::catalogue::{
    EntryTable,
    name::{Named, keys, names},
};

/// The aliases of an entry that also name another one, or that add nothing.
pub(super) fn aliases<'t, T: Named>(
    table: &'t EntryTable<T>,
    id: &'t str,
    entry: &'t T,
) -> impl Iterator<Item = Complaint> + use<'t, T> {
    let others: Vec<_> = match entry.aliases() {
        [] => Vec::new(),
        _ => table.iter().filter(|(other, _)| *other != id).collect(),
    };
    entry.aliases().iter().enumerate().filter_map(move |(index, alias)| {
        let own = keys(alias);
        let is_same = |name: &str| keys(name).iter().any(|key| own.contains(key));
        let steps = [Key("aliases"), Index(index)];
        if own.iter().any(String::is_empty) {
            return Some(complaint(steps, format!("expected letters or digits in the alias `{alias}`")));
        }
        let claimed = others.iter().copied().find(|(other, entry)| names(other, *entry).any(is_same));
        if let Some((other, _)) = claimed {
            return Some(complaint(
                steps,
                format!("expected a name of its own, found `{alias}`, which `{other}` has, too"),
            ));
        }
        let known = names(id, entry).take(index.saturating_add(2)).any(|name| keys(name)[0] == own[0]);
        known.then(|| complaint(steps, format!("expected a name that is new here, found `{alias}` again")))
    })
}
