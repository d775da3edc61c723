//! Answer files and command lines: the keys that they pass to a Setup program, and the parts that this Setup would not accept.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

mod command;
mod ignored;
mod ini;
mod outline;
mod template;
mod value;
mod violation;

use crate::{
    catalogue::Catalogue,
    identify::identify,
    model::{
        answer_source::{AnswerSource, Syntax},
        finding::{Finding, Unanswered},
        situation::{Purpose, Situation},
        sku::Sku,
        within::Within,
    },
    parse::{
        template::{is_pattern, is_template_value},
        written::written,
    },
};
use outline::Outline;
use std::ops::Range;

/// The contents of a text, read as an answer file or as commands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The answer source of the text; for commands, that of the last one recognised.
    pub answer_source: Option<String>,
    /// The findings; the spans are byte ranges of the text.
    pub findings: Vec<Finding>,
    /// The checks that could not be made.
    pub unanswered: Vec<Unanswered>,
    /// The keys, in the order of the text.
    pub keys: Vec<KeyPlace>,
}

/// A key in a text, and the product to which it will be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPlace {
    /// The place, in bytes of the text: the value without quotes and angle brackets. It may be any text in place of a key.
    pub span: Range<usize>,
    /// The product whose Setup reads it; `None` if neither the text nor the user names it.
    pub product: Option<String>,
    /// The channel, by the entry that contains the key, or as named by the user.
    pub sku: Option<Sku>,
    /// The package that the user named, unless the key is for another product.
    pub package: Option<String>,
    /// The id of the answer source.
    pub answer_source: String,
    /// Input of Setup, unless the text is a template: there, the name in place of a key is replaced before Setup reads it.
    pub purpose: Purpose,
}

/// The maximum number of keys from one text, and the maximum number of lines of an answer file that are read.
pub const MAX_KEYS: usize = 65_536;

/// The maximum number of findings about one text: they are kept until the whole text was read.
pub const MAX_FINDINGS: usize = 2_048;

/// The answer source of a text, by its content, and by its file name for some sources; for commands, that of the first one recognised.
///
/// A text of another kind costs only one search for section headings, and no memory.
///
/// ```
/// use jewelcase::internals::answer::recognise;
/// use jewelcase::Catalogue;
/// let text = "[Product ID]\ncdkey=111-1111111\n";
/// assert_eq!(recognise(Catalogue::built_in(), "setup.ini", text), Some("exchange-5.5-ini"));
/// assert_eq!(recognise(Catalogue::built_in(), "readme.txt", "Setup asks for a key."), None);
/// ```
pub fn recognise<'c>(catalogue: &'c Catalogue, name: &str, text: &str) -> Option<&'c str> {
    let answer_sources = by_precedence(catalogue);
    ini::recognise(catalogue, &answer_sources, name, text).or_else(|| command::recognise(&answer_sources, name, text))
}

/// Reads a text as an answer source, or, if none is named, as the one that is recognised; any other text is read as commands.
///
/// A bad answer is a [`Finding`]. The keys are found, not judged: judge each at the product of its place. Time grows with the length of the
/// text, and
/// memory with the number of keys and findings, up to [`MAX_KEYS`] and [`MAX_FINDINGS`].
///
/// ```
/// use jewelcase::internals::answer::read;
/// use jewelcase::{Catalogue, Situation};
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

/// Reads the beginning of a text that is too long to be kept. Entries missing in it may follow later, and are not reported. It is noted as
/// unanswered
/// that an answer file was not read to its end.
pub fn read_beginning(catalogue: &Catalogue, name: &str, text: &str, situation: &Situation<'_>) -> Answers {
    answers(catalogue, name, text, None, situation, Reach::Beginning)
}

/// Reads an answer file within another text: a fenced block, a here-document, a string of a program. Missing entries are not reported,
/// since the rest
/// can be somewhere else. A template is filled in before Setup sees it; and if it is unclear which Setup reads the piece, a key that its
/// Setup
/// would refuse is a record.
///
/// ```
/// use jewelcase::internals::answer::read_piece;
/// use jewelcase::{Catalogue, Situation};
/// let text = "[Unattended]\nOemPreinstall=no\n[UserData]\nProductID=\"111-1111111\"\n";
/// let answers = read_piece(Catalogue::built_in(), "", text, &Situation::default());
/// assert_eq!(answers.keys[0].product.as_deref(), Some("windows-nt-4.0"));
/// ```
pub fn read_piece(catalogue: &Catalogue, name: &str, text: &str, situation: &Situation<'_>) -> Answers {
    let answer_sources = by_precedence(catalogue);
    let Some(id) = ini::recognise(catalogue, &answer_sources, name, text) else { return Answers::default() };
    let mut answers = answers(catalogue, name, text, Some(id), situation, Reach::Piece);
    let sections = Outline::of(text).sections.len();
    answers.keys.retain_mut(|key| {
        let value = text.within(key.span.clone());
        let is_template = is_template_value(value) || is_pattern(value);
        let unclear = sections < 2 && !is_asked_for(catalogue, key.product.as_deref(), value);
        if is_template || unclear {
            key.purpose = Purpose::Record;
        }
        // If it may belong to another program, and has no form of a key, it is not a key.
        is_template || !unclear || identify(catalogue, &written(value)).candidates().next().is_some()
    });
    answers
}

/// The sections by which answer files are recognised, in lower case and sorted.
pub fn known_sections(catalogue: &Catalogue) -> Vec<String> {
    let sections = ini::known_sections(&by_precedence(catalogue)).into_iter().map(str::to_ascii_lowercase);
    sections.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// The names by which answer files are recognised, in lower case.
pub fn known_names(catalogue: &Catalogue) -> Vec<String> {
    ini::known_names(&by_precedence(catalogue)).map(str::to_ascii_lowercase).collect()
}

/// Returns `true` if a value has a form that the Setup of a product asks for.
fn is_asked_for(catalogue: &Catalogue, product: Option<&str>, value: &str) -> bool {
    let prompts = product.and_then(|id| catalogue.products.get(id)).map(|product| &product.prompts);
    let readings = identify(catalogue, &written(value));
    let asked = |form: &str| prompts.into_iter().flatten().any(|prompt| prompt.forms.iter().any(|other| other == form));
    readings.candidates().any(|reading| asked(reading.id))
}

/// The part of a text that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Whole,
    Beginning,
    /// A piece of something else.
    Piece,
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
    let given = answer_source.or_else(|| ini::recognise(catalogue, &answer_sources, name, text));
    let file = given.and_then(|id| catalogue.answer_sources.entry(id)).and_then(|(id, entry)| match &entry.syntax {
        Syntax::Ini(_) => Some((id, entry)),
        Syntax::Command(_) => None,
    });
    let mut answers = match file {
        Some(file) => {
            let outline = Outline::of(text);
            let (id, answer_source) =
                ini::of_product(catalogue, &answer_sources, name, &outline, situation).unwrap_or(file);
            ini::read(catalogue, (id, answer_source), name, &outline, situation, reach)
        }
        None => command::read(catalogue, text, situation),
    };
    answers.findings.sort_by_key(|finding| finding.span.as_ref().map_or(0, |span| span.start));
    answers
}

/// The answer sources, the lowest precedence first.
fn by_precedence(catalogue: &Catalogue) -> Vec<(&str, &AnswerSource)> {
    let mut answer_sources: Vec<_> = catalogue.answer_sources.iter().collect();
    answer_sources.sort_by_key(|(_, answer_source)| answer_source.precedence);
    answer_sources
}

/// One answer source in one situation, and its findings.
struct Case<'a> {
    catalogue: &'a Catalogue,
    id: &'a str,
    answer_source: &'a AnswerSource,
    text: &'a str,
    /// The user's options, as far as they concern the product of this answer source, with that product.
    situation: Situation<'a>,
    /// The sections and entries; `None` for a command line.
    outline: Option<&'a Outline<'a>>,
    /// True if it is clearly a template, which no Setup reads before it is filled in.
    template: bool,
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
        let situation = Situation {
            product,
            sku: situation.sku.filter(|_| about),
            package: situation.package.filter(|_| about),
            ..*situation
        };
        Self {
            catalogue,
            id,
            answer_source,
            text,
            situation,
            outline: None,
            template: false,
            answers: Answers::default(),
        }
    }

    fn into_answers(self) -> Answers {
        Answers { answer_source: Some(self.id.to_owned()), ..self.answers }
    }
}

/// The product whose Setup reads an answer source: the one that the user names, if it reads it; the only one; or, of several with the same
/// demands, the first.
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
    // A command may be for any Setup, so only the user can say which.
    let any = match answer_source.syntax {
        Syntax::Command(_) => situation.product,
        Syntax::Ini(_) => None,
    };
    named.or(one.map(String::as_str)).or(any)
}
