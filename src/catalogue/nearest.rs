//! Known ids that resemble an unknown one.

/// At most three of `known`, the most similar first; none that is quite different.
pub fn nearest<'a>(id: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    nearest_of(id, known.map(|known| (known, known)))
}

/// At most three ids, each with one of its names, the one with the most similar name first; none that is quite different.
pub(super) fn nearest_of<'a>(id: &str, known: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    /// Below this similarity a suggestion is a guess.
    const MIN_SIMILARITY: f64 = 0.8;
    // Ids are short. A long text is not a misspelled id, and comparing it takes quadratic time.
    if id.len() > 64 {
        return Vec::new();
    }
    let id = id.to_lowercase();
    let mut near: Vec<(f64, &str)> = known
        .map(|(known, name)| (known, name.to_lowercase()))
        .map(|(known, name)| (strsim::jaro_winkler(&id, &name), known, name))
        .filter(|(likeness, _, name)| *likeness >= MIN_SIMILARITY || name.contains(id.as_str()) && id.len() > 3)
        .map(|(likeness, known, _)| (likeness, known))
        .collect();
    near.sort_by(|(left, left_id), (right, right_id)| right.total_cmp(left).then(left_id.cmp(right_id)));
    let mut ids: Vec<String> = Vec::new();
    for (_, known) in near {
        if ids.len() < 3 && !ids.iter().any(|id| id == known) {
            ids.push(known.to_owned());
        }
    }
    ids
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
