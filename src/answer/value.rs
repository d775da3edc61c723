//! The text in place of a key, and the checks of how it is written.

use super::{Case, KeyPlace, MAX_KEYS};
use crate::{
    model::{
        answer_source::{Want, Writing},
        situation::Purpose,
        sku::Sku,
        within::{Within, shifted, span_at},
    },
    parse::{
        form::is_template,
        ini::{Quotes, Value, is_blank},
        template::{is_marked, is_pattern, is_template_value},
    },
};
use std::ops::Range;

/// The text in the place of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// Nothing.
    Nothing,
    /// A name that will be replaced by a value: `%1`, `%PID%`, `${pid}`.
    Variable,
    /// A key, or a text that will be taken for one.
    Text,
}

/// The kind of a value.
pub(super) fn value_kind(body: &str) -> ValueKind {
    if body.is_empty() {
        ValueKind::Nothing
    } else if body.contains('%')
        || body.starts_with(['$', '{', '@'])
        || (body.len() > 2 && body.starts_with('!') && body.ends_with('!'))
    {
        ValueKind::Variable
    } else {
        ValueKind::Text
    }
}

/// Returns `true` if a value could be meant as a key: digits, or the letters or brackets of a template, and nothing that only file names
/// have.
pub(super) fn could_be_id(body: &str) -> bool {
    let (mut digits, mut templates, mut letters) = (0_usize, 0_usize, 0_usize);
    for c in body.chars() {
        match c {
            '0'..='9' => digits = digits.saturating_add(1),
            '<' | '>' => templates = templates.saturating_add(4),
            _ if is_template(c) => templates = templates.saturating_add(1),
            _ if c.is_alphanumeric() => letters = letters.saturating_add(1),
            _ if is_blank(c) || is_hyphen(c) => {}
            _ => return false,
        }
    }
    // A product key of later years has 25 letters and digits.
    let long = digits > 0 && digits.saturating_add(letters).saturating_add(templates) >= 20;
    digits >= 5 || long || templates >= 4 && (letters == 0 || body.starts_with('<'))
}

/// The text between a switch and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// An equals sign, or nothing.
    Tight,
    /// Spaces, in this range.
    Blank(Range<usize>),
    /// The words at the beginning of a line, without an equals sign.
    Line,
}

impl Case<'_> {
    /// Records a value as a key, and reports the faults of how it is written.
    pub(super) fn id(
        &mut self,
        value: &Value,
        separator: &Separator,
        sku: Option<Sku>,
        writing: &[Writing],
        place: &str,
    ) {
        let body = self.text.within(value.body.clone());
        if value_kind(body) != ValueKind::Text {
            return;
        }
        let bare = body.trim_matches(|c| matches!(c, '<' | '>') || is_blank(c));
        let start = value.body.start.saturating_add(body.find(bare).unwrap_or(0));
        let bare_span = span_at(start, bare.len());
        if bare.len() < body.trim_matches(is_blank).len() {
            self.find("answer/angle-brackets", &[("place", place)], value.body.clone());
        }
        let is_template = is_template_value(bare) || is_pattern(bare);
        // The spelling of a placeholder says nothing about the key that will replace it.
        for Writing { wants, breaks } in writing.iter().filter(|_| !is_template) {
            let wrong = match wants {
                Want::DigitsOnly => {
                    let between = |(_, c): &(usize, char)| is_hyphen(*c) || is_blank(*c);
                    bare.char_indices().find(between).map(|(at, c)| shifted(span_at(at, c.len_utf8()), start))
                }
                Want::Hyphens => {
                    (bare.len() > 7 && bare.bytes().all(|byte| byte.is_ascii_digit())).then(|| bare_span.clone())
                }
                Want::Quotes => (value.quotes != Quotes::Double).then(|| value.span.clone()),
                Want::NoBlank => match separator {
                    Separator::Tight | Separator::Line => None,
                    Separator::Blank(span) => Some(span.clone()),
                },
                Want::EqualsSign => (*separator == Separator::Line).then(|| value.span.clone()),
            };
            if let Some(span) = wrong {
                self.breach(breaks, &[("place", place)], Some(span));
            }
        }
        // Brackets around words without digits are a placeholder.
        if bare.is_empty() || bare.len() < body.len() && !could_be_id(bare) {
            return;
        }
        if self.answers.keys.len() >= MAX_KEYS {
            self.left_out(format!("only the first {MAX_KEYS} keys of this text were read"));
            return;
        }
        let situation = self.situation;
        self.answers.keys.push(KeyPlace {
            span: bare_span,
            product: situation.product.map(str::to_owned),
            sku: sku.or(situation.sku),
            package: situation.package.map(str::to_owned),
            answer_source: self.id.to_owned(),
            purpose: if is_template && (self.template || is_marked(body)) { Purpose::Record } else { Purpose::Setup },
        });
    }
}

/// Returns `true` for the hyphen, and for the dashes that word processors write in its place.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{AD}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}
