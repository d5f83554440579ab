//! Zero lines of a quantity on a grid.

/// A grid of values; `None` if unknown.
pub(super) struct Grid<'a> {
    /// Positions of the columns.
    pub(super) xs: &'a [f64],
    /// Positions of the rows.
    pub(super) ys: &'a [f64],
    /// The values in row-major order.
    pub(super) values: &'a [Option<f64>],
}

type Point = (f64, f64);

impl Grid<'_> {
    /// Returns the zero lines by linear interpolation (marching squares). Saddles are resolved by
    /// the mean of the four corners, and pieces are joined end to end.
    pub(super) fn zeros(&self) -> Vec<Vec<Point>> {
        let (columns, rows) = (self.xs.len(), self.ys.len());
        let squares = (1..rows).flat_map(|j| (1..columns).map(move |i| (i, j)));
        let pieces = squares.flat_map(|(i, j)| self.pieces(i, j)).collect();
        joined(pieces)
    }

    fn corner(&self, i: usize, j: usize) -> Option<(Point, f64)> {
        let value = (*self.values.get(j * self.xs.len() + i)?)?;
        value.is_finite().then(|| ((self.xs[i], self.ys[j]), value))
    }

    /// The pieces in the square whose last corner is (i, j).
    fn pieces(&self, i: usize, j: usize) -> Vec<[Point; 2]> {
        let places = [(i - 1, j - 1), (i, j - 1), (i, j), (i - 1, j)];
        let corners: Option<Vec<_>> = places.iter().map(|&(i, j)| self.corner(i, j)).collect();
        let Some(corners) = corners else { return Vec::new() };
        let mean = corners.iter().map(|corner| corner.1).sum::<f64>();
        let cuts: Vec<Option<Point>> =
            (0..4).map(|side| cut(corners[side], corners[(side + 1) % 4])).collect();
        let found: Vec<Point> = cuts.iter().flatten().copied().collect();
        match found[..] {
            [a, b] => vec![[a, b]],
            [a, b, c, d] if (mean >= 0.0) == (corners[0].1 >= 0.0) => vec![[a, b], [c, d]],
            [a, b, c, d] => vec![[a, d], [b, c]],
            _ => Vec::new(),
        }
    }
}

/// The zero between two corners; the same point for both squares at that edge.
fn cut(one: (Point, f64), other: (Point, f64)) -> Option<Point> {
    let swapped = one.0 > other.0;
    let ((a, from), (b, to)) = if swapped { (other, one) } else { (one, other) };
    if (from >= 0.0) == (to >= 0.0) {
        return None;
    }
    let share = from / (from - to);
    Some((a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1)))
}

/// Joins pieces that share an end into lines.
fn joined(mut pieces: Vec<[Point; 2]>) -> Vec<Vec<Point>> {
    let mut lines = Vec::new();
    while let Some([a, b]) = pieces.pop() {
        let mut line = std::collections::VecDeque::from([a, b]);
        while let Some(next) = take(&mut pieces, line[line.len() - 1]) {
            line.push_back(next);
        }
        while let Some(next) = take(&mut pieces, line[0]) {
            line.push_front(next);
        }
        lines.push(line.into());
    }
    lines
}

/// Takes a piece that has an end at a point, and returns its other end.
fn take(pieces: &mut Vec<[Point; 2]>, end: Point) -> Option<Point> {
    let index = pieces.iter().position(|piece| piece.contains(&end))?;
    let [a, b] = pieces.swap_remove(index);
    Some(if a == end { b } else { a })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zeros(n: usize, value: impl Fn(f64, f64) -> f64) -> Vec<Vec<Point>> {
        let at: Vec<f64> = (0..n).map(|i| 2.0 * i as f64 / (n - 1) as f64 - 1.0).collect();
        let values: Vec<_> =
            at.iter().flat_map(|y| at.iter().map(|x| Some(value(*x, *y)))).collect();
        Grid { xs: &at, ys: &at, values: &values }.zeros()
    }

    #[test]
    fn a_plane_is_zero_along_one_line_from_edge_to_edge() {
        let lines = zeros(8, |x, y| x - 0.5 * y + 0.1);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|(x, y)| (x - 0.5 * y + 0.1).abs() < 1e-12));
        let heights: Vec<f64> = lines[0].iter().map(|p| p.1).collect();
        assert!(heights.contains(&1.0) && heights.contains(&-1.0));
    }

    #[test]
    fn a_bowl_is_zero_along_one_closed_line() {
        let lines = zeros(30, |x, y| x * x + y * y - 0.5);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0][0], lines[0][lines[0].len() - 1]);
        assert!(lines[0].iter().all(|(x, y)| (x.hypot(*y) - 0.5_f64.sqrt()).abs() < 0.01));
    }

    #[test]
    fn nothing_is_drawn_beside_what_is_not_known_or_of_one_sign() {
        assert!(zeros(5, |_, _| 1.0).is_empty());
        assert!(zeros(5, |x, _| if x > 0.0 { f64::NAN } else { 1.0 }).is_empty());
        let grid = Grid {
            xs: &[0.0, 1.0],
            ys: &[0.0, 1.0],
            values: &[Some(1.0), None, Some(-1.0), Some(-1.0)],
        };
        assert!(grid.zeros().is_empty());
    }
}
