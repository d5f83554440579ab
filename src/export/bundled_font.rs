//! The font files that come with the program, unpacked when first used.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;

macro_rules! font {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(super) static $name: LazyLock<Vec<u8>> = LazyLock::new(|| {
            unpacked(include_bytes!(concat!("../../assets/fonts/", $file, ".ttf.gz")))
        });
    };
}

font!(
    /// DejaVu Sans.
    SANS, "DejaVuSans"
);
font!(
    /// DejaVu Serif.
    SERIF, "DejaVuSerif"
);
font!(
    /// DejaVu Sans Mono.
    MONO, "DejaVuSansMono"
);
font!(
    /// DejaVu Sans Mono Bold.
    MONO_BOLD, "DejaVuSansMono-Bold"
);

/// The file; empty, and so no font, if it is damaged.
fn unpacked(packed: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let read = GzDecoder::new(packed).read_to_end(&mut file);
    if read.is_ok() { file } else { Vec::new() }
}
