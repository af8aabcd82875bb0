//! Events out of a stream (R4.1): one thread reads, another writes what is there, so that a slow stream is written at
//! once and a fast one in batches; no more than a batch or two is held.

use super::super::acts::LongAct;
use super::super::{BATCH, Failure, Workspace};
use crate::domain::change::{Change, EffectLine, Origin};
use crate::domain::event::EventRow;
use crate::domain::id::ActNo;
use crate::domain::when::Clock;
use crate::exchange::lines::{Line, Lines};
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Bytes of one line at most.
pub const LINE_MOST: usize = 1 << 20;
/// Effects that an answer names.
const EFFECTS_MOST: usize = 1_000;
/// Events after which the store is settled.
const MUCH: u64 = 20_000;

/// What became of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TakenIn {
    /// The last one, and how many there were.
    pub act: Option<ActNo>,
    pub acts: u64,
    /// New ones, those of them that nobody has yet, and those that were there already.
    pub taken: u64,
    pub awaited: u64,
    pub doubles: u64,
    pub refused: u64,
    pub effects: Vec<EffectLine>,
}

/// Whether a stream has an end that is known, as that of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// All of it is one act.
    Ends,
    /// What comes without a pause is one act.
    GoesOn,
}

/// A line as whoever writes gets it.
enum Heard {
    Row(EventRow),
    Wrong(u64, String),
    Broken(io::Error),
}

impl Workspace {
    /// Takes in what a stream tells until it ends; `tell` hears of each line that was refused. Blocks.
    pub fn take_in(
        &self,
        source: impl Read + Send + 'static,
        flow: Flow,
        tell: &mut dyn FnMut(u64, &str),
    ) -> Result<TakenIn, Failure> {
        let (sender, receiver) = sync_channel(BATCH);
        let clock = self.settings().clock(self.now());
        // Who waits for a stream that never ends is not waited for.
        std::thread::spawn(move || read(source, &clock, &sender));
        let mut taken = TakenIn::default();
        let mut act: Option<LongAct> = None;
        let mut broken = None;
        while let Some(mut batch) = next(&receiver, &mut broken) {
            let going_on = act.get_or_insert_with(|| self.open_act(Origin::CommandLine));
            let is_full = batch.rows.len() == BATCH;
            taken.write(&mut batch, going_on)?;
            batch.wrong.iter().for_each(|(line, sentence)| tell(*line, sentence));
            if flow == Flow::GoesOn && !is_full {
                taken.ended(act.take());
            }
        }
        taken.ended(act);
        if taken.taken >= MUCH {
            self.store.settle()?;
        }
        match broken {
            Some(error) => Err(Failure::Failed(format!(
                "The stream broke off: {error}. {} events were taken in before; those with an id can be sent again",
                taken.taken
            ))),
            None => Ok(taken),
        }
    }
}

impl TakenIn {
    fn write(&mut self, batch: &mut Batch, act: &mut LongAct) -> Result<(), Failure> {
        let rows = std::mem::take(&mut batch.rows);
        if rows.is_empty() {
            self.refused += batch.wrong.len() as u64;
            return Ok(());
        }
        let count = rows.len() as u64;
        match act.add(&Change::Events { rows }, count, true) {
            Ok(plan) => {
                self.taken += plan.created;
                self.awaited += plan.awaited;
                self.doubles += plan.unchanged;
                batch.wrong.extend(plan.rejected.into_iter().map(|one| (one.row, one.refusal.to_string())));
            }
            // One that comes alone refuses for itself.
            Err(Failure::Refused(refusal)) => batch.wrong.push((batch.first, refusal.to_string())),
            Err(failure) => return Err(failure),
        }
        batch.wrong.sort();
        self.refused += batch.wrong.len() as u64;
        Ok(())
    }

    fn ended(&mut self, act: Option<LongAct>) {
        let Some(done) = act.map(LongAct::finish).filter(|done| done.act != ActNo::NONE) else { return };
        self.act = Some(done.act);
        self.acts += 1;
        let room = EFFECTS_MOST.saturating_sub(self.effects.len());
        self.effects.extend(done.effects.into_iter().take(room));
    }
}

/// What is written together.
#[derive(Default)]
struct Batch {
    rows: Vec<EventRow>,
    /// Line of the first row.
    first: u64,
    wrong: Vec<(u64, String)>,
}

/// Waits for something, and takes what is there besides; `None`: the stream ended.
fn next(receiver: &Receiver<Heard>, broken: &mut Option<io::Error>) -> Option<Batch> {
    let mut batch = Batch::default();
    let mut came = receiver.recv().ok();
    while let Some(one) = came {
        match one {
            Heard::Row(row) if batch.rows.is_empty() => {
                batch.first = row.number;
                batch.rows.push(row);
            }
            Heard::Row(row) => batch.rows.push(row),
            Heard::Wrong(line, sentence) => batch.wrong.push((line, sentence)),
            Heard::Broken(error) => *broken = Some(error),
        }
        let is_full = batch.rows.len() == BATCH || batch.wrong.len() == BATCH;
        came = if is_full { None } else { receiver.try_recv().ok() };
    }
    (!batch.rows.is_empty() || !batch.wrong.is_empty()).then_some(batch)
}

/// Reads until the stream ends, or nobody wants to know any more.
fn read(source: impl Read, clock: &Clock, sender: &SyncSender<Heard>) {
    for line in Lines::new(source, LINE_MOST) {
        let said = match line {
            Ok(Line::Whole(_, line)) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Ok(Line::Whole(number, line)) => match EventRow::read(number, unmarked(number, &line), clock) {
                Ok(row) => Heard::Row(row),
                Err(sentence) => Heard::Wrong(number, sentence),
            },
            Ok(Line::TooLong(number)) => {
                Heard::Wrong(number, format!("The line is too long: {} MB at most", LINE_MOST >> 20))
            }
            Err(error) => Heard::Broken(error),
        };
        if sender.send(said).is_err() {
            return;
        }
    }
}

/// Without the mark that some programs begin a file with.
fn unmarked(number: u64, line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").filter(|_| number == 1).unwrap_or(line)
}
