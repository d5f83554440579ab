//! The moments sampler: the same distribution as moments of drawn rows.

use rayon::prelude::*;

use crate::cancel::Cancel;
use crate::claims::check::{ClaimCheck, fixed};
use crate::claims::claim::{Measured, PaperClaim, Standing};
use crate::math::linalg;
use crate::math::seed::Seed;
use crate::math::stats::same_distribution;
use crate::task::{Moments, PopulationTask, Response};

pub(super) const MOMENTS: PaperClaim = PaperClaim {
    id: "moments-sampler",
    statement: "Moments drawn without rows are distributed like moments of rows",
    source: "not in the paper; Bartlett 1933",
    setting: "d 6 with 4, 6, 7 and 40 rows, six statistics each, Kolmogorov-Smirnov",
    standing: Standing::Reproduced,
    trials: 2000,
    measure,
};

const DIMENSION: usize = 6;
const ROWS: [u64; 4] = [4, 6, 7, 40];
const STATISTICS: usize = 6;

/// The smallest p-value times the number of tests is distributed uniformly or larger, so it is not
/// expected to be near zero.
fn measure(trials: usize, cancel: &Cancel) -> Measured {
    let seed = Seed::new(1).child("moments sampler", 0);
    let axes = linalg::orthonormal(DIMENSION, &mut seed.child("axes", 0).rng());
    let spread = nalgebra::DVector::from_fn(DIMENSION, |i, _| 1.5_f64.powi(i as i32));
    let task = PopulationTask {
        theta: linalg::unit_vector(DIMENSION, &mut seed.child("theta", 0).rng()),
        factor: (nalgebra::DMatrix::from_diagonal(&spread) * axes).into(),
        response: Response::Linear,
    };
    let mut least = 1.0_f64;
    for samples in ROWS {
        let draws = |kind: &'static str, rows: bool| -> Option<Vec<[f64; STATISTICS]>> {
            (0..trials as u64)
                .into_par_iter()
                .map(|i| {
                    let seed = seed.child(kind, i).child("rows", samples);
                    let draw = if rows { Moments::draw_by_rows } else { Moments::draw };
                    (!cancel.is_cancelled()).then(|| statistics(&draw(&task, samples, 0.7, seed)))
                })
                .collect()
        };
        let Some((direct, by_rows)) = draws("direct", false).zip(draws("by rows", true)) else {
            return Ok(None);
        };
        for i in 0..STATISTICS {
            let column = |draws: &[[f64; STATISTICS]]| draws.iter().map(|d| d[i]).collect();
            least = least.min(same_distribution(column(&direct), column(&by_rows)));
        }
    }
    let corrected = (least * (ROWS.len() * STATISTICS) as f64).min(1.0);
    Ok(Some(vec![
        ClaimCheck::above("smallest of 24 p-values × 24", fixed(corrected), 0.001).of(trials),
    ]))
}

fn statistics(moments: &Moments) -> [f64; STATISTICS] {
    [
        moments.h[(0, 0)],
        moments.h[(1, 4)],
        moments.h.trace(),
        moments.c[2],
        moments.s,
        without_rounding(moments.c.dot(&moments.least_squares()) / moments.s),
    ]
}

/// A share without its last digits, which are rounding errors: as many rows as features explain
/// every label, in every draw.
fn without_rounding(share: f64) -> f64 {
    (share * 1e9).round() / 1e9
}
