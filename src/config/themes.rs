//! Themes as files: a base, dark or light, and the colours that are other ones. A built-in one is a file in
//! `assets/themes` and its row of [`BUILT_IN`].

use super::near::nearest;
use super::{Fault, line_of};
use crate::theme::{Mode, Rgb, Scheme};
use std::sync::LazyLock;
use toml_edit::{Document, Item};

const BUILT_IN: &[(&str, &str)] = &[
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
    ("gruvbox", include_str!("../../assets/themes/gruvbox.toml")),
    ("nord", include_str!("../../assets/themes/nord.toml")),
    ("paper", include_str!("../../assets/themes/paper.toml")),
];

/// Those of the program, the two that follow the terminal first.
pub fn built_in() -> &'static [Scheme] {
    static ALL: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
        let of_file = BUILT_IN.iter().filter_map(|(name, text)| read(name, text).ok());
        [Mode::Dark, Mode::Light].map(Scheme::built_in).into_iter().chain(of_file).collect()
    });
    &ALL
}

/// Adds the user's own; one of a built-in name takes its place.
pub fn add(schemes: &mut Vec<Scheme>, own: &[(String, String)], faults: &mut Vec<Fault>) {
    for (name, text) in own {
        match read(name, text) {
            Ok(scheme) => {
                schemes.retain(|before| before.name != *name);
                schemes.push(scheme);
            }
            Err(fault) => {
                let sentence = format!("in themes/{name}.toml, {}", fault.sentence);
                faults.push(Fault { sentence, ..fault });
            }
        }
    }
}

fn read(name: &str, text: &str) -> Result<Scheme, Fault> {
    let document = Document::parse(text).map_err(|error| Fault::of_toml(text, &error))?;
    let table = document.as_table();
    let fault = |item: &Item, sentence: String| Fault { line: line_of(text, item.span()), sentence };
    let mode = match table.get("base").map(|item| (item, item.as_str())) {
        None | Some((_, Some("dark"))) => Mode::Dark,
        Some((_, Some("light"))) => Mode::Light,
        Some((item, _)) => return Err(fault(item, "`base` is \"dark\" or \"light\"".to_owned())),
    };
    let mut scheme = Scheme::based_on(mode, name);
    if let Some((unknown, item)) = table.iter().find(|(key, _)| !["base", "colours"].contains(key)) {
        return Err(fault(item, format!("there is no `{unknown}` in a theme, only `base` and `[colours]`")));
    }
    let colours = table.get("colours").and_then(Item::as_table_like);
    for (key, item) in colours.into_iter().flat_map(|colours| colours.iter()) {
        let colour = item.as_str().and_then(Rgb::read);
        let wrong = || fault(item, format!("`{key}` is a colour, written as \"#b0a2ff\""));
        if !scheme.set(key, colour.ok_or_else(wrong)?) {
            return Err(fault(item, format!("no colour is called `{key}`. {}", nearest(key, Scheme::colours()))));
        }
    }
    Ok(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_is_one() {
        assert_eq!(built_in().len(), BUILT_IN.len() + 2);
        for (name, text) in BUILT_IN {
            read(name, text).unwrap();
        }
    }

    #[test]
    fn text_is_readable_in_every_built_in_theme_at_every_depth() {
        for scheme in built_in() {
            assert_eq!(scheme.unreadable(), Vec::<String>::new(), "{}", scheme.name);
        }
    }

    #[test]
    fn a_theme_says_what_is_wrong_with_it_and_where() {
        let wrong = |text| read("mine", text).unwrap_err().to_string();
        assert_eq!(wrong("base = \"grey\""), "Line 1: `base` is \"dark\" or \"light\"");
        let colour = "Line 3: `text` is a colour, written as \"#b0a2ff\"";
        assert_eq!(wrong("base = \"dark\"\n[colours]\ntext = \"red\""), colour);
        let unknown = "Line 2: no colour is called `acent`. Did you mean `accent`?";
        assert_eq!(wrong("[colours]\nacent = \"#ffffff\""), unknown);
    }
}
