//! What is known of the terminal that is drawn on, and how a scheme looks there.

use super::{Depth, Mode, Rgb, Scheme, Theme};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    pub depth: Depth,
    /// Dark or light by the environment, where another terminal may have left it: the terminal itself knows better.
    pub told: Option<Mode>,
    /// The terminal's own background, where it said so.
    pub background: Option<Rgb>,
    /// It was asked and did not say.
    pub is_silent: bool,
}

impl Default for Ground {
    fn default() -> Ground {
        Ground::of(Depth::TrueColour, None)
    }
}

impl Ground {
    pub fn of(depth: Depth, told: Option<Mode>) -> Ground {
        Ground { depth, told, background: None, is_silent: false }
    }

    pub fn mode(&self) -> Mode {
        self.background.map(Mode::of).or(self.told).unwrap_or_default()
    }

    /// `is_chosen`: the user named it. Then it is painted where the terminal does not tell its ground.
    pub fn theme(&self, scheme: &Scheme, is_chosen: bool) -> Theme {
        let theme = Theme::of(scheme, self.depth, self.background);
        if scheme.paints || (is_chosen && self.is_silent) { theme.painted() } else { theme }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_terminal_says_goes_before_the_environment() {
        let told = Ground::of(Depth::TrueColour, Some(Mode::Light));
        assert_eq!(told.mode(), Mode::Light);
        assert_eq!(Ground { background: Some(Rgb::BLACK), ..told }.mode(), Mode::Dark);
        assert_eq!(Ground::default().mode(), Mode::Dark);
    }

    #[test]
    fn a_scheme_of_its_own_is_painted_and_the_built_in_one_only_on_a_silent_terminal() {
        let ground = Ground { background: Some(Rgb::hex(0xff_ffff)), ..Ground::default() };
        let own = ground.theme(&Scheme::based_on(Mode::Dark, "mine"), true);
        assert_eq!(own, Theme::new(Mode::Dark, Depth::TrueColour, None).painted());
        let silent = Ground { is_silent: true, ..Ground::default() };
        let dark = Scheme::built_in(Mode::Dark);
        assert_eq!(silent.theme(&dark, true), Theme::default().painted());
        assert_eq!(silent.theme(&dark, false), Theme::default());
    }
}
