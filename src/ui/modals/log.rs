//! Activities are logged in one line at the bottom of the screen, or in the form of their type (R3.14). The line as a
//! layer is in `log/layer.rs`, its looks in `log/draw.rs`, what will be in `log/preview.rs`, where it goes in
//! `log/goals.rs`, the form in `log/form.rs`.

mod draw;
pub mod form;
mod goals;
mod layer;
mod preview;

use crate::domain::activity::ActivityKind as Kind;
use crate::domain::change::Change;
use crate::domain::id::RecordId;
use crate::domain::logging::Logging;
use crate::domain::logging::line::{self, Line};
use crate::domain::number::grouped;
use crate::keys::Command;
use crate::ui::done;
use crate::ui::kept::{self, Draft};
use crate::ui::layer::{Answer, Cx, Effect, Slot};
use crate::ui::mention::Mention;
use crate::ui::text::clean;
use crate::ui::widgets::TextField;
use crate::workspace::request::Reply;
use form::LogForm;
use goals::Goals;
use ratatui::layout::Rect;

/// Records that an activity is logged on at once, at most.
pub const RECORDS_MOST: usize = 10_000;

const AIMS: Slot = 0;
const SAVE: Slot = 1;
/// Characters of a line at most.
const LINE_MOST: usize = 4_000;
/// In a draft: what was typed into the line.
const TYPED: &str = "line";

/// The type whose form a command opens.
fn kind_of(command: Command) -> Option<Kind> {
    Some(match command {
        Command::LogCall => Kind::Call,
        Command::LogEmail => Kind::Email,
        Command::LogMeeting => Kind::Meeting,
        Command::LogNote => Kind::Note,
        Command::LogTask => Kind::Task,
        Command::LogPostalMail => Kind::PostalMail,
        Command::LogLinkedIn => Kind::LinkedIn,
        Command::LogSms => Kind::Sms,
        Command::LogWhatsApp => Kind::WhatsApp,
        _ => return None,
    })
}

/// Whether a command logs something on the records at hand.
pub fn is_logging(command: Command) -> bool {
    command == Command::Log || kind_of(command).is_some()
}

/// Opens the line, or the form of a type, for these records, which are named together.
pub fn open(command: Command, on: Vec<RecordId>, named: &str, cx: &Cx) -> Vec<Effect> {
    let layer: Box<dyn crate::ui::Layer> = match kind_of(command) {
        Some(kind) => Box::new(LogForm::new(kind, on, named, cx)),
        None => Box::new(LogLine::new(on, named, cx)),
    };
    vec![Effect::Push(layer)]
}

/// Why nothing can be logged on so many records at once.
pub fn obstacle(records: usize) -> Option<String> {
    (records > RECORDS_MOST).then(|| {
        let [most, here] = [RECORDS_MOST, records].map(|count| grouped(count as u64));
        format!("{most} records at once at most, here are {here}")
    })
}

pub struct LogLine {
    /// What it is logged on, in words.
    named: String,
    field: TextField,
    line: Line,
    goals: Goals,
    /// The list of records has the focus.
    in_list: bool,
    /// Why it was not logged; stands until something is typed.
    refusal: Option<String>,
    saving: bool,
    /// Of the lines that were logged before, counted from the last, the one that is shown.
    earlier: Option<usize>,
    /// What was typed before earlier lines were looked at.
    own: String,
    /// Names that are offered in a note.
    mention: Mention,
    cursor: Option<Rect>,
}

impl LogLine {
    pub fn new(on: Vec<RecordId>, named: &str, cx: &Cx) -> LogLine {
        let field = TextField::default().limited(LINE_MOST);
        let mut log = LogLine {
            named: clean(named).into_owned(),
            line: line::read("", &cx.settings.clock(cx.now)),
            field,
            goals: Goals::new(on),
            in_list: false,
            refusal: None,
            saving: false,
            earlier: None,
            own: String::new(),
            mention: Mention::default(),
            cursor: None,
        };
        if let Some(text) = cx.kept.drafts.get(&log.key_of_draft()).and_then(|draft| draft.get(TYPED)) {
            log.field.set(text);
            log.read(cx);
        }
        log
    }

    /// Where nothing was typed yet it begins with the word of a type; a note needs none.
    #[must_use]
    pub fn beginning(mut self, kind: Kind, cx: &Cx) -> LogLine {
        if self.field.text().is_empty() && kind != Kind::Note {
            self.field.set(&format!("{} ", kind.row().name));
            self.read(cx);
        }
        self
    }

    /// A draft belongs to its record; one for several records to all such.
    fn key_of_draft(&self) -> String {
        draft_key("line", &self.goals)
    }

    fn keep(&self, cx: &Cx) -> Effect {
        let (key, text) = (self.key_of_draft(), self.field.text().to_owned());
        let of = format!("activity on {}", self.named);
        let draft = if text.is_empty() { Draft::new() } else { kept::draft(cx.now, of, [(TYPED.to_owned(), text)]) };
        Effect::Keep(Box::new(move |kept| kept.keep_draft(&key, draft)))
    }

    fn read(&mut self, cx: &Cx) {
        self.line = line::read(self.field.text(), &cx.settings.clock(cx.now));
    }

    /// After each change: what it says now, where that would go, the draft.
    fn changed(&mut self, cx: &Cx) -> Vec<Effect> {
        self.refusal = None;
        self.read(cx);
        let mut effects = vec![self.keep(cx)];
        effects.extend(self.ask(cx));
        effects
    }

    /// What is logged on a single record, with what follows.
    fn loggings(&self, cx: &Cx) -> Option<(Logging, Option<Logging>)> {
        let on = self.goals.first()?;
        let then = self.line.then.as_ref().map(|then| then.logging(on, cx.user));
        Some((self.line.logging(on, cx.user), then))
    }

    fn ask(&mut self, cx: &Cx) -> Option<Effect> {
        let (first, then) = self.loggings(cx)?;
        self.goals.ask(&first, then.as_ref()).map(|request| Effect::Ask(AIMS, request))
    }

    fn save(&mut self, cx: &Cx) -> Vec<Effect> {
        // The clock may have gone past what was read.
        self.read(cx);
        self.refusal = self.line.errors.first().map(|error| error.sentence.clone());
        if self.goals.homes() == 0 {
            self.refusal = Some("No record is ticked to log it on".to_owned());
        }
        let Some((first, then)) = self.loggings(cx).filter(|_| self.refusal.is_none() && !self.saving) else {
            self.in_list = false;
            return Vec::new();
        };
        self.saving = true;
        vec![Effect::Perform(SAVE, Change::Log { activities: self.goals.loggings(&first, then.as_ref()) })]
    }

    fn take_saved(&mut self, reply: &Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress { .. } => return Vec::new(),
            Reply::Done(_) => {
                let (key, text) = (self.key_of_draft(), self.field.text().to_owned());
                let keep = move |kept: &mut kept::Kept| {
                    kept.keep_draft(&key, Draft::new());
                    kept.keep_line(&text);
                };
                return logged(reply, Effect::Keep(Box::new(keep)));
            }
            Reply::Failed(failure) => {
                self.refusal = Some(clean(&failure.to_string()).into_owned());
                self.in_list = false;
            }
            _ => {}
        }
        self.saving = false;
        Vec::new()
    }

    /// Turns to a line that was logged before, or back to what was typed.
    fn earlier(&mut self, back: bool, cx: &Cx) -> Vec<Effect> {
        let lines = &cx.kept.lines;
        let place = match (self.earlier, back) {
            (None, true) => Some(0),
            (Some(at), true) => Some((at + 1).min(lines.len().saturating_sub(1))),
            (at, false) => at.and_then(|at| at.checked_sub(1)),
        };
        if self.earlier.is_none() {
            self.field.text().clone_into(&mut self.own);
        }
        self.earlier = place.filter(|_| !lines.is_empty());
        let text = self.earlier.map_or(&self.own, |at| &lines[lines.len() - 1 - at]).clone();
        self.field.set(&text);
        self.changed(cx)
    }

    /// The form of the line's type, with what was typed.
    fn turn_to_form(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some((first, then)) = self.loggings(cx) else { return Vec::new() };
        let goals = std::mem::replace(&mut self.goals, Goals::new(Vec::new()));
        let form = LogForm::of_line(&first, then.as_ref(), goals, &self.named, cx);
        vec![Effect::Pop(None), Effect::Push(Box::new(form))]
    }
}

/// Of the draft of a line or a form.
fn draft_key(of: &str, goals: &Goals) -> String {
    match goals.on() {
        [one] => format!("log {of} {one}"),
        _ => format!("log {of} on several"),
    }
}

/// It is done: the layer goes, whoever is below hears of it.
fn logged(reply: &Reply, keep: Effect) -> Vec<Effect> {
    let mut effects = vec![keep, Effect::Pop(Some(Answer::Logged))];
    effects.extend(done::told(reply));
    effects
}
