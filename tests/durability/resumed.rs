//! An import that is killed again and again, and gone on with each time, ends like one that nobody killed (R7.3).

use crate::kills::{Victim, assert_sound, founded, number, opened, spin};
use crate::model::Random;
use crate::victim::{Task, email, file, written};
use lejek::domain::id::Object;
use lejek::workspace::Workspace;
use std::fmt::Write;
use std::path::Path;

/// Rows of the file: some batches.
const ROWS: u64 = 6_000;
/// Kills that one import lives through at most.
const LIVES: u32 = 12;

fn write(folder: &Path) {
    let mut text = "First Name,Email,City,Company\n".to_owned();
    for n in 0..ROWS {
        // Some rows say something else of a record that is there, some have no key, some bring a company.
        let (of, city) = if n % 40 == 11 { (n - 1, "Sopot") } else { (n, "Gdynia") };
        let address = if n % 25 == 3 { String::new() } else { email(of) };
        let company = if n % 6 == 0 { format!("Own {}", n % 500) } else { String::new() };
        writeln!(text, "N{},{address},{city},{company}", n + 1_000).unwrap();
    }
    std::fs::write(written(folder), text).unwrap();
}

/// All that stands, without ids and times.
fn content(workspace: &Workspace) -> Vec<String> {
    let store = workspace.store();
    let mut content = Vec::new();
    for object in [Object::CONTACT, Object::COMPANY] {
        let mut found = Vec::new();
        store.each(object, &mut |record| found.push(record)).unwrap();
        content.extend(found.into_iter().map(|record| {
            let links = store.links(record.id, None).unwrap();
            let ties = links.iter().map(|link| store.record(link.other).unwrap().unwrap().name());
            format!("{:?} {:?}", record.values, ties.collect::<std::collections::BTreeSet<_>>())
        }));
    }
    content.sort();
    content
}

#[test]
fn r7_3_an_import_killed_again_and_again_ends_like_one_that_was_not() {
    let whole = founded();
    write(whole.path());
    file(&opened(whole.path()), whole.path());
    let expected = content(&opened(whole.path()));
    let mut random = Random(number("LEJEK_SEED", 1));
    let mut broken = 0;
    for _ in 0..number("LEJEK_KILLS", 50).div_ceil(25) {
        let folder = founded();
        write(folder.path());
        let before = opened(folder.path()).store().last_act();
        let mut task = Task::File;
        for life in 0..=LIVES {
            let mut victim = Victim::start(folder.path(), task, 0);
            if life == LIVES {
                victim.listen_for(&["did all"], 1);
            } else {
                // The one that imports is killed once something stands, so that there is something to go on with.
                let least = u32::from(life == 0);
                victim.listen_for(&["ready", "part", "did all"], least + 1);
                spin(&mut random, 60_000);
            }
            let said = victim.kill();
            let workspace = opened(folder.path());
            let is_whole = workspace.broken_off().unwrap().is_empty();
            assert_eq!(workspace.store().last_act().0, before.0 + 1, "it stays one act");
            assert_sound(&workspace);
            broken += u32::from(!is_whole);
            assert!(is_whole || said.iter().all(|line| line != "did all"), "what was acknowledged is whole");
            if is_whole {
                break;
            }
            task = Task::Resume;
        }
        assert_eq!(content(&opened(folder.path())), expected);
    }
    assert!(broken > 0, "nothing was broken off");
}
