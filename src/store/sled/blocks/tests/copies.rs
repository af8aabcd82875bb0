//! Rewrites and backups: whole, of one moment, and refused when they are not.

use super::*;
use crate::store::error::LoadError;

fn backup(blocks: &Blocks) -> Vec<u8> {
    let mut file = Vec::new();
    let rows = blocks.dump(&mut file, &mut go_on).unwrap();
    assert_eq!(look_through(|| Ok(&file[..])).unwrap(), rows);
    file
}

fn mixed() -> (TempDir, Blocks) {
    let (temp, blocks) = store();
    filled(&blocks, 1, 0..3_000, 100);
    filled(&blocks, 2, 0..300, 0);
    filled(&blocks, 3, 0..20, 9_000);
    (temp, blocks)
}

fn restored(file: &[u8]) -> Result<(TempDir, Blocks), LoadError> {
    let temp = tempfile::tempdir().unwrap();
    load(temp.path(), file, Existing::Keep, &mut go_on)?;
    let blocks = Blocks::open(temp.path())?;
    Ok((temp, blocks))
}

#[test]
fn a_backup_brings_all_rows_back() {
    let (_temp, blocks) = mixed();
    let (temp, again) = restored(&backup(&blocks)).unwrap();
    assert!(all(&again) == all(&blocks));
    assert_eq!(check_sound(&again).rows, 3_320);
    filled(&again, 1, 0..10, 1);
    drop(again);
    assert_eq!(Blocks::open(temp.path()).unwrap().count(1), 3_000);
}

#[test]
fn a_copy_made_while_rows_change_is_of_the_moment_it_ends() {
    let (_temp, blocks) = mixed();
    let mut file = Vec::new();
    let mut meddle = |rows: u64| {
        let mut batch = Batch::new();
        batch.put(key(1, 0), format!("changed after {rows}"));
        batch.put(key(3, 3), vec![rows as u8; 5_000]);
        batch.delete(key(1, rows as u32 / 2));
        batch.put(key(0xfd, rows as u32), "new");
        blocks.write(batch).unwrap();
        ControlFlow::Continue(())
    };
    let rows = blocks.dump(&mut file, &mut meddle).unwrap();
    assert_eq!(look_through(|| Ok(&file[..])).unwrap(), rows, "what was written meanwhile counts once");
    let (_temp2, again) = restored(&file).unwrap();
    assert!(all(&again) == all(&blocks));
    blocks.rewrite_afresh(&mut meddle).unwrap();
    assert_eq!(blocks.get(&key(1, 0)).unwrap().unwrap(), b"changed after 3000");
    assert_eq!(blocks.count(0xfd), 3);
    check_sound(&blocks);
}

#[test]
fn a_rewrite_frees_what_was_overwritten_and_deleted() {
    let (temp, blocks) = store();
    filled(&blocks, 1, 0..20_000, 200);
    let mut batch = Batch::new();
    (100..20_000).for_each(|number| batch.delete(key(1, number)));
    blocks.write(batch).unwrap();
    assert!(blocks.file_bytes().unwrap() > 4_000_000);
    let (rows, saves) = (all(&blocks), blocks.saves());
    blocks.rewrite_afresh(&mut go_on).unwrap();
    assert!(blocks.file_bytes().unwrap() < 2_000_000, "{} bytes", blocks.file_bytes().unwrap());
    assert!(blocks.saves() > saves && all(&blocks) == rows);
    filled(&blocks, 1, 100..200, 1);
    drop(blocks);
    let blocks = Blocks::open(temp.path()).unwrap();
    assert_eq!(check_sound(&blocks).rows, 200);
    let names: Vec<_> = std::fs::read_dir(temp.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with("db.")), "{names:?}");
}

#[test]
fn what_is_cancelled_changes_nothing() {
    let (temp, blocks) = mixed();
    let rows = all(&blocks);
    let mut stop = |_| ControlFlow::Break(());
    assert!(matches!(blocks.rewrite_afresh(&mut stop), Err(StoreError::Cancelled)));
    assert!(matches!(blocks.dump(Vec::new(), &mut stop), Err(StoreError::Cancelled)));
    let file = backup(&blocks);
    drop(blocks);
    let loaded = load(temp.path(), &file[..], Existing::Replace, &mut stop);
    assert!(matches!(loaded, Err(LoadError::Store(StoreError::Cancelled))));
    assert!(!temp.path().join("db.new").exists());
    assert!(all(&Blocks::open(temp.path()).unwrap()) == rows);
}

#[test]
fn data_is_replaced_only_when_told() {
    let (temp, blocks) = mixed();
    let (_temp2, other) = store();
    filled(&other, 5, 0..5, 5);
    let file = backup(&other);
    let held = load(temp.path(), &file[..], Existing::Replace, &mut go_on);
    assert!(matches!(held, Err(LoadError::Open(OpenError::Held { .. }))));
    drop(blocks);
    let kept = load(temp.path(), &file[..], Existing::Keep, &mut go_on);
    assert!(matches!(kept, Err(LoadError::NotEmpty { .. })));
    assert_eq!(load(temp.path(), &file[..], Existing::Replace, &mut go_on).unwrap(), 5);
    assert!(all(&Blocks::open(temp.path()).unwrap()) == all(&other));
}

#[test]
fn a_backup_cut_anywhere_says_so() {
    let (_temp, blocks) = mixed();
    let file = backup(&blocks);
    for len in (0..file.len()).step_by(file.len() / 40).chain(file.len() - 20..file.len()) {
        let refused = restored(&file[..len]).unwrap_err();
        assert!(matches!(refused, LoadError::Cut), "{refused}");
        assert!(matches!(look_through(|| Ok(&file[..len])), Err(LoadError::Cut)));
    }
}

#[test]
fn a_backup_with_a_flipped_bit_is_refused_or_whole() {
    let (_temp, blocks) = mixed();
    let (rows, file) = (all(&blocks), backup(&blocks));
    for bit in (0..file.len() * 8).step_by(file.len() * 8 / 90) {
        let mut flipped = file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let restored = restored(&flipped);
        assert_eq!(look_through(|| Ok(&flipped[..])).is_ok(), restored.is_ok(), "bit {bit}");
        if let Ok((_temp, again)) = restored {
            assert!(all(&again) == rows, "bit {bit} went through");
        }
    }
}

#[test]
fn other_files_are_not_backups() {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gz, &[b'x'; 5_000]).unwrap();
    for file in [b"name,email\nAda,ada@example.org\n".to_vec(), gz.finish().unwrap()] {
        assert!(matches!(restored(&file), Err(LoadError::NotABackup)));
    }
}
