//! What is neither a question nor a change and takes long: the catalog, files, upkeep. All of it ends soon when the
//! window closes. To add a job, add a function that makes one.

use super::{Answer, Job, Rewriting, Ticket};
use crate::domain::change::Origin;
use crate::domain::id::Object;
use crate::store::Traces;
use crate::workspace::export::ExportFile;
use crate::workspace::import::{ImportAsk, Imported};
use crate::workspace::request::Reply;
use crate::workspace::upkeep::News;
use crate::workspace::window::Window;
use crate::workspace::{Failure, Watch, Workspace};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Passes progress on as answers.
pub(super) struct Passed<'a> {
    pub answer: &'a Answer,
    pub window: &'a Window,
    pub ticket: Ticket,
    pub cancelled: &'a AtomicBool,
}

impl Watch for Passed<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        (self.answer)(Some(self.ticket), Reply::Progress { done, total });
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed) || self.window.is_closing()
    }
}

pub(super) fn imported(imported: Result<Imported, Failure>) -> Reply {
    imported.map_or_else(Reply::Failed, |imported| Reply::Imported(Box::new(imported)))
}

pub(super) fn prepare(object: Object) -> Job {
    Box::new(move |window, answer| answer(None, window.prepare(object)))
}

pub(super) fn try_import(ticket: Ticket, ask: Box<ImportAsk>, stop: Arc<AtomicBool>) -> Job {
    Box::new(move |window, answer| {
        let reply = window.import(&ask, &mut Passed { answer, window, ticket, cancelled: &stop });
        answer(Some(ticket), imported(reply));
    })
}

pub(super) fn export(ticket: Ticket, asked: ExportFile, stop: Arc<AtomicBool>) -> Job {
    Box::new(move |window, answer| {
        let reply = window.export(&asked, &mut Passed { answer, window, ticket, cancelled: &stop });
        answer(Some(ticket), reply);
    })
}

pub(super) fn look_after(rewriting: &Rewriting) -> Job {
    let rewriting = Arc::clone(rewriting);
    Box::new(move |window, answer| {
        // Whoever holds the folder looks after it.
        let Some(workspace) = window.near() else { return };
        let goes_on = || !window.is_closing();
        let failed = |what: &str, failure: Failure| {
            answer(None, Reply::Upkeep(News::Failed(format!("{what}: {failure}"))));
        };
        match workspace.expire_bin(Origin::Interface) {
            Ok(gone) if gone.is_empty() => {}
            Ok(gone) => {
                answer(None, Reply::Changed(gone.clone()));
                answer(None, Reply::Upkeep(News::Expired(gone)));
            }
            Err(failure) => failed("What lay in the bin for 90 days could not be erased", failure),
        }
        if let Err(failure) = workspace.daily_backup(&goes_on)
            && goes_on()
        {
            failed("There is no backup of today", failure);
        }
        rewrite_now(&workspace, &rewriting, window, answer);
    })
}

pub(super) fn end_erasing(rewriting: &Rewriting) -> Job {
    let rewriting = Arc::clone(rewriting);
    Box::new(move |window, answer| {
        let Some(workspace) = window.near() else { return };
        if workspace.store().traces().is_ok_and(|traces| traces == Traces::Erased) {
            rewrite_now(&workspace, &rewriting, window, answer);
        }
    })
}

/// Rewrites the file and says so.
pub(super) fn rewrite(rewriting: &Rewriting) -> Job {
    let rewriting = Arc::clone(rewriting);
    Box::new(move |window, answer| {
        if let Some(workspace) = window.near() {
            rewrite_now(&workspace, &rewriting, window, answer);
        }
    })
}

fn rewrite_now(workspace: &Workspace, rewriting: &Rewriting, window: &Window, answer: &Answer) {
    rewriting.store(true, Ordering::SeqCst);
    let mut has_failed = false;
    workspace.rewrite(&|| !window.is_closing(), &mut |news| {
        has_failed |= matches!(news, News::Failed(_));
        answer(None, Reply::Upkeep(news));
    });
    rewriting.store(has_failed, Ordering::SeqCst);
}
