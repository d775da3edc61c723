//! What answer files and command lines hand to a Setup program: the keys in them, and what this Setup would not take.

mod breach;
mod command;
mod ini;
mod outline;
mod value;

use crate::{
    catalogue::Catalogue,
    model::{
        answer_source::{AnswerSource, Syntax},
        finding::{Finding, Unanswered},
        situation::Situation,
        sku::Sku,
    },
};
use outline::Outline;
use std::ops::Range;

/// What a text holds, read as an answer file or as commands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The answer source that the text is; of commands, the answer source of the last that is known.
    pub answer_source: Option<String>,
    /// What was found; the spans are byte ranges of the text.
    pub findings: Vec<Finding>,
    /// What could not be found out.
    pub unanswered: Vec<Unanswered>,
    /// The keys, in the order in which they stand.
    pub keys: Vec<KeyPlace>,
}

/// A key that stands in a text, and where it is going to be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlace {
    /// Where, in bytes of the text: the value without quotes and angle brackets. It may be anything that stands in a key's place.
    pub span: Range<usize>,
    /// The product whose Setup reads it; `None` where neither the text nor the user tells.
    pub product: Option<String>,
    /// The channel, by the entry that the key stands in, or as the user named it.
    pub sku: Option<Sku>,
    /// The package that the user named, unless the key is for another product.
    pub package: Option<String>,
    /// The id of the answer source.
    pub answer_source: String,
}

/// At most so many keys are taken from one text, and so many lines of an answer file are looked at.
pub const MOST: usize = 65_536;

/// At most so many findings are told of one text: they are kept until all of it was read.
pub const MOST_FINDINGS: usize = 2_048;

/// The answer source that a text is, by its content, and by its file's name where the name decides; of commands, that of the first that is known.
///
/// A text of another kind costs one search for section headings, and no memory.
///
/// ```
/// use jewelcase::{Catalogue, answer::recognise};
/// let text = "[Product ID]\ncdkey=111-1111111\n";
/// assert_eq!(recognise(Catalogue::built_in(), "setup.ini", text), Some("exchange-5.5-ini"));
/// assert_eq!(recognise(Catalogue::built_in(), "readme.txt", "Setup asks for a key."), None);
/// ```
pub fn recognise<'c>(catalogue: &'c Catalogue, name: &str, text: &str) -> Option<&'c str> {
    let answer_sources = by_precedence(catalogue);
    ini::recognise(&answer_sources, name, text).or_else(|| command::recognise(&answer_sources, name, text))
}

/// Reads a text as an answer source, or, when none is named, as what it is recognised as; a text that is none is read as commands.
///
/// A bad answer is a [`Finding`]. The keys are found, not judged: judge each at the product of its place. Time grows with the length of the text, and
/// memory with what is found, up to [`MOST`] and [`MOST_FINDINGS`].
///
/// ```
/// use jewelcase::{Catalogue, Situation, answer::read};
/// let text = "d:\\setup /k 111-1111111";
/// let answers = read(Catalogue::built_in(), "office.bat", text, None, &Situation::default());
/// assert_eq!(&text[answers.keys[0].span.clone()], "111-1111111");
/// assert!(answers.findings.iter().any(|finding| finding.rule == "answer/hyphen-in-switch"));
/// ```
pub fn read(
    catalogue: &Catalogue,
    name: &str,
    text: &str,
    answer_source: Option<&str>,
    situation: &Situation<'_>,
) -> Answers {
    answers(catalogue, name, text, answer_source, situation, Reach::Whole)
}

/// Reads the beginning of a text that is too long to be kept: what is missing in it may stand behind it, and is not told. That an answer file
/// was not read to its end is left unanswered.
pub fn read_beginning(catalogue: &Catalogue, name: &str, text: &str, situation: &Situation<'_>) -> Answers {
    answers(catalogue, name, text, None, situation, Reach::Beginning)
}

/// How much of a text is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Whole,
    Beginning,
}

fn answers(
    catalogue: &Catalogue,
    name: &str,
    text: &str,
    answer_source: Option<&str>,
    situation: &Situation<'_>,
    reach: Reach,
) -> Answers {
    let answer_sources = by_precedence(catalogue);
    let given = answer_source.or_else(|| ini::recognise(&answer_sources, name, text));
    let file = given.and_then(|id| catalogue.answer_sources.entry(id)).and_then(|(id, entry)| match &entry.syntax {
        Syntax::Ini(_) => Some((id, entry)),
        Syntax::Command(_) => None,
    });
    let mut answers = match file {
        Some(file) => {
            let outline = Outline::of(text);
            let (id, answer_source) = ini::of_product(&answer_sources, name, &outline, situation).unwrap_or(file);
            ini::read(catalogue, (id, answer_source), &outline, situation, reach)
        }
        None => command::read(catalogue, &answer_sources, text, situation),
    };
    answers.findings.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
    answers
}

/// The answer sources, that of the lowest precedence first.
fn by_precedence(catalogue: &Catalogue) -> Vec<(&str, &AnswerSource)> {
    let mut answer_sources: Vec<_> = catalogue.answer_sources.iter().collect();
    answer_sources.sort_by_key(|(_, answer_source)| answer_source.precedence);
    answer_sources
}

/// One answer source in one situation, and what is found in it.
struct Case<'a> {
    catalogue: &'a Catalogue,
    id: &'a str,
    answer_source: &'a AnswerSource,
    text: &'a str,
    /// What the user said, as far as it is about the product of this answer source, and that product.
    situation: Situation<'a>,
    /// The sections and entries; `None` of a command line.
    outline: Option<&'a Outline<'a>>,
    answers: Answers,
}

impl<'a> Case<'a> {
    fn new(
        catalogue: &'a Catalogue,
        (id, answer_source): (&'a str, &'a AnswerSource),
        text: &'a str,
        situation: &Situation<'a>,
    ) -> Self {
        let product = product(catalogue, answer_source, situation);
        let about = situation.product.is_none() || situation.product == product;
        let situation =
            Situation { product, sku: situation.sku.filter(|_| about), package: situation.package.filter(|_| about) };
        Self { catalogue, id, answer_source, text, situation, outline: None, answers: Answers::default() }
    }

    fn into_answers(self) -> Answers {
        Answers { answer_source: Some(self.id.to_owned()), ..self.answers }
    }
}

/// The product whose Setup reads an answer source: the one that the user names, if it reads it; the only one; or, of several that want the same, the first.
fn product<'a>(
    catalogue: &'a Catalogue,
    answer_source: &'a AnswerSource,
    situation: &Situation<'a>,
) -> Option<&'a str> {
    let named = situation.product.filter(|named| answer_source.products.iter().any(|id| id == named));
    let forms = |id: &String| {
        let product = catalogue.products.get(id)?;
        Some(product.prompts.iter().flat_map(|prompt| &prompt.forms).collect::<std::collections::BTreeSet<_>>())
    };
    let one = answer_source
        .products
        .first()
        .filter(|first| answer_source.products.iter().all(|id| forms(id) == forms(first)));
    // A command may be any Setup's: then the user's word is all that is known.
    let any = match answer_source.syntax {
        Syntax::Command(_) => situation.product,
        Syntax::Ini(_) => None,
    };
    named.or(one.map(String::as_str)).or(any)
}
