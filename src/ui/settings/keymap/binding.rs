//! Pressing the keys that an action is to have; what has them already is seen before anything is written.

use super::{needs_a_key, places_of};
use crate::config::edit::Edit;
use crate::keys::remap::{Action, Clash, Move, Remap, default_keys};
use crate::keys::rows::BINDING;
use crate::keys::{Chord, Command, KeyMode, Keys, chord, spelled};
use crate::ui::layer::{Cx, Effect, Layer};
use crate::ui::modals::button_at;
use crate::ui::terminal::Input;
use crate::ui::widgets::{Hint, Modal, draw_left, row};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const SIZE: (u16, u16) = (76, 16);
/// Of one sequence, at most.
const MOST: usize = 3;
/// Clashes that are named.
const NAMED: usize = 4;

pub struct Bind {
    action: Action,
    /// Beside the keys that it has, instead of the first of them.
    is_more: bool,
    pressed: Vec<Chord>,
    clashes: Vec<Clash>,
    buttons: Vec<(Rect, String)>,
}

impl Bind {
    pub fn new(action: Action, is_more: bool) -> Bind {
        Bind { action, is_more, pressed: Vec::new(), clashes: Vec::new(), buttons: Vec::new() }
    }

    /// As rows write them.
    fn written(&self) -> String {
        self.pressed.iter().map(|chord| chord::show(*chord)).collect::<Vec<_>>().join(" ")
    }

    /// All keys that it would have.
    fn keys(&self, cx: &Cx) -> String {
        let now = self.action.keys(&cx.config.remap);
        let now: Vec<&str> = now.split(" | ").filter(|keys| !keys.is_empty()).collect();
        let pressed = self.written();
        let kept = if self.is_more { now.as_slice() } else { now.get(1..).unwrap_or_default() };
        let kept = kept.iter().copied().filter(|keys| *keys != pressed);
        let all: Vec<&str> = if self.is_more {
            kept.chain([pressed.as_str()]).collect()
        } else {
            [pressed.as_str()].into_iter().chain(kept).collect()
        };
        all.join(" | ")
    }

    fn press(&mut self, key: KeyEvent, cx: &Cx) -> Option<()> {
        let is_interrupt = key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL;
        match key.code {
            KeyCode::Enter | KeyCode::Esc => return None,
            _ if is_interrupt => return None,
            KeyCode::Backspace => _ = self.pressed.pop(),
            _ => {
                if self.pressed.len() == MOST {
                    self.pressed.clear();
                }
                self.pressed.push(chord::of(key));
            }
        }
        self.clashes = if self.pressed.is_empty() { Vec::new() } else { self.tried(cx).clashes() };
        Some(())
    }

    fn moved(&self, cx: &Cx) -> Move {
        Move { context: self.action.context, command: self.action.command, keys: self.keys(cx) }
    }

    /// All keys as they would be.
    fn tried(&self, cx: &Cx) -> Remap {
        let mut remap = cx.config.remap.clone();
        remap.put(self.moved(cx));
        remap
    }

    /// The other action of a clash and its keys.
    fn other<'c>(&self, clash: &'c Clash) -> (Command, &'c str) {
        if clash.moved == self.action.command { (clash.other, &clash.other_keys) } else { (clash.moved, &clash.keys) }
    }

    /// Actions that have the keys, each with its own and its places.
    fn held(&self) -> Vec<(Command, &str, Vec<&'static str>)> {
        let mut held: Vec<(Command, &str, Vec<&'static str>)> = Vec::new();
        for clash in &self.clashes {
            let (other, keys) = self.other(clash);
            match held.iter_mut().find(|(command, _, _)| *command == other) {
                Some((_, _, places)) if places.contains(&clash.context) => {}
                Some((_, _, places)) => places.push(clash.context),
                None => held.push((other, keys, vec![clash.context])),
            }
        }
        held
    }

    /// What takes the keys away from those that have them; none: they keep them.
    fn taken_away(&self, cx: &Cx) -> Option<Vec<Move>> {
        let remap = self.tried(cx);
        let one = |clash: &Clash| {
            let (other, keys) = self.other(clash);
            let context = Some(clash.context);
            default_keys(other, context)?;
            let now = remap.keys(other, context);
            let left: Vec<&str> = now.split(" | ").filter(|one| *one != keys).collect();
            let is_way_out = left.is_empty() && needs_a_key(other);
            (clash.keys == clash.other_keys && !is_way_out).then(|| Move {
                context,
                command: other,
                keys: left.join(" | "),
            })
        };
        let moves: Vec<Move> = self.clashes.iter().map(one).collect::<Option<_>>()?;
        let mut after = remap;
        for moved in &moves {
            after.put(moved.clone());
        }
        after.clashes().is_empty().then_some(moves)
    }

    fn save(&self, cx: &Cx) -> Vec<Effect> {
        let Some(others) = self.taken_away(cx) else { return Vec::new() };
        let edit = |moved: Move| {
            let is_as_it_was = default_keys(moved.command, moved.context) == Some(moved.keys.as_str());
            let keys = (!is_as_it_was).then_some(moved.keys);
            Edit::Keys { command: moved.command, context: moved.context, keys }
        };
        let edits = others.into_iter().chain([self.moved(cx)]).map(edit).collect();
        vec![Effect::Configure(Edit::Several(edits)), Effect::Pop(None)]
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        let theme = cx.look.theme;
        let dim = |text: String| Line::styled(text, theme.dim);
        let keys = if self.pressed.is_empty() {
            Span::styled("Press the keys", theme.dim)
        } else {
            Span::styled(spelled(&self.written()), theme.strong_accent)
        };
        let mut lines = vec![Line::from(keys), Line::default()];
        if self.pressed.is_empty() {
            lines.push(dim("One key, or several one after another.".to_owned()));
            lines.push(dim("Enter, esc and backspace are given in the file itself.".to_owned()));
            return lines;
        }
        lines.push(dim(format!("It has then: {}", spelled(&self.keys(cx)))));
        if self.clashes.is_empty() {
            return lines;
        }
        let said = match self.taken_away(cx) {
            Some(_) => "Enter takes it away from these, in these places only:",
            None => "These begin alike, or need it. Press others:",
        };
        lines.push(Line::styled(said, theme.warn));
        let held = self.held();
        for (other, keys, places) in held.iter().take(NAMED) {
            let places = places_of(places);
            let shown = [
                Span::styled(format!("  {keys}  "), theme.accent),
                Span::styled(cx.look.glyphs.spell(other.title()).into_owned(), theme.text),
                Span::styled(format!("  {places}"), theme.dim),
            ];
            lines.push(Line::from_iter(shown));
        }
        let more = held.len().saturating_sub(NAMED);
        if more > 0 {
            lines.push(dim(format!("  and {more} more")));
        }
        lines
    }
}

impl Layer for Bind {
    fn name(&self, _: &Cx) -> String {
        "the keys of an action".into()
    }

    fn keys(&self) -> &'static [Keys] {
        BINDING
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => self.press(*key, cx).map(|()| Vec::new()),
            Input::Mouse(mouse) => match button_at(&self.buttons, BINDING, *mouse)? {
                Command::Open if self.blocked(Command::Open, cx).is_some() => Some(Vec::new()),
                command => Some(self.run(command, None, cx)),
            },
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        match command {
            Command::Open if self.pressed.is_empty() => Some("press the keys first".into()),
            Command::Open if self.taken_away(cx).is_none() => Some("another action has these keys".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Open => self.save(cx),
            Command::Escape => vec![Effect::Pop(None)],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        let (theme, buf) = (cx.look.theme, frame.buffer_mut());
        let what = if self.is_more { "One more key for " } else { "Other keys for " };
        let title = [Span::styled(what, theme.dim), Span::styled(self.action.command.title(), theme.title)];
        let hints = [Hint::new("enter", "take them"), Hint::now("backspace", "one back")];
        let modal = Modal {
            title: Line::from_iter(title),
            subtitle: Some(Line::styled(places_of(&self.action.within), theme.dim)),
            escape: "cancel",
            size: SIZE,
            hints: &hints,
            ..Modal::default()
        };
        self.buttons = modal.buttons(screen, cx.look);
        let body = modal.draw(buf, screen, cx.look);
        for (y, line) in (0..body.height).zip(self.lines(cx)) {
            draw_left(buf, row(body, y), &line);
        }
    }
}
