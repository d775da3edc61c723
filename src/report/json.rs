//! The JSON document `jewelcase/1`, written as it comes, and its lines (NDJSON).

use super::{
    Located,
    mask::{self, Keys},
    summary::Summary,
};
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
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

/// The name and number of the document.
pub const SCHEMA: &str = "jewelcase/1";

/// Writes a document of subjects: [`begin`](Writer::begin), any number of subjects, [`end`](Writer::end).
pub struct Writer<'c, W> {
    out: W,
    catalogue: &'c Catalogue,
    keys: Keys,
    layout: Layout,
    remedies: BTreeSet<String>,
    summary: Summary,
}

/// One document, or one line per subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One document, indented.
    Document,
    /// One subject a line, then a line with the summary and the remedies.
    Lines,
}

impl<'c, W: Write> Writer<'c, W> {
    /// Starts a document.
    ///
    /// # Errors
    /// What the output says.
    pub fn begin(mut out: W, catalogue: &'c Catalogue, keys: Keys, layout: Layout) -> io::Result<Self> {
        if layout == Layout::Document {
            write!(out, "{{\n  \"schema\": \"{SCHEMA}\",\n  \"tool\": {},\n  \"subjects\": [", indented(&TOOL, 2)?)?;
        }
        Ok(Self { out, catalogue, keys, layout, remedies: BTreeSet::new(), summary: Summary::default() })
    }

    /// Writes one key or serial.
    ///
    /// # Errors
    /// What the output says.
    pub fn subject(&mut self, located: &Located) -> io::Result<()> {
        let judged = &located.subject;
        self.summary.add(judged.verdict, judged.findings.iter());
        self.remedies.extend(judged.findings.iter().flat_map(|finding| finding.remedies.iter().cloned()));
        self.write(&subject(located, self.keys))
    }

    /// Writes one plan of add packs.
    ///
    /// # Errors
    /// What the output says.
    pub fn plan(&mut self, outlook: &Outlook) -> io::Result<()> {
        self.summary.add(outlook.verdict(), outlook.findings());
        let findings = outlook.findings().chain(outlook.left_out.iter().map(|left| &left.finding));
        self.remedies.extend(findings.flat_map(|finding| finding.remedies.iter().cloned()));
        self.write(&plan(outlook))
    }

    fn write(&mut self, subject: &impl Serialize) -> io::Result<()> {
        match self.layout {
            Layout::Document => {
                let separator = if self.summary.subjects == 1 { "\n    " } else { ",\n    " };
                write!(self.out, "{separator}{}", indented(subject, 4)?)
            }
            Layout::Lines => line(&mut self.out, subject),
        }
    }

    /// Writes the remedies and the summary.
    ///
    /// # Errors
    /// What the output says.
    pub fn end(mut self) -> io::Result<()> {
        let remedies = remedies(self.catalogue, self.remedies.iter().map(String::as_str));
        match self.layout {
            Layout::Document => {
                let close = if self.summary.subjects == 0 { "]" } else { "\n  ]" };
                let (remedies, summary) = (indented(&remedies, 2)?, indented(&self.summary, 2)?);
                writeln!(self.out, "{close},\n  \"remedies\": {remedies},\n  \"summary\": {summary}\n}}")?;
            }
            Layout::Lines => {
                line(&mut self.out, &SummaryLine { schema: SCHEMA, summary: self.summary, remedies })?;
            }
        }
        self.out.flush()
    }
}

/// Writes what a topic leads to.
///
/// # Errors
/// What the output says.
pub fn matches(out: impl Write, catalogue: &Catalogue, topic: &str, matches: &[Match]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Explained<'a> {
        schema: &'a str,
        topic: &'a str,
        matches: Vec<MatchV1<'a>>,
        remedies: BTreeMap<String, RemedyV1<'a>>,
    }
    let ids = matches.iter().flat_map(|found| found.remedies.iter().map(String::as_str));
    let remedies = remedies(catalogue, ids);
    value(out, &Explained { schema: SCHEMA, topic, matches: matches.iter().map(MatchV1::of).collect(), remedies })
}

/// Writes what a topic leads to, a match a line.
///
/// # Errors
/// What the output says.
pub fn match_lines(mut out: impl Write, matches: &[Match]) -> io::Result<()> {
    matches.iter().try_for_each(|found| line(&mut out, &MatchV1::of(found)))
}

/// Writes any value of the catalogue, indented.
///
/// # Errors
/// What the output says.
pub fn value(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)
}

/// Writes any value of the catalogue as one line.
///
/// # Errors
/// What the output says.
pub fn line(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)
}

const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct SubjectV1<'a, P> {
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
struct LocationV1<'a> {
    path: &'a str,
    line: u64,
    column: u64,
}

#[derive(Serialize)]
struct FindingV1<'a> {
    rule: &'a str,
    severity: Severity,
    basis: Basis,
    message: &'a str,
    span: Option<SpanV1>,
    remedies: &'a [String],
}

#[derive(Serialize)]
struct SpanV1 {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct UnansweredV1<'a> {
    rule: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct PropertiesV1<'a> {
    forms: Vec<CandidateV1<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    products: Option<Vec<AtProductV1<'a>>>,
}

#[derive(Serialize)]
struct CandidateV1<'a> {
    form: &'a str,
    why: String,
}

#[derive(Serialize)]
struct AtProductV1<'a> {
    product: &'a str,
    sku: Option<Sku>,
    verdict: Verdict,
    rules: &'a [String],
}

#[derive(Serialize)]
struct PlanPropertiesV1<'a> {
    start: u32,
    end: u32,
    ceiling: Option<u32>,
    steps: Vec<StepV1<'a>>,
    left_out: Vec<LeftOutV1<'a>>,
}

#[derive(Serialize)]
struct StepV1<'a> {
    pack: String,
    outcome: Outcome,
    licenses: u32,
    rule: &'a str,
    remedies: &'a [String],
    preparations: &'a [&'static str],
    screen: Option<&'a str>,
}

#[derive(Serialize)]
struct LeftOutV1<'a> {
    pack: String,
    rule: &'a str,
    message: &'a str,
    remedies: &'a [String],
}

#[derive(Serialize)]
struct RemedyV1<'a> {
    article: &'a str,
    title: &'a str,
    steps: &'a [String],
    applies_to: &'a [String],
}

#[derive(Serialize)]
struct MatchV1<'a> {
    kind: &'a str,
    id: &'a str,
    title: &'a str,
    why: &'a str,
    remedies: &'a [String],
}

impl<'a> MatchV1<'a> {
    fn of(found: &'a Match) -> Self {
        Self { kind: found.kind.id(), id: &found.id, title: &found.title, why: &found.why, remedies: &found.remedies }
    }
}

#[derive(Serialize)]
struct SummaryLine<'a> {
    schema: &'a str,
    summary: Summary,
    remedies: BTreeMap<String, RemedyV1<'a>>,
}

fn subject(located: &Located, keys: Keys) -> SubjectV1<'_, PropertiesV1<'_>> {
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

fn plan(outlook: &Outlook) -> SubjectV1<'_, PlanPropertiesV1<'_>> {
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

fn remedies<'a>(catalogue: &'a Catalogue, ids: impl Iterator<Item = &'a str>) -> BTreeMap<String, RemedyV1<'a>> {
    ids.filter_map(|id| {
        let (article, _, remedy) = catalogue.remedy(id)?;
        let remedy = RemedyV1 { article, title: &remedy.title, steps: &remedy.steps, applies_to: &remedy.applies_to };
        Some((id.to_owned(), remedy))
    })
    .collect()
}

/// A value as indented JSON, to stand `columns` into a line.
fn indented(value: &impl Serialize, columns: usize) -> io::Result<String> {
    let json = serde_json::to_string_pretty(value)?;
    Ok(json.replace('\n', &format!("\n{}", " ".repeat(columns))))
}
