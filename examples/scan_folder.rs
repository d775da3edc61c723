//! How many keys lie about in a folder, and where the bad ones are: `cargo run --example scan_folder -- examples/ci-snapshots`

use jewelcase::{Catalogue, Event, Request, UnknownId, Verdict, scan};
use std::path::PathBuf;

fn main() -> Result<(), UnknownId> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "examples/ci-snapshots".to_owned());
    let request = Request::new(Catalogue::built_in(), vec![PathBuf::from(folder)]);
    let totals = scan::<UnknownId>(&request, |event| {
        if let Event::Key(key, _) = event
            && let Some(place) = key.location.filter(|_| key.subject.verdict == Verdict::Rejected)
        {
            let rules: Vec<_> = key.subject.findings.iter().map(|finding| finding.rule.as_str()).collect();
            println!("{}:{}:{}: {}", place.path, place.line, place.column, rules.join(", "));
        }
        Ok(())
    })?;
    println!("{} keys in {} files", totals.tally.keys(), totals.files);
    Ok(())
}
