//! Files that advertising platforms take to find customers again: each value in the platform's own normal form, then
//! hashed by SHA-256. Platforms differ, so each has a file of its own and none shares a normal form with another.

mod google;
mod meta;
mod phone;

use std::path::Path;

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::table_export::{self, DATA, List, Value};

pub use phone::{country_code, e164};

/// What is known of a person. What the person did not agree to is not in here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number as written.
    pub phone: Option<String>,
    /// Full name.
    pub name: Option<String>,
    /// Country as the shop writes it.
    pub country: Option<String>,
}

/// A platform.
pub struct Platform {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Columns of its file.
    pub columns: &'static [&'static str],
    row: fn(&Person) -> Vec<String>,
}

/// Every platform there is: menus, the command line and tests loop over this list.
pub const PLATFORMS: &[Platform] = &[google::CUSTOMER_MATCH, meta::CUSTOM_AUDIENCE];

/// The platform with a name, in any letter case.
pub fn platform(name: &str) -> Option<&'static Platform> {
    PLATFORMS.iter().find(|platform| platform.name.eq_ignore_ascii_case(name.trim()))
}

impl Platform {
    /// The row of a person, hashed; `None` when nothing is left that the platform could find the person by.
    pub fn row(&self, person: &Person) -> Option<Vec<String>> {
        let row = (self.row)(person);
        // The first two columns of every file are the address and the number; a name alone finds nobody.
        row.iter().take(2).any(|cell| !cell.is_empty()).then_some(row)
    }

    /// Writes rows, in the order of the columns, whole or not at all; gives how many there were.
    pub fn save(&self, path: &Path, rows: &mut dyn Iterator<Item = Result<Vec<String>>>) -> Result<u64> {
        let list = List { title: self.title.into(), columns: self.columns.iter().map(|&c| c.to_owned()).collect() };
        let cell = |text: String| if text.is_empty() { Value::Empty } else { Value::Text(text) };
        let mut rows = rows.map(|row| Ok(row?.into_iter().map(cell).collect()));
        Ok(table_export::save(path, &DATA, &list, &mut rows)?.rows)
    }
}

/// The hash of a value as lower-case hex; nothing for nothing.
fn hashed(value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    Sha256::digest(value.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An e-mail address without spaces and in small letters; nothing when it is no address.
fn address(email: Option<&str>) -> String {
    let plain: String = email.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.to_lowercase();
    match plain.split_once('@') {
        Some((user, domain)) if !user.is_empty() && domain.contains('.') && !domain.contains('@') => plain,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_nothing_and_no_address_is_none() {
        assert_eq!(hashed(""), "");
        assert_eq!(address(Some(" Jo@Example.COM ")), "jo@example.com");
        for wrong in ["", "jo", "jo@", "@example.com", "jo@x", "a@b@c.d"] {
            assert_eq!(address(Some(wrong)), "", "{wrong}");
        }
    }
}
