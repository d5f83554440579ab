//! The only source of randomness: a splittable seed.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// A seed that can be split by name and number. Every draw has an address
/// (`seed.child("trial", 3).child("task", 1)`) and does not depend on the order of drawing.
///
/// The raw 64-bit stream of a seed is the same on every platform and in every version with the
/// same scenario format. Normals derived from it are identical on one platform and agree up to
/// rounding across platforms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seed(u64);

impl Seed {
    /// Creates the root of all draws of a scenario.
    pub fn new(seed: u64) -> Self {
        Self(finalize(seed ^ 0x7461_736b_7363_6f70))
    }

    /// The seed at `label`, `index` below this one.
    pub fn child(self, label: &str, index: u64) -> Self {
        let named = label.bytes().fold(self.0, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(finalize(finalize(named).wrapping_add(index)))
    }

    /// The address as a number; equal seeds have equal numbers.
    pub fn address(self) -> u64 {
        self.0
    }

    /// A random generator started from this seed.
    pub fn rng(self) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.0)
    }
}

/// The finaliser of SplitMix64: a bijection in which every input bit reaches every output bit.
fn finalize(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;

    #[test]
    fn the_stream_of_an_address_never_changes() {
        let mut rng = Seed::new(7).child("trial", 3).child("task", 1).rng();
        assert_eq!(rng.next_u64(), 15_528_611_585_272_789_643);
    }

    #[test]
    fn neighbouring_addresses_share_nothing() {
        let first = |seed: Seed| seed.rng().next_u64();
        let root = Seed::new(7);
        let mut seen = std::collections::HashSet::new();
        for index in 0..1000 {
            assert!(seen.insert(first(root.child("trial", index))));
            assert!(seen.insert(first(root.child("task", index))));
            assert!(seen.insert(first(Seed::new(index))));
        }
    }
}
