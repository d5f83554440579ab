//! Products of rows and matrices, factors and eigenvectors, close to what the processor can do.
//!
//! Rows are packed once into tiles that stay in cache ([`PackedRows`]). A step of training then
//! reads every row from memory once: [`PackedRows::chunk`] projects a tile on the units, lets the
//! caller turn the projections into slopes, and adds the product of the slopes with the tile to the
//! derivative, before it goes on to the next tile.
//!
//! Symmetric matrices are multiplied ([`gram`], [`symmetric_times`]), factored ([`Cholesky`]) and
//! decomposed ([`Eigen`]) faster than by nalgebra, whose instructions are chosen when it is
//! compiled. Here they are chosen when the program runs. Results do not depend on the
//! number of threads; on processors with vectors of other lengths they differ by rounding.

mod cholesky;
mod dot;
mod eigen;
mod gram;
pub mod limits;
mod narrow;
mod number;
mod packed;
mod padded;
#[cfg(test)]
mod processors;
mod products;
mod quotient;
mod reduction;
mod rotations;
mod times;
mod triangular;
mod tridiagonal;
mod units;
pub mod vectors;
mod wide;

pub use cholesky::Cholesky;
pub use eigen::{Eigen, eigenvalues};
pub use gram::{gram, gram_with};
pub use number::Number;
pub use packed::PackedRows;
pub use products::Middle;
pub use pulp::Simd;
pub use quotient::Quotient;
pub use reduction::Reduction;
pub use times::{symmetric_times, times, transposed_product, transposed_times};
pub use tridiagonal::Tridiagonal;
pub use units::Units;
