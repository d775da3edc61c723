//! The README keeps its word: every console block shows what the program really prints.

use std::{fs, process::Command};

/// A command of a console block and the lines shown below it.
struct Shown {
    command: String,
    lines: Vec<String>,
}

fn blocks(text: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match line.strip_prefix("$ ") {
                Some(command) => shown.push(Shown { command: command.to_owned(), lines: Vec::new() }),
                None => shown.last_mut().expect("a block begins with its command").lines.push(line.to_owned()),
            },
        }
    }
    shown
}

/// Words as a shell splits them, as far as the README needs it: blanks and double quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, piece) in command.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(piece.split_whitespace().map(str::to_owned)),
            _ => words.push(piece.to_owned()),
        }
    }
    words
}

#[test]
fn every_console_block_shows_the_real_output() {
    let readme = fs::read_to_string("README.md").expect("the README is in the repository");
    let blocks = blocks(&readme);
    assert!(blocks.len() >= 5, "{} commands", blocks.len());
    for Shown { command, lines } in blocks {
        let words = words(&command);
        let (program, arguments) = words.split_first().expect("a command has a name");
        assert_eq!(program, "jewelcase");
        let output = Command::new(env!("CARGO_BIN_EXE_jewelcase")).args(arguments).output().expect("the program runs");
        let stdout = String::from_utf8(output.stdout).expect("reports are UTF-8");
        match lines.split_last() {
            // A block that is cut short says so.
            Some((last, head)) if last == "…" => {
                let printed: Vec<_> = stdout.lines().take(head.len()).collect();
                assert_eq!(printed, head, "{command}");
            }
            _ => assert_eq!(stdout.lines().collect::<Vec<_>>(), lines, "{command}"),
        }
    }
}

/// The picture is drawn from the program's own coloured output. `UPDATE_PICTURE=1 cargo test --test readme` draws it anew.
#[test]
fn the_picture_is_drawn_from_the_real_output() {
    let command = "check 123-4567890 --product windows-95 --color always";
    let output =
        Command::new(env!("CARGO_BIN_EXE_jewelcase")).args(command.split(' ')).output().expect("the program runs");
    let coloured = String::from_utf8(output.stdout).expect("reports are UTF-8");
    let shown = format!("\u{1b}[1m$ jewelcase {}\u{1b}[0m\n\n{coloured}", command.trim_end_matches(" --color always"));
    let drawn = anstyle_svg::Term::new().render_svg(&shown);
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        fs::create_dir_all("docs").expect("the folder can be made");
        fs::write("docs/check.svg", &drawn).expect("the picture can be written");
    }
    let stored = fs::read_to_string("docs/check.svg").expect("the picture is in the repository");
    assert!(stored == drawn, "docs/check.svg shows an older output");
}
