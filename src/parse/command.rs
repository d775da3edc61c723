//! Reads the command lines of a batch file, or of any other text with commands: programs and their arguments.

use super::ini::is_blank;
use crate::model::within::{Within, shifted, span_of};
use nom::{
    IResult, Offset, Parser,
    branch::alt,
    bytes::complete::{is_not, tag, tag_no_case, take_till, take_while, take_while1},
    character::complete::{anychar, char, line_ending, one_of, satisfy},
    combinator::{eof, map, opt, peek, recognize, value},
    multi::{fold_many0, many1_count},
    sequence::{delimited, preceded, terminated},
};
use std::ops::Range;

/// The longest line of commands, in bytes: no command processor accepts more.
pub const MAX_LINE: usize = 8191;

/// A program with the words after it. All spans are byte ranges of the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The program as written, with folder, extension and quotes.
    pub program: Range<usize>,
    /// The words after it, with slashes and quotes.
    pub words: Vec<Range<usize>>,
}

/// The logical lines of a text, in order: a caret at the end of a line continues it on the next.
pub fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let from = start;
        if from >= text.len() {
            return None;
        }
        loop {
            let line = text.within(start..).split_inclusive('\n').next().unwrap_or_default();
            let end = start.saturating_add(line.len());
            let continued = line.trim_end_matches(['\r', '\n']).ends_with('^');
            start = end;
            if !continued || start >= text.len() {
                return Some(from..end);
            }
        }
    })
}

/// The commands of one logical line; none if it is a comment, a label, or too long.
///
/// ```text
/// line      = blank* prompt? "@"* (comment | label | command (separator command)*)
/// prompt    = letter ":\" folder? ">"
/// comment   = "rem" blank anything | "::" anything
/// label     = ":" anything
/// separator = "&&" | "&" | "||" | "|"
/// command   = before* program word*
/// before    = "call" | "start" switch* | "cmd" "/c" | "if" condition | "for" … "do" | "else" | "lh"
/// word      = ("^" any | '"' anything '"' | other)+
/// ```
///
/// ```
/// use jewelcase::internals::parse::command::{commands, lines};
/// let text = "@echo off\ncall D:\\setup.exe /k \"111-1111111\"";
/// let line = lines(text).nth(1).unwrap();
/// let command = &commands(text, line)[0];
/// assert_eq!(&text[command.program.clone()], "D:\\setup.exe");
/// assert_eq!(&text[command.words[1].clone()], "\"111-1111111\"");
/// ```
pub fn commands(text: &str, line: Range<usize>) -> Vec<Command> {
    if line.len() > MAX_LINE {
        return Vec::new();
    }
    let whole = text.within(line.clone());
    let start = preceded((take_while(is_blank), opt(prompt)), take_while(|c| c == '@' || is_blank(c)));
    let mut start = map(start, |_: &str| ());
    let rest = start.parse(whole).map_or(whole, |(rest, ())| rest);
    if comment(rest).is_ok() {
        return Vec::new();
    }
    let mut simple = vec![Vec::new()];
    let mut place = |slice: &str, token: Token| match token {
        Token::Word => {
            if let Some(words) = simple.last_mut() {
                words.push(shifted(span_of(whole, slice), line.start));
            }
        }
        Token::Separator => simple.push(Vec::new()),
        Token::Gap => {}
    };
    let tokens: IResult<&str, ()> = fold_many0(
        |text| token(text).map(|(rest, token)| (rest, (text.within(..text.offset(rest)), token))),
        || (),
        |(), (slice, token)| {
            place(slice, token);
        },
    )
    .parse(rest);
    debug_assert!(tokens.is_ok_and(|(rest, ())| rest.is_empty()), "every character starts a token");
    simple.into_iter().filter_map(|words| command(text, words)).collect()
}

/// The kinds of token.
#[derive(Clone, Copy)]
enum Token {
    Word,
    Separator,
    Gap,
}

fn token(text: &str) -> IResult<&str, Token> {
    alt((
        value(Token::Gap, take_while1(is_blank)),
        value(Token::Gap, (char('^'), line_ending)),
        value(Token::Separator, alt((tag("&&"), tag("||"), tag("&"), tag("|")))),
        value(Token::Word, word),
        value(Token::Gap, anychar),
    ))
    .parse(text)
}

/// A quoted part belongs to the word, spaces included; so does a character after a caret.
fn word(text: &str) -> IResult<&str, &str> {
    let escaped = recognize((char('^'), satisfy(|c| c != '\r' && c != '\n')));
    let quoted = recognize((char('"'), take_till(|c| c == '"' || c == '\n'), opt(char('"'))));
    let plain = recognize(satisfy(|c| !is_blank(c) && !matches!(c, '"' | '&' | '|' | '^')));
    recognize(many1_count(alt((escaped, quoted, plain)))).parse(text)
}

/// The prompt that a screen shows before a command: `C:\>`, `D:\MSWORKS>`.
fn prompt(text: &str) -> IResult<&str, &str> {
    recognize((satisfy(|c| c.is_ascii_alphabetic()), tag(":\\"), opt(is_not(">\"\r\n \t")), char('>'))).parse(text)
}

fn comment(text: &str) -> IResult<&str, ()> {
    let blank_or_end = alt((value((), satisfy(is_blank)), value((), eof)));
    alt((value((), char(':')), value((), terminated(tag_no_case("rem"), peek(blank_or_end))))).parse(text)
}

/// The program, after the words that may precede it, and the words after the program.
fn command(text: &str, mut words: Vec<Range<usize>>) -> Option<Command> {
    let mut at = 0;
    loop {
        let span = words.get(at)?.clone();
        let opened = text.within(span.clone()).trim_start_matches(['(', '@']);
        let start = span.end.saturating_sub(opened.len());
        *words.get_mut(at)? = start..span.end;
        let steps_to = |wanted: &str| {
            words.within(at..).iter().position(|word| text.within(word.clone()).eq_ignore_ascii_case(wanted))
        };
        let behind = |steps: usize| at.saturating_add(1).saturating_add(steps);
        let next = |steps: usize| {
            words.get(at.saturating_add(steps)).map_or("", |span| text.within(span.clone())).to_ascii_lowercase()
        };
        at = match name(opened).to_ascii_lowercase().as_str() {
            "" | ")" => behind(0),
            "call" | "else" | "do" | "lh" | "loadhigh" => behind(0),
            "start" => at.saturating_add(behind_start(text, words.within(at..))),
            "cmd" | "command" => behind(steps_to("/c")?),
            "for" => behind(steps_to("do")?),
            "if" => {
                let not = usize::from(next(1) == "not").saturating_add(usize::from(next(1) == "/i"));
                match next(not.saturating_add(1)).as_str() {
                    "exist" | "errorlevel" | "defined" => behind(not.saturating_add(2)),
                    condition if condition.contains("==") => behind(not.saturating_add(1)),
                    _ => behind(not.saturating_add(3)),
                }
            }
            _ => break,
        };
    }
    let mut words = words.split_off(at);
    // A switch may follow the program without a space, `setup/k`; a longer word after the slash is part of a path.
    let program = words.first()?.clone();
    let bare = text.within(program.clone()).split('"').next().unwrap_or_default();
    let is_switch = |slash: &usize| {
        let mut letters = bare.within(*slash..).chars().skip(1);
        letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && !letters.next().is_some_and(char::is_alphabetic)
    };
    let slash = bare.rfind('/').filter(|slash| *slash > 0 && is_switch(slash));
    match slash {
        Some(slash) => {
            let split = program.start.saturating_add(slash);
            *words.first_mut()? = split..program.end;
            Some(Command { program: program.start..split, words })
        }
        None => {
            words.remove(0);
            Some(Command { program, words })
        }
    }
}

/// The commands that the switches of a command pass on, as in `setup /C:"outlwzd.exe /M:2"`, including commands that these pass on.
///
/// ```text
/// handed-on = switch '"' command '"'
/// ```
///
/// ```
/// use jewelcase::internals::parse::command::{commands, handed_on};
/// let text = r#"setup.exe /Q:A /C:"outlwzd.exe /S:""%1"" /Q""#;
/// let command = &commands(text, 0..text.len())[0];
/// let inner = &handed_on(text, command)[0];
/// assert_eq!(&text[inner.program.clone()], "outlwzd.exe");
/// assert_eq!(&text[inner.words[0].clone()], r#"/S:""%1"""#);
/// ```
pub fn handed_on(text: &str, command: &Command) -> Vec<Command> {
    let inner = command.words.iter().filter_map(|span| {
        let word = text.within(span.clone());
        let start = span_of(word, switch(word)?.split_once('"')?.1).start;
        let end = word.rfind('"').filter(|end| *end > start)?;
        Some(shifted(start..end, span.start))
    });
    inner.flat_map(|span| commands(text, span)).filter(|command| !command.words.is_empty()).collect()
}

/// The number of words that belong to `start` itself: its name, its switches, and the title of the window, which is a quoted word that does
/// not name a program.
fn behind_start(text: &str, words: &[Range<usize>]) -> usize {
    let own = |word: &&Range<usize>| {
        let word = text.within((*word).clone());
        word.starts_with('/') || word.starts_with('"') && !word.contains(['\\', '.', ':'])
    };
    words.within(1..).iter().take_while(own).count().saturating_add(1)
}

/// The name of a program without folder, extension and quotes.
///
/// ```
/// assert_eq!(jewelcase::internals::parse::command::name("\"D:\\Office 97\\SETUP.EXE\""), "SETUP");
/// ```
pub fn name(program: &str) -> &str {
    let program = program.trim_matches('"');
    let file = program.rsplit(['\\', ':', '/']).next().unwrap_or(program);
    let ending = file.rfind('.').filter(|dot| {
        let ending = file.within(*dot..).trim_start_matches('.');
        ["exe", "com", "bat", "cmd", "pif"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    });
    ending.map_or(file, |dot| file.within(..dot))
}

/// The folders in the path of a program, without its drive.
pub fn folders(program: &str) -> impl Iterator<Item = &str> {
    let path = program.trim_matches('"');
    let end = path.rfind(['\\', '/']).unwrap_or(0);
    path.within(..end).split(['\\', '/']).filter(|folder| !folder.is_empty() && !folder.ends_with(':'))
}

/// A word as a switch: the text after its slash or hyphen.
///
/// ```text
/// switch = ("/" | "-") letter anything
/// ```
pub fn switch(word: &str) -> Option<&str> {
    let letter = satisfy(|c| c.is_ascii_alphabetic());
    let switch: IResult<&str, &str> = preceded(one_of("/-"), recognize((letter, take_while(|_| true)))).parse(word);
    switch.ok().map(|(_, switch)| switch)
}

/// The text after the name of a switch or a property in the same word: `"111"` in `K"111"` for `k`, `1` in `q1` for `q`; `None` if it is a
/// longer name.
pub fn behind<'w>(switch: &'w str, name: &str) -> Option<&'w str> {
    let (rest, _) = tag_no_case::<_, _, nom::error::Error<&str>>(name).parse(switch).ok()?;
    let colon: IResult<&str, &str> = delimited(opt(one_of(":=")), nom::combinator::rest, eof).parse(rest);
    let more = !name.ends_with('=') && rest.starts_with(|c: char| c.is_alphabetic() || c == '-' || c == '_');
    // A drive letter begins a path, not a longer name: `/QD:\SETUP1.INI`.
    let path = rest.get(1..3) == Some(":\\");
    (!more || path).then(|| colon.map_or(rest, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<&str>> {
        let slices = |command: Command| {
            let words = command.words.into_iter();
            std::iter::once(command.program).chain(words).map(|span| &text[span]).collect()
        };
        lines(text).flat_map(|line| commands(text, line)).map(slices).collect()
    }

    #[test]
    fn the_program_is_found_behind_whatever_stands_before_it() {
        for before in [
            "",
            "@",
            "C:\\>",
            "call ",
            "start /wait ",
            "START.EXE \"Office\" /w ",
            "cmd /c ",
            "if exist d:\\x ",
            "if not errorlevel 1 ",
            "if \"%1\"==\"\" (",
            "if not %1 == a ",
            "for %%d in (d e) do ",
            "echo on & ",
        ] {
            let text = format!("{before}D:\\setup.exe /k \"111 1111111\" /q");
            let read = read(&text);
            assert_eq!(read.last().unwrap(), &["D:\\setup.exe", "/k", "\"111 1111111\"", "/q"], "{text}");
        }
    }

    #[test]
    fn comments_labels_and_junk_are_no_commands() {
        for text in [
            "rem setup /k",
            ":setup",
            ":: setup /k",
            "REM",
            "",
            "^",
            "if",
            "start",
            "\u{FEFF}",
            &"x".repeat(MAX_LINE + 1),
        ] {
            assert!(read(text).is_empty(), "{text:?}");
        }
        assert_eq!(read("remove /k"), [["remove", "/k"]]);
    }

    #[test]
    fn lines_are_continued_and_divided() {
        assert_eq!(read("setup ^\r\n /k 1 && a|b"), [vec!["setup", "/k", "1"], vec!["a"], vec!["b"]]);
        assert_eq!(read("setup/K\"1\""), [["setup", "/K\"1\""]]);
        assert_eq!(read("d:/office/setup /k"), [["d:/office/setup", "/k"]]);
    }

    #[test]
    fn a_switch_is_told_from_longer_ones() {
        assert_eq!(behind("K\"1\"", "k"), Some("\"1\""));
        assert_eq!(behind("q1", "Q"), Some("1"));
        assert_eq!(behind("kill", "k"), None);
        assert_eq!(behind("QD:\\SETUP1.INI", "q"), Some("D:\\SETUP1.INI"));
        assert_eq!(behind("PIDKEY=1", "pidkey="), Some("1"));
        assert_eq!(behind("u:a.txt", "u"), Some("a.txt"));
    }
}
