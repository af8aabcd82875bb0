//! The picker of an activity (R3.15): the records that it is on, each with its reason, and others to be ticked. A tick
//! acts at once. Its list is in `targets/lines.rs`, its looks in `targets/draw.rs`, its keys in `targets/layer.rs`.

mod draw;
mod layer;
mod lines;

use crate::domain::activity::ActivityEdit;
use crate::domain::candidate::{Candidates, Picking};
use crate::domain::change::Change;
use crate::domain::fold::words;
use crate::domain::id::{ActivityId, Object, RecordId, Ref};
use crate::ui::done;
use crate::ui::layer::{Cx, Effect, Slot};
use crate::ui::matter::Matter;
use crate::ui::record::entry;
use crate::ui::text::clean;
use crate::ui::widgets::TextField;
use crate::workspace::request::{Reply, Request};
use crate::workspace::targets::Targets;
use crate::workspace::why::About;
use lines::{Lines, Stand};
use ratatui::layout::Rect;
use std::collections::BTreeMap;

const TARGETS: Slot = 0;
const FOUND: Slot = 1;
const TICK: Slot = 2;

/// Candidates that are found at most.
const MOST: usize = 50;

pub struct TargetPicker {
    activity: ActivityId,
    known: Option<Box<Targets>>,
    /// 0 is all it is on, then one for each object.
    tab: usize,
    in_box: bool,
    field: TextField,
    /// Of the object whose tab is open.
    found: Candidates,
    lines: Lines,
    /// Why records can't be ticked, as far as it was tried.
    refused: BTreeMap<RecordId, String>,
    /// What is being ticked or unticked.
    saving: Option<RecordId>,
    /// Where things were drawn last.
    tabs: Rect,
    line: Rect,
    list: Rect,
    cursor: Option<Rect>,
}

impl TargetPicker {
    pub fn new(activity: ActivityId) -> TargetPicker {
        TargetPicker {
            activity,
            known: None,
            tab: 0,
            in_box: false,
            field: TextField::default().limited(200),
            found: Candidates::default(),
            lines: Lines::default(),
            refused: BTreeMap::new(),
            saving: None,
            tabs: Rect::ZERO,
            line: Rect::ZERO,
            list: Rect::ZERO,
            cursor: None,
        }
    }

    /// The object whose tab is open.
    fn object(&self, cx: &Cx) -> Option<Object> {
        cx.settings.objects.get(self.tab.checked_sub(1)?).map(|spec| spec.object)
    }

    fn ask(&self, cx: &Cx) -> Vec<Effect> {
        let mut effects = vec![Effect::Ask(TARGETS, Request::Targets(self.activity))];
        effects.extend(self.ask_found(cx));
        effects
    }

    /// Whom it could be associated with, of the object whose tab is open.
    fn ask_found(&self, cx: &Cx) -> Option<Effect> {
        let (known, to) = (self.known.as_ref()?, self.object(cx)?);
        let (one, text) = (known.item.activity.logged_on, self.field.text().to_owned());
        let picking = Picking { one, to, text, limit: MOST, similar: false };
        Some(Effect::Ask(FOUND, Request::Candidates(Box::new(picking))))
    }

    fn take(&mut self, known: Option<Box<Targets>>, cx: &Cx) -> Vec<Effect> {
        if known.is_none() {
            return vec![Effect::Pop(None)];
        }
        let is_first = self.known.is_none();
        self.known = known;
        self.arrange(cx);
        if is_first { self.ask_found(cx).into_iter().collect() } else { Vec::new() }
    }

    fn take_ticked(&mut self, reply: &Reply) -> Vec<Effect> {
        match reply {
            Reply::Progress { .. } => return Vec::new(),
            Reply::Failed(failure) => {
                if let Some(id) = self.saving.take() {
                    self.refused.insert(id, clean(&failure.to_string()).into_owned());
                }
                return Vec::new();
            }
            _ => self.saving = None,
        }
        done::told(reply)
    }

    fn arrange(&mut self, cx: &Cx) {
        let Some(known) = &self.known else { return };
        let words = words(self.field.text());
        self.lines.arrange(known, self.object(cx), &self.found, &words, cx);
    }

    fn turn_to(&mut self, tab: usize, cx: &Cx) -> Vec<Effect> {
        self.tab = tab;
        self.found = Candidates::default();
        self.lines.first();
        self.arrange(cx);
        self.ask_found(cx).into_iter().collect()
    }

    /// Another word is searched.
    fn searched(&mut self, cx: &Cx) -> Vec<Effect> {
        self.arrange(cx);
        self.lines.first();
        self.ask_found(cx).into_iter().collect()
    }

    fn tick(&mut self) -> Vec<Effect> {
        let Some(line) = self.lines.current() else { return Vec::new() };
        let id = line.row.record.id;
        let (attach, detach) = if line.is_on() { (Vec::new(), vec![id]) } else { (vec![id], Vec::new()) };
        self.saving = Some(id);
        self.refused.remove(&id);
        let edit = Box::new(ActivityEdit::default());
        vec![Effect::Perform(TICK, Change::Amend { activity: self.activity, edit, attach, detach })]
    }

    /// What is asked about the row under the cursor: why the activity is on it, or what it was with the two.
    fn matter(&self) -> Option<Matter> {
        let (known, line) = (self.known.as_ref()?, self.lines.current()?);
        let title = entry::title(&known.item.activity);
        let subject = format!("{title} on {}", line.row.record.name());
        let about = About::With(line.row.record.id);
        Some(Matter { of: Ref::Activity(self.activity), about, subject, value: None })
    }

    /// Why the row under the cursor has no reason to be told.
    fn unexplained(&self) -> Option<String> {
        match self.lines.current().map(|line| &line.stand) {
            None => Some("the cursor is on no record".to_owned()),
            Some(Stand::On(_)) => None,
            Some(Stand::Apart(_) | Stand::Found) => Some("it is not associated, its row says why".to_owned()),
        }
    }
}
