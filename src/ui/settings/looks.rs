//! **Settings > Appearance and keys > Appearance**: how the program looks on this machine. Each change goes into the config
//! file at once; a theme is seen before it is chosen.

use super::Page;
use super::draw::LOW;
use crate::config::AUTO;
use crate::config::edit::Edit;
use crate::config::options::{ConfigOption, Kind, OPTIONS};
use crate::keys::rows::SETTINGS_LOOKS;
use crate::keys::{Command, Keys};
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{RowState, Tab, Window, draw_left, draw_right, draw_scrollbar, paint_row, row};
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the label and of the value.
const LABEL: u16 = 30;
const VALUE: u16 = 36;

#[derive(Default)]
pub struct Looks {
    window: Window,
    /// Themes that are chosen from, in their order.
    themes: Vec<String>,
    /// Where the options were drawn, each with its place.
    drawn: Vec<(usize, Rect)>,
}

impl Looks {
    fn option(&self) -> Option<&'static ConfigOption> {
        OPTIONS.get(self.window.cursor()?)
    }

    fn change(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(option) = self.option() else { return Vec::new() };
        match &option.kind {
            Kind::Switch(_) => vec![Effect::Configure(Edit::Switch(option.name, !option.is_on(cx.config)))],
            Kind::Choice(choices, at, _) => {
                let all = choices.iter().map(|(name, label)| Choice::named(name, label, "")).collect();
                vec![Effect::Push(Box::new(Choose::new(option.label, option.help, all, at(cx.config))))]
            }
            Kind::Theme => self.choose_theme(option, cx),
        }
    }

    fn choose_theme(&mut self, option: &ConfigOption, cx: &Cx) -> Vec<Effect> {
        let schemes = &cx.config.schemes;
        let names = schemes.iter().map(|scheme| scheme.name.clone());
        self.themes = [AUTO.to_owned()].into_iter().chain(names).collect();
        let aside = |name: &str| match cx.config.scheme(name) {
            None => "as the terminal is",
            Some(scheme) if !scheme.unreadable().is_empty() => "hard to read",
            Some(_) => "",
        };
        let choice = |name: &String| Choice::named(name, name, aside(name));
        let now = option.shown(cx.config).to_lowercase();
        let at = self.themes.iter().position(|name| *name == now).unwrap_or(0);
        let choose = Choose::new(option.label, option.help, self.themes.iter().map(choice).collect(), at);
        vec![Effect::Push(Box::new(choose.telling()))]
    }
}

impl Page for Looks {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab::new("Appearance")], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        SETTINGS_LOOKS
    }

    fn renew(&mut self, _: &Cx) {
        self.window.set_len(OPTIONS.len());
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.move_by(1),
            MouseEventKind::ScrollUp => self.window.move_by(-1),
            MouseEventKind::Down(MouseButton::Left) => {
                let at = (mouse.column, mouse.row).into();
                let (place, _) = *self.drawn.iter().find(|(_, area)| area.contains(at))?;
                if self.window.cursor() == Some(place) {
                    return Some(self.change(cx));
                }
                self.window.go_to(place);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        let is_switch = self.option().is_some_and(|option| matches!(option.kind, Kind::Switch(_)));
        (command == Command::Tick && !is_switch).then(|| "it is no switch, enter opens the choice".into())
    }

    fn rows(&self, _: &Cx) -> Vec<(String, String)> {
        OPTIONS.iter().map(|option| (option.name.to_owned(), option.label.to_owned())).collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        self.renew(cx);
        if let Some(at) = OPTIONS.iter().position(|option| option.name == name) {
            self.window.go_to(at);
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::HalfPageDown | Command::PageDown | Command::Last => self.window.last(),
            Command::HalfPageUp | Command::PageUp | Command::First => self.window.first(),
            Command::Edit | Command::Tick => return Some(self.change(cx)),
            Command::Escape => return None,
            _ => {}
        }
        Some(Vec::new())
    }

    fn reply(&mut self, _: Reply, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// What was chosen is written; a theme under the cursor of the choice is only looked at.
    fn answer(&mut self, answer: Answer, _: &Cx) -> Vec<Effect> {
        match (answer, self.option()) {
            (Answer::Picked(at), _) => vec![Effect::Preview(self.themes.get(at).cloned())],
            (Answer::Chosen(value), Some(option)) => vec![Effect::Configure(Edit::Text(option.name, value))],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        let said = paint_file(buf, area, cx);
        let area = Rect { y: area.y + said, height: area.height.saturating_sub(said), ..area };
        let step = if cx.screen.height < LOW { 2 } else { 3 };
        self.window.resize(usize::from((area.height + 1) / step));
        self.drawn.clear();
        let mut cursor = None;
        for (line, at) in (0..).zip(self.window.visible()) {
            let place = Rect { y: area.y + line * step, height: 2, ..area }.intersection(area);
            let is_cursor = self.window.cursor() == Some(at);
            if is_cursor {
                paint_row(buf, place, RowState::Cursor { focused }, cx.look);
                cursor = Some(row(place, 0));
            }
            paint_option(buf, place, &OPTIONS[at], is_cursor, cx);
            self.drawn.push((at, place));
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
        cursor
    }
}

fn paint_option(buf: &mut Buffer, place: Rect, option: &ConfigOption, is_cursor: bool, cx: &Cx) {
    let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
    let tone = if is_cursor { theme.title } else { theme.text };
    let label = Rect { width: LABEL.min(place.width), ..row(place, 0) };
    draw_left(buf, label, &Line::styled(option.label, tone));
    let right = Rect { x: place.x + label.width, width: (place.width - label.width).min(VALUE), ..row(place, 0) };
    if let Kind::Switch(_) = option.kind {
        let is_on = option.is_on(cx.config);
        let (sign, tone) = if is_on { (glyphs.toggle_on, theme.accent) } else { (glyphs.toggle_off, theme.dim) };
        let shown = [Span::styled(sign, tone), Span::styled(format!("  {}", option.shown(cx.config)), theme.text)];
        draw_left(buf, right, &Line::from_iter(shown));
    } else {
        buf.set_style(right, theme.input);
        let inside = Rect { x: right.x + 1.min(right.width), width: right.width.saturating_sub(2), ..right };
        let used = draw_right(buf, inside, &Line::styled(glyphs.select, theme.dim)) + 1;
        let shown = option.shown(cx.config);
        let room = inside.width.saturating_sub(used);
        draw_left(buf, Rect { width: room, ..inside }, &Line::styled(cx.look.fit(&clean(&shown), room), theme.text));
    }
    let help = glyphs.spell(option.help).replace("z d", &cx.look.ways.name("z d"));
    draw_left(buf, row(place, 1), &Line::styled(cx.look.fit(&help, place.width), theme.dim));
}

/// Where changes go, or why the file is not in force. Gives the rows that it took.
pub fn paint_file(buf: &mut Buffer, area: Rect, cx: &Cx) -> u16 {
    let theme = cx.look.theme;
    let said = match (cx.file, cx.faults.first()) {
        (_, Some(fault)) => Line::styled(format!("{} {fault}", cx.look.glyphs.error), theme.err),
        (Some(file), None) => Line::styled(format!("Changes here are done at once, in {}.", file.display()), theme.dim),
        (None, None) => Line::styled("There is no home folder that changes could be kept in.", theme.dim),
    };
    let text: String = said.spans.iter().map(|span| clean(&span.content).into_owned()).collect();
    let style = said.style.patch(said.spans.first().map(|span| span.style).unwrap_or_default());
    draw_left(buf, row(area, 0), &Line::styled(cx.look.fit(&text, area.width).into_owned(), style));
    if cx.screen.height < LOW { 1 } else { 2 }
}
