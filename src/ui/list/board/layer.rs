//! The board as a layer: what its keys do. All that is no affair of stages and cards is done by the list behind it.

use super::{Board, COLUMNS, equals};
use crate::domain::id::RecordId;
use crate::domain::object::is;
use crate::keys::rows::{BOARD, BOARD_MARKED, stage_rows};
use crate::keys::{Command, KeyMode, Keys, Row};
use crate::ui::copy;
use crate::ui::layer::{Among, Answer, Cx, Effect, Layer, Place, Slot};
use crate::ui::list::MARKS;
use crate::ui::marks::Spot;
use crate::ui::modals::log;
use crate::ui::modals::properties::Properties;
use crate::ui::terminal::Input;
use crate::ui::widgets::Window;
use crate::workspace::request::{Reply, Request};
use ratatui::Frame;
use ratatui::layout::Rect;

impl Layer for Board {
    fn place(&self) -> Option<Place> {
        Some(Place::Board(self.list.object))
    }

    /// The cards of its stage.
    fn among(&self, id: RecordId, _: &Cx) -> Option<Among> {
        let (at, place) = self.find(id)?;
        let mut query = self.asked.clone()?;
        query.filters.push(equals(is::STAGE, self.stacks[at].stage.id));
        Some(Among { query, at: place })
    }

    fn name(&self, cx: &Cx) -> String {
        self.list
            .spec(cx)
            .map_or_else(|| "the board".into(), |spec| format!("the {} board", spec.singular.to_lowercase()))
    }

    fn crumbs(&self, cx: &Cx) -> Vec<String> {
        let mut crumbs = self.list.crumbs(cx);
        crumbs.push("Board".to_owned());
        crumbs
    }

    fn keys(&self) -> &'static [Keys] {
        if self.list.mode() == KeyMode::Text || self.list.chip.is_some() {
            self.list.keys()
        } else if self.list.marks.is_empty() {
            BOARD
        } else {
            BOARD_MARKED
        }
    }

    fn more_keys(&self, _: &Cx) -> Vec<Row> {
        if self.list.mode() != KeyMode::Normal || self.list.chip.is_some() {
            return Vec::new();
        }
        stage_rows(self.stacks.iter().map(|stack| stack.stage.name.as_str()))
    }

    fn chip(&self) -> Option<String> {
        self.list.chip()
    }

    fn mode(&self) -> KeyMode {
        self.list.mode()
    }

    fn shown(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.asked.is_none()
            && let Some(kept) = cx.kept.lists.get(&self.list.object.0)
        {
            self.anchor = kept.record;
            self.pipeline = kept.pipeline.unwrap_or(self.pipeline);
        }
        self.take_stages(cx);
        let effects = self.list.shown(cx);
        self.after(effects, cx)
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        if let (Input::Mouse(mouse), false) = (input, self.list.edits.is_open()) {
            return self.mouse(*mouse, cx);
        }
        let effects = self.list.input(input, cx)?;
        Some(self.after(effects, cx))
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        if self.list.edits.is_open() || self.list.chip.is_some() {
            return self.list.blocked(command, cx);
        }
        let obstacle = self.moving_obstacle(command);
        if obstacle.is_some() {
            return obstacle;
        }
        match command {
            Command::NextPipeline | Command::PreviousPipeline => {
                (cx.settings.pipelines_of(self.list.object).count() < 2).then(|| "there is one pipeline".to_owned())
            }
            Command::ToggleBoard => None,
            command if is_of_card(command) && self.card().is_none() && !self.list.is_for_marks(command) => {
                Some(self.no_card())
            }
            Command::Edit | Command::ToggleMark | Command::MarkRange => None,
            command => self.list.blocked(command, cx),
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        if self.list.edits.is_open() || self.list.chip.is_some() {
            let effects = self.list.run(command, count, cx);
            return self.after(effects, cx);
        }
        let times = count.unwrap_or(1) as isize;
        if let Some(effects) = self.run_movement(command, count, cx) {
            return effects;
        }
        match command {
            Command::MoveForward => self.move_to_stage((self.at + times.unsigned_abs()).min(self.stacks.len() - 1), cx),
            Command::MoveBack => self.move_to_stage(self.at.saturating_sub(times.unsigned_abs()), cx),
            Command::MoveStage(to) => self.move_to_stage(usize::from(to), cx),
            Command::CardDown => self.shift(times, cx),
            Command::CardUp => self.shift(-times, cx),
            Command::NextPipeline => self.turn_pipeline(1, cx),
            Command::PreviousPipeline => self.turn_pipeline(-1, cx),
            Command::ToggleBoard => vec![Effect::Go(Place::List(self.list.object))],
            Command::Edit => {
                let properties = self.card().map(|row| Properties::of(&row.record, cx));
                properties.map(|modal| Effect::Push(Box::new(modal))).into_iter().collect()
            }
            command => {
                let effects = self.list.run(command, count, cx);
                self.after(effects, cx)
            }
        }
    }

    fn reply(&mut self, slot: Slot, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if let Some(effects) = self.take_moved(slot, &reply, cx) {
            return effects;
        }
        match (slot, reply) {
            (COLUMNS, Reply::Columns(columns)) => self.take_columns(columns, cx),
            (COLUMNS, _) => {
                self.columns_failed();
                Vec::new()
            }
            (slot, reply) => {
                let effects = self.list.reply(slot, reply, cx);
                self.after(effects, cx)
            }
        }
    }

    fn notice(&mut self, notice: &Reply, cx: &Cx) -> Vec<Effect> {
        let mut effects = self.list.notice(notice, cx);
        if matches!(notice, Reply::Changed(_) | Reply::Sorted(_)) {
            self.list.marks.unsettle();
            self.take_stages(cx);
            self.asked = self.list.asked.clone();
            let focus = self.anchor.or_else(|| self.card_id().filter(|_| self.list.moved));
            effects.extend(self.ask_around(focus, cx));
        }
        self.after(effects, cx)
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match answer {
            Answer::At(id) => {
                if !self.focus(id) {
                    return self.ask_around(Some(id), cx);
                }
                self.list.moved = true;
                self.follow(cx)
            }
            Answer::Property(property) if self.list.marks.is_empty() => {
                let property = self.list.spec(cx).and_then(|spec| spec.property(property));
                let record = self.card().map(|row| row.record.clone());
                if let (Some(record), Some(property)) = (record, property) {
                    self.list.edits.begin(&record, property, cx);
                    self.list.moved = true;
                }
                Vec::new()
            }
            answer => {
                let effects = self.list.answer(answer, cx);
                self.after(effects, cx)
            }
        }
    }

    fn spins(&self) -> bool {
        self.list.spins() || !self.moving.is_empty()
    }

    fn cursor(&self) -> Option<Rect> {
        if self.list.edits.is_open() { self.list.caret } else { self.cursor }
    }

    fn draw(&mut self, frame: &mut Frame, _: Rect, cx: &Cx) {
        self.paint(frame, cx);
    }
}

/// Whether a command is about the card with the focus.
fn is_of_card(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::Open
            | C::Delete
            | C::ToggleFollow
            | C::Why
            | C::History
            | C::Edit
            | C::EditProperty
            | C::ToggleMark
            | C::MarkRange
    ) || log::is_logging(command)
        || copy::is_of_record(command)
}

impl Board {
    /// Commands that only give another card the focus, or another stage.
    fn run_movement(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        let times = count.unwrap_or(1) as isize;
        let line = count.map(|count| (count as usize).saturating_sub(1));
        let last = self.stacks.len().saturating_sub(1);
        match command {
            Command::MoveDown | Command::NextHit => self.in_stage(|window| window.move_by(times)),
            Command::MoveUp | Command::PreviousHit => self.in_stage(|window| window.move_by(-times)),
            Command::HalfPageDown => self.in_stage(|window| window.half_page(times)),
            Command::HalfPageUp => self.in_stage(|window| window.half_page(-times)),
            Command::PageDown => self.in_stage(|window| window.page(times)),
            Command::PageUp => self.in_stage(|window| window.page(-times)),
            Command::First => self.in_stage(|window| window.go_to(line.unwrap_or(0))),
            Command::Last => self.in_stage(|window| window.go_to(line.unwrap_or(usize::MAX))),
            Command::NextStage | Command::PreviousStage => {
                // A range is of one stage.
                self.list.marks.end();
                let by = if command == Command::NextStage { times } else { -times };
                self.at = self.at.saturating_add_signed(by).min(last);
            }
            Command::MarkRange | Command::ToggleMark if self.list.marks.is_range() => self.list.marks.end(),
            Command::MarkRange => {
                let at = self.stack().and_then(|stack| stack.window.cursor());
                self.list.marks.begin(at.unwrap_or_default());
            }
            Command::ToggleMark => {
                if let Some(id) = self.card_id() {
                    self.list.marks.toggle(id);
                }
                self.in_stage(|window| window.move_by(1));
            }
            _ => return None,
        }
        self.list.moved = true;
        // Whoever moves on is not taken back to where the question was asked.
        if self.anchor.is_some() {
            self.anchor = self.card_id();
        }
        let mut effects = self.stretch();
        effects.extend(self.follow(cx));
        Some(effects)
    }

    /// Takes the range along to the card with the focus.
    fn stretch(&mut self) -> Vec<Effect> {
        let mut marks = std::mem::take(&mut self.list.marks);
        let wants_all = self.stack().is_some_and(|stack| {
            let spot = |at: usize| match stack.cache.get(at) {
                Some(row) => Spot::Row(row.record.id),
                None if at < stack.count() => Spot::Unread,
                None => Spot::Gap,
            };
            stack.window.cursor().is_some_and(|at| marks.stretch(at, spot))
        });
        self.list.marks = marks;
        let (Some(stage), Some(mut query), true) = (self.stage(), self.asked.clone(), wants_all) else {
            return Vec::new();
        };
        query.filters.push(equals(is::STAGE, stage.id));
        vec![Effect::Ask(MARKS, Request::Ids(query))]
    }

    fn in_stage(&mut self, act: impl FnOnce(&mut Window)) {
        if let Some(stack) = self.stacks.get_mut(self.at) {
            act(&mut stack.window);
        }
    }

    fn turn_pipeline(&mut self, by: isize, cx: &Cx) -> Vec<Effect> {
        let all: Vec<_> = cx.settings.pipelines_of(self.list.object).map(|pipeline| pipeline.id).collect();
        let at = all.iter().position(|id| *id == self.pipeline).unwrap_or(0) as isize;
        let Some(next) = all.get((at + by).rem_euclid(all.len().max(1) as isize) as usize) else { return Vec::new() };
        self.pipeline = *next;
        self.stacks.clear();
        (self.at, self.first, self.anchor) = (0, 0, None);
        self.list.behind = None;
        self.take_stages(cx);
        let effects = self.list.ask_from_top(cx);
        self.after(effects, cx)
    }
}
