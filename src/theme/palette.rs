//! The two palettes, and how their shades follow the terminal's own background. A new colour is a field, its two values
//! and its name in `scheme`.

use super::{Mode, rgb::Rgb};

/// What text needs over every ground (WCAG AA).
pub const READABLE: f32 = 4.5;
/// Channel differences, added up, from which a background counts as another one than the assumed.
const FAR: u16 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    pub text: Rgb,
    pub dim: Rgb,
    pub accent: Rgb,
    pub ok: Rgb,
    pub warn: Rgb,
    pub err: Rgb,
    pub cold: Rgb,
    pub bg: Rgb,
    pub surface: Rgb,
    pub raised: Rgb,
    pub sel: Rgb,
    pub selgrey: Rgb,
    pub line: Rgb,
    pub faint: Rgb,
    pub edge: Rgb,
    pub onaccent: Rgb,
    /// Of options: grey, violet, blue, green, amber, red.
    pub tints: [Rgb; 6],
}

const DARK: Palette = Palette {
    text: Rgb::hex(0xda_dde4),
    dim: Rgb::hex(0x93_9baa),
    accent: Rgb::hex(0xb0_a2ff),
    ok: Rgb::hex(0x8f_d094),
    warn: Rgb::hex(0xe6_b968),
    err: Rgb::hex(0xf5_8f82),
    cold: Rgb::hex(0x7c_bcec),
    bg: Rgb::hex(0x10_1216),
    surface: Rgb::hex(0x19_1c23),
    raised: Rgb::hex(0x23_2730),
    sel: Rgb::hex(0x2b_2849),
    selgrey: Rgb::hex(0x23_2730),
    line: Rgb::hex(0x2f_3541),
    faint: Rgb::hex(0x55_5d6b),
    edge: Rgb::hex(0x6b_62a8),
    onaccent: Rgb::hex(0x15_121f),
    tints: [
        Rgb::hex(0x93_9baa),
        Rgb::hex(0xc9_a2ee),
        Rgb::hex(0x86_b4f4),
        Rgb::hex(0x8f_d094),
        Rgb::hex(0xe6_b968),
        Rgb::hex(0xf5_8f82),
    ],
};

const LIGHT: Palette = Palette {
    text: Rgb::hex(0x22_252d),
    dim: Rgb::hex(0x59_606e),
    accent: Rgb::hex(0x55_41c9),
    ok: Rgb::hex(0x25_6b3b),
    warn: Rgb::hex(0x83_5400),
    err: Rgb::hex(0xb0_2a22),
    cold: Rgb::hex(0x1b_628f),
    bg: Rgb::hex(0xfc_fcfd),
    surface: Rgb::hex(0xf2_f3f7),
    raised: Rgb::hex(0xe8_eaf0),
    sel: Rgb::hex(0xe3_dffb),
    selgrey: Rgb::hex(0xe6_e8ee),
    line: Rgb::hex(0xd3_d7e0),
    faint: Rgb::hex(0xa7_aebb),
    edge: Rgb::hex(0x88_7bd8),
    onaccent: Rgb::hex(0xff_ffff),
    tints: [
        Rgb::hex(0x59_606e),
        Rgb::hex(0x7a_3fae),
        Rgb::hex(0x1f_5ba3),
        Rgb::hex(0x25_6b3b),
        Rgb::hex(0x83_5400),
        Rgb::hex(0xb0_2a22),
    ],
};

impl Palette {
    pub fn of(mode: Mode) -> Self {
        match mode {
            Mode::Dark => DARK,
            Mode::Light => LIGHT,
        }
    }

    /// The palette for a terminal with this background, and whether the page must be painted to be readable.
    pub fn over(self, background: Option<Rgb>) -> (Self, bool) {
        let Some(bg) = background.filter(|bg| self.is_far(*bg)) else {
            return (self, false);
        };
        let mixed = self.mixed(bg);
        if mixed.is_readable() { (mixed, false) } else { (self, true) }
    }

    fn is_far(&self, bg: Rgb) -> bool {
        let Rgb(r, g, b) = self.bg;
        let apart = |x: u8, y: u8| u16::from(x.abs_diff(y));
        apart(r, bg.0) + apart(g, bg.1) + apart(b, bg.2) > FAR
    }

    fn mixed(self, bg: Rgb) -> Self {
        let raised = self.text.over(bg, 0.09);
        let grounds = Self {
            bg,
            surface: self.text.over(bg, 0.05),
            raised,
            selgrey: raised,
            sel: self.accent.over(bg, 0.18),
            ..self
        };
        let lifted = |text: Rgb| grounds.lifted(text);
        Self {
            dim: lifted(self.dim),
            accent: lifted(self.accent),
            ok: lifted(self.ok),
            warn: lifted(self.warn),
            err: lifted(self.err),
            cold: lifted(self.cold),
            tints: self.tints.map(lifted),
            ..grounds
        }
    }

    /// `text` moved away from the background just as far as it must to be read on it, which is not at all on most.
    fn lifted(&self, text: Rgb) -> Rgb {
        let away = match Mode::of(self.bg) {
            Mode::Dark => Rgb::WHITE,
            Mode::Light => Rgb::BLACK,
        };
        (0..=8u8)
            .map(|step| away.over(text, f32::from(step) * 0.05))
            .find(|candidate| self.carries(*candidate))
            .unwrap_or(text)
    }

    pub fn texts(&self) -> impl Iterator<Item = Rgb> {
        let roles = [self.text, self.dim, self.accent, self.ok, self.warn, self.err, self.cold];
        roles.into_iter().chain(self.tints)
    }

    pub fn grounds(&self) -> [Rgb; 5] {
        [self.bg, self.surface, self.raised, self.sel, self.selgrey]
    }

    pub fn is_readable(&self) -> bool {
        self.texts().all(|text| self.carries(text))
    }

    fn carries(&self, text: Rgb) -> bool {
        self.grounds().into_iter().all(|ground| text.contrast(ground) >= READABLE)
    }

    /// The same in xterm's 256 colours: grounds and lines the nearest, text the nearest that stays readable on them.
    #[must_use]
    pub fn indexed(self) -> Self {
        let near = |rgb: Rgb| Rgb::of_index(rgb.nearest_index());
        let grounds = Self {
            bg: near(self.bg),
            surface: near(self.surface),
            raised: near(self.raised),
            sel: near(self.sel),
            selgrey: near(self.selgrey),
            ..self
        };
        let legible = |rgb: Rgb| {
            (16..=255)
                .map(Rgb::of_index)
                .filter(|candidate| grounds.carries(*candidate))
                .min_by_key(|candidate| candidate.distance(rgb))
                .unwrap_or_else(|| near(rgb))
        };
        Self {
            text: legible(self.text),
            dim: legible(self.dim),
            accent: legible(self.accent),
            ok: legible(self.ok),
            warn: legible(self.warn),
            err: legible(self.err),
            cold: legible(self.cold),
            tints: self.tints.map(legible),
            line: near(self.line),
            faint: near(self.faint),
            edge: near(self.edge),
            onaccent: near(self.onaccent),
            ..grounds
        }
    }
}
