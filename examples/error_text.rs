//! What a message on the screen is about: `cargo run --example error_text -- "this is an invalid CD key value"`

use jewelcase::{Catalogue, explain};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let text = match words.is_empty() {
        true => "There is something wrong with the INI file.".to_owned(),
        false => words.join(" "),
    };
    let catalogue = Catalogue::built_in();
    for found in explain(catalogue, &text, None) {
        println!("{} {}: {} ({})", found.kind.id(), found.id, found.title, found.why);
        for (_, _, remedy) in found.remedies.iter().filter_map(|id| catalogue.remedy(id)) {
            println!("  {}", remedy.title);
            remedy.steps.iter().for_each(|step| println!("    - {step}"));
        }
    }
}
