//! Names that an article has another word for: its "Administrator program" is ADMIN.EXE.

use super::text::Text;
use crate::model::term::Terms;

impl Terms {
    /// Whether a text has a claim, or another word for it.
    pub(super) fn is_in(&self, claim: &str, text: &Text) -> bool {
        let term = |claim: &str| self.terms.iter().find(|term| term.name.eq_ignore_ascii_case(claim));
        text.has(claim) || term(claim).is_some_and(|term| term.also.iter().any(|other| text.has(other)))
    }
}
