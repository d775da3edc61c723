//! Client Add Packs of Small Business Server: what each disk will do on a server, before one is inserted.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod file;
mod request;
mod step;
mod suggest;

pub use file::{PlanFileError, read};
pub use request::PlanError;
pub use suggest::suggest;

use crate::{
    catalogue::Catalogue,
    model::{
        finding::{Finding, Unanswered},
        pack::Pack,
        plan::{Forecast, LeftOut, Plan, Step},
        source::Basis,
    },
};
use request::Request;

/// Works through a plan disk by disk, as the server would.
///
/// # Errors
/// [`PlanError`] when the plan names something that does not exist: a pack of seven, sixty licences on a 4.0 server.
///
/// ```
/// use jewelcase::{Catalogue, Plan, simulate};
/// let plan = Plan { server: "4.0".into(), licenses: Some(5), packs: vec!["4.0x5".into(), "4.0x20".into()], ..Plan::default() };
/// let forecast = simulate(Catalogue::built_in(), &plan)?;
/// let outcomes: Vec<_> = forecast.steps.iter().map(|step| (step.outcome.id(), step.licenses)).collect();
/// assert_eq!(outcomes, [("applied", 10), ("refused", 10)]);
/// # Ok::<(), jewelcase::PlanError>(())
/// ```
pub fn simulate(catalogue: &Catalogue, plan: &Plan) -> Result<Forecast, PlanError> {
    let request = Request::read(catalogue, plan)?;
    let mut steps = Vec::new();
    let mut licenses = request.licenses;
    for pack in &request.packs {
        let step = request.step(licenses, pack, Vec::new());
        licenses = step.licenses;
        steps.push(step);
    }
    Ok(request.forecast(steps, Vec::new()))
}

impl Request<'_> {
    /// The outcome of one disk at this number of licences, in words.
    fn step(&self, licenses: u32, pack: &Pack, preparations: Vec<&'static str>) -> Step {
        let ruling = self.ruling(licenses, pack);
        Step {
            pack: pack.clone(),
            preparations,
            outcome: ruling.outcome,
            licenses: ruling.licenses,
            finding: self.finding(&ruling, licenses, pack),
            screen: self.screen(&ruling, pack),
        }
    }

    /// The forecast of these steps, with the findings about the whole plan.
    fn forecast(&self, steps: Vec<Step>, left_out: Vec<LeftOut>) -> Forecast {
        let raised = steps.iter().any(|step| step.outcome.raises());
        let unanswered = steps.iter().filter(|step| !step.outcome.raises() && is_inferred(&step.finding));
        let unanswered = unanswered.map(|step| Unanswered {
            rule: step.finding.rule.clone(),
            reason: format!("what the server does with {} here is inferred: no source says it", step.pack),
        });
        Forecast {
            plan: self.plan.clone(),
            title: self.server.title.clone(),
            product: self.server.product.clone(),
            start: self.licenses,
            end: steps.last().map_or(self.licenses, |step| step.licenses),
            ceiling: self.server.ceiling,
            unanswered: unanswered.collect(),
            notes: if raised { vec![self.note("addpack/restart")] } else { Vec::new() },
            steps,
            left_out,
        }
    }
}

fn is_inferred(finding: &Finding) -> bool {
    finding.basis == Basis::Inferred
}
