//! Fingerprints of findings that stay the same from run to run, although lines move, and that reveal nothing of a key.

use std::collections::HashMap;

/// Gives every finding of a run its fingerprint.
///
/// A fingerprint is made from the rule, the path, and the number of earlier findings of that rule in the path. The key is not
/// part of it: ten digits can be recovered from their hash in seconds.
///
/// ```
/// use jewelcase::internals::report::fingerprint::Fingerprints;
/// let mut fingerprints = Fingerprints::default();
/// let first = fingerprints.next("key/digit-sum", "lab/unattend.txt");
/// assert!(first.ends_with(":1") && fingerprints.next("key/digit-sum", "lab/unattend.txt").ends_with(":2"));
/// assert_eq!(Fingerprints::default().next("key/digit-sum", "lab/unattend.txt"), first);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fingerprints {
    seen: HashMap<u64, u64>,
}

impl Fingerprints {
    /// The fingerprint of the next finding of a rule in a file: 16 hexadecimal digits, a colon, and its ordinal there.
    pub fn next(&mut self, rule: &str, path: &str) -> String {
        let hash = hash([rule, "\0", path]);
        let ordinal = self.seen.entry(hash).or_default();
        *ordinal = ordinal.saturating_add(1);
        format!("{hash:016x}:{ordinal}")
    }
}

/// FNV-1a with 64 bits: the standard library has no hash that is guaranteed to stay the same from version to version.
fn hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    texts.into_iter().flat_map(str::bytes).fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::hash;

    /// Test vectors from the draft that describes the function (draft-eastlake-fnv).
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash([""]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(["a"]), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(["foo", "bar"]), 0x8594_4171_f739_67e8);
    }
}
