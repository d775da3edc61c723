//! The structs of the document `jewelcase/1`, apart from the program's own, so that neither changes with the other.

use crate::{
    catalogue::Catalogue,
    explain::Match,
    model::{
        finding::{Finding, Unanswered},
        form::Kind,
        plan::{Outcome, Outlook},
        severity::Severity,
        sku::Sku,
        source::Basis,
        verdict::Verdict,
    },
    report::{
        Located,
        mask::{self, Keys},
        summary::Summary,
    },
};
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
pub(super) struct SubjectV1<'a, P> {
    kind: &'static str,
    label: String,
    location: Option<LocationV1<'a>>,
    form: Option<&'a str>,
    product: Option<&'a str>,
    sku: Option<Sku>,
    from: Option<&'a str>,
    verdict: Verdict,
    findings: Vec<FindingV1<'a>>,
    unanswered: Vec<UnansweredV1<'a>>,
    properties: P,
}

#[derive(Serialize)]
pub(super) struct LocationV1<'a> {
    path: &'a str,
    line: u64,
    column: u64,
}

#[derive(Serialize)]
pub(super) struct FindingV1<'a> {
    rule: &'a str,
    severity: Severity,
    basis: Basis,
    message: &'a str,
    span: Option<SpanV1>,
    remedies: &'a [String],
}

#[derive(Serialize)]
pub(super) struct SpanV1 {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
pub(super) struct UnansweredV1<'a> {
    rule: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
pub(super) struct PropertiesV1<'a> {
    forms: Vec<CandidateV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    products: Option<Vec<AtProductV1<'a>>>,
}

#[derive(Serialize)]
pub(super) struct CandidateV1<'a> {
    form: &'a str,
    why: String,
}

#[derive(Serialize)]
pub(super) struct AtProductV1<'a> {
    product: &'a str,
    sku: Option<Sku>,
    verdict: Verdict,
    rules: &'a [String],
}

#[derive(Serialize)]
pub(super) struct PlanPropertiesV1<'a> {
    start: u32,
    end: u32,
    ceiling: Option<u32>,
    steps: Vec<StepV1<'a>>,
    left_out: Vec<LeftOutV1<'a>>,
}

#[derive(Serialize)]
pub(super) struct StepV1<'a> {
    pack: String,
    outcome: Outcome,
    licenses: u32,
    rule: &'a str,
    remedies: &'a [String],
    preparations: &'a [&'static str],
    screen: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct LeftOutV1<'a> {
    pack: String,
    rule: &'a str,
    message: &'a str,
    remedies: &'a [String],
}

#[derive(Serialize)]
pub(super) struct RemedyV1<'a> {
    article: &'a str,
    title: &'a str,
    steps: &'a [String],
    applies_to: &'a [String],
}

#[derive(Serialize)]
pub(super) struct MatchV1<'a> {
    kind: &'a str,
    id: &'a str,
    title: &'a str,
    why: &'a str,
    remedies: &'a [String],
}

impl<'a> MatchV1<'a> {
    pub(super) fn of(found: &'a Match) -> Self {
        Self { kind: found.kind.id(), id: &found.id, title: &found.title, why: &found.why, remedies: &found.remedies }
    }
}

#[derive(Serialize)]
pub(super) struct SummaryLine<'a> {
    pub(super) schema: &'a str,
    pub(super) summary: Summary,
    pub(super) remedies: BTreeMap<String, RemedyV1<'a>>,
}

pub(super) fn subject(located: &Located, keys: Keys) -> SubjectV1<'_, PropertiesV1<'_>> {
    let subject = &located.subject;
    let (label, start) = mask::label(subject, keys);
    SubjectV1 {
        kind: match subject.kind {
            Kind::Key => "key",
            Kind::Serial => "serial",
        },
        label,
        location: located.location.as_ref().map(|location| LocationV1 {
            path: &location.path,
            line: location.line,
            column: location.column,
        }),
        form: subject.form.as_deref(),
        product: subject.product.as_deref(),
        sku: subject.sku,
        from: subject.package.as_deref(),
        verdict: subject.verdict,
        // Relative to the label, like everything in this document.
        findings: subject.findings.iter().map(|finding| FindingV1::of(finding, start)).collect(),
        unanswered: subject.unanswered.iter().map(UnansweredV1::of).collect(),
        properties: PropertiesV1 {
            forms: subject
                .forms
                .iter()
                .map(|candidate| CandidateV1 { form: &candidate.form, why: candidate.why() })
                .collect(),
            products: subject.product.is_none().then(|| {
                let rows = subject.products.iter();
                rows.map(|row| AtProductV1 {
                    product: &row.product,
                    sku: row.sku,
                    verdict: row.verdict,
                    rules: &row.rules,
                })
                .collect()
            }),
        },
    }
}

pub(super) fn plan(outlook: &Outlook) -> SubjectV1<'_, PlanPropertiesV1<'_>> {
    SubjectV1 {
        kind: "add-pack-plan",
        label: format!("{} from {}: {}", outlook.plan.server, outlook.start, outlook.plan.packs.join(" ")),
        location: None,
        form: None,
        product: outlook.product.as_deref(),
        sku: outlook.plan.edition,
        from: None,
        verdict: outlook.verdict(),
        findings: outlook.findings().map(|finding| FindingV1::of(finding, 0)).collect(),
        unanswered: outlook.unanswered.iter().map(UnansweredV1::of).collect(),
        properties: PlanPropertiesV1 {
            start: outlook.start,
            end: outlook.end,
            ceiling: outlook.ceiling,
            steps: outlook
                .steps
                .iter()
                .map(|step| StepV1 {
                    pack: step.pack.to_string(),
                    outcome: step.outcome,
                    licenses: step.licenses,
                    rule: &step.finding.rule,
                    remedies: &step.finding.remedies,
                    preparations: &step.preparations,
                    screen: step.screen.as_deref(),
                })
                .collect(),
            left_out: outlook
                .left_out
                .iter()
                .map(|left| LeftOutV1 {
                    pack: left.pack.to_string(),
                    rule: &left.finding.rule,
                    message: &left.finding.message,
                    remedies: &left.finding.remedies,
                })
                .collect(),
        },
    }
}

impl<'a> FindingV1<'a> {
    /// A finding whose spans are told from an offset on.
    fn of(finding: &'a Finding, offset: usize) -> Self {
        Self {
            rule: &finding.rule,
            severity: finding.severity,
            basis: finding.basis,
            message: &finding.message,
            span: finding
                .span
                .as_ref()
                .map(|span| SpanV1 { start: span.start.saturating_sub(offset), end: span.end.saturating_sub(offset) }),
            remedies: &finding.remedies,
        }
    }
}

impl<'a> UnansweredV1<'a> {
    fn of(unanswered: &'a Unanswered) -> Self {
        Self { rule: &unanswered.rule, reason: &unanswered.reason }
    }
}

pub(super) fn remedies<'a>(
    catalogue: &'a Catalogue,
    ids: impl Iterator<Item = &'a str>,
) -> BTreeMap<String, RemedyV1<'a>> {
    ids.filter_map(|id| {
        let (article, _, remedy) = catalogue.remedy(id)?;
        let remedy = RemedyV1 { article, title: &remedy.title, steps: &remedy.steps, applies_to: &remedy.applies_to };
        Some((id.to_owned(), remedy))
    })
    .collect()
}
