//! The way an input was found, which decides the severity if it cannot be opened.

/// The way a file was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discovery {
    /// The user named it.
    Named,
    /// A walk found it in a folder, an archive or an image.
    Met,
}
