//! The claims in a sentence: what a reader would type, look for or count, and what an article therefore has to have.

/// The numbers, versions, switches, file names, folders, registry keys and program names of a text.
///
/// The names of articles are none, nor is anything with a wildcard or a placeholder.
pub(super) fn claims(text: &str) -> Vec<String> {
    let mut claims = Vec::new();
    for word in text.split_whitespace() {
        let word = trimmed(word);
        if !word.is_empty() && !is_reference(word) && !word.contains(['*', '…']) {
            add(word, &mut claims);
        }
    }
    claims
}

/// The articles that a text names: `Q12345`, `Q12345/case`.
pub(super) fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_article(word))
}

/// The names of a title, without the words that any title has: `Mail`, `3.5`.
pub(super) fn names(title: &str) -> impl Iterator<Item = &str> {
    let words = title.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
    words.map(|word| word.trim_matches('.')).filter(|word| {
        let version = word.starts_with(|c: char| c.is_ascii_digit());
        let name = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        version || name && !COMMON.iter().any(|common| word.eq_ignore_ascii_case(common))
    })
}

/// Words in the titles of products that name none.
const COMMON: [&str; 5] = ["microsoft", "the", "for", "and", "with"];

/// Whether a name is a version: `3.5`, `97`.
pub(super) fn is_version(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

fn add(word: &str, claims: &mut Vec<String>) {
    let word = trimmed(word).trim_matches(|c| matches!(c, '<' | '>'));
    if word.is_empty() {
        return;
    }
    if let Some((switch, value)) = switch(word) {
        claims.push(switch.to_owned());
        add(value.trim_start_matches([':', '=', '+']), claims);
    } else if word.contains('\\') {
        // Every folder of a path has to be in the article, whatever it looks like.
        for part in word.split('\\').filter(|part| !is_drive(part)) {
            let known = claims.len();
            add(part, claims);
            let folder = trimmed(part);
            if claims.len() == known && folder.len() > 1 && !folder.contains(['<', '>', '%', '/', '=']) {
                claims.push(folder.to_owned());
            }
        }
    } else if word.contains(['/', '=']) {
        word.split(['/', '=']).for_each(|part| add(part, claims));
    } else if word.bytes().any(|byte| byte.is_ascii_digit()) || is_file(word) || is_program(word) {
        claims.push(word.to_owned());
    }
}

/// A switch and what is joined to it: `/k`, `-Q123Z`.
fn switch(word: &str) -> Option<(&str, &str)> {
    let letters = word.strip_prefix(['/', '-'])?;
    let end = letters.find(|c: char| !(c.is_ascii_alphabetic() || c == '?')).unwrap_or(letters.len());
    // A path from the root is none.
    let path = letters.contains(['\\', '/']);
    (end > 0 && !path).then(|| word.split_at(end + 1))
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '"' | '\'' | '`' | '!' | '?' | '{' | '}')
    })
}

fn is_drive(part: &str) -> bool {
    matches!(part.as_bytes(), [] | [_, b':'])
}

/// A name and an ending of two to four letters.
fn is_file(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, ending)| {
        (2..=4).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
            && name.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '$')
    })
}

/// A name in capitals, four and more: `DEBUG`, `GIMPORT`.
fn is_program(word: &str) -> bool {
    let mut bytes = word.bytes();
    word.len() >= 4
        && bytes.next().is_some_and(|first| first.is_ascii_uppercase())
        && bytes.all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'$'))
}

fn is_reference(word: &str) -> bool {
    is_article(word.split('/').next().unwrap_or(word))
}

fn is_article(word: &str) -> bool {
    let digits = word.strip_prefix('Q').unwrap_or_default();
    (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_searched_for_what_can_be_looked_up() {
        let text = r#"Type d:\msworks\setup /K"<CD key>" and run GIMPORT -dm on GLB/MASTER.GLB; 1,600 bytes (Q99419/twin), *.KEY left."#;
        assert_eq!(claims(text), ["msworks", "setup", "/K", "GIMPORT", "-dm", "MASTER.GLB", "1,600"]);
        assert_eq!(references(text).collect::<Vec<_>>(), ["Q99419"]);
    }

    #[test]
    fn a_title_is_its_names_and_versions() {
        assert_eq!(names("Mail for PC Networks 3.0, 3.0a").collect::<Vec<_>>(), ["Mail", "Networks", "3.0", "3.0a"]);
    }
}
