//! Keeps the latest results of pure functions: the cells of a study ask for many of them again.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// What a result takes in memory beside its numbers, in numbers of eight bytes.
const BESIDE: usize = 64;

/// The latest results of a function, at most one for each address.
///
/// Results must follow from their arguments alone: whether one is found here or computed again
/// then makes no difference but time.
#[derive(Debug)]
pub struct Memo<V> {
    /// Size of all results that are kept, at most, in numbers of eight bytes.
    room: usize,
    kept: Mutex<Kept<V>>,
}

#[derive(Debug)]
struct Kept<V> {
    /// The results and their sizes.
    results: BTreeMap<u64, (Arc<V>, usize)>,
    /// Their addresses, oldest first.
    order: VecDeque<u64>,
    /// The sum of their sizes.
    size: usize,
}

impl<V> Memo<V> {
    /// An empty memo for results of at most `room` numbers in total; small results count as more than
    /// their numbers.
    pub const fn new(room: usize) -> Self {
        let kept = Kept { results: BTreeMap::new(), order: VecDeque::new(), size: 0 };
        Self { room, kept: Mutex::new(kept) }
    }

    /// The result kept at an address.
    pub fn at(&self, address: u64) -> Option<Arc<V>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.results.get(&address).map(|(result, _)| result.clone())
    }

    /// Keeps a result with `size` numbers in place of that at the same address, and of the oldest ones
    /// where the room is used up.
    pub fn keep(&self, address: u64, result: V, size: usize) -> Arc<V> {
        let result = Arc::new(result);
        let size = size + BESIDE;
        if size > self.room {
            return result;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.results.insert(address, (result.clone(), size)) {
            Some((_, before)) => kept.size -= before,
            None => kept.order.push_back(address),
        }
        kept.size += size;
        while kept.size > self.room {
            let Some(oldest) = kept.order.pop_front() else { break };
            if let Some((_, size)) = kept.results.remove(&oldest) {
                kept.size -= size;
            }
        }
        result
    }

    /// The result kept at an address if it `fits`, else a new one and its size, which is kept.
    pub fn get(
        &self,
        address: u64,
        fits: impl FnOnce(&V) -> bool,
        make: impl FnOnce() -> (V, usize),
    ) -> Arc<V> {
        self.at(address).filter(|result| fits(result)).unwrap_or_else(|| {
            let (result, size) = make();
            self.keep(address, result, size)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_once_while_it_fits_and_there_is_room() {
        let memo = Memo::new(2 * BESIDE + 10);
        let mut made = 0;
        let mut ask = |address: u64, value: u64| {
            let result = memo.get(
                address,
                |kept| *kept == value,
                || {
                    made += 1;
                    (value, 4)
                },
            );
            assert_eq!(*result, value);
            made
        };
        assert_eq!([ask(1, 5), ask(1, 5), ask(2, 6), ask(1, 5)], [1, 1, 2, 2]);
        assert_eq!(ask(1, 7), 3, "another value at the same address");
        assert_eq!([ask(3, 8), ask(3, 8), ask(2, 6)], [4, 4, 4], "the oldest address has left");
        assert_eq!(ask(1, 7), 5);
    }

    #[test]
    fn a_result_larger_than_the_room_is_not_kept() {
        let memo = Memo::new(BESIDE + 10);
        assert_eq!(*memo.get(1, |_| true, || (1, 11)), 1);
        assert!(memo.at(1).is_none());
    }

    #[test]
    fn a_million_small_results_take_no_more_room_than_a_few_large_ones() {
        let memo = Memo::new(2_000_000);
        for address in 0..1_000_000 {
            memo.keep(address, vec![0.0; 2], 2);
        }
        let kept = memo.kept.lock().unwrap();
        assert!(kept.order.len() <= 2_000_000 / BESIDE && kept.order.len() == kept.results.len());
    }
}
