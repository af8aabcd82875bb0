//! The folder: modes, lock, seal.

use super::*;
use rstest::rstest;

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_folder_is_made_with_its_parents_and_is_private() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("share/lejek");
    let home = Home::claim(&folder).unwrap();
    home.write_format().unwrap();
    assert!(home.check_format().is_ok());
    #[cfg(unix)]
    {
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join(LOCK)), 0o600);
        assert_eq!(mode(&folder.join(FORMAT_FILE)), 0o600);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_someone_else_keeps_its_mode() {
    let temp = tempfile::tempdir().unwrap();
    fs::write(temp.path().join("notes.txt"), "mine").unwrap();
    restrict(temp.path(), 0o755).unwrap();
    drop(Home::claim(temp.path()).unwrap());
    assert_eq!(mode(temp.path()), 0o755);
}

#[test]
fn a_second_claim_names_the_process_that_holds_the_folder() {
    let temp = tempfile::tempdir().unwrap();
    let home = Home::claim(temp.path()).unwrap();
    let refused = Home::claim(temp.path()).unwrap_err();
    assert!(matches!(refused, OpenError::Held { pid: Some(pid), .. } if pid == std::process::id()), "{refused}");
    drop(home);
    assert!(Home::claim(temp.path()).is_ok());
}

#[cfg(unix)]
#[test]
fn a_child_that_has_the_lock_open_does_not_hold_the_folder() {
    use std::process::{Command, Stdio};
    let temp = tempfile::tempdir().unwrap();
    let home = Home::claim(temp.path()).unwrap();
    let inherited = Stdio::from(home.lock.try_clone().unwrap());
    let mut child = Command::new("tail").args(["-f", "/dev/null"]).stdin(inherited).spawn().unwrap();
    drop(home);
    let claimed = Home::claim(temp.path());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(claimed.is_ok(), "{claimed:?}");
}

#[test]
fn a_file_is_not_a_folder() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(Home::claim(&file), Err(OpenError::NotAFolder { .. })));
    assert!(matches!(Home::claim(&file.join("below")), Err(OpenError::NotAFolder { .. })));
}

#[rstest]
#[case(b"lejek 1\n", "")]
#[case(b"lejek 2\n", "was written by a newer lejek (format 2, this one knows 1). Update lejek.")]
#[case(b"lejek 0\n", "is damaged: its format file cannot be read.")]
#[case(b"lejek one\n", "is damaged: its format file cannot be read.")]
#[case(b"\xff\xfe", "is damaged: its format file cannot be read.")]
#[case(b"", "is damaged: its format file cannot be read.")]
#[case(&[b'x'; 5000], "is damaged: its format file cannot be read.")]
fn the_format_decides_who_may_open(#[case] text: &[u8], #[case] sentence: &str) {
    let temp = tempfile::tempdir().unwrap();
    let home = Home::claim(temp.path()).unwrap();
    fs::write(temp.path().join(FORMAT_FILE), text).unwrap();
    let said = home.check_format().map_or_else(|error| error.to_string(), |()| String::new());
    assert!(said.contains(sentence) && said.is_empty() == sentence.is_empty(), "{said}");
}

#[test]
fn a_seal_is_read_back_and_rubbish_is_none() {
    let temp = tempfile::tempdir().unwrap();
    let home = Home::claim(temp.path()).unwrap();
    assert_eq!(home.sealed_at(), None);
    home.seal(17).unwrap();
    assert_eq!(home.sealed_at(), Some(17));
    fs::write(temp.path().join(SEAL), "many").unwrap();
    assert_eq!(home.sealed_at(), None);
    home.break_seal().unwrap();
    home.break_seal().unwrap();
}

/// Which of the folders stand when the process died, and which of them is `db` after the next start.
#[rstest]
#[case::written_to(&["db", "db.new"], "db")]
#[case::moved_away(&["db.new", "db.old"], "db.new")]
#[case::moved_in(&["db", "db.old"], "db")]
#[case::never_whole(&["db.new"], "")]
#[case::only_old(&["db.old"], "db.old")]
fn an_interrupted_swap_is_finished(#[case] standing: &[&str], #[case] kept: &str) {
    let temp = tempfile::tempdir().unwrap();
    for name in standing {
        fs::create_dir(temp.path().join(name)).unwrap();
        fs::write(temp.path().join(name).join("was"), name).unwrap();
    }
    drop(Home::claim(temp.path()).unwrap());
    let was = fs::read_to_string(temp.path().join("db/was")).unwrap_or_default();
    assert_eq!(was, kept);
    assert!(!temp.path().join("db.new").exists() && !temp.path().join("db.old").exists());
}

#[test]
fn a_swap_without_a_new_folder_keeps_the_old_one() {
    let temp = tempfile::tempdir().unwrap();
    let home = Home::claim(temp.path()).unwrap();
    fs::create_dir(home.db()).unwrap();
    assert!(home.swap().is_err());
    assert!(home.db().exists());
}

#[test]
fn a_full_disk_is_told_with_its_sizes() {
    let refused = refusal(Path::new("."), ErrorKind::StorageFull.into());
    assert!(matches!(refused, OpenError::Full { free, total } if free <= total && total > Bytes(0)), "{refused}");
}
