//! How long an import takes: a file of 10,000 and 100,000 contacts into an empty folder, a million where
//! `LEJEK_MILLION` is set. A plain program, since it runs for seconds and on a real disk. `cargo bench --bench import`.

#[path = "common/filled.rs"]
mod filled;

use filled::{Done, filled, print_times, sizes};

fn main() -> Done {
    for size in sizes() {
        let times = if size > 100_000 { 1 } else { 3 };
        let mut took = Vec::new();
        for _ in 0..times {
            took.push(filled(size)?.2);
        }
        print_times(size, "import", took);
    }
    Ok(())
}
