//! The folder of a store: who holds it, who may read it, its format, its size, and the swap of one `db` for another.
//! A new file in the folder gets a name here.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::store::error::{Bytes, OpenError};

/// The format this lejek writes. A folder with a higher one is not opened.
pub const FORMAT: u32 = 1;

const LOCK: &str = "lejek.pid";
const FORMAT_FILE: &str = "format";
const SEAL: &str = "seal";
const BALLAST: &str = "ballast";
/// Enough for sled's snapshot of some ten million rows.
const BALLAST_BYTES: u64 = 8 << 20;
const BALLAST_NEEDS: u64 = 64 << 20;
const DB: &str = "db";
const FRESH: &str = "db.new";
const OLD: &str = "db.old";

/// A data folder that this process holds until the value is dropped.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
    lock: File,
}

impl Drop for Home {
    /// Closing the file is not enough: a child process between its fork and its program has it open as well.
    fn drop(&mut self) {
        let _ = self.lock.unlock();
    }
}

impl Home {
    /// Makes the folder if it is missing, takes it for this process and finishes a swap that was interrupted.
    pub fn claim(folder: &Path) -> Result<Self, OpenError> {
        let ours = make_folder(folder).map_err(|source| refusal(folder, source))?;
        let lock = take_lock(folder)?;
        if ours {
            restrict(folder, 0o700).map_err(|source| refusal(folder, source))?;
        }
        let home = Self { folder: folder.to_owned(), lock };
        home.settle().map_err(|source| refusal(folder, source))?;
        Ok(home)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn db(&self) -> PathBuf {
        self.folder.join(DB)
    }

    /// Where a second `db` is written before it takes the place of the first.
    pub fn fresh(&self) -> PathBuf {
        self.folder.join(FRESH)
    }

    /// Refuses a format this lejek does not know. No format file is fine: the folder is new, or its store says for itself.
    pub fn check_format(&self) -> Result<(), OpenError> {
        let folder = || self.folder.clone();
        let Some(text) = read_small(&self.folder.join(FORMAT_FILE)).map_err(|source| refusal(&self.folder, source))?
        else {
            return Ok(());
        };
        let found = String::from_utf8(text).ok().and_then(|text| text.trim().strip_prefix("lejek ")?.parse().ok());
        match found {
            Some(FORMAT) => Ok(()),
            Some(found) if found > FORMAT => Err(OpenError::Newer { folder: folder(), found, known: FORMAT }),
            _ => Err(OpenError::Damaged { folder: folder(), what: "its format file cannot be read".into() }),
        }
    }

    pub fn write_format(&self) -> io::Result<()> {
        let text = format!("lejek {FORMAT}\n");
        if read_small(&self.folder.join(FORMAT_FILE))?.is_some_and(|found| found == text.as_bytes()) {
            return Ok(());
        }
        self.replace_file(FORMAT_FILE, &text)
    }

    /// The number of saves the store held when it was last closed. A store that holds fewer has lost its tail.
    pub fn sealed_at(&self) -> Option<u64> {
        let text = read_small(&self.folder.join(SEAL)).ok().flatten()?;
        String::from_utf8(text).ok()?.trim().parse().ok()
    }

    pub fn seal(&self, saves: u64) -> io::Result<()> {
        self.replace_file(SEAL, &format!("{saves}\n"))
    }

    /// Keeps some bytes back on the disk, since sled needs a few even to open what is there.
    pub fn keep_ballast(&self) {
        let path = self.folder.join(BALLAST);
        if path.exists() || room(&self.folder).free < Bytes(BALLAST_NEEDS) {
            return;
        }
        // On a disk that cannot set bytes aside the store works all the same.
        let kept = private_file().open(&path).and_then(|file| fs2::FileExt::allocate(&file, BALLAST_BYTES));
        if kept.is_err() {
            self.drop_ballast();
        }
    }

    /// True if there was some, and its bytes are free now.
    pub fn drop_ballast(&self) -> bool {
        fs::remove_file(self.folder.join(BALLAST)).is_ok()
    }

    /// Puts `db.new` in the place of `db`. A crash at any point leaves one of the two, whole.
    pub fn swap(&self) -> io::Result<()> {
        let old = self.folder.join(OLD);
        if self.db().exists() {
            fs::rename(self.db(), &old)?;
        }
        if let Err(error) = fs::rename(self.fresh(), self.db()) {
            fs::rename(&old, self.db())?;
            return Err(error);
        }
        sync_folder(&self.folder)?;
        remove_folder(&old)
    }

    /// Removes a `db.new` that nobody will swap in.
    pub fn discard_fresh(&self) -> io::Result<()> {
        remove_folder(&self.fresh())
    }

    /// The seal speaks of the `db` that stands; one that comes from elsewhere counts anew.
    pub fn break_seal(&self) -> io::Result<()> {
        match fs::remove_file(self.folder.join(SEAL)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// `db` is moved away only once `db.new` is whole, so `db.old` without `db` means that `db.new` is to be kept.
    fn settle(&self) -> io::Result<()> {
        let (db, fresh, old) = (self.db(), self.fresh(), self.folder.join(OLD));
        if !db.exists() && old.exists() {
            let whole = if fresh.exists() { &fresh } else { &old };
            fs::rename(whole, &db)?;
            sync_folder(&self.folder)?;
        }
        remove_folder(&fresh)?;
        remove_folder(&old)
    }

    fn replace_file(&self, name: &str, text: &str) -> io::Result<()> {
        let draft = self.folder.join(format!("{name}.new"));
        let mut file = private_file().truncate(true).open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, self.folder.join(name))
    }
}

/// Says what an I/O failure means for the one who wanted to open `folder`.
pub fn refusal(folder: &Path, source: io::Error) -> OpenError {
    let owned = folder.to_owned();
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            let Room { free, total } = room(folder);
            OpenError::Full { free, total }
        }
        ErrorKind::NotADirectory => OpenError::NotAFolder { folder: owned },
        ErrorKind::AlreadyExists if !folder.is_dir() => OpenError::NotAFolder { folder: owned },
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => OpenError::Denied { folder: owned },
        _ => OpenError::Io { folder: owned, source },
    }
}

/// Free and total bytes of the disk a folder is on.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub free: Bytes,
    pub total: Bytes,
}

/// A disk that does not say counts as one with room: the write itself will tell.
pub fn room(folder: &Path) -> Room {
    fs2::statvfs(folder).map_or(Room { free: Bytes(u64::MAX), total: Bytes(u64::MAX) }, |disk| Room {
        free: Bytes(disk.available_space()),
        total: Bytes(disk.total_space()),
    })
}

/// Takes the rights of others from `folder` and all files in it.
pub fn keep_private(folder: &Path) -> io::Result<()> {
    restrict(folder, 0o700)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let mode = if entry.file_type()?.is_dir() { 0o700 } else { 0o600 };
        restrict(&entry.path(), mode)?;
    }
    Ok(())
}

/// The sizes of the files in `folder`, without those of folders in it.
pub fn size_of(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            sum += entry.metadata()?.len();
        }
    }
    Ok(sum)
}

/// Makes the names in a folder as durable as the files they name.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// True if the folder is ours to restrict: made here, empty, or used by lejek before.
fn make_folder(folder: &Path) -> io::Result<bool> {
    if folder.is_dir() {
        let mut entries = fs::read_dir(folder)?;
        return Ok(folder.join(LOCK).exists() || entries.next().is_none());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    Ok(true)
}

fn take_lock(folder: &Path) -> Result<File, OpenError> {
    let path = folder.join(LOCK);
    let mut lock = private_file().open(&path).map_err(|source| refusal(folder, source))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenError::Held { folder: folder.to_owned(), pid: holder(folder) });
        }
        Err(TryLockError::Error(source)) => return Err(refusal(folder, source)),
    }
    // On a full disk the folder is held without a name, which is enough to keep others out.
    let _ = lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id()));
    Ok(lock)
}

/// The process that claimed the folder last, if it could say so.
pub fn holder(folder: &Path) -> Option<u32> {
    let text = read_small(&folder.join(LOCK)).ok().flatten()?;
    String::from_utf8(text).ok()?.trim().parse().ok()
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A file that should hold a line; whatever else stands there is read no further than needed to see that.
fn read_small(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut text = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(100).read_to_end(&mut text)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(text))
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(path)?.permissions();
    if permissions.mode() & 0o777 == mode {
        return Ok(());
    }
    permissions.set_mode(mode);
    fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
fn restrict(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
