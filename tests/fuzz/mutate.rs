//! Changes of inputs: of tokens, lines, brackets, numbers and bytes.

use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::run::MOST;

/// Numbers at which something may change.
const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "2",
    "3",
    "0.5",
    "1.5",
    "7",
    "64",
    "100",
    "255",
    "256",
    "1000",
    "65535",
    "65536",
    "100000",
    "1e6",
    "1e9",
    "1e12",
    "1e15",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "1e-9",
    "1e-12",
    "1e-300",
    "5e-324",
    "1e300",
    "1.7976931348623157e308",
    "1e309",
    "-1e308",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "00",
    "01",
    "1_000",
    "0x10",
    "1.",
    ".5",
    "+5",
    "1e",
    "1,5",
    "180",
    "360",
    "-90",
    "0.1",
    "0.30000000000000004",
    "1/2",
    "2/3",
];

/// Bytes at which something may change.
const PIECES: &[&[u8]] = &[
    b"\"",
    b"'",
    b"\n",
    b"\r\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b":",
    b"=",
    b"{",
    b"}",
    b"[",
    b"]",
    b"{}",
    b"[]",
    b"null",
    b"true",
    b"false",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x00\x00\x00\x00",
    b"\xef\xbb\xbf",
    b"\xc3\xa9",
    b"\xe2\x80\xae",
    b"\x1b[2J",
    b"#",
    b"<!--",
    b"&#0;",
    b"&",
    b"<",
    b">",
    b"..",
    b"/",
    b"%",
];

/// The input after some changes; `other` gives pieces.
pub(super) fn mutate(
    input: &[u8],
    other: &[u8],
    words: &[String],
    rng: &mut ChaCha8Rng,
) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..[1, 1, 1, 2, 3, 5, 9].choose(rng).copied().unwrap_or(1) {
        bytes = once(&bytes, other, words, rng);
    }
    bytes.truncate(MOST);
    bytes
}

fn once(input: &[u8], other: &[u8], words: &[String], rng: &mut ChaCha8Rng) -> Vec<u8> {
    match rng.random_range(0..14) {
        0..4 => with_token(input, rng, |token, rng| match is_number(token) {
            true => NUMBERS.choose(rng).map(|number| number.as_bytes().to_vec()),
            false => None,
        }),
        4 => with_token(input, rng, |_, rng| words.choose(rng).map(|word| word.clone().into())),
        5 => {
            let found = tokens(other);
            with_token(input, rng, |_, rng| found.choose(rng).map(|token| token.to_vec()))
        }
        6 => with_token(input, rng, |_, _| Some(Vec::new())),
        7 => with_token(input, rng, |token, _| Some([token, token].concat())),
        8 => with_block(input, rng),
        9 => with_lines(input, other, rng),
        10 => spliced(input, rng, |rng| {
            PIECES.choose(rng).map_or_else(Vec::new, |piece| piece.to_vec())
        }),
        11 => spliced(input, rng, |_| Vec::new()),
        12 => {
            let mut bytes = input.to_vec();
            let at = place(&bytes, rng);
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << rng.random_range(0..8);
            }
            bytes
        }
        _ => {
            let (from, to) = (place(other, rng), place(other, rng));
            let at = place(input, rng);
            let part = &other[from.min(to)..from.max(to)];
            [&input[..at], &part[..part.len().min(400)], &input[at..]].concat()
        }
    }
}

fn place(bytes: &[u8], rng: &mut ChaCha8Rng) -> usize {
    rng.random_range(0..=bytes.len())
}

fn is_number(token: &[u8]) -> bool {
    token.iter().any(u8::is_ascii_digit)
        && token.iter().all(|byte| byte.is_ascii_digit() || b".-+eE".contains(byte))
}

/// Runs of letters and digits, of blanks, and single other bytes.
fn tokens(bytes: &[u8]) -> Vec<&[u8]> {
    let kind = |byte: &u8| match byte {
        byte if byte.is_ascii_alphanumeric() || b"_.-+".contains(byte) || *byte >= 128 => 1,
        b' ' => 2,
        _ => 0,
    };
    bytes.chunk_by(|one, other| kind(one) != 0 && kind(one) == kind(other)).collect()
}

/// Replaces one token; a number among the first tries if `change` refuses the others.
fn with_token(
    input: &[u8],
    rng: &mut ChaCha8Rng,
    change: impl Fn(&[u8], &mut ChaCha8Rng) -> Option<Vec<u8>>,
) -> Vec<u8> {
    let mut all = tokens(input);
    for _ in 0..20 {
        if all.is_empty() {
            break;
        }
        let at = rng.random_range(0..all.len());
        if let Some(new) = change(all[at], rng) {
            all[at] = &new;
            return all.concat();
        }
    }
    input.to_vec()
}

/// Deletes or doubles a part between brackets, or the field that holds it.
fn with_block(input: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let opens: Vec<usize> = (0..input.len()).filter(|at| b"{[(\"<".contains(&input[*at])).collect();
    let Some(start) = opens.choose(rng).copied() else { return input.to_vec() };
    let mut depth = 0_usize;
    let mut end = input.len();
    for (at, byte) in input.iter().enumerate().skip(start) {
        match byte {
            b'"' if input[start] == b'"' && at > start => depth = 0,
            b'{' | b'[' | b'(' | b'<' => depth += 1,
            b'}' | b']' | b')' | b'>' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            end = at + 1;
            break;
        }
    }
    let (before, block, after) = (&input[..start], &input[start..end], &input[end..]);
    match rng.random_range(0..5) {
        0 => [before, after].concat(),
        1 => [before, block, b",", block, after].concat(),
        2 => [before, b"[", block, b"]", after].concat(),
        3 => [before, b"null", after].concat(),
        _ => [before, &b"[".repeat(200)[..], block, after].concat(),
    }
}

/// Deletes, doubles, swaps or takes lines.
fn with_lines(input: &[u8], other: &[u8], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = input.split_inclusive(|byte| *byte == b'\n').collect();
    let others: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
    if lines.is_empty() {
        return input.to_vec();
    }
    let (at, to) = (rng.random_range(0..lines.len()), rng.random_range(0..lines.len()));
    match rng.random_range(0..4) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(to, lines[at]),
        2 => lines.swap(at, to),
        _ => lines.insert(at, others.choose(rng).copied().unwrap_or_default()),
    }
    lines.concat()
}

/// Replaces a few bytes.
fn spliced(
    input: &[u8],
    rng: &mut ChaCha8Rng,
    new: impl Fn(&mut ChaCha8Rng) -> Vec<u8>,
) -> Vec<u8> {
    let at = place(input, rng);
    let length = [0, 0, 1, 1, 2, 4, 40].choose(rng).copied().unwrap_or(0);
    let end = (at + length).min(input.len());
    [&input[..at], &new(rng), &input[end..]].concat()
}
