//! What the interface opens on.

use super::{Coloring, Trouble, on_behalf};
use crate::workspace::clock::SystemClock;
use crate::workspace::open;
use crate::workspace::socket::PATIENCE;
use crate::workspace::window::{Reached, Window, reach};
use std::path::PathBuf;
use std::sync::Arc;

pub struct Start {
    pub folder: PathBuf,
    /// Who acts; without it the first user.
    pub email: Option<String>,
    pub color: Coloring,
    /// Its screens are remembered; not those of a folder that goes at the end.
    pub is_kept: bool,
}

impl Start {
    /// The workspace that is there. Before its first user is known nothing is made.
    pub fn known(&self) -> Result<Option<Window>, Trouble> {
        if !open::is_there(&self.folder) {
            return Ok(None);
        }
        Ok(match reach(&self.folder, self.email.as_deref(), PATIENCE)? {
            Reached::Entered(far) => Some(Window::entered(far, Arc::new(SystemClock), on_behalf)),
            Reached::Opened(opened) if opened.is_new() => None,
            Reached::Opened(opened) => {
                let workspace = opened.as_user(self.email.as_deref())?;
                Some(Window::holding(workspace, &self.folder, on_behalf))
            }
        })
    }
}
