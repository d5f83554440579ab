//! Draws rows out of an unknown number: every row has a random key, and of each task and part
//! those with the smallest keys are kept. When memory is full, the largest gives one up.

use std::collections::{BTreeSet, BinaryHeap};

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::math::seed::Seed;

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowPlace {
    /// It is kept behind all others.
    New,
    /// It is kept in the place of another.
    Instead(usize),
    /// It is not kept.
    None,
}

/// The rows of a task and part that are kept.
#[derive(Debug)]
struct Stratum {
    /// Key and place of each.
    kept: BinaryHeap<(u64, usize)>,
    /// Rows with this key or a larger one are not kept.
    limit: u64,
}

/// Rows that are drawn at random.
#[derive(Debug)]
pub(super) struct Reservoir {
    /// Most rows of a task and part.
    each: usize,
    /// Most rows in all.
    all: usize,
    strata: Vec<Stratum>,
    /// Size and number of every stratum.
    sizes: BTreeSet<(usize, usize)>,
    /// The number of the row in every place.
    rows: Vec<u64>,
    rng: ChaCha8Rng,
    /// Rows that were offered.
    pub(super) seen: u64,
}

impl Reservoir {
    pub(super) fn new(each: Option<u64>, all: u64, seed: u64) -> Self {
        Self {
            each: each.map_or(usize::MAX, |each| usize::try_from(each).unwrap_or(usize::MAX)),
            all: usize::try_from(all).unwrap_or(usize::MAX),
            strata: Vec::new(),
            sizes: BTreeSet::new(),
            rows: Vec::new(),
            rng: Seed::new(seed).child("keep", 0).rng(),
            seen: 0,
        }
    }

    /// Decides on the next row, which belongs to a stratum.
    pub(super) fn place(&mut self, stratum: usize) -> RowPlace {
        let key = self.rng.next_u64();
        let row = self.seen;
        self.seen += 1;
        while self.strata.len() <= stratum {
            self.sizes.insert((0, self.strata.len()));
            self.strata.push(Stratum { kept: BinaryHeap::new(), limit: u64::MAX });
        }
        if key >= self.strata[stratum].limit {
            return RowPlace::None;
        }
        let is_full = self.rows.len() >= self.all;
        let largest = self.sizes.last().map_or(stratum, |(_, largest)| *largest);
        let size = |stratum: usize| self.strata[stratum].kept.len();
        let from = match () {
            () if size(stratum) >= self.each => Some(stratum),
            () if !is_full => None,
            () if size(largest) > size(stratum) => Some(largest),
            () => Some(stratum),
        };
        let Some(from) = from else {
            let place = self.rows.len();
            self.rows.push(row);
            self.insert(stratum, key, place);
            return RowPlace::New;
        };
        let greatest = self.strata[from].kept.peek().copied();
        let Some((greatest, place)) = greatest.filter(|(last, _)| from != stratum || *last > key)
        else {
            self.strata[stratum].limit = key;
            return RowPlace::None;
        };
        self.remove_greatest(from);
        self.strata[from].limit = greatest;
        self.insert(stratum, key, place);
        self.rows[place] = row;
        RowPlace::Instead(place)
    }

    fn insert(&mut self, stratum: usize, key: u64, place: usize) {
        let kept = &mut self.strata[stratum].kept;
        self.sizes.remove(&(kept.len(), stratum));
        kept.push((key, place));
        self.sizes.insert((kept.len(), stratum));
    }

    fn remove_greatest(&mut self, stratum: usize) {
        let kept = &mut self.strata[stratum].kept;
        self.sizes.remove(&(kept.len(), stratum));
        kept.pop();
        self.sizes.insert((kept.len(), stratum));
    }

    /// The places in the order of the file.
    pub(super) fn in_order(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.rows.len()).collect();
        places.sort_unstable_by_key(|place| self.rows[*place]);
        places
    }
}
