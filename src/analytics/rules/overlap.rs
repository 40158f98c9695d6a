//! What several segments have in common: every combination that has members.

use super::bits::Bits;

/// More segments than this make a picture that nobody reads.
pub const MOST: usize = 12;

/// Customers who are in exactly these segments of those compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intersection {
    /// Positions of the segments they are in, going up.
    pub sets: Vec<usize>,
    /// How many there are.
    pub customers: u64,
}

/// Every combination of the sets (at most [`MOST`] of them) that has members, the largest first.
pub fn overlap(sets: &[&Bits]) -> Vec<Intersection> {
    let sets = &sets[..sets.len().min(MOST)];
    let mut counts = vec![0_u64; 1 << sets.len()];
    let words = sets.iter().map(|set| set.words().len()).max().unwrap_or(0);
    for w in 0..words {
        let own: Vec<u64> = sets.iter().map(|set| set.words().get(w).copied().unwrap_or(0)).collect();
        let mut rest = own.iter().fold(0, |all, word| all | word);
        while rest != 0 {
            let bit = rest.trailing_zeros();
            rest &= rest - 1;
            let combination = own.iter().rev().fold(0, |sum, word| sum << 1 | (word >> bit & 1) as usize);
            counts[combination] += 1;
        }
    }
    let mut found: Vec<Intersection> = counts
        .iter()
        .enumerate()
        .filter(|(_, customers)| **customers > 0)
        .map(|(combination, &customers)| Intersection {
            sets: (0..sets.len()).filter(|set| combination >> set & 1 == 1).collect(),
            customers,
        })
        .collect();
    found.sort_by(|a, b| b.customers.cmp(&a.customers).then_with(|| a.sets.cmp(&b.sets)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_is_counted_once() {
        let set = |step: usize| Bits::of(300, move |i| i % step == 0);
        let (twos, threes, none) = (set(2), set(3), Bits::none(300));
        let found = overlap(&[&twos, &threes, &none]);
        let counts: Vec<_> = found.iter().map(|i| (i.sets.as_slice(), i.customers)).collect();
        assert_eq!(counts, [(&[0][..], 100), (&[0, 1][..], 50), (&[1][..], 50)]);
        assert!(overlap(&[]).is_empty());
    }
}
