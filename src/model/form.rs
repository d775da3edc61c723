//! A form: the look of a key, and the arithmetic that belongs to it.

use super::{
    example::Example,
    severity::Severity,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// A form of key, Product ID or serial, as groups of digits and letters with their arithmetic: a file of `keyrules/forms/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The name in a sentence, without an article: `11-digit CD key`.
    pub title: String,
    /// The look, with letters for digits: `NNNN-NNNNNNN`.
    pub written: String,
    /// The meaning of the parts, and the products that used the form.
    pub summary: String,
    /// The kind of number: a key, a postoffice serial or the number of an installed product. A serial is not a secret, the others are.
    pub kind: KeyKind,
    /// Among forms that fit a text equally well, the lowest number is reported.
    pub precedence: u32,
    /// True if it is also recognised without any separator.
    pub compact: bool,
    /// True if it is recognised only at the prompt of a product that asks for it, because too much other text looks the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_at_its_prompt: bool,
    /// True if products also show such a number after Setup, though some Setup asks for one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub also_installed: bool,
    /// True for a form of products later than the 1990s: recognised, never judged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub out_of_era: bool,
    /// The words by which running text announces it: each is a list of words that must all be near it, in any case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announced_by: Vec<Vec<String>>,
    /// Words by which running text announces it only if it has its hyphens and directly follows them, because they name other numbers, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hinted_by: Vec<Vec<String>>,
    /// The groups between the hyphens, in order.
    pub groups: Vec<Group>,
    /// The arithmetic of the form.
    #[serde(default)]
    pub checks: Vec<KeyCheck>,
    /// Numbers of other kinds that are often mistaken for this form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<LookAlike>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// Texts without a product, with their expected results.
    pub examples: Vec<Example>,
}

impl Form {
    /// Returns `true` if a product shows such a number after Setup.
    pub fn is_installed_id(&self) -> bool {
        self.kind == KeyKind::InstalledId || self.also_installed
    }

    /// The title with its indefinite article: `a 10-digit CD key`, `an 11-digit CD key`.
    pub fn with_article(&self) -> String {
        let vowel = matches!(self.title.as_bytes(), [b'a' | b'e' | b'i' | b'o' | b'A' | b'E' | b'I' | b'O' | b'8', ..]);
        let spoken_vowel = vowel || matches!(self.title.as_bytes(), [b'1', b'1' | b'8', b'-', ..]);
        [if spoken_vowel { "an " } else { "a " }, &self.title].concat()
    }
}

/// The kind of number that a form is: a key or a serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum KeyKind {
    /// A CD key or Product ID.
    Key,
    /// A Microsoft Mail postoffice serial.
    Serial,
    /// A number that a product shows after Setup, and that no Setup asks for.
    InstalledId,
}

/// The characters between two hyphens of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The parts, which follow each other without a separator.
    pub parts: Vec<PartShape>,
}

impl Group {
    /// The minimum and maximum number of characters.
    pub fn lengths(&self) -> (usize, usize) {
        self.parts
            .iter()
            .fold((0, 0), |(least, most), part| (least.saturating_add(part.least()), most.saturating_add(part.length)))
    }
}

/// A part with a meaning of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartShape {
    /// The field's word for it: `site`, `check`, `serial`, `day`, `year`…
    pub name: String,
    /// The maximum number of characters.
    pub length: usize,
    /// The minimum number of characters; `length` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<usize>,
    /// The kind of its characters.
    pub of: Characters,
    /// The letters themselves, when `of` is `literal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
    /// True if a masked report still shows this part.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shown: bool,
}

impl PartShape {
    /// The minimum number of characters.
    pub fn least(&self) -> usize {
        self.at_least.unwrap_or(self.length)
    }
}

/// The characters that a part is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Characters {
    /// `0` to `9`.
    Digits,
    /// `0` to `9` and `A` to `Z` in either case.
    Alphanumeric,
    /// `A` to `Z` in either case.
    Letters,
    /// Fixed letters, in either case.
    Literal,
}

impl Characters {
    /// Returns `true` if `c` is one of them; a literal is compared elsewhere, letter by letter.
    pub fn contains(self, c: char) -> bool {
        match self {
            Self::Digits => c.is_ascii_digit(),
            Self::Letters => c.is_ascii_alphabetic(),
            Self::Alphanumeric | Self::Literal => c.is_ascii_alphanumeric(),
        }
    }
}

/// A row of digits without separators that does not have the form, but is often mistaken for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LookAlike {
    /// The number of digits.
    pub digits: usize,
    /// The rule that says what it is.
    pub rule: String,
}

/// One check of the form's arithmetic, at the strength that applies if no product is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyCheck {
    /// The rule that documents it.
    pub rule: String,
    /// The part that it checks.
    pub part: String,
    /// The condition for a finding.
    pub fires_if: KeyCondition,
    /// The severity of the finding, unless the product says otherwise.
    pub severity: Severity,
    /// The basis of the check.
    pub basis: Basis,
    /// The fact that is needed before it can be answered; a product supplies it by naming a level for the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
}

/// A condition on a part of a key. The list is closed: a rule that needs more needs a new variant, not a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum KeyCondition {
    /// The sum of the digits is not a multiple of this number.
    SumNotMultipleOf(u32),
    /// The last character is one of these.
    LastAmong(String),
    /// The first character is not this one.
    FirstNot(char),
    /// The part is one of these texts.
    Among(Vec<String>),
    /// The part is none of these texts.
    NotAmong(Vec<String>),
    /// The part as a number is below the first or above the second.
    Outside(u64, u64),
    /// The part, a single digit, is not the last digit of another part plus one of these steps, modulo ten.
    NotAStepFrom {
        /// The other part.
        part: String,
        /// The steps that are right.
        steps: Vec<u32>,
    },
    /// The part as a number is above a limit, except in whole serials listed here.
    Above {
        /// The greatest number that is right.
        limit: u64,
        /// Whole serials, `P-S`, that are not reported.
        #[serde(default)]
        except: Vec<String>,
    },
    /// The whole serial is this one, `P-S`, compared number by number.
    IsSerial(String),
}
