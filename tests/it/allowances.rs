//! Comments in a file that accept findings: of their own line, and of the next if they are alone.

use crate::program::moment::run_in;
use std::fs;

/// Status and output of a scan of a folder with just this file.
fn scan(name: &str, text: &str, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join(name), text).expect("a file can be written");
    run_in(folder.path(), &[&["scan", "."], arguments].concat(), b"")
}

#[test]
fn a_comment_accepts_the_findings_of_its_line_or_the_next() {
    for (name, text) in [
        ("a.txt", "# jewelcase: allow key/digit-sum - a sample\nCD key 111-1111112\n"),
        ("b.txt", "CD key 111-1111112 # jewelcase: allow key/digit-sum - a sample\n"),
        ("c.md", "<!-- jewelcase: allow key/digit-sum \u{2014} a sample -->\nCD key: `111-1111112`\n"),
        ("d.sh", "# jewelcase: allow key/digit-sum: a sample\nCDKEY=111-1111112\n"),
        ("keys.txt", "111-1111111\n; jewelcase: allow key/digit-sum - a sample\n111-1111112\n"),
        ("e.ini", "[Dogs]\n; jewelcase: allow key/digit-sum - a sample\nPid=111-1111112\n"),
        ("f.bat", "rem jewelcase: allow key/digit-sum, answer/left-behind - a sample\r\nsetup /k \"1111111112\"\r\n"),
        (
            "g.txt",
            "// jewelcase: allow key/digit-sum (a)\n// jewelcase: allow key/last-digit (b)\nCD key 111-1111119\n",
        ),
    ] {
        let said = scan(name, text, &[]);
        assert!(said.starts_with("status: 0\n"), "{name}: {said}");
        let said = scan(name, text, &["--show-suppressed"]);
        assert!(said.contains("suppressed: a"), "{name}: {said}");
    }
}

#[test]
fn a_comment_accepts_nothing_else() {
    for text in [
        "# jewelcase: allow key/digit-sum - a sample\n\nCD key 111-1111112\n",
        "# jewelcase: allow key/last-digit - a sample\nCD key 111-1111112\n",
        "CD key 111-1111111 # jewelcase: allow key/digit-sum - a sample\nCD key 111-1111112\n",
        "# jewelcase: allow key/digit-sum\nCD key 111-1111112\n",
        "# jewelcase: allow key/no-such-rule - a sample\nCD key 111-1111112\n",
        "jewelcase: allow key/digit-sum - a sample\nCD key 111-1111112\n",
    ] {
        assert!(scan("a.txt", text, &[]).starts_with("status: 1\n"), "{text}");
    }
}

#[test]
fn a_comment_without_rule_or_reason_is_a_warning() {
    for (comment, message) in [
        ("# jewelcase: allow key/digit-sum", "this comment gives no reason"),
        (
            "# jewelcase: allow key/no-such-rule - a sample",
            "this comment allows \"key/no-such-rule\", which is not a rule",
        ),
        ("# jewelcase: allow - a sample", "this comment names no rule to allow"),
    ] {
        let said = scan("a.txt", &format!("{comment}\nCD key 111-1111112\n"), &[]);
        assert!(said.contains(&format!("a.txt:1:1: warning[config/unclear-suppression]: {message}")), "{said}");
    }
}
