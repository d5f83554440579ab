//! Clips lines and polygons to a region, and cuts lines into dashes.

use super::layout::Rect;

/// A point in pixels.
pub(super) type Point = (f64, f64);

/// The parts of a line inside a region; points that are not finite interrupt the line.
pub(super) fn inside(points: &[Point], region: &Rect) -> Vec<Vec<Point>> {
    let mut runs: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let Some((a, b)) = cut(pair[0], pair[1], region) else { continue };
        match runs.last_mut() {
            Some(run) if run.last() == Some(&a) => run.push(b),
            _ => runs.push(vec![a, b]),
        }
    }
    runs
}

/// The part of a segment inside a region.
fn cut(a: Point, b: Point, region: &Rect) -> Option<(Point, Point)> {
    let d = (b.0 - a.0, b.1 - a.1);
    if !(d.0.is_finite() && d.1.is_finite()) {
        return None;
    }
    let sides = [
        (-d.0, a.0 - region.left, (Some(region.left), None)),
        (d.0, region.right - a.0, (Some(region.right), None)),
        (-d.1, a.1 - region.top, (None, Some(region.top))),
        (d.1, region.bottom - a.1, (None, Some(region.bottom))),
    ];
    let (mut first, mut last) = ((0.0, (Some(a.0), Some(a.1))), (1.0, (Some(b.0), Some(b.1))));
    for (speed, room, side) in sides {
        let t = room / speed;
        if speed == 0.0 && room < 0.0 {
            return None;
        } else if speed < 0.0 && t > first.0 {
            first = (t, side);
        } else if speed > 0.0 && t < last.0 {
            last = (t, side);
        }
    }
    // Use the coordinate of the cutting side itself: far ends would leave no digits to compute it.
    let at = |(t, (x, y)): (f64, (Option<f64>, Option<f64>))| {
        region.nearest((x.unwrap_or(a.0 + t * d.0), y.unwrap_or(a.1 + t * d.1)))
    };
    (first.0 <= last.0).then(|| (at(first), at(last)))
}

/// A polygon clipped to a rectangle; where it leaves, the outline follows the edge.
pub(super) fn within(corners: &[Point], region: &Rect) -> Vec<Point> {
    type Side = (bool, f64, f64);
    let sides: [Side; 4] = [
        (true, region.left, 1.0),
        (true, region.right, -1.0),
        (false, region.top, 1.0),
        (false, region.bottom, -1.0),
    ];
    sides.iter().fold(corners.to_vec(), |corners, &(across, edge, sign)| {
        let room = |p: Point| sign * (if across { p.0 } else { p.1 } - edge);
        let mut kept = Vec::new();
        for (i, &b) in corners.iter().enumerate() {
            let a = corners[(i + corners.len() - 1) % corners.len()];
            if (room(a) < 0.0) != (room(b) < 0.0) {
                let t = room(a) / (room(a) - room(b));
                let (x, y) = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
                kept.push(if across { (edge, y) } else { (x, edge) });
            }
            if room(b) >= 0.0 {
                kept.push(b);
            }
        }
        kept.dedup();
        kept
    })
}

/// The intervals in which a horizontal line runs inside a polygon.
pub(super) fn spans(corners: &[Point], level: f64) -> Vec<(f64, f64)> {
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    let crossing = |(a, b): (&Point, &Point)| {
        let crosses = (a.1 <= level) != (b.1 <= level);
        crosses.then(|| a.0 + (level - a.1) / (b.1 - a.1) * (b.0 - a.0))
    };
    let mut places: Vec<f64> = sides.filter_map(crossing).collect();
    places.sort_by(f64::total_cmp);
    places.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// The dashes of a line: even entries of `pattern` are dashes, odd ones gaps.
pub(super) fn dashes(run: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = run.first().map(|&p| vec![p]).into_iter().collect();
    let mut lengths = pattern.iter().copied().enumerate().cycle();
    let Some((mut place, mut left)) = lengths.next() else { return vec![run.to_vec()] };
    for pair in run.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.0 - a.0).hypot(b.1 - a.1);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let t = done / length;
            let p = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            match pieces.last_mut() {
                Some(piece) if place % 2 == 0 => piece.push(p),
                _ => pieces.push(vec![p]),
            }
            (place, left) = lengths.next().unwrap_or((0, length));
        }
        left -= length - done;
        if let Some(piece) = pieces.last_mut().filter(|_| place % 2 == 0) {
            piece.push(b);
        }
    }
    pieces
}

/// Points along a line at equal distances.
pub(super) fn dots(run: &[Point], apart: f64) -> Vec<Point> {
    let half = apart / 2.0;
    dashes(run, &[half, half]).iter().filter_map(|piece| piece.first().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = Rect { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };

    #[test]
    fn a_line_through_a_region_is_cut_at_both_edges() {
        assert_eq!(inside(&[(-1.0, 0.5), (3.0, 0.5)], &UNIT), [[(0.0, 0.5), (1.0, 0.5)]]);
        assert_eq!(inside(&[(0.5, -1e300), (0.5, 1e300)], &UNIT), [[(0.5, 0.0), (0.5, 1.0)]]);
    }

    #[test]
    fn a_line_beside_a_region_is_not_drawn() {
        assert!(inside(&[(-1.0, 2.0), (3.0, 2.0)], &UNIT).is_empty());
        assert!(inside(&[(-1.0, 0.5), (0.5, 3.0)], &UNIT).is_empty());
    }

    #[test]
    fn values_that_are_no_numbers_interrupt_a_line() {
        let points =
            [(0.1, 0.1), (0.2, 0.2), (f64::NAN, 0.3), (0.4, 0.4), (0.5, 0.5), (f64::INFINITY, 0.5)];
        assert_eq!(inside(&points, &UNIT), [[(0.1, 0.1), (0.2, 0.2)], [(0.4, 0.4), (0.5, 0.5)]]);
    }

    #[test]
    fn a_region_that_leaves_a_rectangle_follows_its_edge() {
        let triangle = [(0.5, -0.5), (1.5, 0.5), (0.5, 1.5)];
        let inside = within(&triangle, &UNIT);
        assert_eq!(inside, [(0.5, 1.0), (0.5, 0.0), (1.0, 0.0), (1.0, 1.0)]);
        assert!(within(&[(2.0, 2.0), (3.0, 2.0), (2.0, 3.0)], &UNIT).is_empty());
        assert!(within(&[], &UNIT).is_empty());
    }

    #[test]
    fn a_level_line_enters_and_leaves_a_region_that_is_not_convex() {
        let valley = [(0.0, 0.0), (0.0, 2.0), (4.0, 2.0), (4.0, 0.0), (2.0, 2.0)];
        assert_eq!(spans(&valley, 1.0), [(0.0, 1.0), (3.0, 4.0)]);
        assert!(spans(&valley, 3.0).is_empty());
    }

    #[test]
    fn dashes_go_on_across_corners() {
        let corner = [(0.0, 0.0), (3.0, 0.0), (3.0, 3.0)];
        let pieces = dashes(&corner, &[2.0, 2.0]);
        assert_eq!(pieces, [vec![(0.0, 0.0), (2.0, 0.0)], vec![(3.0, 1.0), (3.0, 3.0)]]);
        let pieces = dashes(&corner, &[2.0, 1.0, 1.0, 1.0]);
        let dot = vec![(3.0, 0.0), (3.0, 1.0)];
        assert_eq!(pieces, [vec![(0.0, 0.0), (2.0, 0.0)], dot, vec![(3.0, 2.0), (3.0, 3.0)]]);
        assert_eq!(dots(&corner, 2.0), [(0.0, 0.0), (2.0, 0.0), (3.0, 1.0)]);
    }
}
