//! What an interface works on: a workspace of this process, or that of the process that holds the folder. When that
//! one ends, the first window to notice opens the folder itself and serves the others; layers see none of it.

use super::clock::{Clock, SystemClock};
use super::export::ExportFile;
use super::feed::{Difference, Feed, Listening};
use super::import::{ImportAsk, Imported};
use super::open::{self, Opened};
use super::request::{Reply, Request};
use super::socket::errand::Runner;
use super::socket::far::{EnterError, Far, Lost};
use super::socket::patiently;
use super::socket::server::Server;
use super::{Failure, Watch, Workspace};
use crate::domain::change::{Change, Done, Origin};
use crate::domain::id::{Object, UserId};
use crate::domain::settings::Settings;
use crate::store::error::OpenError;
use chrono::{DateTime, Utc};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;

/// Told what concerns every layer.
pub type Tell = Arc<dyn Fn(Reply) + Send + Sync>;

/// How long to wait until a folder that could not be reached is tried again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

pub struct Window {
    desk: RwLock<Arc<Desk>>,
    user: UserId,
    /// For as long as the work is done elsewhere.
    clock: Arc<dyn Clock>,
    runner: Option<Runner>,
    tell: Mutex<Option<Tell>>,
    /// Held by whoever looks for another desk.
    moving: Mutex<()>,
    /// Whoever works here leaves: nothing that takes long goes on.
    closing: AtomicBool,
}

/// Where the work is done.
enum Desk {
    /// Closed in this order: nobody is served any more, then the store goes.
    Near {
        _server: Option<Server>,
        listening: Mutex<Option<Listening>>,
        workspace: Arc<Workspace>,
    },
    Far(Arc<Far>),
}

/// A folder that was reached.
pub enum Reached {
    Opened(Opened),
    /// Another process holds it.
    Entered(Far),
}

/// Why a folder could not be reached.
#[derive(Debug, thiserror::Error)]
pub enum UnreachedError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Enter(#[from] EnterError),
}

/// Opens the folder, or enters it as that user where another process holds it.
pub fn reach(folder: &Path, email: Option<&str>, patience: Duration) -> Result<Reached, UnreachedError> {
    let look = || match open::open(folder) {
        Ok(opened) => Ok(Reached::Opened(opened)),
        Err(OpenError::Held { .. }) => Ok(Reached::Entered(Far::enter(folder, email, patience)?)),
        Err(error) => Err(error.into()),
    };
    patiently(
        patience,
        look,
        |error: &UnreachedError| matches!(error, UnreachedError::Enter(EnterError::Unreached(unreached)) if unreached.is_unserved()),
    )
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl From<&Arc<Workspace>> for Window {
    /// A window that serves nobody.
    fn from(workspace: &Arc<Workspace>) -> Window {
        Window::at(Desk::near(Arc::clone(workspace), None), workspace.user(), Arc::new(SystemClock), None)
    }
}

impl Window {
    /// A window on the folder that this process holds, which serves others.
    pub fn holding(workspace: Workspace, folder: &Path, runner: Runner) -> Window {
        let (user, workspace) = (workspace.user(), Arc::new(workspace));
        let server = serve(&workspace, folder, runner);
        Window::at(Desk::near(workspace, server), user, Arc::new(SystemClock), Some(runner))
    }

    /// A window on the folder that another process holds.
    pub fn entered(far: Far, clock: Arc<dyn Clock>, runner: Runner) -> Window {
        let user = far.user();
        Window::at(Desk::Far(Arc::new(far)), user, clock, Some(runner))
    }

    fn at(desk: Desk, user: UserId, clock: Arc<dyn Clock>, runner: Option<Runner>) -> Window {
        let (desk, tell, moving) = (RwLock::new(Arc::new(desk)), Mutex::default(), Mutex::default());
        Window { desk, user, clock, runner, tell, moving, closing: AtomicBool::new(false) }
    }

    /// The workspace, if this process holds it.
    pub fn near(&self) -> Option<Arc<Workspace>> {
        match self.desk().as_ref() {
            Desk::Near { workspace, .. } => Some(Arc::clone(workspace)),
            Desk::Far(_) => None,
        }
    }

    fn desk(&self) -> Arc<Desk> {
        Arc::clone(&self.desk.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn settings(&self) -> Arc<Settings> {
        match self.desk().as_ref() {
            Desk::Near { workspace, .. } => workspace.settings(),
            Desk::Far(far) => far.settings(),
        }
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn now(&self) -> DateTime<Utc> {
        match self.desk().as_ref() {
            Desk::Near { workspace, .. } => workspace.now(),
            Desk::Far(_) => self.clock.now(),
        }
    }

    /// Answers a question; blocks.
    pub fn ask(&self, request: &Request) -> Reply {
        self.work(|desk| match desk {
            Desk::Near { workspace, .. } => Ok(workspace.ask(request)),
            Desk::Far(far) => far.ask(request),
        })
        .unwrap_or_else(Reply::Failed)
    }

    /// Does a change; blocks.
    pub fn perform(&self, change: &Change, watch: &mut dyn Watch) -> Result<Done, Failure> {
        self.work(|desk| match desk {
            Desk::Near { workspace, .. } => Ok(workspace.perform_long(change, Origin::Interface, watch)),
            Desk::Far(far) => far.perform(change, watch),
        })?
    }

    /// Imports files, or tries to; blocks.
    pub fn import(&self, ask: &ImportAsk, watch: &mut dyn Watch) -> Result<Imported, Failure> {
        self.work(|desk| match desk {
            Desk::Near { workspace, .. } => Ok(workspace.import(ask, watch)),
            Desk::Far(far) => far.import(ask, watch),
        })?
    }

    /// Writes a file; blocks. `Exported`, `Withdrawn` when it was stopped, or `Failed`.
    pub fn export(&self, asked: &ExportFile, watch: &mut dyn Watch) -> Reply {
        self.work(|desk| match desk {
            Desk::Near { workspace, .. } => Ok(workspace.export_file(asked, watch).unwrap_or_else(Reply::Failed)),
            Desk::Far(far) => far.export(asked, watch),
        })
        .unwrap_or_else(Reply::Failed)
    }

    /// Gets sort and search of an object ready; blocks. `Sorted`, or `Failed`.
    pub fn prepare(&self, object: Object) -> Reply {
        self.work(|desk| match desk {
            Desk::Near { workspace, .. } => Ok(workspace.prepare_object(object, &|| !self.is_closing())),
            Desk::Far(far) => far.prepare(object),
        })
        .unwrap_or_else(Reply::Failed)
    }

    /// Does something where the work is done; when there is nobody any more, at the next desk.
    fn work<T>(&self, mut work: impl FnMut(&Desk) -> Result<T, Lost>) -> Result<T, Failure> {
        loop {
            let desk = self.desk();
            match work(&desk) {
                Ok(done) => return Ok(done),
                Err(Lost::Unheard) if self.is_closing() => {
                    return Err(Failure::Failed("It was not waited for, since the program ends".to_owned()));
                }
                Err(Lost::Unheard) => self.move_from(&desk)?,
                Err(Lost::Unanswered(error)) => return Err(Failure::Failed(error.to_string())),
            }
        }
    }

    /// Tells from now on what changes, whoever changes it.
    pub fn follow(window: &Arc<Window>, tell: Tell) {
        *lock(&window.tell) = Some(tell);
        Window::listen(window);
    }

    /// Nobody is told anything any more, and what takes long ends soon: questions and jobs where they are, changes
    /// after their batch.
    pub fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
        *lock(&self.tell) = None;
        if let Desk::Far(far) = self.desk().as_ref() {
            far.stop_asking();
        }
    }

    pub fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    fn tell(&self, reply: Reply) {
        let tell = lock(&self.tell).clone();
        if let Some(tell) = tell {
            tell(reply);
        }
    }

    fn listen(window: &Arc<Window>) {
        let weak = Arc::downgrade(window);
        match window.desk().as_ref() {
            Desk::Near { workspace, listening, .. } => {
                let hears = move |heard: &Difference| {
                    if let Some(window) = weak.upgrade() {
                        for reply in Reply::of_feed(heard.clone()) {
                            window.tell(reply);
                        }
                    }
                };
                *lock(listening) = Some(Feed::listen(workspace.feed(), Arc::new(hears)));
            }
            Desk::Far(far) => {
                let far = Arc::clone(far);
                std::thread::spawn(move || Window::follow_far(&weak, far));
            }
        }
    }

    fn follow_far(weak: &Weak<Window>, far: Arc<Far>) {
        let tell = |reply| {
            if let Some(window) = weak.upgrade() {
                window.tell(reply);
            }
        };
        Far::follow(far, &tell);
        let mut said = false;
        while let Some(window) = weak.upgrade().filter(|window| lock(&window.tell).is_some()) {
            match window.move_from(&window.desk()) {
                Ok(()) => return Window::moved(&window),
                Err(failure) if !said => {
                    said = true;
                    window.tell(Reply::Said("The other lejek is gone".to_owned(), failure.to_string()));
                }
                Err(_) => {}
            }
            drop(window);
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// At another desk: whatever changed meanwhile was not told, and the catalog has to be made here.
    fn moved(window: &Arc<Window>) {
        Window::listen(window);
        window.tell(Reply::Changed(Vec::new()));
        if let Desk::Near { .. } = window.desk().as_ref() {
            let text = "This one has the folder open now, and serves others.";
            window.tell(Reply::Said("The other lejek was closed".to_owned(), text.to_owned()));
        }
        for spec in &window.settings().objects {
            window.tell(window.prepare(spec.object));
        }
    }

    /// Opens the folder whose holder went away, or enters it at whoever was faster.
    fn move_from(&self, from: &Arc<Desk>) -> Result<(), Failure> {
        let _moving = lock(&self.moving);
        let Desk::Far(far) = from.as_ref() else { return Ok(()) };
        if !Arc::ptr_eq(&self.desk(), from) {
            return Ok(());
        }
        let email = far.settings().user(self.user).map(|user| user.email.clone());
        let desk = match reach(far.folder(), email.as_deref(), far.patience()) {
            Ok(Reached::Opened(opened)) => {
                let workspace = Arc::new(opened.workspace(self.user));
                let server = self.runner.and_then(|runner| serve(&workspace, far.folder(), runner));
                Desk::near(workspace, server)
            }
            Ok(Reached::Entered(far)) => Desk::Far(Arc::new(far.acting_as(self.user))),
            Err(UnreachedError::Enter(EnterError::Refused(failure))) => return Err(failure),
            Err(error) => return Err(Failure::Failed(error.to_string())),
        };
        *self.desk.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(desk);
        Ok(())
    }
}

impl Desk {
    fn near(workspace: Arc<Workspace>, server: Option<Server>) -> Desk {
        Desk::Near { _server: server, listening: Mutex::default(), workspace }
    }
}

/// Without a socket one works all the same, only alone.
fn serve(workspace: &Arc<Workspace>, folder: &Path, runner: Runner) -> Option<Server> {
    Server::start(workspace, folder, runner)
        .inspect_err(|error| tracing::warn!(%error, "no other window can be served"))
        .ok()
}
