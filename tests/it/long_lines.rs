//! Lines that are longer than what is read at once: text is read in parts, and a key in the middle has its right column.

use crate::program::moment::run_in;
use std::fs;

/// A megabyte and more, without a line end or a number of five digits.
fn filler(piece: &str) -> String {
    piece.repeat((3 << 20) / piece.len() + 1)
}

#[test]
fn a_minified_bundle_is_read_like_any_text() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let bundle = ["!function(){", &filler("a=1;"), "}();\n"].concat();
    fs::write(folder.path().join("bundle.min.js"), bundle).expect("a file can be written");
    let said = run_in(folder.path(), &["scan", ".", "--no-config"], b"");
    assert!(said.starts_with("status: 0\n") && said.contains("\n0 in all\n"), "{said}");
}

#[test]
fn a_key_in_a_long_line_has_its_column() {
    for (name, before, piece) in [
        ("a.js", "", "x=1;"),
        ("b.txt", "A title\n\n", "no key "),
        ("c.html", "", "é<br>"),
        ("d.ini", "[x]\na=", "b "),
        ("e.txt", "", "ab"),
    ] {
        let line = [&filler(piece), " CD key 111-1111112 ", &filler(piece)].concat();
        let text = [before, &line, "\nCD key 111-1111113\n"].concat();
        let at = text.find("111-1111112").expect("the key is in the text");
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let (row, column) = (text[..at].matches('\n').count() + 1, text[start..at].chars().count() + 1);
        let expected = [format!("{row}:{column}"), format!("{}:8", row + 1)];
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join(name), &text).expect("a file can be written");
        for (arguments, input) in [(["scan", "."], &b""[..]), (["scan", "-"], text.as_bytes())] {
            let said = run_in(folder.path(), &arguments, input);
            let places = said.lines().filter(|line| line.contains("111-*******: ")).map(|line| {
                let (place, _) = line.split_once(": ").expect("a place comes first");
                place.split_once(':').expect("a path comes first").1.to_owned()
            });
            assert_eq!(places.collect::<Vec<_>>(), expected, "{name}");
        }
    }
}
