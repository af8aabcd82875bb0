//! A list of choices that drops down from its field and narrows while one types: options, users, pipelines, stages, yes
//! or no. What a kind of property offers is a row of [`offered`].

use super::Of;
use crate::domain::fold::{fold, words};
use crate::domain::id::{OptionId, UserId};
use crate::domain::property::{self, Kind, Property, Tint};
use crate::domain::user::User;
use crate::domain::value::Value;
use crate::ui::layer::Cx;
use crate::ui::widgets::{Edit, TextField, Window};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Choices that are seen at once.
pub const SEEN: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pick {
    Nothing,
    YesNo(bool),
    Option(OptionId),
    User(UserId),
}

#[derive(Debug, Clone)]
pub struct Choice {
    pick: Pick,
    pub label: String,
    /// What tells it from its namesakes, or that it is oneself; dim.
    pub aside: String,
    /// Of an option.
    pub tint: Option<Tint>,
    folded: String,
}

impl Choice {
    fn new(pick: Pick, label: &str, aside: String) -> Choice {
        Choice { pick, folded: fold(&format!("{label} {aside}")), label: label.to_owned(), aside, tint: None }
    }

    pub fn is_nothing(&self) -> bool {
        self.pick == Pick::Nothing
    }
}

#[derive(Debug, Clone)]
pub struct Choices {
    all: Vec<Choice>,
    several: bool,
    /// Places in `all`; one at most where there are not several.
    chosen: Vec<usize>,
    filter: TextField,
    /// Places in `all` that the filter leaves.
    found: Vec<usize>,
    window: Window,
    open: bool,
}

fn offered(property: &Property, of: Of, cx: &Cx) -> Vec<Choice> {
    let settings = cx.settings;
    let pipelines = || settings.pipelines_of(of.object);
    match property.kind {
        Kind::YesNo => {
            [(true, "Yes"), (false, "No")].map(|(yes, word)| Choice::new(Pick::YesNo(yes), word, String::new())).into()
        }
        Kind::User | Kind::Users => {
            let active = || settings.users.iter().filter(|user| user.active);
            let aside = |one: &User| match active().filter(|user| user.name == one.name).count() {
                _ if one.id == cx.user.id => "you".to_owned(),
                1 => String::new(),
                _ => one.email.clone(),
            };
            let choice = |user: &User| Choice {
                folded: fold(&format!("{} {}", user.name, user.email)),
                ..Choice::new(Pick::User(user.id), &user.name, aside(user))
            };
            active().map(choice).collect()
        }
        Kind::Pipeline => {
            pipelines().map(|pipeline| Choice::new(Pick::Option(pipeline.id), &pipeline.name, String::new())).collect()
        }
        Kind::Stage => {
            let is_own = |id| of.pipeline.is_none_or(|own| own == id);
            let own = || pipelines().filter(|pipeline| is_own(pipeline.id));
            let several = own().count() > 1;
            let aside = |name: &str| if several { name.to_owned() } else { String::new() };
            let stages = own().flat_map(|pipeline| pipeline.stages.iter().map(move |stage| (pipeline, stage)));
            stages
                .map(|(pipeline, stage)| Choice::new(Pick::Option(stage.id), &stage.name, aside(&pipeline.name)))
                .collect()
        }
        _ => {
            let choices = property.choices.iter();
            let tint = |choice: &property::Choice| property.is_coloured().then_some(choice.tint);
            let named = |choice: &property::Choice| Choice {
                tint: tint(choice),
                ..Choice::new(Pick::Option(choice.id), &choice.label, String::new())
            };
            choices.map(named).collect()
        }
    }
}

/// The picks that a value stands for.
fn picks(value: Option<&Value>) -> Vec<Pick> {
    match value {
        Some(Value::YesNo(yes)) => vec![Pick::YesNo(*yes)],
        Some(Value::Option(id)) => vec![Pick::Option(*id)],
        Some(Value::User(id)) => vec![Pick::User(*id)],
        Some(Value::Options(ids)) => ids.iter().map(|id| Pick::Option(*id)).collect(),
        Some(Value::Users(ids)) => ids.iter().map(|id| Pick::User(*id)).collect(),
        _ => Vec::new(),
    }
}

impl Choices {
    pub fn new(property: &Property, value: Option<&Value>, of: Of, cx: &Cx) -> Choices {
        let several = property.kind.is_several();
        let mut all = offered(property, of, cx);
        let picked = picks(value);
        // What was deleted since stays as long as nobody takes it away.
        for gone in picked.iter().filter(|pick| all.iter().all(|choice| choice.pick != **pick)).collect::<Vec<_>>() {
            let name = match gone {
                Pick::User(id) => cx.settings.user(*id).map(|user| user.name.clone()),
                _ => None,
            };
            all.push(Choice::new(*gone, &name.unwrap_or_else(|| "(deleted)".to_owned()), String::new()));
        }
        if !several && !property.required {
            all.insert(0, Choice::new(Pick::Nothing, "none", String::new()));
        }
        let place = |pick: &Pick| all.iter().position(|choice| choice.pick == *pick);
        let chosen: Vec<usize> = picked.iter().filter_map(place).collect();
        let mut choices = Choices {
            all,
            several,
            chosen,
            filter: TextField::default().limited(200),
            found: Vec::new(),
            window: Window::default(),
            open: false,
        };
        choices.narrow();
        choices
    }

    pub fn is_several(&self) -> bool {
        self.several
    }

    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn is_filtered(&self) -> bool {
        !self.filter.text().trim().is_empty()
    }

    pub fn filter(&self) -> &TextField {
        &self.filter
    }

    pub fn window(&self) -> &Window {
        &self.window
    }

    /// The choices that are seen, each with whether it is chosen.
    pub fn seen(&self) -> impl Iterator<Item = (usize, &Choice, bool)> {
        let seen = self.window.visible();
        seen.map(|at| (at, &self.all[self.found[at]], self.chosen.contains(&self.found[at])))
    }

    /// Labels of what is chosen.
    pub fn labels(&self) -> String {
        self.chosen.iter().map(|at| self.all[*at].label.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// What is typed and names nothing.
    pub fn unknown(&self) -> Option<&str> {
        (self.is_filtered() && self.found.is_empty()).then(|| self.filter.text().trim())
    }

    pub fn value(&self) -> Option<Value> {
        let mut picks = self.chosen.iter().map(|at| self.all[*at].pick);
        if !self.several {
            return match picks.next_back()? {
                Pick::Nothing => None,
                Pick::YesNo(yes) => Some(Value::YesNo(yes)),
                Pick::Option(id) => Some(Value::Option(id)),
                Pick::User(id) => Some(Value::User(id)),
            };
        }
        let (mut options, mut users) = (Vec::new(), Vec::new());
        for pick in picks {
            match pick {
                Pick::Option(id) => options.push(id),
                Pick::User(id) => users.push(id),
                Pick::Nothing | Pick::YesNo(_) => {}
            }
        }
        match (options.is_empty(), users.is_empty()) {
            (false, _) => Some(Value::Options(options)),
            (true, false) => Some(Value::Users(users)),
            (true, true) => None,
        }
    }

    /// For a draft: what is chosen, or else typed.
    pub fn text(&self) -> String {
        if self.is_filtered() {
            return self.filter.text().to_owned();
        }
        self.chosen.iter().map(|at| self.all[*at].label.as_str()).collect::<Vec<_>>().join(";")
    }

    pub fn set_text(&mut self, text: &str) {
        let place = |label: &str| self.all.iter().position(|choice| choice.label == label.trim());
        let labels: Vec<&str> = if self.several { text.split(';').collect() } else { vec![text] };
        let found: Option<Vec<usize>> = labels.into_iter().map(place).collect();
        match found {
            Some(found) => self.chosen = found,
            None if text.is_empty() => self.chosen.clear(),
            None => {
                self.open = true;
                self.filter.set(text);
            }
        }
        self.narrow();
    }

    /// Takes the choices that hold all words, those that begin with them first; the light goes to what is chosen.
    fn narrow(&mut self) {
        let words = words(self.filter.text());
        let holds = |at: &usize| words.iter().all(|word| self.all[*at].folded.contains(word.as_str()));
        let mut found: Vec<usize> = (0..self.all.len()).filter(holds).collect();
        if let Some(first) = words.first() {
            found.retain(|at| !self.all[*at].is_nothing());
            found.sort_by_key(|at| !self.all[*at].folded.starts_with(first.as_str()));
        }
        let lit = found.iter().position(|at| words.is_empty() && self.chosen.first() == Some(at)).unwrap_or(0);
        self.window = Window::new(found.len(), SEEN);
        self.window.go_to(lit);
        self.found = found;
    }

    pub fn open(&mut self) {
        self.open = true;
    }

    /// Nothing is taken. False: it was folded already.
    pub fn fold(&mut self) -> bool {
        let was_open = std::mem::take(&mut self.open);
        if was_open {
            self.filter.set("");
            self.narrow();
        }
        was_open
    }

    pub fn move_by(&mut self, by: isize) {
        if self.open {
            self.window.move_by(by);
        }
        self.open = true;
    }

    /// Lights the choice on a line of the list. False: there is none.
    pub fn light(&mut self, line: usize) -> bool {
        let at = self.window.at(line);
        if let Some(at) = at {
            self.window.go_to(at);
        }
        at.is_some()
    }

    fn lit(&self) -> Option<usize> {
        self.window.cursor().and_then(|at| self.found.get(at)).copied()
    }

    /// Ticks what is lit, or takes its tick away. False: nothing is.
    pub fn tick(&mut self) -> bool {
        let Some(lit) = self.lit().filter(|_| self.open && self.several) else { return false };
        match self.chosen.iter().position(|at| *at == lit) {
            Some(place) => _ = self.chosen.remove(place),
            None => self.chosen.push(lit),
        }
        if self.is_filtered() {
            self.filter.set("");
            self.narrow();
        }
        true
    }

    /// Takes what is lit and folds the list; of several only what was typed for. True: it was not chosen before.
    pub fn settle(&mut self) -> bool {
        if !self.open || self.unknown().is_some() {
            return false;
        }
        let lit = self.lit().filter(|_| !self.several || self.is_filtered());
        let is_new = lit.is_some_and(|lit| !self.stands_for(lit));
        if let Some(lit) = lit.filter(|_| is_new) {
            if !self.several {
                self.chosen.clear();
            }
            self.chosen.push(lit);
        }
        self.fold();
        is_new
    }

    /// Whether a choice is what is chosen already; without any, that is *none*.
    fn stands_for(&self, at: usize) -> bool {
        if self.chosen.is_empty() { self.all[at].is_nothing() } else { self.chosen.contains(&at) }
    }

    pub fn key(&mut self, key: KeyEvent) -> Option<Edit> {
        let is_blank = key.code == KeyCode::Char(' ') && key.modifiers == KeyModifiers::NONE;
        if is_blank && !self.is_filtered() {
            self.open();
            return Some(if self.tick() { Edit::Changed } else { Edit::Kept });
        }
        let before = self.is_filtered();
        let edit = self.filter.key(key)?;
        if edit == Edit::Changed {
            self.open();
            self.narrow();
        }
        // Backspace in an empty field means no value.
        let clears = matches!(key.code, KeyCode::Backspace | KeyCode::Delete) && !before;
        if clears && self.all.first().is_some_and(Choice::is_nothing) {
            self.open();
            self.window.first();
        }
        Some(edit)
    }

    pub fn paste(&mut self, text: &str) {
        self.filter.paste(text);
        self.open();
        self.narrow();
    }
}
