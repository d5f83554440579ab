//! Hostile input: real files and sequences of keys, changed at random.
//!
//! Each target is a property of any bytes. `cargo test` checks the files in `corpus/TARGET`, the
//! seeds and a few changes of them. `FUZZ_SECONDS=600 cargo test --test study fuzz::scenario` goes
//! on with other changes for ten minutes. `.ci/fuzz scenario 600` is guided by coverage: it builds
//! with `cfg(fuzzing)`, which adds libFuzzer.

mod figures;
mod keys;
#[cfg(fuzzing)]
#[allow(unsafe_code)]
mod libfuzzer;
mod line;
mod mutate;
mod records;
mod run;
mod saved;
mod scenarios;
mod tables;

use run::{Target, fuzz};

/// Memory that a reader may ask for in all, whatever it reads: bundled data are unfolded and turned.
const BASE: usize = 32 << 20;
/// Memory that it may ask for besides, for each byte of the input.
const EACH: usize = 4000;

/// One test for each target, so that a failure names it.
macro_rules! targets {
    ($($test:ident: $target:expr, $changes:literal;)*) => {$(
        #[test]
        fn $test() {
            fuzz(&Target { name: stringify!($test), changes: $changes, ..$target });
        }
    )*};
}

targets! {
    scenario: scenarios::SCENARIO, 400;
    study: scenarios::STUDY, 200;
    lesson: scenarios::LESSON, 100;
    share: scenarios::SHARE, 400;
    records: records::RECORDS, 200;
    figure: figures::FIGURE, 60;
    csv: tables::CSV, 300;
    arrays: tables::ARRAYS, 300;
    answers: saved::ANSWERS, 150;
    session: saved::SESSION, 100;
    settings: saved::SETTINGS_FILE, 150;
    line: line::LINE, 12;
    keys: keys::KEYS, 6;
}
