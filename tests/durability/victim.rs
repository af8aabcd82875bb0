//! The program that is killed: this test binary, run once more. It says what it is about to do, does it, and says so.

use crate::model::{self, Model, Numbers, Random, Step};
use lejek::domain::association::Tying;
use lejek::domain::change::{Change, Done, ImportRow, ImportTarget, Origin, Verb};
use lejek::domain::id::{ActNo, Object, Ref};
use lejek::domain::object::is;
use lejek::domain::value::Value;
use lejek::workspace::import::ImportAsk;
use lejek::workspace::{BATCH, Watch, Workspace, open};
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const FOLDER: &str = "LEJEK_VICTIM_FOLDER";
const TASK: &str = "LEJEK_VICTIM_TASK";
const SEED: &str = "LEJEK_VICTIM_SEED";
/// Rows that the import speaks of: so many that the store holds their keys back.
pub const IMPORTED: u64 = 100_000;

/// What the victim does until it is killed.
#[derive(Debug, Clone, Copy)]
pub enum Task {
    /// Whatever comes.
    Anything,
    /// Opens, closes and ends.
    Open,
    /// A long delete that halts after so many batches.
    Delete(u32),
    /// A long import that halts after so many batches.
    Import(u32),
    /// The import of the file of [`written`], and going on with whatever was broken off.
    File,
    Resume,
    /// Delivers what waits in the outbox.
    Deliver,
}

/// A command that runs `task` in `folder`, its lines on a pipe.
pub fn command(folder: &Path, task: Task, seed: u64) -> Command {
    let task = match task {
        Task::Anything => "anything 0".to_owned(),
        Task::Open => "open 0".to_owned(),
        Task::Delete(halt) => format!("delete {halt}"),
        Task::Import(halt) => format!("import {halt}"),
        Task::File => "file 0".to_owned(),
        Task::Resume => "resume 0".to_owned(),
        Task::Deliver => "deliver 0".to_owned(),
    };
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "victim::runs_when_it_is_asked_to", "--nocapture", "--test-threads", "1"]);
    command.env(FOLDER, folder).env(TASK, task).env(SEED, seed.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// No test of its own: the other tests start it with a folder to write in.
#[test]
fn runs_when_it_is_asked_to() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let task = std::env::var(TASK).unwrap();
    let (task, halt) = task.split_once(' ').unwrap();
    let halt = halt.parse().unwrap();
    let workspace = open::open(Path::new(&folder)).unwrap().as_user(None).unwrap();
    say("ready");
    match task {
        "anything" => anything(&workspace, std::env::var(SEED).unwrap().parse().unwrap()),
        "delete" => delete(&workspace, halt),
        "import" => import(&workspace, halt),
        "file" => file(&workspace, Path::new(&folder)),
        "resume" => resume(&workspace),
        "deliver" => drop(crate::delivered::round(&workspace)),
        _ => {}
    }
}

/// A line of its own, in one piece.
fn say(line: impl std::fmt::Display) {
    let mut stdout = stdout().lock();
    stdout.write_all(format!("\n@ {line}\n").as_bytes()).unwrap();
    stdout.flush().unwrap();
}

/// Tells of each batch, and halts after the one it was told to halt after.
struct Parts {
    halt: Option<u32>,
}

impl Watch for Parts {
    fn progress(&mut self, done: u64, _: u64) {
        say(format_args!("part {done}"));
        if let Some(left) = &mut self.halt {
            *left -= 1;
            if *left == 0 {
                loop {
                    std::thread::park();
                }
            }
        }
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

fn anything(workspace: &Workspace, seed: u64) {
    let mut random = Random(seed);
    let (mut model, mut numbers) = model::read(workspace.store().as_ref());
    loop {
        let step = model.next(&mut random);
        let done = announced(workspace, &mut model, &mut numbers, step);
        if let Step::Delete(from, count) = step {
            let act = done.act.0 as u32;
            announced(workspace, &mut model, &mut numbers, Step::Undo(act, from, count));
        }
    }
}

fn announced(workspace: &Workspace, model: &mut Model, numbers: &mut Numbers, step: Step) -> Done {
    say(format_args!("try {step}"));
    let done = perform(workspace, numbers, step);
    say(format_args!("did {}", done.act));
    if let Step::Create(_) = step {
        numbers.contacts.extend(done.refs.first().and_then(|made| match made {
            Ref::Record(id) => Some(*id),
            Ref::Activity(_) => None,
        }));
    }
    model.apply(step, if let Step::Delete(_, count) = step { count } else { 0 });
    done
}

fn perform(workspace: &Workspace, numbers: &Numbers, step: Step) -> Done {
    let contact = |n: u32| numbers.contacts[n as usize];
    let change = match step {
        Step::Create(n) => Change::Create {
            object: Object::CONTACT,
            values: vec![(is::FIRST_NAME, Value::text(format!("N{n}")))],
            associate: Vec::new(),
        },
        Step::Set(n, city) => {
            Change::Set { record: contact(n), values: vec![(is::CITY, Some(Value::text(format!("C{city}"))))] }
        }
        Step::Tie(n, company) => Change::Associate {
            one: contact(n),
            ties: vec![Tying { replace: true, ..Tying::new(numbers.companies[company as usize]) }],
            off: Vec::new(),
        },
        Step::Delete(from, count) => Change::Delete { what: (from..from + count).map(|n| contact(n).into()).collect() },
        Step::Undo(act, ..) => Change::Undo { act: ActNo(u64::from(act)) },
    };
    match step {
        Step::Delete(..) | Step::Undo(..) => {
            workspace.perform_long(&change, Origin::CommandLine, &mut Parts { halt: None }).unwrap()
        }
        _ => workspace.perform(&change, Origin::CommandLine).unwrap(),
    }
}

fn delete(workspace: &Workspace, halt: u32) {
    let (_, numbers) = model::read(workspace.store().as_ref());
    let what: Vec<Ref> = numbers.contacts.iter().map(|id| Ref::from(*id)).collect();
    let change = Change::Delete { what };
    workspace.perform_long(&change, Origin::CommandLine, &mut Parts { halt: Some(halt) }).unwrap();
}

fn import(workspace: &Workspace, halt: u32) {
    let mut act = workspace.long_act(Origin::Import, Verb::Did, "Imported people.csv", IMPORTED);
    let mut watch = Parts { halt: Some(halt) };
    for batch in 0.. {
        let rows = (0..BATCH as u64).map(|row| imported(workspace, batch * BATCH as u64 + row)).collect();
        act.add(&Change::Import { rows, replace: false }, BATCH as u64, false).unwrap();
        watch.progress((batch + 1) * BATCH as u64, IMPORTED);
    }
}

/// The file that is imported; it lies in the workspace's folder.
pub fn written(folder: &Path) -> PathBuf {
    folder.join("people.csv")
}

pub fn file(workspace: &Workspace, folder: &Path) {
    let ask = ImportAsk { files: vec![written(folder)], ..ImportAsk::default() };
    workspace.import(&ask, &mut Parts { halt: None }).unwrap();
    say("did all");
}

fn resume(workspace: &Workspace) {
    for broken_off in workspace.broken_off().unwrap() {
        let change = Change::Resume { act: broken_off.head.act.no };
        workspace.perform_long(&change, Origin::CommandLine, &mut Parts { halt: None }).unwrap();
    }
    say("did all");
}

pub fn email(number: u64) -> String {
    format!("row{number}@lejek.example")
}

fn imported(workspace: &Workspace, number: u64) -> ImportRow {
    let id = workspace.with_ids(|ids| ids.record(Object::CONTACT));
    let values = vec![(is::EMAIL, Value::text(email(number)))];
    ImportRow { number: number + 1, target: ImportTarget::Create(id), values, associate: Vec::new() }
}
