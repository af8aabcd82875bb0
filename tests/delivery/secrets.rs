//! R4.8: where secrets come from, and that they show nowhere.

use super::{message, retried, secret};
use lejek::delivery::{Channel, Limits, Secret, send};
use rstest::rstest;
use std::path::{Path, PathBuf};
use std::time::Duration;

const LIMIT: Duration = Duration::from_mins(1);

#[test]
fn r4_8_from_a_file_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let revealed = secret(folder.path(), "s", "hunter2\r\nanother line").reveal(LIMIT).unwrap();
    assert_eq!(revealed, secret(folder.path(), "t", "hunter2").reveal(LIMIT).unwrap());
    assert_eq!(format!("{revealed:?}"), "Revealed(…)");
}

#[cfg(unix)]
#[rstest]
#[case(0o640)]
#[case(0o604)]
#[case(0o666)]
#[case(0o610)]
fn r4_8_a_file_that_others_can_reach_is_refused(#[case] mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let Secret::File(path) = secret(folder.path(), "s", "hunter2") else { unreachable!() };
    std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
    let error = Secret::File(path.clone()).reveal(LIMIT).unwrap_err().to_string();
    assert!(error.contains(&format!("chmod 600 {}", path.display())) && !error.contains("hunter2"), "{error}");
}

#[test]
fn a_file_that_is_none_has_its_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let said = |path: PathBuf| Secret::File(path).reveal(LIMIT).unwrap_err().to_string();
    assert!(said(folder.path().join("gone")).contains("cannot be read"));
    assert!(said(folder.path().to_owned()).contains("is no file"));
    assert!(said(PathBuf::from("/dev/null")).contains("is no file"));
    let Secret::File(empty) = secret(folder.path(), "empty", "") else { unreachable!() };
    assert!(said(empty).contains("first line"));
}

#[test]
fn r4_8_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let expected = secret(folder.path(), "s", &std::env::var("PATH").unwrap()).reveal(LIMIT).unwrap();
    assert_eq!(Secret::Environment("PATH".to_owned()).reveal(LIMIT).unwrap(), expected);
    let error = Secret::Environment("LEJEK_NO_SUCH_SECRET".to_owned()).reveal(LIMIT).unwrap_err().to_string();
    assert!(error.starts_with("The environment variable LEJEK_NO_SUCH_SECRET is empty or not set."), "{error}");
}

fn by(command: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let revealed = Secret::Command(command.to_owned()).reveal(LIMIT).map_err(|error| error.to_string())?;
    // Equal to a file's that holds what is expected, since it shows nowhere.
    let expected = secret(folder.path(), "s", "a b $HOME;x").reveal(LIMIT).unwrap();
    Ok(if revealed == expected { "as expected".to_owned() } else { "another".to_owned() })
}

#[cfg(unix)]
#[test]
fn r4_8_from_a_command_without_a_shell() {
    assert_eq!(by("printf '%s\\nmore' 'a b $HOME;x'"), Ok("as expected".to_owned()));
    assert_eq!(by("echo a b '$HOME;x'"), Ok("as expected".to_owned()));
}

#[cfg(unix)]
#[rstest]
#[case("", "cannot be read")]
#[case("pass 'open", "cannot be read")]
#[case("/nowhere/pass show x", "`/nowhere/pass`, which gives the secret, is not installed.")]
#[case("sh -c 'echo hunter2; echo hunter2 >&2; exit 7'", "`sh`, which gives the secret, ended with exit code 7.")]
#[case("true hunter2", "`true` gave no secret")]
fn r4_8_a_command_that_fails_is_named_without_what_it_said(#[case] command: &str, #[case] words: &str) {
    let error = by(command).unwrap_err();
    assert!(error.contains(words) && !error.contains("hunter2"), "{error}");
}

#[cfg(unix)]
#[test]
fn r4_8_a_command_that_hangs_is_ended() {
    let stuck = Secret::Command("tail -f /dev/null".to_owned());
    let error = stuck.reveal(Duration::from_millis(100)).unwrap_err().to_string();
    assert!(error.contains("did not end in time"), "{error}");
}

#[cfg(unix)]
#[test]
fn r4_8_a_command_that_never_stops_talking_does_not_fill_the_memory() {
    let error = Secret::Command("yes hunter2".to_owned()).reveal(LIMIT).unwrap_err().to_string();
    assert!(error.contains("ended with a signal") && !error.contains("hunter2"), "{error}");
}

#[test]
fn r4_10_a_secret_that_is_not_there_is_tried_again() {
    let channel = Channel::Webhook { address: Secret::File(Path::new("/nowhere/address").to_owned()) };
    retried(send(&channel, &message(), &Limits::default()), "/nowhere/address cannot be read");
}
