//! A form: what a key looks like, and which arithmetic belongs to that look.

use super::{
    example::Example,
    severity::Severity,
    source::{Basis, Source},
};
use serde::{Deserialize, Serialize};

/// One form of key, Product ID or serial: a file of `keyrules/forms/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The name in a sentence, without an article: `11-digit CD key`.
    pub title: String,
    /// The look, with letters for digits: `NNNN-NNNNNNN`.
    pub written: String,
    /// What the parts mean, and which products used the form.
    pub summary: String,
    /// Whether it is a key or a postoffice serial. A key is a secret, a serial is not.
    pub kind: KeyKind,
    /// Among forms that fit a text equally well, the lowest number is reported.
    pub precedence: u32,
    /// Whether it is also recognised without any separator.
    pub compact: bool,
    /// Recognised only at the prompt of a product that asks for it, because much other text looks the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_at_its_prompt: bool,
    /// A form of products later than the 1990s: recognised, never judged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub out_of_era: bool,
    /// The words by which running text announces it: each is a list of words that must all stand near, in any case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub announced_by: Vec<Vec<String>>,
    /// Words by which running text announces it only if it has its hyphens and follows them at once: they name other numbers, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hinted_by: Vec<Vec<String>>,
    /// The groups between the hyphens, in order.
    pub groups: Vec<Group>,
    /// The arithmetic of the form.
    #[serde(default)]
    pub checks: Vec<KeyCheck>,
    /// Numbers of other things that are often taken for this form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<LookAlike>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// What must be said of some texts without a product.
    pub examples: Vec<Example>,
}

impl Form {
    /// The title with the article that its sound asks for: `a 10-digit CD key`, `an 11-digit CD key`.
    pub fn with_article(&self) -> String {
        let vowel = matches!(self.title.as_bytes(), [b'a' | b'e' | b'i' | b'o' | b'A' | b'E' | b'I' | b'O' | b'8', ..]);
        let spoken_vowel = vowel || matches!(self.title.as_bytes(), [b'1', b'1' | b'8', b'-', ..]);
        [if spoken_vowel { "an " } else { "a " }, &self.title].concat()
    }
}

/// Whether a subject is a key or a serial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// A CD key or Product ID.
    Key,
    /// A Microsoft Mail postoffice serial.
    Serial,
}

/// What stands between two hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The parts, which follow each other without a separator.
    pub parts: Vec<PartShape>,
}

impl Group {
    /// The least and the greatest number of characters.
    pub fn lengths(&self) -> (usize, usize) {
        self.parts.iter().fold((0, 0), |(least, most), part| (least + part.least(), most + part.length))
    }
}

/// A part with a meaning of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartShape {
    /// The field's word for it: `site`, `check`, `serial`, `day`, `year`…
    pub name: String,
    /// How many characters, at most.
    pub length: usize,
    /// How many characters at least; `length` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<usize>,
    /// Which characters.
    pub of: Characters,
    /// The letters themselves, when `of` is `literal`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub literal: Option<String>,
    /// Whether a masked report still shows this part.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shown: bool,
}

impl PartShape {
    /// The least number of characters.
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
    /// Fixed letters, in either case.
    Literal,
}

impl Characters {
    /// Whether `c` is one of them; a literal is compared elsewhere, letter by letter.
    pub fn contains(self, c: char) -> bool {
        match self {
            Self::Digits => c.is_ascii_digit(),
            Self::Alphanumeric | Self::Literal => c.is_ascii_alphanumeric(),
        }
    }
}

/// A row of digits without separators that is not of the form, but is often taken for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LookAlike {
    /// How many digits.
    pub digits: usize,
    /// The rule that says what it is.
    pub rule: String,
}

/// One check of the form's arithmetic, at the strength that holds when no product is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyCheck {
    /// The rule that documents it.
    pub rule: String,
    /// The part that it looks at.
    pub part: String,
    /// What makes it fire.
    pub fires_if: KeyCondition,
    /// The weight of the finding, unless the product says otherwise.
    pub severity: Severity,
    /// What the check rests on.
    pub basis: Basis,
    /// The fact that is needed before it can be answered; a product supplies it by naming a level for the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
}

/// The closed vocabulary of what a check can ask of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
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
