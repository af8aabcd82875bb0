//! Where the socket of a folder is: `lejek.sock` in it, for its owner only. A path that is too long for a socket is
//! made short for a moment, by a link to the folder.

use std::fs;
use std::io;
use std::path::Path;

#[cfg(unix)]
pub use std::os::unix::net::{UnixListener as Listener, UnixStream as Stream};
// Elsewhere there are no sockets in folders: nothing is served, nobody is reached.
#[cfg(not(unix))]
pub use std::net::{TcpListener as Listener, TcpStream as Stream};

const NAME: &str = "lejek.sock";

/// Serves the folder, whatever a process that was killed left there. Whoever calls this holds the folder.
#[cfg(unix)]
pub fn bind(folder: &Path) -> io::Result<Listener> {
    use std::os::unix::fs::PermissionsExt;
    let (socket, draft) = (folder.join(NAME), folder.join(format!("{NAME}.new")));
    remove(&draft)?;
    let listener = with_short(&draft, |path| Listener::bind(path))?;
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o600))?;
    // Nobody finds it under its name before it is private.
    fs::rename(&draft, &socket)?;
    Ok(listener)
}

#[cfg(unix)]
pub fn connect(folder: &Path) -> io::Result<Stream> {
    with_short(&folder.join(NAME), |path| Stream::connect(path))
}

#[cfg(not(unix))]
pub fn bind(_: &Path) -> io::Result<Listener> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(unix))]
pub fn connect(_: &Path) -> io::Result<Stream> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Nobody is served any more.
pub fn unbind(folder: &Path) {
    // What stays is replaced by the next one who serves.
    let _ = remove(&folder.join(NAME));
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The kernel takes 108 bytes, with a zero at the end; macOS takes 104.
#[cfg(unix)]
const MOST: usize = 100;

#[cfg(unix)]
fn with_short<T>(socket: &Path, act: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    let (Some(folder), Some(name)) = (socket.parent(), socket.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    if socket.as_os_str().len() <= MOST {
        return act(socket);
    }
    let short = tempfile::Builder::new().prefix("lejek-").tempdir()?.keep();
    let link = short.join("d");
    let acted = std::path::absolute(folder)
        .and_then(|folder| std::os::unix::fs::symlink(folder, &link))
        .and_then(|()| act(&link.join(name)));
    // Only the link goes: a folder that is cleared away by its path would take what the link leads to.
    let _ = fs::remove_file(&link).and_then(|()| fs::remove_dir(&short));
    acted
}
