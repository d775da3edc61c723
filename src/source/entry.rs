//! The entries of a volume's folders, and the handles with which they are listed and read.

use super::{Fault, ancestors::Ancestor};
use std::{cmp::Ordering, path::PathBuf, sync::Arc};

/// The contents of one folder.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The entries that could be read, sorted by name without regard to case; names that differ only in case, by their characters.
    pub entries: Vec<Entry>,
    /// The entries that could not be read, and oddities of the folder that cost no entry.
    pub faults: Vec<Fault>,
}

/// A file or folder of a volume.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name in the volume: the long one if there are two. Bytes that are not text become U+FFFD.
    pub name: String,
    /// The 8.3 name, if the volume has one that differs from `name`.
    pub short: Option<String>,
    /// The kind of the entry.
    pub kind: EntryKind,
    /// The size in bytes according to the folder; 0 for anything but a file.
    pub size: u64,
    /// The time of the last write; `None` if the volume has none, and for the folders of a folder.
    pub modified: Option<Timestamp>,
    /// DOS attributes; `None` if the volume has none.
    pub attributes: Option<Attributes>,
    /// The handle to list or read it with.
    pub node: Node,
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, which is never followed.
    Link,
    /// Neither: a device, a pipe, a socket.
    Other,
}

/// DOS attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attributes {
    /// Not to be written.
    pub read_only: bool,
    /// Not shown by `DIR`.
    pub hidden: bool,
    /// Part of the system.
    pub system: bool,
}

/// A date and time as the volume stores it: local time of the writing machine on disk images and in ZIP archives, Coordinated Universal
/// Time in folders. Compare it only within one volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day, 1 to 31.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59; FAT and ZIP keep even ones only.
    pub second: u8,
}

/// The handle of a file or folder, valid only for the volume that returned it.
#[derive(Clone, Debug)]
pub struct Node {
    pub(super) path: String,
    pub(super) place: NodeLocation,
}

/// The location of a node in its volume.
#[derive(Clone, Debug)]
pub(super) enum NodeLocation {
    /// Below the folder: at the node's path, or at this one if the path is not text.
    Path(Option<PathBuf>),
    /// A file in a chain of clusters, of which this is the first; 0 for an empty file.
    Clusters(u32),
    /// A folder in a chain of clusters.
    FolderOfClusters {
        /// The first of them; 0 for a root folder in an area of its own.
        first: u32,
        /// The folders above it; `None` for the root.
        line: Option<Arc<Ancestor>>,
    },
    /// A file in ranges of bytes; none if they are interleaved with others.
    Extents(Arc<[ByteRange]>),
    /// A folder in a range of bytes.
    FolderExtent {
        /// The range.
        extent: ByteRange,
        /// The folders above it; `None` for the root.
        line: Option<Arc<Ancestor>>,
    },
    #[cfg_attr(not(feature = "archives"), expect(dead_code, reason = "archives are read with this feature only"))]
    /// A file of an archive, by the offset of its record in the list of files.
    Member(u64),
    #[cfg_attr(not(feature = "archives"), expect(dead_code, reason = "archives are read with this feature only"))]
    /// A folder of an archive.
    FolderOfMembers(Members),
}

/// The paths in one folder of an archive, as a range of all sorted paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Members {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The length, in bytes, of each path before the names in the folder.
    pub(super) depth: u16,
}

/// A range of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ByteRange {
    pub(super) start: u64,
    pub(super) length: u64,
}

impl Listing {
    /// Returns `true` if nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.faults.is_empty()
    }
}

impl Node {
    /// The path inside the volume, with `/` between names; empty for the root.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The fault of a handle that cannot be listed: a file's, or another volume's.
    pub(super) fn no_folder(&self) -> Fault {
        Fault::unreadable(self.path(), "expected a folder of this volume; found something else")
    }

    /// The fault of a handle that cannot be read: a folder's, a link's, or another volume's.
    pub(super) fn no_file(&self) -> Fault {
        Fault::unreadable(self.path(), "expected a file of this volume; found something else")
    }

    /// The path of an entry in this folder.
    pub(super) fn join(&self, name: &str) -> String {
        let mut path = String::with_capacity(self.path.len().saturating_add(name.len()).saturating_add(1));
        if !self.path.is_empty() {
            path.push_str(&self.path);
            path.push('/');
        }
        path.push_str(name);
        path
    }
}

impl Timestamp {
    /// Unpacks the two words that DOS stores; `None` if they are not a date, as in files that were never dated.
    pub(super) fn from_dos(date: u16, time: u16) -> Option<Self> {
        let part = |word: u16, shift: u32, bits: u32| (word >> shift & !(u16::MAX << bits)) as u8;
        let stamp = Self {
            year: (date >> 9).saturating_add(1980),
            month: part(date, 5, 4),
            day: part(date, 0, 5),
            hour: part(time, 11, 5),
            minute: part(time, 5, 6),
            second: part(time, 0, 5).saturating_mul(2),
        };
        stamp.is_plausible().then_some(stamp)
    }

    /// The day, counted from the beginning of 1970.
    #[expect(clippy::arithmetic_side_effects, reason = "a year is at most 65,535, so that no term is above 25 million")]
    pub fn day_number(&self) -> i64 {
        // Years begin in March here, so that a leap day ends one.
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
    }

    /// Returns `true` if every part is in its range; the lengths of the months are not checked.
    pub(super) fn is_plausible(&self) -> bool {
        let date = (1..=12).contains(&self.month) && (1..=31).contains(&self.day);
        date && self.hour < 24 && self.minute < 60 && self.second < 60
    }

    /// The moment this many seconds after the beginning of 1970; `None` outside the years 0 to 9999.
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "i64 seconds have fewer than 2^47 days, so that no term is near the end of i64"
    )]
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Years begin in March here, so that a leap day is the last day of its year. An era of 400 years has 146,097 days.
        let days = days.checked_add(719_468)?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let small = |value: i64| u8::try_from(value).ok();
        Some(Self {
            year: u16::try_from(year).ok().filter(|year| *year <= 9999)?,
            month: small(month)?,
            day: small(day_of_year - (153 * month_from_march + 2) / 5 + 1)?,
            hour: small(rest / 3_600)?,
            minute: small(rest / 60 % 60)?,
            second: small(rest % 60)?,
        })
    }
}

/// The order of a listing.
pub(super) fn by_name(one: &Entry, other: &Entry) -> Ordering {
    let folded = if one.name.is_ascii() && other.name.is_ascii() {
        let lower = |byte: u8| byte.to_ascii_lowercase();
        one.name.bytes().map(lower).cmp(other.name.bytes().map(lower))
    } else {
        one.name.chars().flat_map(char::to_lowercase).cmp(other.name.chars().flat_map(char::to_lowercase))
    };
    folded.then_with(|| one.name.cmp(&other.name))
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn moments_become_dates() {
        let at = |year, month, day, hour, minute, second| Some(Timestamp { year, month, day, hour, minute, second });
        assert_eq!(Timestamp::from_unix(0), at(1970, 1, 1, 0, 0, 0));
        assert_eq!(Timestamp::from_unix(951_782_400), at(2000, 2, 29, 0, 0, 0));
        assert_eq!(Timestamp::from_unix(805_041_060), at(1995, 7, 6, 14, 31, 0));
        assert_eq!(Timestamp::from_unix(-1), at(1969, 12, 31, 23, 59, 59));
        assert_eq!(Timestamp::from_unix(i64::MAX), None);
        for seconds in [0, 951_782_400, 951_868_800, 805_041_060, -1] {
            let day = Timestamp::from_unix(seconds).map(|stamp| stamp.day_number());
            assert_eq!(day, Some(seconds.div_euclid(86_400)), "{seconds}");
        }
        assert_eq!(Timestamp::from_dos(0x1EE6, 0x73E0), at(1995, 7, 6, 14, 31, 0));
        assert_eq!(Timestamp::from_dos(0, 0), None);
        assert_eq!(Timestamp::from_dos(0x1EE6, 0xC000), None);
    }
}
