//! Reads the records of a virtual disk of VMware: the header of a sparse file, and the text that describes a disk.

use nom::{
    IResult, Parser,
    bytes::complete::{tag, take},
    number::complete::{le_u8, le_u16, le_u32, le_u64},
};

/// The signature of a sparse file.
pub const MARK: &[u8] = b"KDMV";

/// The beginning of a description.
pub const DESCRIPTION: &[u8] = b"# Disk DescriptorFile";

/// The length of the header of a sparse file, and of its copy near the end of a file written as a stream.
pub const HEADER_LENGTH: usize = 512;

/// The header of a sparse file, in sectors of 512 bytes. Nothing is checked here: any field can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The version of the format.
    pub version: u32,
    /// Bits: 1 the line ends can be tested, 2 two directories, 4 the entry 1 of a table means a grain of zeros, 0x10000 compressed, 0x20000
    /// with markers.
    pub flags: u32,
    /// The length of the disk.
    pub capacity: u64,
    /// The length of a grain.
    pub grain: u64,
    /// The offset of the description; 0 for none.
    pub description: u64,
    /// The length of the description.
    pub description_length: u64,
    /// The number of entries in a table of grains.
    pub table_entries: u32,
    /// The offset of the directory of tables; all ones if it is in the copy of this header.
    pub directory: u64,
    /// True if the line ends are unchanged: copying the file as text would have changed them.
    pub line_ends: bool,
    /// The compression method: 0 none, 1 deflate.
    pub compression: u16,
}

/// The location of a compressed grain, which precedes its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedGrain {
    /// The sector of the disk at which it begins.
    pub sector: u64,
    /// The number of compressed bytes that follow.
    pub length: u32,
}

/// The length of [`PackedGrain`].
pub const PACKED_GRAIN_LENGTH: usize = 12;

/// The text that describes a disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// The name of the disk to which this one contains the differences; `None` if it is complete by itself.
    pub parent: Option<String>,
    /// The files with its sectors, in order.
    pub extents: Vec<Extent>,
}

/// A file with sectors of a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The number of sectors.
    pub sectors: u64,
    /// The way it stores them: `FLAT`, `SPARSE`, `ZERO`, …
    pub kind: String,
    /// The name of the file.
    pub name: Option<String>,
    /// The sector of the file at which they begin.
    pub start: u64,
}

/// Reads the header of a sparse file; `None` if there is none, or it is truncated.
///
/// ```text
/// header = "KDMV" version(4) flags(4) capacity(8) grain(8) description(8) description length(8) table entries(4)
///          second directory(8) directory(8) overhead(8) unclean(1) 0A 20 0D 0A compression(2) …, little-endian
/// ```
/// VMware, *Virtual Disk Format* 5.0.
pub fn header(bytes: &[u8]) -> Option<Header> {
    let (_, header) = fields(bytes).ok()?;
    Some(header)
}

/// Reads the record before a compressed grain; `None` if it is truncated.
pub fn packed_grain(bytes: &[u8]) -> Option<PackedGrain> {
    let (_, (sector, length)) = grain_fields(bytes).ok()?;
    Some(PackedGrain { sector, length })
}

/// Reads a description, up to its first NUL byte.
///
/// # Errors
/// The number of a line that begins like one for a file but is not valid.
pub fn description(text: &str) -> Result<Description, usize> {
    const NO_PARENT: &str = "ffffffff";
    let text = text.split('\0').next().unwrap_or_default();
    let mut description = Description::default();
    for (number, line) in text.lines().map(str::trim).enumerate() {
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if ["RW", "RDONLY", "NOACCESS"].iter().any(|access| first.eq_ignore_ascii_case(access)) {
            description.extents.push(extent(rest).ok_or(number.saturating_add(1))?);
        } else if let Some((name, value)) = line.split_once('=')
            && name.trim().eq_ignore_ascii_case("parentCID")
        {
            let value = value.trim();
            description.parent = (!value.eq_ignore_ascii_case(NO_PARENT)).then(|| value.to_owned());
        }
    }
    Ok(description)
}

/// ```text
/// extent = sectors kind ['"' name '"' [start]]      after its access: RW, RDONLY or NOACCESS
/// ```
fn extent(text: &str) -> Option<Extent> {
    let (words, quoted) = match text.split_once('"') {
        Some((words, quoted)) => (words, Some(quoted)),
        None => (text, None),
    };
    let mut words = words.split_whitespace();
    let sectors = words.next()?.parse().ok()?;
    let kind = words.next()?.to_ascii_uppercase();
    let (name, after) = quoted
        .map(|quoted| quoted.rsplit_once('"'))
        .map_or(Some((None, "")), |named| named.map(|(name, after)| (Some(name), after)))?;
    let start = after.split_whitespace().next().map_or(Some(0), |start| start.parse().ok())?;
    Some(Extent { sectors, kind, name: name.map(str::to_owned), start })
}

fn fields(bytes: &[u8]) -> IResult<&[u8], Header> {
    let (rest, (_mark, version, flags, capacity, grain)) = (tag(MARK), le_u32, le_u32, le_u64, le_u64).parse(bytes)?;
    let (rest, (description, description_length, table_entries)) = (le_u64, le_u64, le_u32).parse(rest)?;
    let (rest, (_second, directory, _overhead, _unclean)) = (le_u64, le_u64, le_u64, le_u8).parse(rest)?;
    let (rest, (line_ends, compression)) = (take(4_usize), le_u16).parse(rest)?;
    let line_ends = line_ends == b"\n \r\n";
    let header = Header {
        version,
        flags,
        capacity,
        grain,
        description,
        description_length,
        table_entries,
        directory,
        line_ends,
        compression,
    };
    Ok((rest, header))
}

fn grain_fields(bytes: &[u8]) -> IResult<&[u8], (u64, u32)> {
    (le_u64, le_u32).parse(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Description, Extent, description};

    #[test]
    fn descriptions_name_their_files() {
        let text = "# Disk DescriptorFile\nversion=1\nparentCID=FFFFFFFF\ncreateType=\"twoGbMaxExtentFlat\"\n\n# Extent description\n\
                    RW 4192256 FLAT \"a disk=f001.vmdk\" 0\r\nrdonly 63 flat \"b.vmdk\" 128\nRW 5 ZERO \n\
                    ddb.adapterType = \"ide\"\n\0RW 1 FLAT \"d.vmdk\" 0\n";
        let extent = |sectors, kind: &str, name: Option<&str>, start| Extent {
            sectors,
            kind: kind.to_owned(),
            name: name.map(str::to_owned),
            start,
        };
        let extents = vec![
            extent(4_192_256, "FLAT", Some("a disk=f001.vmdk"), 0),
            extent(63, "FLAT", Some("b.vmdk"), 128),
            extent(5, "ZERO", None, 0),
        ];
        assert_eq!(description(text), Ok(Description { parent: None, extents }));
        assert_eq!(description("parentCID=1f2e3d4c").map(|read| read.parent), Ok(Some("1f2e3d4c".to_owned())));
    }

    #[test]
    fn no_file_is_lost_without_a_word() {
        for line in ["RW many FLAT \"c.vmdk\" 0", "RW 5", "RW 5 FLAT \"c.vmdk", "RW 5 FLAT \"c.vmdk\" first", "RW"] {
            assert_eq!(description(&format!("CID=1\n{line}\n")), Err(2), "{line}");
        }
    }
}
