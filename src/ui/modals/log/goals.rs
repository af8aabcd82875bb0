//! Where an activity goes: each record with its reason, ticked or not (R3.14); addresses that nobody has; and the row
//! that adds a record. Shared by the line and the form.

use crate::domain::change::{Reason, Rule};
use crate::domain::id::RecordId;
use crate::domain::logging::Logging;
use crate::domain::number::grouped;
use crate::keys::Command;
use crate::ui::cell::{self, glyph_of};
use crate::ui::layer::{Cx, Effect};
use crate::ui::modals::anywhere::Anywhere;
use crate::ui::modals::form::Form;
use crate::ui::text::{clean, width};
use crate::ui::widgets::{RowState, Window, draw_left, draw_right, draw_scrollbar, paint_row, row};
use crate::workspace::Failure;
use crate::workspace::aiming::{Aiming, Goal};
use crate::workspace::request::Request;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::collections::BTreeSet;

/// Contacts called or e-mailed (R3.6), who hear of what follows as well.
const REACHED: Rule = Rule(3, 6);

/// Of many records that it is logged on, so many are looked at before.
const SHOWN: usize = 200;

/// One line of the list.
enum Row<'a> {
    /// One of the records that it is logged on.
    Home(RecordId),
    /// So many more of them.
    More(usize),
    Goal(&'a Goal),
    Unknown(&'a str),
    Add,
}

pub struct Goals {
    /// It is logged on each of these.
    on: Vec<RecordId>,
    also: Vec<RecordId>,
    /// Unticked ones; they stay in sight.
    off: BTreeSet<RecordId>,
    /// Of each record of `on`; what follows after a single one.
    aimings: Vec<Aiming>,
    /// Where it goes beside, each record once.
    beside: Vec<Goal>,
    /// What follows goes to as many.
    follows_along: bool,
    asked: Vec<Logging>,
    /// Why it can't be logged so.
    pub refusal: Option<String>,
    window: Window,
    drawn: Rect,
}

impl Goals {
    pub fn new(on: Vec<RecordId>) -> Goals {
        Goals {
            on,
            also: Vec::new(),
            off: BTreeSet::new(),
            aimings: Vec::new(),
            beside: Vec::new(),
            follows_along: true,
            asked: Vec::new(),
            refusal: None,
            window: Window::default(),
            drawn: Rect::ZERO,
        }
    }

    pub fn is_one(&self) -> bool {
        self.on.len() == 1
    }

    pub fn on(&self) -> &[RecordId] {
        &self.on
    }

    pub fn first(&self) -> Option<RecordId> {
        self.on.first().copied()
    }

    /// Those that are looked at one by one before it is logged.
    fn shown(&self) -> &[RecordId] {
        &self.on[..self.on.len().min(SHOWN)]
    }

    /// The record that it is logged on, by its name.
    pub fn home(&self) -> Option<&str> {
        self.aimings.first().map(|aiming| aiming.home.as_str()).filter(|_| self.is_one())
    }

    /// What follows goes to the same records.
    pub fn follows_along(&self) -> bool {
        self.follows_along
    }

    /// Asks where `first` and, on a single record, what follows would go, unless that was asked already.
    pub fn ask(&mut self, first: &Logging, then: Option<&Logging>) -> Option<Request> {
        let bare = |logging: &Logging, on| Logging {
            on,
            subject: String::new(),
            text: String::new(),
            also: self.also.clone(),
            except: Vec::new(),
            ..logging.clone()
        };
        let mut asked: Vec<Logging> = self.shown().iter().map(|on| bare(first, *on)).collect();
        asked.extend(then.filter(|_| self.is_one()).map(|then| bare(then, then.on)));
        if asked == self.asked {
            return None;
        }
        self.asked.clone_from(&asked);
        Some(Request::Aims(asked))
    }

    /// What was answered may be different now.
    pub fn outdated(&mut self) {
        self.asked.clear();
    }

    pub fn take(&mut self, answers: Vec<Result<Aiming, Failure>>) {
        self.refusal =
            answers.iter().find_map(|answer| answer.as_ref().err()).map(|why| clean(&why.to_string()).into());
        if self.refusal.is_some() {
            return;
        }
        self.aimings = answers.into_iter().flatten().collect();
        let then = if self.is_one() && self.aimings.len() > 1 { self.aimings.pop() } else { None };
        let mut seen: BTreeSet<RecordId> = self.on.iter().copied().collect();
        let goals = self.aimings.iter().flat_map(|aiming| &aiming.goals);
        self.beside = goals.filter(|goal| seen.insert(goal.record)).cloned().collect();
        self.follows_along = then.is_none_or(|then| {
            let own = |goals: &[Goal]| goals.iter().map(|goal| goal.record).collect::<BTreeSet<_>>();
            let reached = self.reached().collect::<BTreeSet<_>>();
            &own(&then.goals) | &reached == own(&self.beside)
        });
        self.window.set_len(self.rows().len());
    }

    /// By the address that one record's line names.
    fn reached(&self) -> impl Iterator<Item = RecordId> + '_ {
        let by_address = |goal: &&Goal| matches!(goal.why, Reason::Rule(rule, _) if rule == REACHED);
        let is_one = self.is_one();
        self.beside.iter().filter(by_address).filter(move |_| is_one).map(|goal| goal.record)
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row> = self.shown().iter().map(|on| Row::Home(*on)).collect();
        let more = self.on.len() - rows.len();
        rows.extend((more > 0).then_some(Row::More(more)));
        rows.extend(self.beside.iter().map(Row::Goal));
        let unknown = self.aimings.first().map_or(&[][..], |aiming| &aiming.unknown);
        rows.extend(unknown.iter().map(|address| Row::Unknown(address)));
        rows.extend(self.is_one().then_some(Row::Add));
        rows
    }

    /// `3 of 5`.
    pub fn count(&self) -> String {
        let all = self.on.len() + self.beside.len();
        let on = self.on.iter().chain(self.beside.iter().map(|goal| &goal.record));
        let ticked = on.filter(|id| !self.off.contains(id)).count();
        format!("{} of {}", grouped(ticked as u64), grouped(all as u64))
    }

    /// How many it is logged on.
    pub fn homes(&self) -> usize {
        self.on.iter().filter(|id| !self.off.contains(id)).count()
    }

    /// The activity as it is logged on each record, with what follows.
    pub fn loggings(&self, first: &Logging, then: Option<&Logging>) -> Vec<Logging> {
        let aims = |logging: &Logging, at: usize, more: &[RecordId]| {
            let on = self.on[at];
            let also = self.also.iter().chain(more).filter(|id| !self.off.contains(id) && **id != on);
            let goals = match self.aimings.get(at) {
                Some(aiming) => &aiming.goals,
                // Nobody looked where this one goes.
                None => &self.beside,
            };
            let off = |id: &RecordId| self.off.contains(id) && !self.also.contains(id);
            Logging {
                on,
                also: also.copied().collect(),
                except: goals.iter().map(|goal| goal.record).filter(off).collect(),
                ..logging.clone()
            }
        };
        let reached: Vec<RecordId> = self.reached().collect();
        let on = (0..self.on.len()).filter(|at| !self.off.contains(&self.on[*at]));
        on.flat_map(|at| {
            let then = then.map(|then| aims(then, at, &reached));
            [Some(aims(first, at, &[])), then].into_iter().flatten()
        })
        .collect()
    }

    /// The cursor comes to the first row that can be ticked.
    pub fn enter(&mut self) {
        if self.window.cursor().is_none_or(|at| at == 0) && self.is_one() {
            self.window.go_to(1);
        }
    }

    /// Moves the cursor; a command that is no movement does nothing.
    pub fn run(&mut self, movement: Command, times: isize) {
        match movement {
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::HalfPageDown => self.window.half_page(times),
            Command::HalfPageUp => self.window.half_page(-times),
            Command::PageDown => self.window.page(times),
            Command::PageUp => self.window.page(-times),
            Command::First => self.window.first(),
            Command::Last => self.window.go_to(usize::MAX),
            _ => {}
        }
    }

    /// The row under a cell of the screen has the cursor now.
    pub fn point(&mut self, (column, line): (u16, u16)) -> bool {
        if !self.drawn.contains((column, line).into()) {
            return false;
        }
        match self.window.at(usize::from(line - self.drawn.y)) {
            Some(at) => self.window.go_to(at),
            None => return false,
        }
        true
    }

    /// Why the row under the cursor can't be ticked.
    pub fn obstacle(&self) -> Option<String> {
        let row = self.window.cursor().and_then(|at| self.rows().into_iter().nth(at));
        matches!(row, Some(Row::Home(_)) if self.is_one())
            .then(|| "it is logged here and stays here, esc leaves it unlogged".to_owned())
    }

    /// Ticks or unticks the row under the cursor, adds a record, makes the contact whom an address is of.
    pub fn tick(&mut self, what: &str, cx: &Cx) -> Vec<Effect> {
        let row = self.window.cursor().and_then(|at| self.rows().into_iter().nth(at));
        let id = match row {
            Some(Row::Home(id)) => id,
            Some(Row::Goal(goal)) => goal.record,
            Some(Row::Unknown(address)) => return vec![Effect::Push(Box::new(Form::staying(address, cx)))],
            Some(Row::Add) => return Goals::add(what),
            Some(Row::More(_)) | None => return Vec::new(),
        };
        if !self.off.remove(&id) {
            self.off.insert(id);
        }
        Vec::new()
    }

    /// Looks for a record that it is to go to as well.
    pub fn add(what: &str) -> Vec<Effect> {
        vec![Effect::Push(Box::new(Anywhere::to_add(what.to_owned())))]
    }

    pub fn take_added(&mut self, id: RecordId) {
        self.off.remove(&id);
        if !self.also.contains(&id) && !self.on.contains(&id) {
            self.also.push(id);
        }
    }

    /// Draws the rows that have room; gives that of the cursor, if the list has the focus.
    pub fn paint(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.drawn = area;
        self.window.resize(usize::from(area.height));
        let rows = self.rows();
        let mut cursor = None;
        for (y, at) in (0..area.height).zip(self.window.visible()) {
            let (Some(shown), line) = (rows.get(at), row(area, y)) else { continue };
            if focused && self.window.cursor() == Some(at) {
                paint_row(buf, line, RowState::Cursor { focused: true }, cx.look);
                cursor = Some(line);
            }
            self.paint_row(buf, line, shown, at, cx);
        }
        draw_scrollbar(buf, area, &self.window, cx.look);
        cursor
    }

    fn paint_row(&self, buf: &mut Buffer, line: Rect, shown: &Row, at: usize, cx: &Cx) {
        let (theme, glyphs) = (cx.look.theme, cx.look.glyphs);
        let (id, name, why) = match shown {
            Row::Home(id) => {
                let aiming = self.aimings.get(at);
                (*id, aiming.map_or(glyphs.skeleton, |aiming| aiming.home.as_str()), self.why_home(aiming))
            }
            Row::Goal(goal) => (goal.record, goal.name.as_str(), reason(goal).to_owned()),
            Row::Unknown(address) => {
                let spans =
                    [Span::styled("nobody has ", theme.dim), Span::styled(clean(address).into_owned(), theme.text)];
                let used = draw_right(
                    buf,
                    line,
                    &Line::from_iter([cx.look.key("space"), Span::styled(" makes the contact", theme.dim)]),
                );
                let inside = Rect { x: line.x + 4, width: line.width.saturating_sub(used + 6), ..line };
                draw_left(buf, Rect { width: 3, ..line }, &Line::styled(glyphs.warning, theme.warn));
                draw_left(buf, inside, &Line::from_iter(spans));
                return;
            }
            Row::More(more) => {
                let said = format!("and {} more, each where its rules say", grouped(*more as u64));
                let inside = Rect { x: line.x + 4, width: line.width.saturating_sub(4), ..line };
                draw_left(buf, inside, &Line::styled(cx.look.fit(&said, inside.width).into_owned(), theme.dim));
                return;
            }
            Row::Add => {
                let spans = [cx.look.key("A"), Span::styled(" add another record", theme.dim)];
                draw_left(
                    buf,
                    Rect { x: line.x + 4, width: line.width.saturating_sub(4), ..line },
                    &Line::from_iter(spans),
                );
                return;
            }
        };
        let off = self.off.contains(&id);
        let is_fixed = matches!(shown, Row::Home(_)) && self.is_one();
        let (sign, sign_tone) = match (off, is_fixed) {
            (true, _) => (glyphs.box_off, theme.dim),
            (false, true) => (glyphs.box_on, theme.dim),
            (false, false) => (glyphs.box_on, theme.accent),
        };
        draw_left(buf, line, &Line::styled(sign, sign_tone));
        let beside = Rect { x: line.x + 4, width: line.width.saturating_sub(4), ..line };
        let why = if off { format!("{why}, unticked") } else { why };
        let room = beside.width.saturating_sub(4);
        let named = (width(&clean(name)) as u16).min(room / 2);
        let why = cx.look.fit(&clean(&why), room - named).into_owned();
        let taken = draw_right(buf, beside, &Line::styled(why, theme.dim));
        draw_left(buf, beside, &Line::styled(glyph_of(id.object, glyphs), theme.dim));
        let named = Rect { x: beside.x + 2, width: beside.width.saturating_sub(taken + 4), ..beside };
        let tone = if off { theme.dim } else { theme.text };
        draw_left(buf, named, &cell::text(name, &[], named.width, tone, cx));
    }

    fn why_home(&self, aiming: Option<&Aiming>) -> String {
        let more = aiming.map_or(0, |aiming| aiming.goals.len() + aiming.unseen);
        match (self.is_one(), aiming.map_or(0, |aiming| aiming.unseen), more) {
            (true, 0, _) | (false, _, 0) => "logged here".to_owned(),
            (true, unseen, _) => format!("logged here, {unseen} more you may not see"),
            (false, _, more) => format!("logged here, and {more} more by rule"),
        }
    }

    /// Rows that it would like.
    pub fn height(&self) -> u16 {
        self.rows().len() as u16
    }
}

fn reason(goal: &Goal) -> &str {
    match &goal.why {
        Reason::Asked => "added",
        Reason::Rule(_, sentence) => sentence,
    }
}

/// The head of the list: `Where it goes 3 of 5`.
pub fn head(goals: &Goals, cx: &Cx) -> Line<'static> {
    let theme = cx.look.theme;
    let count = Span::styled(format!(" {}", goals.count()), theme.dim);
    Line::from_iter([Span::styled("Where it goes", theme.title), count])
}
