//! All rows as one gzipped stream, and back. Behind its header the stream holds records (a tag, then what the tag
//! says), the last of which tells the rows per kind and the checksum of all before it. A new record is a new tag.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

use super::afresh::STEP;
use super::envelope::put_number;
use super::pile::Pile;
use super::{Blocks, FIRST_KIND, LAST_KIND, MOST_KEY, Progress};
use crate::store::error::{LoadError, StoreError};
use crate::store::sled::files::{self, FORMAT, Home};

const MAGIC: &[u8; 10] = b"lejek rows";

const END: u8 = 0;
const PUT: u8 = 1;
const DELETE: u8 = 2;

/// Whether `load` may replace a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    Keep,
    Replace,
}

impl Blocks {
    /// Writes all rows to `to` and says how many. Others may write meanwhile; the backup is of the moment it ends.
    pub fn dump(&self, to: impl Write, progress: Progress) -> Result<u64, StoreError> {
        self.alone(|| {
            let mut out = Out::begin(to).map_err(unwritten)?;
            self.copy(progress, |key, value| out.record(key, value).map_err(unwritten))?;
            let _writer = self.catch_up(|key, value| out.record(key, value).map_err(unwritten))?;
            let tally = &self.gate().tally;
            out.end(&tally.rows).map_err(unwritten)?;
            Ok(tally.all_rows())
        })
    }
}

fn unwritten(source: io::Error) -> StoreError {
    StoreError::Io { doing: "Writing the backup", source }
}

/// Brings a backup back into `folder` and says how many rows it has. What stood there is replaced only once the whole
/// backup was read and found whole.
pub fn load(folder: &Path, from: impl Read, existing: Existing, progress: Progress) -> Result<u64, LoadError> {
    let home = Home::claim(folder)?;
    if existing == Existing::Keep && home.db().exists() {
        return Err(LoadError::NotEmpty { folder: folder.to_owned() });
    }
    let loaded = read_in(&home, from, progress);
    if loaded.is_err() {
        // What remains of it is removed at the next start.
        let _ = home.discard_fresh();
        return loaded;
    }
    let swapped = home.break_seal().and_then(|()| home.swap()).and_then(|()| home.write_format());
    swapped.map_err(|source| files::refusal(folder, source))?;
    loaded
}

fn read_in(home: &Home, from: impl Read, progress: Progress) -> Result<u64, LoadError> {
    let stream = In::begin(from)?;
    let mut pile = Pile::begin(home)?;
    let mut rows = 0;
    let told = stream.each(|key, value| {
        pile.take(key, value)?;
        rows += 1;
        if rows % STEP == 0 && progress(rows).is_break() { Err(StoreError::Cancelled.into()) } else { Ok(()) }
    })?;
    let pile = pile.settle()?;
    let held: BTreeMap<_, _> = pile.tally().rows.range(..=LAST_KIND).map(|(&kind, &rows)| (kind, rows)).collect();
    if held != told {
        return Err(wrong("it holds other numbers of rows than it says"));
    }
    let rows = pile.tally().all_rows();
    pile.finish(0)?;
    Ok(rows)
}

/// Reads a backup to its end, keeps nothing of it, and says how many rows it brings back: whole, in order, and as many
/// as it says. `open` may be called twice.
pub fn look_through<R: Read>(mut open: impl FnMut() -> io::Result<R>) -> Result<u64, LoadError> {
    let mut open = || open().map_err(LoadError::Read);
    let mut rows: BTreeMap<u8, i64> = BTreeMap::new();
    let mut late = BTreeMap::new();
    let mut last = Vec::new();
    let told = In::begin(open()?)?.each(|key, value| {
        // Behind the copy come, in order again, the rows that were written meanwhile.
        if key > last.as_slice() && late.is_empty() {
            *rows.entry(key[0]).or_default() += i64::from(value.is_some());
            key.clone_into(&mut last);
        } else {
            late.insert(key.to_vec(), value.is_some());
        }
        Ok(())
    })?;
    if !late.is_empty() {
        let mut before = BTreeSet::new();
        let mut is_late = false;
        let mut last = Vec::new();
        In::begin(open()?)?.each(|key, value| {
            is_late |= key <= last.as_slice();
            if !is_late {
                key.clone_into(&mut last);
                if value.is_some() && late.contains_key(key) {
                    before.insert(key.to_vec());
                }
            }
            Ok(())
        })?;
        for (key, is_put) in late {
            *rows.entry(key[0]).or_default() += i64::from(is_put) - i64::from(before.contains(&key));
        }
    }
    let rows = rows.into_iter().filter_map(|(kind, rows)| Some((kind, u64::try_from(rows).ok()?)));
    let counted: BTreeMap<u8, u64> = rows.filter(|(_, rows)| *rows > 0).collect();
    if counted != told.into_iter().filter(|(_, rows)| *rows > 0).collect() {
        return Err(wrong("it holds other numbers of rows than it says"));
    }
    Ok(counted.values().sum())
}

struct Out<W: Write> {
    gz: GzEncoder<W>,
    crc: crc32fast::Hasher,
    record: Vec<u8>,
}

impl<W: Write> Out<W> {
    fn begin(to: W) -> io::Result<Self> {
        // Measured: the best level takes four times as long for a tenth less.
        let gz = GzEncoder::new(to, Compression::fast());
        let mut out = Self { gz, crc: crc32fast::Hasher::new(), record: Vec::new() };
        out.record.extend(MAGIC);
        out.record.extend(FORMAT.to_le_bytes());
        out.flush()?;
        Ok(out)
    }

    fn record(&mut self, key: &[u8], value: Option<&[u8]>) -> io::Result<()> {
        self.record.push(if value.is_some() { PUT } else { DELETE });
        for bytes in [Some(key), value].into_iter().flatten() {
            put_number(&mut self.record, bytes.len() as u64);
            self.record.extend(bytes);
        }
        self.flush()
    }

    fn end(mut self, rows: &BTreeMap<u8, u64>) -> io::Result<()> {
        self.record.push(END);
        let kinds = rows.range(..=LAST_KIND);
        put_number(&mut self.record, kinds.clone().count() as u64);
        for (&kind, &rows) in kinds {
            self.record.push(kind);
            put_number(&mut self.record, rows);
        }
        self.flush()?;
        self.gz.write_all(&self.crc.finalize().to_le_bytes())?;
        self.gz.finish()?.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.crc.update(&self.record);
        self.gz.write_all(&self.record)?;
        self.record.clear();
        Ok(())
    }
}

struct In<R: Read> {
    gz: BufReader<GzDecoder<BufReader<R>>>,
    crc: crc32fast::Hasher,
}

impl<R: Read> In<R> {
    fn begin(from: R) -> Result<Self, LoadError> {
        let gz = BufReader::new(GzDecoder::new(BufReader::new(from)));
        let mut stream = Self { gz, crc: crc32fast::Hasher::new() };
        let mut magic = [0; MAGIC.len()];
        match stream.fill(&mut magic) {
            Ok(()) if magic == *MAGIC => {}
            Ok(()) | Err(LoadError::Damaged { .. }) => return Err(LoadError::NotABackup),
            Err(error) => return Err(error),
        }
        let mut format = [0; 4];
        stream.fill(&mut format)?;
        match u32::from_le_bytes(format) {
            FORMAT => Ok(stream),
            found if found > FORMAT => Err(LoadError::Newer { found, known: FORMAT }),
            _ => Err(LoadError::NotABackup),
        }
    }

    /// Shows every record, the value of one that deletes being none; answers the rows per kind that it tells at its end.
    fn each(
        mut self,
        mut see: impl FnMut(&[u8], Option<&[u8]>) -> Result<(), LoadError>,
    ) -> Result<BTreeMap<u8, u64>, LoadError> {
        loop {
            match self.byte()? {
                tag @ (PUT | DELETE) => {
                    let key = self.key()?;
                    let value = if tag == PUT { Some(self.value()?) } else { None };
                    see(&key, value.as_deref())?;
                }
                END => return self.end(),
                _ => return Err(wrong("a record of an unknown kind")),
            }
        }
    }

    fn key(&mut self) -> Result<Vec<u8>, LoadError> {
        let len = self.number()?;
        if len > MOST_KEY as u64 {
            return Err(wrong("a key that is too long"));
        }
        let key = self.bytes(len)?;
        match key.first() {
            Some(FIRST_KIND..=LAST_KIND) => Ok(key),
            _ => Err(wrong("a row of an unknown kind")),
        }
    }

    fn value(&mut self) -> Result<Vec<u8>, LoadError> {
        let len = self.number()?;
        self.bytes(len)
    }

    fn end(mut self) -> Result<BTreeMap<u8, u64>, LoadError> {
        let mut rows = BTreeMap::new();
        for _ in 0..self.number()? {
            let kind = self.byte()?;
            rows.insert(kind, self.number()?);
        }
        let sum = self.crc.clone().finalize();
        let mut told = [0; 4];
        self.fill(&mut told)?;
        if u32::from_le_bytes(told) != sum {
            return Err(wrong("its checksum does not fit"));
        }
        // At its end the decoder compares gzip's own checksum.
        match self.gz.fill_buf().map_err(unread)? {
            [] => Ok(rows),
            _ => Err(wrong("it goes on behind its end")),
        }
    }

    fn byte(&mut self) -> Result<u8, LoadError> {
        let mut byte = [0];
        self.fill(&mut byte)?;
        Ok(byte[0])
    }

    fn number(&mut self) -> Result<u64, LoadError> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(wrong("a number that is too large"))
    }

    /// The memory grows with what is really there, whatever the length says.
    fn bytes(&mut self, len: u64) -> Result<Vec<u8>, LoadError> {
        let mut bytes = Vec::new();
        self.gz.by_ref().take(len).read_to_end(&mut bytes).map_err(unread)?;
        if (bytes.len() as u64) < len {
            return Err(LoadError::Cut);
        }
        self.crc.update(&bytes);
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), LoadError> {
        self.gz.read_exact(bytes).map_err(unread)?;
        self.crc.update(bytes);
        Ok(())
    }
}

fn unread(error: io::Error) -> LoadError {
    match error.kind() {
        ErrorKind::UnexpectedEof => LoadError::Cut,
        ErrorKind::InvalidData | ErrorKind::InvalidInput => wrong("it cannot be unpacked"),
        _ => LoadError::Read(error),
    }
}

fn wrong(what: &str) -> LoadError {
    LoadError::Damaged { what: what.into() }
}
