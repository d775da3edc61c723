//! Names for which articles use another word: their "Administrator program" is ADMIN.EXE.

use super::text::Text;
use crate::model::term::Terms;

impl Terms {
    /// Returns `true` if a text contains a claim, or another word for it.
    pub(super) fn is_in(&self, claim: &str, text: &Text) -> bool {
        let term = |claim: &str| self.terms.iter().find(|term| term.name.eq_ignore_ascii_case(claim));
        text.has(claim) || term(claim).is_some_and(|term| term.also.iter().any(|other| text.has(other)))
    }
}
