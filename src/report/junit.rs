//! JUnit XML, for the test page of a CI server: a suite for each subject, a case for each rule.

use super::{Output, Report, visible};
use crate::{
    model::{severity::Severity, within::Within},
    wire::{Entry, Finding, Location, State, position::Position, summary::Summary},
};
use quick_xml::{
    Writer as Xml,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use std::{
    borrow::Cow,
    io::{self, Write},
};

/// Writes suites one after another, so that the totals are in each suite and not in front of all.
///
/// A case fails if one of its findings is at or above the severity that makes the exit code 1; milder findings are in its output.
/// Cases of checks that could not be answered, and of findings that the configuration or the baseline accepts, are skipped.
pub struct Writer<'o> {
    xml: Xml<Output<'o>>,
    fails: Option<Severity>,
}

impl<'o> Writer<'o> {
    /// Starts a report. A finding of the severity `fails` or above fails its case; none does if it is `None`.
    ///
    /// # Errors
    /// Any I/O error of the output.
    pub fn begin(out: Output<'o>, fails: Option<Severity>) -> io::Result<Self> {
        let mut xml = Xml::new_with_indent(visible::output(out), b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.write_event(Event::Start(
            BytesStart::new("testsuites").with_attributes([("name", env!("CARGO_PKG_NAME"))]),
        ))?;
        Ok(Self { xml, fails })
    }

    fn suite(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let cases = cases(entry, self.fails);
        let count = |ends: fn(&End) -> bool| cases.iter().filter(|case| ends(&case.end)).count().to_string();
        let failures = count(|end| matches!(end, End::Failed(_)));
        let skipped = count(|end| matches!(end, End::Skipped(_)));
        let (name, tests) = (name(entry), cases.len().to_string());
        let attributes = [
            ("name", name.as_ref()),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", "0"),
            ("skipped", &skipped),
        ];
        self.xml.write_event(Event::Start(BytesStart::new("testsuite").with_attributes(attributes)))?;
        for case in &cases {
            self.case(&name, case)?;
        }
        self.xml.write_event(Event::End(BytesEnd::new("testsuite")))
    }

    /// A case of the suite with this name. GitLab distinguishes cases only by the names of class and case, and skips all but the first of
    /// the same name, so the class is the suite.
    fn case(&mut self, suite: &str, case: &Case<'_>) -> io::Result<()> {
        let mut testcase =
            self.xml.create_element("testcase").with_attributes([("classname", suite), ("name", case.rule)]);
        if let Some((file, line)) = &case.place {
            testcase = testcase.with_attributes([("file", file.as_ref()), ("line", line)]);
        }
        let text = BytesText::new(&case.text);
        match &case.end {
            End::Passed if case.text.is_empty() => testcase.write_empty()?,
            End::Passed => testcase
                .write_inner_content(|xml| xml.create_element("system-out").write_text_content(text).map(|_| ()))?,
            End::Failed(message) => testcase.write_inner_content(|xml| {
                let attributes = [("type", case.kind), ("message", message.as_ref())];
                xml.create_element("failure").with_attributes(attributes).write_text_content(text).map(|_| ())
            })?,
            End::Skipped(message) => testcase.write_inner_content(|xml| {
                let attributes = [("message", message.as_ref())];
                xml.create_element("skipped").with_attributes(attributes).write_empty().map(|_| ())
            })?,
        };
        Ok(())
    }
}

impl Report for Writer<'_> {
    fn entry(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        self.suite(entry)
    }

    fn end(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
        let out = self.xml.get_mut();
        writeln!(out)?;
        out.flush()
    }
}

/// The findings of one rule in one subject.
struct Case<'e> {
    rule: &'e str,
    /// The file and line of the first of them, if it is in a file.
    place: Option<(Cow<'static, str>, String)>,
    /// The worst severity.
    kind: &'static str,
    /// The findings, a line each.
    text: String,
    end: End<'e>,
}

/// The result of a case.
enum End<'e> {
    Passed,
    Failed(Cow<'e, str>),
    Skipped(Cow<'e, str>),
}

/// A case for each rule, in the order of the findings; a case with the verdict if there are none.
fn cases<'e>(entry: &'e Entry<'_>, fails: Option<Severity>) -> Vec<Case<'e>> {
    let mut cases: Vec<Case<'e>> = Vec::new();
    let here = || file(&Position::of(entry, None));
    for (at, finding) in entry.findings.iter().enumerate() {
        let earlier = entry.findings.within(..at).iter().any(|other| other.rule == finding.rule);
        if !earlier {
            let same = entry.findings.within(at..).iter().filter(|other| other.rule == finding.rule);
            let place = file(&Position::of(entry, Some(finding)));
            cases.push(Case { place, ..case(&same.collect::<Vec<_>>(), finding, fails) });
        }
    }
    for unanswered in &entry.unanswered {
        let end = End::Skipped(clean(&unanswered.reason));
        cases.push(Case { rule: &unanswered.rule, place: here(), kind: "unanswered", text: String::new(), end });
    }
    if cases.is_empty() {
        cases.push(Case { rule: entry.verdict.id(), place: here(), kind: "", text: String::new(), end: End::Passed });
    }
    cases
}

/// The case of the findings of one rule. `first` is the finding that gives it its message, unless another one makes it fail.
fn case<'e>(same: &[&'e Finding<'_>], first: &'e Finding<'_>, fails: Option<Severity>) -> Case<'e> {
    let counted = |finding: &&&Finding<'_>| finding.counts();
    let worst = same.iter().rev().filter(counted).max_by_key(|finding| finding.severity);
    let failed = worst.filter(|finding| fails.is_some_and(|least| finding.severity >= least));
    let end = match (failed, worst) {
        (Some(finding), _) => End::Failed(clean(&finding.message)),
        (None, Some(_)) => End::Passed,
        (None, None) => {
            let accepted = first.state.as_ref().and_then(State::accepted).unwrap_or_default();
            End::Skipped(cleaned(accepted.into_owned()))
        }
    };
    let lines = same.iter().map(|finding| {
        let place = finding.location.as_ref().map(location_prefix).unwrap_or_default();
        let remedies = match finding.remedies.as_ref() {
            [] => String::new(),
            ids => format!("; remedies: {}", ids.join(", ")),
        };
        clean(&format!("{place}{}: {} ({}){remedies}", finding.severity.id(), finding.message, finding.basis.id()))
            .into_owned()
    });
    let kind = worst.unwrap_or(&first).severity.id();
    Case { rule: &first.rule, place: None, kind, text: lines.collect::<Vec<_>>().join("\n"), end }
}

/// The file and line of a place, for the attributes of a case.
fn file(place: &Position) -> Option<(Cow<'static, str>, String)> {
    place.is_in_a_file().then(|| (cleaned(place.path.clone()), place.line.unwrap_or(1).to_string()))
}

/// The name of a suite: the place, and the subject there.
fn name(entry: &Entry<'_>) -> Cow<'static, str> {
    let place = entry.place().map(location_prefix).unwrap_or_default();
    let label = if entry.label.is_empty() { entry.kind.id() } else { &entry.label };
    cleaned(format!("{place}{label}"))
}

fn location_prefix(location: &Location<'_>) -> String {
    format!("{}:{}:{}: ", location.path, location.line, location.column)
}

/// A text without the characters that XML 1.0 forbids, even as references (production `Char`).
fn clean(text: &str) -> Cow<'_, str> {
    let forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    match text.contains(forbidden) {
        true => text.replace(forbidden, "\u{FFFD}").into(),
        false => text.into(),
    }
}

/// The same for an owned text.
fn cleaned(text: String) -> Cow<'static, str> {
    clean(&text).into_owned().into()
}
