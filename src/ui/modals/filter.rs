//! A filter put together without a syntax, step by step in one box: what is compared, how, with what. What each step
//! offers is a row of `filter/offers.rs`.

mod draw;
mod meaning;
mod offers;
mod typed;

use crate::domain::fold::{fold, words};
use crate::domain::id::Object;
use crate::domain::object::ObjectSpec;
use crate::domain::property::Property;
use crate::domain::query::operators::{Class, Operator, Takes};
use crate::domain::query::parse::{filter, phrases};
use crate::domain::query::phrase::{Phrase, Subject, written};
use crate::keys::{Command, KeyMode, Keys, rows::FILTER};
use crate::ui::edit::FieldEditor;
use crate::ui::layer::{Answer, Cx, Effect, Layer};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField, Window};
use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEventKind};
use offers::{Offer, Pick};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Which filter of a list is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    New,
    /// An alternative of one that is there, in its place.
    Part(usize, usize),
    /// One more alternative.
    Or(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Subject,
    Operator,
    Value,
}

pub struct FilterBox {
    object: Object,
    /// All filters of the list, as they are.
    filters: Vec<String>,
    target: Target,
    /// The alternatives of the filter that is changed.
    any: Vec<Phrase>,
    step: Step,
    /// Where it began: esc leaves from there.
    first: Step,
    /// Properties of this associated object only.
    within: Option<Object>,
    subject: Option<Subject>,
    operator: Option<&'static Operator>,
    /// Values, as they are written.
    ticked: Vec<String>,
    field: TextField,
    /// Instead of the field where the value is typed as that of its property is.
    editor: Option<FieldEditor>,
    offers: Vec<Offer>,
    /// Places in `offers` that the words leave.
    found: Vec<usize>,
    window: Window,
    refusal: Option<String>,
    /// Where the offers were drawn last.
    drawn: Rect,
    cursor: Option<Rect>,
}

impl FilterBox {
    /// `None`: the filter that is to be changed can't be read any more.
    pub fn new(object: Object, filters: Vec<String>, target: Target, cx: &Cx) -> Option<FilterBox> {
        let spec = cx.settings.object(object)?;
        let any = match target {
            Target::New => Vec::new(),
            Target::Part(at, _) | Target::Or(at) => phrases(filters.get(at)?, spec, cx.settings).ok()?,
        };
        let mut filter = FilterBox {
            object,
            filters,
            target,
            any,
            step: Step::Subject,
            first: Step::Subject,
            within: None,
            subject: None,
            operator: None,
            ticked: Vec::new(),
            field: TextField::default().limited(500),
            editor: None,
            offers: Vec::new(),
            found: Vec::new(),
            window: Window::default(),
            refusal: None,
            drawn: Rect::ZERO,
            cursor: None,
        };
        match target {
            Target::Part(_, part) => {
                let phrase = filter.any.get(part)?.clone();
                filter.begin_with(&phrase, cx);
            }
            Target::New | Target::Or(_) => filter.enter(Step::Subject, cx),
        }
        Some(filter)
    }

    fn begin_with(&mut self, phrase: &Phrase, cx: &Cx) {
        self.subject = Some(phrase.of);
        self.operator = Some(phrase.operator);
        self.first = if phrase.operator.takes == Takes::Nothing { Step::Operator } else { Step::Value };
        self.enter(self.first, cx);
        if self.offers.is_empty() {
            let between = if phrase.operator.takes == Takes::Two { " and " } else { "; " };
            self.set_text(&phrase.with.join(between));
        } else if self.first == Step::Value {
            let is_meant = |offer: &&Offer| phrase.with.iter().any(|with| offer.is_written(with));
            let meant: Vec<String> = self.offers.iter().filter(is_meant).filter_map(Offer::value).collect();
            self.go_to(|offer| offer.value().as_ref() == meant.first());
            self.ticked = if phrase.operator.takes == Takes::Values { meant } else { Vec::new() };
        }
    }

    fn spec<'c>(&self, cx: &'c Cx) -> Option<&'c ObjectSpec> {
        cx.settings.object(self.object)
    }

    fn property<'c>(&self, cx: &'c Cx) -> Option<&'c Property> {
        self.subject?.property(self.spec(cx)?, cx.settings)
    }

    fn class(&self, cx: &Cx) -> Option<Class> {
        self.subject?.class(self.spec(cx)?, cx.settings)
    }

    fn enter(&mut self, step: Step, cx: &Cx) {
        self.step = step;
        self.field.set("");
        self.refusal = None;
        self.ticked.clear();
        self.offers = self.offered(cx);
        self.editor = self.editor_of_value(cx);
        self.choose();
        match step {
            Step::Operator => {
                let operator = self.operator;
                self.go_to(|offer| matches!(offer.pick, Pick::Operator(of) if Some(of) == operator));
            }
            Step::Subject => {
                let subject = self.subject;
                self.go_to(|offer| matches!(offer.pick, Pick::Subject(of) if Some(of) == subject));
            }
            Step::Value => {}
        }
    }

    fn go_to(&mut self, is_it: impl Fn(&Offer) -> bool) {
        if let Some(place) = self.found.iter().position(|at| is_it(&self.offers[*at])) {
            self.window.go_to(place);
        }
    }

    /// Takes the offers that hold all words, those that begin with them first.
    fn choose(&mut self) {
        let words = words(self.field.text());
        let is_found = |offer: &Offer| offer.is_seen(words.is_empty()) && words.iter().all(|word| offer.holds(word));
        let begins = |at: &usize| words.first().is_some_and(|word| fold(&self.offers[*at].label).starts_with(word));
        let mut found: Vec<usize> = (0..self.offers.len()).filter(|at| is_found(&self.offers[*at])).collect();
        found.sort_by_key(|at| !begins(at));
        self.found = found;
        self.window.set_len(self.found.len());
        self.window.first();
    }

    fn under_cursor(&self) -> Option<&Offer> {
        self.offers.get(*self.found.get(self.window.cursor()?)?)
    }

    /// Takes what is under the cursor, or what is typed, and goes one step on.
    fn take(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.step == Step::Value {
            let chosen = || self.under_cursor().and_then(Offer::value).into_iter().collect();
            let with = match &self.ticked[..] {
                _ if self.is_typed() => self.typed(),
                [] => chosen(),
                ticked => ticked.to_vec(),
            };
            return self.finish(with, cx);
        }
        let Some(offer) = self.under_cursor() else { return Vec::new() };
        match offer.pick.clone() {
            Pick::Into(object) => {
                self.within = Some(object);
                self.enter(Step::Subject, cx);
            }
            Pick::Subject(subject) => {
                self.operator = self.operator.filter(|_| self.subject == Some(subject));
                self.subject = Some(subject);
                self.enter(Step::Operator, cx);
            }
            Pick::Operator(operator) => {
                self.operator = Some(operator);
                if operator.takes == Takes::Nothing {
                    return self.finish(Vec::new(), cx);
                }
                self.enter(Step::Value, cx);
            }
            Pick::Value(_) => {}
        }
        Vec::new()
    }

    /// The expression of the one comparison, or why there is none.
    fn expression(&self, with: Vec<String>, cx: &Cx) -> Result<(Phrase, String), String> {
        let nothing = || "There is nothing to compare with yet".to_owned();
        let (of, operator) = self.subject.zip(self.operator).ok_or_else(nothing)?;
        let wanted = usize::from(operator.takes != Takes::Nothing);
        if with.len() < wanted {
            return Err(nothing());
        }
        let spec = self.spec(cx).ok_or_else(nothing)?;
        let phrase = Phrase { of, operator, with };
        let text = phrase.written(spec, cx.settings).ok_or("This property is not there any more")?;
        filter(&text, spec, &cx.reading()).map_err(|error| error.to_string())?;
        Ok((phrase, text))
    }

    fn finish(&mut self, with: Vec<String>, cx: &Cx) -> Vec<Effect> {
        let (phrase, text) = match self.expression(with, cx) {
            Ok(expression) => expression,
            Err(sentence) => {
                self.refusal = Some(sentence);
                return Vec::new();
            }
        };
        let mut filters = self.filters.clone();
        let at = match self.target {
            Target::New => {
                filters.push(text);
                return vec![Effect::Pop(Some(Answer::Filters(filters)))];
            }
            Target::Part(at, part) => {
                self.any[part] = phrase;
                at
            }
            Target::Or(at) => {
                self.any.push(phrase);
                at
            }
        };
        let whole = self.spec(cx).and_then(|spec| written(&self.any, spec, cx.settings));
        filters[at] = whole.unwrap_or(text);
        vec![Effect::Pop(Some(Answer::Filters(filters)))]
    }

    /// One step back; none is left: the box closes.
    fn back(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.step {
            Step::Value => self.enter(Step::Operator, cx),
            Step::Operator => self.enter(Step::Subject, cx),
            Step::Subject if self.within.is_some() => {
                self.within = None;
                self.enter(Step::Subject, cx);
            }
            Step::Subject => return vec![Effect::Pop(None)],
        }
        Vec::new()
    }

    /// Of several values each is ticked; `is` with a tick is `is any of`.
    fn tick(&mut self, cx: &Cx) -> Vec<Effect> {
        let several = self.several(cx);
        let Some((value, several)) = self.under_cursor().and_then(Offer::value).zip(several) else { return Vec::new() };
        self.operator = Some(several);
        match self.ticked.iter().position(|ticked| *ticked == value) {
            Some(at) => _ = self.ticked.remove(at),
            None => self.ticked.push(value),
        }
        self.window.move_by(1);
        Vec::new()
    }

    /// The form of the operator that takes several values.
    fn several(&self, cx: &Cx) -> Option<&'static Operator> {
        let verb = self.operator?.verb;
        self.class(cx)?.operators().find(|operator| operator.verb == verb && operator.takes == Takes::Values)
    }

    fn click(&mut self, column: u16, line: u16, cx: &Cx) -> Vec<Effect> {
        if !self.drawn.contains((column, line).into()) {
            return Vec::new();
        }
        let Some(place) = self.window.at(usize::from(line - self.drawn.y)) else { return Vec::new() };
        if self.window.cursor() == Some(place) {
            return self.take(cx);
        }
        self.window.go_to(place);
        Vec::new()
    }
}

impl Layer for FilterBox {
    fn name(&self, _: &Cx) -> String {
        "the filter".into()
    }

    fn keys(&self) -> &'static [Keys] {
        FILTER
    }

    fn mode(&self) -> KeyMode {
        KeyMode::Text
    }

    fn is_modal(&self) -> bool {
        true
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => {
                let erases = key.code == KeyCode::Backspace && key.modifiers == KeyModifiers::NONE;
                if erases && self.text().is_empty() {
                    let is_end = self.step == Step::Subject && self.within.is_none();
                    return Some(if is_end { Vec::new() } else { self.back(cx) });
                }
                if self.type_in(input)? == Edit::Changed {
                    self.refusal = None;
                    self.choose();
                }
            }
            Input::Paste(_) => {
                self.type_in(input)?;
                self.refusal = None;
                self.choose();
            }
            Input::Mouse(mouse) => match mouse.kind {
                MouseEventKind::ScrollDown => self.window.move_by(1),
                MouseEventKind::ScrollUp => self.window.move_by(-1),
                MouseEventKind::Down(MouseButton::Left) => return Some(self.click(mouse.column, mouse.row, cx)),
                _ => return None,
            },
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        let is_nothing = !self.is_typed() && self.found.is_empty() && self.ticked.is_empty();
        match command {
            Command::Open if is_nothing => Some("nothing is called so, backspace widens it".into()),
            Command::Tick if self.step != Step::Value || self.is_typed() => {
                Some("there is nothing to tick here".into())
            }
            Command::MoveDown | Command::MoveUp | Command::PageDown | Command::PageUp if self.is_typed() => {
                Some("there is nothing to choose from here, the value is typed".into())
            }
            Command::Tick if self.several(cx).is_none() => Some("this takes one value".into()),
            _ => None,
        }
    }

    fn run(&mut self, command: Command, _: Option<u32>, cx: &Cx) -> Vec<Effect> {
        match command {
            Command::MoveDown => self.window.move_by(1),
            Command::MoveUp => self.window.move_by(-1),
            Command::PageDown => self.window.page(1),
            Command::PageUp => self.window.page(-1),
            Command::Open => return self.take(cx),
            Command::Tick => return self.tick(cx),
            Command::Escape if self.step == self.first && self.within.is_none() => return vec![Effect::Pop(None)],
            Command::Escape => return self.back(cx),
            _ => {}
        }
        Vec::new()
    }

    fn cursor(&self) -> Option<Rect> {
        self.cursor
    }

    fn draw(&mut self, frame: &mut Frame, screen: Rect, cx: &Cx) {
        self.paint(frame.buffer_mut(), screen, cx);
    }
}
