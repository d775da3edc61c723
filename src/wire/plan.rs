//! A plan of add packs as an entry of the document.

use super::{Entry, Finding, Kind, LeftOut, PlanProperties, Properties, Step, Unanswered};
use crate::model::{self, plan::Forecast};

impl Entry {
    /// A plan that was gone through.
    pub fn of_plan(forecast: &Forecast) -> Self {
        Self {
            kind: Kind::AddPackPlan,
            label: format!("{} from {}: {}", forecast.plan.server, forecast.start, forecast.plan.packs.join(" ")),
            location: None,
            form: None,
            product: forecast.product.clone(),
            sku: forecast.plan.edition,
            from: None,
            verdict: forecast.verdict(),
            findings: forecast.findings().map(|finding| Finding::of(finding, 0)).collect(),
            unanswered: forecast.unanswered.iter().map(Unanswered::of).collect(),
            properties: Properties::Plan(PlanProperties {
                start: forecast.start,
                end: forecast.end,
                ceiling: forecast.ceiling,
                steps: forecast.steps.iter().map(step).collect(),
                left_out: forecast.left_out.iter().map(left_out).collect(),
            }),
        }
    }
}

fn step(step: &model::plan::Step) -> Step {
    Step {
        pack: step.pack.to_string(),
        outcome: step.outcome,
        licenses: step.licenses,
        rule: step.finding.rule.clone(),
        remedies: step.finding.remedies.clone(),
        preparations: step.preparations.iter().map(|&preparation| preparation.to_owned()).collect(),
        screen: step.screen.clone(),
    }
}

fn left_out(left: &model::plan::LeftOut) -> LeftOut {
    LeftOut {
        pack: left.pack.to_string(),
        rule: left.finding.rule.clone(),
        message: left.finding.message.clone(),
        remedies: left.finding.remedies.clone(),
    }
}
