//! What was found in one piece of input, and how it is handed on: little by little, since what is said of a key takes far more room than the key.

use super::{answers::Linted, gather::Shared};
use crate::{
    judge::judge_among_many,
    model::{finding::Unanswered, situation::Situation, subject::Subject, verdict::Verdict},
};
use std::{ops::ControlFlow, sync::Arc};

/// So many keys are judged in full before they are handed on.
pub(super) const KEPT: usize = 1 << 8;

/// What was found in one piece of one file. Lines are counted from the first of the piece, from zero.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) lines: u64,
    pub(super) keys: Vec<Placed>,
    pub(super) faults: Vec<Fault>,
    pub(super) seen: Vec<Seen>,
    /// What was found in the file as a whole, with the answer source that it is.
    pub(super) answers: Option<Linted>,
}

impl Found {
    /// Nothing but a fault.
    pub(super) fn fault(fault: Fault) -> Self {
        Self { faults: vec![fault], ..Self::default() }
    }
}

/// The other columns of a row, or fields of a record, shared by the keys in it.
pub type Record = Arc<[(String, String)]>;

/// A key that is worth a report.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) subject: Subject,
    pub(super) record: Option<Record>,
}

/// A place that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) rule: &'static str,
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) message: String,
}

/// A key that was seen, for the search for duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seen {
    /// A hash of its characters. It never leaves the program: a hash of ten digits is no mask.
    pub(super) hash: u64,
    pub(super) line: u64,
    pub(super) column: u64,
}

/// A key that is worth a report, of which nothing is said yet.
#[derive(Debug)]
pub(super) struct Worthy<'c> {
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) text: Box<str>,
    pub(super) situation: Situation<'c>,
    pub(super) record: Option<Record>,
    /// What the input names that no catalogue has; `None`: nothing.
    pub(super) unknown: Option<Arc<[String]>>,
}

/// All that was found in a piece, before the keys are judged in full.
pub(super) struct Gathered<'r, 'c> {
    pub(super) shared: &'r Shared<'c>,
    pub(super) found: Found,
    pub(super) keys: Vec<Worthy<'c>>,
}

impl Gathered<'_, '_> {
    /// Judges the keys and hands them on, some at a time, and what else was found: of the file as a whole with the first of
    /// them, the rest with the last. Breaks when no more are wanted.
    pub(super) fn hand_on(self, mut take: impl FnMut(Found) -> ControlFlow<()>) -> ControlFlow<()> {
        let Self { shared, mut found, keys } = self;
        let mut rest = keys.into_iter();
        while rest.len() > KEPT {
            let keys = rest.by_ref().take(KEPT).map(|key| key.judged(shared)).collect();
            take(Found { keys, answers: found.answers.take(), ..Found::default() })?;
        }
        found.keys = rest.map(|key| key.judged(shared)).collect();
        take(found)
    }
}

impl Worthy<'_> {
    fn judged(self, shared: &Shared<'_>) -> Placed {
        let mut subject = match judge_among_many(shared.catalogue, &self.text, &self.situation) {
            Ok(subject) => subject,
            Err(error) => unreachable!("the situation holds ids of the catalogue: {error}"),
        };
        for name in self.unknown.iter().flat_map(|unknown| unknown.iter()) {
            // Where columns are mixed up, a key can stand here.
            let key = name.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_OF_KEY;
            let reason = if key {
                "the input names something with many digits, which is in no catalogue".to_owned()
            } else {
                format!("the input names {name:?}, which the catalogue does not know")
            };
            subject.unanswered.push(Unanswered { rule: WRONG_FORM.to_owned(), reason });
            subject.verdict = unsettled(subject.verdict);
        }
        Placed { line: self.line, column: self.column, subject, record: self.record }
    }
}

/// The check that cannot be made where the product is not known.
pub(super) const WRONG_FORM: &str = "key/wrong-form";

/// No form has fewer digits, and no title so many.
const DIGITS_OF_KEY: usize = 5;

/// The verdict of a key where a check that matters could not be made.
pub(super) fn unsettled(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::WellFormed | Verdict::Undecided => Verdict::Undecided,
        Verdict::Rejected | Verdict::Unrecognized => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::Catalogue,
        scan::{Extent, situations::Situations, table::Columns, text::Shapes},
    };
    use once_cell::sync::OnceCell;

    /// What is handed on of so many keys, on lines of their own, until `taken` parts were taken.
    fn handed_on(count: usize, taken: usize) -> Vec<Found> {
        let catalogue = Catalogue::built_in();
        let shared = Shared {
            catalogue,
            situations: Situations::new(catalogue).expect("no product is named"),
            options: Situation::default(),
            by_path: None,
            extent: Extent::All,
            duplicates: false,
            carry: false,
            columns: Columns::default(),
            shapes: Shapes::of(catalogue),
            titles: OnceCell::new(),
        };
        let key = |line| Worthy {
            line,
            column: 1,
            text: "111-1111111".into(),
            situation: Situation::default(),
            record: None,
            unknown: None,
        };
        let fault = Fault { rule: "input/unreadable", line: 0, column: 1, message: String::new() };
        let found = Found { lines: 9, answers: Some(Linted::default()), ..Found::fault(fault) };
        let gathered = Gathered { shared: &shared, found, keys: (0..count as u64).map(key).collect() };
        let mut parts = Vec::new();
        let end = gathered.hand_on(|found| {
            parts.push(found);
            if parts.len() < taken { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert_eq!(end.is_break(), parts.len() == taken);
        parts
    }

    #[test]
    fn keys_are_handed_on_in_order_and_only_some_at_a_time() {
        for count in [0, 1, KEPT - 1, KEPT, KEPT + 1, 2 * KEPT, 3 * KEPT + 7] {
            let parts = handed_on(count, usize::MAX);
            assert_eq!(parts.len(), count.div_ceil(KEPT).max(1), "{count} keys");
            assert!(parts.iter().all(|found| found.keys.len() <= KEPT));
            let lines: Vec<_> = parts.iter().flat_map(|found| &found.keys).map(|key| key.line).collect();
            assert_eq!(lines, (0..count as u64).collect::<Vec<_>>());
            for (at, found) in parts.iter().enumerate() {
                // Keys are placed from the beginning of the piece, so its lines count behind the last of them.
                let rest = if at + 1 == parts.len() { (9, 1) } else { (0, 0) };
                assert_eq!((found.lines, found.faults.len()), rest);
                assert_eq!(found.answers.is_some(), at == 0);
            }
        }
    }

    #[test]
    fn no_more_is_handed_on_than_is_wanted() {
        assert_eq!(handed_on(3 * KEPT, 1).len(), 1);
    }
}
