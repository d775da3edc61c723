//! What somebody wrote in the place of a key, and whether it is written as this Setup wants it.

use super::{Case, KeyPlace, MOST};
use crate::{
    model::{
        answer_source::{Want, Writing},
        sku::Sku,
    },
    parse::{
        form::is_template,
        ini::{Quotes, Value, is_blank},
    },
};
use std::ops::Range;

/// What stands in the place of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing.
    Nothing,
    /// A name that something else will be put in place of: `%1`, `%PID%`, `${pid}`.
    Variable,
    /// A key, or a text that will be taken for one.
    Text,
}

/// What a value holds.
pub(super) fn held(body: &str) -> Held {
    if body.is_empty() {
        Held::Nothing
    } else if body.contains('%')
        || body.starts_with(['$', '{', '@'])
        || (body.len() > 2 && body.starts_with('!') && body.ends_with('!'))
    {
        Held::Variable
    } else {
        Held::Text
    }
}

/// Whether a value could be meant as a key: digits, or the letters or brackets of a template, and nothing that only files have.
pub(super) fn could_be_id(body: &str) -> bool {
    let (mut digits, mut templates, mut letters) = (0, 0, 0);
    for c in body.chars() {
        match c {
            '0'..='9' => digits += 1,
            '<' | '>' => templates += 4,
            _ if is_template(c) => templates += 1,
            _ if c.is_alphanumeric() => letters += 1,
            _ if is_blank(c) || is_hyphen(c) => {}
            _ => return false,
        }
    }
    // A key of the next era has 25 letters and digits.
    let long = digits > 0 && digits + letters + templates >= 20;
    digits >= 5 || long || templates >= 4 && (letters == 0 || body.starts_with('<'))
}

/// What stands between a switch and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// An equals sign, or nothing.
    Tight,
    /// Blanks, here.
    Blank(Range<usize>),
}

impl Case<'_> {
    /// Takes a value as a key's place, and tells what is wrong with how it is written.
    pub(super) fn id(&mut self, value: &Value, joint: &Joint, sku: Option<Sku>, writing: &[Writing], place: &str) {
        let body = &self.text[value.body.clone()];
        if held(body) != Held::Text {
            return;
        }
        let bare = body.trim_matches(|c| matches!(c, '<' | '>') || is_blank(c));
        let start = value.body.start + body.find(bare).unwrap_or(0);
        let bare_span = start..start + bare.len();
        if bare.len() < body.trim_matches(is_blank).len() {
            self.find("answer/angle-brackets", &[("place", place)], value.body.clone());
        }
        for Writing { wants, breaks } in writing {
            let wrong = match wants {
                Want::DigitsOnly => {
                    let between = |(_, c): &(usize, char)| is_hyphen(*c) || is_blank(*c);
                    bare.char_indices().find(between).map(|(at, c)| start + at..start + at + c.len_utf8())
                }
                Want::Hyphens => {
                    (bare.len() > 7 && bare.bytes().all(|byte| byte.is_ascii_digit())).then(|| bare_span.clone())
                }
                Want::Quotes => (value.quotes != Quotes::Double).then(|| value.span.clone()),
                Want::NoBlank => match joint {
                    Joint::Tight => None,
                    Joint::Blank(span) => Some(span.clone()),
                },
            };
            if let Some(span) = wrong {
                self.breach(breaks, &[("place", place)], Some(span));
            }
        }
        // Brackets around words, not digits: what is named there is yet to be put in.
        if bare.is_empty() || bare.len() < body.len() && !could_be_id(bare) {
            return;
        }
        if self.answers.keys.len() >= MOST {
            self.left_out(format!("only the first {MOST} keys of this text were looked at"));
            return;
        }
        let situation = self.situation;
        self.answers.keys.push(KeyPlace {
            span: bare_span,
            product: situation.product.map(str::to_owned),
            sku: sku.or(situation.sku),
            package: situation.package.map(str::to_owned),
            answer_source: self.id.to_owned(),
        });
    }
}

/// The hyphen, and the dashes that word processors put in its place.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}
