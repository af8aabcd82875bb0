//! The form as a layer: its keys, and why some do nothing now.

use super::whom::Whom;
use super::with::{PAST, Stop};
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
        match self.stop(self.at) {
            Stop::Field(at) if self.qualifying.is_some() && self.fields[at].editor.has_choices() => {
                rows::QUALIFYING_CHOICE
            }
            Stop::With(at) if self.qualifying.is_some() && self.with[at].has_past => rows::QUALIFYING_TICKS,
            _ if self.qualifying.is_some() => rows::QUALIFYING,
            Stop::Field(at) => self.fields[at].editor.keys().1,
            Stop::With(at) if self.with[at].has_past => rows::FORM_TICKS,
            Stop::With(_) | Stop::More | Stop::Add => rows::FORM_LINE,
        }
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
        match self.stop(self.at) {
            Stop::Field(_) => {}
            Stop::More | Stop::Add => return self.on_row(input),
            Stop::With(_) => return self.on_with(input, cx),
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
            Command::WithoutTie => match self.left_out() {
                None => Some("no associated record has the focus".into()),
                Some(at) if self.in_picker && self.with[at].is_home => Some("it is made to be associated".into()),
                Some(_) => None,
            },
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
            Command::NextField => return self.turn(1, cx),
            Command::PreviousField => return self.turn(-1, cx),
            Command::SaveField => return self.enter(cx),
            Command::Create if self.qualifying.is_some() => return self.accept(cx),
            Command::WithoutDeal => return self.without_deal(cx),
            Command::Create => return self.create(false, cx),
            Command::CreateAnother => return self.create(true, cx),
            Command::OpenHolder => {
                let holder = self.holder().map(|(id, _)| Effect::Go(Place::Record(*id)));
                return holder.into_iter().collect();
            }
            Command::WithoutTie => self.leave_out(),
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
            command if matches!(self.stop(self.at), Stop::With(_)) => return self.run_with(command, cx),
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
            (PAST, Reply::PastActivities(counts)) => self.take_past(counts),
            (slot, Reply::Holders(holders)) => self.take_holders(slot, holders, cx),
            _ => {}
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match (answer, self.field()) {
            (Answer::Edited(text), Some(field)) => field.editor.set_text(&text),
            (Answer::Named(id, name, known_by), _) => {
                self.add(id, name, known_by);
                return self.ask_past(cx).into_iter().collect();
            }
            _ => return Vec::new(),
        }
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

    fn turn(&mut self, by: isize, cx: &Cx) -> Vec<Effect> {
        self.leave(cx);
        let stops = self.stops().max(1) as isize;
        self.focus((self.at as isize + by).rem_euclid(stops) as usize);
        std::iter::once(self.keep(cx)).chain(self.ask_past(cx)).collect()
    }

    /// Takes what is lit, and goes on.
    fn enter(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.stop(self.at) {
            Stop::Field(_) => {}
            Stop::More => {
                self.unfolded = true;
                return Vec::new();
            }
            Stop::With(_) => return self.turn(1, cx),
            Stop::Add => return self.look_for(),
        }
        if let Some((id, _)) = self.fields[self.at].holder.as_ref().filter(|_| !self.in_picker) {
            let id = *id;
            return vec![self.keep(cx), Effect::Go(Place::Record(id))];
        }
        let stays = self.field().is_some_and(|field| field.editor.enter());
        if stays { vec![self.keep(cx)] } else { self.turn(1, cx) }
    }

    pub(super) fn look_for(&self) -> Vec<Effect> {
        vec![Effect::Push(Box::new(Whom::new(self.object)))]
    }

    /// On the rows that unfold the rest and add a record a blank does so too; other letters have nowhere to go.
    fn on_row(&mut self, input: &Input) -> Option<Vec<Effect>> {
        let Input::Key(key) = input else { return Some(Vec::new()) };
        let is_letter =
            matches!(key.code, KeyCode::Char(_)) && key.modifiers.difference(KeyModifiers::SHIFT).is_empty();
        let is_blank = is_letter && key.code == KeyCode::Char(' ');
        if is_blank && self.stop(self.at) == Stop::Add {
            return Some(self.look_for());
        }
        self.unfolded |= is_blank;
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
            let at_cell = at.into();
            let found = (0..self.asked()).find(|field| self.fields[*field].editor.is_at(at));
            if let Some(found) = found {
                self.leave(cx);
                self.focus(found);
                return vec![self.keep(cx)];
            }
            let tie = (0..self.stops()).find(|stop| match self.stop(*stop) {
                Stop::With(at) => self.with[at].drawn.contains(at_cell),
                _ => false,
            });
            if let Some(tie) = tie {
                self.leave(cx);
                self.focus(tie);
                return self.run_with(Command::Tick, cx);
            }
        }
        Vec::new()
    }
}
