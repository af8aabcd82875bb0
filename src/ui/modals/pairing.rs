//! Associating by a rule (R5.7): what is compared, the pairs that share a value, each with a tick, and what is left to
//! people.

mod draw;

use super::choose::{Choice, Choose};
use crate::domain::id::{Object, RecordId};
use crate::domain::pair_rule::{By, PairRule, Side};
use crate::domain::query::Query;
use crate::domain::settings::Settings;
use crate::keys::{Command, Keys, rows::PAIRING};
use crate::ui::layer::{Answer, Cx, Effect, Layer, Slot};
use crate::ui::terminal::Input;
use crate::ui::widgets::Window;
use crate::workspace::pairs::{Paired, PairsAsk};
use crate::workspace::request::{Reply, Request};
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::HashSet;

/// Of what is compared, before the pairs.
const SIDES: usize = 2;

pub struct Pairing {
    rule: PairRule,
    /// Of the first object only these, as `3 contacts`; as long as it is that object.
    within: Option<(Query, String)>,
    replace: bool,
    paired: Paired,
    unticked: HashSet<(RecordId, RecordId)>,
    is_awaited: bool,
    /// Why there are no pairs.
    refusal: Option<String>,
    /// The two sides, the pairs, what is left out.
    window: Window,
    drawn: Vec<(usize, Rect)>,
    cursor: Option<Rect>,
}

impl Pairing {
    /// Begins with what the list shows, or only with some of it.
    pub fn new(object: Object, within: Option<(Query, String)>, cx: &Cx) -> Pairing {
        Pairing {
            rule: beginning(object, cx.settings),
            within,
            replace: false,
            paired: Paired::default(),
            unticked: HashSet::new(),
            is_awaited: false,
            refusal: None,
            window: Window::new(SIDES, SIDES),
            drawn: Vec::new(),
            cursor: None,
        }
    }

    fn ask(&mut self) -> Vec<Effect> {
        (self.is_awaited, self.refusal) = (true, None);
        let within = self.within.as_ref().filter(|(query, _)| query.object == self.rule.one.object);
        let query = within.map(|(query, _)| query.clone());
        let ask = PairsAsk { rule: self.rule, query, except: Vec::new(), replace: self.replace };
        vec![Effect::Ask(0, Request::Pairs(Box::new(ask)))]
    }

    fn take(&mut self, paired: Paired) {
        self.paired = paired;
        let there: HashSet<_> = self.paired.pairs.iter().map(|pair| (pair.one.0, pair.other.0)).collect();
        self.unticked.retain(|pair| there.contains(pair));
        self.window.set_len(SIDES + self.paired.pairs.len() + self.paired.left_out.len());
    }

    /// The pair under the cursor.
    fn pair(&self) -> Option<(RecordId, RecordId)> {
        let at = self.window.cursor()?.checked_sub(SIDES)?;
        self.paired.pairs.get(at).map(|pair| (pair.one.0, pair.other.0))
    }

    fn side(&self) -> Option<Side> {
        match self.window.cursor()? {
            0 => Some(self.rule.one),
            1 => Some(self.rule.other),
            _ => None,
        }
    }

    fn ticked(&self) -> usize {
        self.paired.pairs.len() - self.unticked.len()
    }

    fn tick(&mut self) {
        if let Some(pair) = self.pair()
            && !self.unticked.remove(&pair)
        {
            self.unticked.insert(pair);
        }
    }

    fn tick_all(&mut self) {
        let all = self.paired.pairs.iter().map(|pair| (pair.one.0, pair.other.0));
        self.unticked = if self.unticked.is_empty() { all.collect() } else { HashSet::new() };
    }

    fn choose(&self, cx: &Cx) -> Vec<Effect> {
        let Some(side) = self.side() else { return Vec::new() };
        let sides = sides(cx.settings);
        let at = sides.iter().position(|other| *other == side).unwrap_or(0);
        let choice = |(at, side): (usize, &Side)| {
            let object = cx.settings.object(side.object).map_or("", |spec| spec.singular.as_str());
            Choice::placed(at, &format!("{object}: {}", side.label(cx.settings)), side.name(cx.settings))
        };
        let choices = sides.iter().enumerate().map(choice).collect();
        vec![Effect::Push(Box::new(Choose::new("What is compared", "", choices, at)))]
    }

    fn save(&self) -> Vec<Effect> {
        let pairs = self.paired.pairs.iter().map(|pair| (pair.one.0, pair.other.0));
        let change = Paired::change(pairs.filter(|pair| !self.unticked.contains(pair)), self.replace);
        vec![Effect::Pop(Some(Answer::Do(Box::new(change))))]
    }
}

/// Contacts and companies by domain; of other objects, what they are called.
fn beginning(object: Object, settings: &Settings) -> PairRule {
    let PairRule { one, other } = PairRule::BY_DOMAIN;
    match object {
        Object::CONTACT => PairRule { one, other },
        Object::COMPANY => PairRule { one: other, other: one },
        object => {
            let first = settings.object(object).and_then(|spec| Side::all_of(spec).first().copied());
            let name = Side { object: Object::COMPANY, by: By::Property(crate::domain::object::is::NAME) };
            PairRule { one: first.unwrap_or(one), other: name }
        }
    }
}

/// All that can be compared.
fn sides(settings: &Settings) -> Vec<Side> {
    settings.objects.iter().flat_map(Side::all_of).collect()
}

impl Layer for Pairing {
    fn name(&self, _: &Cx) -> String {
        "the pairs of a rule".into()
    }

    fn keys(&self) -> &'static [Keys] {
        PAIRING
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
            MouseEventKind::ScrollDown => self.window.move_by(1),
            MouseEventKind::ScrollUp => self.window.move_by(-1),
            MouseEventKind::Down(MouseButton::Left) => {
                let at = (mouse.column, mouse.row).into();
                let (place, _) = self.drawn.iter().find(|(_, area)| area.contains(at))?;
                self.window.go_to(*place);
                self.tick();
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, _: &Cx) -> Option<String> {
        match command {
            Command::Open if self.side().is_none() => Some("this is no field, space ticks".into()),
            Command::Tick if self.pair().is_none() => Some("this is no pair".into()),
            Command::MarkAll if self.paired.pairs.is_empty() => Some("there are no pairs".into()),
            Command::Save if self.is_awaited => Some("the pairs are being looked for".into()),
            Command::Save if self.ticked() == 0 => Some("no pair is ticked".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::Open => return self.choose(cx),
            Command::Tick => {
                self.tick();
                self.window.move_by(1);
            }
            Command::MarkAll => self.tick_all(),
            Command::ToggleReplace => {
                self.replace = !self.replace;
                return self.ask();
            }
            Command::Save => return self.save(),
            Command::Escape => return vec![Effect::Pop(None)],
            movement => _ = self.window.run(movement, count),
        }
        Vec::new()
    }

    fn reply(&mut self, _: Slot, reply: Reply, _: &Cx) -> Vec<Effect> {
        match reply {
            Reply::Pairs(paired) => self.take(*paired),
            Reply::Failed(failure) => {
                self.take(Paired::default());
                self.refusal = Some(failure.to_string());
            }
            _ => return Vec::new(),
        }
        self.is_awaited = false;
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        let sides = sides(cx.settings);
        let Answer::Picked(at) = answer else { return Vec::new() };
        if let Some(side) = sides.get(at) {
            match self.window.cursor() {
                Some(0) => self.rule.one = *side,
                _ => self.rule.other = *side,
            }
        }
        // The modal comes back to the top, which asks.
        Vec::new()
    }

    fn notice(&mut self, notice: &Reply, _: &Cx) -> Vec<Effect> {
        if matches!(notice, Reply::Changed(_)) { self.ask() } else { Vec::new() }
    }

    fn spins(&self) -> bool {
        self.is_awaited
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}
