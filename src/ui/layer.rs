//! What a screen or modal is: it looks at what it was given, changes only itself, and returns effects.

use super::app::Notice;
use super::copy::Copied;
use super::kept::{Kept, KeptTimeline};
use super::settings::pages::Spot;
use super::terminal::Input;
use super::widgets::{Look, MARGIN, Toast};
use crate::config::edit::Edit;
use crate::config::{Config, Fault};
use crate::domain::change::Change;
use crate::domain::id::{ActNo, LabelId, Object, PropertyId, RecordId};
use crate::domain::link::Link;
use crate::domain::query::Query;
use crate::domain::settings::Settings;
use crate::domain::user::User;
use crate::domain::value::Reading;
use crate::domain::view::View;
use crate::keys::{Command, KeyMode, Keys, Row};
use crate::workspace::export::ExportFile;
use crate::workspace::import::ImportAsk;
use crate::workspace::request::{Reply, Request};
use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Which of a layer's questions an answer belongs to; a newer question of a slot overtakes the older.
pub type Slot = u8;

/// What every layer may look at.
pub struct Cx<'a> {
    pub settings: &'a Arc<Settings>,
    pub user: &'a User,
    pub now: DateTime<Utc>,
    pub look: Look<'a>,
    /// The whole screen.
    pub screen: Rect,
    /// Objects whose sort and search are there already.
    pub sorted: &'a BTreeSet<Object>,
    /// What is remembered from before.
    pub kept: &'a Kept,
    /// The folder that the program was started in, which paths are relative to.
    pub here: &'a Path,
    /// What the user set for this machine.
    pub config: &'a Config,
    /// Where that is kept, and what is wrong there so that it is not in force.
    pub file: Option<&'a Path>,
    pub faults: &'a [Fault],
}

impl Cx<'_> {
    /// What values and filters are read by.
    pub fn reading(&self) -> Reading<'_> {
        Reading { settings: self.settings, now: self.now, me: Some(self.user.id) }
    }
}

/// Where one can go, and come back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    List(Object),
    /// The same records as cards in their stages.
    Board(Object),
    /// A record, and the list that it stands in, for the next and previous one.
    Record(RecordId),
    Today,
    Notifications,
    Import,
    Acts,
    Bin,
    Unassociated,
    /// Events that nobody has yet.
    Awaited,
    Settings,
}

/// The list that a record was opened from: for the next and previous one, and `5 of 148`. Ask it with
/// `Request::Page { query, around: Some(record), .. }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Among {
    pub query: Query,
    /// Place of the record in it.
    pub at: usize,
}

/// What is left of the screen for a page: without margins, breadcrumb and footer. A row's ground and bar reach one cell
/// past it on both sides.
pub fn page_area(screen: Rect) -> Rect {
    Rect {
        x: screen.x + MARGIN.min(screen.width),
        y: screen.y + 2.min(screen.height),
        width: screen.width.saturating_sub(2 * MARGIN),
        height: screen.height.saturating_sub(4),
    }
}

/// What a layer that goes tells the one below.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A command chosen elsewhere, as in the palette.
    Run(Command),
    /// The cursor went to this record, as by next and previous on its page. The shell itself says so on the way back
    /// from a record.
    At(RecordId),
    /// The cursor is to go to this act.
    Act(ActNo),
    /// The cursor is to go to this place in the settings.
    Setting(Box<Spot>),
    /// What was refused for want of an answer, with the answer.
    Perform(Box<Change>),
    /// The place of what was chosen among several, or of what is to be deleted of them.
    Picked(usize),
    Dropped(usize),
    /// What is to be written to a file.
    Export(Box<ExportFile>),
    /// A property was chosen.
    Property(PropertyId),
    /// What is marked is to be associated with this record; true: at a limit it takes the place of what is there.
    With(RecordId, bool),
    /// What the layer below is to do.
    Do(Box<Change>),
    /// What [`Effect::EditOutside`] came back with; told by the shell.
    Edited(String),
    /// The filters of a list are these now, as expressions.
    Filters(Vec<String>),
    /// The open view of a list looks like this now.
    View(Box<View>),
    /// The open view was saved under this name, as a new one.
    Saved(String),
    /// Two records became this one.
    Merged(RecordId),
    /// One of several things was chosen; whoever asked knows it by this name.
    Chosen(String),
    /// What the other record of an association is to this one now.
    Labels(Vec<LabelId>),
    /// What was asked to be logged stands on its records.
    Logged,
    /// What becomes of changes that are not saved; none: one stays.
    Unsaved(Unsaved),
    /// A timeline is narrowed to this.
    Narrowed(KeptTimeline),
    Moment(DateTime<Utc>),
    /// A record was chosen: it, its name, and what tells it from its namesakes.
    Named(RecordId, String, String),
}

/// What becomes of changes that are not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaved {
    Save,
    Discard,
}

/// What a layer wants done that is not its own business.
pub enum Effect {
    Ask(Slot, Request),
    Perform(Slot, Change),
    /// Imports files, or tries to. The answers are as those of a change: `Progress`, then `Imported`.
    Import(Slot, Box<ImportAsk>),
    /// Ends what this layer does in that slot, after the batch that is being written.
    Stop(Slot),
    /// Writes a file; what becomes of it is answered like a change.
    Export(Slot, ExportFile),
    Push(Box<dyn Layer>),
    /// Opens a place on top of the stack; `Back` returns to what was there before, as it was.
    Go(Place),
    /// The same, if the layer that says so is still what is looked at.
    GoFromHere(Place),
    /// Opens the list of acts with the cursor on this one.
    GoToAct(ActNo),
    /// Opens the settings there.
    GoToSetting(Box<Spot>),
    Back,
    Forward,
    /// Closes the layer that says so.
    Pop(Option<Answer>),
    /// Tells the layer below what was chosen so far, which shows it while this one stays.
    Tell(Answer),
    Toast(Toast),
    /// The text goes to the user's own editor. Comes back as [`Answer::Edited`] if it was changed.
    EditOutside(String),
    /// To the clipboard; the shell says so.
    Copy(Copied),
    /// With the system's program for it.
    Open(Link),
    /// The terminal itself tells it.
    Notice(Notice),
    /// The user looks at this record now.
    Saw(RecordId),
    /// To be remembered from one start to the next.
    Keep(Box<dyn FnOnce(&mut Kept)>),
    /// Shows how a theme looks, by its name; none: the one that is set.
    Preview(Option<String>),
    /// Writes into the config file; the shell says what comes of it.
    Configure(Edit),
    /// Ends the program, which goes on with the demo.
    TryDemo,
    Quit,
}

/// A screen or a modal.
pub trait Layer {
    /// Where this is, if one can come back to it; modals are nowhere.
    fn place(&self) -> Option<Place> {
        None
    }

    /// The list that a record of this layer stands in; given to the record's page.
    fn among(&self, _: RecordId, _: &Cx) -> Option<Among> {
        None
    }

    /// For the help's title: `the contact list`.
    fn name(&self, cx: &Cx) -> String;

    /// For the breadcrumb and the terminal's title: from the root to here.
    fn crumbs(&self, _: &Cx) -> Vec<String> {
        Vec::new()
    }

    /// Tables of rows, the more specific first.
    fn keys(&self) -> &'static [Keys];

    /// Rows that depend on what is shown, above the tables.
    fn more_keys(&self, _: &Cx) -> Vec<Row> {
        Vec::new()
    }

    /// What the keys will act on, before them in the footer: `3 selected`.
    fn chip(&self) -> Option<String> {
        None
    }

    /// Whether a text field has the focus.
    fn mode(&self) -> KeyMode {
        KeyMode::Normal
    }

    /// The layer floats over the one below, which is drawn dimmed behind it.
    fn is_modal(&self) -> bool {
        false
    }

    /// Called once when the layer comes onto the stack, and again when it comes back to the top.
    fn shown(&mut self, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// Before the rows: keys while a text field has the focus, paste, mouse, and a new size of the screen (`cx.screen`
    /// has it already). `None`: not for this layer.
    fn input(&mut self, _: &Input, _: &Cx) -> Option<Vec<Effect>> {
        None
    }

    /// Why a command of the rows can't be done now.
    fn blocked(&self, _: Command, _: &Cx) -> Option<String> {
        None
    }

    /// What is left of `Escape` when nothing is there to be left is `Effect::Back`.
    fn run(&mut self, command: Command, count: Option<u32>, cx: &Cx) -> Vec<Effect>;

    /// An answer to a question or change of this layer. The toast of a question that failed is the shell's affair, that
    /// of a change the layer's. A change that needs an answer has been asked about by then: it comes back as done,
    /// failed or withdrawn.
    fn reply(&mut self, _: Slot, _: Reply, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// What concerns every layer: records changed, an object can be sorted now.
    fn notice(&mut self, _: &Reply, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// The answer of a layer that this one pushed.
    fn answer(&mut self, _: Answer, _: &Cx) -> Vec<Effect> {
        Vec::new()
    }

    /// What is lost when one leaves: `2 unsaved changes on General`. The shell asks first, and does what is chosen with
    /// [`Command::Save`] or [`Command::Discard`].
    fn unsaved(&self) -> Option<String> {
        None
    }

    /// Whether a spinner turns on it, which has to be drawn again soon. Its frame is that of `cx.now`.
    fn spins(&self) -> bool {
        false
    }

    /// Where the caret or the cursor's row was drawn last: the terminal's cursor goes there, toasts keep off it.
    fn cursor(&self) -> Option<Rect> {
        None
    }

    /// A page gets the [`page_area`], a modal the whole screen.
    fn draw(&mut self, frame: &mut Frame, area: Rect, cx: &Cx);
}
