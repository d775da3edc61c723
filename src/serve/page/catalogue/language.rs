//! The page of a language.

use super::source;
use crate::{catalogue::Catalogue, model::language::Language};
use maud::{Markup, html};

pub(super) fn body(catalogue: &Catalogue, language: &Language) -> Markup {
    let lists = [
        ("Words that announce a key", &language.announces),
        ("Words that could, and that other numbers have, too", &language.hints),
        ("Words that say what else a number is", &language.vetoes),
        ("Things with serial numbers of their own", &language.hardware),
    ];
    html! {
        @for (heading, words) in lists { @if !words.is_empty() {
            h2 { (heading) }
            p { (words.join(", ")) }
        } }
        (source::sources(catalogue, &language.sources))
    }
}
