//! What the interface remembers from one start to the next: one small JSON file per workspace in the state folder. To
//! remember more, add a field with a default; a file that can't be read is as good as none.

use crate::domain::activity::{ActivityKind, LoggedFrom};
use crate::domain::agenda::Queue;
use crate::domain::id::{Object, OptionId, RecordId, UserId};
use crate::domain::view::{View, ViewId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Another number is another shape, whose files are passed over.
const VERSION: u32 = 1;
/// After the last change it is written so soon, so that a killed program has lost no more than a word.
const SOON: Duration = Duration::from_millis(200);
/// Drafts that are kept; the oldest go first by their key's place.
const DRAFTS_MOST: usize = 50;
const LINES_MOST: usize = 50;

/// What was typed into a form that is not saved yet: by the property's name. Beside that, when it was and what it is of.
pub type Draft = BTreeMap<String, String>;

const AT: &str = "@at";
const OF: &str = "@of";

/// What was typed until `at` into something that is called so.
pub fn draft(at: DateTime<Utc>, of: String, texts: impl IntoIterator<Item = (String, String)>) -> Draft {
    let about = [(AT.to_owned(), at.to_rfc3339()), (OF.to_owned(), of)];
    texts.into_iter().chain(about).collect()
}

/// When something was typed into it last.
pub fn begun(draft: &Draft) -> Option<DateTime<Utc>> {
    draft.get(AT).and_then(|at| at.parse().ok())
}

/// What a draft is of, in words.
pub fn of(draft: &Draft) -> Option<&str> {
    draft.get(OF).map(String::as_str)
}

/// How a list was left.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptList {
    /// The open one.
    pub view: Option<ViewId>,
    /// Views as they were changed and not saved.
    pub changed: Vec<View>,
    /// Where the cursor was.
    pub record: Option<RecordId>,
    /// The pipeline that the board showed last.
    pub pipeline: Option<OptionId>,
}

/// What the timelines of an object's records are narrowed to; none is all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptTimeline {
    pub kinds: Vec<ActivityKind>,
    pub users: Vec<UserId>,
    pub from: Vec<LoggedFrom>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    version: u32,
    /// Forms that were left without being saved, by what they are for.
    pub drafts: BTreeMap<String, Draft>,
    /// The list where one was, which is where one lands.
    pub list: Option<Object>,
    /// By the number of the object.
    pub lists: BTreeMap<u16, KeptList>,
    pub timelines: BTreeMap<u16, KeptTimeline>,
    /// Beside no list a preview is wanted.
    pub hides_preview: bool,
    /// Which tasks are gone through.
    pub queue: Queue,
    /// Lines that were logged, the latest last.
    pub lines: Vec<String>,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept {
            version: VERSION,
            drafts: BTreeMap::new(),
            list: None,
            lists: BTreeMap::new(),
            queue: Queue::default(),
            timelines: BTreeMap::new(),
            hides_preview: false,
            lines: Vec::new(),
        }
    }
}

impl Kept {
    /// A line was logged; the same line stands once.
    pub fn keep_line(&mut self, line: &str) {
        self.lines.retain(|kept| kept != line);
        self.lines.push(line.to_owned());
        let over = self.lines.len().saturating_sub(LINES_MOST);
        self.lines.drain(..over);
    }

    /// Keeps what is typed in a form; an empty draft is none.
    pub fn keep_draft(&mut self, of: &str, draft: Draft) {
        if draft.is_empty() {
            self.drafts.remove(of);
        } else if self.drafts.len() < DRAFTS_MOST || self.drafts.contains_key(of) {
            self.drafts.insert(of.to_owned(), draft);
        }
    }
}

/// Holds what is remembered and brings it to the disk, on a thread of its own.
pub struct Keeper {
    kept: Kept,
    changed: Option<Instant>,
    disk: Option<Disk>,
}

struct Disk {
    texts: Sender<String>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// `file` may not be there yet. Without one nothing is remembered after the end.
    pub fn open(file: Option<PathBuf>) -> Keeper {
        let kept = file.as_deref().and_then(read).unwrap_or_default();
        Keeper { kept, changed: None, disk: file.map(Disk::new) }
    }

    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    pub fn change(&mut self, change: impl FnOnce(&mut Kept), now: Instant) {
        let before = self.kept.clone();
        change(&mut self.kept);
        if self.kept != before && self.changed.is_none() {
            self.changed = Some(now);
        }
    }

    /// When [`Keeper::write`] has something to do.
    pub fn due(&self) -> Option<Instant> {
        self.changed.map(|since| since + SOON)
    }

    /// Hands what changed to the thread that writes it, if it is time.
    pub fn write(&mut self, now: Instant) {
        if self.due().is_none_or(|due| now < due) {
            return;
        }
        self.changed = None;
        if let (Some(disk), Ok(text)) = (&self.disk, serde_json::to_string(&self.kept)) {
            // The thread ends only with this.
            let _ = disk.texts.send(text);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Some(changed) = self.changed {
            self.write(changed + SOON);
        }
        if let Some(Disk { texts, thread }) = self.disk.take() {
            drop(texts);
            let _ = thread.join();
        }
    }
}

impl Disk {
    fn new(file: PathBuf) -> Disk {
        let (texts, written) = channel::<String>();
        let thread = std::thread::spawn(move || {
            while let Ok(text) = written.recv() {
                // Of several that wait only the last one counts.
                let text = written.try_iter().last().unwrap_or(text);
                if let Err(error) = write(&file, &text) {
                    tracing::warn!("the interface's state could not be written: {error}");
                }
            }
        });
        Disk { texts, thread }
    }
}

fn read(file: &Path) -> Option<Kept> {
    let text = std::fs::read_to_string(file).ok()?;
    serde_json::from_str(&text).ok().filter(|kept: &Kept| kept.version == VERSION)
}

/// Whole or not at all, and for nobody else's eyes.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    fresh.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        Draft::from([("first_name".to_owned(), text.to_owned())])
    }

    #[test]
    fn it_is_there_again_after_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("below/state.json");
        let now = Instant::now();
        let mut keeper = Keeper::open(Some(file.clone()));
        keeper.change(|kept| kept.keep_draft("new contact", draft("Łucja")), now);
        keeper.change(|kept| kept.list = Some(Object::DEAL), now);
        let expected = keeper.kept().clone();
        drop(keeper);
        assert_eq!(*Keeper::open(Some(file.clone())).kept(), expected);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn it_is_written_soon_and_not_at_each_key() {
        let now = Instant::now();
        let mut keeper = Keeper::open(None);
        assert_eq!(keeper.due(), None);
        keeper.change(|kept| kept.list = Some(Object::DEAL), now);
        keeper.change(|kept| kept.list = Some(Object::LEAD), now + SOON / 2);
        assert_eq!(keeper.due(), Some(now + SOON));
        keeper.write(now + SOON / 2);
        assert!(keeper.due().is_some(), "not yet");
        keeper.write(now + SOON);
        assert_eq!(keeper.due(), None);
        keeper.change(|kept| kept.list = Some(Object::LEAD), now);
        assert_eq!(keeper.due(), None, "nothing differs");
    }

    #[test]
    fn what_cant_be_read_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        for text in ["", "{", "[]", r#"{"version":999,"drafts":{}}"#] {
            std::fs::write(&file, text).unwrap();
            assert_eq!(*Keeper::open(Some(file.clone())).kept(), Kept::default(), "{text}");
        }
    }

    #[test]
    fn an_empty_draft_is_none() {
        let mut kept = Kept::default();
        kept.keep_draft("new contact", draft("Jan"));
        kept.keep_draft("new contact", Draft::new());
        assert!(kept.drafts.is_empty());
    }
}
