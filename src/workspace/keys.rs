//! A map from keys (order numbers, e-mails, SKUs) to row ids that fits millions of them in memory.
//!
//! Keys are not kept, only 96 bits of their hash: a look-up touches one place in memory instead of four, which is
//! most of its time in a table larger than the cache. Two different keys are taken for one with a probability of
//! n² / 2⁹⁷ (ten million keys: 10⁻¹⁵), and the seed, new for each table, keeps anybody from preparing such keys.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// A key is a namespace number and a text.
pub struct KeyTable {
    seed: u64,
    table: HashTable<Slot>,
}

/// Where a key is found, so that looking and then setting hashes it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    high: u64,
    low: u32,
}

impl Key {
    fn hash(seed: u64, text: &str) -> Self {
        let hash = xxh3_128_with_seed(text.as_bytes(), seed);
        Self { high: (hash >> 64) as u64, low: hash as u32 }
    }
}

// Four words without padding: four slots in a cache line.
#[derive(Clone, Copy)]
struct Slot {
    hash: [u32; 3],
    id: u32,
}

impl Slot {
    fn high(&self) -> u64 {
        u64::from(self.hash[0]) << 32 | u64::from(self.hash[1])
    }

    fn is(&self, key: Key) -> bool {
        self.high() == key.high && self.hash[2] == key.low
    }
}

impl Default for KeyTable {
    fn default() -> Self {
        Self { seed: RandomState::new().hash_one(0), table: HashTable::new() }
    }
}

impl KeyTable {
    /// Number of keys.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// The place of a key.
    pub fn key(&self, space: u32, text: &str) -> Key {
        // Multiplied, so that neighbouring namespaces have seeds that differ in all bits.
        let space = u64::from(space).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Key::hash(self.seed ^ space, text)
    }

    /// The place of a key of two texts.
    pub fn key_of_two(&self, space: u32, first: &str, second: &str) -> Key {
        let Key { high, low } = self.key(space, first);
        Key::hash(high ^ u64::from(low) << 32, second)
    }

    /// The id at a place.
    pub fn at(&self, key: Key) -> Option<u32> {
        self.table.find(key.high, |slot| slot.is(key)).map(|slot| slot.id)
    }

    /// The id of a key.
    pub fn get(&self, space: u32, text: &str) -> Option<u32> {
        self.at(self.key(space, text))
    }

    /// Sets the id at a place.
    pub fn set_at(&mut self, key: Key, id: u32) {
        match self.table.find_mut(key.high, |slot| slot.is(key)) {
            Some(slot) => slot.id = id,
            None => {
                let hash = [(key.high >> 32) as u32, key.high as u32, key.low];
                self.table.insert_unique(key.high, Slot { hash, id }, Slot::high);
            }
        }
    }

    /// Sets the id of a key.
    pub fn set(&mut self, space: u32, text: &str, id: u32) {
        self.set_at(self.key(space, text), id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_namespaces_apart_and_survives_growth() {
        let mut keys = KeyTable::default();
        for i in 0..10_000_u32 {
            keys.set(i % 3, &format!("key {}", i / 3), i);
        }
        for i in 0..9_999_u32 {
            assert_eq!(keys.get(i % 3, &format!("key {}", i / 3)), Some(i));
        }
        assert_eq!(keys.get(0, "none"), None);
        keys.set(0, "key 0", 77);
        assert_eq!(keys.get(0, "key 0"), Some(77));
        assert_eq!(keys.len(), 10_000);
    }
}
