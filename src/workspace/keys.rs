//! An exact map from keys (order numbers, e-mails, SKUs) to row ids that fits millions of them in memory.

use std::hash::{BuildHasher, Hash};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// Keys are kept once, end to end in one buffer; a key is a namespace number and a text.
#[derive(Default)]
pub struct KeyTable {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    table: HashTable<u32>,
}

#[derive(Clone, Copy)]
struct Entry {
    end: u32,
    space: u32,
    id: u32,
}

impl KeyTable {
    /// Number of keys.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The id of a key.
    pub fn get(&self, space: u32, key: &str) -> Option<u32> {
        let found = self.table.find(hash(space, key), |&i| self.is(i, space, key))?;
        Some(self.entries[*found as usize].id)
    }

    /// Sets the id of a key. Keys that no longer fit (4 GiB of text) are refused: `false`.
    pub fn set(&mut self, space: u32, key: &str, id: u32) -> bool {
        let hash_of_key = hash(space, key);
        if let Some(&i) = self.table.find(hash_of_key, |&i| self.is(i, space, key)) {
            self.entries[i as usize].id = id;
            return true;
        }
        let (Ok(end), Ok(index)) = (u32::try_from(self.bytes.len() + key.len()), u32::try_from(self.entries.len()))
        else {
            return false;
        };
        self.bytes.extend_from_slice(key.as_bytes());
        self.entries.push(Entry { end, space, id });
        let (entries, bytes) = (&self.entries, &self.bytes);
        self.table.insert_unique(hash_of_key, index, |&i| {
            let entry = entries[i as usize];
            hash_bytes(entry.space, text(entries, bytes, i))
        });
        true
    }

    fn is(&self, i: u32, space: u32, key: &str) -> bool {
        self.entries[i as usize].space == space && text(&self.entries, &self.bytes, i) == key.as_bytes()
    }
}

fn text<'a>(entries: &[Entry], bytes: &'a [u8], i: u32) -> &'a [u8] {
    let i = i as usize;
    let start = if i == 0 { 0 } else { entries[i - 1].end as usize };
    &bytes[start..entries[i].end as usize]
}

fn hash(space: u32, key: &str) -> u64 {
    hash_bytes(space, key.as_bytes())
}

fn hash_bytes(space: u32, key: &[u8]) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    (space, key).hash(&mut hasher);
    std::hash::Hasher::finish(&hasher)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_namespaces_apart_and_survives_growth() {
        let mut keys = KeyTable::default();
        for i in 0..10_000_u32 {
            assert!(keys.set(i % 3, &format!("key {}", i / 3), i));
        }
        for i in 0..9_999_u32 {
            assert_eq!(keys.get(i % 3, &format!("key {}", i / 3)), Some(i));
        }
        assert_eq!(keys.get(0, "none"), None);
        assert!(keys.set(0, "key 0", 77));
        assert_eq!(keys.get(0, "key 0"), Some(77));
        assert_eq!(keys.len(), 10_000);
    }
}
