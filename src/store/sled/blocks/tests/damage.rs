//! Damaged bytes: a sentence, never a panic, and never fewer rows without a word.

use super::*;
use std::fs;
use std::path::PathBuf;

fn raw<T>(folder: &Path, work: impl FnOnce(&::sled::Db) -> T) -> T {
    let engine = Engine::open(folder, &folder.join("db")).unwrap();
    drop(engine);
    let mut left = 200;
    let db = loop {
        match ::sled::Config::new().path(folder.join("db")).flush_every_ms(None).open() {
            Ok(db) => break db,
            Err(_) if left > 0 => left -= 1,
            Err(error) => panic!("{error}"),
        }
        std::thread::yield_now();
    };
    let done = work(&db);
    db.flush().unwrap();
    done
}

fn written() -> (TempDir, Vec<Pair>) {
    let (temp, blocks) = store();
    filled(&blocks, 1, 0..600, 50);
    filled(&blocks, 2, 0..10, 5_000);
    filled(&blocks, 3, 0..600, 50);
    let rows = all(&blocks);
    (temp, rows)
}

fn nth_entry(db: &::sled::Db, kind: u8, number: usize) -> (::sled::IVec, Vec<u8>) {
    let (key, value) = db.range::<&[u8], _>(&[kind][..]..&[kind + 1][..]).nth(number).unwrap().unwrap();
    (key, value.to_vec())
}

#[test]
fn a_flipped_bit_in_a_block_is_told_and_the_others_are_read() {
    let (temp, _) = written();
    let broken = raw(temp.path(), |db| {
        let (key, mut value) = nth_entry(db, 1, 4);
        value[100] ^= 4;
        db.insert(&key, value).unwrap();
        key
    });
    let blocks = Blocks::open(temp.path()).unwrap();
    let flaw = blocks.get(&broken).unwrap_err();
    assert!(matches!(flaw, StoreError::Damaged { kind: 1, .. }), "{flaw}");
    assert!(flaw.to_string().starts_with("The store is damaged: a checksum does not fit (rows of kind 1)."), "{flaw}");
    let mut scan = blocks.scan(Span::all(), Direction::Up);
    assert!(scan.any(|row| row.is_err()) && scan.next().is_none());
    let see = |_: &[u8], _: &[u8]| ControlFlow::Continue(());
    assert!(blocks.scan_blocks(Span::prefix(&[1]), see).is_err());
    assert!(blocks.scan_blocks(Span::prefix(&[3]), see).is_ok());
    let mut batch = Batch::new();
    batch.put([&broken[..], b"after"].concat(), "x");
    assert!(matches!(blocks.write(batch), Err(StoreError::Damaged { kind: 1, .. })));
    filled(&blocks, 3, 0..1, 1);
    let report = blocks.verify(&mut go_on).unwrap();
    assert_eq!(report.told[0], "In a block (rows of kind 1) a checksum does not fit.");
    assert!(!report.is_sound());
}

#[test]
fn a_block_under_another_key_is_told() {
    let (temp, _) = written();
    raw(temp.path(), |db| {
        let (key, value) = nth_entry(db, 1, 2);
        db.insert([&key[..], b"\0"].concat(), value).unwrap();
    });
    let blocks = Blocks::open(temp.path()).unwrap();
    assert!(!blocks.verify(&mut go_on).unwrap().is_sound());
}

#[test]
fn lost_entries_are_told() {
    for (kind, told) in [
        (1, "There should be 600 rows of kind 1, and there are 5"),
        (PARTS, "A long value of kind 2 is not whole: The store is damaged: a part of a long value is missing"),
    ] {
        let (temp, _) = written();
        raw(temp.path(), |db| {
            let (key, _) = if kind == PARTS {
                db.last().map(|entry| entry.map(|(key, value)| (key, value.to_vec()))).unwrap().unwrap()
            } else {
                nth_entry(db, kind, 1)
            };
            db.remove(key).unwrap();
        });
        let blocks = Blocks::open(temp.path()).unwrap();
        let report = blocks.verify(&mut go_on).unwrap();
        assert!(report.told.iter().any(|flaw| flaw.starts_with(told)), "{:#?}", report.told);
    }
}

#[test]
fn a_lost_or_damaged_tally_does_not_open() {
    for tally in [None, Some(vec![]), Some(vec![1, 2, 3, 4, 5, 6, 7])] {
        let (temp, _) = written();
        raw(temp.path(), |db| match tally {
            Some(value) => db.insert([TALLY], value),
            None => db.remove([TALLY]),
        })
        .unwrap();
        assert!(matches!(Blocks::open(temp.path()), Err(OpenError::Damaged { .. })));
    }
}

#[test]
fn entries_that_are_not_ours_are_told() {
    let (temp, _) = written();
    raw(temp.path(), |db| {
        for key in [&b""[..], b"\0x", b"\x01", b"\xff", b"\xfe"] {
            db.insert(key, b"rubbish").unwrap();
        }
    });
    let blocks = Blocks::open(temp.path()).unwrap();
    assert_eq!(blocks.verify(&mut go_on).unwrap().flaws, 7);
    assert!(blocks.get(&key(1, 0)).is_ok());
}

fn copy_of(folder: &Path, change: impl FnOnce(&Path)) -> TempDir {
    let temp = tempfile::tempdir().unwrap();
    fs::create_dir_all(temp.path().join("db/blobs")).unwrap();
    let names = ["format", "seal"].map(PathBuf::from).into_iter();
    let db = fs::read_dir(folder.join("db")).unwrap().map(|entry| Path::new("db").join(entry.unwrap().file_name()));
    for name in names.chain(db).filter(|name| folder.join(name).is_file()) {
        fs::copy(folder.join(&name), temp.path().join(&name)).unwrap();
    }
    change(temp.path());
    temp
}

/// True if the damage was noticed; false if all rows are there in spite of it.
fn noticed(folder: &Path, rows: &[Pair]) -> bool {
    let Ok(blocks) = Blocks::open(folder) else {
        return true;
    };
    let sound = blocks.verify(&mut go_on).is_ok_and(|report| report.is_sound());
    if sound {
        assert!(all(&blocks) == rows, "rows are gone and nothing says so");
    }
    !sound
}

#[test]
fn a_flipped_bit_anywhere_in_the_files_is_noticed_or_harmless() {
    let (temp, rows) = written();
    let mut found = 0;
    for name in ["db/db", "db/conf", "seal"] {
        let len = fs::metadata(temp.path().join(name)).unwrap().len();
        for at in (0..40).map(|step| step * len / 40) {
            let copy = copy_of(temp.path(), |folder| {
                let mut bytes = fs::read(folder.join(name)).unwrap();
                bytes[at as usize] ^= 0x10;
                fs::write(folder.join(name), bytes).unwrap();
            });
            found += u32::from(noticed(copy.path(), &rows));
        }
    }
    assert!(found > 10, "only {found} were noticed");
}

#[test]
fn a_cut_file_is_noticed() {
    let (temp, rows) = written();
    let len = fs::metadata(temp.path().join("db/db")).unwrap().len();
    for cut in (0..20).map(|step| step * len / 20) {
        let copy = copy_of(temp.path(), |folder| {
            fs::OpenOptions::new().write(true).open(folder.join("db/db")).unwrap().set_len(cut).unwrap();
        });
        noticed(copy.path(), &rows);
    }
    let emptied = copy_of(temp.path(), |folder| {
        fs::remove_dir_all(folder.join("db")).unwrap();
    });
    let refused = Blocks::open(emptied.path()).unwrap_err().to_string();
    assert!(refused.contains("the last 3 of 3 saves are missing"), "{refused}");
}

#[test]
fn a_store_held_by_another_program_is_refused() {
    let (temp, _) = written();
    raw(temp.path(), |_| {
        let refused = Blocks::open(temp.path()).unwrap_err();
        assert!(matches!(refused, OpenError::Held { pid: None, .. }), "{refused}");
    });
    let blocks = Blocks::open(temp.path()).unwrap();
    let refused = Blocks::open(temp.path()).unwrap_err();
    assert!(matches!(refused, OpenError::Held { pid: Some(pid), .. } if pid == std::process::id()), "{refused}");
    assert_eq!(all(&blocks).len(), 1_210);
}

#[test]
fn a_newer_format_is_refused_before_anything_is_touched() {
    let (temp, _) = written();
    fs::write(temp.path().join("format"), "lejek 9\n").unwrap();
    assert!(matches!(Blocks::open(temp.path()), Err(OpenError::Newer { found: 9, .. })));
    fs::write(temp.path().join("format"), "garbage").unwrap();
    assert!(matches!(Blocks::open(temp.path()), Err(OpenError::Damaged { .. })));
    fs::remove_file(temp.path().join("format")).unwrap();
    assert!(Blocks::open(temp.path()).is_ok());
    assert_eq!(fs::read_to_string(temp.path().join("format")).unwrap(), "lejek 1\n");
}
