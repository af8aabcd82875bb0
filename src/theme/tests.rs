//! Contrast, depths and dimming.

use ratatui::{buffer::Buffer, layout::Rect};

use super::{palette::READABLE, *};

fn env<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
    |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
}

fn worst(palette: &Palette) -> (f32, Rgb, Rgb) {
    let pairs = palette.texts().flat_map(|text| palette.grounds().map(|ground| (text, ground)));
    pairs.map(|(text, ground)| (text.contrast(ground), text, ground)).min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

#[test]
fn all_text_is_readable_on_all_grounds() {
    for mode in [Mode::Dark, Mode::Light] {
        let (ratio, text, ground) = worst(&Palette::of(mode));
        assert!(ratio >= READABLE, "{mode:?}: {text:?} on {ground:?} has {ratio}");
    }
}

#[test]
fn buttons_are_readable_and_edges_visible() {
    for mode in [Mode::Dark, Mode::Light] {
        let palette = Palette::of(mode);
        assert!(palette.onaccent.contrast(palette.accent) >= READABLE, "{mode:?}");
        assert!(palette.edge.contrast(palette.bg) >= 3.0, "{mode:?}");
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    assert!((Rgb::BLACK.contrast(Rgb::WHITE) - 21.0).abs() < 0.01);
    assert!((Palette::of(Mode::Dark).text.contrast(Rgb::hex(0x10_1216)) - 13.8).abs() < 0.05);
}

#[test]
fn in_256_colours_text_stays_readable() {
    for mode in [Mode::Dark, Mode::Light] {
        let (ratio, text, ground) = worst(&Palette::of(mode).indexed());
        assert!(ratio >= READABLE, "{mode:?}: {text:?} on {ground:?} has {ratio}");
    }
}

#[test]
fn shades_follow_the_terminals_background() {
    let base = Palette::of(Mode::Dark);
    assert_eq!(base.over(Some(Rgb::hex(0x12_1418))), (base, false), "a near background changes nothing");
    for ground in [0x00_0000, 0x1e_1e2e, 0x00_2b36, 0x28_2828, 0x2e_3440] {
        let (palette, painted) = base.over(Some(Rgb::hex(ground)));
        assert!(!painted, "{ground:06x}");
        assert_eq!(palette.bg, Rgb::hex(ground));
        assert!(palette.is_readable(), "{ground:06x}");
    }
    let (palette, _) = base.over(Some(Rgb::hex(0x00_0000)));
    assert_eq!(palette.dim, base.dim, "text stays where it can be read as it is");
    let (solarized, painted) = Palette::of(Mode::Light).over(Some(Rgb::hex(0xfd_f6e3)));
    assert!(solarized.is_readable() && !painted);
    let (palette, painted) = base.over(Some(Rgb::hex(0x55_5555)));
    assert!(painted, "a grey that nothing can be read on is painted over");
    assert_eq!(palette, base);
}

#[test]
fn a_painted_page_has_its_ground() {
    let plain = Theme::new(Mode::Dark, Depth::TrueColour, None);
    let painted = Theme::new(Mode::Dark, Depth::TrueColour, Some(Rgb::hex(0x55_5555)));
    assert_eq!(plain.page.bg, None);
    assert_eq!(painted.page.bg, Some(Color::Rgb(0x10, 0x12, 0x16)));
}

#[test]
fn the_nearest_of_256_is_the_nearest() {
    for rgb in [0x10_1216, 0xb0_a2ff, 0xda_dde4, 0x8f_d094, 0x55_41c9, 0xff_ffff, 0x80_8080, 0x2b_2849].map(Rgb::hex) {
        let best = (16..=255u8).map(|i| Rgb::of_index(i).distance(rgb)).min().unwrap();
        assert_eq!(Rgb::of_index(rgb.nearest_index()).distance(rgb), best, "{rgb:?}");
    }
}

#[test]
fn the_depth_is_told_from_the_environment() {
    type Variables = &'static [(&'static str, &'static str)];
    let cases: &[(Variables, ColorChoice, Depth)] = &[
        (&[("COLORTERM", "truecolor"), ("TERM", "xterm-256color")], ColorChoice::Auto, Depth::TrueColour),
        (&[("TERM", "xterm-256color")], ColorChoice::Auto, Depth::Indexed),
        (&[("TERM", "linux")], ColorChoice::Auto, Depth::Named),
        (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], ColorChoice::Auto, Depth::Colourless),
        (&[("TERM", "xterm-kitty"), ("NO_COLOR", "")], ColorChoice::Auto, Depth::TrueColour),
        (&[("TERM", "xterm-kitty"), ("NO_COLOR", "1")], ColorChoice::Always, Depth::TrueColour),
        (&[("COLORTERM", "truecolor")], ColorChoice::Never, Depth::Colourless),
        (&[("TERM", "dumb")], ColorChoice::Auto, Depth::Colourless),
    ];
    for (variables, choice, depth) in cases {
        assert_eq!(Depth::detect(*choice, env(variables)), *depth, "{variables:?} {choice:?}");
    }
}

#[test]
fn dark_or_light_is_told_from_the_environment() {
    assert_eq!(Mode::from_env(env(&[("COLORFGBG", "15;0")])), Some(Mode::Dark));
    assert_eq!(Mode::from_env(env(&[("COLORFGBG", "0;default;15")])), Some(Mode::Light));
    assert_eq!(Mode::from_env(env(&[("COLORFGBG", "0;default")])), None);
    assert_eq!(Mode::from_env(env(&[])), None);
    assert_eq!(Mode::of(Rgb::hex(0x00_2b36)), Mode::Dark);
    assert_eq!(Mode::of(Rgb::hex(0xfd_f6e3)), Mode::Light);
}

#[test]
fn what_lies_behind_a_modal_is_dimmed() {
    let theme = Theme::default();
    let mut buf = Buffer::empty(Rect::new(0, 0, 2, 1));
    buf.set_string(0, 0, "a", theme.title);
    buf.set_string(1, 0, "b", theme.accent.patch(theme.sel));
    theme.dim_behind(&mut buf, Rect::new(0, 0, 9, 9));
    assert_eq!(buf[(0, 0)].fg, Color::Rgb(0x65, 0x67, 0x6d));
    assert_eq!(buf[(0, 0)].bg, Color::Reset);
    assert_eq!(buf[(0, 0)].modifier, Modifier::empty());
    assert_eq!(buf[(1, 0)].fg, Color::Rgb(0x5a, 0x54, 0x85));
    assert_eq!(buf[(1, 0)].bg, Color::Rgb(0x1c, 0x1c, 0x2d));
}

#[test]
fn without_shades_the_cursor_row_is_an_attribute() {
    for depth in [Depth::Named, Depth::Colourless] {
        let theme = Theme::new(Mode::Dark, depth, None);
        assert_eq!(theme.sel.bg, None, "{depth:?}");
        assert!(theme.sel.add_modifier.contains(Modifier::REVERSED), "{depth:?}");
        assert_ne!(theme.sel, theme.selgrey, "{depth:?}");
    }
    let colourless = Theme::new(Mode::Dark, Depth::Colourless, None);
    for style in [colourless.text, colourless.ok, colourless.err, colourless.accent, colourless.button] {
        assert_eq!((style.fg, style.bg), (None, None));
    }
}
