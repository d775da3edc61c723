//! The values of a registry that are of interest.

/// A value of interest, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A Product ID.
    ProductId,
    /// A key in clear, as Windows 98 and Me keep it.
    ProductKey,
    /// The name of the product.
    ProductName,
    /// The channel, as a number.
    ProductType,
    /// The version of Windows NT.
    CurrentVersion,
    /// The version of Windows 95, 98 or Me.
    VersionNumber,
}

impl Wanted {
    /// The kind of a value with this name; `None` if it is of no interest, whatever it contains.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        const NAMES: [(&[u8], Wanted); 7] = [
            (b"productid", Wanted::ProductId),
            (b"pid", Wanted::ProductId),
            (b"productkey", Wanted::ProductKey),
            (b"productname", Wanted::ProductName),
            (b"producttype", Wanted::ProductType),
            (b"currentversion", Wanted::CurrentVersion),
            (b"versionnumber", Wanted::VersionNumber),
        ];
        NAMES.iter().find(|(wanted, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, wanted)| *wanted)
    }
}

/// The format of a registry file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Of Windows 95, 98 and Me.
    Creg,
    /// Of Windows NT.
    Regf,
}

/// A value of a key that is of interest.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) wanted: Wanted,
    pub(super) name: String,
    pub(super) text: String,
    /// The offset of its data in the file.
    pub(super) offset: u64,
}
