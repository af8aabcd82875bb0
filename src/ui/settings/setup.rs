//! **Settings > Objects > Leads > Setup** (R1.5): what leads do by themselves and ask for, in sections. To add a setting,
//! add its key to [`SECTIONS`]. All but what acts at once through its dialog (R1.7) waits until it is saved (R2.3).

mod choices;
mod draw;

use super::chosen::FORM_TITLE;
use super::draft::Draft;
use super::{Page, lacking};
use crate::domain::change::Change;
use crate::domain::id::{Object, OptionId};
use crate::domain::settings::{
    CREATE_ON_LIFECYCLE, LIFECYCLE_BACK, LIFECYCLE_ON_ASSOCIATE, LIFECYCLE_SYNC, OFF, REQUIRE_DEAL, REQUIRE_REASON,
    STAGE_AUTOMATION, SYNC_ACTIVITIES, SYNC_OWNER, SettingKind, Spec,
};
use crate::domain::user::Right;
use crate::keys::rows::SETTINGS_SETUP;
use crate::keys::{Command, Keys};
use crate::ui::column::{Rows, Sizes, View, moved};
use crate::ui::done;
use crate::ui::layer::{Answer, Cx, Effect};
use crate::ui::terminal::Input;
use crate::ui::widgets::Tab;
use crate::workspace::request::Reply;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const RIGHT: Right = Right::LeadSettings;

/// Heads, each with the settings below it: their keys, and what they mean to who reads a page.
const SECTIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "Ownership and activities",
        &[
            (SYNC_OWNER, "An open lead takes its contact's or company's owner."),
            (SYNC_ACTIVITIES, "Activities of its contact also appear on an open lead."),
        ],
    ),
    (
        "Automation",
        &[
            (CREATE_ON_LIFECYCLE, "A contact that reaches one of these gets a lead."),
            (LIFECYCLE_ON_ASSOCIATE, "Brings the lead's contact and company forward to it."),
            (LIFECYCLE_BACK, "Also from a later stage than that one."),
            (LIFECYCLE_SYNC, "Stages flow from companies to contacts, and from deals."),
            (STAGE_AUTOMATION, "The first outreach moves a lead on, an answer further."),
        ],
    ),
    (
        "Moving through stages",
        &[
            (REQUIRE_DEAL, "A lead that moves into a qualified stage gets a deal."),
            (REQUIRE_REASON, "A lead is disqualified for a reason only."),
        ],
    ),
];

/// They act through their dialog, without being saved first (R1.7).
const AT_ONCE: &[&str] = &[SYNC_OWNER, SYNC_ACTIVITIES];

/// What a row of the page is about.
#[derive(Clone, Copy)]
enum What {
    /// Another tab, by its title; and what it is called here.
    Tab(&'static str, &'static str),
    Setting(&'static Spec),
    /// Where the leads of a pipeline move on to.
    Automation(&'static Spec, OptionId),
}

impl What {
    fn spec(self) -> Option<&'static Spec> {
        match self {
            What::Setting(spec) | What::Automation(spec, _) => Some(spec),
            What::Tab(..) => None,
        }
    }
}

/// Two of them are of the same setting of the same thing.
fn is_same(one: What, other: What) -> bool {
    match (one, other) {
        (What::Tab(one, _), What::Tab(other, _)) => one == other,
        (What::Setting(one), What::Setting(other)) => one.key == other.key,
        (What::Automation(_, one), What::Automation(_, other)) => one == other,
        _ => false,
    }
}

struct Row {
    /// Stands above it.
    head: Option<&'static str>,
    what: What,
    help: &'static str,
}

#[derive(Default)]
pub struct Setup {
    rows: Vec<Row>,
    sizes: Sizes,
    view: View<usize>,
    draft: Draft,
    drawn: Rect,
}

fn rows(cx: &Cx) -> Vec<Row> {
    let mut rows = vec![
        Row { head: Some("Forms and properties"), what: What::Tab("Properties", "Manage lead properties"), help: "" },
        Row { head: None, what: What::Tab(FORM_TITLE, "Create lead form"), help: "" },
    ];
    for (head, keys) in SECTIONS {
        let mut head = Some(*head);
        for (spec, help) in keys.iter().filter_map(|(key, help)| Some((Spec::of(key)?, *help))) {
            let pipelines = cx.settings.pipelines_of(Object::LEAD).map(|pipeline| pipeline.id);
            let own: Vec<What> = match spec.key {
                STAGE_AUTOMATION => pipelines.map(|pipeline| What::Automation(spec, pipeline)).collect(),
                _ => vec![What::Setting(spec)],
            };
            rows.extend(own.into_iter().map(|what| Row { head: head.take(), what, help }));
        }
    }
    rows
}

impl Setup {
    fn what(&self) -> Option<What> {
        self.rows.get(self.view.cursor()?).map(|row| row.what)
    }

    fn is_at_once(spec: &Spec) -> bool {
        AT_ONCE.contains(&spec.key)
    }

    /// Turns a setting on or off; what needs to know more asks.
    fn switch(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(spec) = self.what().and_then(What::spec) else { return Vec::new() };
        let value = self.draft.value(spec.key, cx);
        match spec.kind {
            SettingKind::Toggle => self.set(spec, (value != "true").to_string(), cx),
            _ if self.is_on(spec, cx) && spec.key != STAGE_AUTOMATION => self.set(spec, OFF.to_owned(), cx),
            _ => self.choose(cx),
        }
    }

    fn edit(&mut self, cx: &Cx) -> Vec<Effect> {
        match self.what().and_then(What::spec).map(|spec| &spec.kind) {
            Some(SettingKind::Toggle) => self.switch(cx),
            Some(_) => self.choose(cx),
            None => Vec::new(),
        }
    }

    fn set(&mut self, spec: &'static Spec, value: String, cx: &Cx) -> Vec<Effect> {
        if Setup::is_at_once(spec) {
            return vec![Effect::Perform(0, Change::Settings { values: vec![(spec.key.to_owned(), value)] })];
        }
        self.draft.take(spec.key, value, cx);
        self.lay(cx);
        Vec::new()
    }

    fn is_on(&self, spec: &Spec, cx: &Cx) -> bool {
        !["false", OFF, ""].contains(&self.draft.value(spec.key, cx).as_str())
    }

    /// Puts the rows together as high as they are now.
    fn lay(&mut self, cx: &Cx) {
        let before = self.what();
        self.rows = rows(cx);
        let size = |(at, row): (usize, &Row)| {
            let head = row.head.map_or(0, |_| 1 + usize::from(at > 0));
            let is_first = row.head.is_some() || matches!(row.what, What::Tab(..));
            Rows { gap: head.max(usize::from(!is_first)), own: self.height(row.what, cx) }
        };
        self.sizes = Sizes(self.rows.iter().enumerate().map(size).collect());
        let place = before.and_then(|before| self.rows.iter().position(|row| is_same(row.what, before)));
        if let Some(at) = place {
            self.view.put_cursor(at);
        }
    }

    /// A second click on a row changes it.
    fn mouse(&mut self, mouse: MouseEvent, cx: &Cx) -> Option<Vec<Effect>> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.view.scroll(&self.sizes, 3),
            MouseEventKind::ScrollUp => self.view.scroll(&self.sizes, -3),
            MouseEventKind::Down(MouseButton::Left) if self.drawn.contains((mouse.column, mouse.row).into()) => {
                let spot = self.view.at(&self.sizes, usize::from(mouse.row - self.drawn.y))?.spot;
                if self.view.cursor() == Some(spot) && self.reason(Command::Edit, cx).is_none() {
                    return Some(self.edit(cx));
                }
                self.view.go_to(&self.sizes, spot);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Why a command does nothing now.
    fn reason(&self, command: Command, cx: &Cx) -> Option<String> {
        match command {
            Command::Tick | Command::Edit => match self.what() {
                Some(What::Tab(..)) if command == Command::Tick => Some("enter opens it".into()),
                Some(What::Automation(spec, pipeline)) => lacking(spec.right(), cx).or_else(|| {
                    let few = "it takes three stages in progress: the first one, and two to move on to";
                    choices::automations(pipeline, cx).is_empty().then(|| few.into())
                }),
                Some(what) => what.spec().and_then(|spec| lacking(spec.right(), cx)),
                None => None,
            },
            Command::Save | Command::Discard if self.draft.is_empty() => Some("nothing was changed".into()),
            _ => None,
        }
    }
}

impl Page for Setup {
    fn tabs(&self, _: &Cx) -> (Vec<Tab<'static>>, usize) {
        (vec![Tab { changed: !self.draft.is_empty(), ..Tab::new("Setup") }], 0)
    }

    fn keys(&self) -> &'static [Keys] {
        SETTINGS_SETUP
    }

    fn renew(&mut self, cx: &Cx) {
        self.draft.renew(cx);
        self.lay(cx);
    }

    fn turns_to(&self) -> Option<&'static str> {
        match self.what()? {
            What::Tab(title, _) => Some(title),
            _ => None,
        }
    }

    fn input(&mut self, input: &Input, cx: &Cx) -> Option<Vec<Effect>> {
        match input {
            Input::Mouse(mouse) => self.mouse(*mouse, cx),
            _ => None,
        }
    }

    fn blocked(&self, command: Command, cx: &Cx) -> Option<String> {
        self.reason(command, cx)
    }

    fn rows(&self, cx: &Cx) -> Vec<(String, String)> {
        let specs = rows(cx).into_iter().filter_map(|row| match row.what {
            What::Setting(spec) => Some((spec.key.to_owned(), spec.label.to_owned())),
            What::Automation(spec, pipeline) => {
                let name = cx.settings.pipeline(pipeline).map(|pipeline| pipeline.name.as_str())?;
                Some((format!("{} {}", spec.key, pipeline.0), format!("{}: {name}", spec.label)))
            }
            What::Tab(..) => None,
        });
        specs.collect()
    }

    fn go_to_row(&mut self, name: &str, cx: &Cx) {
        self.lay(cx);
        let is_it = |row: &Row| match row.what {
            What::Setting(spec) => spec.key == name,
            What::Automation(spec, pipeline) => format!("{} {}", spec.key, pipeline.0) == name,
            What::Tab(..) => false,
        };
        if let Some(at) = self.rows.iter().position(is_it) {
            self.view.put_cursor(at);
        }
    }

    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Option<Vec<Effect>> {
        match command {
            Command::Tick => return Some(self.switch(cx)),
            Command::Edit => return Some(self.edit(cx)),
            Command::Save => return Some(self.draft.send()),
            Command::Discard => {
                self.draft.clear();
                self.lay(cx);
            }
            Command::Escape => return None,
            movement => _ = moved(&mut self.view, &self.sizes, movement, count),
        }
        Some(Vec::new())
    }

    fn reply(&mut self, reply: Reply, cx: &Cx) -> Vec<Effect> {
        if matches!(reply, Reply::Done(_)) {
            self.draft.done(cx);
        }
        self.lay(cx);
        done::told(&reply)
    }

    fn answer(&mut self, answer: Answer, cx: &Cx) -> Vec<Effect> {
        match (answer, self.what()) {
            (Answer::Chosen(value), Some(What::Setting(spec) | What::Automation(spec, _))) => self.set(spec, value, cx),
            _ => Vec::new(),
        }
    }

    fn unsaved(&self) -> usize {
        self.draft.len()
    }

    fn draw(&mut self, buf: &mut Buffer, area: Rect, focused: bool, cx: &Cx) -> Option<Rect> {
        self.paint(buf, area, focused, cx)
    }
}
