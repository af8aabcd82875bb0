//! The layer against a plain map, whatever is done to it.

use super::*;
use std::ops::ControlFlow;
use tempfile::TempDir;

mod copies;
mod damage;
mod model;
mod readers;

pub(super) fn store() -> (TempDir, Blocks) {
    let temp = tempfile::tempdir().unwrap();
    let blocks = Blocks::open(temp.path()).unwrap();
    (temp, blocks)
}

pub(super) fn key(kind: u8, number: u32) -> Vec<u8> {
    [&[kind][..], b"row", &number.to_be_bytes()].concat()
}

fn go_on(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub(super) fn all(blocks: &Blocks) -> Vec<Pair> {
    let mut rows = Vec::new();
    let scanned = blocks.scan_blocks(Span::all(), |key, value| {
        rows.push((key.to_vec(), value.to_vec()));
        ControlFlow::Continue(())
    });
    scanned.unwrap();
    rows
}

fn check_sound(blocks: &Blocks) -> Report {
    let report = blocks.verify(&mut go_on).unwrap();
    assert!(report.is_sound(), "{:#?}", report.told);
    assert_eq!(std::fs::read_dir(blocks.folder().join("db/blobs")).unwrap().count(), 0, "sled spilled into files");
    report
}

pub(super) fn filled(blocks: &Blocks, kind: u8, numbers: impl Iterator<Item = u32>, len: usize) {
    let mut batch = Batch::new();
    for number in numbers {
        batch.put(key(kind, number), vec![number as u8; len]);
    }
    blocks.write(batch).unwrap();
}

#[test]
fn rows_stand_after_reopening() {
    let (temp, blocks) = store();
    filled(&blocks, 3, 0..500, 40);
    filled(&blocks, 9, 0..1, 0);
    blocks.reopen().unwrap();
    drop(blocks);
    let blocks = Blocks::open(temp.path()).unwrap();
    assert_eq!(blocks.get(&key(3, 499)).unwrap(), Some(vec![243; 40]));
    assert_eq!(blocks.get(&key(3, 500)).unwrap(), None);
    assert!(blocks.contains(&key(9, 0)).unwrap());
    assert_eq!((blocks.count(3), blocks.count(9), blocks.count(4)), (500, 1, 0));
    assert_eq!(blocks.saves(), 2);
    assert_eq!(check_sound(&blocks).rows, 501);
}

#[test]
fn of_two_changes_to_one_key_the_later_wins() {
    let mut batch = Batch::new();
    batch.put(key(1, 1), "first");
    batch.delete(key(1, 1));
    assert_eq!(batch.get(&key(1, 1)), Some(None));
    let mut later = Batch::new();
    later.put(key(1, 1), "second");
    batch.extend(later);
    assert_eq!((batch.len(), batch.get(&key(1, 1))), (1, Some(Some(&b"second"[..]))));
    assert_eq!(batch.get(&key(1, 2)), None);
}

#[test]
fn rows_added_in_order_leave_full_blocks() {
    let (_temp, blocks) = store();
    for start in (0..6_400).step_by(100) {
        filled(&blocks, 1, start..start + 100, 8);
    }
    let report = check_sound(&blocks);
    assert_eq!(report.blocks, 100 + u64::from(blocks.gate().tally.rows.contains_key(&FENCES)));
}

#[test]
fn deleted_rows_leave_no_blocks_and_few_rows_stand_together() {
    let (_temp, blocks) = store();
    filled(&blocks, 1, 0..6_400, 8);
    let delete = |keep: fn(u32) -> bool| {
        let mut batch = Batch::new();
        for number in (0..6_400).filter(|number| !keep(*number)) {
            batch.delete(key(1, number));
        }
        blocks.write(batch).unwrap();
    };
    delete(|number| number % 64 == 0);
    assert!(check_sound(&blocks).blocks <= 10, "100 rows need few blocks");
    delete(|_| false);
    let report = check_sound(&blocks);
    assert_eq!((report.rows, report.blocks, report.bytes), (0, 0, 0));
    assert_eq!(blocks.live_bytes(), 0);
    assert_eq!(blocks.first(Span::all()).unwrap(), None);
}

#[test]
fn long_values_come_whole_and_leave_nothing_behind() {
    let (_temp, blocks) = store();
    let long: Vec<u8> = (0..100_000u32).flat_map(u32::to_le_bytes).collect();
    for len in [2_800, 2_801, 3_000, 3_001, 400_000, 6_000, 0] {
        let mut batch = Batch::new();
        batch.put(key(1, 1), &long[..len]);
        batch.put([key(1, 1), vec![0, 0, 0, 1]].concat(), &long[..len]);
        blocks.write(batch).unwrap();
        assert_eq!(blocks.get(&key(1, 1)).unwrap().unwrap(), &long[..len]);
        assert_eq!(blocks.last(Span::all()).unwrap().unwrap().1, &long[..len]);
        assert!(all(&blocks).iter().all(|(_, value)| *value == long[..len]));
        check_sound(&blocks);
    }
    assert!(blocks.live_bytes() < 100);
}

#[test]
fn only_keys_of_rows_are_taken() {
    let (_temp, blocks) = store();
    for key in [vec![], vec![0, 1], vec![0xfe], vec![0xff, 1], vec![1; MOST_KEY + 1]] {
        let mut batch = Batch::new();
        batch.put(key.clone(), "x");
        assert!(matches!(blocks.write(batch), Err(StoreError::Key { .. })));
        assert_eq!(blocks.get(&key).unwrap(), None);
    }
    let mut batch = Batch::new();
    batch.put(vec![LAST_KIND; MOST_KEY], vec![1; 3_000]);
    batch.put(vec![FIRST_KIND], vec![2; 2_800]);
    blocks.write(batch).unwrap();
    assert_eq!(check_sound(&blocks).rows, 2);
    assert_eq!(blocks.saves(), 1);
}

#[test]
fn a_scan_can_be_sought_back_and_forth() {
    let (_temp, blocks) = store();
    filled(&blocks, 2, (0..1_000).map(|number| number * 2), 30);
    let number = |row: Option<Result<Pair, StoreError>>| {
        row.map(|row| u32::from_be_bytes(*row.unwrap().0.last_chunk().unwrap()))
    };
    let mut up = blocks.scan(Span::prefix(&[2]).before(&key(2, 1_500)), Direction::Up);
    assert_eq!(number(up.next()), Some(0));
    up.seek(&key(2, 701));
    assert_eq!((number(up.next()), number(up.next())), (Some(702), Some(704)));
    up.seek(&key(2, 10));
    assert_eq!(number(up.next()), Some(10));
    up.seek(&key(2, 1_499));
    assert_eq!(number(up.next()), None);
    let mut down = blocks.scan(Span::prefix(&[2]).starting_at(key(2, 100)), Direction::Down);
    assert_eq!(number(down.next()), Some(1_998));
    down.seek(&key(2, 701));
    assert_eq!((number(down.next()), number(down.next())), (Some(700), Some(698)));
    down.seek(&key(2, 100));
    assert_eq!((number(down.next()), number(down.next())), (Some(100), None));
}

#[test]
fn a_span_is_divided_without_gaps() {
    let (_temp, blocks) = store();
    assert_eq!(blocks.divide(&Span::prefix(&[4]), 3).unwrap(), [Span::prefix(&[4])]);
    filled(&blocks, 4, 0..60_000, 100);
    filled(&blocks, 5, 0..60_000, 100);
    let span = Span::prefix(&[4]);
    let parts = blocks.divide(&span, 4).unwrap();
    assert!((2..=4).contains(&parts.len()), "{parts:?}");
    assert_eq!((&parts[0].from, &parts[parts.len() - 1].until), (&span.from, &span.until));
    assert!(parts.windows(2).all(|pair| pair[0].until == pair[1].from));
    let rows = |part: &Span| blocks.scan(part.clone(), Direction::Up).count();
    assert_eq!(parts.iter().map(rows).sum::<usize>(), 60_000);
    assert!(parts.iter().map(rows).all(|rows| (3_000..40_000).contains(&rows)), "{parts:?}");
    check_sound(&blocks);
}

#[test]
fn a_file_is_bloated_when_it_is_large_and_mostly_dead() {
    assert!(!is_bloated(30 << 20, 0));
    assert!(!is_bloated(400 << 20, 100 << 20));
    assert!(is_bloated(401 << 20, 100 << 20));
    let (_temp, blocks) = store();
    assert!(!blocks.is_bloated().unwrap());
}

#[cfg(unix)]
#[test]
fn all_files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let (temp, blocks) = store();
    filled(&blocks, 1, 0..5_000, 500);
    blocks.reopen().unwrap();
    filled(&blocks, 1, 5_000..9_000, 500);
    blocks.rewrite_afresh(&mut go_on).unwrap();
    filled(&blocks, 1, 9_000..9_500, 500);
    let mut folders = vec![temp.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700, "{folder:?}");
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
                files += 1;
            }
        }
    }
    assert!(files >= 5, "only {files} files");
}
