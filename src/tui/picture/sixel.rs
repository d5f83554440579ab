//! Sixels: six rows at a time, colour by colour (DEC VT340, as in xterm).

use std::collections::HashMap;

use crate::figure::image::Image;

/// The most colours.
const COLOURS: usize = 256;
/// Shortest run of equal characters that is written with a repeat count.
const WORTH: usize = 4;

type Rgb = [u8; 3];

/// Encodes a picture in its 256 most frequent colours; other colours become the nearest of these.
pub(super) fn encode(image: &Image) -> String {
    let (width, height) = (image.width as usize, image.height as usize);
    let pixels: Vec<Rgb> = image.pixels.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
    let palette = palette(&pixels);
    let mut known: HashMap<Rgb, usize> = HashMap::new();
    let places: Vec<usize> = pixels
        .iter()
        .map(|pixel| *known.entry(*pixel).or_insert_with(|| nearest(&palette, *pixel)))
        .collect();
    let mut told = format!("\x1bP0;1;0q\"1;1;{width};{height}");
    for (i, colour) in palette.iter().enumerate() {
        let [red, green, blue] = colour.map(|part| (u32::from(part) * 100 + 127) / 255);
        told += &format!("#{i};2;{red};{green};{blue}");
    }
    let bands = places.chunks(width.max(1) * 6);
    let bands: Vec<String> = bands.map(|rows| band(rows, width.max(1), palette.len())).collect();
    told + &bands.join("-") + "\x1b\\"
}

/// The most frequent colours, in decreasing order.
fn palette(pixels: &[Rgb]) -> Vec<Rgb> {
    let mut counts: HashMap<Rgb, usize> = HashMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut colours: Vec<(Rgb, usize)> = counts.into_iter().collect();
    colours.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    colours.into_iter().take(COLOURS).map(|(colour, _)| colour).collect()
}

fn nearest(palette: &[Rgb], pixel: Rgb) -> usize {
    let far = |colour: &Rgb| -> u32 {
        (0..3).map(|i| u32::from(colour[i].abs_diff(pixel[i])).pow(2)).sum()
    };
    let places = palette.iter().enumerate();
    places.min_by_key(|(_, colour)| far(colour)).map_or(0, |(place, _)| place)
}

/// Encodes up to six rows: for each colour, one character per column, whose bits are the rows.
fn band(places: &[usize], width: usize, colours: usize) -> String {
    let mut letters: Vec<Option<Vec<u8>>> = vec![None; colours];
    for (i, &colour) in places.iter().enumerate() {
        let (row, column) = (i / width, i % width);
        letters[colour].get_or_insert_with(|| vec![0; width])[column] |= 1 << row;
    }
    let line = |(colour, letters): (usize, Option<Vec<u8>>)| {
        letters.map(|letters| format!("#{colour}{}$", counted(&letters)))
    };
    letters.into_iter().enumerate().filter_map(line).collect()
}

/// Run-length encodes the characters; trailing blanks are dropped.
fn counted(letters: &[u8]) -> String {
    let end = letters.iter().rposition(|letter| *letter != 0).map_or(0, |last| last + 1);
    let mut text = String::new();
    for run in letters[..end].chunk_by(|a, b| a == b) {
        let letter = char::from(63 + run[0]);
        match run.len() {
            WORTH.. => text += &format!("!{}{letter}", run.len()),
            count => text.extend(std::iter::repeat_n(letter, count)),
        }
    }
    text
}
