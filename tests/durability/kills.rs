//! The kills, and what is looked at after each.

use crate::model::{self, COMPANIES, Model, Random, Step};
use crate::victim::{self, IMPORTED, Task, email};
use lejek::domain::change::{ActHead, Change, ImportRow, ImportTarget, Origin};
use lejek::domain::graph::Key;
use lejek::domain::id::{ActNo, Object};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::{BATCH, Workspace, open};
use rstest::rstest;
use std::io::{BufRead, BufReader};
use std::ops::Deref;
use std::path::Path;
use std::process::{Child, ChildStdout};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use tempfile::TempDir;

const CONTACTS: u32 = 450;
/// Kills that one folder lives through.
const LIVES: u64 = 10;

pub fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().unwrap())
}

/// Between fork and exec a child holds all that its parent had open, the lock of a folder too: so nobody is started
/// while a workspace is open here.
static OPEN_HERE: RwLock<()> = RwLock::new(());

/// A workspace that is open in this process.
pub struct Here {
    workspace: Workspace,
    _open: RwLockReadGuard<'static, ()>,
}

impl Deref for Here {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

fn here(open: impl FnOnce() -> Workspace) -> Here {
    let held = OPEN_HERE.read().unwrap_or_else(PoisonError::into_inner);
    Here { workspace: open(), _open: held }
}

pub fn opened(folder: &Path) -> Here {
    here(|| open::open(folder).unwrap().as_user(None).unwrap())
}

/// A workspace of some companies and contacts.
pub fn founded() -> TempDir {
    let folder = TempDir::new().unwrap();
    let found = |opened: open::Opened| opened.found("Maja", "maja@lejek.example", Origin::CommandLine);
    let workspace = here(|| found(open::open(folder.path()).unwrap()).unwrap());
    for n in 0..COMPANIES {
        let values = vec![(is::NAME, Value::text(format!("K{n}")))];
        let change = Change::Create { object: Object::COMPANY, values, associate: Vec::new() };
        workspace.perform(&change, Origin::CommandLine).unwrap();
    }
    let row = |n: u32| {
        let target = ImportTarget::Create(workspace.with_ids(|ids| ids.record(Object::CONTACT)));
        let values = vec![(is::FIRST_NAME, Value::text(format!("N{n}")))];
        ImportRow { number: u64::from(n) + 1, target, values, associate: Vec::new() }
    };
    let change = Change::Import { rows: (0..CONTACTS).map(row).collect(), replace: false };
    workspace.perform(&change, Origin::CommandLine).unwrap();
    folder
}

/// A running victim; it does not outlive this.
pub struct Victim {
    child: Child,
    lines: BufReader<ChildStdout>,
    said: Vec<String>,
}

impl Victim {
    pub fn start(folder: &Path, task: Task, seed: u64) -> Victim {
        let nobody = OPEN_HERE.write().unwrap_or_else(PoisonError::into_inner);
        let mut child = victim::command(folder, task, seed).spawn().unwrap();
        drop(nobody);
        let lines = BufReader::new(child.stdout.take().unwrap());
        Victim { child, lines, said: Vec::new() }
    }

    /// Reads its next line; false when there are no more.
    fn listen(&mut self) -> bool {
        let mut line = Vec::new();
        while self.lines.read_until(b'\n', &mut line).unwrap() > 0 {
            let text = String::from_utf8(std::mem::take(&mut line)).unwrap();
            // Other lines are those of the test harness; one without an end was cut by the kill.
            if let Some(said) = text.strip_prefix("@ ").and_then(|said| said.strip_suffix('\n')) {
                self.said.push(said.to_owned());
                return true;
            }
        }
        false
    }

    /// Reads on until it said `count` lines that begin so.
    pub fn listen_for(&mut self, begins: &[&str], count: u32) {
        let mut left = count;
        while left > 0 {
            assert!(self.listen(), "it ended by itself: {:?}", self.said);
            let last = self.said.last().unwrap();
            left -= u32::from(begins.iter().any(|begin| last.starts_with(begin)));
        }
    }

    /// Ends it at once, and answers everything that it said.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        while self.listen() {}
        std::mem::take(&mut self.said)
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lets a moment pass that no clock knows, and the victim run on in it.
pub fn spin(random: &mut Random, most: u32) {
    for _ in 0..random.below(most) {
        std::thread::yield_now();
    }
}

/// What a victim's lines come to: its acknowledged steps are in the model; the rest is what it was about to do.
struct Told {
    last: Option<ActNo>,
    begun: Option<Step>,
    /// Records of `begun` that are acknowledged.
    parts: u32,
}

fn told(said: &[String], model: &mut Model) -> Told {
    let mut told = Told { last: None, begun: None, parts: 0 };
    for line in said {
        match line.split_once(' ') {
            Some(("try", step)) => (told.begun, told.parts) = (Some(step.parse().unwrap()), 0),
            Some(("part", done)) => told.parts = done.parse().unwrap(),
            Some(("did", act)) => {
                let step = told.begun.take().unwrap();
                model.apply(step, told.parts);
                told.last = Some(ActNo(act.parse().unwrap()));
            }
            _ => assert_eq!(line, "ready"),
        }
    }
    told
}

/// Acts that are neither whole nor set back: those that are offered.
fn offered(workspace: &Workspace) -> Vec<ActHead> {
    let acts = workspace.store().acts(None, usize::MAX).unwrap();
    acts.into_iter().filter(|head| !head.act.finished && head.undone_by.is_none()).collect()
}

#[track_caller]
pub fn assert_sound(workspace: &Workspace) {
    assert_eq!(workspace.store().check(true).unwrap().flaws, Vec::<String>::new());
}

/// Opens what was left behind, holds it against what was acknowledged and sets back what was not finished.
fn look_after(folder: &Path, model: &mut Model, before: ActNo, said: &[String]) {
    let told = told(said, model);
    let workspace = opened(folder);
    let store = workspace.store();
    let (last, acknowledged) = (store.last_act(), told.last.unwrap_or(before));
    let head = store.act(last).unwrap().unwrap();
    match told.begun {
        Some(step) if last.0 == acknowledged.0 + 1 => {
            assert!(head.act.done >= u64::from(told.parts), "{} of {} are acknowledged", told.parts, head.act.done);
            model.apply(step, head.act.done as u32);
        }
        begun => {
            assert_eq!(last, acknowledged, "besides {begun:?}");
            assert_eq!(told.parts * u32::from(begun.is_some()), 0, "acknowledged batches are gone");
        }
    }
    assert_sound(&workspace);
    assert_eq!(model::read(store.as_ref()).0, model.shown());
    let offered: Vec<ActNo> = offered(&workspace).iter().map(|head| head.act.no).collect();
    assert_eq!(offered, if head.act.finished { Vec::new() } else { vec![last] });
    if model.binned() > 0 {
        workspace.perform_long(&Change::Undo { act: last }, Origin::CommandLine, &mut ()).unwrap();
        model.contacts.iter_mut().for_each(|contact| contact.binned = false);
        assert_eq!(&model::read(store.as_ref()).0, model);
        assert_sound(&workspace);
    }
}

#[rstest]
fn what_was_acknowledged_outlives_a_kill_at_any_moment(#[values(0, 1)] half: u64) {
    let (kills, seed) = (number("LEJEK_KILLS", 50).div_ceil(2), number("LEJEK_SEED", 1) + (half << 32));
    let mut random = Random(seed);
    let (mut folder, mut acknowledged) = (founded(), 0);
    let (mut model, _) = model::read(opened(folder.path()).store().as_ref());
    for kill in 0..kills {
        if kill > 0 && kill % LIVES == 0 {
            folder = founded();
            model = model::read(opened(folder.path()).store().as_ref()).0;
        }
        let before = opened(folder.path()).store().last_act();
        let victim_seed = random.next();
        println!("kill {kill} of seed {seed}, half {half}, acts so far {before}");
        let mut victim = Victim::start(folder.path(), Task::Anything, victim_seed);
        let patience = random.below(32);
        victim.listen_for(&["did", "part"], patience);
        spin(&mut random, 20_000);
        let said = victim.kill();
        acknowledged += said.iter().filter(|line| line.starts_with("did")).count();
        // Whoever finds the pieces may be killed over them as well.
        if random.below(3) == 0 {
            let victim = Victim::start(folder.path(), Task::Open, 0);
            spin(&mut random, 100_000);
            victim.kill();
        }
        look_after(folder.path(), &mut model, before, &said);
    }
    assert!(acknowledged as u64 >= kills, "hardly anything was done: {acknowledged}");
}

#[test]
fn r7_3_a_delete_that_was_killed_half_way_is_offered_continued_and_set_back() {
    for halt in 1..=2 {
        let folder = founded();
        let (before, _) = model::read(opened(folder.path()).store().as_ref());
        let mut victim = Victim::start(folder.path(), Task::Delete(halt), 0);
        victim.listen_for(&["part"], halt);
        victim.kill();
        let workspace = opened(folder.path());
        let offered = offered(&workspace);
        let counts: Vec<(u64, u64)> = offered.iter().map(|head| (head.act.done, head.act.total)).collect();
        let batches = u64::from(halt) * BATCH as u64;
        assert_eq!(counts, [(batches, u64::from(CONTACTS))]);
        assert_eq!(workspace.store().bin(None).unwrap().len() as u64, batches);
        let act = offered[0].act.no;
        let perform = |change| workspace.perform_long(&change, Origin::CommandLine, &mut ()).unwrap();
        assert_eq!(perform(Change::Resume { act }).act, act);
        assert_eq!(workspace.store().bin(None).unwrap().len() as u64, u64::from(CONTACTS));
        assert_sound(&workspace);
        perform(Change::Undo { act });
        assert_eq!(model::read(workspace.store().as_ref()).0, before);
        assert_sound(&workspace);
    }
}

/// A long import holds back the keys by which its records are found; a kill must not lose them.
#[test]
fn r7_3_an_import_that_was_killed_half_way_is_found_and_set_back() {
    for halt in [1, 3, 12] {
        let folder = founded();
        let mut victim = Victim::start(folder.path(), Task::Import(halt), 0);
        victim.listen_for(&["part"], halt);
        victim.kill();
        let workspace = opened(folder.path());
        let offered = offered(&workspace);
        let counts: Vec<(u64, u64)> = offered.iter().map(|head| (head.act.done, head.act.total)).collect();
        let rows = u64::from(halt) * BATCH as u64;
        assert_eq!(counts, [(rows, IMPORTED)]);
        let holders = |n: u64| workspace.store().find(&Key::email(&email(n))).unwrap().len();
        assert!((0..rows).all(|n| holders(n) == 1), "some can't be found by their e-mail");
        assert_sound(&workspace);
        let change = Change::Undo { act: offered[0].act.no };
        workspace.perform_long(&change, Origin::CommandLine, &mut ()).unwrap();
        assert!((0..rows).all(|n| holders(n) == 0), "some still hold their e-mail");
        assert_sound(&workspace);
    }
}
