//! Any text: a key counts only where its form is exact and the words around it say what it is.

use super::{
    list_state::{ListState, ListStateReceiver},
    text_context::{FURTHEST, TextContext},
};
use crate::{
    bulk::Matcher,
    identify,
    model::situation::Situation,
    parse,
    scan::{
        collect::collector::{Before, Collector, Place},
        context::ScanContext,
        encoding::lossy,
    },
};
use memchr::{memchr_iter, memrchr};
use std::{borrow::Cow, ops::Range, str::Utf8Chunk};

/// Every key in running text holds a run of so many digits: the suffix of a serial has five, and no form has a shorter longest part.
const RUN: usize = 5;

/// The longest form, with room to see that a text is longer.
const LONGEST: usize = 32;

/// So many bytes before a chunk are read with it: twice as many as words are looked for before a number.
pub(in crate::scan) const OVERLAP: usize = 2 * FURTHEST;

/// Looks for keys in running text, but for the places in `taken`, which are in order and were looked at already.
pub(in crate::scan) fn read(text: &[u8], taken: &[Range<usize>], collector: &mut Collector<'_, '_, '_>) {
    read_on(text, 0, None, taken, collector);
}

/// Looks for keys in a chunk of running text behind `overlap` bytes of what stands before it, which were looked at already;
/// `before` tells what cannot be seen there. Gives what the next chunk may have to know.
pub(in crate::scan) fn read_on(
    chunk: &[u8],
    overlap: usize,
    before: Option<&ListStateReceiver>,
    taken: &[Range<usize>],
    collector: &mut Collector<'_, '_, '_>,
) -> ListState {
    let (mut line, mut counted) = (0, overlap);
    // Where the line of the number before begins, and where that was looked for.
    let (mut start, mut searched) = (0, 0);
    // The number before, and of which form it was as a key: a word announces the first number behind it, and those listed with it.
    let (mut last, mut listed) = (0, None);
    let catalogue = collector.context().catalogue;
    let matcher = collector.context().matchers.first();
    let mut unsure = before.filter(|_| overlap > 0);
    // The numbers before this place need not be looked at: the chunk before told what they mean.
    let mut told = 0;
    for span in candidates(chunk) {
        if span.start < told {
            continue;
        }
        // So far up the words are not all there, and none is looked for from the chunk.
        if span.end + FURTHEST <= overlap {
            last = span.end;
            continue;
        }
        // Only the first number that is looked at can go on with a list from further up.
        if let Some(before) = unsure.take()
            && is_list(&chunk[last..span.start])
        {
            let state = before.take();
            last = state.back.map_or(0, |back| overlap.saturating_sub(back));
            listed = state.listed.as_deref().and_then(|form| catalogue.forms.entry(form)).map(|(id, _)| id);
            told = overlap;
            if span.start < overlap {
                continue;
            }
        }
        let before = std::mem::replace(&mut last, span.end);
        let list = listed.take().filter(|_| chunk.get(before..span.start).is_some_and(is_list));
        let next = taken.partition_point(|range| range.end <= span.start);
        if taken.get(next).is_some_and(|range| range.start < span.end) {
            continue;
        }
        let number = plain(&chunk[span.clone()]);
        if !collector.context().lengths.fit(number.as_bytes()) {
            continue;
        }
        let written = parse::written::written(&number);
        let readings = identify(catalogue, &written);
        let exact: Vec<&str> =
            readings.candidates().filter(|reading| reading.mismatches.is_empty()).map(|reading| reading.id).collect();
        if exact.is_empty() {
            continue;
        }
        let around = TextContext::of(chunk, span.clone(), before.min(span.start));
        let form =
            exact.iter().find(|form| list == Some(**form) || is_announced(collector.context(), form, &number, &around));
        let Some(form) = form.filter(|_| !says(matcher, &number, &["key/look-alike"])) else { continue };
        last = catalogue.forms.get(form).and_then(|form| around.spoken_for(form)).unwrap_or(last);
        listed = catalogue.forms.entry(form).map(|(id, _)| id);
        if span.start < overlap {
            continue;
        }
        // Behind the number before there may be no further line end.
        if let Some(end) = memrchr(b'\n', &chunk[searched..span.start]) {
            start = searched + end + 1;
        }
        searched = span.start;
        line += memchr_iter(b'\n', &chunk[counted..start.max(counted)]).count() as u64;
        counted = start.max(counted);
        let options = collector.options();
        let situation = match options.product {
            Some(_) => options,
            None => Situation { product: collector.context().product(around.before()), ..options },
        };
        let text = collector.decode(&chunk[span.clone()]).into_owned();
        let place = Place { line, before: Before::Bytes(&chunk[start..span.start]) };
        collector.judged(&text, place, &situation);
    }
    let rest = memchr_iter(b'\n', &chunk[counted..]).count() as u64;
    collector.lines(line + rest + u64::from(!chunk.ends_with(b"\n") && chunk.len() > overlap));
    let back = (last > 0).then(|| chunk.len().saturating_sub(last)).filter(|back| *back <= FURTHEST);
    ListState { back, listed: listed.map(str::to_owned) }
}

/// Whether the text around a number says that it is a key of this form.
fn is_announced(context: &ScanContext<'_>, form: &str, number: &str, around: &TextContext<'_>) -> bool {
    /// What is said of numbers that Microsoft printed, unless they are mere samples, which stand for other numbers, too.
    const PRINTED: [&str; 3] = ["key/published", "key/misprint", "serial/placeholder"];
    const SAMPLE: [&str; 1] = ["key/placeholder"];
    let matcher = context.matchers.first();
    let Some(form) = context.catalogue.forms.get(form) else { return false };
    let hyphens = number.contains('-');
    let sample = || says(matcher, number, &SAMPLE) && !says(matcher, number, &["key/misprint"]);
    let printed = || says(matcher, number, &PRINTED) && !sample();
    // A label says what else it is, unless it is the name of a product.
    let other = around.label(form).is_some_and(|label| context.product(label).is_none());
    !other && around.announce(form, hyphens) || around.head(form) || hyphens && around.mention(form) && printed()
}

/// A number with the hyphens of ASCII, whichever it is written with.
fn plain(number: &[u8]) -> Cow<'_, str> {
    let text = lossy(number);
    if text.is_ascii() { text } else { Cow::Owned(text.replace(|c: char| !c.is_ascii(), "-")) }
}

/// Whether what stands between two numbers makes them a list: commas, blanks, line ends, "and", "or".
fn is_list(between: &[u8]) -> bool {
    const LONGEST: usize = 12;
    let text = lossy(between).to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    text.len() <= LONGEST && !text.contains('.') && words.into_iter().all(|word| matches!(word, "and" | "or"))
}

/// Whether one of these rules has something to say of a number, whatever product it is for.
fn says(matcher: &Matcher<'_>, text: &str, rules: &[&str]) -> bool {
    let outcome = matcher.said(text);
    let mut all = outcome.rules.iter().map(|(rule, _)| rule).chain(&outcome.unanswered);
    all.any(|rule| rules.contains(&rule.as_str()))
}

/// Runs of letters, digits and hyphens that hold five digits in a row.
///
/// A run of five digits covers a byte whose offset is a multiple of five, so only every fifth byte is looked at.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = RUN - 1;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += RUN;
                continue;
            }
            let digit = |byte: &u8| byte.is_ascii_digit();
            let start = bytes[..at].iter().rposition(|byte| !digit(byte)).map_or(0, |at| at + 1);
            let end = bytes[at..].iter().position(|byte| !digit(byte)).map_or(bytes.len(), |length| at + length);
            if end - start < RUN {
                at += RUN;
                continue;
            }
            let span = token(bytes, start..end);
            at = span.end.max(end) + RUN - 1;
            if span.len() <= LONGEST && stands_alone(bytes, &span) {
                return Some(span);
            }
        }
        None
    })
}

/// The letters, digits and hyphens around some digits, as far as they go.
fn token(bytes: &[u8], digits: Range<usize>) -> Range<usize> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let mut start = digits.start;
    while start > 0 && digits.start - start <= LONGEST {
        if part(bytes[start - 1]) {
            start -= 1;
        } else if start > DASH && is_dash(&bytes[start - DASH..start]) && part(bytes[start - DASH - 1]) {
            start -= DASH;
        } else {
            break;
        }
    }
    let mut end = digits.end;
    while end < bytes.len() && end - digits.end <= LONGEST {
        if part(bytes[end]) {
            end += 1;
        } else if bytes.get(end..end + DASH).is_some_and(is_dash)
            && bytes.get(end + DASH).is_some_and(|byte| part(*byte))
        {
            end += DASH;
        } else {
            break;
        }
    }
    start..end
}

/// The bytes of a dash in UTF-8.
const DASH: usize = 3;

/// The hyphens and dashes of Unicode that word processors put in the place of a hyphen.
fn is_dash(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x90..=0x95] | [0xE2, 0x88, 0x92])
}

/// Whether a token is no part of something longer: a decimal number, a path, an address.
fn stands_alone(bytes: &[u8], span: &Range<usize>) -> bool {
    let joins = |byte: u8| matches!(byte, b'_' | b'.' | b'\\' | b'@' | b'+' | b'%' | b'$');
    let before = &bytes[..span.start];
    let behind = &bytes[span.end..];
    // A full stop ends a sentence when no letter follows it.
    let continues = match behind {
        [b'.', next, ..] => next.is_ascii_alphanumeric(),
        [b'.'] | [] => false,
        [byte, ..] => joins(*byte) || *byte == b'/' || !byte.is_ascii() && is_letter(behind.utf8_chunks().next()),
    };
    let continued = match before.last() {
        Some(byte) if byte.is_ascii() => joins(*byte) || matches!(byte, b'/' | b'#'),
        Some(_) => {
            let from = before.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or(0);
            is_letter(before[from..].utf8_chunks().next())
        }
        None => false,
    };
    !continued && !continues
}

/// Whether a text begins with a letter. What is no UTF-8 is one, but for the quotes and dashes of Windows 1252.
fn is_letter(text: Option<Utf8Chunk<'_>>) -> bool {
    let Some(text) = text else { return false };
    match (text.valid().chars().next(), text.invalid().first()) {
        (Some(c), _) => c.is_alphanumeric(),
        (None, Some(byte)) => !matches!(byte, 0x85 | 0x8B | 0x91..=0x97 | 0x9B | 0xA0 | 0xAB | 0xB7 | 0xBB),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_five_digits_is_found_wherever_it_stands() {
        for offset in 0..12 {
            let text = format!("{}12345-67{}", " ".repeat(offset), " ".repeat(7));
            let found: Vec<_> = candidates(text.as_bytes()).collect();
            assert_eq!(found.as_slice(), std::slice::from_ref(&(offset..offset + 8)), "{text:?}");
        }
        assert_eq!(candidates(b"1234 5678 9012 in 1998, at 12:34").count(), 0);
        assert_eq!(candidates(b"123-4567890 and 932-9619111").count(), 2);
    }

    #[test]
    fn a_part_of_something_longer_is_no_candidate() {
        for text in
            ["3.14159265", "/k/1234567890", "a_1234567890", "1234567890.txt", "1234567890@example", "\u{e9}12345"]
        {
            assert_eq!(candidates(text.as_bytes()).count(), 0, "{text}");
        }
        assert_eq!(candidates(b"It is 932-9619111.").count(), 1);
    }
}
