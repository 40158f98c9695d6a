//! Codes that are used once: a list for the shop and for the mailing tool.

use std::collections::BTreeSet;

use super::Codes;

/// Letters and digits that nobody takes for one another.
const SIGNS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs after the prefix: with them 6.6e11 codes, too many to guess one of some thousands.
const LENGTH: usize = 8;
/// More than this no shop takes in one list.
pub const MOST_CODES: u32 = 100_000;
/// A longer prefix nobody types.
pub const LONGEST_PREFIX: usize = 12;

impl Codes {
    /// The codes: the same seed gives the same ones, in the same order, whatever their number; none that is `taken`.
    pub fn list(&self, taken: &dyn Fn(&str) -> bool) -> Vec<String> {
        let prefix = self.prefix.trim().to_uppercase();
        let count = self.count.min(MOST_CODES) as usize;
        let mut state = self.seed;
        let (mut seen, mut codes) = (BTreeSet::new(), Vec::with_capacity(count));
        while codes.len() < count {
            let mut left = next(&mut state);
            let mut code = if prefix.is_empty() { String::new() } else { format!("{prefix}-") };
            for _ in 0..LENGTH {
                code.push(char::from(SIGNS[(left % 30) as usize]));
                left /= 30;
            }
            if !taken(&code) && seen.insert(code.clone()) {
                codes.push(code);
            }
        }
        codes
    }

    /// What is wrong with them, by field.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let mut found = Vec::new();
        let prefix = self.prefix.trim();
        if prefix.chars().count() > LONGEST_PREFIX || !prefix.chars().all(|c| c.is_ascii_alphanumeric()) {
            found.push(("codes.prefix", format!("a prefix has up to {LONGEST_PREFIX} letters and digits")));
        }
        if self.count == 0 || self.count > MOST_CODES {
            found.push(("codes.count", format!("a list has 1 to {MOST_CODES} codes")));
        }
        found
    }
}

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_same_again_and_none_twice() {
        let codes = |seed, count| Codes { prefix: "sale".into(), count, seed }.list(&|_| false);
        let (all, some) = (codes(1, 5_000), codes(1, 10));
        assert_eq!(all[..10], some);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 5_000);
        assert!(all.iter().all(|code| code.len() == 13 && code.starts_with("SALE-")));
        assert_ne!(codes(2, 10), some);
        let first = some[0].clone();
        let without = Codes { prefix: "sale".into(), count: 9, seed: 1 }.list(&|code| code == first);
        assert_eq!(without, some[1..]);
        assert_eq!(Codes { prefix: "a b".into(), count: 0, seed: 0 }.problems().len(), 2);
    }
}
