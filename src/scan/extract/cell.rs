//! The cell of a table in a document: its heading and its row, in Markdown, HTML, MediaWiki, AsciiDoc, reStructuredText, and in columns
//! separated only by spaces.

use super::text_context::FURTHEST;
use crate::{model::within::Within, source::encoding::lossy};
use memchr::{
    memchr, memchr_iter,
    memmem::{find, find_iter, rfind},
    memrchr,
};
use std::{borrow::Cow, ops::Range};

/// A cell, with its heading and its row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::scan) struct Cell {
    /// The heading of its column, if there is one.
    pub(in crate::scan) heading: Option<String>,
    /// The other cells of its row.
    pub(in crate::scan) row: String,
}

/// The column of the last number with a heading, kept because in a long table the heading is too far above the later numbers to be found
/// again.
#[derive(Clone, Debug)]
pub(in crate::scan) struct Column {
    syntax: Syntax,
    column: usize,
    at: usize,
    heading: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Pipes,
    Wiki,
    AsciiDoc,
    Html,
    Blanks,
}

/// The position of a number in a table.
struct TableCell {
    syntax: Syntax,
    column: usize,
    /// The offset from which the text is known to belong to the table.
    start: usize,
    heading: Option<String>,
    row: String,
}

/// The cell that contains a number. `last` is the column of the previous number, and is updated.
pub(in crate::scan) fn cell(bytes: &[u8], span: &Range<usize>, last: &mut Option<Column>) -> Option<Cell> {
    let near = span.start.saturating_sub(FURTHEST);
    let line_start = memrchr(b'\n', bytes.within(near..span.start)).map(|at| near.saturating_add(at).saturating_add(1));
    let start = line_start.unwrap_or(near);
    let own = bytes.within(start..span.start);
    let found = match memchr(b'|', own) {
        Some(_) if line_start.is_none() && near > 0 => None,
        Some(_) => {
            wiki(bytes, near, span).or_else(|| ascii_doc(bytes, near, span)).or_else(|| pipes(bytes, start, span))
        }
        None => html(bytes, near, span).or_else(|| {
            let whole = line_start.is_some() || near == 0;
            let documents = || wiki(bytes, near, span).or_else(|| blanks(bytes, start, span));
            whole.then(documents).flatten()
        }),
    }?;
    let TableCell { syntax, column, start, mut heading, row } = found;
    if heading.is_none()
        && let Some(last) =
            last.as_ref().filter(|last| (last.syntax, last.column) == (syntax, column) && last.at >= start)
    {
        heading = Some(last.heading.clone());
    }
    // A gap before a number does not make a table.
    if heading.is_none() && syntax == Syntax::Blanks {
        return None;
    }
    if let Some(heading) = &heading {
        *last = Some(Column { syntax, column, at: span.start, heading: heading.clone() });
    }
    Some(Cell { heading, row })
}

/// The end of the line at an offset.
fn line_end(bytes: &[u8], at: usize) -> usize {
    let most = at.saturating_add(FURTHEST).min(bytes.len());
    memchr(b'\n', bytes.within(at..most)).map_or(most, |end| at.saturating_add(end))
}

/// Lines with `|` between their cells: Markdown, and the grid of reStructuredText.
fn pipes(bytes: &[u8], line: usize, span: &Range<usize>) -> Option<TableCell> {
    let own = bytes.within(line..span.start);
    let column = memchr_iter(b'|', own).count();
    let (mut start, mut header, mut whole) = (line, None, true);
    let near = span.start.saturating_sub(FURTHEST);
    while start > near {
        let above = memrchr(b'\n', bytes.within(near..start.saturating_sub(1)))
            .map_or(near, |at| near.saturating_add(at).saturating_add(1));
        let text = bytes.within(above..start.saturating_sub(1));
        // The search stops before the table's first line, which is therefore unknown.
        whole = above > near || near == 0;
        if !whole || !text.contains(&b'|') && !text.starts_with(b"+") {
            break;
        }
        header = if text.contains(&b'|') { Some(text) } else { header };
        start = above;
    }
    let heading = header.filter(|_| whole).and_then(|header| header.split(|byte| *byte == b'|').nth(column));
    let rest = bytes.within(span.end..line_end(bytes, span.end));
    let row = [&lossy(own), " | ", &*lossy(rest)].concat();
    Some(TableCell { syntax: Syntax::Pipes, column, start, heading: heading.map(|text| lossy(text).into_owned()), row })
}

/// `{|`, `! heading !! heading`, `|-`, `| cell || cell`, `|}`.
fn wiki(bytes: &[u8], near: usize, span: &Range<usize>) -> Option<TableCell> {
    let window = bytes.within(near..span.start);
    let line = memrchr(b'\n', window).map_or(0, |at| at.saturating_add(1));
    let cells = |line: &[u8]| matches!(line.trim_ascii_start().first(), Some(b'|' | b'!'));
    if !cells(window.within(line..)) {
        return None;
    }
    let table = rfind(window, b"{|");
    if rfind(window, b"\n|}") > table {
        return None;
    }
    let row_start = last_row_mark(window);
    if table.is_none() && row_start.is_none() {
        return None;
    }
    let header = table.and_then(|table| {
        let rows = wiki_rows(window.within(table..));
        let first = rows.first()?;
        (rows.len() > 1 && first.headings > 0).then(|| first.cells.clone())
    });
    let rows = wiki_rows(window.within(row_start.or(table).unwrap_or(0)..));
    let own = rows.last()?;
    let column = own.cells.len().checked_sub(1)?;
    let rest = bytes.within(span.end..span.end.saturating_add(FURTHEST).min(bytes.len()));
    let end = [find(rest, b"\n|-"), find(rest, b"\n|}")].into_iter().flatten().min();
    let rest = rest.within(..end.unwrap_or(memchr(b'\n', rest).unwrap_or(rest.len())));
    let row = [own.cells.join(" | "), lossy(rest).into_owned()].join(" | ");
    let heading = header.and_then(|cells| cells.get(column).cloned());
    Some(TableCell { syntax: Syntax::Wiki, column, start: near.saturating_add(table.unwrap_or(0)), heading, row })
}

/// The offset of the last `|-`. The rule below Markdown headings has more bars.
fn last_row_mark(window: &[u8]) -> Option<usize> {
    let mut end = window.len();
    loop {
        let at = rfind(window.within(..end), b"\n|-")?;
        let line = window.within(at.saturating_add(2)..);
        let line = line.within(..memchr(b'\n', line).unwrap_or(line.len()));
        if !line.contains(&b'|') {
            return Some(at);
        }
        end = at.saturating_add(1);
    }
}

#[derive(Default)]
struct WikiRow {
    cells: Vec<String>,
    headings: usize,
}

/// The rows of a MediaWiki table, up to the end of the text.
fn wiki_rows(text: &[u8]) -> Vec<WikiRow> {
    let text = lossy(text);
    let mut rows = vec![WikiRow::default()];
    for line in text.split('\n').map(str::trim_start) {
        if line.starts_with("|-") {
            rows.push(WikiRow::default());
            continue;
        }
        let heading = line.starts_with('!');
        if line.starts_with("|+") || line.starts_with("{|") || !heading && !line.starts_with('|') {
            continue;
        }
        let Some(row) = rows.last_mut() else { continue };
        row.headings = row.headings.saturating_add(usize::from(heading));
        let cells = line.within(1..).replace("!!", "||");
        // Text before a single bar is the cell's attributes.
        let cells = cells.split("||").map(|cell| cell.rsplit('|').next().unwrap_or(cell).trim().to_owned());
        row.cells.extend(cells);
    }
    rows.retain(|row| !row.cells.is_empty());
    rows
}

/// `|===`, a line of headings, then several cells on a line or one on each.
fn ascii_doc(bytes: &[u8], near: usize, span: &Range<usize>) -> Option<TableCell> {
    let window = bytes.within(near..span.start);
    let fences: Vec<usize> = find_iter(window, b"|===").collect();
    let open = *fences.last().filter(|_| fences.len() % 2 == 1)?;
    let from = open.saturating_add(memchr(b'\n', window.within(open..))?).saturating_add(1);
    let text = window.within(from..);
    let text = text.within(text.iter().position(|byte| !byte.is_ascii_whitespace())?..);
    let first = memchr(b'\n', text)?;
    // Headings are on the first line, or one on each line up to an empty line.
    let alone = memchr_iter(b'|', text.within(..first)).count() == 1;
    let end = if alone { find(text, b"\n\n").or_else(|| find(text, b"\n\r\n"))? } else { first };
    let of = |text: &[u8]| {
        let text = lossy(text).into_owned();
        text.split('|').skip(1).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    let header = of(text.within(..end));
    let cells = of(text.within(end..));
    if header.is_empty() || cells.is_empty() {
        return None;
    }
    let column = cells.len().saturating_sub(1).checked_rem(header.len())?;
    let rest = bytes.within(span.end..line_end(bytes, span.end));
    let row =
        [cells.within(cells.len().saturating_sub(1).saturating_sub(column)..).join(" | "), lossy(rest).into_owned()]
            .join(" | ");
    let heading = header.get(column).cloned();
    Some(TableCell { syntax: Syntax::AsciiDoc, column, start: near.saturating_add(open), heading, row })
}

/// `<td>` and `<th>` in `<tr>`.
fn html(bytes: &[u8], near: usize, span: &Range<usize>) -> Option<TableCell> {
    let window = bytes.within(near..span.start);
    memrchr(b'<', window)?;
    let small = window.to_ascii_lowercase();
    let own = last_tag(&small, b"<td").max(last_tag(&small, b"<th"))?;
    if find(small.within(own..), b"</t").is_some() {
        return None;
    }
    let row_start = last_tag(small.within(..own), b"<tr").unwrap_or(0);
    let column = tags(small.within(row_start..=own.saturating_add(3))).count().checked_sub(1)?;
    let table = last_tag(&small, b"<table");
    let header = table.and_then(|table| {
        let row = table.saturating_add(find(small.within(table..), b"<tr")?);
        let end = find(small.within(row..), b"</tr")
            .or_else(|| find(small.within(row.saturating_add(1)..), b"<tr"))
            .map(|at| row.saturating_add(at))?;
        (end <= row_start).then_some(row..end)
    });
    let heading = header.and_then(|row| {
        let small = small.within(row.clone());
        let cell = tags(small).nth(column)?;
        let end = find(small.within(cell.saturating_add(1)..), b"<t")
            .or_else(|| find(small.within(cell..), b"</t"))
            .map_or(small.len(), |at| cell.saturating_add(1).saturating_add(at));
        Some(without_tags(&lossy(window.within(row).within(cell..end))).into_owned())
    });
    let rest = bytes.within(span.end..span.end.saturating_add(FURTHEST / 4).min(bytes.len()));
    let end = find(&rest.to_ascii_lowercase(), b"</tr").or_else(|| memchr(b'\n', rest)).unwrap_or(rest.len());
    let row = [without_tags(&lossy(window.within(row_start..))), without_tags(&lossy(rest.within(..end)))].join(" | ");
    Some(TableCell { syntax: Syntax::Html, column, start: near.saturating_add(table.unwrap_or(0)), heading, row })
}

/// The offset of the last tag with a name.
fn last_tag(text: &[u8], name: &[u8]) -> Option<usize> {
    let mut end = text.len();
    loop {
        let at = rfind(text.within(..end), name)?;
        if text.get(at.saturating_add(name.len())).is_none_or(|byte| !byte.is_ascii_alphanumeric()) {
            return Some(at);
        }
        end = at.saturating_add(name.len()).saturating_sub(1);
    }
}

/// The offsets of the cells of a row.
fn tags(text: &[u8]) -> impl Iterator<Item = usize> {
    find_iter(text, b"<t").filter(|at| {
        let name = text.within(at.saturating_add(2)..);
        matches!(name, [b'd' | b'h', rest @ ..] if rest.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()))
    })
}

/// A text without its tags.
pub(super) fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '>']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut tag = false;
    for c in text.chars() {
        match c {
            '<' => (tag, _) = (true, out.push(' ')),
            '>' => tag = false,
            c if !tag => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Columns separated by spaces; the heading is above, at the same offset in its line.
fn blanks(bytes: &[u8], start: usize, span: &Range<usize>) -> Option<TableCell> {
    /// The number of lines above a number in which the heading is looked for.
    const MAX_LINES_ABOVE: usize = 24;
    let own = bytes.within(start..span.start);
    // A column is clearly separated from the text on its left.
    let apart = |line: &[u8]| line.ends_with(b"  ") || line.ends_with(b"\t");
    if !apart(own) || own.trim_ascii().is_empty() {
        return None;
    }
    let words = |line: &[u8]| {
        let (left, cell) = line.split_at_checked(own.len())?;
        let end = find(cell, b"  ").unwrap_or(cell.len());
        let cell = cell.within(..end);
        let heads = apart(left) && cell.iter().any(u8::is_ascii_alphabetic);
        heads.then(|| lossy(cell).into_owned())
    };
    let near = start.saturating_sub(FURTHEST);
    let above = || bytes.within(near..start).split(|byte| *byte == b'\n').rev().skip(1).take(MAX_LINES_ABOVE);
    let heading = above().find_map(words);
    let seen: usize = above().map(|line| line.len().saturating_add(1)).sum();
    let rest = bytes.within(span.end..line_end(bytes, span.end));
    let row = [&lossy(own), " | ", &*lossy(rest)].concat();
    Some(TableCell { syntax: Syntax::Blanks, column: own.len(), start: start.saturating_sub(seen), heading, row })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headings and rows of every 1234567 in a text.
    fn cells(text: &str) -> Vec<(Option<String>, String)> {
        let mut last = None;
        let found = text.match_indices("1234567").map(|(at, number)| {
            let cell = cell(text.as_bytes(), &(at..at + number.len()), &mut last).unwrap_or_default();
            let row = cell.row.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            (cell.heading.map(|heading| heading.trim().to_owned()), row.collect::<Vec<_>>().join(" "))
        });
        found.collect()
    }

    fn of(heading: &str, row: &str) -> (Option<String>, String) {
        (Some(heading.to_owned()), row.to_owned())
    }

    #[test]
    fn every_row_of_every_syntax_has_its_heading() {
        let (a, b) = (of("Key to it", "Win 95"), of("Key to it", "Office"));
        for text in [
            "| Box | Key to it |\n|---|---|\n| Win 95 | 1234567 |\n| Office | 1234567 |\n",
            "Box | Key to it\n--- | ---\nWin 95 | 1234567\nOffice | 1234567\n",
            "+--------+-----------+\n| Box    | Key to it |\n+========+===========+\n| Win 95 | 1234567   |\n+--------+-----------+\n| Office | 1234567   |\n",
            "{| class=\"x\"\n! Box !! Key to it\n|-\n| Win 95 || 1234567\n|-\n| Office || 1234567\n|}\n",
            "{|\n! Box\n! style=\"a\" | Key to it\n|-\n| Win 95\n| 1234567\n|-\n| Office\n| align=right | 1234567\n|}\n",
            "<table>\n<tr><th>Box</th><th>Key to it</th></tr>\n<tr><td>Win 95</td><td>1234567</td></tr>\n<tr><td>Office</td><td><code>1234567</code></td></tr></table>",
            "<TABLE><THEAD><TR><TH>Box<TH>Key to it</TR></THEAD><TBODY><TR><TD>Win 95<TD>1234567</TR><TR><TD>Office<TD>1234567</TR></TABLE>",
            "|===\n|Box |Key to it\n\n|Win 95 |1234567\n|Office |1234567\n|===\n",
            "|===\n|Box\n|Key to it\n\n|Win 95\n|1234567\n\n|Office\n|1234567\n|===\n",
            "======  =========\nBox     Key to it\n======  =========\nWin 95  1234567\nOffice  1234567\n======  =========\n",
        ] {
            assert_eq!(cells(text), [a.clone(), b.clone()], "{text}");
        }
    }

    #[test]
    fn a_long_table_keeps_its_heading() {
        let rows = "| Office 97 Professional in the large box | 1234567 |\n".repeat(300);
        let found = cells(&format!("| Box | Key |\n|---|---|\n{rows}"));
        assert_eq!(found.len(), 300);
        assert!(found.iter().all(|(heading, _)| heading.as_deref() == Some("Key")));
    }

    #[test]
    fn what_is_in_no_table_has_no_heading() {
        for text in ["no table\n 1234567", "Box CD key\na   b     c 1234567", "<tr><td>a</td></tr> 1234567", "1234567"]
        {
            assert_eq!(cells(text)[0].0, None, "{text}");
        }
    }
}
