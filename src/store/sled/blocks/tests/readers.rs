//! Those who read while others write see each row that stays exactly once.

use super::*;
use std::thread;

const ROUNDS: u32 = 60;

/// Even rows stay; odd ones come and go in numbers that split and join the blocks.
#[test]
fn scans_see_every_row_that_stays_once() {
    let (_temp, blocks) = store();
    let long = |number: u32| {
        if number.is_multiple_of(500) { 7_000 } else { 60 }
    };
    let put = |batch: &mut Batch, number: u32, byte: u8| {
        batch.put(key(1, number), vec![byte; long(number)]);
    };
    let mut batch = Batch::new();
    (0..4_000).step_by(2).for_each(|number| put(&mut batch, number, 0));
    blocks.write(batch).unwrap();
    let stays: Vec<u32> = (0..4_000).step_by(2).collect();
    thread::scope(|scope| {
        let (blocks, stays) = (&blocks, &stays);
        scope.spawn(move || {
            for round in 0..ROUNDS {
                let mut batch = Batch::new();
                for number in (1..4_000).step_by(2).filter(|number| number / 400 == round % 10) {
                    put(&mut batch, number, 1);
                    batch.delete(key(1, (number + 2_000) % 4_000));
                }
                (0..4_000).step_by(500).for_each(|number| put(&mut batch, number, round as u8));
                blocks.write_unsynced(batch).unwrap();
            }
        });
        for direction in [Direction::Up, Direction::Down] {
            scope.spawn(move || {
                for _ in 0..ROUNDS / 2 {
                    let mut seen = numbers(blocks, direction);
                    assert!(seen.is_sorted());
                    seen.retain(|number| number % 2 == 0);
                    assert_eq!(seen, *stays);
                }
            });
        }
    });
    check_sound(&blocks);
}

fn numbers(blocks: &Blocks, direction: Direction) -> Vec<u32> {
    let number = |key: &[u8], value: &[u8]| {
        assert!(value.iter().all(|byte| *byte == value[0]), "a torn value");
        u32::from_be_bytes(*key.last_chunk().unwrap())
    };
    let mut seen = Vec::new();
    if direction == Direction::Up {
        let see = |key: &[u8], value: &[u8]| {
            seen.push(number(key, value));
            ControlFlow::Continue(())
        };
        blocks.scan_blocks(Span::all(), see).unwrap();
    } else {
        seen.extend(
            blocks.scan(Span::all(), direction).map(|row| row.unwrap()).map(|(key, value)| number(&key, &value)),
        );
        seen.reverse();
    }
    seen
}

#[test]
fn a_scan_goes_on_after_the_store_was_reopened_and_rewritten() {
    let (_temp, blocks) = store();
    filled(&blocks, 1, 0..3_000, 90);
    let mut scan = blocks.scan(Span::all(), Direction::Down);
    let mut seen: Vec<_> = scan.by_ref().take(700).map(|row| row.unwrap().0).collect();
    blocks.reopen().unwrap();
    seen.extend(scan.by_ref().take(700).map(|row| row.unwrap().0));
    blocks.rewrite_afresh(&mut go_on).unwrap();
    seen.extend(scan.map(|row| row.unwrap().0));
    assert!(seen.iter().eq((0..3_000).rev().map(|number| key(1, number)).collect::<Vec<_>>().iter()));
}
