//! The form as a layer: its keys, and why some do nothing now.

use super::{AIMS, LogForm, SAVE};
use crate::domain::activity::ActivityKind;
use crate::keys::{Command, KeyMode, Keys, rows};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::mention::Took;
use crate::ui::modals::button_at;
use crate::ui::modals::log::goals::Goals;
use crate::ui::modals::targets::TargetPicker;
use crate::ui::terminal::Input;
use crate::ui::widgets::Edit;
use crate::workspace::request::{Reply, Request};
use crossterm::event::{KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

impl Layer for LogForm {
    fn name(&self, _: &Cx) -> String {
        format!("the form of {}", self.kind.row().one)
    }

    fn keys(&self) -> &'static [Keys] {
        match self.fields.get(self.at).map(|field| &field.editor) {
            None if self.edits.is_some() => rows::LOG_FORM_TARGETS,
            None => rows::LOG_FORM_GOALS,
            Some(editor) if editor.has_choices() => rows::LOG_FORM_CHOICE,
            Some(editor) if editor.is_long() => rows::LOG_FORM_LONG,
            Some(_) => rows::LOG_FORM_LINE,
        }
    }

    fn mode(&self) -> KeyMode {
        if self.in_list() { KeyMode::Normal } else { KeyMode::Text }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.ask(cx).or(self.ask_targets()).into_iter().collect();
        // What a line said is kept as what was typed here.
        effects.extend(self.is_touched().then(|| self.keep(cx)));
        effects
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let Input::Mouse(mouse) = input {
            return Some(self.point(*mouse, cx));
        }
        if self.saving {
            let is_taken = self.field().is_some_and(|field| field.editor.clone().input(input).is_some());
            return is_taken.then(Vec::new);
        }
        if let Input::Key(key) = input
            && let Some(taken) = self.mention(*key, cx)
        {
            return Some(if taken { self.changed(cx) } else { Vec::new() });
        }
        let edit = self.field()?.editor.input(input)?;
        Some(if edit == Edit::Changed { self.changed(cx) } else { Vec::new() })
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        match command {
            Command::Escape if self.saving => Some("it is being saved".into()),
            Command::Tick if self.in_list() => self.goals.obstacle(),
            Command::AddGoal if !self.goals.is_one() => Some("on several records each goes where its rules say".into()),
            Command::DiscardDraft if self.draft.is_none() && !self.is_touched() => Some("nothing is typed yet".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::NextField => return self.turn(1, cx),
            Command::PreviousField => return self.turn(-1, cx),
            Command::LogIt => return self.save(cx),
            Command::Associate => {
                let id = self.edits.as_ref().map(|edits| edits.item.activity.id);
                return id.map(|id| Effect::Push(Box::new(TargetPicker::new(id)))).into_iter().collect();
            }
            Command::AddGoal => return Goals::add(self.kind.row().one),
            Command::Tick if self.in_list() => return self.goals.tick(self.kind.row().one, cx),
            Command::SaveField => {
                let stays = self.field().is_some_and(|field| field.editor.enter());
                return if stays { self.changed(cx) } else { self.turn(1, cx) };
            }
            Command::DiscardDraft => {
                let discard = self.discard();
                self.begin_anew(cx);
                return vec![discard];
            }
            Command::EditOutside => {
                let text = self.field().map(|field| field.editor.text());
                return text.map(Effect::EditOutside).into_iter().collect();
            }
            Command::Escape => {
                let folds = self.field().is_some_and(|field| field.editor.fold());
                return if folds { Vec::new() } else { vec![self.keep(cx), Effect::Pop(None)] };
            }
            movement if self.in_list() => self.goals.run(movement, count.unwrap_or(1) as isize),
            command => {
                let Some(field) = self.field() else { return Vec::new() };
                let before = field.editor.text();
                field.editor.run(command, count);
                if field.editor.text() != before {
                    return self.changed(cx);
                }
            }
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (AIMS, Reply::Aims(answers)) => self.goals.take(answers),
            (AIMS, Reply::Targets(None)) => return vec![Effect::Pop(None)],
            (AIMS, Reply::Targets(Some(targets))) => {
                self.edits.iter_mut().for_each(|edits| edits.item = targets.item.clone());
            }
            (SAVE, reply) => return self.take_saved(&reply),
            _ => {}
        }
        Vec::new()
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Changed(_)) && !self.saving {
            self.goals.outdated();
            return self.ask(cx).or(self.ask_targets()).into_iter().collect();
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::With(id, _) => {
                self.goals.take_added(id);
                self.ask(cx).into_iter().collect()
            }
            Answer::Edited(text) => {
                let Some(field) = self.field() else { return Vec::new() };
                field.editor.set_text(&text);
                self.changed(cx)
            }
            _ => Vec::new(),
        }
    }

    fn spins(&self) -> bool {
        self.saving
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
        let before = self.fields.get(self.at).and_then(|field| field.editor.before_caret());
        if let Some((before, caret)) = before.zip(self.cursor).filter(|_| self.kind == ActivityKind::Note) {
            self.mention.draw(frame.buffer_mut(), before, caret, cx);
        }
    }
}

impl LogForm {
    /// Asks where the activity that is edited is by now.
    fn ask_targets(&self) -> Option<Effect> {
        let edits = self.edits.as_ref()?;
        Some(Effect::Ask(AIMS, Request::Targets(edits.item.activity.id)))
    }

    /// Whether a key chose a name of the list, or else only moved in it; `None`: it is for the field.
    fn mention(&mut self, key: KeyEvent, cx: &Cx) -> Option<bool> {
        let editor = self.fields.get_mut(self.at).map(|field| &mut field.editor);
        let editor = editor.filter(|_| self.kind == ActivityKind::Note)?;
        match self.mention.key(key, editor.before_caret()?, cx)? {
            Took::Kept => Some(false),
            Took::Name { back, text } => {
                editor.replace_before(back, &text);
                Some(true)
            }
        }
    }

    fn point(&mut self, mouse: MouseEvent, cx: &Cx) -> Vec<Effect> {
        if let Some(command) = button_at(&self.buttons, self.keys(), mouse) {
            return if self.blocked(command, cx).is_none() { self.run(command, None, cx) } else { Vec::new() };
        }
        if self.field().and_then(|field| field.editor.mouse(mouse)).is_some() {
            return self.changed(cx);
        }
        if mouse.kind != MouseEventKind::Down(MouseButton::Left) {
            return Vec::new();
        }
        let cell = (mouse.column, mouse.row);
        if let Some(at) = self.fields.iter().position(|field| field.editor.is_at(cell)) {
            self.leave(cx);
            self.at = at;
            return vec![self.keep(cx)];
        }
        if self.goals.point(cell) {
            self.leave(cx);
            self.at = self.fields.len();
            return if self.goals.obstacle().is_none() { self.goals.tick(self.kind.row().one, cx) } else { Vec::new() };
        }
        Vec::new()
    }
}
