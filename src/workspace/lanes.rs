//! The threads beside the one that draws: one writer, two readers, one for jobs. Questions and changes go in with a
//! ticket, answers come out through one function; a question that a newer one of its kind has overtaken is dropped.

use super::export::ExportFile;
use super::import::{ImportAsk, Imported};
use super::request::{Reply, Request};
use super::upkeep::News;
use super::window::Window;
use super::{Failure, Watch};
use crate::domain::change::{Change, Origin};
use crate::domain::id::Object;
use crate::store::Traces;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// What an answer belongs to. `place` is whoever asks (a layer and its purpose); of one place only the newest
/// `generation` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket {
    pub place: u64,
    pub generation: u64,
}

/// Takes the answers; called from the lanes.
pub type Answer = Arc<dyn Fn(Option<Ticket>, Reply) + Send + Sync>;

enum Work {
    Ask(Ticket, Request),
    Perform(Ticket, Change, Arc<AtomicBool>),
    Import(Ticket, Box<ImportAsk>, Arc<AtomicBool>),
}

type Job = Box<dyn FnOnce(&Window, &Answer) + Send>;

/// Whether a rewriting waits or runs; after one that failed no other is tried until the next start.
type Rewriting = Arc<AtomicBool>;

/// The running lanes. Dropping them waits for what is being written.
pub struct Lanes {
    asks: Option<Sender<Work>>,
    changes: Option<Sender<Work>>,
    jobs: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
    window: Arc<Window>,
    newest: Arc<Mutex<HashMap<u64, u64>>>,
    busy: Arc<AtomicUsize>,
    closing: Arc<AtomicBool>,
    rewriting: Rewriting,
}

/// What the threads of the lanes share.
#[derive(Clone)]
struct Lane {
    window: Arc<Window>,
    answer: Answer,
    newest: Arc<Mutex<HashMap<u64, u64>>>,
    busy: Arc<AtomicUsize>,
    /// The program ends: what is still queued, save changes, is dropped.
    closing: Arc<AtomicBool>,
    rewriting: Rewriting,
    /// The writing lane's only: the lane of jobs ends when nobody can send any more.
    jobs: Option<Sender<Job>>,
}

const READERS: usize = 2;

impl Lanes {
    /// Starts the threads. What changes is told too, whoever changes it.
    pub fn start(window: &Arc<Window>, answer: Answer) -> Lanes {
        let tell = Arc::clone(&answer);
        Window::follow(window, Arc::new(move |notice| tell(None, notice)));
        let newest = Arc::new(Mutex::new(HashMap::new()));
        let busy = Arc::new(AtomicUsize::new(0));
        let closing = Arc::new(AtomicBool::new(false));
        let lane = Lane {
            window: Arc::clone(window),
            answer,
            newest: Arc::clone(&newest),
            busy: Arc::clone(&busy),
            closing: Arc::clone(&closing),
            rewriting: Rewriting::default(),
            jobs: None,
        };
        let rewriting = Arc::clone(&lane.rewriting);
        let (asks, questions) = channel();
        let (changes, orders) = channel();
        let (jobs, queue) = channel::<Job>();
        let questions = Arc::new(Mutex::new(questions));
        let mut threads = Vec::new();
        for _ in 0..READERS {
            let (lane, questions) = (lane.clone(), Arc::clone(&questions));
            threads.push(std::thread::spawn(move || lane.read(&questions)));
        }
        let writer = Lane { jobs: Some(jobs.clone()), ..lane.clone() };
        threads.push(std::thread::spawn(move || writer.write(&orders)));
        threads.push(std::thread::spawn(move || lane.work(&queue)));
        let window = Arc::clone(window);
        Lanes {
            asks: Some(asks),
            changes: Some(changes),
            jobs: Some(jobs),
            threads,
            window,
            newest,
            busy,
            closing,
            rewriting,
        }
    }

    pub fn ask(&self, ticket: Ticket, request: Request) {
        self.lock_newest().insert(ticket.place, ticket.generation);
        if matches!(request, Request::Pairs(_)) {
            return self.job(Box::new(move |window, answer| answer(Some(ticket), window.ask(&request))));
        }
        self.send(self.asks.as_ref(), Work::Ask(ticket, request));
    }

    /// Does a change; the flag stops a long one between two batches.
    pub fn perform(&self, ticket: Ticket, change: Change) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        self.send(self.changes.as_ref(), Work::Perform(ticket, change, Arc::clone(&cancelled)));
        cancelled
    }

    /// Imports files; a dry run writes nothing and is a job. The flag stops it between two batches.
    pub fn import(&self, ticket: Ticket, ask: Box<ImportAsk>) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let stops = Arc::clone(&cancelled);
        if ask.dry_run {
            self.job(Box::new(move |window, answer| {
                let reply = window.import(&ask, &mut Passed { answer, ticket, cancelled: &stops });
                answer(Some(ticket), imported(reply));
            }));
        } else {
            self.send(self.changes.as_ref(), Work::Import(ticket, ask, stops));
        }
        cancelled
    }

    /// Something long that is neither a question nor a change: building the catalog, an export, a backup.
    pub fn job(&self, job: Job) {
        self.busy.fetch_add(1, Ordering::SeqCst);
        if let Some(jobs) = &self.jobs
            && jobs.send(job).is_err()
        {
            self.busy.fetch_sub(1, Ordering::SeqCst);
        }
    }

    /// Writes a file, as a job; the flag stops it.
    pub fn export(&self, ticket: Ticket, asked: ExportFile) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let (stop, closing) = (Arc::clone(&cancelled), Arc::clone(&self.closing));
        self.job(Box::new(move |window, answer| {
            let is_cancelled = || stop.load(Ordering::Relaxed) || closing.load(Ordering::SeqCst);
            let mut watch = Watched { ticket, answer, is_cancelled: &is_cancelled };
            let reply = window.export(&asked, &mut watch);
            answer(Some(ticket), reply);
        }));
        cancelled
    }

    /// What the program does by itself: looks through the bin, writes the daily backup, rewrites the file.
    pub fn look_after(&self) {
        let (closing, rewriting) = (Arc::clone(&self.closing), Arc::clone(&self.rewriting));
        self.job(Box::new(move |window, answer| {
            // Whoever holds the folder looks after it.
            let Some(workspace) = window.near() else { return };
            let goes_on = || !closing.load(Ordering::SeqCst);
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
            if goes_on() {
                rewriting.store(true, Ordering::SeqCst);
                rewrite(&rewriting)(window, answer);
            }
        }));
    }

    /// Nothing is asked, written or worked on: every answer was given.
    pub fn is_idle(&self) -> bool {
        self.busy.load(Ordering::SeqCst) == 0
    }

    fn send(&self, to: Option<&Sender<Work>>, work: Work) {
        self.busy.fetch_add(1, Ordering::SeqCst);
        if to.is_none_or(|to| to.send(work).is_err()) {
            self.busy.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn lock_newest(&self) -> std::sync::MutexGuard<'_, HashMap<u64, u64>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        self.window.fall_silent();
        self.asks = None;
        self.changes = None;
        self.jobs = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Lane {
    fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    fn read(&self, questions: &Mutex<Receiver<Work>>) {
        loop {
            let next = questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Work::Ask(ticket, request)) = next else { return };
            let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner).get(&ticket.place).copied();
            if !self.is_closing() && newest.is_none_or(|newest| newest <= ticket.generation) {
                let reply = self.window.ask(&request);
                (self.answer)(Some(ticket), reply);
            }
            self.busy.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn write(&self, orders: &Receiver<Work>) {
        while let Ok(work) = orders.recv() {
            self.perform(work, orders);
        }
    }

    fn perform(&self, work: Work, orders: &Receiver<Work>) {
        match work {
            Work::Ask(..) => {}
            Work::Perform(ticket, change, cancelled) => self.change(ticket, &change, &cancelled, orders),
            Work::Import(ticket, ask, cancelled) => self.import(ticket, &ask, &cancelled, orders),
        }
        self.busy.fetch_sub(1, Ordering::SeqCst);
    }

    fn import(&self, ticket: Ticket, ask: &ImportAsk, cancelled: &AtomicBool, orders: &Receiver<Work>) {
        let passed = Passed { answer: &self.answer, ticket, cancelled };
        let reply = self.window.import(ask, &mut Told { lane: self, passed, orders });
        (self.answer)(Some(ticket), imported(reply));
        self.rewrite();
    }

    fn change(&self, ticket: Ticket, change: &Change, cancelled: &AtomicBool, orders: &Receiver<Work>) {
        let passed = Passed { answer: &self.answer, ticket, cancelled };
        let mut watch = Told { lane: self, passed, orders };
        let done = self.window.perform(change, &mut watch);
        (self.answer)(Some(ticket), done.map_or_else(Reply::Failed, Reply::Done));
        self.rewrite();
    }

    /// Sends for a rewriting of the file when there is reason to.
    fn rewrite(&self) {
        let Some(workspace) = self.window.near() else { return };
        let wanted = workspace.store().traces().is_ok_and(|traces| traces != Traces::None);
        if let Some(jobs) = &self.jobs
            && wanted
            && !self.rewriting.swap(true, Ordering::SeqCst)
        {
            self.busy.fetch_add(1, Ordering::SeqCst);
            if jobs.send(rewrite(&self.rewriting)).is_err() {
                self.busy.fetch_sub(1, Ordering::SeqCst);
            }
        }
    }

    fn work(&self, queue: &Receiver<Job>) {
        while let Ok(job) = queue.recv() {
            if !self.is_closing() {
                job(&self.window, &self.answer);
            }
            self.busy.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn imported(imported: Result<Imported, Failure>) -> Reply {
    imported.map_or_else(Reply::Failed, |imported| Reply::Imported(Box::new(imported)))
}

/// Passes progress on as answers.
struct Passed<'a> {
    answer: &'a Answer,
    ticket: Ticket,
    cancelled: &'a AtomicBool,
}

impl Watch for Passed<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        (self.answer)(Some(self.ticket), Reply::Progress { done, total });
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// The same, and lets what the user does in between go first.
struct Told<'a> {
    lane: &'a Lane,
    passed: Passed<'a>,
    orders: &'a Receiver<Work>,
}

impl Watch for Told<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        self.passed.progress(done, total);
        while let Ok(work) = self.orders.try_recv() {
            self.lane.perform(work, self.orders);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.passed.is_cancelled()
    }
}

/// A job that is watched.
struct Watched<'a> {
    ticket: Ticket,
    answer: &'a Answer,
    is_cancelled: &'a dyn Fn() -> bool,
}

impl Watch for Watched<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        (self.answer)(Some(self.ticket), Reply::Progress { done, total });
    }

    fn is_cancelled(&self) -> bool {
        (self.is_cancelled)()
    }
}

/// A job that rewrites the file and says so.
fn rewrite(rewriting: &Rewriting) -> Job {
    let rewriting = Arc::clone(rewriting);
    Box::new(move |window, answer| {
        let Some(workspace) = window.near() else { return };
        let mut has_failed = false;
        workspace.rewrite(&mut |news| {
            has_failed |= matches!(news, News::Failed(_));
            answer(None, Reply::Upkeep(news));
        });
        rewriting.store(has_failed, Ordering::SeqCst);
    })
}

/// A job that gets sort and search of an object ready and says so.
pub fn prepare(object: Object) -> Job {
    Box::new(move |window, answer| answer(None, window.prepare(object)))
}
