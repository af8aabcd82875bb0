//! R4.8: the system's service, stood in for by a program that keeps its arguments.

#![cfg(unix)]

use super::*;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

fn message() -> Message {
    let subject = "Jan <Bold> $(touch x)".to_owned();
    Message { id: Uuid::from_u128(7), to: String::new(), subject, text: "-e & 'q'".to_owned(), link: None }
}

fn program(folder: &Path, script: &str) -> String {
    let path = folder.join("service");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, PermissionsExt::from_mode(0o700)).unwrap();
    path.to_string_lossy().into_owned()
}

fn shown(program: &str, limit: Duration) -> Result<(), Stop> {
    show(program, for_notify_send, &message(), Deadline::within(limit))
}

#[test]
fn r4_8_words_are_arguments_and_no_markup() {
    let folder = tempfile::tempdir().unwrap();
    let seen = folder.path().join("seen");
    let program = program(folder.path(), &format!("printf '%s\\n' \"$@\" > '{}'", seen.display()));
    shown(&program, Duration::from_mins(1)).unwrap();
    let id = "--hint=string:x-lejek-id:00000000-0000-0000-0000-000000000007";
    let wanted = format!("--app-name=lejek\n{id}\n--\nJan <Bold> $(touch x)\n-e &amp; 'q'\n");
    assert_eq!(fs::read_to_string(seen).unwrap(), wanted);
}

#[test]
fn a_service_that_fails_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path(), "echo 'no bus here' >&2; exit 3");
    let stop = shown(&program, Duration::from_mins(1)).unwrap_err();
    assert!(!stop.lasting && stop.why.ends_with("ended with exit code 3: no bus here."), "{}", stop.why);
}

#[test]
fn a_service_that_hangs_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path(), "exec tail -f /dev/null");
    let stop = shown(&program, Duration::from_millis(200)).unwrap_err();
    assert!(!stop.lasting && stop.why.ends_with("did not end in time."), "{}", stop.why);
}

#[test]
fn a_service_that_is_missing_is_named() {
    let stop = shown("/nowhere/notify-send", Duration::from_mins(1)).unwrap_err();
    assert!(stop.lasting && stop.why.contains("is not installed"), "{}", stop.why);
}

#[test]
fn r4_8_a_script_never_holds_the_words() {
    let arguments = for_osascript("", "\" & (do shell script \"x\")", "text");
    assert!(!arguments[1].contains("do shell"));
    assert_eq!(arguments[3..], ["\" & (do shell script \"x\")", "text"]);
}
