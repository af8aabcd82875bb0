//! What happens on a panic: the terminal is given back first, then the report is written and its place told.

use std::{
    backtrace::Backtrace,
    fs,
    io::{self, Write},
    panic::{self, PanicHookInfo},
    path::{Path, PathBuf},
    thread,
    time::SystemTime,
};

const STOPPED: &str = "lejek stopped because of a fault of its own. All that was saved is safe.";

/// Installs the hook for the thread that draws, which must be the one that calls this. A panic of another thread only
/// leaves a report, since the interface goes on.
pub fn install_crash_hook(state: PathBuf) {
    let drawing = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        let is_fatal = thread::current().id() == drawing;
        if is_fatal {
            super::restore();
        }
        let text = report(info, &Backtrace::force_capture());
        let written = write_report(&state, &text);
        match written {
            Ok(path) if is_fatal => eprintln!("{STOPPED}\nWhat happened stands in {}, for a report.", path.display()),
            Err(_) if is_fatal => eprintln!("{STOPPED}\n{text}"),
            Ok(path) => tracing::error!(report = %path.display(), "a thread panicked"),
            Err(error) => tracing::error!(%error, "no report of a thread that panicked"),
        }
    }));
}

fn report(info: &PanicHookInfo, backtrace: &Backtrace) -> String {
    let current = thread::current();
    let thread = current.name().unwrap_or("unnamed");
    format!(
        "lejek {} on {} {}, thread {thread}\n{info}\n\n{backtrace}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    )
}

/// Writes a new file in `folder`, readable by its owner only.
fn write_report(folder: &Path, text: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let path = folder.join(format!("crash-{}-{}.txt", since.as_millis(), std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path)?.write_all(text.as_bytes())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_written_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let path = write_report(&folder.path().join("state"), "what happened").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "what happened");
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
    }
}
