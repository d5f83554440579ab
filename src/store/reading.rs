//! Data files that are read once, from their start to their end: a thread reads ahead and hashes
//! the bytes while others make numbers of them, and all bytes are counted.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use sha2::{Digest, Sha256};

use super::bounded::regular;
use crate::cancel::Cancel;

/// Bytes that are read before a thread is worth while.
const FIRST: usize = 1 << 16;
/// Bytes of a block.
const BLOCK: usize = 1 << 20;
/// Blocks that are read ahead.
const AHEAD: usize = 3;

/// Bytes of data sets that were read, and that are to be read in all.
static DONE: AtomicU64 = AtomicU64::new(0);
static TOTAL: AtomicU64 = AtomicU64::new(0);

thread_local! {
    /// What stops the reading of files on this thread.
    static STOP: RefCell<Cancel> = RefCell::default();
}

/// Does some work in which the reading of data files fails once `cancel` says so.
pub fn until<T>(cancel: &Cancel, work: impl FnOnce() -> T) -> T {
    let before = STOP.replace(cancel.clone());
    let done = work();
    STOP.set(before);
    done
}

/// What stops the reading of files on this thread.
pub(super) fn stop() -> Cancel {
    STOP.with_borrow(Clone::clone)
}

/// Bytes of the data set in reading: read so far, and in all.
pub fn progress() -> (u64, u64) {
    (DONE.load(Ordering::Relaxed), TOTAL.load(Ordering::Relaxed))
}

/// Begins to count anew; `total` bytes will be read.
pub(super) fn expect(total: u64) {
    DONE.store(0, Ordering::Relaxed);
    TOTAL.store(total, Ordering::Relaxed);
}

/// Reads from a file, unless reading is stopped.
pub(super) fn read(file: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    match STOP.with_borrow(Cancel::is_cancelled) {
        true => Err(io::Error::other("reading was stopped")),
        false => file.read(block),
    }
}

/// The same, and counts the bytes.
pub(super) fn counted(file: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    let count = read(file, block)?;
    DONE.fetch_add(count as u64, Ordering::Relaxed);
    Ok(count)
}

/// A regular file that is read ahead.
pub(super) struct ReadAhead {
    block: Vec<u8>,
    at: usize,
    ahead: Ahead,
}

/// What comes behind the block.
enum Ahead {
    /// The file, which no thread reads yet.
    File(File, Option<Sha256>),
    Thread(Blocks),
    Ended(Option<Sha256>),
}

/// The blocks that a thread reads.
struct Blocks {
    full: Receiver<io::Result<Vec<u8>>>,
    used: Sender<Vec<u8>>,
    thread: JoinHandle<Option<Sha256>>,
}

impl ReadAhead {
    /// Opens a regular file, which is hashed if that is wanted.
    pub(super) fn open(path: &Path, is_hashed: bool) -> io::Result<Self> {
        regular(path)?;
        let ahead = Ahead::File(File::open(path)?, is_hashed.then(Sha256::new));
        Ok(Self { block: Vec::new(), at: 0, ahead })
    }

    /// Reads to the end of the file; the SHA-256 of all its bytes, if it is hashed.
    pub(super) fn digest(mut self) -> io::Result<Option<[u8; 32]>> {
        while self.fill()? {
            self.at = self.block.len();
        }
        match self.ahead {
            Ahead::Ended(hash) => Ok(hash.map(|hash| hash.finalize().into())),
            Ahead::File(..) | Ahead::Thread(_) => Ok(None),
        }
    }

    /// Gets the next block if this one was used up; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        if self.at < self.block.len() {
            return Ok(true);
        }
        self.at = 0;
        let ahead = std::mem::replace(&mut self.ahead, Ahead::Ended(None));
        self.ahead = match ahead {
            Ahead::File(mut file, mut hash) if self.block.is_empty() => {
                let mut block = vec![0; FIRST];
                let count = counted(&mut file, &mut block)?;
                block.truncate(count);
                hash.iter_mut().for_each(|hash| hash.update(&block));
                self.block = block;
                match count {
                    0 => Ahead::Ended(hash),
                    _ => Ahead::File(file, hash),
                }
            }
            Ahead::File(file, hash) => {
                self.block.clear();
                self.ahead = Ahead::Thread(Blocks::start(file, hash)?);
                return self.fill();
            }
            Ahead::Thread(blocks) => {
                let _ = blocks.used.send(std::mem::take(&mut self.block));
                match blocks.full.recv() {
                    Ok(block) => {
                        self.block = block?;
                        Ahead::Thread(blocks)
                    }
                    Err(_) => {
                        self.block = Vec::new();
                        let stopped = |_| io::Error::other("reading was stopped");
                        Ahead::Ended(blocks.thread.join().map_err(stopped)?)
                    }
                }
            }
            Ahead::Ended(hash) => {
                self.block = Vec::new();
                Ahead::Ended(hash)
            }
        };
        Ok(!self.block.is_empty())
    }
}

impl Blocks {
    fn start(mut file: File, mut hash: Option<Sha256>) -> io::Result<Self> {
        let (send, full) = sync_channel::<io::Result<Vec<u8>>>(AHEAD);
        let (used, free) = channel::<Vec<u8>>();
        let stop = stop();
        let blocks = move || {
            while let Some(block) = next(&mut file, &mut hash, &free, &send) {
                if send.send(Ok(block)).is_err() {
                    break;
                }
            }
            hash
        };
        let thread = std::thread::Builder::new().name("read-ahead".to_owned());
        let thread = thread.spawn(move || until(&stop, blocks))?;
        Ok(Self { full, used, thread })
    }
}

/// The next block of a file, in a used one if there is one; `None` at the end and after an error,
/// which is sent.
fn next(
    file: &mut File,
    hash: &mut Option<Sha256>,
    free: &Receiver<Vec<u8>>,
    send: &SyncSender<io::Result<Vec<u8>>>,
) -> Option<Vec<u8>> {
    let mut block = free.try_recv().unwrap_or_default();
    block.resize(BLOCK, 0);
    loop {
        match counted(file, &mut block) {
            Ok(0) => return None,
            Ok(count) => {
                block.truncate(count);
                hash.iter_mut().for_each(|hash| hash.update(&block));
                return Some(block);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let _ = send.send(Err(error));
                return None;
            }
        }
    }
}

impl Read for ReadAhead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || !self.fill()? {
            return Ok(0);
        }
        let count = buffer.len().min(self.block.len() - self.at);
        buffer[..count].copy_from_slice(&self.block[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
