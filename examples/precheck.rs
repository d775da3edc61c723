//! Will Outlook 97 take the key of the jewel case that it came in? `cargo run --example precheck`

use jewelcase::{Catalogue, Situation, Sku, UnknownId, judge};

fn main() -> Result<(), UnknownId> {
    let catalogue = Catalogue::built_in();
    for sku in [Sku::Nfr, Sku::Retail, Sku::Fpp] {
        let package = Some("backoffice-server-4.0");
        let situation = Situation { product: Some("outlook-97"), sku: Some(sku), package, ..Situation::default() };
        let subject = judge(catalogue, "932-9619111", &situation)?;
        println!("{}: {}", sku.name(), subject.verdict.id());
        for finding in &subject.findings {
            println!("  {}: {}", finding.rule, finding.message);
            for (_, _, remedy) in finding.remedies.iter().filter_map(|id| catalogue.remedy(id)) {
                println!("    {}", remedy.title);
            }
        }
    }
    Ok(())
}
