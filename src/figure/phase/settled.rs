//! Signs of measured values on a grid, without those that only noise gives.

/// Gives every known cell a sign that some sure cell has: an area of equal signs without a sure cell
/// takes the sign around it. `sure` says which cells have a sign beyond doubt. Without any, no cell
/// stays known. Both in row-major order.
pub(super) fn settle(values: &mut [Option<f64>], sure: &[bool], columns: usize) {
    let mut settled = vec![false; values.len()];
    let mut ring: Vec<usize> = (0..values.len()).filter(|&cell| sure[cell]).collect();
    ring.iter().for_each(|&cell| settled[cell] = true);
    spread(values, &mut settled, &mut ring, columns, |own, beside| {
        is_above(own) == is_above(beside)
    });
    let mut ring: Vec<usize> = (0..values.len()).filter(|&cell| settled[cell]).collect();
    spread(values, &mut settled, &mut ring, columns, |_, _| true);
    for (value, settled) in values.iter_mut().zip(settled) {
        *value = value.filter(|_| settled);
    }
}

fn is_above(value: f64) -> bool {
    value >= 0.0
}

/// Settles, ring by ring, the cells beside settled ones to which these pass on their sign.
fn spread(
    values: &mut [Option<f64>],
    settled: &mut [bool],
    ring: &mut Vec<usize>,
    columns: usize,
    passes: impl Fn(f64, f64) -> bool,
) {
    while !ring.is_empty() {
        let mut next = Vec::new();
        for &from in ring.iter() {
            let Some(own) = values[from] else { continue };
            for to in beside(from, columns, values.len()) {
                let Some(value) = values[to].filter(|value| !settled[to] && passes(own, *value))
                else {
                    continue;
                };
                let size = value.abs().max(f64::MIN_POSITIVE);
                values[to] = Some(if is_above(own) { size } else { -size });
                settled[to] = true;
                next.push(to);
            }
        }
        *ring = next;
    }
}

/// The cells beside a cell.
pub(super) fn beside(cell: usize, columns: usize, cells: usize) -> impl Iterator<Item = usize> {
    let column = cell % columns;
    let found = [
        (column > 0).then(|| cell - 1),
        (column + 1 < columns).then_some(cell + 1),
        (cell >= columns).then(|| cell - columns),
        (cell + columns < cells).then_some(cell + columns),
    ];
    found.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(values: [f64; 9], sure: [usize; 2]) -> Vec<Option<f64>> {
        let mut values = values.map(Some);
        settle(&mut values, &[0, 1, 2, 3, 4, 5, 6, 7, 8].map(|cell| sure.contains(&cell)), 3);
        values.to_vec()
    }

    #[test]
    fn an_area_without_a_sure_cell_takes_the_sign_around_it() {
        let found = settled([0.5, 0.3, 0.2, 0.4, -0.1, 0.1, 0.3, 0.2, 0.0], [0, 1]);
        assert!(found.iter().all(|value| value.unwrap() > 0.0), "{found:?}");
        let found = settled([-0.5, -0.3, -0.2, -0.4, -0.1, -0.1, 0.0, 0.0, 0.0], [0, 1]);
        assert!(found.iter().all(|value| value.unwrap() < 0.0), "{found:?}");
    }

    #[test]
    fn areas_with_a_sure_cell_keep_their_border_where_it_is() {
        let values = [0.5, 0.1, -0.2, 0.5, -0.1, -0.2, 0.4, 0.1, -0.3];
        assert_eq!(settled(values, [0, 8]), values.map(Some));
    }

    #[test]
    fn without_a_sure_cell_nothing_is_known() {
        let mut values = [Some(0.1), Some(-0.1)];
        settle(&mut values, &[false, false], 2);
        assert_eq!(values, [None, None]);
    }
}
