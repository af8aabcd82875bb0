//! The file to import: a path that is typed, and below it what lies in its folder.

use crate::domain::fold::fold;
use crate::ui::layer::{Effect, Slot};
use crate::ui::terminal::Input;
use crate::ui::widgets::{Edit, TextField, Window};
use crate::workspace::folder::{Entry, Folder};
use crate::workspace::request::Request;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub const FOLDER: Slot = 0;

/// What enter does with the path.
pub enum Taken {
    Folder,
    File(PathBuf),
    Nothing,
}

pub struct PathStep {
    pub field: TextField,
    pub folder: Option<Folder>,
    /// The folder that was asked for last.
    asked: Option<OsString>,
    /// What was typed of a folder that was entered, and which it is: its name may hold what no field can.
    entered: Option<(String, PathBuf)>,
    /// Those of the folder that fit what is typed.
    pub found: Vec<Found>,
    pub window: Window,
}

/// A row of the list.
#[derive(Debug, Clone)]
pub enum Found {
    /// The folder above.
    Above,
    /// All mails of the folder, and of those in it.
    Mails,
    Entry(Entry),
}

impl Default for PathStep {
    fn default() -> PathStep {
        PathStep {
            field: TextField::default().limited(4_096),
            folder: None,
            asked: None,
            entered: None,
            found: Vec::new(),
            window: Window::default(),
        }
    }
}

impl PathStep {
    /// The folder and the rest of what is typed.
    fn parts(&self) -> (&str, &str) {
        let text = self.field.text();
        match text.rfind('/') {
            Some(at) => text.split_at(at + 1),
            None if text == "~" => (text, ""),
            None => ("", text),
        }
    }

    /// The folder that is typed; `here` is where relative paths begin.
    fn base(&self, here: &Path) -> PathBuf {
        let (folder, _) = self.parts();
        match &self.entered {
            Some((typed, path)) if typed == folder => path.clone(),
            _ if folder.starts_with('~') => PathBuf::from(folder),
            _ => here.join(folder),
        }
    }

    /// Asks for the folder, if it is another one than that which is there.
    pub fn ask(&mut self, here: &Path) -> Vec<Effect> {
        let base = self.base(here).into_os_string();
        if self.asked.as_ref() == Some(&base) {
            self.narrow();
            return Vec::new();
        }
        self.asked = Some(base.clone());
        vec![Effect::Ask(FOLDER, Request::Folder(base))]
    }

    /// Asks in any case: files come and go.
    pub fn ask_again(&mut self, here: &Path) -> Vec<Effect> {
        self.asked = None;
        self.ask(here)
    }

    pub fn take(&mut self, folder: Folder) {
        if self.asked.as_ref() == Some(&folder.asked) {
            self.folder = Some(folder);
            self.narrow();
        }
    }

    /// What is there answers what is typed.
    fn is_current(&self) -> bool {
        self.folder.as_ref().map(|folder| &folder.asked) == self.asked.as_ref()
    }

    fn narrow(&mut self) {
        let rest = fold(self.parts().1);
        let wants_hidden = rest.starts_with('.');
        let entries = self.folder.iter().filter_map(|folder| folder.entries.as_ref().ok()).flatten();
        let fits = |entry: &&Entry| {
            let name = entry.name.to_string_lossy();
            (wants_hidden || !name.starts_with('.')) && fold(&name).contains(&rest)
        };
        let found = entries.filter(fits).cloned().map(Found::Entry);
        let has_above = |folder: &Folder| rest.is_empty() && Path::new(&folder.path).parent().is_some();
        let above = self.folder.as_ref().is_some_and(has_above).then_some(Found::Above);
        // The cursor stands on what is in the folder, not on the way out of it.
        let first = usize::from(above.is_some());
        let mails = self.folder.as_ref().is_some_and(|folder| rest.is_empty() && folder.has_mails);
        let mails = mails.then_some(Found::Mails);
        self.found = above.into_iter().chain(mails).chain(found).collect();
        self.window.set_len(self.found.len());
        self.window.go_to(first.min(self.found.len().saturating_sub(1)));
    }

    pub fn input(&mut self, input: &Input, here: &Path) -> Option<Vec<Effect>> {
        match input {
            Input::Key(key) => match self.field.key(*key)? {
                Edit::Changed => {}
                Edit::Kept => return Some(Vec::new()),
            },
            Input::Paste(text) => self.field.paste(unquoted(text)),
            _ => return None,
        }
        Some(self.ask(here))
    }

    fn at_cursor(&self) -> Option<&Found> {
        self.window.cursor().and_then(|at| self.found.get(at))
    }

    /// Writes what the cursor is on into the path; false when there is nothing.
    pub fn complete(&mut self) -> bool {
        match self.at_cursor().cloned() {
            Some(Found::Entry(entry)) if self.is_current() => self.write(&entry),
            Some(Found::Above) if self.is_current() => self.go_above(),
            _ => return false,
        }
        true
    }

    fn write(&mut self, entry: &Entry) {
        let (folder, _) = self.parts();
        let end = if entry.is_folder { "/" } else { "" };
        let path = format!("{folder}{}{end}", entry.name.to_string_lossy());
        self.field.set(&path);
        if let (true, Some(folder)) = (entry.is_folder, &self.folder) {
            let whole = Path::new(&folder.path).join(&entry.name);
            self.entered = Some((self.parts().0.to_owned(), whole));
        }
    }

    fn go_above(&mut self) {
        let Some(folder) = &self.folder else { return };
        let Some(above) = Path::new(&folder.path).parent().map(Path::to_owned) else { return };
        let text = above.to_string_lossy();
        let end = if text.ends_with('/') { "" } else { "/" };
        self.field.set(&format!("{text}{end}"));
        self.entered = Some((self.parts().0.to_owned(), above));
    }

    /// Takes what the cursor is on, else the path as it is typed.
    pub fn open(&mut self, here: &Path) -> Taken {
        let (_, rest) = self.parts();
        match self.at_cursor().cloned() {
            Some(found) if self.is_current() => {
                self.complete();
                match (found, &self.folder) {
                    (Found::Mails, Some(folder)) => Taken::File(PathBuf::from(&folder.path)),
                    (Found::Entry(entry), Some(folder)) if !entry.is_folder => {
                        Taken::File(Path::new(&folder.path).join(&entry.name))
                    }
                    _ => Taken::Folder,
                }
            }
            _ if rest.is_empty() => Taken::Nothing,
            _ => Taken::File(self.base(here).join(rest)),
        }
    }
}

/// A file that is dragged into a terminal comes in quotes.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    inside('\'').or_else(|| inside('"')).unwrap_or(text)
}
