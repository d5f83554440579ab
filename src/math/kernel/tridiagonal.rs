//! Tridiagonal symmetric matrices.

/// A tridiagonal symmetric matrix T (n × n).
#[derive(Debug, Clone, Default)]
pub struct Tridiagonal {
    /// The diagonal (n).
    pub diagonal: Vec<f64>,
    /// The entries beside it (n − 1; none for n = 0).
    pub beside: Vec<f64>,
}

impl Tridiagonal {
    /// The number of eigenvalues below a bound: the negative pivots of `T − bound I` (Sylvester).
    pub fn count_below(&self, bound: f64) -> usize {
        let mut pivot = 1.0;
        let mut count = 0;
        for (i, diagonal) in self.diagonal.iter().enumerate() {
            let beside = if i > 0 { self.beside[i - 1] } else { 0.0 };
            pivot = diagonal - bound - beside * beside / pivot;
            if pivot == 0.0 {
                pivot = f64::MIN_POSITIVE;
            }
            count += usize::from(pivot < 0.0);
        }
        count
    }
}
