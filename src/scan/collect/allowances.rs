//! Comments in a file that accept findings on their own line or the next.

use super::findings::{Allowed, ChunkFindings, ReadFault};
use crate::{
    catalogue::Catalogue,
    model::{severity::Severity, within::Within},
    parse::remark::{MARK, allowance},
    source::encoding::lossy,
};
use memchr::{memchr_iter, memmem::find};

/// Reads the comments of a chunk, whose first `overlap` bytes belong to the previous chunk.
pub(super) fn read(bytes: &[u8], overlap: usize, catalogue: &Catalogue, found: &mut ChunkFindings) {
    if find(bytes, MARK.as_bytes()).is_none() {
        return;
    }
    let before = memchr_iter(b'\n', bytes.within(..overlap)).count();
    let (mut allowed, mut pending) = (Vec::new(), Vec::new());
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let text = if find(line, MARK.as_bytes()).is_some() { lossy(line) } else { "".into() };
        let mut rules = Vec::new();
        let comment = allowance(&text);
        if let Some(comment) = &comment {
            let known = |rule: &&str| catalogue.rules.get(rule).is_some();
            let fault = match comment.rules.iter().find(|rule| !known(rule)) {
                Some(rule) => Some(format!("this comment allows {rule:?}, which is not a rule")),
                None if comment.rules.is_empty() => Some("this comment names no rule to allow".to_owned()),
                None if comment.reason.is_empty() => Some("this comment gives no reason".to_owned()),
                None => None,
            };
            match fault {
                None => {
                    rules = comment.rules.iter().map(|rule| ((*rule).to_owned(), comment.reason.to_owned())).collect()
                }
                Some(message) if at >= before => found.faults.push(ReadFault {
                    rule: "config/unclear-suppression",
                    line: at.saturating_sub(before) as u64,
                    column: 1,
                    severity: Severity::Warning,
                    message,
                }),
                Some(_) => {}
            }
        }
        let alone = comment.is_some_and(|comment| comment.alone);
        if at >= before {
            let line = at.saturating_sub(before) as u64;
            let own = rules.iter().chain(pending.iter().filter(|_| !alone));
            allowed.extend(own.map(|(rule, reason): &(String, String)| Allowed {
                line,
                rule: rule.clone(),
                reason: reason.clone(),
            }));
        }
        if alone {
            pending.append(&mut rules);
        } else {
            pending.clear();
        }
    }
    found.allowed = allowed.into();
}
