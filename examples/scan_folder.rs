//! How many keys lie about in a folder, and where the bad ones are: `cargo run --example scan_folder -- examples/ci-snapshots`

use jewelcase::{
    Catalogue, Situation, UnknownId, Verdict,
    scan::{Event, ReportFilter, Request, columns::Columns, scan, walk::WalkOptions},
    wire::mask::Keys,
};
use std::{num::NonZeroUsize, path::PathBuf};

fn main() -> Result<(), UnknownId> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "examples/ci-snapshots".to_owned());
    let request = Request {
        catalogue: Catalogue::built_in(),
        inputs: vec![PathBuf::from(folder)],
        situation: Situation::default(),
        by_path: None,
        kind: None,
        encoding: None,
        columns: Columns::default(),
        filter: ReportFilter::Findings,
        duplicates: false,
        carry: false,
        keys: Keys::Masked,
        walk: WalkOptions::default(),
        threads: NonZeroUsize::MIN,
    };
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
