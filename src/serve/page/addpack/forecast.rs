//! The forecast for a plan: a table of its steps, the reason for each, and a checklist.

use super::super::{
    finding::{self, Told},
    link,
};
use crate::{
    catalogue::Catalogue,
    model::{
        finding::Finding,
        plan::{Forecast, Step},
        verdict::Verdict,
    },
};
use maud::{Markup, html};

pub(super) fn forecast(catalogue: &Catalogue, forecast: &Forecast) -> Markup {
    let mut told = Told::new();
    html! {
        div id="answer" class={ "answer " (forecast.verdict().id()) } {
            h2 { b { (headline(forecast)) } }
            p { (forecast.title) ": " (forecast.start) " licences now, " (forecast.end) " in the end ("
                @match forecast.ceiling { Some(ceiling) => { "at most " (ceiling) } None => "it accepts no packs" } ")."
            }
            @if forecast.steps.is_empty() { p { "None of these disks raises the licences of this server." } } @else { (table(forecast)) }
            @for (number, step) in (1..).zip(&forecast.steps) { (behind(catalogue, number, step, &mut told)) }
            @for left in &forecast.left_out {
                h3 { "Left out: " tt { (left.pack) } }
                (finding::finding(catalogue, &left.finding, &mut told))
            }
            (finding::unanswered(catalogue, &forecast.unanswered))
            (to_do(forecast))
        }
    }
}

fn headline(forecast: &Forecast) -> String {
    let (used, disks) = (forecast.steps.len(), forecast.steps.len().saturating_add(forecast.left_out.len()));
    if used < disks {
        return format!("{used} of {disks} disks used");
    }
    match forecast.verdict() {
        Verdict::WellFormed => "All disks will work",
        Verdict::Undecided => "Not every step is certain",
        Verdict::Rejected | Verdict::Unrecognized => "Not all disks will work",
    }
    .to_owned()
}

fn table(forecast: &Forecast) -> Markup {
    html! {
        table border="1" cellpadding="4" cellspacing="0" class="list" {
            tr { @for heading in ["Step", "Disk", "What happens", "Licences"] { th align="left" scope="col" { (heading) } } }
            @for (number, step) in (1..).zip(&forecast.steps) {
                tr { td { (number) } td { tt { (step.pack) } } td { b { (step.outcome.label()) } } td { (step.licenses) } }
            }
        }
    }
}

fn behind(catalogue: &Catalogue, number: usize, step: &Step, told: &mut Told) -> Markup {
    // Remedies are shown where something goes wrong; a disk that works as intended needs none.
    let remedies = if step.outcome.raises() { Vec::new() } else { step.finding.remedies.clone() };
    let found = Finding { remedies, ..step.finding.clone() };
    let conflicts = catalogue.rules.get(&found.rule).map_or(&[][..], |rule| &rule.conflicts);
    html! {
        h3 { "Step " (number) ": " tt { (step.pack) } }
        (finding::finding(catalogue, &found, told))
        @for conflict in conflicts { p { small { "Sources differ: " (link::text(catalogue, conflict)) } } }
        @if let Some(screen) = &step.screen { p { "On the screen: " i { (screen) } } }
    }
}

/// The actions for the disks of the plan; nothing if no disk has an effect.
fn to_do(forecast: &Forecast) -> Markup {
    let raising: Vec<&Step> = forecast.steps.iter().filter(|step| step.outcome.raises()).collect();
    let before: Vec<u32> = std::iter::once(forecast.start).chain(raising.iter().map(|step| step.licenses)).collect();
    html! { @if !raising.is_empty() {
        h3 { "To do" }
        ul class="todo" {
            li { "Compare the version and the number of licences in the console, under About: " (forecast.title) " and " (forecast.start) "." }
            @for (number, (step, from)) in (1..).zip(raising.iter().zip(&before)) {
                @for preparation in &step.preparations { li { tt { (step.pack) } ": " (preparation) "." } }
                li { tt { (step.pack) } ": see that its write-protect tab is open, insert it, follow the wizard: " (from) " to " (step.licenses) "." }
                li { "Write on its label: disk " (number) ", " (from) " to " (step.licenses) "." }
            }
            @for note in &forecast.notes { li { "Restart the server: " (note.message) "." } }
        }
    } }
}
