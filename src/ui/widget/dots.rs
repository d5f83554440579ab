//! Block characters for the two or four dots of a terminal cell.

/// The character for the upper and the lower half.
pub(crate) fn half(above: bool, below: bool) -> char {
    match (above, below) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    }
}

/// The character for four dots: top left, top right, bottom left, bottom right.
pub(crate) fn quarter(dots: [bool; 4]) -> char {
    const SIGNS: [char; 16] =
        [' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'];
    SIGNS[dots.iter().enumerate().map(|(i, dot)| usize::from(*dot) << i).sum::<usize>()]
}
