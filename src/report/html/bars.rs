//! Bars: counts by name, the longest first.

use crate::model::verdict::Verdict;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of bars; the rest is counted in one line.
const MAX_BARS: usize = 12;

/// The counts of each kind, by name.
pub(super) struct Tally<K>(BTreeMap<String, BTreeMap<K, u64>>);

/// The legend of a bar.
pub(super) struct Name {
    /// The text for readers.
    pub(super) shown: String,
    /// The text that the list is filtered by when the name is chosen.
    pub(super) sought: String,
}

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Shade> Tally<K> {
    /// Adds to a count.
    pub(super) fn add(&mut self, name: &str, kind: K, count: u64) {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), BTreeMap::new());
        }
        let counted = self.0.entry(name.to_owned()).or_default().entry(kind).or_default();
        *counted = counted.saturating_add(count);
    }

    /// Returns `true` if something was counted under this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The number of names.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// A figure with the bars and a legend of their shades; nothing if nothing was counted.
    pub(super) fn figure(&self, caption: &str, name: impl Fn(&str) -> Name) -> Markup {
        let kinds: BTreeSet<K> = self.0.values().flat_map(BTreeMap::keys).copied().collect();
        html! {
            @if !self.0.is_empty() {
                figure {
                    figcaption { (caption) }
                    (self.draw(name))
                    p.legend { @for kind in &kinds { span { i.(kind.class()) {} (kind.name()) } " " } }
                }
            }
        }
    }

    fn draw(&self, name: impl Fn(&str) -> Name) -> Markup {
        let mut rows: Vec<_> = self.0.iter().map(|(id, kinds)| (kinds.values().sum::<u64>(), id, kinds)).collect();
        rows.sort_by(|(left, left_id, _), (right, right_id, _)| right.cmp(left).then(left_id.cmp(right_id)));
        let longest = rows.first().map_or(1, |(total, _, _)| *total);
        html! {
            table.bars {
                @for (total, id, kinds) in rows.iter().take(MAX_BARS) {
                    @let name = name(id);
                    tr {
                        th scope="row" title=(id) data-sought=(name.sought) { (breakable(&name.shown)) }
                        td.bar { (bar(kinds, longest)) }
                        td.total { (total) }
                    }
                }
            }
            @if rows.len() > MAX_BARS {
                p.more { "and " (rows.len().saturating_sub(MAX_BARS)) " more with " (rows.iter().skip(MAX_BARS).map(|row| row.0).sum::<u64>()) " in all" }
            }
        }
    }
}

/// One bar, as wide as its share of the longest, with a shade for each kind.
pub(super) fn bar<K: Shade>(kinds: &BTreeMap<K, u64>, longest: u64) -> Markup {
    let told: Vec<_> = kinds.iter().map(|(kind, count)| format!("{count} {}", kind.name())).collect();
    let mut from = 0_u64;
    let segments: Vec<_> = kinds
        .iter()
        .map(|(kind, count)| {
            from = from.saturating_add(*count);
            (kind.class(), percent(from.saturating_sub(*count), longest), percent(*count, longest))
        })
        .collect();
    html! {
        svg role="img" viewBox="0 0 100 10" preserveAspectRatio="none" aria-label=(told.join(", ")) {
            title { (told.join(", ")) }
            @for (class, x, width) in &segments {
                rect class=(class) x=(x) y="0" width=(width) height="10" {}
            }
        }
    }
}

/// A text that may break after a slash.
fn breakable(text: &str) -> Markup {
    html! { @for part in text.split_inclusive('/') { (part) wbr; } }
}

/// A percentage, with two decimal places.
fn percent(count: u64, of: u64) -> String {
    let hundredths = u128::from(count).saturating_mul(10_000).checked_div(of.into()).unwrap_or(0);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The meaning of a part of a bar.
pub(super) trait Shade: Copy + Ord {
    /// The CSS class.
    fn class(self) -> &'static str;
    /// The word for readers.
    fn name(self) -> &'static str;
}

impl Shade for Verdict {
    fn class(self) -> &'static str {
        self.id()
    }

    fn name(self) -> &'static str {
        self.label()
    }
}
