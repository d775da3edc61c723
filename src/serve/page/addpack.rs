//! *Add packs*: a row for each disk, and what each will do before one is inserted.

use super::{Page, Section, choice, finding};
use crate::{
    addpack::{PlanError, simulate, suggest},
    catalogue::Catalogue,
    model::plan::{Forecast, Plan},
    serve::fields::Fields,
};
use axum::extract::State;
use maud::{Markup, html};
use std::collections::BTreeSet;

mod forecast;

/// The number of rows for disks in a new form. A row that is used adds more.
const NEW_FORM_ROWS: usize = 5;

/// The form, below the answer to its last submission.
pub(in crate::serve) async fn answer(State(catalogue): State<&'static Catalogue>, fields: Fields) -> Page {
    let answer = html! { @if fields.has("server") { @match forecast(catalogue, &fields) {
        Ok(forecast) => (forecast::forecast(catalogue, &forecast)),
        Err(slip) => (finding::slip(&slip)),
    } } };
    Page::of(
        Section::AddPacks,
        &html! {
            div id="answers" { (answer) }
            @if !fields.has("server") { p {
                "A Small Business Server Client Add Pack is a diskette that every use changes, and that a wrong step ruins. Say which disks you have, in the order in which you mean to insert them."
            } }
            form action="/add-packs" method="post" accept-charset="utf-8" {
                (server(catalogue, &fields))
                (disks(catalogue, &fields))
                p {
                    input type="submit" name="go" value="Go through the plan"; " "
                    input type="submit" name="suggest" value="Find the best order";
                }
            }
        },
    )
}

fn server(catalogue: &Catalogue, fields: &Fields) -> Markup {
    let servers: Vec<_> =
        catalogue.servers.iter().map(|(_, server)| (server.server.as_str(), server.title.as_str())).collect();
    let older: BTreeSet<_> = catalogue.servers.iter().flat_map(|(_, server)| &server.upgrades_from).collect();
    let older = older.iter().map(|version| (version.as_str(), version.as_str()));
    let editions = [("retail", "retail"), ("nfr", "not for resale"), ("msdn", "MSDN")];
    html! {
        h2 { "The server" }
        table border="0" cellpadding="3" role="presentation" {
            (choice::row("server", "Server", None, servers, fields))
            (choice::row("edition", "Edition", None, editions, fields))
            (choice::field("licenses", "Licences now", &html! {
                (choice::line("licenses", 4, fields)) " " small { "(leave it empty for a new server)" }
            }))
            (choice::row("upgraded_from", "Upgraded from", Some("(no upgrade)"), older, fields))
            tr { td {} td { (choice::tick("reinstalled", "It was installed again on the same machine", fields)) } }
            tr { td {} td { (choice::tick("converted_to_nt", "It was converted to the full Windows NT Server", fields)) } }
        }
    }
}

fn disks(catalogue: &Catalogue, fields: &Fields) -> Markup {
    let packs = packs(catalogue);
    let packs = || packs.iter().map(|(value, text)| (value.as_str(), text.as_str()));
    html! {
        h2 { "The disks" }
        table border="1" cellpadding="3" cellspacing="0" class="list disks" {
            tr { @for heading in ["", "Disk", "Used from - to", "Write tab closed", "Used on another server", "Tried on", "State"] {
                th align="left" scope="col" { (heading) @if heading.is_empty() { br; } }
            } }
            @for row in 1..=rows(fields) {
                @let name = |field: &str| format!("{field}{row}");
                @let label = |label: &str| format!("Disk {row}: {label}");
                tr {
                    th scope="row" { (row) }
                    td { (list(&name("pack"), &label("pack"), packs(), fields)) }
                    td { (number(&name("from"), &label("used from"), fields)) " - " (number(&name("to"), &label("used to"), fields)) }
                    td { (tick(&name("protected"), &label("write tab closed"), fields)) }
                    td { (tick(&name("other"), &label("used on another server"), fields)) }
                    td { (list(&name("tried"), &label("tried on"), tried(catalogue), fields)) }
                    td { (list(&name("state"), &label("state"), STATES, fields)) }
                }
            }
        }
    }
}

/// The states of a disk besides used: the word of the notation, and that of the page.
const STATES: [(&str, &str); 2] = [("converted", "converted"), ("defective", "defective")];

/// A list whose label is only for screen readers: the head of the table shows it to others.
fn list<'o>(name: &str, label: &str, options: impl IntoIterator<Item = (&'o str, &'o str)>, fields: &Fields) -> Markup {
    let chosen = fields.get(name);
    html! {
        select name=(name) size="1" aria-label=(label) {
            option value="" { "-" }
            @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
        }
    }
}

fn number(name: &str, label: &str, fields: &Fields) -> Markup {
    html! { input type="text" name=(name) size="2" maxlength="3" value=(choice::beginning(fields.get(name), choice::MAX_LINE_CHARACTERS)) aria-label=(label) inputmode="numeric"; }
}

fn tick(name: &str, label: &str, fields: &Fields) -> Markup {
    html! { input type="checkbox" name=(name) value="yes" aria-label=(label) checked[fields.chosen(name).is_some()]; }
}

/// The number of rows: up to the last that was used, and some more.
fn rows(fields: &Fields) -> usize {
    let last = (1..=MAX_ROWS).rev().find(|row| fields.chosen(&format!("pack{row}")).is_some()).unwrap_or(0);
    if last < NEW_FORM_ROWS { NEW_FORM_ROWS } else { last.saturating_add(3).min(MAX_ROWS) }
}

/// The maximum number of rows: more disks than anybody has for one server.
const MAX_ROWS: usize = 16;

/// The packs that were sold: `4.0x5`, and its usual name.
fn packs(catalogue: &Catalogue) -> Vec<(String, String)> {
    let takes = catalogue.servers.iter().flat_map(|(_, server)| &server.takes);
    let packs: BTreeSet<_> =
        takes.flat_map(|takes| takes.sizes.iter().map(|size| (takes.version.clone(), *size))).collect();
    packs
        .into_iter()
        .map(|(version, size)| (format!("{version}x{size}"), format!("{version}, {size} licences")))
        .collect()
}

/// The servers on which a disk could have been tried.
fn tried(catalogue: &Catalogue) -> Vec<(&str, &str)> {
    catalogue
        .servers
        .iter()
        .filter(|(_, server)| !server.takes.is_empty())
        .map(|(_, server)| (server.server.as_str(), server.server.as_str()))
        .collect()
}

/// The forecast for the plan in the fields.
fn forecast(catalogue: &Catalogue, fields: &Fields) -> Result<Forecast, String> {
    let plan = plan(fields)?;
    let forecast =
        if fields.chosen("suggest").is_some() { suggest(catalogue, &plan) } else { simulate(catalogue, &plan) };
    forecast.map_err(|error| match error {
        PlanError::Packs(0) => "choose at least one disk".to_owned(),
        error => error.to_string(),
    })
}

fn plan(fields: &Fields) -> Result<Plan, String> {
    let licenses = fields.chosen("licenses").map(|typed| number_of(typed, "licences")).transpose()?;
    let packs = (1..=MAX_ROWS).filter_map(|row| pack(fields, row).transpose()).collect::<Result<_, _>>()?;
    Ok(Plan {
        server: fields.get("server").to_owned(),
        edition: choice::sku(fields.get("edition")),
        licenses,
        reinstalled: fields.chosen("reinstalled").is_some(),
        upgraded_from: fields.chosen("upgraded_from").map(str::to_owned),
        converted_to_nt: fields.chosen("converted_to_nt").is_some(),
        packs,
    })
}

/// One row in the notation of packs: `4.0x5:used=5-10`.
fn pack(fields: &Fields, row: usize) -> Result<Option<String>, String> {
    let field = |name: &str| fields.chosen(&format!("{name}{row}"));
    let Some(mut pack) = field("pack").map(str::to_owned) else { return Ok(None) };
    if field("protected").is_some() {
        pack += ":protected";
    }
    match (field("from"), field("to")) {
        (None, None) => {}
        (from, to) => {
            let step = |typed: Option<&str>| number_of(typed.unwrap_or_default(), &format!("the step of disk {row}"));
            pack += &format!(":used={}-{}", step(from)?, step(to)?);
        }
    }
    if field("other").is_some() {
        pack += ":other-server";
    }
    if let Some(server) = field("tried") {
        pack += &format!(":tried-on-{server}");
    }
    if let Some(state) = field("state") {
        pack += &format!(":{state}");
    }
    Ok(Some(pack))
}

fn number_of(typed: &str, of: &str) -> Result<u32, String> {
    typed.trim().parse().map_err(|_| format!("expected a number for {of}, found \"{typed}\""))
}
