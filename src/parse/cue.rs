//! Reads a cue sheet: the tracks of a CD, and the files that contain them.

/// A track of a CD.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The name of its file, as in the sheet.
    pub file: String,
    /// The format of its sectors.
    pub mode: Mode,
    /// The first sector in its file that is its own, counted from the beginning of the file as if all sectors were of the same length.
    pub start: u64,
    /// The first sector after it, if another track follows in the same file.
    pub end: Option<u64>,
}

/// The format of the sectors of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Data, in sectors of this length.
    Data(u64),
    /// Sound, in sectors of this length.
    Audio(u64),
}

/// Reads a cue sheet; `None` if the text is not one.
///
/// ```text
/// sheet = {REM … | FILE name type {TRACK number mode {INDEX number mm:ss:ff | …}} | …}
/// ```
/// CDRWIN user's guide, appendix A. A text is not a cue sheet if it names no file, or a file without a track, a track of an
/// unknown mode, or an index that is not a time.
pub fn tracks(text: &str) -> Option<Vec<Track>> {
    let mut tracks: Vec<Track> = Vec::new();
    let (mut file, mut mode, mut gap) = (None, None, None);
    for line in text.trim_start_matches('\u{FEFF}').lines().map(str::trim) {
        let (command, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match command.to_ascii_uppercase().as_str() {
            "FILE" => {
                (file, mode, gap) = (Some(file_name(rest)?), None, None);
            }
            "TRACK" => {
                file.as_ref()?;
                (mode, gap) = (Some(track_mode(rest.split_whitespace().nth(1)?)?), None);
            }
            "INDEX" => {
                let (number, time) = rest.split_once(char::is_whitespace)?;
                let sector = time_sector(time.trim())?;
                match number.parse::<u8>().ok()? {
                    0 => gap = Some(sector),
                    1 => {
                        let (file, mode) = (file.clone()?, mode.take()?);
                        if let Some(before) = tracks.last_mut().filter(|before| before.file == file) {
                            before.end = Some(gap.unwrap_or(sector));
                        }
                        tracks.push(Track { file, mode, start: sector, end: None });
                    }
                    2.. => {}
                }
            }
            _ => {}
        }
    }
    (!tracks.is_empty()).then_some(tracks)
}

/// ```text
/// name = '"' … '"' type | word type
/// ```
fn file_name(text: &str) -> Option<String> {
    let name = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?.0,
        None => text.rsplit_once(char::is_whitespace)?.0.trim_end(),
    };
    (!name.is_empty()).then(|| name.to_owned())
}

fn track_mode(text: &str) -> Option<Mode> {
    match text.to_ascii_uppercase().as_str() {
        "AUDIO" => Some(Mode::Audio(2352)),
        "CDG" => Some(Mode::Audio(2448)),
        other => {
            let (mode, length) = other.split_once('/')?;
            let known = ["MODE1", "MODE2", "CDI"].contains(&mode);
            let length = length.parse().ok().filter(|length| [2048, 2324, 2336, 2352, 2448].contains(length))?;
            known.then_some(Mode::Data(length))
        }
    }
}

fn time_sector(text: &str) -> Option<u64> {
    let mut parts = text.split(':').map(|part| part.parse::<u16>().ok().map(u64::from));
    let (minute, second, frame) = (parts.next()??, parts.next()??, parts.next()??);
    (parts.next().is_none() && second < 60 && frame < 75)
        .then_some(minute.saturating_mul(60).saturating_add(second).saturating_mul(75).saturating_add(frame))
}

#[cfg(test)]
mod tests {
    use super::{Mode, Track, tracks};

    #[test]
    fn tracks_follow_each_other() {
        let sheet = "\u{FEFF}REM made by hand\r\nFILE \"A Disc.BIN\" BINARY\r\n  TRACK 01 MODE1/2352\r\n    INDEX 01 00:00:00\r\n  TRACK 02 AUDIO\r\n\
                     \x20   INDEX 00 10:00:00\r\n    INDEX 01 10:02:00\r\nFILE b.wav WAVE\r\n  TRACK 03 AUDIO\r\n    INDEX 01 00:00:00\r\n";
        let track = |file: &str, mode, start, end| Track { file: file.to_owned(), mode, start, end };
        let expected = vec![
            track("A Disc.BIN", Mode::Data(2352), 0, Some(45_000)),
            track("A Disc.BIN", Mode::Audio(2352), 45_150, None),
            track("b.wav", Mode::Audio(2352), 0, None),
        ];
        assert_eq!(tracks(sheet), Some(expected));
    }

    #[test]
    fn other_texts_are_no_sheets() {
        for text in [
            "",
            "FILE a.bin BINARY",
            "TRACK 01 AUDIO\nINDEX 01 00:00:00",
            "FILE \"a.bin BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00",
            "FILE a.bin BINARY\nTRACK 01 MODE3/2352\nINDEX 01 00:00:00",
            "FILE a.bin BINARY\nTRACK 01 AUDIO\nINDEX 01 00:60:00",
            "FILE a.bin BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00",
        ] {
            assert_eq!(tracks(text), None, "{text}");
        }
    }
}
