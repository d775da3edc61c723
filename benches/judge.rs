//! How long the library takes for one key: `cargo bench --bench judge`.

use divan::{Bencher, black_box};
use jewelcase::{Catalogue, Situation, judge};

fn main() {
    divan::main();
}

/// Keys and the products at whose prompts they are judged; the first two pass, the others do not.
const KEYS: [(&str, &str); 5] = [
    ("111-1111111", "windows-95"),
    ("1112-1111111", "office-97"),
    ("111-1111112", "windows-95"),
    ("932-9619111", "outlook-97"),
    ("11\u{e9}-111111", "windows-95"),
];

#[divan::bench(args = KEYS)]
fn at_a_prompt(bencher: Bencher<'_, '_>, (key, product): (&str, &str)) {
    let catalogue = Catalogue::built_in();
    let situation = Situation { product: Some(product), ..Situation::default() };
    bencher.bench(|| judge(catalogue, black_box(key), &situation));
}

#[divan::bench]
fn at_every_product(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::built_in();
    bencher.bench(|| judge(catalogue, black_box("111-1111111"), &Situation::default()));
}
