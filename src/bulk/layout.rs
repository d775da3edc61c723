//! The byte layouts of the forms: the bytes that are digits, those that are hyphens, and those that the checks read, compiled from the
//! catalogue.

use crate::{
    catalogue::Catalogue,
    judge::{
        arithmetic::{fires_alone, is_a_step_from},
        known_values,
    },
    model::form::{Characters, Form, KeyCheck, KeyCondition},
};
use std::ops::Range;

/// The longest part whose digit sum fits the bit table of a [`Sum`].
const MAX_SUM_DIGITS: usize = 7;

/// One spelling of one or more forms with a fixed number of bytes: `NNN-NNNNNNN`, or the same without the hyphen.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The class of each byte.
    pub places: Vec<ByteClass>,
    /// The forms with this spelling.
    forms: Vec<(String, Spelling)>,
}

/// The bytes that the checks of a layout read.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    /// Sums of digits.
    pub sums: Vec<Sum>,
    /// The digits that the other checks read: at most three each.
    pub probes: Vec<Probe>,
    /// Texts of this layout that Microsoft printed, which are therefore judged individually.
    pub literals: Vec<Vec<u8>>,
}

/// The class of a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteClass {
    /// `0` to `9`.
    Digit,
    /// This byte: the hyphen between two groups, a fixed letter, the end of a line. A letter of the other case is left to the explaining
    /// path.
    Byte(u8),
}

/// A check that adds up digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The digits.
    pub digits: Range<usize>,
    /// Bit `s` is set if the check fires for a sum of `s`.
    pub fires: u64,
}

/// One or more checks that read up to three digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The offsets of the digits.
    pub digits: Vec<usize>,
    /// True if the check fires, for every value of the digits; the first digit is the most significant.
    pub fires: Vec<bool>,
}

/// Every layout of the catalogue, shortest first.
pub fn layouts(catalogue: &Catalogue) -> Vec<Layout> {
    let mut layouts: Vec<Layout> = Vec::new();
    for (id, form) in catalogue.forms.iter() {
        for spelling in [Spelling::Grouped, Spelling::Compact] {
            let Some(shape) = Shape::of(form, spelling) else { continue };
            let same = layouts.iter_mut().find(|layout| layout.places == shape.places);
            match same {
                Some(layout) => layout.forms.push((id.to_owned(), spelling)),
                None => layouts.push(Layout { places: shape.places, forms: vec![(id.to_owned(), spelling)] }),
            }
        }
    }
    layouts.sort_by_key(|layout| layout.places.len());
    layouts
}

impl Layout {
    /// Returns `true` if a text has digits and other bytes at the offsets of this layout.
    pub fn fits(&self, text: &[u8]) -> bool {
        let is_right = |(byte, place): (&u8, &ByteClass)| match place {
            ByteClass::Digit => byte.is_ascii_digit(),
            ByteClass::Byte(expected) => byte == expected,
        };
        text.len() == self.places.len() && text.iter().zip(&self.places).all(is_right)
    }

    /// The bytes that the checks of its forms read; `None` if a check reads more than a layout can express, so that its lines are left to
    /// the explaining path.
    pub fn checks(&self, catalogue: &Catalogue) -> Option<Checks> {
        let mut checks = Checks::default();
        for (id, spelling) in &self.forms {
            let form = catalogue.forms.get(id)?;
            let shape = Shape::of(form, *spelling)?;
            let mut seen: Vec<&KeyCheck> = Vec::new();
            for check in checks_on(catalogue, id, form) {
                if !seen.iter().any(|other| other.part == check.part && other.fires_if == check.fires_if) {
                    checks.add(check, &shape)?;
                    seen.push(check);
                }
            }
            checks.add_literals(catalogue, form, &shape, *spelling);
        }
        Some(checks)
    }
}

/// With or without separators between the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    Grouped,
    Compact,
}

/// The bytes of one form in one spelling, with the range of each part.
struct Shape<'c> {
    places: Vec<ByteClass>,
    parts: Vec<(&'c str, Range<usize>)>,
}

impl<'c> Shape<'c> {
    /// `None` for a form of variable length or with arbitrary letters, and for a spelling that the form does not have.
    fn of(form: &'c Form, spelling: Spelling) -> Option<Self> {
        if form.only_at_its_prompt || spelling == Spelling::Compact && (!form.compact || form.groups.len() == 1) {
            return None;
        }
        let mut shape = Self { places: Vec::new(), parts: Vec::new() };
        for (index, group) in form.groups.iter().enumerate() {
            if index > 0 && spelling == Spelling::Grouped {
                shape.places.push(ByteClass::Byte(b'-'));
            }
            for part in &group.parts {
                if part.least() != part.length {
                    return None;
                }
                let start = shape.places.len();
                match (part.of, &part.literal) {
                    (Characters::Digits, _) => shape.places.extend(std::iter::repeat_n(ByteClass::Digit, part.length)),
                    (Characters::Literal, Some(literal)) => {
                        shape.places.extend(literal.bytes().map(|byte| ByteClass::Byte(byte.to_ascii_uppercase())));
                    }
                    (Characters::Literal, None) | (Characters::Alphanumeric | Characters::Letters, _) => return None,
                }
                shape.parts.push((&part.name, start..shape.places.len()));
            }
        }
        Some(shape)
    }

    fn part(&self, name: &str) -> Option<Range<usize>> {
        self.parts.iter().find(|(part, _)| *part == name).map(|(_, bytes)| bytes.clone())
    }
}

/// The checks that can be made on a key of this form: the form's own, and those of forms that it is known to be mistaken for.
fn checks_on<'c>(catalogue: &'c Catalogue, id: &str, form: &'c Form) -> impl Iterator<Item = &'c KeyCheck> {
    let mut asked: Vec<&str> = Vec::new();
    for prompt in catalogue.prompts_that_know_mistakes() {
        if prompt.mistaken.iter().any(|mistaken| mistaken.form == id) {
            asked.extend(prompt.forms.iter().map(String::as_str).filter(|form| *form != id));
        }
    }
    asked.sort_unstable();
    asked.dedup();
    let others = asked.into_iter().filter_map(|id| catalogue.forms.get(id));
    form.checks.iter().chain(others.flat_map(|form| &form.checks))
}

impl Checks {
    /// Adds a check; `None` if it reads more than the layout can express.
    fn add(&mut self, check: &KeyCheck, shape: &Shape<'_>) -> Option<()> {
        let Some(part) = shape.part(&check.part) else {
            return Some(());
        };
        if let KeyCondition::SumNotMultipleOf(divisor) = check.fires_if {
            if part.len() > MAX_SUM_DIGITS || divisor == 0 {
                return None;
            }
            let fires = (0..64).filter(|sum| sum % divisor != 0).fold(0, |bits, sum| bits | 1 << sum);
            let sum = Sum { digits: part, fires };
            if !self.sums.contains(&sum) {
                self.sums.push(sum);
            }
        } else {
            let probe = Probe::of(&check.fires_if, part, shape)?;
            if !self.probes.contains(&probe) {
                self.probes.push(probe);
            }
        }
        Some(())
    }

    fn add_literals(&mut self, catalogue: &Catalogue, form: &Form, shape: &Shape<'_>, spelling: Spelling) {
        let rules = known_values::RULES.iter().filter_map(|id| catalogue.rules.get(id));
        for value in rules.flat_map(|rule| &rule.values) {
            let groups = value.text.split('-').map(str::len);
            let own = form.groups.iter().map(|group| group.lengths().1);
            if !groups.eq(own) {
                continue;
            }
            let text = match spelling {
                Spelling::Grouped => value.text.to_ascii_uppercase(),
                Spelling::Compact => value.text.replace('-', "").to_ascii_uppercase(),
            };
            // The values that a user's rule file lists for this form need not look like it.
            let fits = |(byte, place): (u8, &ByteClass)| match place {
                ByteClass::Digit => byte.is_ascii_digit(),
                ByteClass::Byte(expected) => byte == *expected,
            };
            let looks_so = text.len() == shape.places.len() && text.bytes().zip(&shape.places).all(fits);
            if looks_so && !self.literals.contains(&text.clone().into_bytes()) {
                self.literals.push(text.into_bytes());
            }
        }
    }

    /// A probe that fires for texts that begin with the same digits as one of the literals.
    pub fn literal_heads(&self, places: &[ByteClass]) -> Probe {
        let digits = places.iter().enumerate().take_while(|(_, place)| **place == ByteClass::Digit);
        let digits: Vec<_> = digits.map(|(at, _)| at).take(3).collect();
        let value = |text: &Vec<u8>| digits.iter().fold(0, |value, at| 10 * value + usize::from(text[*at] - b'0'));
        let mut fires = vec![false; 10_usize.pow(digits.len() as u32)];
        self.literals.iter().for_each(|literal| fires[value(literal)] = true);
        Probe { digits, fires }
    }
}

impl Probe {
    /// The digits that a condition reads, and its result for each of their values; `None` if it reads more than three.
    fn of(condition: &KeyCondition, part: Range<usize>, shape: &Shape<'_>) -> Option<Self> {
        let digits: Vec<usize> = match condition {
            KeyCondition::LastAmong(_) => vec![part.end.checked_sub(1)?],
            KeyCondition::FirstNot(_) => vec![part.start],
            KeyCondition::Among(_) | KeyCondition::NotAmong(_) | KeyCondition::Outside(..) => part.clone().collect(),
            KeyCondition::NotAStepFrom { part: other, .. } => {
                vec![shape.part(other)?.end.checked_sub(1)?, part.end.checked_sub(1)?]
            }
            KeyCondition::SumNotMultipleOf(_) | KeyCondition::Above { .. } | KeyCondition::IsSerial(_) => return None,
        };
        if digits.len() > 3 {
            return None;
        }
        let count = 10_u32.pow(u32::try_from(digits.len()).ok()?);
        let mut text = vec![b'0'; shape.places.len()];
        let mut answer = |value: u32| {
            let mut value = value;
            for at in digits.iter().rev() {
                text[*at] = b'0' + u8::try_from(value % 10).ok()?;
                value /= 10;
            }
            match (condition, digits.as_slice()) {
                (KeyCondition::NotAStepFrom { steps, .. }, [from, digit]) => {
                    Some(!is_a_step_from(u32::from(text[*digit] - b'0'), u32::from(text[*from] - b'0'), steps))
                }
                (alone, _) => fires_alone(alone, std::str::from_utf8(&text[part.clone()]).ok()?),
            }
        };
        let fires = match condition {
            // One result for each value that is listed, and one for all others.
            KeyCondition::Among(listed) | KeyCondition::NotAmong(listed) => {
                let of_these: Vec<u32> = listed.iter().filter_map(|text| value(text, digits.len())).collect();
                let other = (0..count).find(|value| !of_these.contains(value))?;
                let mut fires = vec![answer(other)?; count as usize];
                for value in of_these {
                    fires[value as usize] = answer(value)?;
                }
                fires
            }
            _ => (0..count).map(answer).collect::<Option<Vec<_>>>()?,
        };
        Some(Self { digits, fires })
    }
}

/// The number that a text has, if it consists of `digits` digits; `None` for another text.
fn value(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}
