//! The type of the numbers in an array.

/// What the bytes of a number mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberFormat {
    Float,
    Signed,
    Unsigned,
    Truth,
}

/// The type of the numbers in an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dtype {
    format: NumberFormat,
    big_endian: bool,
    /// Bytes of one number: 1, 2, 4 or 8.
    pub(super) size: usize,
}

/// The types that are read, for messages.
pub(super) const READ: &str =
    "float32, float64, integers or bool; convert it with astype('float64')";

impl Dtype {
    /// The type with the name that NumPy gives it, for instance `<f4`; the error says in words
    /// what was found.
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        let unknown = || Err(format!("{name}, which is {}", in_words(name)));
        let mut characters = name.chars();
        let (order, letter) = (characters.next(), characters.next());
        let big_endian = match order {
            Some('<' | '|') => false,
            Some('>') => true,
            Some('=') => cfg!(target_endian = "big"),
            _ => return unknown(),
        };
        let size = characters.as_str();
        let (format, size) = match (letter, size) {
            (Some('f'), "4") => (NumberFormat::Float, 4),
            (Some('f'), "8") => (NumberFormat::Float, 8),
            (Some('i'), "1") => (NumberFormat::Signed, 1),
            (Some('i'), "2") => (NumberFormat::Signed, 2),
            (Some('i'), "4") => (NumberFormat::Signed, 4),
            (Some('i'), "8") => (NumberFormat::Signed, 8),
            (Some('u'), "1") => (NumberFormat::Unsigned, 1),
            (Some('u'), "2") => (NumberFormat::Unsigned, 2),
            (Some('u'), "4") => (NumberFormat::Unsigned, 4),
            (Some('u'), "8") => (NumberFormat::Unsigned, 8),
            (Some('b'), "1") => (NumberFormat::Truth, 1),
            _ => return unknown(),
        };
        if order == Some('|') && size > 1 {
            return Err(format!("{name}, which does not say the order of bytes"));
        }
        Ok(Self { format, big_endian, size })
    }

    /// The numbers in `bytes`, as many as there are places.
    pub(super) fn decode_all(self, bytes: &[u8], places: &mut [f64]) {
        let pairs = places.iter_mut().zip(bytes.chunks_exact(self.size));
        match (self.format, self.size, self.big_endian) {
            (NumberFormat::Float, 4, false) => {
                let (items, _) = bytes.as_chunks::<4>();
                let numbers = items.iter().map(|item| f64::from(f32::from_le_bytes(*item)));
                places.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
            }
            (NumberFormat::Float, 8, false) => {
                let (items, _) = bytes.as_chunks::<8>();
                let numbers = items.iter().map(|item| f64::from_le_bytes(*item));
                places.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
            }
            _ => pairs.for_each(|(place, item)| *place = self.decode(item)),
        }
    }

    /// The number in `item`, which has `size` bytes.
    fn decode(self, item: &[u8]) -> f64 {
        let mut bytes = [0; 8];
        for (byte, read) in bytes.iter_mut().zip(item) {
            *byte = *read;
        }
        if self.big_endian {
            bytes[..self.size].reverse();
        }
        let bits = u64::from_le_bytes(bytes);
        match self.format {
            NumberFormat::Float if self.size == 4 => f64::from(f32::from_bits(bits as u32)),
            NumberFormat::Float => f64::from_bits(bits),
            NumberFormat::Signed => {
                let unused = 64 - 8 * self.size as u32;
                (((bits << unused) as i64) >> unused) as f64
            }
            NumberFormat::Unsigned => bits as f64,
            NumberFormat::Truth => f64::from(u8::from(bits != 0)),
        }
    }
}

/// A type that is not read, in words.
fn in_words(name: &str) -> &'static str {
    match name.trim_start_matches(['<', '>', '|', '=']).chars().next() {
        Some('O') => "object (Python objects)",
        Some('U' | 'S' | 'a') => "string",
        Some('c') => "complex",
        Some('M') => "datetime",
        Some('m') => "timedelta",
        Some('V') => "void (raw bytes)",
        Some('f') => "a float of another size",
        Some('i' | 'u') => "an integer of another size",
        _ => "unknown",
    }
}
