//! Quick checks of bytes: the whole lines of a file's first bytes, and texts that look like keys.

use super::origin::{Claim, Origin};
use crate::{
    bulk::Matcher,
    model::{form::KeyKind, severity::Severity, within::Within},
};
use memchr::memchr;

/// The lines of the first bytes of a file, without the last line if it may be incomplete.
pub(super) fn whole_lines(head: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = memchr::memrchr(b'\n', head).map_or(head.len(), |at| at.saturating_add(1));
    let mut rest = Some(head.within(..end));
    std::iter::from_fn(move || {
        let bytes = rest?;
        let Some(at) = memchr(b'\n', bytes) else { return rest.take() };
        rest = Some(bytes.within(at.saturating_add(1)..));
        Some(bytes.within(..at))
    })
}

/// Returns `true` if a text has at least five digits, as every key has. A cheap test that rules out most texts.
pub(super) fn has_five_digits(text: &[u8]) -> bool {
    // A sum that fits in one byte lets the compiler vectorise the loop.
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(byte.is_ascii_digit())).sum::<u8>();
    text.chunks(128).map(|bytes| usize::from(digits(bytes))).sum::<usize>() >= 5
}

/// The appearance of a text, before any word says that it is a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Has the groups of a form, which few other numbers have.
    Groups,
    /// Has a form, but looks like many other numbers: without hyphens, or in two short groups.
    Digits,
    /// Almost has a form.
    Near,
    /// Has no form.
    Other,
}

/// The look of a text, and true if no rule finds anything wrong with it.
pub(super) fn look(text: &str, matcher: &Matcher<'_>) -> (Look, bool) {
    const NONE: (Look, bool) = (Look::Other, false);
    const NEAR: (Look, bool) = (Look::Near, false);
    if !has_five_digits(text.as_bytes()) {
        return NONE;
    }
    let text = text.trim().trim_matches('"').trim();
    // The sign of a number is no hyphen between groups.
    if text.strip_prefix(['-', '+']).is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        return NONE;
    }
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '#' | '*' | '?') || !c.is_ascii();
    if !text.chars().all(belongs) || !matcher.is_key(text) {
        return NONE;
    }
    let outcome = matcher.said(text);
    let exact = |(rule, _): &(String, Severity)| {
        !matches!(&**rule, "key/wrong-grouping" | "key/unexpected-character" | "key/wrong-length")
    };
    let Some(form) = outcome.form.as_deref().and_then(|id| matcher.form(id)) else { return NONE };
    if !outcome.rules.iter().all(exact) {
        return NEAR;
    }
    let grouped = text.contains(|c: char| !c.is_alphanumeric());
    // A form that no word announces is never searched for in a text: too many other things look like it.
    let own = form.kind == KeyKind::Key && (form.out_of_era || !form.announced_by.is_empty());
    let look = if grouped && own { Look::Groups } else { Look::Digits };
    (look, outcome.worst() != Some(Severity::Error))
}

/// Returns `true` if a text has a form and nothing in it rules out a key: code and data are full of numbers.
pub(super) fn is_plainly_a_key(text: &str, matcher: &Matcher<'_>) -> bool {
    matches!(look(text, matcher).0, Look::Groups | Look::Digits)
}

/// Texts of a list or column, counted by their look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sample {
    all: usize,
    groups: usize,
    digits: usize,
    near: usize,
    /// Of `digits`, those with a hyphen, such as postoffice serials.
    hyphened: usize,
    clean_groups: usize,
    clean_digits: usize,
    /// Of `groups`, those that begin with a zero, as telephone numbers do.
    zeros: usize,
}

impl Sample {
    pub(super) fn add(&mut self, text: &str, matcher: &Matcher<'_>) {
        self.all = self.all.saturating_add(1);
        let (look, clean) = look(text, matcher);
        let (count, count_clean) = match look {
            Look::Groups => (&mut self.groups, &mut self.clean_groups),
            Look::Digits => (&mut self.digits, &mut self.clean_digits),
            Look::Near => {
                self.near = self.near.saturating_add(1);
                return;
            }
            Look::Other => return,
        };
        *count = count.saturating_add(1);
        *count_clean = count_clean.saturating_add(usize::from(clean));
        self.hyphened = self.hyphened.saturating_add(usize::from(look == Look::Digits && text.contains('-')));
        let zero = text.trim_start_matches(|c: char| !c.is_ascii_digit()).starts_with('0');
        self.zeros = self.zeros.saturating_add(usize::from(look == Look::Groups && zero));
    }

    /// The number of texts.
    pub(super) fn len(&self) -> usize {
        self.all
    }

    /// The number of texts that have a form, or almost.
    pub(super) fn near(&self) -> usize {
        self.keys().saturating_add(self.near)
    }

    /// The number of texts that have a form.
    pub(super) fn keys(&self) -> usize {
        self.groups.saturating_add(self.digits)
    }

    /// Returns `true` if most have a form, and most of those are in its groups or without a fault.
    pub(super) fn are_likely_keys(&self) -> bool {
        self.keys().saturating_mul(2) > self.all && self.is_plausible()
    }

    /// Returns `true` if the texts with a form are more than digits: in groups, or without a fault more often than other numbers.
    pub(super) fn is_plausible(&self) -> bool {
        self.keys() > 0
            && (self.groups.saturating_mul(2) >= self.keys() || self.clean_digits.saturating_mul(2) >= self.digits)
    }

    /// Returns `true` if most are in the groups of a form, and half of those have no fault. One in seven other numbers has none.
    pub(super) fn are_grouped_keys(&self) -> bool {
        self.groups.saturating_mul(2) > self.all && self.clean_groups.saturating_mul(2) >= self.groups
    }

    /// Returns `true` if most are in the groups of a form, right or wrong.
    pub(super) fn are_grouped(&self) -> bool {
        self.groups.saturating_mul(2) > self.all
    }

    /// Returns `true` if all have a form with hyphens, even if only that of a postoffice serial, and half of them have no fault.
    pub(super) fn are_hyphened(&self) -> bool {
        self.groups.saturating_add(self.hyphened) == self.all
            && self.clean_groups.saturating_add(self.clean_digits).saturating_mul(2) >= self.all
    }

    /// Returns `true` if the texts themselves show that they are keys, where no word says so.
    pub(super) fn are_keys(&self, origin: &Origin<'_>) -> bool {
        match origin.claim {
            Claim::Made => self.keys().saturating_mul(2) > self.all,
            Claim::Named | Claim::None if origin.speaks_of_others() => false,
            Claim::None if !origin.speaks_of_keys() => {
                self.groups.saturating_add(self.hyphened).saturating_mul(2) > self.all && self.zeros < self.groups
            }
            Claim::Named | Claim::None => self.are_likely_keys(),
        }
    }
}
