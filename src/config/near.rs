//! What somebody may have meant who wrote a name that is none.

/// `Did you mean …?`, or all there are where none is near.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let near = known.iter().map(|name| (distance(written, name), *name)).min();
    match near {
        Some((apart, name)) if apart <= written.chars().count() / 3 => format!("Did you mean `{name}`?"),
        _ if known.len() <= 12 => format!("There are {}", known.join(", ")),
        _ => String::new(),
    }
}

/// Letters that differ, as Levenshtein counts them.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut above = std::mem::replace(&mut row[0], at + 1);
        for (place, known) in other.iter().enumerate() {
            let changed = above + usize::from(letter != *known);
            above = row[place + 1];
            row[place + 1] = changed.min(above + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}
