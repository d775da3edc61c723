//! The checks of the words of a language: that they are spelled as a search needs them, and that none has two meanings.

use super::{
    Complaint,
    Step::{Index, Key},
    common, complaint,
};
use crate::{
    catalogue::Tables,
    catalogue::words::spoken,
    model::{language::Language, within::Within},
};

pub(in crate::catalogue) fn language(tables: &Tables, _: &str, language: &Language) -> Vec<Complaint> {
    let mut complaints: Vec<Complaint> = common(tables, &language.sources, &[])
        .into_iter()
        .filter(|complaint| complaint.steps != [Key("examples")] || language.examples.is_empty())
        .collect();
    let lists: [(&'static str, &Vec<String>); 5] = [
        ("announces", &language.announces),
        ("hints", &language.hints),
        ("vetoes", &language.vetoes),
        ("headings", &language.headings),
        ("hardware", &language.hardware),
    ];
    for (at, (name, words)) in lists.iter().enumerate() {
        for (index, word) in words.iter().enumerate() {
            let steps = [Key(name), Index(index)];
            if spoken(word) != *word || word.trim() != word || word.is_empty() {
                complaints.push(complaint(steps, "expected words in lower case, with one space for a hyphen"));
            }
            // A word for hardware can also be the heading of a column: an asset, a device.
            let others = lists.within(..at.min(3));
            let claimed = others.iter().find(|(_, others)| others.contains(word));
            if let Some((other, _)) = claimed {
                complaints.push(complaint(
                    steps,
                    format!("expected a word of one meaning, found `{word}` in `{other}`, too"),
                ));
            }
        }
    }
    let single: [(&'static str, &Vec<String>); 4] = [
        ("purposes", &language.purposes),
        ("platforms", &language.platforms),
        ("machines", &language.machines),
        ("particles", &language.particles),
    ];
    for (name, words) in single {
        for (index, word) in words.iter().enumerate().filter(|(_, word)| word.contains(' ')) {
            complaints.push(complaint([Key(name), Index(index)], format!("expected a single word, found `{word}`")));
        }
    }
    complaints
}
