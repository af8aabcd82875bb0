//! The end of the process that holds the folder: it does for others what they ask, each on a thread of its own. To
//! answer a new call, add its row in [`Line::answer`].

use super::errand::{Runner, Streams, Theirs};
use super::place::{self, Listener, Stream};
use super::wire::{Broken, End, Wire};
use super::{BREATH, Call, Heard, Said, greeting};
use crate::domain::change::Origin;
use crate::workspace::feed::{Difference, Feed};
use crate::workspace::request::Reply;
use crate::workspace::{Watch, Workspace};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often somebody who waits for the other end looks whether all is over.
const LOOK: Duration = Duration::from_secs(1);

/// Serves a folder until it is dropped, which waits for what is being done for others.
pub struct Server {
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

struct Shared {
    folder: PathBuf,
    workspace: Arc<Workspace>,
    runner: Runner,
    closing: Arc<AtomicBool>,
    served: Mutex<Vec<Served>>,
    /// Those who follow what changes; told nothing, they end.
    followers: Mutex<Vec<Sender<Option<Difference>>>>,
}

/// One connection, as whoever closes it sees it.
struct Served {
    thread: JoinHandle<()>,
    end: End,
    state: Arc<AtomicU8>,
}

/// What a connection is at.
const IDLE: u8 = 0;
const WORKING: u8 = 1;
const SPEAKING: u8 = 2;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    /// Starts to serve `folder`, which this process holds.
    pub fn start(workspace: &Arc<Workspace>, folder: &Path, runner: Runner) -> io::Result<Server> {
        let listener = place::bind(folder)?;
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            workspace: Arc::clone(workspace),
            runner,
            closing: Arc::default(),
            served: Mutex::default(),
            followers: Mutex::default(),
        });
        let accepts = Arc::clone(&shared);
        let accepting = std::thread::spawn(move || accepts.accept(&listener));
        Ok(Server { shared, accepting: Some(accepting) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for the next one to come.
        let woken = place::connect(&self.shared.folder).is_ok();
        place::unbind(&self.shared.folder);
        if let Some(thread) = self.accepting.take().filter(|_| woken) {
            let _ = thread.join();
        }
        for follower in lock(&self.shared.followers).drain(..) {
            let _ = follower.send(None);
        }
        self.shared.say_goodbye();
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, listener: &Listener) {
        for stream in listener.incoming() {
            if self.closing.load(Ordering::SeqCst) {
                return;
            }
            if stream.and_then(|stream| self.welcome(stream)).is_err() {
                // As when too many files are open, which passes.
                std::thread::sleep(BREATH);
            }
        }
    }

    fn welcome(self: &Arc<Self>, stream: Stream) -> io::Result<()> {
        let wire = Wire::new(stream, LOOK)?;
        let (end, state) = (wire.end()?, Arc::new(AtomicU8::new(IDLE)));
        let line = Line { wire, state: Arc::clone(&state), closing: Arc::clone(&self.closing) };
        let shared = Arc::clone(self);
        let thread = std::thread::Builder::new().spawn(move || {
            // Whoever hangs up says so by that.
            let _ = line.serve(&shared);
        })?;
        let mut served = lock(&self.served);
        served.retain(|served| !served.thread.is_finished());
        served.push(Served { thread, end, state });
        Ok(())
    }

    /// Waits for what is being done. Who does not listen to its answer is not waited for.
    fn say_goodbye(&self) {
        let served = std::mem::take(&mut *lock(&self.served));
        let since = Instant::now();
        for one in served {
            while !one.thread.is_finished() {
                let state = one.state.load(Ordering::SeqCst);
                if state == IDLE || (state == SPEAKING && since.elapsed() > LOOK) {
                    one.end.hang_up();
                }
                std::thread::sleep(BREATH);
            }
            let _ = one.thread.join();
        }
    }
}

/// One end of a connection, here.
pub(super) struct Line {
    wire: Wire,
    state: Arc<AtomicU8>,
    closing: Arc<AtomicBool>,
}

impl Line {
    pub(super) fn say(&mut self, said: &Said) -> Result<(), Broken> {
        let before = self.state.swap(SPEAKING, Ordering::SeqCst);
        let sent = self.wire.send(said);
        self.state.store(before, Ordering::SeqCst);
        sent
    }

    /// Somebody who was stopped is waited for, as if it were at work itself.
    pub(super) fn hear(&mut self) -> Result<Heard, Broken> {
        let closing = Arc::clone(&self.closing);
        self.wire.receive(&|| !closing.load(Ordering::SeqCst))
    }

    /// Whether to go on; nobody there means no.
    pub(super) fn progress(&mut self, done: u64, total: u64) -> bool {
        self.say(&Said::Reply(Reply::Progress { done, total })).is_ok() && matches!(self.hear(), Ok(Heard::GoOn))
    }

    fn serve(mut self, shared: &Arc<Shared>) -> Result<(), Broken> {
        let is_open = || !shared.closing.load(Ordering::SeqCst);
        let theirs: String = self.wire.receive(&is_open)?;
        self.wire.send(&greeting())?;
        if theirs != greeting() {
            return Ok(());
        }
        while is_open() {
            self.state.store(IDLE, Ordering::SeqCst);
            let call: Call = self.wire.receive(&is_open)?;
            self.state.store(WORKING, Ordering::SeqCst);
            match call {
                Call::Follow => return self.follow(shared),
                Call::Run(errand) => {
                    let theirs = Arc::new(Theirs::new(self));
                    let streams: Arc<dyn Streams> = Arc::clone(&theirs) as Arc<dyn Streams>;
                    let code = (shared.runner)(&shared.workspace, &errand, &streams);
                    return theirs.line().say(&Said::Exit(code));
                }
                call => self.answer(call, &shared.workspace)?,
            }
        }
        Ok(())
    }

    fn answer(&mut self, call: Call, workspace: &Arc<Workspace>) -> Result<(), Broken> {
        let reply = match call {
            Call::Enter { email } => match workspace.acting(email.as_deref()) {
                Ok(entered) => {
                    self.say(&Said::Entered(entered.user()))?;
                    Reply::Settings(workspace.settings())
                }
                Err(failure) => Reply::Failed(failure),
            },
            Call::Ask { user, request } => workspace.acting_as(user).ask(&request),
            Call::Perform { user, change } => {
                let done =
                    workspace.acting_as(user).perform_long(&change, Origin::Interface, &mut Told::by(&mut *self));
                done.map_or_else(Reply::Failed, Reply::Done)
            }
            Call::Import { user, ask } => {
                let imported = workspace.acting_as(user).import(&ask, &mut Told::by(&mut *self));
                imported.map_or_else(Reply::Failed, |imported| Reply::Imported(Box::new(imported)))
            }
            Call::Export { user, asked } => {
                let mut watch = Told { ends: Some(Arc::clone(&self.closing)), ..Told::by(&mut *self) };
                let reply = workspace.acting_as(user).export_file(&asked, &mut watch);
                self.unless_closing(reply.unwrap_or_else(Reply::Failed))?
            }
            Call::Prepare(object) => {
                let closing = Arc::clone(&self.closing);
                self.unless_closing(workspace.prepare_object(object, &|| !closing.load(Ordering::SeqCst)))?
            }
            Call::Follow | Call::Run(_) => return Err(Broken::Gone),
        };
        match self.say(&Said::Reply(reply)) {
            Err(Broken::TooLarge) => {
                let sentence = "The answer is too large to be sent to another window. Ask for less at once".to_owned();
                self.say(&Said::Reply(Reply::Failed(crate::workspace::Failure::Failed(sentence))))
            }
            said => said,
        }
    }

    /// What was stopped because this process ends is not answered: it is asked again of whoever holds the folder then.
    fn unless_closing(&self, reply: Reply) -> Result<Reply, Broken> {
        let is_stopped = matches!(reply, Reply::Failed(_) | Reply::Withdrawn) && self.closing.load(Ordering::SeqCst);
        if is_stopped { Err(Broken::Gone) } else { Ok(reply) }
    }

    /// Tells what changes, and the settings whenever they are others.
    fn follow(mut self, shared: &Arc<Shared>) -> Result<(), Broken> {
        let (sender, changes): (_, Receiver<Option<Difference>>) = channel();
        lock(&shared.followers).push(sender.clone());
        let hears = Arc::new(move |heard: &Difference| drop(sender.send(Some(heard.clone()))));
        let _listening = Feed::listen(shared.workspace.feed(), hears);
        if shared.closing.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.state.store(IDLE, Ordering::SeqCst);
        let mut settings = shared.workspace.settings();
        self.say(&Said::Reply(Reply::Settings(Arc::clone(&settings))))?;
        while let Ok(Some(mut heard)) = changes.recv() {
            // What came meanwhile is told at once.
            while let Ok(Some(more)) = changes.try_recv() {
                heard.add(more);
            }
            let now = shared.workspace.settings();
            if !Arc::ptr_eq(&now, &settings) {
                self.say(&Said::Reply(Reply::Settings(Arc::clone(&now))))?;
                settings = now;
            }
            for reply in Reply::of_feed(heard) {
                self.say(&Said::Reply(reply))?;
            }
            if shared.closing.load(Ordering::SeqCst) {
                break;
            }
        }
        Ok(())
    }
}

/// Passes progress on to the other end.
struct Told<'a> {
    line: &'a mut Line,
    is_cancelled: bool,
    /// Set when this process ends, of what can be asked again elsewhere.
    ends: Option<Arc<AtomicBool>>,
}

impl Told<'_> {
    fn by(line: &mut Line) -> Told<'_> {
        Told { line, is_cancelled: false, ends: None }
    }
}

impl Watch for Told<'_> {
    fn progress(&mut self, done: u64, total: u64) {
        self.is_cancelled |= !self.line.progress(done, total);
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled || self.ends.as_ref().is_some_and(|ends| ends.load(Ordering::SeqCst))
    }
}
