//! Colours as numbers: mixing, WCAG contrast, and their nearest neighbour among the 256 of xterm.

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The steps of the 6×6×6 cube that starts at index 16.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
/// xterm's first 16, which many terminals paint otherwise: good enough to dim them.
const NAMED: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f, 0xff_0000,
    0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];

impl Rgb {
    pub const BLACK: Self = Self::hex(0);
    pub const WHITE: Self = Self::hex(0xff_ffff);

    pub const fn hex(value: u32) -> Self {
        let [_, r, g, b] = value.to_be_bytes();
        Self(r, g, b)
    }

    /// `#b0a2ff`.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && !digits.starts_with('+'))?;
        u32::from_str_radix(digits, 16).ok().map(Self::hex)
    }

    /// `share` of this colour over `ground`.
    #[must_use]
    pub fn over(self, ground: Self, share: f32) -> Self {
        let mix = |a: u8, b: u8| (f32::from(b) + (f32::from(a) - f32::from(b)) * share).round() as u8;
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }

    /// The ratio of WCAG 2, from 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f32 {
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Squared distance in the cube.
    pub fn distance(self, other: Self) -> i32 {
        let d = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        d(self.0, other.0) + d(self.1, other.1) + d(self.2, other.2)
    }

    /// The nearest of the cube and the greys; the first 16 are left out since every terminal paints its own.
    pub fn nearest_index(self) -> u8 {
        let step = |channel: u8| -> u8 {
            match channel {
                0..48 => 0,
                48..115 => 1,
                _ => (channel - 35) / 40,
            }
        };
        let cube = 16 + 36 * step(self.0) + 6 * step(self.1) + step(self.2);
        let average = (u16::from(self.0) + u16::from(self.1) + u16::from(self.2)) / 3;
        let grey = 232 + (average.saturating_sub(3) / 10).min(23) as u8;
        let distance = |index| self.distance(Self::of_index(index));
        if distance(grey) < distance(cube) { grey } else { cube }
    }

    pub fn of_index(index: u8) -> Self {
        match index {
            0..16 => Self::hex(NAMED[usize::from(index)]),
            16..232 => {
                let n = index - 16;
                let step = |i: u8| STEPS[usize::from(i)];
                Self(step(n / 36), step(n / 6 % 6), step(n % 6))
            }
            _ => {
                let level = 8 + 10 * (index - 232);
                Self(level, level, level)
            }
        }
    }
}
