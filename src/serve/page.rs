//! The pages: HTML for browsers of the 1990s, in ASCII, with everything escaped.

pub(super) mod addpack;
pub(super) mod catalogue;
pub(super) mod check;
pub(super) mod explain;
pub(super) mod no_key;
pub(super) mod serial;

mod choice;
mod finding;
mod link;
mod subject;

use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
    response::IntoResponse,
};
use maud::{DOCTYPE, Markup, html};

/// No `charset`: Internet Explorer 3 offers to save a page whose content type has one. Pages are all ASCII.
pub(super) const CONTENT_TYPE: &str = "text/html";

/// A page that is ready to be sent.
pub(super) struct Page(String);

/// The sections of the site, in the order of its menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Check,
    NoKey,
    Explain,
    Serial,
    AddPacks,
    Catalogue,
}

impl Section {
    const ALL: [Self; 6] = [Self::Check, Self::NoKey, Self::Explain, Self::Serial, Self::AddPacks, Self::Catalogue];

    fn title(self) -> &'static str {
        match self {
            Self::Check => "Check a key",
            Self::NoKey => "No key in the box",
            Self::Explain => "Explain an error message",
            Self::Serial => "Postoffice serial",
            Self::AddPacks => "Add packs",
            Self::Catalogue => "Catalogue",
        }
    }

    /// The title in the menu, short enough for one line on an old screen.
    fn name(self) -> &'static str {
        match self {
            Self::Check => "Check a key",
            Self::NoKey => "No key",
            Self::Explain => "Error message",
            Self::Serial => "Postoffice",
            Self::AddPacks => "Add packs",
            Self::Catalogue => "Catalogue",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Check => "/",
            Self::NoKey => "/no-key",
            Self::Explain => "/explain",
            Self::Serial => "/serial",
            Self::AddPacks => "/add-packs",
            Self::Catalogue => "/catalogue",
        }
    }
}

impl Page {
    /// The first page of a section.
    fn of(section: Section, body: &Markup) -> Self {
        Self::titled(Some(section), section.title(), body)
    }

    /// A page within a section, or outside all of them.
    fn titled(section: Option<Section>, title: &str, body: &Markup) -> Self {
        let markup = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    title { (title) " - jewelcase" }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    link rel="icon" type="image/svg+xml" href="/icon.svg";
                    // A browser that does not know the word `only` ignores the style sheet.
                    link rel="stylesheet" type="text/css" media="only all" href="/style.css";
                    // An old browser that checks the language does not know this one; others check the type.
                    script type="module" language="ES2020" src="/script.js" {}
                }
                body bgcolor="#ffffff" text="#000000" link="#0000c0" vlink="#600060" {
                    header {
                        p class="skip" { a href="#content" { "Skip to the content" } }
                        p class="name" { b { a href="/" { "jewelcase" } } " " span { "keys and serials of the 1990s" } }
                        nav aria-label="Sections" { p { @for (index, entry) in Section::ALL.iter().enumerate() {
                            @if index > 0 { span class="bar" { " | " } }
                            @let current = section == Some(*entry);
                            a href=(entry.path()) aria-current=[current.then_some("page")] { (entry.name()) }
                            " "
                        } } }
                    }
                    hr;
                    main {
                        h1 { a name="content" id="content" { (title) } }
                        (body)
                    }
                    hr;
                    footer { p {
                        "This server keeps nothing that you type. It reads and judges keys; it never makes one, and it cannot tell who may use one."
                    } }
                }
            }
        };
        Self(ascii(&markup.into_string()))
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.0));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        response
    }
}

/// A page that explains a problem.
pub(super) fn problem(title: &str, detail: &str) -> String {
    let body = html! {
        p class="slip" { b { "Sorry: " } (detail) "." }
        p { "Back to " a href="/" { "the first page" } "." }
    };
    Page::titled(None, title, &body).0
}

/// The same page in ASCII: typewriter punctuation, and entities for other characters.
fn ascii(text: &str) -> String {
    let mut page = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' => page.push('\''),
            '\u{201C}' | '\u{201D}' => page.push_str("&quot;"),
            '\u{2010}'..='\u{2015}' => page.push('-'),
            '\u{2026}' => page.push_str("..."),
            // Browsers interpret other control characters in their own ways, and an old one ends the page at the first NUL.
            '\t' | '\n' | '\r' | ' '..='~' => page.push(c),
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => page.push('?'),
            _ => page.push_str(&format!("&#{};", u32::from(c))),
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn pages_are_ascii_without_controls() {
        assert_eq!(
            ascii("a\u{201C}b\u{2026}\u{D7}\u{FF11}\u{1F600}\0\u{9B}c\n"),
            "a&quot;b...&#215;&#65297;&#128512;??c\n"
        );
    }
}
