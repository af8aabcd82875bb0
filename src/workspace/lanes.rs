//! The threads beside the one that draws: one writer, two readers, one for jobs, one for upkeep, and
//! those that deliver notifications (`delivery`). Questions and changes go in with a ticket, answers come out through one function; a question that a newer one of its kind has overtaken is
//! dropped. What a job does stands in `jobs`.

mod delivery;
mod jobs;

use super::Watch;
use super::export::ExportFile;
use super::import::ImportAsk;
use super::request::{Reply, Request};
use super::window::Window;
use crate::domain::change::Change;
use crate::domain::id::Object;
use crate::store::Traces;
use jobs::{Passed, imported};

pub use delivery::Delivery;
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

/// The running lanes. Dropping them waits for changes: a long one ends after its batch and is offered again (R7.3). What
/// else is queued is dropped, and what only reads stops where it is.
pub struct Lanes {
    asks: Option<Sender<Work>>,
    changes: Option<Sender<Work>>,
    jobs: Option<Sender<Job>>,
    upkeep: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
    window: Arc<Window>,
    newest: Arc<Mutex<HashMap<u64, u64>>>,
    busy: Arc<AtomicUsize>,
    rewriting: Rewriting,
    delivery: Option<Delivery>,
}

/// What the threads of the lanes share.
#[derive(Clone)]
struct Lane {
    window: Arc<Window>,
    answer: Answer,
    newest: Arc<Mutex<HashMap<u64, u64>>>,
    busy: Arc<AtomicUsize>,
    rewriting: Rewriting,
    /// The writing lane's only: that of upkeep ends when nobody can send any more.
    upkeep: Option<Sender<Job>>,
}

const READERS: usize = 2;

impl Lanes {
    /// Starts the threads. What changes is told too, whoever changes it.
    pub fn start(window: &Arc<Window>, answer: Answer) -> Lanes {
        let newest = Arc::new(Mutex::new(HashMap::new()));
        let busy = Arc::new(AtomicUsize::new(0));
        let delivery = Delivery::start(window, &busy);
        let (tell, ring) = (Arc::clone(&answer), delivery.ringer());
        Window::follow(
            window,
            Arc::new(move |notice| {
                ring(&notice);
                tell(None, notice);
            }),
        );
        let lane = Lane {
            window: Arc::clone(window),
            answer,
            newest: Arc::clone(&newest),
            busy: Arc::clone(&busy),
            rewriting: Rewriting::default(),
            upkeep: None,
        };
        let rewriting = Arc::clone(&lane.rewriting);
        let (asks, questions) = channel();
        let (changes, orders) = channel();
        let (jobs, queue) = channel::<Job>();
        let (upkeep, chores) = channel::<Job>();
        let questions = Arc::new(Mutex::new(questions));
        let mut threads = Vec::new();
        for _ in 0..READERS {
            let (lane, questions) = (lane.clone(), Arc::clone(&questions));
            threads.push(std::thread::spawn(move || lane.read(&questions)));
        }
        let writer = Lane { upkeep: Some(upkeep.clone()), ..lane.clone() };
        threads.push(std::thread::spawn(move || writer.write(&orders)));
        for queue in [queue, chores] {
            let lane = lane.clone();
            threads.push(std::thread::spawn(move || lane.work(&queue)));
        }
        let window = Arc::clone(window);
        Lanes {
            asks: Some(asks),
            changes: Some(changes),
            jobs: Some(jobs),
            upkeep: Some(upkeep),
            threads,
            window,
            newest,
            busy,
            rewriting,
            delivery: Some(delivery),
        }
    }

    pub fn ask(&self, ticket: Ticket, request: Request) {
        self.lock_newest().insert(ticket.place, ticket.generation);
        if matches!(request, Request::Pairs(_) | Request::SendTest(_)) {
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
            self.job(jobs::try_import(ticket, ask, stops));
        } else {
            self.send(self.changes.as_ref(), Work::Import(ticket, ask, stops));
        }
        cancelled
    }

    /// Writes a file, as a job; the flag stops it.
    pub fn export(&self, ticket: Ticket, asked: ExportFile) -> Arc<AtomicBool> {
        let cancelled = Arc::new(AtomicBool::new(false));
        self.job(jobs::export(ticket, asked, Arc::clone(&cancelled)));
        cancelled
    }

    /// Gets sort and search of an object ready and says so.
    pub fn prepare(&self, object: Object) {
        self.job(jobs::prepare(object));
    }

    /// What the program does by itself: looks through the bin, writes the daily backup, rewrites the file.
    pub fn look_after(&self) {
        self.send(self.upkeep.as_ref(), jobs::look_after(&self.rewriting));
    }

    /// Goes on where a rewriting after an erase did not come to its end.
    pub fn end_erasing(&self) {
        self.send(self.upkeep.as_ref(), jobs::end_erasing(&self.rewriting));
    }

    /// Time went by: what falls due is told, and delivered where its time has come.
    pub fn look_at_the_clock(&self) {
        self.delivery.iter().for_each(Delivery::ring);
    }

    /// Nothing is asked, written or worked on: every answer was given.
    pub fn is_idle(&self) -> bool {
        self.busy.load(Ordering::SeqCst) == 0
    }

    fn job(&self, job: Job) {
        self.send(self.jobs.as_ref(), job);
    }

    fn send<T>(&self, to: Option<&Sender<T>>, work: T) {
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
        self.window.close();
        self.delivery = None;
        self.asks = None;
        self.changes = None;
        self.jobs = None;
        self.upkeep = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Lane {
    fn read(&self, questions: &Mutex<Receiver<Work>>) {
        loop {
            let next = questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Work::Ask(ticket, request)) = next else { return };
            let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner).get(&ticket.place).copied();
            if !self.window.is_closing() && newest.is_none_or(|newest| newest <= ticket.generation) {
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
        let passed = Passed { answer: &self.answer, window: &self.window, ticket, cancelled };
        let reply = self.window.import(ask, &mut Told { lane: self, passed, orders });
        (self.answer)(Some(ticket), imported(reply));
        self.rewrite();
    }

    fn change(&self, ticket: Ticket, change: &Change, cancelled: &AtomicBool, orders: &Receiver<Work>) {
        let passed = Passed { answer: &self.answer, window: &self.window, ticket, cancelled };
        let mut watch = Told { lane: self, passed, orders };
        let done = self.window.perform(change, &mut watch);
        (self.answer)(Some(ticket), done.map_or_else(Reply::Failed, Reply::Done));
        self.rewrite();
    }

    /// Sends for a rewriting of the file when there is reason to.
    fn rewrite(&self) {
        let Some(workspace) = self.window.near() else { return };
        let wanted = workspace.store().traces().is_ok_and(|traces| traces != Traces::None);
        if let Some(upkeep) = &self.upkeep
            && wanted
            && !self.rewriting.swap(true, Ordering::SeqCst)
        {
            self.busy.fetch_add(1, Ordering::SeqCst);
            if upkeep.send(jobs::rewrite(&self.rewriting)).is_err() {
                self.busy.fetch_sub(1, Ordering::SeqCst);
            }
        }
    }

    fn work(&self, queue: &Receiver<Job>) {
        while let Ok(job) = queue.recv() {
            if !self.window.is_closing() {
                job(&self.window, &self.answer);
            }
            self.busy.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// Passes progress on as answers, and lets what the user does in between go first.
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
