//! The picker as a layer: its keys, and why some do nothing now.

use super::super::labels::unlabelled;
use super::offers::{Tick, called, plural};
use super::{CREATED, DETAIL, FOUND, Picker, SAVE, SIMILAR, Tab};
use crate::keys::{Command, KeyMode, Keys, Row, rows, rows_of};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot, Unsaved};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TabBar};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Rows of one notch of the wheel.
const NOTCH: isize = 3;

impl Layer for Picker {
    fn name(&self, cx: &Cx) -> String {
        format!("the picker of {}", plural(self.to, cx))
    }

    fn keys(&self) -> &'static [Keys] {
        match self.tab {
            Tab::Create => self.form.keys(),
            Tab::Existing if self.in_list => rows::PICKER_LIST,
            Tab::Existing => rows::PICKER,
        }
    }

    fn more_keys(&self, _: &Cx) -> Vec<Row> {
        match self.tab {
            Tab::Create => rows_of(&[rows::PICK_CREATE]).collect(),
            Tab::Existing => Vec::new(),
        }
    }

    fn mode(&self) -> KeyMode {
        if self.tab == Tab::Existing && self.in_list { KeyMode::Normal } else { KeyMode::Text }
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn unsaved(&self) -> Option<String> {
        (!self.picks.is_empty()).then(|| self.unsaved_words())
    }

    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        self.ask()
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            _ if self.tab == Tab::Create => self.form.input(input, cx),
            _ if self.in_list || self.saving => None,
            Input::Key(key) if is_primary(*key) => None,
            Input::Key(key) => match self.field.key(*key)? {
                Edit::Changed => Some(self.searched()),
                Edit::Kept => Some(Vec::new()),
            },
            Input::Paste(text) => {
                self.field.paste(text);
                Some(self.searched())
            }
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        if self.saving {
            return Some("it is being saved".into());
        }
        match (self.tab, command) {
            (_, Command::SelectTab(1)) if !self.may_create(cx) => {
                Some("your permissions don't let you create these".into())
            }
            (_, Command::SelectTab(number)) if number > 2 => Some("the picker has two tabs".into()),
            (Tab::Create, Command::SelectTab(1)) | (Tab::Existing, Command::SelectTab(2)) => {
                Some("this tab is open already".into())
            }
            (_, Command::Labels) if unlabelled(self.one.object, self.to, cx).is_some() => {
                unlabelled(self.one.object, self.to, cx)
            }
            (Tab::Create, Command::Labels | Command::SelectTab(_)) => None,
            (Tab::Create, Command::TickHolder) => {
                self.form.holder().is_none().then(|| "no other record has this value".into())
            }
            (Tab::Create, Command::Replace) => {
                let is_open = self.gives_way(cx).is_some() && !self.form.is_replacing();
                (!is_open).then(|| "there is nothing to replace".into())
            }
            (Tab::Create, command) => self.form.blocked(command, cx),
            // It is for the answer that is awaited.
            (Tab::Existing, Command::Tick | Command::SaveTies) if self.offers.awaits => None,
            (Tab::Existing, Command::Tick) => self.unticked(cx),
            (Tab::Existing, Command::SaveTies) if self.picks.is_empty() => self.unsaveable(cx),
            (Tab::Existing, Command::Replace) => match self.offers.current().map(|one| self.tick_of(one, cx)) {
                Some(Tick::Full(_)) => None,
                _ => Some("there is room for it".into()),
            },
            (Tab::Existing, Command::Labels | Command::MakePrimary) => self.unmarkable(command, cx),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::SelectTab(number) => return self.turn_to(number),
            Command::PreviousTab | Command::NextTab => {
                let other = if self.tab == Tab::Create { 2 } else { 1 };
                return if self.blocked(Command::SelectTab(other), cx).is_none() {
                    self.turn_to(other)
                } else {
                    Vec::new()
                };
            }
            Command::Labels => return self.choose_labels(cx),
            Command::TickHolder => return self.tick_holder(),
            Command::Escape if self.tab == Tab::Create => return self.leave_form(cx),
            Command::Replace if self.tab == Tab::Create => self.form.replace(),
            command if self.tab == Tab::Create => return self.form.run(command, count, cx),
            Command::Tick | Command::SaveTies if self.offers.awaits => self.owed = Some(command),
            command => return self.obey_in_list(command, count, cx),
        }
        Vec::new()
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match (slot, reply) {
            (FOUND | SIMILAR, reply) => self.take_found(slot, reply, cx),
            (DETAIL, Reply::Detail(Some(detail))) => {
                self.take_detail(&detail, cx);
                Vec::new()
            }
            (DETAIL, _) => Vec::new(),
            (SAVE, reply) => self.take_saved(&reply),
            (CREATED, reply) => {
                let effects = self.form.reply(CREATED, reply, cx);
                self.take_created(effects)
            }
            (slot, reply) => self.form.reply(slot, reply, cx),
        }
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        match notice {
            Reply::Changed(_) => {
                let mut effects = self.ask();
                effects.push(Effect::Ask(DETAIL, Request::Detail { id: self.one, activities: 0 }));
                effects
            }
            Reply::Sorted(_) => self.ask(),
            _ => Vec::new(),
        }
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::Labels(labels) => match self.labelled.take() {
                Some(id) => {
                    let standing = self.tie(id).map(|tie| tie.link.labels.clone());
                    self.picks.label(id, labels, standing.as_deref());
                }
                None => self.form.set_labels(labels),
            },
            Answer::Unsaved(Unsaved::Save) => return self.perform(),
            Answer::Unsaved(Unsaved::Discard) => return vec![Effect::Pop(None)],
            answer => return self.form.answer(answer, cx),
        }
        Vec::new()
    }

    fn spins(&self) -> bool {
        self.saving || self.form.is_creating() || self.offers.is_coming()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}

/// In the box this key would move the caret.
fn is_primary(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('b') && key.modifiers == KeyModifiers::CONTROL
}

impl Picker {
    fn searched(&mut self) -> Vec<Effect> {
        self.offers.first();
        self.refusal = None;
        self.ask()
    }

    fn turn_to(&mut self, tab: u8) -> Vec<Effect> {
        self.tab = if tab == 1 { Tab::Create } else { Tab::Existing };
        if self.tab == Tab::Create {
            let text = self.field.text().to_owned();
            // What was found by these words is no name of a new one.
            if self.offers.found() == 0 {
                self.form.call_it(&text);
            }
            return Vec::new();
        }
        self.ask()
    }

    fn leave_form(&mut self, cx: &Cx) -> Vec<Effect> {
        let mut effects = self.form.run(Command::Escape, None, cx);
        if effects.iter().any(|effect| matches!(effect, Effect::Pop(_))) {
            effects.retain(|effect| !matches!(effect, Effect::Pop(_)));
            effects.extend(self.close());
        }
        effects
    }

    /// A command that was pressed before its answer came, where it can be done now.
    pub(super) fn obey(&mut self, command: Command, cx: &Cx) -> Vec<Effect> {
        if self.blocked(command, cx).is_some() {
            return Vec::new();
        }
        self.obey_in_list(command, None, cx)
    }

    fn obey_in_list(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Tick => return self.tick(cx),
            Command::SaveTies => return self.save(cx),
            Command::Replace => return self.replace(cx),
            Command::MakePrimary => return self.make_primary(),
            Command::NextPane => self.in_list = true,
            Command::Search => self.in_list = false,
            Command::Escape if self.in_list => self.in_list = false,
            Command::Escape => return self.close(),
            movement => _ = self.offers.run(movement, count),
        }
        Vec::new()
    }

    /// Why the row under the cursor can't be ticked.
    fn unticked(&self, cx: &Cx) -> Option<String> {
        let Some(candidate) = self.offers.current() else {
            let is_on_create = self.offers.is_on_create();
            return (!is_on_create).then(|| format!("there is no {} to tick", called(self.to, cx)));
        };
        match self.tick_of(candidate, cx) {
            Tick::Full(why) => Some(format!("{why}, ctrl-r replaces it")),
            Tick::Never(why) => Some(why),
            _ => None,
        }
    }

    fn unsaveable(&self, cx: &Cx) -> Option<String> {
        let standing = self.offers.current().is_some_and(|one| self.tick_of(one, cx) == Tick::Stands);
        if standing {
            return Some("nothing is changed yet, ctrl-space ticks".into());
        }
        self.unticked(cx)
    }

    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        let at = (mouse.column, mouse.row);
        let pressed = mouse.kind == MouseEventKind::Down(MouseButton::Left);
        if pressed && let Some(tab) = self.tab_bar(cx, |bar: &TabBar| bar.at(self.tabs, at)) {
            let number = tab as u8 + 1;
            let is_open = self.blocked(Command::SelectTab(number), cx).is_none();
            return Some(if is_open { self.turn_to(number) } else { Vec::new() });
        }
        if self.tab == Tab::Create {
            return self.form.input(&Input::Mouse(mouse), cx);
        }
        match mouse.kind {
            MouseEventKind::ScrollDown => self.offers.scroll(NOTCH),
            MouseEventKind::ScrollUp => self.offers.scroll(-NOTCH),
            _ if pressed => return Some(self.click(at, cx)),
            _ => return None,
        }
        Some(Vec::new())
    }

    /// A row is ticked, what stands on the shelf is left as it was.
    fn click(&mut self, at: (u16, u16), cx: &Cx) -> Vec<Effect> {
        if self.line.contains(at.into()) {
            self.in_list = false;
        } else if let Some((_, id)) = self.chips.iter().find(|(place, _)| place.contains(at.into())) {
            self.picks.forget(*id);
        } else if self.list.contains(at.into()) && self.offers.click(usize::from(at.1 - self.list.y)) {
            let effects = if self.blocked(Command::Tick, cx).is_none() { self.tick_here(cx) } else { Vec::new() };
            return effects;
        }
        Vec::new()
    }

    /// The cursor stays where was clicked.
    fn tick_here(&mut self, cx: &Cx) -> Vec<Effect> {
        let at = self.offers.cursor();
        let effects = self.tick(cx);
        if let Some(at) = at {
            self.offers.put_cursor(at);
        }
        effects
    }
}
