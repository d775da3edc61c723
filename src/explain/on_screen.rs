//! Finds articles by the text on the screen: compares their messages and phrases with the typed words.

use super::{
    Match,
    fit::{Class, Fit, fit, may_fit, of_other_number},
    found_by, of_article,
};
use crate::{
    catalogue::Catalogue,
    judge::filled,
    model::{
        article::Article,
        screen::{FoundBy, Piece, Screen, is_number},
        within::Within,
    },
    parse::screen,
};

/// The rank of an article for a text, best last: a whole message comes before one about the named product, and that before the rest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    class: Class,
    about: bool,
    /// The fit; true if the text was on a screen; true if it is spelled the same; true if it is the first that the article lists, and
    /// therefore its
    /// subject.
    fit: (Fit, bool, bool, bool),
}

pub(super) fn find(catalogue: &Catalogue, topic: &str, product: Option<&str>) -> Vec<Match> {
    /// The maximum number of words. A longer text is not a message box, and comparing it with every message would take quadratic time.
    const MAX_WORDS: usize = 400;
    let mut typed = screen::words(topic);
    typed.truncate(MAX_WORDS);
    if typed.is_empty() {
        return Vec::new();
    }
    let (known, spelled) = (typed.iter().map(String::as_str).collect(), screen::spelled(topic));
    let mut ranked: Vec<_> = catalogue
        .found_by(found_by)
        .filter_map(|(number, article, FoundBy { screens, .. })| {
            let candidates =
                screens.iter().enumerate().filter(|(_, screen)| may_fit(&screen.pieces, &known, typed.len()));
            let fits = candidates.filter_map(|(at, Screen { pieces, spelled: printed, shown })| {
                // Notice 9 is not Notice 159, whatever the other words are.
                let fit = fit(pieces, &typed).filter(|_| !of_other_number(pieces, &typed))?;
                // Two dialogs may differ only in case.
                let verbatim = printed.contains(&spelled) || spelled.contains(printed);
                Some((fit, *shown, verbatim, at == 0))
            });
            let fit = fits.max()?;
            let about = product.is_some_and(|id| article.products.iter().any(|other| other == id));
            Some((Rank { class: fit.0.class(), about, fit }, number, article))
        })
        .collect();
    // If the message alone cannot decide: an article about the key itself first, then the one about the fewest products.
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
    ranked.retain(|(rank, ..)| rank.class > Class::Similar || best.class == Class::Similar);
    ranked.truncate(10);
    ranked
        .into_iter()
        .map(|(rank, number, article)| {
            let Rank { about, fit: (fit, quoted, ..), .. } = rank;
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
            Match {
                best: (about, fit, quoted) == (best.about, best.fit.0, best.fit.1),
                ..of_article(number, article, why)
            }
        })
        .collect()
}

/// The meaning of the numbers in a typed message, in the words of the rule that shows it: the step to which a diskette is bound.
fn bound(catalogue: &Catalogue, article: &str, typed: &[String]) -> Option<String> {
    catalogue.rules.iter().find_map(|(_, rule)| {
        let screen = rule.screen.as_ref().filter(|screen| screen.article == article && !screen.numbers.is_empty())?;
        let message = catalogue.articles.get(article)?.messages.get(screen.message)?;
        let numbers = numbers(&screen::message(&message.text), typed);
        let named: Option<Vec<_>> =
            numbers.iter().map(|(at, number)| Some((screen.numbers.get(*at)?.as_str(), *number))).collect();
        // If a number was not typed, its name stays open, and there is no sentence.
        let reading = filled(&rule.message, &named?);
        (!reading.contains('{')).then_some(reading)
    })
}

/// The typed numbers in place of those of the message: the index among its numbers, and the number.
fn numbers<'t>(message: &[Piece], typed: &'t [String]) -> Vec<(usize, &'t str)> {
    let fits = |(piece, word): &(&Piece, &String)| match piece {
        Piece::Text => true,
        piece => piece.is(word),
    };
    // The part of the message that the typed words match for longest.
    let offsets = (0..message.len()).map(|from| (from, 0)).chain((1..typed.len()).map(|skipped| (0, skipped)));
    let length = |(from, skipped): &(usize, usize)| {
        message.within(*from..).iter().zip(typed.within(*skipped..)).filter(fits).count()
    };
    let Some((from, skipped)) = offsets.max_by_key(length) else { return Vec::new() };
    let before = message.within(..from).iter().filter(|piece| **piece == Piece::Number).count();
    let along =
        message.within(from..).iter().zip(typed.within(skipped..)).filter(|(piece, _)| **piece == Piece::Number);
    along
        .enumerate()
        .filter(|(_, (_, word))| is_number(word))
        .map(|(at, (_, word))| (before.saturating_add(at), word.as_str()))
        .collect()
}
