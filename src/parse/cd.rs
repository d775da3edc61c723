//! Reads the bytes around the 2,048 bytes of data of a sector, in an image that contains a CD as recorded.

/// The bytes at the beginning of a sector.
pub const SYNC: &[u8; 12] = b"\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0";

/// The length of a sector with its sync bytes, header and error correction.
pub const RAW_SECTOR: u64 = 2352;

/// The length of a sector followed by the 96 bytes of its subchannels.
pub const SECTOR_WITH_SUBCHANNELS: u64 = 2448;

/// The length of a sector of mode 2 without its sync bytes and header.
pub const HEADLESS_SECTOR: u64 = 2336;

/// The number of bytes of a sector that contain files.
pub const DATA: usize = 2048;

/// The number of bytes that [`head`] needs.
pub const HEAD: usize = 24;

/// The contents of a sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Mode 1: the data begin at byte 16.
    Mode1,
    /// Mode 2, form 1: the data begin at byte 24.
    Mode2,
    /// Mode 2, form 2: sound or pictures, with less error correction.
    Form2,
    /// Another mode.
    Other(u8),
}

/// The header of a sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the sector, counted from the first one of the data area, which follows 150 others; `None` if the address is not a
    /// number.
    pub sector: Option<i32>,
    /// Its contents.
    pub content: Content,
}

/// Reads the header of a sector; `None` if there is none, or it is truncated.
///
/// ```text
/// sector = sync(12) minute second frame mode(1)    data(2048) error correction(288)    mode 1
///          sync(12) minute second frame mode(1) subheader(4) subheader(4) data(2048) error correction(280)    mode 2, form 1
/// ```
/// ECMA-130, section 14, for the sector and mode 1; mode 2 has its forms from CD-ROM XA. Addresses are decimal, a digit in four bits.
pub fn head(bytes: &[u8]) -> Option<Head> {
    let [minute, second, frame, mode] = *bytes.strip_prefix(SYNC)?.first_chunk()?;
    let sector = address(minute, second, frame);
    let content = match mode {
        1 => Content::Mode1,
        2 => subheader(bytes.get(16..HEAD)?),
        other => Content::Other(other),
    };
    Some(Head { sector, content })
}

/// Reads a subheader of mode 2, which is stored twice. If the copies disagree on the form, one is damaged, or the sector is of a mode 2
/// without forms.
pub fn subheader(bytes: &[u8]) -> Content {
    const FORM_2: u8 = 0x20;
    match bytes {
        [_, _, first, _, _, _, second, ..] if (first ^ second) & FORM_2 != 0 => Content::Other(2),
        [_, _, submode, ..] if submode & FORM_2 != 0 => Content::Form2,
        [..] => Content::Mode2,
    }
}

fn address(minute: u8, second: u8, frame: u8) -> Option<i32> {
    let number = |digits: u8| {
        (digits >> 4 < 10 && digits & 15 < 10)
            .then(|| i32::from(digits >> 4).saturating_mul(10).saturating_add(i32::from(digits & 15)))
    };
    Some(
        number(minute)?
            .saturating_mul(60)
            .saturating_add(number(second)?)
            .saturating_mul(75)
            .saturating_add(number(frame)?)
            .saturating_sub(150),
    )
}

#[cfg(test)]
mod tests {
    use super::{Content, Head, SYNC, head};

    #[test]
    fn sectors_tell_their_address_and_mode() {
        let sector = |rest: &[u8]| head(&[SYNC.as_slice(), rest].concat());
        assert_eq!(sector(&[0, 2, 0x16, 1]), Some(Head { sector: Some(16), content: Content::Mode1 }));
        assert_eq!(sector(&[0, 0, 0, 1]), Some(Head { sector: Some(-150), content: Content::Mode1 }));
        assert_eq!(sector(&[0x0A, 2, 0, 0]), Some(Head { sector: None, content: Content::Other(0) }));
        assert_eq!(sector(&[0, 2, 0, 2]), None);
        let xa =
            |first: u8, second: u8| sector(&[0, 2, 0, 2, 0, 0, first, 0, 0, 0, second, 0]).map(|head| head.content);
        assert_eq!(xa(0x08, 0x89), Some(Content::Mode2));
        assert_eq!(xa(0x28, 0x28), Some(Content::Form2));
        assert_eq!(xa(0x28, 0x08), Some(Content::Other(2)));
        assert_eq!(head(&[0; 24]), None);
    }
}
