//! A Client Add Pack: a diskette with licences, and its history.

use std::{fmt, ops::Range};

/// One diskette, which the notation `4.0x5:used=5-10` describes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pack {
    /// The version of Small Business Server that it was made for.
    pub version: String,
    /// The number of its licences.
    pub size: u32,
    /// True if the tab is closed, so that the server cannot write to it.
    pub protected: bool,
    /// The numbers of licences between which it has raised a server.
    pub used: Option<(u32, u32)>,
    /// True if another server has used it.
    pub other_server: bool,
    /// The version of a server on which it was tried before it was converted for it.
    pub tried_on: Option<String>,
    /// True if the Client Add Packs Upgrade utility has converted it.
    pub converted: bool,
    /// True if it is known to be useless.
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

/// A part of a text with unexpected contents.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}: expected {expected}, found {}", if self.found().is_empty() { "the end".to_owned() } else { format!("`{}`", self.found()) })]
pub struct NotationError {
    /// The whole text.
    pub text: String,
    /// The expectation.
    pub expected: String,
    /// The place, in bytes of the text.
    pub span: Range<usize>,
}

impl NotationError {
    fn found(&self) -> &str {
        self.text.get(self.span.clone()).unwrap_or_default()
    }
}
