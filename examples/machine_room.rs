//! A list of machines with their keys, judged in one go, as a lab would keep it under version control and test it in CI:
//! `cargo run --example machine_room`

use jewelcase::{Catalogue, Situation, Sku, UnknownId, Verdict, judge};

/// Machine, product, channel, key. Only keys that Microsoft printed, and a slip.
const MACHINES: [(&str, &str, Sku, &str); 4] = [
    ("exch-lab-1", "exchange-server-5.0", Sku::Evaluation, "932-9619111"),
    ("desk-97", "outlook-97", Sku::Evaluation, "9323-9619111"),
    ("nt-training", "windows-nt-4.0", Sku::Evaluation, "040-0048126"),
    ("desk-95", "windows-95", Sku::Retail, "111-11111l1"),
];

fn main() -> Result<(), UnknownId> {
    let mut refused = 0;
    for (machine, product, sku, key) in MACHINES {
        let situation = Situation { product: Some(product), sku: Some(sku), ..Situation::default() };
        let subject = judge(Catalogue::built_in(), key, &situation)?;
        let rules: Vec<_> = subject.findings.iter().map(|finding| finding.rule.as_str()).collect();
        println!("{machine:<12} {product:<20} {:<12} {}", subject.verdict.id(), rules.join(", "));
        refused += usize::from(subject.verdict == Verdict::Rejected);
    }
    println!("{refused} of {} would be refused", MACHINES.len());
    Ok(())
}
