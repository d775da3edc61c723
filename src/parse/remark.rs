//! Comments: lines of a list that are not keys, and comments that accept a finding.

use crate::model::within::{Within, span_of};

/// Returns `true` if a line of a list is a remark: it begins with `#`, `;` or `//`. What begins with several `#` is a template of a key.
///
/// ```
/// use jewelcase::internals::parse::remark::is_remark;
/// assert!(is_remark(b"# machines of the second floor"));
/// assert!(!is_remark(b"###-#######"));
/// assert!(!is_remark(b"111-1111111"));
/// ```
pub fn is_remark(line: &[u8]) -> bool {
    match line.trim_ascii_start() {
        [b'#', b'#', ..] => false,
        [b'#' | b';', ..] | [b'/', b'/', ..] => true,
        _ => false,
    }
}

/// A comment that accepts findings: `; jewelcase: allow key/digit-sum - a sample of our manual`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance<'t> {
    /// The ids of the rules, as written.
    pub rules: Vec<&'t str>,
    /// The reason for accepting the findings; empty if there is none.
    pub reason: &'t str,
    /// True if the comment is alone on its line, and so applies to the next one too.
    pub alone: bool,
}

/// The word that identifies such a comment.
pub const MARK: &str = "jewelcase:";

/// The beginnings of comments: INI and assembler, shell, C, batch files, HTML, SQL.
const COMMENTS: [&str; 8] = ["<!--", "//", "::", "/*", "--", "rem", ";", "#"];

/// Reads the comment on a line that accepts findings, in the comment syntax of any file.
///
/// ```
/// use jewelcase::internals::parse::remark::allowance;
/// let found = allowance("rem jewelcase: allow key/digit-sum, key/last-digit - our sample").expect("it is one");
/// assert_eq!((found.rules, found.reason, found.alone), (vec!["key/digit-sum", "key/last-digit"], "our sample", true));
/// assert_eq!(allowance("jewelcase: allow key/digit-sum"), None);
/// ```
pub fn allowance(line: &str) -> Option<Allowance<'_>> {
    let at = line.find(MARK)?;
    let before = line.within(..at).trim_end();
    let small = before.to_ascii_lowercase();
    let comment = COMMENTS.iter().find(|mark| small.ends_with(**mark))?;
    let before = before.within(..before.len().saturating_sub(comment.len())).trim();
    let rest = line.within(at..).strip_prefix(MARK)?.trim_start().strip_prefix("allow")?;
    let rest = rest.trim_end().trim_end_matches("-->").trim_end_matches("*/").trim();
    let rule = |word: &&str| word.contains('/') && !word.starts_with('/');
    let (mut rules, mut end) = (Vec::new(), 0);
    for word in rest.split_whitespace() {
        let id = word.trim_end_matches([',', ':', ';']);
        if !rule(&id) {
            break;
        }
        rules.push(id);
        end = span_of(rest, word).end;
    }
    let dashes = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2013}' | '\u{2014}' | ':' | '(' | ',');
    let reason = rest.within(end..).trim_start_matches(dashes).trim_end_matches(')');
    Some(Allowance { rules, reason, alone: before.is_empty() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_every_syntax_accept_findings() {
        for line in [
            "; jewelcase: allow key/digit-sum \u{2014} sample",
            "# jewelcase: allow key/digit-sum - sample",
            "::jewelcase: allow key/digit-sum: sample",
            "REM jewelcase: allow key/digit-sum (sample)",
            "  <!-- jewelcase: allow key/digit-sum \u{2013} sample -->",
            "/* jewelcase: allow key/digit-sum, sample */",
        ] {
            let found = allowance(line).expect(line);
            assert_eq!((found.rules, found.reason, found.alone), (vec!["key/digit-sum"], "sample", true), "{line}");
        }
        let found = allowance("ProductID=\"1\" ; jewelcase: allow key/digit-sum").expect("it is one");
        assert_eq!((found.reason, found.alone), ("", false));
    }
}
