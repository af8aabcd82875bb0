//! The keys of the file beside the keymap. A new one is a row of [`OPTIONS`] and the field of [`Config`] that it fills.

use super::near::nearest;
use super::{AUTO, Config, DensityChoice, GlyphChoice, KEYS, ThemeChoice, kind_of};
use toml_edit::Item;

pub struct ConfigOption {
    pub name: &'static str,
    /// As the settings call it.
    pub label: &'static str,
    pub help: &'static str,
    pub kind: Kind,
}

pub enum Kind {
    Theme,
    Switch(fn(&mut Config) -> &mut bool),
    /// What it may be, the default first, each with what it means; how one is read from the config and put there.
    Choice(&'static [(&'static str, &'static str)], fn(&Config) -> usize, fn(&mut Config, usize)),
}

pub const OPTIONS: &[ConfigOption] = &[
    ConfigOption {
        name: "theme",
        label: "Theme",
        help: "Auto follows the terminal. Files in the folder themes beside this file are themes too.",
        kind: Kind::Theme,
    },
    ConfigOption {
        name: "glyphs",
        label: "Signs",
        help: "ASCII for terminals and fonts that lack the others.",
        kind: Kind::Choice(
            &[("auto", "As the locale says"), ("unicode", "Unicode"), ("ascii", "ASCII")],
            |config| config.glyphs as usize,
            |config, at| config.glyphs = [GlyphChoice::Auto, GlyphChoice::Unicode, GlyphChoice::Ascii][at],
        ),
    },
    ConfigOption {
        name: "density",
        label: "Row height of timelines",
        help: "What z d turns for a while.",
        kind: Kind::Choice(
            &[("auto", "As the window is high"), ("comfortable", "Comfortable"), ("compact", "Compact")],
            |config| config.density as usize,
            |config, at| {
                config.density = [DensityChoice::Auto, DensityChoice::Comfortable, DensityChoice::Compact][at];
            },
        ),
    },
    ConfigOption {
        name: "mouse",
        label: "Mouse",
        help: "Off, the terminal selects text with it.",
        kind: Kind::Switch(|config| &mut config.mouse),
    },
    ConfigOption {
        name: "footer",
        label: "Keys in the last row",
        help: "Off, the row stays blank until a prefix is pressed.",
        kind: Kind::Switch(|config| &mut config.footer),
    },
    ConfigOption {
        name: "reduced_motion",
        label: "Reduced motion",
        help: "On, nothing turns; a sign says that something is on its way.",
        kind: Kind::Switch(|config| &mut config.reduced_motion),
    },
];

impl ConfigOption {
    pub fn of(name: &str) -> Option<&'static ConfigOption> {
        OPTIONS.iter().find(|option| option.name == name)
    }

    /// As it is now, in words.
    pub fn shown(&self, config: &Config) -> String {
        match &self.kind {
            Kind::Theme => match &config.theme {
                ThemeChoice::Auto => "Auto".to_owned(),
                ThemeChoice::Named(name) => name.clone(),
                ThemeChoice::Both { light, dark } => format!("{light} when light, {dark} when dark"),
            },
            Kind::Switch(_) => if self.is_on(config) { "On" } else { "Off" }.to_owned(),
            Kind::Choice(choices, at, _) => choices[at(config)].1.to_owned(),
        }
    }

    pub fn is_on(&self, config: &Config) -> bool {
        match &self.kind {
            Kind::Switch(field) => *field(&mut config.clone()),
            Kind::Theme | Kind::Choice(..) => false,
        }
    }
}

pub(super) fn is_one(name: &str) -> bool {
    ConfigOption::of(name).is_some()
}

/// Takes a value of the file, or says what is wrong with it.
pub(super) fn take(name: &str, item: &Item, config: &mut Config) -> Result<(), String> {
    let Some(option) = ConfigOption::of(name) else {
        let known = OPTIONS.iter().map(|option| option.name).chain([KEYS]);
        return Err(format!("there is no `{name}` to set. {}", nearest(name, known)));
    };
    match &option.kind {
        Kind::Theme => config.theme = theme(item, config)?,
        Kind::Switch(field) => {
            let value = item.as_bool().ok_or_else(|| {
                format!("`{name}` is {} here. Write `{name} = true` or `{name} = false`", kind_of(item))
            })?;
            *field(config) = value;
        }
        Kind::Choice(choices, _, put) => {
            let at = item.as_str().and_then(|value| choices.iter().position(|(known, _)| *known == value));
            let all = || choices.iter().map(|(known, _)| format!("\"{known}\"")).collect::<Vec<_>>().join(", ");
            put(config, at.ok_or_else(|| format!("`{name}` is one of {}", all()))?);
        }
    }
    Ok(())
}

fn theme(item: &Item, config: &Config) -> Result<ThemeChoice, String> {
    let known = |name: &str| {
        let names: Vec<&str> = config.schemes.iter().map(|scheme| scheme.name.as_str()).collect();
        let is_one = names.contains(&name);
        is_one
            .then(|| name.to_owned())
            .ok_or_else(|| format!("no theme is called `{name}`. There are auto, {}", names.join(", ")))
    };
    if let Some(name) = item.as_str() {
        return if name == AUTO { Ok(ThemeChoice::Auto) } else { known(name).map(ThemeChoice::Named) };
    }
    let both = item.as_table_like().filter(|table| table.len() == 2);
    let named = |name| both.and_then(|table| table.get(name)).and_then(Item::as_str);
    match (named("light"), named("dark")) {
        (Some(light), Some(dark)) => Ok(ThemeChoice::Both { light: known(light)?, dark: known(dark)? }),
        _ => Err("`theme` is \"auto\", the name of a theme, or `{ light = \"paper\", dark = \"nord\" }`".to_owned()),
    }
}
