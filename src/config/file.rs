//! The file of the config on the disk: where it is, reading it, and a thread of its own that reads it again and writes it.

use super::edit::{Edit, edited};
use super::{Config, Fault};
use etcetera::BaseStrategy;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

/// The variable that names another file.
const VARIABLE: &str = "LEJEK_CONFIG";

/// `lejek/config.toml` in the XDG config folder, or what `LEJEK_CONFIG` says.
pub fn default_file() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).filter(|named| !named.is_empty()).map(PathBuf::from);
    let usual = || Some(etcetera::choose_base_strategy().ok()?.config_dir().join("lejek").join("config.toml"));
    named.or_else(usual)
}

/// A config and the file that it came from.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// None: nothing is written.
    pub file: Option<PathBuf>,
    pub config: Config,
    /// Why the file is not in force.
    pub faults: Vec<Fault>,
    texts: Texts,
}

/// All that a config is read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Texts {
    config: String,
    /// Names and texts of the user's own themes.
    themes: Vec<(String, String)>,
}

/// What came of reading or writing it.
#[derive(Debug, Clone)]
pub enum News {
    /// It is as it was.
    Same,
    /// In force from now on.
    Changed(Box<Held>),
    /// Not in force; the one before stays.
    Faulty(Box<Held>),
    /// Nothing was written.
    Unwritten(String),
}

impl Held {
    /// Reads the file; where it is wrong everything is as from the start.
    pub fn read(file: Option<PathBuf>) -> Held {
        let (texts, fault) = match file.as_deref().map(Texts::read) {
            None => (Texts::default(), None),
            Some(Ok(texts)) => (texts, None),
            Some(Err(error)) => (Texts::default(), Some(unreadable(&error))),
        };
        let (config, faults) = match (texts.parsed(), fault) {
            (_, Some(fault)) => (Config::default(), vec![fault]),
            (Ok(config), None) => (config, Vec::new()),
            (Err(faults), None) => (Config::default(), faults),
        };
        Held { file, config, faults, texts }
    }

    /// Reads it again.
    fn again(&self) -> News {
        let fresh = Held::read(self.file.clone());
        if fresh.texts == self.texts && fresh.faults == self.faults {
            News::Same
        } else if fresh.faults.is_empty() {
            News::Changed(Box::new(fresh))
        } else {
            News::Faulty(Box::new(fresh))
        }
    }

    /// Makes an edit in the file as it is now, and reads it again.
    fn write(&self, edit: &Edit) -> News {
        let Some(file) = &self.file else {
            return News::Unwritten("There is no home folder to keep a config in. Name a file in LEJEK_CONFIG.".into());
        };
        let texts = match Texts::read(file) {
            Ok(texts) => texts,
            Err(error) => return News::Unwritten(unreadable(&error).sentence),
        };
        let written = edited(&texts.config, edit).and_then(|text| {
            let after = Texts { config: text, ..texts };
            after.parsed().map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(". "))?;
            let unwritten = |error| format!("{} could not be written: {error}.", file.display());
            write(file, &after.config).map_err(unwritten)
        });
        match written {
            Ok(()) => self.again(),
            Err(sentence) => News::Unwritten(sentence),
        }
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault { line: 0, sentence: format!("the file could not be read: {error}") }
}

impl Texts {
    /// A file that is not there is as good as an empty one.
    fn read(file: &Path) -> std::io::Result<Texts> {
        let config = match std::fs::read_to_string(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            text => text?,
        };
        let folder = file.parent().unwrap_or(Path::new(".")).join("themes");
        let mut themes = Vec::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.file_stem().filter(|_| path.extension().is_some_and(|end| end == "toml"));
            if let Some(name) = name {
                themes.push((name.to_string_lossy().into_owned(), std::fs::read_to_string(&path)?));
            }
        }
        themes.sort();
        Ok(Texts { config, themes })
    }

    fn parsed(&self) -> Result<Config, Vec<Fault>> {
        Config::read(&self.config, &self.themes)
    }
}

/// Whole or not at all. Through a link the file that it points to is written.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    if let Ok(before) = std::fs::metadata(&file) {
        fresh.as_file().set_permissions(before.permissions())?;
    }
    fresh.persist(&file)?;
    Ok(())
}

enum Task {
    Read,
    Write(Edit),
}

/// The thread at the file. It knows what was read last, and says each time what is new.
pub struct Desk {
    tasks: Option<Sender<Task>>,
    thread: Option<JoinHandle<()>>,
    /// Tasks whose news did not come yet.
    open: usize,
}

impl Desk {
    pub fn start(mut held: Held, tell: impl Fn(News) + Send + 'static) -> Desk {
        let (tasks, given) = channel();
        let thread = std::thread::spawn(move || {
            while let Ok(task) = given.recv() {
                let news = match task {
                    Task::Read => held.again(),
                    Task::Write(edit) => held.write(&edit),
                };
                match &news {
                    News::Changed(fresh) => held = fresh.as_ref().clone(),
                    News::Faulty(fresh) => {
                        held.texts.clone_from(&fresh.texts);
                        held.faults.clone_from(&fresh.faults);
                    }
                    News::Same | News::Unwritten(_) => {}
                }
                tell(news);
            }
        });
        Desk { tasks: Some(tasks), thread: Some(thread), open: 0 }
    }

    pub fn read(&mut self) {
        self.give(Task::Read);
    }

    pub fn write(&mut self, edit: Edit) {
        self.give(Task::Write(edit));
    }

    fn give(&mut self, task: Task) {
        if self.tasks.as_ref().is_some_and(|tasks| tasks.send(task).is_ok()) {
            self.open += 1;
        }
    }

    /// News came.
    pub fn heard(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    pub fn is_idle(&self) -> bool {
        self.open == 0
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.tasks = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
