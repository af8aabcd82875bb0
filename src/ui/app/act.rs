//! What layers ask for is done here: questions with their tickets, pages, modals, toasts; and answers find their way
//! back.

use super::leave::Leave;
use super::open::layer_of;
use super::told::PASSING;
use super::{App, Order, Running, upkeep};
use crate::domain::change::{Change, Refusal};
use crate::domain::id::RecordId;
use crate::ui::copy::Copied;
use crate::ui::done;
use crate::ui::kept;
use crate::ui::layer::{Answer, Cx, Effect, Layer, Place, Slot};
use crate::ui::modals::broken_off::Leftovers;
use crate::ui::modals::question;
use crate::ui::text::clean;
use crate::ui::widgets::{Toast, ToastKind};
use crate::workspace::Failure;
use crate::workspace::export::ExportFile;
use crate::workspace::import::ImportAsk;
use crate::workspace::lanes::Ticket;
use crate::workspace::request::{Reply, Request};
use std::sync::atomic::Ordering;

/// In the number of a ticket's place: this is a change or an export, whose answer is never overtaken.
const CHANGE: u64 = 1 << 63;

/// Instead of a layer's number: the shell itself asks.
pub(super) const SHELL: u64 = 0;

pub(super) fn place_of(id: u64, slot: Slot) -> u64 {
    id << 8 | u64::from(slot)
}

impl App {
    /// Lets a layer do something and does what it asks for.
    pub(super) fn with(&mut self, id: u64, act: impl FnOnce(&mut dyn Layer, &Cx) -> Vec<Effect>) {
        let Some(entry) = self.stack.by_id(id) else { return };
        let effects = act(entry.layer.as_mut(), &self.scene.cx());
        for effect in effects {
            self.apply(id, effect);
        }
    }

    pub(super) fn with_top(&mut self, act: impl FnOnce(&mut dyn Layer, &Cx) -> Vec<Effect>) {
        self.with(self.stack.top().id, act);
    }

    /// To all that is seen, the page first.
    pub(super) fn with_page(&mut self, mut act: impl FnMut(&mut dyn Layer, &Cx) -> Vec<Effect>) {
        let ids: Vec<u64> = self.stack.shown_mut().iter().map(|entry| entry.id).collect();
        for id in ids {
            self.with(id, &mut act);
        }
    }

    pub(super) fn show_top(&mut self) {
        self.tell_missed();
        self.with_top(|layer, cx| layer.shown(cx));
    }

    /// A page that was away hears of what happened meanwhile.
    fn tell_missed(&mut self) {
        for notice in self.stack.take_missed() {
            self.with_page(|layer, cx| layer.notice(&notice, cx));
        }
    }

    pub(super) fn apply(&mut self, id: u64, effect: Effect) {
        match effect {
            Effect::Ask(slot, request) => self.ask(id, slot, request),
            Effect::Perform(slot, change) => self.perform(id, slot, change),
            Effect::Import(slot, ask) => self.import(id, slot, ask),
            Effect::Export(slot, asked) => self.export(id, slot, asked),
            Effect::Stop(slot) => self.stop(id, slot),
            Effect::Push(layer) => self.push(layer),
            Effect::Go(place) => self.go(&place),
            Effect::GoFromHere(place) if self.stack.top().id == id => self.go(&place),
            Effect::GoFromHere(_) => {}
            Effect::GoToAct(no) => {
                self.go(&Place::Acts);
                self.with_top(|layer, cx| layer.answer(Answer::Act(no), cx));
            }
            Effect::GoToSetting(spot) => {
                self.go(&Place::Settings);
                self.with_top(|layer, cx| layer.answer(Answer::Setting(spot), cx));
            }
            Effect::Back => self.back(),
            Effect::Forward => self.forward(),
            Effect::Pop(answer) => self.pop(id, answer),
            Effect::Tell(answer) => {
                if let Some(below) = self.stack.below(id) {
                    self.with(below, |layer, cx| layer.answer(answer, cx));
                }
            }
            Effect::Toast(toast) => self.toast(toast),
            Effect::Copy(copied) => self.copy(copied),
            Effect::Open(link) => self.orders.push(Order::Open(link)),
            Effect::Notice(notice) => self.orders.push(Order::Notice(notice)),
            Effect::Saw(id) => self.saw(id),
            Effect::Keep(change) => self.scene.keeper.change(change, self.at),
            Effect::Preview(theme) => self.preview(theme),
            Effect::Configure(edit) => self.configure(edit),
            Effect::TryDemo => (self.wants_demo, self.exit) = (true, Some(0)),
            Effect::EditOutside(text) => {
                self.outside = Some(id);
                self.orders.push(Order::Edit(text));
            }
            Effect::Quit => self.exit = Some(0),
        }
    }

    fn ask(&mut self, id: u64, slot: Slot, request: Request) {
        self.generation += 1;
        let Some(entry) = self.stack.by_id(id) else { return };
        entry.asked(slot, self.generation);
        self.lanes.ask(Ticket { place: place_of(id, slot), generation: self.generation }, request);
    }

    pub(super) fn perform(&mut self, id: u64, slot: Slot, change: Change) {
        let ticket = self.change_ticket(id, slot);
        let cancelled = self.lanes.perform(ticket, change.clone());
        self.running.push(Running { ticket, change: Some(change), cancelled, progress: None });
    }

    fn import(&mut self, id: u64, slot: Slot, ask: Box<ImportAsk>) {
        let ticket = self.change_ticket(id, slot);
        let cancelled = self.lanes.import(ticket, ask);
        self.running.push(Running { ticket, change: None, cancelled, progress: None });
    }

    fn change_ticket(&mut self, id: u64, slot: Slot) -> Ticket {
        self.generation += 1;
        Ticket { place: CHANGE | place_of(id, slot), generation: self.generation }
    }

    fn stop(&mut self, id: u64, slot: Slot) {
        let place = CHANGE | place_of(id, slot);
        for running in self.running.iter().filter(|running| running.ticket.place == place) {
            running.cancelled.store(true, Ordering::Relaxed);
        }
    }

    fn export(&mut self, id: u64, slot: Slot, asked: ExportFile) {
        let ticket = self.change_ticket(id, slot);
        let cancelled = self.lanes.export(ticket, asked);
        self.running.push(Running { ticket, change: None, cancelled, progress: None });
    }

    /// What was broken off is offered at the start (R7.3).
    pub(super) fn ask_what_was_broken_off(&mut self) {
        self.generation += 1;
        let ticket = Ticket { place: place_of(SHELL, 0), generation: self.generation };
        self.lanes.ask(ticket, Request::BrokenOff);
    }

    /// What was being edited when the program was broken off; forms say so themselves when they are opened again.
    pub(super) fn tell_drafts(&mut self) {
        let drafts = self.scene.keeper.kept().drafts.iter();
        let broken_off: Vec<&str> =
            drafts.filter(|(key, _)| key.starts_with("edit ")).filter_map(|(_, draft)| kept::of(draft)).collect();
        if !broken_off.is_empty() {
            let title = format!("Not saved last time: {}", clean(&broken_off.join(", ")));
            self.toast(Toast::info(title).text("What you typed is there when you edit it again."));
        }
    }

    /// Whether a change of this layer is on its way.
    pub(super) fn is_changing(&self, id: u64) -> bool {
        self.running.iter().any(|running| (running.ticket.place & !CHANGE) >> 8 == id)
    }

    /// The long act that was begun first: done and all.
    pub(super) fn progress(&self) -> Option<(u64, u64)> {
        self.running.iter().find_map(|running| running.progress)
    }

    /// What needs an answer is asked about before its layer hears of it. True if it can be.
    fn ask_about(&mut self, id: u64, slot: Slot, reply: &Reply, change: &Change) -> bool {
        let Reply::Failed(Failure::Refused(Refusal::Needs(question))) = reply else { return false };
        let Some(dialog) = question::layer(question, change, &self.scene.cx()) else { return false };
        self.push(dialog);
        self.asked.insert(self.stack.top().id, (id, slot));
        true
    }

    pub(super) fn push(&mut self, layer: Box<dyn Layer>) {
        self.stack.push(layer);
        self.show_top();
    }

    /// Lists are kept and come back as they were; a record is opened anew, since it stands in another list now.
    pub(super) fn go(&mut self, place: &Place) {
        self.stack.close_modals();
        if self.stack.page().layer.place().as_ref() == Some(place) || self.asks_before(Leave::Go(place.clone())) {
            return;
        }
        let among = match place {
            Place::Record(id) => self.stack.page().layer.among(*id, &self.scene.cx()),
            _ => None,
        };
        let is_kept = !matches!(place, Place::Record(_)) && self.stack.revisit(place);
        if !is_kept {
            self.stack.open(layer_of(place, among));
        }
        self.show_top();
    }

    fn saw(&mut self, id: RecordId) {
        self.generation += 1;
        // Each has a place of its own: none is overtaken by the next.
        let place = place_of(SHELL, self.generation as Slot | PASSING);
        self.lanes.ask(Ticket { place, generation: self.generation }, Request::Saw(id));
    }

    pub(super) fn back(&mut self) {
        if self.stack.can_go_back() && !self.asks_before(Leave::Back) {
            self.stack.close_modals();
            let left = self.stack.back();
            self.come_back(left.as_ref());
        }
    }

    pub(super) fn forward(&mut self) {
        if self.stack.can_go_forward() && !self.asks_before(Leave::Forward) {
            self.stack.close_modals();
            self.stack.forward();
            self.show_top();
        }
    }

    /// Closes a modal, else the page; the last page ends the program.
    pub(super) fn close(&mut self) {
        if self.stack.has_modal() {
            self.close_modal();
        } else if !self.asks_before(Leave::Close) {
            match self.stack.close() {
                Some(left) => self.come_back(Some(&left)),
                None => self.exit = Some(0),
            }
        }
    }

    fn come_back(&mut self, left: Option<&Place>) {
        self.tell_missed();
        // The record page may have gone on to another record: the list follows.
        if let Some(&Place::Record(id)) = left {
            self.with_top(|layer, cx| layer.answer(Answer::At(id), cx));
        }
        self.show_top();
    }

    pub(super) fn pop(&mut self, id: u64, answer: Option<Answer>) {
        // What is chosen elsewhere is run on the page, if that can be now: till then one goes on choosing.
        if let Some(Answer::Run(command)) = answer
            && let Some(reason) = self.blocked(self.stack.page().layer.as_ref(), command)
        {
            return self.say_blocked(command, &reason);
        }
        let Some(below) = self.stack.pop(id) else { return };
        match answer {
            Some(Answer::Perform(change)) => {
                let (asker, slot) = self.asked.remove(&id).unwrap_or((below, 0));
                self.perform(asker, slot, *change);
            }
            Some(Answer::Run(command)) => self.command(command, None),
            Some(Answer::Unsaved(end)) if self.leaving.is_some() => self.end_unsaved(end),
            Some(answer) => self.with(below, |layer, cx| layer.answer(answer, cx)),
            None => {
                self.leaving = None;
                if let Some((asker, slot)) = self.asked.remove(&id) {
                    self.with(asker, |layer, cx| layer.reply(slot, Reply::Withdrawn, cx));
                }
            }
        }
    }

    pub(super) fn unopened(&mut self, why: String) {
        self.toast(Toast::error("That could not be opened").text(why).way("esc", "dismiss"));
    }

    fn copy(&mut self, copied: Copied) {
        self.toast(Toast::ok(format!("Copied {}", copied.what)));
        self.orders.push(Order::Copy(copied.text));
    }

    pub(super) fn toast(&mut self, toast: Toast) {
        // Many questions may meet the same fault; saying it once is enough.
        if self.toasts.newest() == Some(&toast) {
            self.toasts.dismiss();
        }
        self.toasts.push(toast, self.at);
    }

    pub(super) fn reply(&mut self, ticket: Option<Ticket>, reply: Reply) {
        let Some(ticket) = ticket else { return self.notice(&reply) };
        let is_change = ticket.place & CHANGE != 0;
        let place = ticket.place & !CHANGE;
        let (id, slot) = (place >> 8, (place & 0xff) as Slot);
        let mut ended = None;
        if is_change && let Some(at) = self.running.iter().position(|running| running.ticket == ticket) {
            match reply {
                Reply::Progress { done, total } => self.running[at].progress = Some((done, total)),
                _ => ended = self.running.remove(at).change,
            }
        }
        if let (SHELL, Reply::Due(due)) = (id, &reply) {
            return self.is_due(*due, ticket.generation);
        }
        if id == SHELL {
            return match &reply {
                Reply::Inbox(page) => self.is_told(page, ticket.generation),
                Reply::Popups(shown) => self.pop_up(shown),
                reply => self.ended(reply),
            };
        }
        let is_awaited = self.stack.by_id(id).is_some_and(|entry| is_change || entry.awaits(slot, ticket.generation));
        if !is_awaited {
            return;
        }
        self.answered = true;
        if is_change {
            self.refresh();
        }
        if ended.is_some_and(|change| self.ask_about(id, slot, &reply, &change)) {
            return;
        }
        if let (Reply::Failed(failure), false) = (&reply, is_change) {
            self.failed(failure);
        }
        self.with(id, |layer, cx| layer.reply(slot, reply, cx));
        self.leave_if_saved();
    }

    /// What became of the shell's own changes.
    fn ended(&mut self, reply: &Reply) {
        if let Reply::BrokenOff(acts) = reply {
            if !acts.is_empty() {
                self.push(Box::new(Leftovers::new(acts.clone())));
                self.asked.insert(self.stack.top().id, (SHELL, 0));
            }
            return;
        }
        for effect in done::told(reply) {
            self.apply(SHELL, effect);
        }
    }

    fn notice(&mut self, reply: &Reply) {
        match reply {
            Reply::Sorted(object) => _ = self.scene.sorted.insert(*object),
            Reply::Changed(_) => {
                self.refresh();
                self.ask_what_is_due();
            }
            Reply::Told(users) => self.were_told(users),
            Reply::Failed(failure) => self.failed(failure),
            Reply::Upkeep(news) => self.toast(upkeep::toast(news)),
            Reply::Said(title, text) => self.toast(Toast::info(title).text(text)),
            _ => {}
        }
        self.stack.remember_notice(reply);
        self.with_page(|layer, cx| layer.notice(reply, cx));
    }

    fn failed(&mut self, failure: &Failure) {
        self.toast(Toast::error("That could not be read").text(failure.to_string()).way("esc", "dismiss"));
    }

    /// An error stays until it is dismissed. True if one was.
    pub(super) fn dismiss_error(&mut self) -> bool {
        let is_error = self.toasts.newest().is_some_and(|toast| toast.kind == ToastKind::Error);
        is_error && self.toasts.dismiss()
    }
}
