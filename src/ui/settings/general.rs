//! A page of settings that are one text each: **General** (R6.6), **Companies by e-mail** (R5.7). Nothing is changed
//! before it is saved (R2.3).

mod draw;

use super::draft::Draft;
use super::{Page, lacking};
use crate::domain::number::CURRENCIES;
use crate::domain::phone::COUNTRIES;
use crate::domain::settings::{NONE, SETTINGS, SettingKind, Spec};
use crate::domain::user::{Right, User};
use crate::keys::rows::{SETTINGS_DRAFTED, SETTINGS_FIELD};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::terminal::Input;
use crate::ui::text::clean;
use crate::ui::widgets::{Edit, Tab, TextField, Window};
use crate::workspace::request::Reply;
use chrono_tz::TZ_VARIANTS;
use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const RIGHT: Right = Right::SuperAdmin;
/// Of what is typed, at most.
const LETTERS: usize = 2_000;

pub struct General {
    title: &'static str,
    specs: Vec<&'static Spec>,
    window: Window,
    draft: Draft,
    typing: Option<Typing>,
    /// Where the settings were drawn, each with its place.
    drawn: Vec<(usize, Rect)>,
}

/// A setting that is being typed.
pub(super) struct Typing {
    pub field: TextField,
    pub is_touched: bool,
    pub refusal: Option<String>,
}

impl Typing {
    pub fn of(field: TextField) -> Typing {
        Typing { field, is_touched: false, refusal: None }
    }

    /// `None`: it is nothing for a field.
    pub fn input(&mut self, input: &Input) -> Option<()> {
        match input {
            Input::Key(key) => {
                if self.field.key(*key)? == Edit::Kept {
                    return Some(());
                }
            }
            Input::Paste(text) => self.field.paste(text),
            _ => return None,
        }
        (self.is_touched, self.refusal) = (true, None);
        Some(())
    }
}

/// What a setting may be, where that is a list: as it is kept, and as it is called.
fn choices(spec: &Spec, users: &[User]) -> Vec<(String, String)> {
    let named = |(value, label): (&str, &str)| (value.to_owned(), label.to_owned());
    match &spec.kind {
        SettingKind::Text
        | SettingKind::Days
        | SettingKind::Limits
        | SettingKind::Reasons
        | SettingKind::LifecycleStage
        | SettingKind::LifecycleStages
        | SettingKind::StageAutomation
        | SettingKind::Form
        | SettingKind::LeadProperties
        | SettingKind::ActivityTable
        | SettingKind::ActivityLimits
        | SettingKind::EventKinds
        | SettingKind::Source
        | SettingKind::Port
        | SettingKind::Sender
        | SettingKind::Own
        | SettingKind::Domains => Vec::new(),
        SettingKind::Toggle | SettingKind::Tick(..) => vec![named(("true", "On")), named(("false", "Off"))],
        SettingKind::Choice(choices) => choices.iter().map(|choice| named((choice, choice))).collect(),
        SettingKind::Currency => CURRENCIES.iter().map(|currency| named((currency.code, currency.name))).collect(),
        SettingKind::TimeZone => TZ_VARIANTS.iter().map(|zone| named((zone.name(), zone.name()))).collect(),
        SettingKind::Weekday => WEEKDAYS.iter().copied().map(named).collect(),
        SettingKind::User => {
            let active = users.iter().filter(|user| user.active);
            let user = active.map(|user| (user.email.clone(), clean(&user.name).into_owned()));
            user.chain([named((NONE, "Nobody"))]).collect()
        }
        SettingKind::Country => COUNTRIES.iter().map(|country| named((country.iso, country.name))).collect(),
    }
}

const WEEKDAYS: &[(&str, &str)] = &[
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
    ("Sun", "Sunday"),
];

/// How a value of a setting is called: `EUR`, `Monday`, `Poland`.
fn called(spec: &Spec, value: &str, users: &[User]) -> String {
    let is_code = matches!(spec.kind, SettingKind::Currency) || is_typed(spec);
    let label = || choices(spec, users).into_iter().find(|(known, _)| known == value).map(|(_, label)| label);
    if is_code { value.to_owned() } else { label().unwrap_or_else(|| value.to_owned()) }
}

/// It is written, not chosen.
fn is_typed(spec: &Spec) -> bool {
    matches!(spec.kind, SettingKind::Text | SettingKind::Days | SettingKind::Domains | SettingKind::EventKinds)
}

impl General {
    /// A page of the settings whose keys begin so, in that order.
    pub fn of(title: &'static str, keys: &[&'static str]) -> General {
        let of_key = |key: &&'static str| SETTINGS.iter().filter(|spec| spec.key.starts_with(*key)).collect::<Vec<_>>();
        General {
            title,
            specs: keys.iter().flat_map(of_key).collect(),
            window: Window::default(),
            draft: Draft::default(),
            typing: None,
            drawn: Vec::new(),
        }
    }

    fn spec(&self) -> Option<&'static Spec> {
        self.specs.get(self.window.cursor()?).copied()
    }

    fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(spec) = self.spec() else { return Vec::new() };
        let value = self.draft.value(spec.key, cx);
        if is_typed(spec) {
            let field = TextField::new(&value).limited(LETTERS);
            self.typing = Some(Typing::of(field));
            return Vec::new();
        }
        let all = choices(spec, &cx.settings.users);
        let at = all.iter().position(|(known, _)| *known == value).unwrap_or(0);
        let choice = |(value, label): &(String, String)| {
            let aside = if value == label || matches!(spec.kind, SettingKind::Toggle) { "" } else { value };
            Choice::named(value, label, aside)
        };
        let choose = Choose::new(spec.label, spec.help, all.iter().map(choice).collect(), at);
        vec![Effect::Push(Box::new(choose))]
    }

    /// What is typed goes into the draft. False: it is not what the setting takes, and the field says why.
    fn take_typed(&mut self, cx: &Cx) -> bool {
        let spec = self.spec();
        let Some((typing, spec)) = self.typing.as_mut().zip(spec) else { return true };
        match spec.check(typing.field.text()) {
            Ok(value) => {
                self.typing = None;
                self.draft.take(spec.key, value, cx);
                true
            }
            Err(sentence) => {
                typing.refusal = Some(sentence);
                false
            }
        }
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        if self.take_typed(cx) { self.draft.send() } else { Vec::new() }
    }

    fn discard(&mut self) {
        self.typing = None;
        self.draft.clear();
    }
}

impl Page for General {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab { changed: self.unsaved() > 0, ..Tab::new(self.title) }], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        if self.typing.is_some() { SETTINGS_FIELD } else { SETTINGS_DRAFTED }
    }

    fn mode(&self) -> KeyMode {
        if self.typing.is_some() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn renew(&mut self, cx: &Cx) {
        self.window.set_len(self.specs.len());
        self.draft.renew(cx);
    }

    fn input(&mut self, input: &Input, _: &Cx) -> Option<Vec<Effect>> {
        match (input, &mut self.typing) {
            (input, Some(typing)) => typing.input(input)?,
            (Input::Mouse(mouse), None) => match mouse.kind {
                MouseEventKind::ScrollDown => self.window.move_by(1),
                MouseEventKind::ScrollUp => self.window.move_by(-1),
                MouseEventKind::Down(MouseButton::Left) => {
                    let at = (mouse.column, mouse.row).into();
                    let (place, _) = self.drawn.iter().find(|(_, area)| area.contains(at))?;
                    self.window.go_to(*place);
                }
                _ => return None,
            },
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        match command {
            Command::Edit => lacking(RIGHT, cx),
            Command::Save | Command::Discard if self.unsaved() == 0 => Some("nothing was changed".into()),
            _ => None,
        }
    }

    fn rows(&self, _: &Cx) -> Vec<(String, String)> {
        self.specs.iter().map(|spec| (spec.key.to_owned(), spec.label.to_owned())).collect()
    }

    fn go_to_row(&mut self, name: &str, _: &Cx) {
        if let Some(place) = self.specs.iter().position(|spec| spec.key == name).filter(|_| self.typing.is_none()) {
            self.window.go_to(place);
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        let times = count.unwrap_or(1) as isize;
        match command {
            Command::MoveDown => self.window.move_by(times),
            Command::MoveUp => self.window.move_by(-times),
            Command::HalfPageDown | Command::PageDown | Command::Last => self.window.last(),
            Command::HalfPageUp | Command::PageUp | Command::First => self.window.first(),
            Command::Edit => return Some(self.edit(cx)),
            Command::SaveField => _ = self.take_typed(cx),
            Command::Save => return Some(self.save(cx)),
            Command::Discard => self.discard(),
            Command::Escape => return self.typing.take().map(|_| Vec::new()),
            _ => {}
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(reply, Reply::Done(_)) {
            self.draft.done(cx);
        }
        done::told(&reply)
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        if let (Answer::Chosen(value), Some(spec)) = (answer, self.spec()) {
            self.draft.take(spec.key, value, cx);
        }
        Vec::new()
    }

    fn unsaved(&self) -> usize {
        let is_typed = self.typing.as_ref().zip(self.spec()).is_some_and(|(typing, spec)| {
            let known = self.draft.is_changed(spec.key);
            typing.is_touched && !known
        });
        self.draft.len() + usize::from(is_typed)
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}
