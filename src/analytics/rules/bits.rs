//! Sets of customers or orders as one bit each.

use rayon::prelude::*;

/// Things in one task: a multiple of 64, so that tasks never share a word.
pub const CHUNK: usize = 65_536;

/// A set over `0..len`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// The empty set.
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// The set of everything.
    pub fn all(len: usize) -> Self {
        let mut bits = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        bits.trim();
        bits
    }

    /// The set of those for which `is` is true, found on all cores.
    pub fn of(len: usize, is: impl Fn(usize) -> bool + Sync) -> Self {
        let mut bits = Self::none(len);
        bits.words.par_chunks_mut(CHUNK / 64).enumerate().for_each(|(chunk, words)| {
            for (w, word) in words.iter_mut().enumerate() {
                let first = chunk * CHUNK + w * 64;
                for i in first..(first + 64).min(len) {
                    *word |= u64::from(is(i)) << (i - first);
                }
            }
        });
        bits
    }

    /// The set of these.
    pub fn from_indices(len: usize, indices: impl IntoIterator<Item = u32>) -> Self {
        let mut bits = Self::none(len);
        for i in indices {
            bits.insert(i as usize);
        }
        bits
    }

    fn trim(&mut self) {
        let rest = self.len % 64;
        if let Some(last) = self.words.last_mut().filter(|_| rest > 0) {
            *last &= (1 << rest) - 1;
        }
    }

    /// Adds one; one that is out of range is none.
    pub fn insert(&mut self, i: usize) {
        if i < self.len {
            self.words[i / 64] |= 1 << (i % 64);
        }
    }

    /// Whether it is in the set.
    #[inline]
    pub fn has(&self, i: usize) -> bool {
        self.words.get(i / 64).is_some_and(|word| word >> (i % 64) & 1 == 1)
    }

    /// How many are in the set.
    pub fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many things there are, in the set or not.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Those in the set, going up.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(w, &word)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(w as u32 * 64 + bit)
            })
        })
    }

    fn zip(mut self, other: &Self, fold: impl Fn(u64, u64) -> u64) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a = fold(*a, *b));
        self
    }

    /// In both.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    /// In one of them or both.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        self.zip(other, |a, b| a | b)
    }

    /// In this one and not in the other.
    #[must_use]
    pub fn minus(self, other: &Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }

    /// Those that are not in the set.
    #[must_use]
    pub fn others(mut self) -> Self {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
        self
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }

    /// The words, 64 things each.
    pub fn words(&self) -> &[u64] {
        &self.words
    }
}

/// True, false or unknown of each: the logic of Kleene, as databases have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// Of whom it is true.
    pub yes: Bits,
    /// Of whom nobody knows.
    pub unknown: Bits,
}

impl Truth {
    /// Known of everybody.
    pub fn known(yes: Bits) -> Self {
        Self { unknown: Bits::none(yes.len()), yes }
    }

    /// True of those for whom both are.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        let yes = self.yes.clone().and(&other.yes);
        // Neither side is known to be false, and not both are true.
        let possible = self.yes.or(&self.unknown).and(&other.yes.clone().or(&other.unknown));
        Self { unknown: possible.minus(&yes), yes }
    }

    /// True of those for whom one is.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let yes = self.yes.or(&other.yes);
        Self { unknown: self.unknown.or(&other.unknown).minus(&yes), yes }
    }

    /// The opposite; what is unknown stays so.
    #[must_use]
    pub fn opposite(self) -> Self {
        Self { yes: self.yes.or(&self.unknown).others(), unknown: self.unknown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_every_length_are_whole() {
        for len in [0, 1, 63, 64, 65, 200] {
            let third = Bits::of(len, |i| i % 3 == 0);
            assert_eq!(third.count() as usize, len.div_ceil(3));
            assert_eq!(third.clone().others().count() + third.count(), len as u64);
            assert_eq!(third.clone().or(&third.clone().others()), Bits::all(len));
            assert_eq!(Bits::from_indices(len, third.iter()), third);
        }
    }

    #[test]
    fn truth_follows_kleenes_tables() {
        // Two bits a value: 0 false, 1 true, 2 unknown; every pair of values at a place of its own.
        let truth = |value: fn(usize) -> usize| Truth {
            yes: Bits::of(9, |i| value(i) == 1),
            unknown: Bits::of(9, |i| value(i) == 2),
        };
        let (a, b) = (truth(|i| i / 3), truth(|i| i % 3));
        let values =
            |t: &Truth| (0..9).map(|i| usize::from(t.yes.has(i)) + 2 * usize::from(t.unknown.has(i))).collect();
        let and: Vec<usize> = values(&a.clone().and(&b));
        let or: Vec<usize> = values(&a.clone().or(&b));
        assert_eq!(and, [0, 0, 0, 0, 1, 2, 0, 2, 2]);
        assert_eq!(or, [0, 1, 2, 1, 1, 1, 2, 1, 2]);
        assert_eq!(a.clone().or(&b).opposite(), a.opposite().and(&b.opposite()));
    }
}
