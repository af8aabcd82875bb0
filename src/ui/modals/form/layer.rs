//! The form as a layer: its keys, and why some do nothing now.

use super::{CREATE, Form, Waiting};
use crate::domain::id::RecordId;
use crate::keys::{Command, KeyMode, Keys, rows};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Place, Slot};
use crate::ui::modals::button_at;
use crate::ui::terminal::Input;
use crate::ui::widgets::Edit;
use crate::workspace::request::Reply;
use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

impl Layer for Form {
    fn name(&self, cx: &Cx) -> String {
        let singular = self.spec(cx).map_or_else(|| "record".to_owned(), |spec| spec.singular.to_lowercase());
        format!("the form of a new {singular}")
    }

    fn keys(&self) -> &'static [Keys] {
        if self.qualifying.is_some() {
            let has_choices = self.fields[..self.asked()].get(self.at).is_some_and(|field| field.editor.has_choices());
            return if has_choices { rows::QUALIFYING_CHOICE } else { rows::QUALIFYING };
        }
        self.fields[..self.asked()].get(self.at).map_or(rows::FORM_LINE, |field| field.editor.keys().1)
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let Input::Mouse(mouse) = input {
            return Some(self.point(*mouse, cx));
        }
        if self.creating.is_some() {
            let is_taken = self.field().is_some_and(|field| field.editor.clone().input(input).is_some());
            self.waiting.extend(is_taken.then(|| Waiting::Input(input.clone())));
            return is_taken.then(Vec::new);
        }
        if self.at == self.asked() {
            return self.on_more(input);
        }
        let edit = self.field()?.editor.input(input)?;
        Some(if edit == Edit::Changed { self.changed(cx) } else { Vec::new() })
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        match command {
            Command::Escape if self.creating.is_some() => Some("it is being created".into()),
            _ if self.creating.is_some() => None,
            Command::OpenHolder if self.holder().is_none() => Some("no other record has this value".into()),
            Command::WithoutDeal if self.qualifying.as_ref().is_some_and(|qualifying| qualifying.is_required()) => {
                Some("a qualified lead needs a deal".into())
            }
            Command::WithoutTie if self.in_picker => Some("it is made to be associated".into()),
            Command::WithoutTie if self.with.is_none() => Some("it will be associated with nothing".into()),
            Command::DiscardDraft if self.draft.is_none() && !self.is_touched() => Some("nothing is typed yet".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        if self.creating.is_some() {
            self.waiting.push(Waiting::Run(command, count));
            return Vec::new();
        }
        match command {
            Command::NextField => self.turn(1, cx),
            Command::PreviousField => self.turn(-1, cx),
            Command::SaveField => return self.enter(cx),
            Command::Create if self.qualifying.is_some() => return self.accept(cx),
            Command::WithoutDeal => return self.without_deal(cx),
            Command::Create => return self.create(false, cx),
            Command::CreateAnother => return self.create(true, cx),
            Command::OpenHolder => {
                let holder = self.holder().map(|(id, _)| Effect::Go(Place::Record(*id)));
                return holder.into_iter().collect();
            }
            Command::WithoutTie => self.with = None,
            Command::DiscardDraft => {
                let discard = self.discard(cx);
                self.begin_anew(cx);
                return vec![discard];
            }
            Command::EditOutside => {
                let text = self.field().map(|field| field.editor.text());
                return text.map(Effect::EditOutside).into_iter().collect();
            }
            Command::Escape => {
                let folds = self.field().is_some_and(|field| field.editor.fold());
                return if folds { Vec::new() } else { vec![Effect::Pop(None)] };
            }
            command => {
                let Some(field) = self.field() else { return Vec::new() };
                let before = field.editor.text();
                field.editor.run(command, count);
                if field.editor.text() != before {
                    return self.changed(cx);
                }
            }
        }
        vec![self.keep(cx)]
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, &reply) {
            (CREATE, reply) => return self.take_created(reply, cx),
            (slot, Reply::Holders(holders)) => self.take_holders(slot, holders, cx),
            _ => {}
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        let (Answer::Edited(text), Some(field)) = (answer, self.field()) else { return Vec::new() };
        field.editor.set_text(&text);
        self.changed(cx)
    }

    fn spins(&self) -> bool {
        self.creating.is_some()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}

impl Form {
    /// The record that has the value of the field with the focus, or else of any.
    pub(in crate::ui::modals) fn holder(&self) -> Option<&(RecordId, String)> {
        let here = self.fields.get(self.at).and_then(|field| field.holder.as_ref());
        here.or_else(|| self.fields.iter().find_map(|field| field.holder.as_ref()))
    }

    /// What was pressed while a record was being created is for the form as it is now.
    pub(super) fn take_waiting(&mut self, cx: &Cx) -> Vec<Effect> {
        let waiting = std::mem::take(&mut self.waiting);
        let take = |waiting| match waiting {
            Waiting::Input(input) => self.input(&input, cx).unwrap_or_default(),
            Waiting::Run(command, count) => self.run(command, count, cx),
        };
        waiting.into_iter().flat_map(take).collect()
    }

    fn turn(&mut self, by: isize, cx: &Cx) {
        self.leave(cx);
        let stops = self.stops().max(1) as isize;
        self.focus((self.at as isize + by).rem_euclid(stops) as usize);
    }

    /// Takes what is lit, and goes on.
    fn enter(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.at == self.asked() {
            self.unfolded = true;
            return Vec::new();
        }
        if let Some((id, _)) = self.fields[self.at].holder.as_ref().filter(|_| !self.in_picker) {
            let id = *id;
            return vec![self.keep(cx), Effect::Go(Place::Record(id))];
        }
        let stays = self.field().is_some_and(|field| field.editor.enter());
        if !stays {
            self.turn(1, cx);
        }
        vec![self.keep(cx)]
    }

    /// On the row that unfolds the rest a blank does so too; other letters have nowhere to go.
    fn on_more(&mut self, input: &Input) -> Option<Vec<Effect>> {
        let Input::Key(key) = input else { return Some(Vec::new()) };
        let is_letter =
            matches!(key.code, KeyCode::Char(_)) && key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        self.unfolded |= is_letter && key.code == KeyCode::Char(' ');
        is_letter.then(Vec::new)
    }

    /// What a click on a button is, as if its key was pressed.
    fn pressed(&self, mouse: MouseEvent, cx: &Cx) -> Option<Command> {
        let command = button_at(&self.buttons, self.keys(), mouse)?;
        self.blocked(command, cx).is_none().then_some(command)
    }

    fn point(&mut self, mouse: MouseEvent, cx: &Cx) -> Vec<Effect> {
        if let Some(command) = self.pressed(mouse, cx) {
            return self.run(command, None, cx);
        }
        let taken = self.field().and_then(|field| field.editor.mouse(mouse));
        if taken.is_some() {
            return self.changed(cx);
        }
        if mouse.kind == MouseEventKind::Down(MouseButton::Left) {
            let at = (mouse.column, mouse.row);
            let found = (0..self.asked()).find(|field| self.fields[*field].editor.is_at(at));
            if let Some(found) = found {
                self.leave(cx);
                self.focus(found);
                return vec![self.keep(cx)];
            }
        }
        Vec::new()
    }
}
