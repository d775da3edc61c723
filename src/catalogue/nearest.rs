//! Known ids that are written much like an unknown one.

/// At most three of `known`, the nearest first; none that is quite different.
pub fn nearest<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    /// Below this similarity a suggestion is a guess.
    const ALIKE: f64 = 0.8;
    // Ids are short; a long text is no slip of one, and comparing it would take its length squared.
    if id.len() > 64 {
        return Vec::new();
    }
    let id = id.to_lowercase();
    let mut near: Vec<_> = known
        .map(|other| (strsim::jaro_winkler(&id, other), other))
        .filter(|&(likeness, other)| likeness >= ALIKE || other.contains(id.as_str()) && id.len() > 3)
        .collect();
    near.sort_by(|(left, left_id), (right, right_id)| right.total_cmp(left).then(left_id.cmp(right_id)));
    near.into_iter().take(3).map(|(_, other)| other.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_id_and_nonsense_finds_none() {
        let known = ["office-97", "outlook-97", "outlook-98"];
        assert_eq!(nearest("outlok-97", known.into_iter())[0], "outlook-97");
        assert_eq!(nearest("qqq", known.into_iter()), Vec::<String>::new());
    }
}
