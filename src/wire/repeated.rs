//! Keys that occur in several places. There can be as many as there are keys, so they are stored compactly and written individually.

use super::Location;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, collections::HashMap, sync::Arc};

/// A place in one of several files: the index of the file, and line and column, counted from one.
///
/// Numbers that are too large are stored as the largest possible one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The index of the file.
    pub file: u32,
    /// The line.
    pub line: u32,
    /// The column in characters.
    pub column: u32,
}

/// Keys that occur in several places: a group of places for each. Cloning is cheap.
///
/// In a document it is a list of [`Repeated`].
///
/// ```
/// use jewelcase::internals::wire::{RepeatedKeys, Spot};
/// let spots = [(0, 1), (1, 7), (0, 2), (0, 3)].map(|(file, line)| Spot { file, line, column: 1 });
/// let keys = RepeatedKeys::new(vec!["a.txt".into(), "b.txt".into()], spots.into(), vec![2, 4]);
/// let groups: Vec<Vec<String>> =
///     keys.groups().map(|places| places.map(|(path, spot)| format!("{path}:{}", spot.line)).collect()).collect();
/// assert_eq!(groups, [["a.txt:1", "b.txt:7"], ["a.txt:2", "a.txt:3"]]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepeatedKeys(Arc<Groups>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Groups {
    files: Vec<Arc<str>>,
    /// The places of all groups, one group after another.
    spots: Vec<Spot>,
    /// The end of each group.
    ends: Vec<usize>,
}

impl RepeatedKeys {
    /// Groups of places in these files, one after another, and the end of each; places after the last end are left out.
    pub fn new(files: Vec<Arc<str>>, spots: Vec<Spot>, ends: Vec<usize>) -> Self {
        Self(Arc::new(Groups { files, spots, ends }))
    }

    /// The number of keys that occur in several places.
    pub fn len(&self) -> usize {
        self.0.ends.len()
    }

    /// Returns `true` if every key occurs in one place only.
    pub fn is_empty(&self) -> bool {
        self.0.ends.is_empty()
    }

    /// The places of each key, in their order: the path, and the place in the file.
    pub fn groups(&self) -> impl Iterator<Item = impl ExactSizeIterator<Item = (&str, Spot)>> {
        let starts = std::iter::once(0).chain(self.0.ends.iter().copied());
        starts.zip(&self.0.ends).map(|(start, end)| {
            let spots = self.0.spots.get(start..*end).unwrap_or_default();
            spots.iter().map(|spot| (self.0.files.get(spot.file as usize).map_or("", |file| file), *spot))
        })
    }
}

/// A key that occurs in several places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Repeated<'a> {
    /// The places, in the order of the input.
    pub places: Vec<Location<'a>>,
}

impl Serialize for RepeatedKeys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.groups().map(|places| {
            let places = places.map(|(path, Spot { line, column, .. })| Location {
                path: Cow::Borrowed(path),
                line: line.into(),
                column: column.into(),
            });
            Repeated { places: places.collect() }
        }))
    }
}

impl<'de> Deserialize<'de> for RepeatedKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut groups = Groups::default();
        let mut known: HashMap<Cow<'_, str>, u32> = HashMap::new();
        for repeated in Vec::<Repeated>::deserialize(deserializer)? {
            for Location { path, line, column } in repeated.places {
                let file = *known.entry(path).or_insert_with_key(|path| {
                    groups.files.push(Arc::from(path.as_ref()));
                    small((groups.files.len() as u64).saturating_sub(1))
                });
                groups.spots.push(Spot { file, line: small(line), column: small(column) });
            }
            groups.ends.push(groups.spots.len());
        }
        Ok(Self(Arc::new(groups)))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for RepeatedKeys {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Vec::<Repeated>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<Repeated>::json_schema(generator)
    }
}

/// A number, or the largest possible one.
pub(crate) fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_holds_them_as_they_were() {
        let spots = [(0, 1, 1), (1, u32::MAX, 3), (1, 2, 9), (1, 4, 1), (0, 4, 2)];
        let spots = spots.map(|(file, line, column)| Spot { file, line, column });
        let files = vec![Arc::from("a"), Arc::from("b \u{1b}\"")];
        for ends in [vec![], vec![2, 5]] {
            let spots = spots[..ends.last().copied().unwrap_or(0)].to_vec();
            let files = if ends.is_empty() { Vec::new() } else { files.clone() };
            let keys = RepeatedKeys::new(files, spots, ends);
            let json = serde_json::to_string(&keys).expect("it is plain data");
            assert_eq!(serde_json::from_str::<RepeatedKeys>(&json).expect("it was written so"), keys);
            let read: Vec<Repeated> = serde_json::from_str(&json).expect("it is a list of the same");
            assert_eq!(serde_json::to_string(&read).expect("it is plain data"), json);
        }
    }
}
