//! Any bytes: no reader panics, and none asks for much more memory than there are bytes.

use std::num::NonZeroU64;

use proptest::prelude::*;
use taskscope::dataset::table::preview::preview;
use taskscope::dataset::{Dataset, ReadOptions, folder, npy, npz, table};
use taskscope::error::Result;

use super::arrays::archive;
use super::manifests::two_tasks;
use super::{matrix, vector};
use crate::proportion::ASKED;

/// Memory that a reader may ask for in all, whatever it reads: the sample of a table, the state of
/// a decompressor.
const BASE: usize = 6 << 20;
/// Memory that it may ask for besides, for each byte of the file.
const EACH: usize = 600;

/// Bytes that are allocated on this thread while `work` runs.
fn allocations(work: impl FnOnce()) -> usize {
    let before = ASKED.get();
    work();
    ASKED.get() - before
}

fn options() -> ReadOptions {
    ReadOptions { one_hot: true, drop_bad: true, max_bytes: 1 << 26, ..ReadOptions::default() }
}

/// The same, with fewer rows kept than most files have, so that sums are taken.
fn sampling() -> ReadOptions {
    ReadOptions { keep: NonZeroU64::new(20), ..options() }
}

/// Number of cases: that of the variable PROPTEST_CASES, or as many as are quick.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(150)
}

/// Reads the bytes; the data set if the reader makes one.
type Reader<'b> = &'b dyn Fn() -> Option<Result<Dataset>>;

/// Reads bytes with every reader.
fn read_all(bytes: &[u8]) {
    for options in [options(), sampling()] {
        read_with(bytes, &options);
    }
}

fn read_with(bytes: &[u8], options: &ReadOptions) {
    let readers: [(&str, Reader<'_>); 6] = [
        ("npy", &|| {
            let _ = npy::read(&mut &bytes[..], "f", options.max_bytes);
            None
        }),
        ("npz", &|| Some(npz::read(std::io::Cursor::new(bytes), "f", options))),
        ("table", &|| Some(table::read(&mut &bytes[..], "f", options))),
        ("preview", &|| {
            let _ = preview(&mut &bytes[..], "f");
            None
        }),
        ("manifest", &|| {
            let mut open =
                |_: &str| -> std::io::Result<Box<dyn std::io::Read + '_>> { Ok(Box::new(bytes)) };
            Some(folder::read_manifest(&mut open, options))
        }),
        ("pair", &|| {
            let (mut x, mut y) = (bytes, bytes);
            Some(folder::read_pair("t", ("x", &mut x), ("y", &mut y), options))
        }),
    ];
    for (name, read) in readers {
        let mut found = None;
        let asked = allocations(|| found = read());
        assert!(asked <= BASE + EACH * bytes.len(), "{name}: {asked} for {}", bytes.len());
        if let Some(Ok(dataset)) = found {
            assert!(dataset.tasks.iter().all(|task| task.x.iter().all(|x| x.is_finite())));
            for all in dataset.tasks.iter().filter_map(|task| task.moments.as_ref()) {
                assert!(all.xx.iter().chain(&all.xy).all(|sum| sum.is_finite()) && all.yy >= 0.0);
            }
        }
    }
}

/// Good files of all kinds.
fn good() -> Vec<Vec<u8>> {
    let x = matrix(30, 2, |row, column| (row * 2 + column) as f64);
    let y = vector((0..30).map(|row| f64::from(row % 2)));
    let rows: String = (0..30).map(|row| format!("{row},{},{}\n", row % 4, row % 2)).collect();
    let german: String =
        (0..30).map(|row| format!("\"{row},5\";w{};{}\r\n", row % 4, row % 2)).collect();
    vec![
        archive(&[("X.npy", x.clone()), ("y.npy", y.clone())], false),
        archive(&[("X.npy", x.clone()), ("y.npy", y.clone())], true),
        x,
        y,
        format!("a,b,y\n{rows}").into_bytes(),
        format!("\u{feff}sep=;\r\na;b;y\r\n{german}").into_bytes(),
        format!(
            r#"{{"kind": "classification", "tasks": {{"one": ""}}, "files": {{{}}}}}"#,
            two_tasks()
                .keys()
                .map(|name| format!(r#""{name}": {{"shape": [3]}}"#))
                .collect::<Vec<_>>()
                .join(",")
        )
        .into_bytes(),
    ]
}

/// A change to bytes: where, what is put there, and how many bytes it replaces.
type Change = (prop::sample::Index, Vec<u8>, usize);

fn change() -> impl Strategy<Value = Change> {
    let interesting = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..4),
        Just(b"\"".to_vec()),
        Just(b"\n".to_vec()),
        Just(b",".to_vec()),
        Just(b"9999999999".to_vec()),
        Just(b"\xff\xff\xff\xff".to_vec()),
        Just(b"NaN".to_vec()),
    ];
    (any::<prop::sample::Index>(), interesting, 0_usize..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic_and_never_ask_for_much(
        bytes in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..400),
            "[0-9a-c,;\"\n\r.\t|=-]{0,400}".prop_map(String::into_bytes),
            proptest::collection::vec(any::<u8>(), 0..100)
                .prop_map(|bytes| [b"\x93NUMPY\x01\x00".to_vec(), bytes].concat()),
        ]
    ) {
        read_all(&bytes);
    }

    #[test]
    fn good_files_with_changes_never_panic_and_never_ask_for_much(
        file in 0_usize..7,
        changes in proptest::collection::vec(change(), 1..5),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = good().swap_remove(file);
        for (at, new, replaced) in changes {
            let start = at.index(bytes.len() + 1);
            let end = (start + replaced).min(bytes.len());
            bytes.splice(start..end, new);
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len() + 1));
        }
        read_all(&bytes);
    }
}

#[test]
fn good_files_are_good_before_they_are_changed() {
    let files = good();
    let read = |at: usize| table::read(&mut &files[at][..], "f", &options());
    assert!(npz::read(std::io::Cursor::new(&files[0][..]), "f", &options()).is_ok());
    assert!(npz::read(std::io::Cursor::new(&files[1][..]), "f", &options()).is_ok());
    assert!(read(4).is_ok() && read(5).is_ok());
}

#[test]
fn a_header_that_promises_much_asks_for_little() {
    let promise = super::npy("'<f8'", "False", "(200000000, 1)", &[0; 80]);
    let asked = allocations(|| {
        assert!(npy::read(&mut &promise[..], "f", 1 << 40).is_err());
    });
    assert!(asked < 1 << 20, "{asked}");
}

#[test]
fn a_small_archive_of_many_zeros_is_never_unpacked_as_a_whole() {
    let zeros = matrix(400_000, 5, |_, _| 0.0);
    let bytes =
        archive(&[("X.npy", zeros), ("y.npy", vector(std::iter::repeat_n(0.0, 400_000)))], true);
    assert!(bytes.len() < 100_000);
    let small = ReadOptions { max_bytes: 1 << 20, ..ReadOptions::default() };
    let asked = allocations(|| {
        let message = npz::read(std::io::Cursor::new(&bytes[..]), "f", &small).unwrap_err();
        assert!(message.to_string().contains("only the label 0"), "{message}");
    });
    // The arrays alone would take 19 MB; every block asks for a little.
    assert!(asked < 15 << 20, "{asked}");
}

#[test]
fn a_row_without_end_is_refused_and_asks_for_a_bounded_part() {
    // Three lines, then a quote that nothing closes.
    struct Endless(usize);
    impl std::io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let start = b"a,b,y\n1,2,0\n1,2,1\n1,\"";
            for byte in buffer.iter_mut() {
                *byte = start.get(self.0).copied().unwrap_or(b'x');
                self.0 += 1;
            }
            Ok(buffer.len())
        }
    }
    let asked = allocations(|| {
        let message = table::read(&mut Endless(0), "f", &options()).unwrap_err().to_string();
        assert!(message.contains("quote that is not closed"), "{message}");
    });
    assert!(asked < 120 << 20, "{asked}");
}
