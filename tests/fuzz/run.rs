//! Runs a target over its corpus, its seeds and changes of them.

use std::cell::RefCell;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::{Duration, Instant};

use rand::seq::IndexedRandom;
use taskscope::math::seed::Seed;
use taskscope::worker::fault::words;

use super::mutate::mutate;

/// Longest time for one input; more counts as a hang.
const LONGEST: Duration = Duration::from_secs(30);
/// Longest input, in bytes.
pub(super) const MOST: usize = 1 << 16;

/// A property that must hold for any bytes.
pub(super) struct Target {
    /// Its name, and that of its folder in the corpus.
    pub name: &'static str,
    /// The number of changed seeds in a test.
    pub changes: usize,
    /// Words that may be put into an input.
    pub words: fn() -> Vec<String>,
    /// Real inputs.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Panics if the property does not hold.
    pub check: fn(&[u8]),
}

/// A fault, and where it was found.
#[derive(Debug)]
pub(super) struct Fault {
    /// The place of the panic, or `hang`.
    pub place: String,
    /// The message.
    pub message: String,
}

thread_local! {
    /// The last panic of this thread.
    static PANIC: RefCell<Option<Fault>> = const { RefCell::new(None) };
    /// True while panics are caught, and not to be printed.
    static QUIET: RefCell<bool> = const { RefCell::new(false) };
}

/// Notes panics of this thread, and prints only those that are not caught.
pub(super) fn listen() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map_or_else(String::new, ToString::to_string);
        let message = words(info.payload());
        PANIC.set(Some(Fault { place, message }));
        if !QUIET.with_borrow(|quiet| *quiet) {
            before(info);
        }
    }));
}

/// Checks an input; the fault if the property does not hold.
pub(super) fn fault_of(target: &Target, bytes: &[u8]) -> Option<Fault> {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(listen);
    QUIET.set(true);
    let begun = Instant::now();
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| (target.check)(bytes)));
    QUIET.set(false);
    let took = begun.elapsed();
    match outcome {
        Err(_) => PANIC
            .take()
            .or_else(|| Some(Fault { place: "another thread".into(), message: String::new() })),
        Ok(()) if took > LONGEST => {
            Some(Fault { place: "hang".into(), message: format!("{took:?}") })
        }
        Ok(()) => None,
    }
}

/// The folder of a target in the corpus.
pub(super) fn corpus(target: &Target) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target.name)
}

/// The files of the corpus of a target.
fn kept(target: &Target) -> Vec<(String, Vec<u8>)> {
    let Ok(files) = fs::read_dir(corpus(target)) else { return Vec::new() };
    let paths = files.map(|file| file.unwrap().path());
    let mut kept: Vec<_> =
        paths.map(|path| (path.display().to_string(), fs::read(path).unwrap())).collect();
    kept.sort();
    kept
}

/// Keeps an input with a fault as a file, and returns its path.
pub(super) fn keep(target: &Target, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-faults").join(target.name);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{:08x}", crc32fast::hash(bytes)));
    fs::write(&path, bytes).unwrap();
    path
}

/// A number from an environment variable.
pub(super) fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs a target: guided by coverage if it is built so, else over changed seeds.
pub(super) fn fuzz(target: &Target) {
    let seeds = (target.seeds)();
    let real = seeds.iter().map(|seed| ("a seed".to_owned(), seed.clone()));
    let mut pool: Vec<Vec<u8>> = Vec::new();
    for (name, bytes) in kept(target).into_iter().chain(real) {
        let fault = fault_of(target, &bytes);
        assert!(fault.is_none(), "{name}: {fault:?}");
        pool.push(bytes);
    }
    #[cfg(fuzzing)]
    super::libfuzzer::run(target, &seeds);
    #[cfg(not(fuzzing))]
    changed(target, &pool);
}

/// Checks changes of a pool of inputs: as many as a test has time for, or for the time of
/// `FUZZ_SECONDS`.
#[cfg_attr(fuzzing, allow(dead_code))]
fn changed(target: &Target, pool: &[Vec<u8>]) {
    let words = (target.words)();
    let seconds = asked("FUZZ_SECONDS").map(Duration::from_secs);
    let seed = Seed::new(asked("FUZZ_SEED").unwrap_or(1)).child(target.name, 0);
    let begun = Instant::now();
    let (mut number, mut faults) = (0, Vec::<String>::new());
    while seconds.map_or(number < target.changes, |seconds| begun.elapsed() < seconds) {
        let rng = &mut seed.child("change", number as u64).rng();
        let Some(chosen) = pool.choose(rng) else { break };
        let other = pool.choose(rng).unwrap_or(chosen);
        let bytes = mutate(chosen, other, &words, rng);
        number += 1;
        let Some(fault) = fault_of(target, &bytes) else { continue };
        if !faults.iter().any(|known| known.starts_with(&fault.place)) {
            let path = keep(target, &bytes);
            faults.push(format!("{}: {} ({})", fault.place, fault.message, path.display()));
        }
    }
    if seconds.is_some() {
        use std::io::Write as _;
        let said = format!("{}: {number} inputs, {} faults\n", target.name, faults.len());
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
