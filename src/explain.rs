//! What an id or a text on the screen is about: articles, remedies, rules, products.

use crate::{
    catalogue::{Catalogue, Family, remedy_id},
    judge::filled,
    model::article::Article,
    parse::screen::{self, Piece},
};

/// One entry that a topic leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The family that it belongs to.
    pub kind: MatchKind,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why it matches.
    pub why: String,
    /// The remedies that belong to it.
    pub remedies: Vec<String>,
    /// Whether another match is better.
    pub best: bool,
}

/// The kinds of things that a topic can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchKind {
    /// An entry of a family.
    Entry(Family),
    /// One remedy of an article.
    Remedy,
}

impl MatchKind {
    /// The word used in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Entry(family) => family.id(),
            Self::Remedy => "remedy",
        }
    }
}

impl From<Family> for MatchKind {
    fn from(family: Family) -> Self {
        Self::Entry(family)
    }
}

/// Finds what a topic is about, best first: an id of any family, an article's number with or without its Q, or the
/// text of an error message, whole or in part. With a product, articles about it come first.
///
/// ```
/// use jewelcase::{Catalogue, explain};
/// let matches = explain(Catalogue::built_in(), "THIS IS AN INVALID CD KEY VALUE", Some("outlook-97"));
/// assert_eq!(matches[0].id, "Q180399");
/// ```
pub fn explain(catalogue: &Catalogue, topic: &str, product: Option<&str>) -> Vec<Match> {
    let by_id = by_id(catalogue, topic.trim());
    if by_id.is_empty() { by_screen(catalogue, topic, product) } else { by_id }
}

/// What an id is about, whatever family it belongs to.
pub fn by_id(catalogue: &Catalogue, topic: &str) -> Vec<Match> {
    let mut matches = Vec::new();
    let lower = topic.to_lowercase();
    if let Some((id, article)) = article_number(topic)
        .and_then(|number| catalogue.articles.entry(&number).map(|(_, article)| (number.clone(), article)))
    {
        matches.push(of_article(&id, article, "article number".to_owned()));
    }
    if let Some((number, case)) = topic.split_once('/') {
        let id = article_number(number).map(|number| format!("{number}/{}", case.to_lowercase()));
        if let Some((id, (_, _, remedy))) = id.and_then(|id| catalogue.remedy(&id).map(|found| (id.clone(), found))) {
            matches.push(found(MatchKind::Remedy, &id, &remedy.title, vec![id.clone()]));
        }
    }
    for &family in Family::ALL.iter().filter(|family| **family != Family::Article) {
        let table = catalogue.table(family);
        let Some((id, title)) = table.any(&lower).and_then(|(id, _)| Some((id, table.title(id)?))) else { continue };
        let remedies = match family {
            Family::Rule => catalogue.answers_to(id).map(|(number, _, remedy)| remedy_id(number, remedy)).collect(),
            _ => Vec::new(),
        };
        matches.push(found(family.into(), id, title, remedies));
        if family == Family::Product {
            let is_about = |article: &Article| article.products.iter().any(|other| other == id);
            let about = catalogue.articles.iter().filter(|(_, article)| is_about(article));
            matches.extend(about.map(|(number, article)| Match {
                best: false,
                ..of_article(number, article, format!("about {title}"))
            }));
        }
    }
    matches
}

fn found(kind: MatchKind, id: &str, title: &str, remedies: Vec<String>) -> Match {
    Match { kind, id: id.to_owned(), title: title.to_owned(), why: format!("{} id", kind.id()), remedies, best: true }
}

fn of_article(number: &str, article: &Article, why: String) -> Match {
    Match {
        kind: Family::Article.into(),
        id: number.to_owned(),
        title: article.title.clone(),
        why,
        remedies: article.remedies.iter().map(|remedy| remedy_id(number, remedy)).collect(),
        best: true,
    }
}

/// `Q180399`, `q180399`, `180399`, `KB180399` and `KB 180399` are one number.
fn article_number(topic: &str) -> Option<String> {
    let lower = topic.trim().to_lowercase();
    let digits = lower.strip_prefix("kb").or_else(|| lower.strip_prefix('q')).unwrap_or(&lower).trim();
    let plausible = (3..=7).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plausible.then(|| format!("Q{digits}"))
}

/// How well a message fits what stood on the screen, best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Many of the same words in the same order, in thousandths of the words typed.
    Similar(u32),
    /// The message is a part of what was typed; longer messages are better.
    Contained(usize),
    /// What was typed is a part of the message.
    Part,
    /// The message, whole.
    Whole,
}

fn by_screen(catalogue: &Catalogue, topic: &str, product: Option<&str>) -> Vec<Match> {
    /// A long text is no message box; comparing it word by word with every message would take its length squared.
    const LONGEST: usize = 400;
    let mut typed = screen::words(topic);
    typed.truncate(LONGEST);
    if typed.is_empty() {
        return Vec::new();
    }
    let mut ranked: Vec<_> = catalogue
        .articles
        .iter()
        .filter_map(|(number, article)| {
            let messages = article.messages.iter().map(|message| (message.text.as_str(), true));
            let phrases = article.phrases.iter().map(|phrase| (phrase.as_str(), false));
            let fits = messages.chain(phrases).filter_map(|(text, shown)| {
                let fit = fit(&screen::message(text), &typed)?;
                // Two dialogs may differ in capitals only.
                let (printed, typed) = (screen::spelled(text), screen::spelled(topic));
                let verbatim = printed.contains(&typed) || typed.contains(&printed);
                Some((fit, shown, verbatim))
            });
            let fit = fits.max()?;
            let about = product.is_some_and(|id| article.products.iter().any(|other| other == id));
            Some(((about, fit), number, article))
        })
        .collect();
    // Where the message alone cannot tell: an article that speaks of the key itself, then the one about the fewest products.
    ranked.sort_by(|(left, left_number, left_article), (right, right_number, right_article)| {
        let of_keys = |article: &Article| {
            let mut rules = article.remedies.iter().flat_map(|remedy| &remedy.when.rules);
            rules.any(|rule| !rule.starts_with("answer/"))
        };
        let breadth = |article: &Article| (!of_keys(article), article.products.is_empty(), article.products.len());
        right.cmp(left).then(breadth(left_article).cmp(&breadth(right_article))).then(left_number.cmp(right_number))
    });
    let Some(best) = ranked.first().map(|(rank, ..)| *rank) else {
        return Vec::new();
    };
    // Beside a message that fits, one that is merely similar is noise.
    let similar = |fit: Fit| matches!(fit, Fit::Similar(_));
    ranked.retain(|((_, (fit, ..)), ..)| !similar(*fit) || similar(best.1.0));
    ranked.truncate(10);
    ranked
        .into_iter()
        .map(|(rank, number, article)| {
            let (about, (fit, quoted, _)) = rank;
            let how = match fit {
                Fit::Whole => "error text, whole",
                Fit::Contained(_) => "error text, with other words around it",
                Fit::Part => "error text, in part",
                Fit::Similar(_) => "similar error text",
            };
            let how = match bound(catalogue, number, &typed) {
                Some(reading) => format!("{how}: {reading}"),
                None => how.to_owned(),
            };
            let why = if about { format!("{how}, about this product") } else { how };
            Match { best: (about, fit, quoted) == (best.0, best.1.0, best.1.1), ..of_article(number, article, why) }
        })
        .collect()
}

/// What the numbers in a typed message say, in the words of the rule that shows it: which step a diskette is bound to.
fn bound(catalogue: &Catalogue, article: &str, typed: &[String]) -> Option<String> {
    catalogue.rules.iter().find_map(|(_, rule)| {
        let screen = rule.screen.as_ref().filter(|screen| screen.article == article && !screen.numbers.is_empty())?;
        let message = catalogue.articles.get(article)?.messages.get(screen.message)?;
        let numbers = numbers(&screen::message(&message.text), typed);
        let named: Option<Vec<_>> =
            numbers.iter().map(|(at, number)| Some((screen.numbers.get(*at)?.as_str(), *number))).collect();
        // A number that was not typed leaves its name open, and then nothing is said.
        let reading = filled(&rule.message, &named?);
        (!reading.contains('{')).then_some(reading)
    })
}

/// The typed numbers that stand where the message has one: which of its numbers each is, and the number.
fn numbers<'t>(message: &[Piece], typed: &'t [String]) -> Vec<(usize, &'t str)> {
    let fits = |(piece, word): &(&Piece, &String)| match piece {
        Piece::Word(expected) => expected == *word,
        Piece::Number => is_number(word),
        Piece::Text => true,
    };
    // The stretch of the message that the typed words go along with longest.
    let offsets = (0..message.len()).map(|from| (from, 0)).chain((1..typed.len()).map(|skipped| (0, skipped)));
    let length =
        |(from, skipped): &(usize, usize)| message[*from..].iter().zip(&typed[*skipped..]).filter(fits).count();
    let Some((from, skipped)) = offsets.max_by_key(length) else { return Vec::new() };
    let before = message[..from].iter().filter(|piece| **piece == Piece::Number).count();
    let along = message[from..].iter().zip(&typed[skipped..]).filter(|(piece, _)| **piece == Piece::Number);
    along
        .enumerate()
        .filter(|(_, (_, word))| is_number(word))
        .map(|(at, (_, word))| (before + at, word.as_str()))
        .collect()
}

/// How well a message fits the typed words, if at all.
fn fit(message: &[Piece], typed: &[String]) -> Option<Fit> {
    let words = message.iter().filter(|piece| matches!(piece, Piece::Word(_))).count();
    let contained = contained(message, typed, true);
    if contained == Some(typed.len()) {
        return Some(Fit::Whole);
    }
    // One word occurs in many a message, two in some: they have to be a third of it, or a code such as 4188 or c1032695.
    let code = |word: &String| word.len() > 3 && word.contains(|c: char| c.is_ascii_digit());
    let telling = typed.len() >= 3 || typed.len() == 2 && words <= 6 || typed.iter().any(code);
    if telling && is_part(message, typed) {
        return Some(Fit::Part);
    }
    if contained.is_some() && (words >= 3 || 2 * words >= typed.len()) {
        return Some(Fit::Contained(words));
    }
    let coded = |word: &String| code(word) && message.contains(&Piece::Word(word.clone()));
    if typed.iter().any(coded) {
        return Some(Fit::Similar(1000));
    }
    let common = common_words(message, typed);
    let share = u32::try_from(1000 * common / typed.len()).unwrap_or(0);
    (common >= 3 && share >= 600 && 2 * common >= words.min(typed.len())).then_some(Fit::Similar(share))
}

/// The number of typed words from the first to the last that the message takes up, if it occurs in them.
fn contained(message: &[Piece], typed: &[String], anywhere: bool) -> Option<usize> {
    // ends[j]: from which earliest word the pieces so far can have matched up to word j.
    let mut ends: Vec<Option<usize>> =
        (0..=typed.len()).map(|start| (anywhere || start == 0).then_some(start)).collect();
    for piece in message {
        let mut next = vec![None; typed.len() + 1];
        for (at, start) in ends.iter().enumerate() {
            let Some(start) = *start else { continue };
            match piece {
                Piece::Word(word) => {
                    if typed.get(at) == Some(word) {
                        keep_earliest(&mut next[at + 1], start);
                    }
                }
                Piece::Number => {
                    if typed.get(at).is_some_and(|word| is_number(word)) {
                        keep_earliest(&mut next[at + 1], start);
                    }
                }
                Piece::Text => {
                    for end in next.iter_mut().skip(at) {
                        keep_earliest(end, start);
                    }
                }
            }
        }
        ends = next;
    }
    ends.iter().enumerate().filter_map(|(end, start)| start.map(|start| end - start)).max()
}

fn keep_earliest(slot: &mut Option<usize>, start: usize) {
    *slot = Some(slot.map_or(start, |other| other.min(start)));
}

/// Whether the typed words are a stretch of the message, and at least half of them its own, not what varies in it.
fn is_part(message: &[Piece], typed: &[String]) -> bool {
    (0..message.len()).any(|from| {
        let mut words = typed.iter();
        let mut own = 0;
        for piece in &message[from..] {
            let Some(word) = words.next() else { break };
            match piece {
                Piece::Word(expected) if expected == word => own += 1,
                Piece::Number if is_number(word) => {}
                Piece::Text => {}
                Piece::Word(_) | Piece::Number => return false,
            }
        }
        words.next().is_none() && 2 * own >= typed.len()
    })
}

/// The length of the longest common subsequence of words.
fn common_words(message: &[Piece], typed: &[String]) -> usize {
    let mut row = vec![0; typed.len() + 1];
    for piece in message {
        let mut diagonal = 0;
        for (at, word) in typed.iter().enumerate() {
            let above = row[at + 1];
            let same = match piece {
                Piece::Word(expected) => expected == word,
                Piece::Number => is_number(word),
                Piece::Text => false,
            };
            row[at + 1] = if same { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[typed.len()]
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
