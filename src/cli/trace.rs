//! What the program notes of itself: into a file in the state folder, only when `LEJEK_LOG` asks for it, never on the
//! screen and without personal data.

use crate::workspace::open::state_folder;
use std::fs::{self, OpenOptions};
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

const FILTER: &str = "LEJEK_LOG";

/// A log that can't be written is no reason not to start.
pub fn start() {
    let Ok(filter) = std::env::var(FILTER) else { return };
    let Some(folder) = state_folder().filter(|folder| fs::create_dir_all(folder).is_ok()) else { return };
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let Ok(file) = options.open(folder.join("lejek.log")) else { return };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_ansi(false)
        .with_writer(Mutex::new(file))
        .finish();
    // Only the first one counts; a second is a test's.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
