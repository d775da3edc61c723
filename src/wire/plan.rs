//! A plan of add packs as an entry of the document.

use super::{Entry, Finding, LeftOut, PlanProperties, Properties, Step, SubjectKind, Unanswered};
use crate::model::{self, plan::Forecast};
use std::borrow::Cow;

/// A plan with its forecast.
impl<'a> From<&'a Forecast> for Entry<'a> {
    fn from(forecast: &'a Forecast) -> Self {
        let plan = &forecast.plan;
        Self {
            kind: SubjectKind::AddPackPlan,
            label: Cow::Owned(format!("{} from {}: {}", plan.server, forecast.start, plan.packs.join(" "))),
            location: None,
            form: None,
            product: forecast.product.as_deref().map(Cow::Borrowed),
            sku: plan.edition,
            from: None,
            verdict: forecast.verdict(),
            findings: forecast.findings().map(Finding::from).collect(),
            unanswered: forecast.unanswered.iter().map(Unanswered::from).collect(),
            properties: Properties::Plan(PlanProperties {
                start: forecast.start,
                end: forecast.end,
                ceiling: forecast.ceiling,
                steps: forecast.steps.iter().map(Step::from).collect(),
                left_out: forecast.left_out.iter().map(LeftOut::from).collect(),
                title: Cow::Borrowed(&forecast.title),
                reinstalled: plan.reinstalled,
                upgraded_from: plan.upgraded_from.as_deref().map(Cow::Borrowed),
                converted_to_nt: plan.converted_to_nt,
            }),
        }
    }
}

impl<'a> From<&'a model::plan::Step> for Step<'a> {
    fn from(step: &'a model::plan::Step) -> Self {
        Self {
            pack: Cow::Owned(step.pack.to_string()),
            outcome: step.outcome,
            licenses: step.licenses,
            rule: Cow::Borrowed(&step.finding.rule),
            remedies: Cow::Borrowed(&step.finding.remedies),
            preparations: step.preparations.iter().map(|&preparation| Cow::Borrowed(preparation)).collect(),
            screen: step.screen.as_deref().map(Cow::Borrowed),
        }
    }
}

impl<'a> From<&'a model::plan::LeftOut> for LeftOut<'a> {
    fn from(left: &'a model::plan::LeftOut) -> Self {
        Self {
            pack: Cow::Owned(left.pack.to_string()),
            rule: Cow::Borrowed(&left.finding.rule),
            message: Cow::Borrowed(&left.finding.message),
            remedies: Cow::Borrowed(&left.finding.remedies),
            basis: Some(left.finding.basis),
            source: left.finding.source.as_deref().map(Cow::Borrowed),
        }
    }
}
