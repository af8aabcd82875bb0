//! **Settings > Notifications** (R4.7, R4.8): a tab for each way, with the tick boxes of the user by section, where the
//! way leads, and a test. Nothing is changed before it is saved (R2.3). To add a setting of a way, add its key to
//! [`keys_of`].

mod draw;

use super::draft::Draft;
use super::general::Typing;
use super::lines::{Lines, Stop};
use super::{Page, lacking};
use crate::domain::notification::{ChannelKind, Topic};
use crate::domain::settings::{SettingKind, Spec};
use crate::keys::rows::{SETTINGS_CHANNEL, SETTINGS_FIELD};
use crate::keys::{Command, KeyMode, Keys};
use crate::ui::app::Notice;
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::modals::choose::{Choice, Choose};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Tab, TextField, Toast};
use crate::workspace::ChannelStand;
use crate::workspace::request::{Reply, Request};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Of what is typed, at most.
const LETTERS: usize = 1_000;

/// The settings of a way itself: its keys begin so.
const fn keys_of(channel: ChannelKind) -> &'static [&'static str] {
    match channel {
        ChannelKind::Email => &["smtp."],
        ChannelKind::Desktop => &[],
        ChannelKind::Other => &["webhook.", "delivery."],
        ChannelKind::Mobile => &["push.", "delivery."],
    }
}

/// A line of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Blank,
    /// The head of a section, which folds it.
    Section(&'static str),
    /// By its key.
    Tick(&'static str),
    /// The head of the way's own settings.
    Way,
    Setting(&'static str),
    /// Where it leads, and how it fared.
    Leads,
    Last,
    Test,
}

impl Stop for Row {
    fn is_stop(self) -> bool {
        matches!(self, Row::Section(_) | Row::Tick(_) | Row::Setting(_) | Row::Test)
    }
}

pub struct Channels {
    channel: ChannelKind,
    lines: Lines<Row>,
    folded: BTreeSet<&'static str>,
    draft: Draft,
    typing: Option<Typing>,
    stand: Option<ChannelStand>,
    testing: bool,
    drawn: Rect,
}

/// The sections that tick boxes stand in, in their order.
fn sections() -> Vec<&'static str> {
    let mut sections: Vec<&'static str> = Vec::new();
    for row in Topic::ROWS.iter().filter(|row| row.has_boxes) {
        if !sections.contains(&row.section) {
            sections.push(row.section);
        }
    }
    sections
}

fn is_typed(spec: &Spec) -> bool {
    !matches!(spec.kind, SettingKind::Toggle | SettingKind::Tick(..) | SettingKind::Choice(_))
}

impl Channels {
    pub fn new(channel: ChannelKind) -> Channels {
        Channels {
            channel,
            lines: Lines::default(),
            folded: BTreeSet::new(),
            draft: Draft::default(),
            typing: None,
            stand: None,
            testing: false,
            drawn: Rect::ZERO,
        }
    }

    fn ticks_of(&self, section: &str) -> impl Iterator<Item = &'static str> {
        Spec::all().filter_map(move |spec| match spec.kind {
            SettingKind::Tick(topic, channel) => {
                (channel == self.channel && topic.row().section == section).then_some(spec.key)
            }
            _ => None,
        })
    }

    fn own_settings(&self) -> impl Iterator<Item = &'static str> {
        let is_of_it = |spec: &&Spec| keys_of(self.channel).iter().any(|key| spec.key.starts_with(key));
        Spec::all().filter(is_of_it).map(|spec| spec.key)
    }

    fn lay(&mut self) {
        let mut rows = Vec::new();
        for section in sections() {
            rows.push(Row::Section(section));
            if !self.folded.contains(section) {
                rows.extend(self.ticks_of(section).map(Row::Tick));
            }
        }
        rows.extend([Row::Blank, Row::Way]);
        rows.extend(self.own_settings().map(Row::Setting));
        rows.extend([Row::Leads, Row::Last, Row::Test]);
        self.lines.put(rows);
    }

    fn spec(&self) -> Option<&'static Spec> {
        match self.lines.line()? {
            Row::Tick(key) | Row::Setting(key) => Spec::of(key),
            _ => None,
        }
    }

    fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.lines.line() {
            Some(Row::Section(section)) => {
                if !self.folded.remove(section) {
                    self.folded.insert(section);
                }
                self.lay();
            }
            Some(Row::Test) => return self.test(),
            _ => return self.spec().map(|spec| self.change(spec, cx)).unwrap_or_default(),
        }
        Vec::new()
    }

    fn change(&mut self, spec: &'static Spec, cx: &Cx) -> Vec<Effect> {
        let value = self.draft.value(spec.key, cx);
        match &spec.kind {
            SettingKind::Toggle | SettingKind::Tick(..) => {
                self.draft.take(spec.key, (value != "true").to_string(), cx);
            }
            SettingKind::Choice(choices) => {
                let at = choices.iter().position(|choice| *choice == value).unwrap_or(0);
                let all = choices.iter().map(|choice| Choice::named(choice, choice, "")).collect();
                return vec![Effect::Push(Box::new(Choose::new(spec.label, spec.help, all, at)))];
            }
            _ => self.typing = Some(Typing::of(TextField::new(&value).limited(LETTERS))),
        }
        Vec::new()
    }

    /// The terminal is asked by whoever draws on it; all else goes out as notifications do.
    fn test(&mut self) -> Vec<Effect> {
        if self.channel == ChannelKind::Desktop {
            let title = "A test from lejek".to_owned();
            let text = "Notifications reach this desktop.".to_owned();
            let said = Toast::ok("The terminal was asked to show a test")
                .text("If nothing appeared, it shows none itself, or its settings forbid it.");
            return vec![Effect::Notice(Notice { id: None, title, text }), Effect::Toast(said)];
        }
        self.testing = true;
        vec![Effect::Ask(0, Request::SendTest(self.channel))]
    }

    fn tested(&self, came: Result<ChannelKind, String>) -> Effect {
        let label = self.channel.label();
        Effect::Toast(match came {
            Ok(_) => Toast::ok(format!("The test by {} was delivered", label.to_lowercase())),
            Err(why) => Toast::error("The test did not arrive").text(why).way("esc", "dismiss"),
        })
    }

    /// What is typed goes into the draft. False: it is not what the setting takes, and the field says why.
    fn take_typed(&mut self, cx: &Cx) -> bool {
        let spec = self.spec();
        let Some((typing, spec)) = self.typing.as_mut().zip(spec) else { return true };
        match spec.check(typing.field.text()) {
            // An empty port is that of the security.
            Ok(value) => self.draft.take(spec.key, value, cx),
            Err(sentence) => {
                typing.refusal = Some(sentence);
                return false;
            }
        }
        self.typing = None;
        true
    }
}

impl Page for Channels {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab { changed: self.unsaved() > 0, ..Tab::new(self.channel.label()) }], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        if self.typing.is_some() { SETTINGS_FIELD } else { SETTINGS_CHANNEL }
    }

    fn mode(&self) -> KeyMode {
        if self.typing.is_some() { KeyMode::Text } else { KeyMode::Normal }
    }

    fn renew(&mut self, cx: &Cx) {
        self.draft.renew(cx);
        self.lay();
    }

    /// An answer to the test must not be overtaken by another question of the page.
    fn ask(&mut self, _: &Cx) -> Vec<Effect> {
        if self.testing { Vec::new() } else { vec![Effect::Ask(0, Request::Channels)] }
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match (input, &mut self.typing) {
            (input, Some(typing)) => typing.input(input)?,
            (Input::Mouse(mouse), None) => {
                let again = self.lines.mouse(*mouse, self.drawn)?;
                if again && self.blocked(Command::Edit, cx).is_none() {
                    return Some(self.edit(cx));
                }
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        let is_of_others = |spec: &&Spec| !spec.is_own();
        match command {
            Command::Edit | Command::Tick => match self.lines.line() {
                Some(Row::Test) => self.blocked(Command::SendTest, cx),
                Some(Row::Setting(_)) if command == Command::Tick && self.spec().is_some_and(is_typed) => {
                    Some("enter writes it".into())
                }
                _ => self.spec().filter(is_of_others).and_then(|spec| lacking(spec.right(), cx)),
            },
            Command::SendTest if self.testing => Some("a test is on its way".into()),
            Command::SendTest if self.unsaved() > 0 => Some("the changes are not saved yet, ctrl-s saves them".into()),
            Command::Save | Command::Discard if self.unsaved() == 0 => Some("nothing was changed".into()),
            _ => None,
        }
    }

    fn rows(&self, _: &Cx) -> Vec<(String, String)> {
        let ticks = sections().into_iter().flat_map(|section| self.ticks_of(section));
        let specs = ticks.chain(self.own_settings()).filter_map(Spec::of);
        specs.map(|spec| (spec.key.to_owned(), spec.label.to_owned())).collect()
    }

    fn go_to_row(&mut self, name: &str, _: &Cx) {
        self.folded.clear();
        self.lay();
        self.lines.go_to(|row| matches!(row, Row::Tick(key) | Row::Setting(key) if key == name));
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::Edit | Command::Tick => return Some(self.edit(cx)),
            Command::SendTest => return Some(self.test()),
            Command::SaveField => _ = self.take_typed(cx),
            Command::Save => return Some(if self.take_typed(cx) { self.draft.send() } else { Vec::new() }),
            Command::Discard => {
                self.typing = None;
                self.draft.clear();
            }
            Command::Escape => return self.typing.take().map(|_| Vec::new()),
            movement => self.lines.run(movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        match reply {
            Reply::Channels(stands) => {
                self.stand = stands.into_iter().find(|stand| stand.channel == self.channel);
                Vec::new()
            }
            Reply::Tested(came) => {
                self.testing = false;
                [self.tested(came)].into_iter().chain(self.ask(cx)).collect()
            }
            reply => {
                self.testing = false;
                if matches!(reply, Reply::Done(_)) {
                    self.draft.done(cx);
                }
                done::told(&reply)
            }
        }
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
