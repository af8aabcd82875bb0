//! How fast the blocks are: loading, opening, scanning, looking up, saving. Run with `cargo bench --bench blocks`;
//! `ROWS=3000000` for more, `DIR=/on/another/disk` for elsewhere. A plain program, since most of it runs once, for
//! seconds, and on a real disk.

use std::error::Error;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use lejek::store::sled::blocks::{Batch, Blocks, Direction, Span};

type Done = Result<(), Box<dyn Error>>;

const RECORD: u8 = 1;
const HASHED: u8 = 2;
const SCATTERED: u64 = 300_000;

fn main() -> Done {
    let rows = std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir_in(std::env::var_os("DIR").unwrap_or_else(|| ".".into()))?;
    let mut chance = Chance(7);
    let blocks = Blocks::open(folder.path())?;
    load(&blocks, rows, &mut chance)?;
    sizes(&blocks)?;
    timed("reopen after the load", || Ok(blocks.reopen()?))?;
    drop(blocks);
    let blocks = timed("open", || Ok(Blocks::open(folder.path())?))?;
    scans(&blocks, rows)?;
    looks(&blocks, rows, &mut chance)?;
    edits(&blocks, rows, &mut chance)?;
    drop(blocks);
    let blocks = timed("open after the edits", || Ok(Blocks::open(folder.path())?))?;
    scattered(&blocks, "into nothing", &mut chance)?;
    scattered(&blocks, "among the others", &mut chance)?;
    sizes(&blocks)?;
    timed("rewrite afresh", || Ok(blocks.rewrite_afresh(&mut go_on)?))?;
    sizes(&blocks)?;
    let report = timed("verify", || Ok(blocks.verify(&mut go_on)?))?;
    println!("{} rows in {} blocks, {} flaws", report.rows, report.blocks, report.flaws);
    let mut dump = Vec::new();
    timed("dump", || Ok(blocks.dump(&mut dump, &mut go_on)?))?;
    println!("{:>28} {:>9.1} MB", "", mega(dump.len() as u64));
    Ok(())
}

fn load(blocks: &Blocks, rows: u64, chance: &mut Chance) -> Done {
    timed("load in order", || {
        for start in (0..rows).step_by(5_000) {
            let mut batch = Batch::new();
            for row in start..rows.min(start + 5_000) {
                batch.put(record(row), chance.bytes(250));
            }
            blocks.write_unsynced(batch)?;
        }
        Ok(blocks.sync()?)
    })
}

fn scans(blocks: &Blocks, rows: u64) -> Done {
    timed("first page of 112", || {
        let page: Result<Vec<_>, _> = blocks.scan(Span::prefix(&[RECORD]), Direction::Down).take(112).collect();
        assert_eq!(page?.len(), 112);
        Ok(())
    })?;
    for name in ["scan, cold", "scan again"] {
        timed(name, || {
            let (mut seen, mut bytes) = (0, 0);
            blocks.scan_blocks(Span::prefix(&[RECORD]), |_, value| {
                seen += 1;
                bytes += value.len();
                ControlFlow::Continue(())
            })?;
            assert_eq!((seen, bytes as u64), (rows, rows * 250));
            Ok(())
        })?;
    }
    let parts = timed("divide by 4", || Ok(blocks.divide(&Span::prefix(&[RECORD]), 4)?))?;
    timed("scan, 2 threads, 4 parts", || {
        std::thread::scope(|scope| {
            for pair in parts.chunks(2) {
                scope.spawn(move || {
                    for part in pair {
                        let scanned = blocks.scan_blocks(part.clone(), |_, _| ControlFlow::Continue(()));
                        assert!(scanned.is_ok());
                    }
                });
            }
        });
        Ok(())
    })
}

fn looks(blocks: &Blocks, rows: u64, chance: &mut Chance) -> Done {
    each("get", 20_000, || {
        let found = blocks.get(&record(chance.below(rows)))?;
        assert_eq!(found.map(|value| value.len()), Some(250));
        Ok(())
    })
}

fn edits(blocks: &Blocks, rows: u64, chance: &mut Chance) -> Done {
    each("durable batch of 4 rows", 3_000, || {
        let mut batch = Batch::new();
        for _ in 0..3 {
            batch.put(record(chance.below(rows)), chance.bytes(250));
        }
        batch.put(hashed(chance), chance.bytes(10));
        Ok(blocks.write(batch)?)
    })
}

fn scattered(blocks: &Blocks, name: &str, chance: &mut Chance) -> Done {
    let mut batch = Batch::new();
    for _ in 0..SCATTERED {
        batch.put(hashed(chance), chance.bytes(10));
    }
    timed(&format!("300,000 {name}"), || Ok(blocks.write(batch)?))
}

fn sizes(blocks: &Blocks) -> Done {
    let (live, file) = (mega(blocks.live_bytes()), mega(blocks.file_bytes()?));
    println!("{:>28} {live:>9.1} MB live, {file:.1} MB on disk, {} MB resident", "", resident());
    Ok(())
}

fn record(row: u64) -> Vec<u8> {
    let mut key = vec![RECORD, 1, 0x94];
    key.extend((row * 20).to_be_bytes());
    key.extend(row.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    key.truncate(17);
    key
}

fn hashed(chance: &mut Chance) -> Vec<u8> {
    let mut key = vec![HASHED];
    key.extend(chance.bytes(20));
    key
}

fn timed<T>(name: &str, work: impl FnOnce() -> Result<T, Box<dyn Error>>) -> Result<T, Box<dyn Error>> {
    let start = Instant::now();
    let done = work()?;
    println!("{name:>28} {:>9.1} ms", milli(start.elapsed()));
    Ok(done)
}

fn each(name: &str, times: usize, mut work: impl FnMut() -> Done) -> Done {
    let mut took = Vec::with_capacity(times);
    for _ in 0..times {
        let start = Instant::now();
        work()?;
        took.push(start.elapsed());
    }
    took.sort_unstable();
    println!("{name:>28} {:>9.3} ms p50, {:.3} ms p99", milli(took[times / 2]), milli(took[times * 99 / 100]));
    Ok(())
}

fn go_on(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn milli(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn resident() -> u64 {
    let pages =
        std::fs::read_to_string("/proc/self/statm").ok().and_then(|statm| statm.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096 / 1_000_000
}

/// The same numbers in each run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ (self.0 >> 29)
    }

    fn below(&mut self, most: u64) -> u64 {
        (self.next() >> 8) % most
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len.div_ceil(8)).flat_map(|_| self.next().to_le_bytes()).take(len).collect()
    }
}
