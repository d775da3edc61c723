//! A Client Add Pack: a diskette with licences, and what has happened to it so far.

use std::{fmt, ops::Range};

/// One diskette, as the notation `4.0x5:used=5-10` has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pack {
    /// The version of Small Business Server that it was made for.
    pub version: String,
    /// How many licences it holds.
    pub size: u32,
    /// The tab is closed, so that the server cannot write to it.
    pub protected: bool,
    /// The step that it has raised a server by.
    pub used: Option<(u32, u32)>,
    /// Another server than this one has used it.
    pub other_server: bool,
    /// The version of a server that it was tried on before it was converted for it.
    pub tried_on: Option<String>,
    /// The Client Add Packs Upgrade utility has converted it.
    pub converted: bool,
    /// It is known to be useless.
    pub defective: bool,
}

impl fmt::Display for Pack {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}x{}", self.version, self.size)?;
        if self.protected {
            formatter.write_str(":protected")?;
        }
        if let Some((from, to)) = self.used {
            write!(formatter, ":used={from}-{to}")?;
        }
        if self.other_server {
            formatter.write_str(":other-server")?;
        }
        if let Some(version) = &self.tried_on {
            write!(formatter, ":tried-on-{version}")?;
        }
        if self.converted {
            formatter.write_str(":converted")?;
        }
        if self.defective {
            formatter.write_str(":defective")?;
        }
        Ok(())
    }
}

/// A part of a text that is not what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}: expected {expected}, found {}", if self.found().is_empty() { "the end".to_owned() } else { format!("`{}`", self.found()) })]
pub struct NotationError {
    /// The whole text.
    pub text: String,
    /// What was expected.
    pub expected: String,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
}

impl NotationError {
    fn found(&self) -> &str {
        self.text.get(self.span.clone()).unwrap_or_default()
    }
}
