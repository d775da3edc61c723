//! The effect of one disk on a server.

use super::request::Request;
use crate::{
    judge::{finding, remedies_for, source},
    model::{
        finding::Finding, pack::Pack, plan::StepOutcome, server::How, severity::Severity, situation::Situation,
        source::Basis,
    },
};

/// The outcome of a disk, before it is put into words.
#[derive(Clone, Copy)]
pub(super) struct Ruling<'a> {
    pub(super) outcome: StepOutcome,
    pub(super) licenses: u32,
    rule: &'a str,
    /// The basis, if it is not the rule's.
    basis: Option<Basis>,
}

impl<'a> Request<'a> {
    /// The outcome of a disk at this number of licences. Rules that spoil a disk take precedence over those that refuse it.
    pub(super) fn ruling(&self, licenses: u32, pack: &Pack) -> Ruling<'a> {
        let stays = |outcome, rule| Ruling { outcome, licenses, rule, basis: None };
        if let Some(closed) = self.closed {
            return Ruling { basis: Some(closed.basis), ..stays(StepOutcome::Refused, closed.rule.as_str()) };
        }
        if pack.defective {
            return stays(StepOutcome::Defective, "addpack/defective");
        }
        if pack.tried_on.is_some() {
            return stays(StepOutcome::DoNotInsert, "addpack/tried-too-early");
        }
        let Some(takes) = self.server.takes.iter().find(|takes| takes.version == pack.version) else {
            return stays(StepOutcome::DoNotInsert, "addpack/wrong-version");
        };
        // The licences that a disk gave before the upgrade were carried over, so there is nothing to convert it for.
        let counted = pack.used.is_some_and(|(_, to)| self.plan.upgraded_from.is_some() && licenses >= to);
        match (takes.how, pack.converted) {
            (How::Converted, false) if counted => return stays(StepOutcome::DoNotInsert, "addpack/already-used"),
            (How::AsItIs, true) => return stays(StepOutcome::DoNotInsert, "addpack/wrong-version"),
            (How::Converted, false) => return stays(StepOutcome::DoNotInsert, "addpack/convert-first"),
            (How::AsItIs, false) | (How::Converted, true) => {}
        }
        let elsewhere = pack.used.is_some_and(|(from, _)| from != licenses);
        if elsewhere && takes.order_matters && self.plan.reinstalled {
            return stays(StepOutcome::DoNotInsert, "addpack/out-of-order");
        }
        if pack.protected {
            return stays(StepOutcome::Refused, "addpack/write-protected");
        }
        if pack.other_server {
            return stays(StepOutcome::Password, "addpack/other-server");
        }
        let ceiling = self.server.ceiling.unwrap_or(u32::MAX);
        let raised = licenses.saturating_add(pack.size);
        match pack.used {
            Some(_) if elsewhere => stays(StepOutcome::Refused, "addpack/already-used"),
            _ if raised > ceiling => {
                // The refusal at the limit is documented; that a pack is not credited in part is not.
                let basis = if licenses == ceiling { Basis::Documented } else { Basis::Inferred };
                Ruling { basis: Some(basis), ..stays(StepOutcome::Refused, "addpack/over-limit") }
            }
            Some(_) => Ruling { licenses: raised, ..stays(StepOutcome::Restored, "addpack/restored") },
            None if pack.converted => Ruling { licenses: raised, ..stays(StepOutcome::Applied, "addpack/converted") },
            None => Ruling { licenses: raised, ..stays(StepOutcome::Applied, "addpack/applied") },
        }
    }

    /// The finding of a ruling.
    pub(super) fn finding(&self, ruling: &Ruling<'_>, licenses: u32, pack: &Pack) -> Finding {
        let (from, to) = pack.used.unwrap_or((licenses, ruling.licenses));
        let (from, to) = (from.to_string(), to.to_string());
        let ceiling = self.server.ceiling.unwrap_or_default().to_string();
        let tried = pack.tried_on.as_deref().unwrap_or_default();
        let fill =
            [("from", from.as_str()), ("to", &to), ("ceiling", &ceiling), ("version", &pack.version), ("tried", tried)];
        let mut found = finding(self.catalogue, ruling.rule, &fill);
        if let Some(basis) = ruling.basis {
            found.basis = basis;
            found.source = self.catalogue.rules.get(ruling.rule).and_then(|rule| source(rule, basis));
            if basis == Basis::Inferred {
                found.severity = found.severity.min(Severity::Warning);
            }
        }
        self.with_remedies(found)
    }

    /// A finding about the whole plan.
    pub(super) fn note(&self, rule: &str) -> Finding {
        self.with_remedies(finding(self.catalogue, rule, &[]))
    }

    fn with_remedies(&self, mut found: Finding) -> Finding {
        let situation =
            Situation { product: self.server.product.as_deref(), sku: self.plan.edition, ..Situation::default() };
        found.remedies = remedies_for(self.catalogue, &found.rule, &situation);
        found
    }

    /// The message that the server shows: the one that the rule names, with the disk's numbers in it.
    pub(super) fn screen(&self, ruling: &Ruling<'_>, pack: &Pack) -> Option<String> {
        if ruling.outcome == StepOutcome::DoNotInsert {
            return None;
        }
        let screen = self.catalogue.rules.get(ruling.rule)?.screen.as_ref()?;
        let message = self.catalogue.articles.get(&screen.article)?.messages.get(screen.message)?;
        let mut pieces = message.text.split("{number}");
        let mut shown = pieces.next().unwrap_or_default().to_owned();
        for (piece, name) in pieces.zip(&screen.numbers) {
            let (from, to) = pack.used?;
            shown.push_str(&if name == "from" { from } else { to }.to_string());
            shown.push_str(piece);
        }
        Some(shown)
    }
}
