//! Every sign of the interface that is not a letter of a sentence, in two sets: Unicode and ASCII.
//! To add one, add a row to the table: its name, its width in cells, both forms.

use std::borrow::Cow;

use ratatui::symbols::border;

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident $width:literal $unicode:literal $ascii:literal)*) => {
        /// One set of signs; widgets say `glyphs.contact`.
        #[derive(Debug)]
        pub struct Glyphs {
            $($(#[$doc])* pub $name: &'static str,)*
            /// The border of what floats.
            pub border: border::Set<'static>,
            /// Frames of the spinner.
            pub spinner: &'static [&'static str],
        }

        pub static UNICODE: Glyphs = Glyphs {
            $($name: $unicode,)*
            border: border::ROUNDED,
            spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
        };

        pub static ASCII: Glyphs = Glyphs {
            $($name: $ascii,)*
            border: border::Set {
                top_left: "+", top_right: "+", bottom_left: "+", bottom_right: "+",
                vertical_left: "|", vertical_right: "|", horizontal_top: "-", horizontal_bottom: "-",
            },
            spinner: &["|", "/", "-", "\\"],
        };

        #[cfg(test)]
        const ROWS: &[(&str, usize, &str, &str)] = &[$((stringify!($name), $width, $unicode, $ascii),)*];
    };
}

glyphs! {
    lejek         1 "▽" "v"
    contact       1 "◉" "u"
    company       1 "▦" "#"
    deal          1 "◈" "$"
    ticket        1 "◫" "t"
    lead          1 "▽" "v"
    custom        1 "⬡" "*"

    hot           1 "▲" "^"
    warm          1 "■" "="
    cold          1 "▼" "v"
    unlabelled    1 "·" "."
    /// Before an option, in its colour.
    option        1 "●" "*"
    open          1 "○" "o"
    closed_well   1 "●" "+"
    closed_badly  1 "✕" "x"
    meter_full    1 "━" "="
    meter_half    1 "╾" "-"
    meter_rest    1 "─" "."
    idle          1 "◌" "~"
    /// Instead of the spinner.
    still         1 "…" "~"

    call          1 "✆" "c"
    email         1 "@" "@"
    meeting       1 "◷" "m"
    note          1 "✎" "n"
    task          1 "□" "-"
    task_done     1 "✓" "x"
    postal_mail   1 "⊠" "p"
    linkedin      2 "in" "in"
    sms           2 "sm" "sm"
    whatsapp      2 "wa" "wa"
    event         1 "↯" "!"
    outgoing      1 "→" ">"
    incoming      1 "←" "<"
    pinned        1 "▴" "^"
    primary       1 "★" "*"
    unread        1 "●" "o"

    box_on        3 "[✓]" "[x]"
    box_off       3 "[ ]" "[ ]"
    /// Can't be ticked; the reason stands in its row.
    box_never     3 "[–]" "[/]"
    /// Will be taken away.
    box_going     3 "[-]" "[-]"
    radio_on      1 "●" "*"
    radio_off     1 "○" "o"
    toggle_on     3 "━━●" "[x]"
    toggle_off    3 "○──" "[ ]"

    marked        1 "✓" "x"
    ascending     1 "↑" "^"
    descending    1 "↓" "v"
    folded        1 "▸" "+"
    unfolded      1 "▾" "-"
    select        1 "▾" "v"
    /// Left of the cursor row.
    bar           1 "▌" ">"
    /// Left of a toast, in the colour of its kind.
    edge          1 "▌" "|"
    /// The scrollbar's thumb.
    thumb         1 "▐" "|"
    crumb         1 "›" ">"
    previous      1 "‹" "<"
    next          1 "›" ">"
    warning       1 "!" "!"
    error         1 "✕" "x"
    done          1 "✓" "+"
    no_right      1 "⊘" "!"
    changed       1 "*" "*"
    unsaved       1 "●" "*"
    remove        1 "×" "x"
    ellipsis      1 "…" "~"
    /// An empty value.
    nothing       1 "–" "-"
    /// A row that is still being read.
    skeleton      3 "▒▒▒" "..."
    /// Between facts of one line.
    dot           1 "·" "-"
    times         1 "×" "x"

    rule          1 "─" "-"
    rule_heavy    1 "━" "="
    falling       1 "╲" "\\"
    rising        1 "╱" "/"
    upright       1 "│" "|"
}

/// How far a record has come, in three cells of half steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meter {
    pub filled: String,
    pub rest: String,
    pub tone: Tone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Underway,
    /// The stage before the last.
    Close,
    Last,
}

impl Glyphs {
    /// The set that the locale can show. Without any locale most terminals of today take UTF-8.
    pub fn detect(env: impl Fn(&str) -> Option<String>) -> &'static Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| env(name).filter(|value| !value.is_empty()))
            .map(|value| value.to_lowercase().replace('-', ""));
        match locale {
            Some(locale) if !locale.contains("utf8") => &ASCII,
            _ => &UNICODE,
        }
    }

    /// A sentence of the program's own in the letters of this set.
    pub fn spell<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if text.is_ascii() || !self.rule.is_ascii() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.replace('…', "...").replace(['“', '”'], "\""))
    }

    /// Stage `position` of `stages`, counted from 1.
    pub fn meter(&self, position: usize, stages: usize) -> Meter {
        let stages = stages.max(1);
        let position = position.clamp(1, stages);
        let halves = ((12 * position + stages) / (2 * stages)).max(1);
        let half = if halves % 2 == 1 { self.meter_half } else { "" };
        Meter {
            filled: self.meter_full.repeat(halves / 2) + half,
            rest: self.meter_rest.repeat(3 - halves.div_ceil(2)),
            tone: match stages - position {
                0 => Tone::Last,
                1 => Tone::Close,
                _ => Tone::Underway,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_glyph_is_as_wide_as_its_row_says() {
        for (name, width, unicode, ascii) in ROWS {
            for form in [unicode, ascii] {
                assert_eq!(form.width(), *width, "{name} {form}");
                assert!(!form.contains('\u{FE0F}'), "{name} has an emoji form");
            }
            assert!(ascii.is_ascii(), "{name}");
        }
        for frame in UNICODE.spinner.iter().chain(ASCII.spinner) {
            assert_eq!(frame.width(), 1, "{frame}");
        }
    }

    #[test]
    fn the_locale_chooses_the_set() {
        let with = |name: &'static str, value: &'static str| {
            Glyphs::detect(move |asked| (asked == name).then(|| value.to_owned())).contact
        };
        assert_eq!(with("LANG", "pl_PL.UTF-8"), UNICODE.contact);
        assert_eq!(with("LC_ALL", "C.utf8"), UNICODE.contact);
        assert_eq!(with("LANG", "C"), ASCII.contact);
        assert_eq!(with("LC_CTYPE", "de_DE.ISO-8859-1"), ASCII.contact);
        assert_eq!(with("OTHER", ""), UNICODE.contact);
    }

    #[test]
    fn sentences_are_spelled_in_the_letters_of_the_set() {
        assert_eq!(UNICODE.spell("No deal holds “x”…"), "No deal holds “x”…");
        assert_eq!(ASCII.spell("No deal holds “x”…"), "No deal holds \"x\"...");
    }

    #[test]
    fn the_meter_fills_by_half_cells() {
        let shown = |position, stages| {
            let Meter { filled, rest, .. } = UNICODE.meter(position, stages);
            filled + &rest
        };
        let six: Vec<_> = (1..=6).map(|position| shown(position, 6)).collect();
        assert_eq!(six, ["╾──", "━──", "━╾─", "━━─", "━━╾", "━━━"]);
        assert_eq!(shown(1, 20), "╾──", "at least a half");
        assert_eq!(shown(3, 4), "━━╾", "4.5 rounds up");
        assert_eq!(shown(9, 4), "━━━", "a position past the end is the end");
        assert_eq!(shown(1, 0), "━━━");
        assert_eq!(ASCII.meter(3, 6).filled, "=-");
    }

    #[test]
    fn the_meter_says_when_the_end_is_near() {
        let tone = |position| UNICODE.meter(position, 6).tone;
        assert_eq!([tone(4), tone(5), tone(6)], [Tone::Underway, Tone::Close, Tone::Last]);
    }
}
