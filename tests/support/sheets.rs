//! Reads PDF and SVG documents with independent libraries.

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use roxmltree::{Document, Node};

/// A text with both ends of its baseline.
pub type Words = (String, (f64, f64), (f64, f64));

/// The only page of a document; lengths in points from its lower left corner.
#[derive(Debug, Default)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    /// Ends and corners of all shapes that are not clipped.
    pub places: Vec<(f64, f64)>,
    /// Numbers of all operators.
    pub numbers: Vec<f64>,
    /// Texts with both ends of their baselines.
    pub words: Vec<Words>,
    /// Heights of the texts in points.
    pub heights: Vec<f64>,
    /// The information dictionary.
    pub information: BTreeMap<String, String>,
    /// Names of the fonts, and whether each is embedded.
    pub fonts: Vec<(String, bool)>,
}

/// Reads a document of one page.
pub fn page(bytes: &[u8]) -> Page {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let pages = pdf.pages();
    assert_eq!(pages.len(), 1);
    let sheet = &pages[0];
    let (width, height) = sheet.base_dimensions();
    let mut page = Page { width: f64::from(width), height: f64::from(height), ..Page::default() };
    let name = Name::new(b"F0").unwrap();
    let font = sheet.resources().get_font(&name).unwrap();
    page.fonts.push(embedded(&font));
    let (characters, widths) = (characters(&font), widths(&font));
    let mut stack: Vec<(Matrix, bool)> = Vec::new();
    let (mut matrix, mut cut) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], false);
    let (mut em, mut text) = (0.0, matrix);
    let mut path: Vec<(f64, f64)> = Vec::new();
    let mut operations = sheet.operations();
    while let Some(operation) = operations.next() {
        let objects: Vec<&Object<'_>> = operation.operands().collect();
        let numbers: Vec<f64> = objects.iter().filter_map(|object| number(object)).collect();
        page.numbers.extend(&numbers);
        match (&**operation.operator, &numbers[..]) {
            (b"q", _) => stack.push((matrix, cut)),
            (b"Q", _) => (matrix, cut) = stack.pop().unwrap(),
            (b"cm", &[a, b, c, d, e, f]) => matrix = times([a, b, c, d, e, f], matrix),
            (b"m" | b"l", &[x, y]) => path.push(at(matrix, (x, y))),
            (b"c", &[.., x, y]) => path.push(at(matrix, (x, y))),
            (b"re", &[x, y, w, h]) => {
                path.extend([at(matrix, (x, y)), at(matrix, (x + w, y + h))]);
            }
            (b"W", _) => cut = true,
            (b"f" | b"S" | b"n" | b"B", _) => {
                let path = std::mem::take(&mut path);
                page.places.extend(path.into_iter().filter(|_| !cut));
            }
            (b"Tf", &[size]) => em = size,
            (b"Tm", &[a, b, c, d, e, f]) => text = times([a, b, c, d, e, f], matrix),
            (b"TJ", _) => {
                let (words, long) = shown(objects[0], &characters, &widths);
                let ends = [(0.0, 0.0), (long / 1000.0 * em, 0.0)].map(|place| at(text, place));
                page.heights.push(em * (matrix[0].powi(2) + matrix[1].powi(2)).sqrt());
                page.words.push((words, ends[0], ends[1]));
            }
            _ => {}
        }
    }
    assert!(stack.is_empty() && path.is_empty(), "states and paths are closed");
    page.information = information(&pdf);
    page
}

/// A text as it is shown, with its length in thousandths of its size.
fn shown(
    object: &Object<'_>,
    characters: &BTreeMap<u16, String>,
    widths: &BTreeMap<u16, f64>,
) -> (String, f64) {
    let Object::Array(array) = object else { panic!("TJ without an array") };
    let (mut words, mut long) = (String::new(), 0.0);
    for item in array.iter::<Object<'_>>() {
        match &item {
            Object::Number(gap) => long -= gap.as_f64(),
            Object::String(codes) => {
                for code in codes.as_bytes().chunks(2) {
                    let code = u16::from_be_bytes([code[0], code[1]]);
                    words.push_str(&characters[&code]);
                    long += widths[&code];
                }
            }
            other => panic!("{other:?} in TJ"),
        }
    }
    (words, long)
}

/// The information dictionary of a document.
fn information(pdf: &Pdf) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for object in pdf.objects() {
        let Object::Dict(dict) = &object else { continue };
        if dict.contains_key(b"Software") {
            let entry = |key: &Name<'_>| {
                let value = dict.get::<hayro_syntax::object::String<'_>>(key.as_ref())?;
                Some((key.as_str().to_owned(), words(value.as_bytes())))
            };
            found = dict.keys().filter_map(|key| entry(&key)).collect();
        }
    }
    found
}

impl Page {
    /// Returns true if a point lies on the page.
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        (-0.02..=self.width + 0.02).contains(&x) && (-0.02..=self.height + 0.02).contains(&y)
    }
}

type Matrix = [f64; 6];

fn times(a: Matrix, b: Matrix) -> Matrix {
    let (x, y) = (at(b, (a[4], a[5])), |i: usize, j: usize| a[i] * b[j] + a[i + 1] * b[j + 2]);
    [y(0, 0), y(0, 1), y(2, 0), y(2, 1), x.0, x.1]
}

fn at(m: Matrix, (x, y): (f64, f64)) -> (f64, f64) {
    (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5])
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

/// A PDF string: UTF-16 with a byte-order mark, else one byte per character.
fn words(bytes: &[u8]) -> String {
    let Some(wide) = bytes.strip_prefix(b"\xfe\xff") else {
        return bytes.iter().map(|byte| char::from(*byte)).collect();
    };
    let units = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    String::from_utf16(&units.collect::<Vec<_>>()).unwrap()
}

fn descendant<'a>(font: &Dict<'a>) -> Dict<'a> {
    font.get::<Array<'_>>(b"DescendantFonts").unwrap().iter::<Dict<'_>>().next().unwrap()
}

fn embedded(font: &Dict<'_>) -> (String, bool) {
    let name = font.get::<Name<'_>>(b"BaseFont").unwrap().as_str().to_owned();
    let descriptor = descendant(font).get::<Dict<'_>>(b"FontDescriptor").unwrap();
    let file = descriptor.get::<Stream<'_>>(b"FontFile2");
    (name, file.is_some_and(|file| file.decoded().unwrap().starts_with(&[0, 1, 0, 0])))
}

/// The characters of the glyph numbers.
fn characters(font: &Dict<'_>) -> BTreeMap<u16, String> {
    let stream = font.get::<Stream<'_>>(b"ToUnicode").unwrap();
    let map = String::from_utf8(stream.decoded().unwrap().to_vec()).unwrap();
    let mut characters = BTreeMap::new();
    let pairs = map.split("beginbfchar").skip(1).flat_map(|part| {
        part.split("endbfchar").next().unwrap().lines().filter(|line| line.contains('<'))
    });
    for pair in pairs {
        let sides: Vec<&str> =
            pair.split(['<', '>']).filter(|part| !part.trim().is_empty()).collect();
        let units = |digits: &str| -> Vec<u16> {
            let unit = |i: usize| u16::from_str_radix(&digits[4 * i..4 * i + 4], 16).unwrap();
            (0..digits.len() / 4).map(unit).collect()
        };
        characters.insert(units(sides[0])[0], String::from_utf16(&units(sides[1])).unwrap());
    }
    characters
}

/// The widths of glyphs, in thousandths of the text height.
fn widths(font: &Dict<'_>) -> BTreeMap<u16, f64> {
    let mut widths = BTreeMap::new();
    let array = descendant(font).get::<Array<'_>>(b"W").unwrap();
    let mut next = 0.0;
    for item in array.iter::<Object<'_>>() {
        match &item {
            Object::Number(first) => next = first.as_f64(),
            Object::Array(own) => {
                for width in own.iter::<f64>() {
                    widths.insert(next as u16, width);
                    next += 1.0;
                }
            }
            other => panic!("{other:?} among widths"),
        }
    }
    widths
}

/// The numbers of an SVG attribute with lengths or positions; `None` for other attributes.
fn lengths(name: &str, value: &str) -> Option<Vec<f64>> {
    let known = [
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "points",
        "font-size",
        "stroke-width",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
        "viewBox",
    ];
    known.contains(&name).then(|| {
        let split = value.trim_end_matches("mm").split([' ', ',']);
        split.filter(|part| !part.is_empty()).map(|part| part.parse().expect(value)).collect()
    })
}

/// Checks that all numbers of an SVG document are finite and that only clipped shapes leave the
/// page; returns the number of shapes.
pub fn check_svg(text: &str) -> usize {
    let document = Document::parse(text).unwrap();
    let root = document.root_element();
    assert!(root.has_tag_name("svg"));
    let view = lengths("viewBox", root.attribute("viewBox").unwrap()).unwrap();
    let inside = |x: f64, y: f64| {
        let slack = 20.0;
        (-slack..=view[2] + slack).contains(&x) && (-slack..=view[3] + slack).contains(&y)
    };
    let mut forms = 0;
    for node in document.descendants().filter(Node::is_element) {
        let mut of = BTreeMap::new();
        for attribute in node.attributes() {
            let Some(numbers) = lengths(attribute.name(), attribute.value()) else { continue };
            assert!(numbers.iter().all(|number| number.is_finite()), "{attribute:?}");
            of.insert(attribute.name(), numbers);
        }
        let one = |name: &str| of.get(name).map_or(0.0, |numbers: &Vec<f64>| numbers[0]);
        let cut = node.ancestors().any(|above| above.attribute("clip-path").is_some());
        let names = ["rect", "circle", "polyline", "polygon", "line", "text", "path"];
        forms += usize::from(names.contains(&node.tag_name().name()));
        let mut places: Vec<(f64, f64)> = match node.tag_name().name() {
            "rect" => {
                vec![(one("x"), one("y")), (one("x") + one("width"), one("y") + one("height"))]
            }
            "circle" => vec![(one("cx"), one("cy"))],
            "text" => vec![(one("x"), one("y"))],
            _ => Vec::new(),
        };
        if let Some(points) = of.get("points") {
            places.extend(points.chunks(2).map(|pair| (pair[0], pair[1])));
        }
        let far = places.iter().find(|(x, y)| !inside(*x, *y));
        assert!(cut || far.is_none(), "{far:?} is off {view:?}: {:?}", node.range());
    }
    forms
}
