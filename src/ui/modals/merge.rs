//! Two records side by side before they become one: property by property whose value stays, and below what else goes
//! over. Which record is the other one is found in `modals/twin.rs`, or marked in a list.

mod draw;

use crate::domain::change::Change;
use crate::domain::id::{PropertyId, RecordId};
use crate::domain::merge::{Preview, is_united, taken, together, united};
use crate::domain::object::ObjectSpec;
use crate::domain::value::Value;
use crate::keys::{Command, Keys, rows::MERGING};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::widgets::Window;
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

const PREVIEW: Slot = 0;
const MERGE: Slot = 1;

pub struct Merge {
    /// The one that stays.
    into: RecordId,
    from: RecordId,
    /// Whose value is taken from the one that goes.
    take: Vec<PropertyId>,
    preview: Option<Result<Box<Preview>, String>>,
    /// What either of them has, what differs first.
    lines: Vec<PropertyId>,
    window: Window,
    /// It was asked for and is being written.
    is_merging: bool,
    drawn: Rect,
    cursor: Option<Rect>,
}

/// A property of the two, and of the one that they become.
struct Side<'a> {
    first: Option<&'a Value>,
    second: Option<&'a Value>,
}

impl Side<'_> {
    fn are_equal(&self) -> bool {
        self.first == self.second
    }
}

impl Merge {
    pub fn new(into: RecordId, from: RecordId) -> Merge {
        Merge {
            into,
            from,
            take: Vec::new(),
            preview: None,
            lines: Vec::new(),
            window: Window::default(),
            is_merging: false,
            drawn: Rect::ZERO,
            cursor: None,
        }
    }

    fn ask(&self) -> Vec<Effect> {
        vec![Effect::Ask(PREVIEW, Request::PreviewMerge { into: self.into, from: self.from })]
    }

    fn known(&self) -> Option<&Preview> {
        self.preview.as_ref()?.as_ref().ok().map(Box::as_ref)
    }

    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(self.into.object)
    }

    fn side(&self, property: PropertyId) -> Side<'_> {
        let value = |record: fn(&Preview) -> &crate::domain::record::Record| {
            self.known().and_then(|preview| record(preview).values.get(property))
        };
        Side { first: value(|preview| &preview.into), second: value(|preview| &preview.from) }
    }

    /// The line under the cursor.
    fn line(&self) -> Option<PropertyId> {
        self.window.cursor().and_then(|at| self.lines.get(at).copied())
    }

    fn take_lines(&mut self, cx: &Cx) {
        let properties = self.spec(cx).map(|spec| spec.properties.as_slice()).unwrap_or_default();
        let shown = properties.iter().filter(|property| !property.derived && !property.hidden).map(|p| p.id);
        // Addresses of both may come together where neither had several.
        let becomes = self.become_of(cx);
        let has_any = |id: &PropertyId| {
            self.side(*id).first.or(self.side(*id).second).is_some() || becomes.iter().any(|(of, _)| of == id)
        };
        let mut lines: Vec<PropertyId> = shown.filter(has_any).collect();
        lines.sort_by_key(|id| self.side(*id).are_equal() && becomes.iter().all(|(of, _)| of != id));
        self.lines = lines;
        self.window.set_len(self.lines.len());
    }

    /// Why there is nothing to choose in a line.
    fn settled(&self, property: PropertyId) -> Option<&'static str> {
        let side = self.side(property);
        if is_united(property) {
            return Some("those of both are kept");
        }
        match (side.first, side.second) {
            (Some(first), Some(second)) if first == second => Some("it is the same in both"),
            (Some(_), Some(_)) => None,
            _ => Some("only one of them has a value, which stays"),
        }
    }

    fn is_taken(&self, property: PropertyId) -> bool {
        self.take.contains(&property)
    }

    /// Takes the value of the one side in this line, and in those that go with it.
    fn choose(&mut self, second: bool) {
        let Some(line) = self.line() else { return };
        let lines = if together(line).is_empty() { vec![line] } else { together(line).to_vec() };
        self.take.retain(|taken| !lines.contains(taken));
        if second {
            self.take.extend(lines);
        }
    }

    /// The values of what they become, those that change only.
    fn become_of(&self, cx: &Cx) -> Vec<(PropertyId, Value)> {
        let (Some(spec), Some(preview)) = (self.spec(cx), self.known()) else { return Vec::new() };
        taken(spec, &self.take).map(|take| united(spec, &preview.into, &preview.from, &take)).unwrap_or_default()
    }

    fn swap(&mut self) -> Vec<Effect> {
        std::mem::swap(&mut self.into, &mut self.from);
        self.take.clear();
        self.ask()
    }

    fn merge(&mut self) -> Vec<Effect> {
        self.is_merging = true;
        let change = Change::Merge { into: self.into, from: self.from, take: self.take.clone() };
        vec![Effect::Perform(MERGE, change)]
    }
}

impl Layer for Merge {
    fn name(&self, _: &Cx) -> String {
        "the merge".into()
    }

    fn keys(&self) -> &'static [Keys] {
        MERGING
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        self.ask()
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        let Input::Mouse(mouse) = input else { return None };
        match mouse.kind {
            MouseEventKind::ScrollDown => self.window.scroll(3),
            MouseEventKind::ScrollUp => self.window.scroll(-3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                if let Some(line) = self.window.at(usize::from(mouse.row - self.drawn.y)) {
                    self.window.go_to(line);
                }
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        use Command as C;
        if !matches!(command, C::Agree | C::Tick | C::CellLeft | C::CellRight | C::SwapMerged) {
            return None;
        }
        match &self.preview {
            _ if self.is_merging => Some("they are being merged".into()),
            None => Some("they are still being read".into()),
            Some(Err(sentence)) => (command != C::SwapMerged).then(|| sentence.clone()),
            Some(Ok(_)) if matches!(command, C::Agree | C::SwapMerged) => None,
            Some(Ok(_)) => match self.line().map(|line| (self.settled(line), self.is_taken(line))) {
                Some((Some(settled), _)) => Some(settled.into()),
                Some((None, false)) if command == C::CellLeft => Some("the first one's value stays already".into()),
                Some((None, true)) if command == C::CellRight => Some("the second one's value stays already".into()),
                Some((None, _)) => None,
                None => Some("neither of them has a value".into()),
            },
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, _: &Cx) -> Vec<Effect> {
        let times = count.unwrap_or(1).min(1_000) as isize;
        match command {
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::First => self.window.first(),
            Command::Last => self.window.last(),
            Command::PageDown => self.window.page(times),
            Command::PageUp => self.window.page(-times),
            Command::Tick => self.choose(self.line().is_some_and(|line| !self.is_taken(line))),
            Command::CellLeft => self.choose(false),
            Command::CellRight => self.choose(true),
            Command::SwapMerged => return self.swap(),
            Command::Agree => return self.merge(),
            Command::Escape => return vec![Effect::Pop(None)],
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (PREVIEW, Reply::MergePreviewed(preview)) => {
                self.preview = Some(preview.map_err(|failure| failure.to_string()));
                self.take_lines(cx);
                Vec::new()
            }
            (MERGE, reply @ Reply::Done(_)) => {
                let mut effects = vec![Effect::Pop(Some(Answer::Merged(self.into)))];
                effects.extend(done::told(&reply));
                effects
            }
            (MERGE, reply) => {
                self.is_merging = matches!(reply, Reply::Progress { .. });
                done::told(&reply)
            }
            _ => Vec::new(),
        }
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Changed(_) if !self.is_merging => self.ask(),
            _ => Vec::new(),
        }
    }

    fn spins(&self) -> bool {
        self.is_merging
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}
