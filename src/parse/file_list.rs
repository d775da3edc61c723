//! Reads a list of files as people save them: `DIR` of DOS and Windows in any language, `find`, `ls -lR`, `isoinfo -l`, `unzip -l`.
//!
//! A line tells what it is: a folder's path as a heading, a file with its date or size, or a bare path. Everything else is skipped.

use crate::model::file_list::{FileList, ListedItem};

/// The maximum number of files of a list.
const MAX_FILES: usize = 1 << 18;

/// The longest line that is looked at, in bytes.
const LONGEST_LINE: usize = 1024;

/// Reads a list; `None` if no line names a file.
pub fn read(text: &str) -> Option<FileList> {
    let mut list = FileList::default();
    // The folder of the last heading, below the drive or share.
    let mut folder = String::new();
    for line in text.lines().filter(|line| line.len() <= LONGEST_LINE) {
        let line = line.trim_matches(['\u{FEFF}', '\r', '\u{1A}']);
        if list.items.len() >= MAX_FILES {
            break;
        }
        if let Some(label) = volume_label(line) {
            list.label.get_or_insert(label);
        } else if let Some(entry) = entry(line) {
            let path = joined(&folder, &entry.name);
            if let Some(path) = path.filter(|_| !matches!(entry.name.as_str(), "." | "..")) {
                list.add(&path, entry.item);
            }
        } else if let Some(heading) = heading(line) {
            folder = heading;
        } else if let Some(path) = bare(line).and_then(|path| joined("", &path)) {
            list.add(&path, ListedItem::default());
        }
    }
    (!list.items.is_empty()).then_some(list)
}

/// A line that describes a file or folder.
struct Line {
    name: String,
    item: ListedItem,
}

/// A file or folder with its date and size, in any of the orders in which programs write them.
fn entry(line: &str) -> Option<Line> {
    let words: Vec<&str> = line.split_whitespace().collect();
    isoinfo(line).or_else(|| unix(&words)).or_else(|| new_dir(line, &words)).or_else(|| old_dir(line, &words))
}

/// `CDROM_W  40            2 10-14-96   1:38a` and, from Windows 95 on, the long name after it.
fn old_dir(line: &str, words: &[&str]) -> Option<Line> {
    let at = words.iter().position(|word| days(word).is_some())?;
    let size_at = at.checked_sub(1)?;
    let (size, is_folder) = size_or_folder(words.get(size_at)?)?;
    let mut before = words.get(..size_at)?;
    // A size in groups of three digits may have spaces between them.
    if size.is_some() && before.len() > 1 {
        while let Some((last, rest)) = before.split_last().filter(|(last, rest)| rest.len() > 1 && is_group(last)) {
            _ = last;
            before = rest;
        }
    }
    let time = words.get(at.saturating_add(1)).filter(|word| is_time(word));
    let after = words.get(at.saturating_add(1).saturating_add(time.is_some().into())..).unwrap_or_default();
    let long = match after.first() {
        Some(first) => line.rfind(first).and_then(|_| tail(line, after)),
        None => None,
    };
    let short = match before {
        [name] => (*name).to_owned(),
        [name, extension] => format!("{name}.{extension}"),
        _ => return None,
    };
    let item = ListedItem { is_folder, size, days: days(words.get(at)?)? };
    Some(Line { name: long.unwrap_or(short), item })
}

/// `10/14/96  01:38a                2 CDROM_W.40`, `1995-07-11 09:50 1074688 name`, `1074688  1995-07-11 09:50   path` (unzip).
fn new_dir(line: &str, words: &[&str]) -> Option<Line> {
    let first = words.first()?;
    if let Some(days) = days(first) {
        let mut at = 1;
        while words.get(at).is_some_and(|word| is_time(word) || is_half(word) || is_attributes(word)) {
            at = at.saturating_add(1);
        }
        let (size, is_folder) = size_or_folder(words.get(at)?)?;
        at = at.saturating_add(1);
        let mut size = size;
        while let Some(group) =
            words.get(at).filter(|word| is_group(word) && words.len() > at.saturating_add(1) && size.is_some())
        {
            size = size
                .zip(group.parse::<u64>().ok())
                .and_then(|(size, group)| size.checked_mul(1000)?.checked_add(group));
            at = at.saturating_add(1);
        }
        let name = tail(line, words.get(at..)?)?;
        return Some(Line { name: slashed(&name), item: ListedItem { is_folder, size, days } });
    }
    let size = number(first)?;
    let days = days(words.get(1)?)?;
    let at = if words.get(2).is_some_and(|word| is_time(word)) { 3 } else { 2 };
    let name = tail(line, words.get(at..)?)?;
    let is_folder = name.ends_with('/');
    Some(Line { name: slashed(name.trim_end_matches('/')), item: ListedItem { is_folder, size: Some(size), days } })
}

/// `-r-xr-xr-x 1 root root 1074688 Jul 11 1995 PRECOPY1.CAB`
fn unix(words: &[&str]) -> Option<Line> {
    let mode = words.first()?;
    let is_mode = mode.len() >= 10 && mode.bytes().skip(1).all(|byte| b"rwxsStT-+.@".contains(&byte));
    if !is_mode || !mode.starts_with(['-', 'd', 'l']) {
        return None;
    }
    let at = words.iter().position(|word| month(word).is_some())?;
    let size = words.get(at.checked_sub(1)?).and_then(|word| number(word));
    let name = words.get(at.saturating_add(3)..)?.join(" ");
    let name = name.split(" -> ").next().unwrap_or_default().to_owned();
    let day = dated(words.get(at.saturating_add(2))?, month(words.get(at)?)?, words.get(at.saturating_add(1))?);
    let item = ListedItem { is_folder: mode.starts_with('d'), size, days: day.into_iter().collect() };
    (!name.is_empty()).then_some(Line { name: slashed(&name), item })
}

/// `----------   0    0    0         1074688 Jul 11 1995 [    104 00]  PRECOPY1.CAB;1`
fn isoinfo(line: &str) -> Option<Line> {
    let (before, after) = line.split_once('[')?;
    let name = after.split_once(']')?.1.trim();
    let words: Vec<&str> = before.split_whitespace().collect();
    let [mode, .., size, name_of_month, day, year] = words.as_slice() else { return None };
    let name = name.split(';').next().unwrap_or_default().trim_end_matches('.');
    let day = dated(year, month(name_of_month)?, day);
    let item = ListedItem { is_folder: mode.starts_with('d'), size: number(size), days: day.into_iter().collect() };
    (!name.is_empty()).then(|| Line { name: name.to_owned(), item })
}

/// The label in the first line of `DIR`, in any language: a drive, a verb, and one word.
fn volume_label(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_drive = |word: &&str| {
        let letter = word.strip_suffix(':').unwrap_or(word);
        letter.len() == 1 && letter.starts_with(|c: char| c.is_ascii_uppercase())
    };
    let at = words.iter().position(is_drive).filter(|at| *at > 0)?;
    match words.get(at.saturating_add(1)..)? {
        [verb, label] if verb.chars().any(char::is_alphabetic) && number(label).is_none() => Some((*label).to_owned()),
        _ => None,
    }
}

/// The folder of a heading: `Directory of D:\WIN95`, `./WIN95:`, `Directory listing of /WIN95/`.
fn heading(line: &str) -> Option<String> {
    let line = line.trim();
    if let Some(path) = line.strip_suffix(':').filter(|path| path.starts_with(['.', '/']) && !path.contains('\\')) {
        return Some(slashed(path));
    }
    let at = line.find(":\\").and_then(|colon| colon.checked_sub(1)).or_else(|| line.find("\\\\"));
    match at {
        Some(at) if at > 0 => line.get(at..).map(slashed),
        Some(_) => None,
        None => line
            .starts_with("Directory listing of /")
            .then(|| line.rsplit_once(" of "))
            .flatten()
            .map(|(_, path)| slashed(path)),
    }
}

/// A bare path or name: a line of `find` or `DIR /B`.
fn bare(line: &str) -> Option<String> {
    let line = line.trim();
    let is_path =
        line.starts_with("./") || line.starts_with('/') || line.get(1..3) == Some(":\\") || line.starts_with("\\\\");
    let is_name = |name: &str| {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "x"));
        let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || "_-~!$%&()@^'{}#+".contains(c));
        !stem.is_empty()
            && !extension.is_empty()
            && name.len() <= 64
            && plain(&stem.replace(['.', '/', '\\'], ""))
            && plain(extension)
    };
    let name = slashed(line.split(';').next().unwrap_or_default());
    let looks_right = is_path
        || line.contains('.') && is_name(line.split(';').next().unwrap_or_default())
        || line.contains('\\') && is_name(line);
    (looks_right && !name.is_empty() && !name.ends_with(':')).then_some(name)
}

/// A path with `/` between names, without a drive or a share, and without a dot before it.
fn slashed(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let path = match path.strip_prefix("//") {
        // A server and a share.
        Some(share) => share.splitn(3, '/').nth(2).unwrap_or_default().to_owned(),
        None => path,
    };
    let path = match path.get(1..2) {
        Some(":") => path.get(2..).unwrap_or_default(),
        _ => path.as_str(),
    };
    let path = path.strip_prefix("./").unwrap_or(path);
    path.trim_matches('/').trim_start_matches("./").to_owned()
}

/// A path below a folder; `None` if it leads upwards or names nothing.
fn joined(folder: &str, name: &str) -> Option<String> {
    let folder = if folder == "." { "" } else { folder };
    let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let is_sound = path.split('/').all(|name| !matches!(name, "" | "." | ".."));
    is_sound.then_some(path)
}

/// The rest of a line from the first of these words on.
fn tail(line: &str, words: &[&str]) -> Option<String> {
    let first = words.first()?;
    // Words are slices of the line, so their places in it are known.
    let start = (first.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    line.get(start..).map(|rest| rest.trim().to_owned())
}

/// A size, or the mark of a folder, which is `<DIR>` in English and has other letters elsewhere.
fn size_or_folder(word: &str) -> Option<(Option<u64>, bool)> {
    if word.starts_with('<') && word.ends_with('>') {
        return Some((None, true));
    }
    number(word).map(|size| (Some(size), false))
}

/// A number with or without separators between groups of three digits.
fn number(word: &str) -> Option<u64> {
    let digits: String = word.chars().filter(|c| !matches!(c, ',' | '.' | '\u{A0}' | '\u{202F}' | '\'')).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

fn is_group(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1:38a`, `01:38`, `9:50:00a`, `09.50`
fn is_time(word: &str) -> bool {
    let word = word.trim_end_matches(['a', 'p', 'm', 'A', 'P', 'M']);
    let parts: Vec<_> = word.split([':', '.']).collect();
    let is_part = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(is_part)
}

/// `AM` or `PM`, in any case.
fn is_half(word: &str) -> bool {
    matches!(word.to_ascii_uppercase().as_str(), "AM" | "PM" | "A.M." | "P.M.")
}

/// `A---`, `----`, `....A`: attributes as EXTRACT and 7z print them.
fn is_attributes(word: &str) -> bool {
    (4..=5).contains(&word.len()) && word.bytes().all(|byte| b"-.ARHSD".contains(&byte))
}

/// The days that a date can mean: three numbers, of which one is a year.
fn days(word: &str) -> Option<Vec<String>> {
    let separator = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<u32> =
        word.trim_end_matches('.').split(separator).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (year, others) = match parts.as_slice() {
        [year, one, other] if *year >= 1000 => (*year, [(*one, *other)].to_vec()),
        [one, other, year] => (whole_year(*year)?, [(*one, *other), (*other, *one)].to_vec()),
        _ => return None,
    };
    let is_day = |(month, day): &(u32, u32)| (1..=12).contains(month) && (1..=31).contains(day);
    let mut days: Vec<_> = others
        .iter()
        .filter(|pair| is_day(pair))
        .map(|(month, day)| format!("{year:04}-{month:02}-{day:02}"))
        .collect();
    // ISO dates with two digits of the year, as some systems write them.
    if let [year, month, day] = parts.as_slice()
        && *year < 100
        && is_day(&(*month, *day))
        && let Some(year) = whole_year(*year)
    {
        days.push(format!("{year:04}-{month:02}-{day:02}"));
    }
    days.dedup();
    (!days.is_empty()).then_some(days)
}

/// A year of two digits or four.
fn whole_year(year: u32) -> Option<u32> {
    match year {
        80..=99 => year.checked_add(1900),
        0..80 => year.checked_add(2000),
        1980..=2107 => Some(year),
        _ => None,
    }
}

/// The number of a month by its English name, as programs write it.
fn month(word: &str) -> Option<u32> {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    months
        .iter()
        .position(|month| month.eq_ignore_ascii_case(word))
        .and_then(|at| u32::try_from(at).ok()?.checked_add(1))
}

fn dated(year: &str, month: u32, day: &str) -> Option<String> {
    let (year, day): (u32, u32) = (year.parse().ok()?, day.parse().ok()?);
    ((1980..=2107).contains(&year) && (1..=31).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}
