//! Limited-memory BFGS (Nocedal 1980), to minimise smooth functions of many variables.

use std::collections::VecDeque;

use nalgebra::DVector;

use super::factor::Factor;

/// Number of past steps remembered.
const MEMORY: usize = 12;
/// A step must achieve this share of the decrease predicted by the slope.
const DECREASE: f64 = 1e-4;
/// A step must reduce the slope to at most this share.
const CURVATURE: f64 = 0.9;
/// Relative rounding error of values, as a share of the scale.
const ROUNDING: f64 = 1e-15;
/// Most trial points of a line search.
const TRIALS: usize = 30;
/// The search ends after this many steps in a row without progress.
const PATIENCE: usize = 4;

/// Convergence criteria. `scale` is a typical value of the function far from its minimum; the
/// tolerances are shares of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StoppingRule {
    /// The scale of the values.
    pub scale: f64,
    /// Converged if the norm of the gradient times the norm of the point is below this share of
    /// the scale. That product predicts the change if the point moves by its own length.
    pub gradient: f64,
    /// Stopped if several steps in a row lower the value by less than this share of the scale.
    pub progress: f64,
    /// Converged if the value is at most this, in units of the function.
    pub floor: f64,
}

impl StoppingRule {
    /// Converges as far as rounding allows.
    pub fn precise(scale: f64) -> Self {
        Self { scale, gradient: 1e-11, progress: ROUNDING, floor: f64::NEG_INFINITY }
    }

    /// Converges far enough to tell minima apart.
    pub fn rough(scale: f64) -> Self {
        Self { gradient: 1e-7, progress: 1e-7, ..Self::precise(scale) }
    }
}

/// State of a search: the best point so far and an approximation of the curvature there.
#[derive(Debug, Clone)]
pub struct Lbfgs {
    /// The current point.
    pub point: DVector<f64>,
    /// The value there.
    pub value: f64,
    /// The gradient there.
    pub gradient: DVector<f64>,
    /// True if the gradient or the value indicates a minimum.
    pub arrived: bool,
    /// Cholesky factor of the initial curvature, before the past steps update it; `None` for a
    /// multiple of the identity.
    pub curvature: Option<Factor>,
    past: VecDeque<Step>,
    stalled: usize,
}

/// A past step, the change of the gradient along it, and the inverse of their inner product.
#[derive(Debug, Clone)]
struct Step {
    moved: DVector<f64>,
    turned: DVector<f64>,
    inverse: f64,
}

/// A point of a line search.
struct Place {
    at: f64,
    point: DVector<f64>,
    value: f64,
    gradient: DVector<f64>,
    slope: f64,
}

impl Lbfgs {
    /// Starts at `point`. `f` writes its gradient into its second argument and returns its value.
    pub fn new(
        point: DVector<f64>,
        f: &mut impl FnMut(&DVector<f64>, &mut DVector<f64>) -> f64,
    ) -> Self {
        let mut gradient = DVector::zeros(point.len());
        let value = f(&point, &mut gradient);
        let finite = value.is_finite() && gradient.iter().all(|g| g.is_finite());
        let stalled = if finite { 0 } else { PATIENCE };
        let past = VecDeque::new();
        Self { point, value, gradient, arrived: false, curvature: None, past, stalled }
    }

    /// Returns true if the search has converged or stalled.
    pub fn is_finished(&self) -> bool {
        self.arrived || self.stalled >= PATIENCE
    }

    /// Returns true if moving the point by its own length changes the value by at most `change`, to
    /// first order.
    pub fn is_stationary(&self, change: f64) -> bool {
        self.gradient.norm() * self.point.norm() <= change
    }

    /// Restarts at the current point with another initial curvature.
    pub fn restart(&mut self, curvature: Option<Factor>) {
        self.curvature = curvature;
        self.past.clear();
        self.stalled = 0;
    }

    /// Makes at most `steps` steps. No step raises the value, up to rounding.
    pub fn run(
        &mut self,
        steps: usize,
        stop: &StoppingRule,
        f: &mut impl FnMut(&DVector<f64>, &mut DVector<f64>) -> f64,
    ) {
        for _ in 0..steps {
            self.arrived =
                self.value <= stop.floor || self.is_stationary(stop.gradient * stop.scale);
            if self.is_finished() {
                return;
            }
            match self.next(stop.scale, f) {
                Some(place) => {
                    let gained = self.value - place.value > stop.progress * stop.scale;
                    self.stalled = if gained { 0 } else { self.stalled + 1 };
                    self.accept(place);
                }
                None if self.past.is_empty() && self.curvature.is_none() => self.stalled = PATIENCE,
                None => {
                    self.past.clear();
                    self.curvature = None;
                }
            }
        }
    }

    fn next(
        &self,
        scale: f64,
        f: &mut impl FnMut(&DVector<f64>, &mut DVector<f64>) -> f64,
    ) -> Option<Place> {
        let direction = self.direction();
        let slope = self.gradient.dot(&direction);
        let unknown = self.past.is_empty() && self.curvature.is_none();
        let first = if unknown { 0.1 * self.point.norm() / direction.norm() } else { 1.0 };
        (slope < 0.0).then(|| self.search(&direction, slope, first, scale, f)).flatten()
    }

    /// Minus the inverse curvature, estimated from the past steps, times the gradient (two-loop
    /// recursion).
    fn direction(&self) -> DVector<f64> {
        let mut direction = -&self.gradient;
        let mut shares = Vec::with_capacity(self.past.len());
        for step in self.past.iter().rev() {
            let share = step.inverse * step.moved.dot(&direction);
            direction.axpy(-share, &step.turned, 1.0);
            shares.push(share);
        }
        match (&self.curvature, self.past.back()) {
            (Some(curvature), _) => curvature.solve_mut(&mut direction),
            (None, Some(last)) => direction /= last.inverse * last.turned.norm_squared(),
            (None, None) => {}
        }
        for (step, share) in self.past.iter().zip(shares.iter().rev()) {
            let back = step.inverse * step.turned.dot(&direction);
            direction.axpy(share - back, &step.moved, 1.0);
        }
        direction
    }

    /// Finds a point on the line that satisfies the Wolfe conditions, by bracketing with parabolas
    /// (Lewis & Overton 2013). Values that are equal up to rounding are compared by their slopes
    /// (Hager & Zhang 2005). A step is too long if the function is not finite at its end.
    fn search(
        &self,
        direction: &DVector<f64>,
        slope: f64,
        first: f64,
        scale: f64,
        f: &mut impl FnMut(&DVector<f64>, &mut DVector<f64>) -> f64,
    ) -> Option<Place> {
        let rounding = ROUNDING * scale.max(self.value.abs());
        let mut low: Option<Place> = None;
        let mut high: Option<(f64, f64)> = None;
        let mut at = first;
        for _ in 0..TRIALS {
            let place = self.place(direction, at, f);
            let promised = self.value + DECREASE * at * slope;
            let level = place.value <= self.value + rounding
                && place.slope <= (2.0 * DECREASE - 1.0) * slope;
            if !place.value.is_finite() || !place.slope.is_finite() {
                high = Some((at, f64::INFINITY));
            } else if place.value > promised && !level {
                high = Some((at, place.value));
            } else if place.slope < CURVATURE * slope {
                low = Some(place);
            } else {
                return Some(place);
            }
            let from = low.as_ref().map_or((0.0, self.value, slope), |l| (l.at, l.value, l.slope));
            at = high.map_or(4.0 * at, |high| between(from, high));
        }
        low
    }

    fn place(
        &self,
        direction: &DVector<f64>,
        at: f64,
        f: &mut impl FnMut(&DVector<f64>, &mut DVector<f64>) -> f64,
    ) -> Place {
        let mut point = self.point.clone();
        point.axpy(at, direction, 1.0);
        let mut gradient = DVector::zeros(point.len());
        let value = f(&point, &mut gradient);
        let slope = gradient.dot(direction);
        Place { at, point, value, gradient, slope }
    }

    fn accept(&mut self, place: Place) {
        let moved = &place.point - &self.point;
        let turned = &place.gradient - &self.gradient;
        let product = moved.dot(&turned);
        if product > f64::EPSILON * moved.norm() * turned.norm() {
            if self.past.len() == MEMORY {
                self.past.pop_front();
            }
            self.past.push_back(Step { moved, turned, inverse: 1.0 / product });
        }
        (self.point, self.value, self.gradient) = (place.point, place.value, place.gradient);
    }
}

/// The next trial between two points: the vertex of the parabola through the value and slope at
/// the near point and the value at the far one, kept away from both.
fn between((near, value, slope): (f64, f64, f64), (far, other): (f64, f64)) -> f64 {
    let width = far - near;
    let vertex = -slope * width / (2.0 * (other - value - slope * width));
    let share = if other.is_finite() && slope < 0.0 { vertex.clamp(0.1, 0.9) } else { 0.5 };
    near + width * share
}
