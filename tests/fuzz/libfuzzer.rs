//! Runs a target with libFuzzer, guided by coverage.

use std::ffi::{CString, c_char, c_int};
use std::fs;
use std::path::Path;
use std::sync::{Mutex, Once, OnceLock};
use std::time::{Duration, Instant};

use libfuzzer_sys as _;
use taskscope::math::seed::Seed;

use super::mutate::mutate;
use super::run::{MOST, Target, asked, corpus, fault_of, keep, listen};

type Callback = extern "C" fn(*const u8, usize) -> c_int;

unsafe extern "C" {
    fn LLVMFuzzerRunDriver(argc: *mut c_int, argv: *mut *mut *mut c_char, run: Callback) -> c_int;
    fn _exit(code: c_int) -> !;
    fn LLVMFuzzerMutate(data: *mut u8, size: usize, most: usize) -> usize;
}

/// What the callbacks need.
struct Running {
    target: Target,
    words: Vec<String>,
    end: Instant,
    found: Mutex<(u64, Vec<String>)>,
}

static RUNNING: OnceLock<Running> = OnceLock::new();

/// Asked for by the library, which has its own way to name a target.
#[unsafe(no_mangle)]
extern "C" fn rust_fuzzer_test_input(_: *const u8, _: usize) -> c_int {
    0
}

extern "C" fn one(data: *const u8, size: usize) -> c_int {
    let Some(running) = RUNNING.get() else { return 0 };
    let bytes = match size {
        0 => &[],
        // SAFETY: the library passes a buffer of this size.
        _ => unsafe { std::slice::from_raw_parts(data, size) },
    };
    // The library ends the program at a panic, unless this comes after it.
    static LISTENING: Once = Once::new();
    LISTENING.call_once(listen);
    let fault = fault_of(&running.target, bytes);
    let mut found = running.found.lock().unwrap();
    found.0 += 1;
    if let Some(fault) = fault
        && !found.1.iter().any(|known| known.starts_with(&fault.place))
    {
        let path = keep(&running.target, bytes);
        found.1.push(format!("{}: {} ({})", fault.place, fault.message, path.display()));
    }
    if Instant::now() > running.end {
        use std::io::Write as _;
        let name = running.target.name;
        let said = format!("{name}: {} inputs, {} faults\n", found.0, found.1.len());
        let _ = std::io::stderr().write_all((said + &found.1.join("\n") + "\n").as_bytes());
        // SAFETY: ends the program; the library takes another end for a fault.
        unsafe { _exit(c_int::from(!found.1.is_empty())) };
    }
    0
}

/// Half of the changes are the library's, half of them those of tokens and lines.
#[unsafe(no_mangle)]
extern "C" fn LLVMFuzzerCustomMutator(data: *mut u8, size: usize, most: usize, seed: u32) -> usize {
    let Some(running) = RUNNING.get().filter(|_| seed % 2 == 0) else {
        // SAFETY: the buffer is that of the library.
        return unsafe { LLVMFuzzerMutate(data, size, most) };
    };
    // SAFETY: the library passes a buffer of `most` bytes, of which `size` are the input.
    let buffer = unsafe { std::slice::from_raw_parts_mut(data, most) };
    let input = buffer[..size].to_vec();
    let rng = &mut Seed::new(u64::from(seed)).rng();
    let new = mutate(&input, &input, &running.words, rng);
    let length = new.len().min(most);
    buffer[..length].copy_from_slice(&new[..length]);
    length
}

/// Runs a target for the time of `FUZZ_SECONDS`, then ends the program.
pub(super) fn run(target: &Target, seeds: &[Vec<u8>]) {
    let seconds = Duration::from_secs(asked("FUZZ_SECONDS").unwrap_or(600));
    let grown = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz").join(target.name);
    fs::create_dir_all(&grown).unwrap();
    for seed in seeds.iter().filter(|seed| seed.len() <= MOST) {
        fs::write(grown.join(format!("seed-{:08x}", crc32fast::hash(seed))), seed).unwrap();
    }
    let running = Running {
        target: Target { ..*target },
        words: (target.words)(),
        end: Instant::now() + seconds,
        found: Mutex::default(),
    };
    assert!(RUNNING.set(running).is_ok(), "name one target");
    let kept = corpus(target);
    let mut words = vec![
        target.name.to_owned(),
        format!("-max_len={MOST}"),
        "-timeout=60".to_owned(),
        "-rss_limit_mb=3000".to_owned(),
        "-print_final_stats=1".to_owned(),
        format!("-artifact_prefix={}/", grown.parent().unwrap().display()),
        grown.display().to_string(),
    ];
    words.extend(kept.exists().then(|| kept.display().to_string()));
    let words: Vec<CString> = words.into_iter().map(|word| CString::new(word).unwrap()).collect();
    let mut pointers: Vec<*mut c_char> =
        words.iter().map(|word| word.as_ptr().cast_mut()).collect();
    let mut count = pointers.len() as c_int;
    pointers.push(std::ptr::null_mut());
    let mut pointers = pointers.as_mut_ptr();
    // SAFETY: the words live until the end, which is that of the program.
    unsafe { LLVMFuzzerRunDriver(&mut count, &mut pointers, one) };
}
