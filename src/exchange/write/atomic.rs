//! A file that appears whole or not at all, readable by its owner only.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Collects what is written beside `path` and moves it there on [`Self::commit`]; dropped before, it leaves nothing.
pub struct AtomicFile {
    target: Target,
}

enum Target {
    Beside {
        file: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
    /// A pipe or a device, which a rename would replace.
    Stream(BufWriter<File>),
}

impl AtomicFile {
    pub fn create(path: &Path) -> io::Result<Self> {
        let target = match path.metadata() {
            Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(found) if !found.is_file() => Target::Stream(BufWriter::new(OpenOptions::new().write(true).open(path)?)),
            _ => {
                let file = tempfile::Builder::new().prefix(".lejek-").tempfile_in(folder(path))?;
                Target::Beside { file: BufWriter::new(file), path: path.to_owned() }
            }
        };
        Ok(Self { target })
    }

    /// Makes the file durable and visible; one of that name is replaced.
    pub fn commit(self) -> io::Result<()> {
        match self.target {
            Target::Stream(mut file) => file.flush(),
            Target::Beside { file, path } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(&path)?;
                // Without this a power cut may take the name away again, though not the contents.
                #[cfg(unix)]
                File::open(folder(&path))?.sync_all()?;
                Ok(())
            }
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.target {
            Target::Beside { file, .. } => file.write(bytes),
            Target::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.target {
            Target::Beside { file, .. } => file.flush(),
            Target::Stream(file) => file.flush(),
        }
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
