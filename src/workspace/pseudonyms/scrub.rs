//! Names, e-mail addresses and phone numbers within texts that are about something else: labels, plans, campaigns, settings.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, params_from_iter};
use rustc_hash::FxHashSet;

use crate::workspace::Result;

/// Columns of text that are looked through. Each table has a primary key.
const TEXTS: &[(&str, &[&str])] = &[
    ("answer", &["value"]),
    ("attribute", &["value"]),
    ("campaign", &["name", "body"]),
    ("consent", &["source"]),
    ("discount", &["code"]),
    ("experiment", &["name", "body"]),
    ("exposure", &["body"]),
    ("import", &["file", "summary"]),
    ("label", &["text"]),
    ("measurement", &["source"]),
    ("plan", &["name", "body"]),
    ("product", &["title", "brand", "tags"]),
    ("segment", &["name", "body"]),
    ("send", &["variant", "subject", "figures"]),
    ("setting", &["value"]),
    ("visit", &["campaign", "channel", "source"]),
];

/// Columns whose texts are all different.
const UNIQUE: &[(&str, &str)] = &[("label", "text"), ("segment", "name"), ("discount", "code")];

/// What stands where somebody was named.
const PERSON: &str = "[person]";
/// What stands where an address was.
const ADDRESS: &str = "[address]";
/// What stands where a phone number was.
const PHONE: &str = "[phone]";
/// Digits at the end of a phone number by which it is told, whatever stands before them; shorter ones are any number.
const DIGITS: usize = 9;
/// Words of the longest name that is looked for.
const LONGEST: usize = 5;

/// The names to look for.
#[derive(Debug, Default)]
pub struct Scrub {
    /// Lower case, words with one space between; names of one word could be any word.
    names: FxHashSet<String>,
    /// The last digits.
    phones: FxHashSet<String>,
}

impl Scrub {
    /// The names and phone numbers of all customers.
    pub fn read(connection: &Connection) -> Result<Self> {
        let mut select = connection.prepare("SELECT name FROM customer WHERE name IS NOT NULL")?;
        let mut rows = select.query([])?;
        let mut names = FxHashSet::default();
        while let Some(row) = rows.next()? {
            let ValueRef::Text(text) = row.get_ref(0)? else { continue };
            let name = String::from_utf8_lossy(text).to_lowercase();
            let words: Vec<&str> = name.split_whitespace().collect();
            if (2..=LONGEST).contains(&words.len()) {
                names.insert(words.join(" "));
            }
        }
        let mut select = connection.prepare("SELECT phone FROM customer WHERE phone IS NOT NULL")?;
        let phones = select.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Self { names, phones: phones.iter().filter_map(|phone| last_digits(phone)).collect() })
    }

    /// The text without names and addresses; `None` when it has none.
    pub fn taken_out(&self, text: &str) -> Option<String> {
        let without = addresses(text);
        let found = self.named(without.as_deref().unwrap_or(text));
        let without = found.or(without);
        let found = self.called(without.as_deref().unwrap_or(text));
        found.or(without)
    }

    /// The text without phone numbers.
    fn called(&self, text: &str) -> Option<String> {
        if self.phones.is_empty() {
            return None;
        }
        let within = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/');
        let (mut out, mut copied, mut from) = (String::new(), 0, 0);
        while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit() || c == '+').map(|at| from + at) {
            let rest = &text[start + 1..];
            let run = &text[start..start + 1 + rest.find(|c| !within(c)).unwrap_or(rest.len())];
            let end = start + run.trim_end_matches(|c: char| !c.is_ascii_digit()).len().max(1);
            // A number of a list in JSON is no text.
            let quoted = !text.starts_with(['{', '[']) || !text[..start].ends_with([':', ',', '[']);
            if quoted && last_digits(&text[start..end]).is_some_and(|digits| self.phones.contains(&digits)) {
                out.push_str(&text[copied..start]);
                out.push_str(PHONE);
                copied = end;
            }
            from = end;
        }
        (copied > 0).then(|| out + &text[copied..])
    }

    /// The text without names.
    fn named(&self, text: &str) -> Option<String> {
        let words = words(text);
        let lower: Vec<String> = words.iter().map(|(from, to)| text[*from..*to].to_lowercase()).collect();
        let (mut out, mut copied, mut at) = (String::new(), 0, 0);
        while at < words.len() {
            let longest = (2..=LONGEST.min(words.len() - at)).rev();
            let length = longest.into_iter().find(|n| self.names.contains(&lower[at..at + n].join(" ")));
            let Some(length) = length else {
                at += 1;
                continue;
            };
            out.push_str(&text[copied..words[at].0]);
            out.push_str(PERSON);
            copied = words[at + length - 1].1;
            at += length;
        }
        (copied > 0).then(|| out + &text[copied..])
    }
}

/// The last digits of a phone number; `None` when it has fewer.
fn last_digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Some(digits.get(digits.len().checked_sub(DIGITS)?..)?.to_owned())
}

/// Words by their first byte and the byte after them. What stands within names of people belongs to them.
fn words(text: &str) -> Vec<(usize, usize)> {
    let within = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.');
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut goes_on = false;
    for (at, c) in text.char_indices() {
        match (within(c), goes_on) {
            (true, true) => words.iter_mut().last().into_iter().for_each(|word| word.1 = at + c.len_utf8()),
            (true, false) => words.push((at, at + c.len_utf8())),
            (false, _) => {}
        }
        goes_on = within(c);
    }
    words
}

/// The text without e-mail addresses; `None` when it has none.
fn addresses(text: &str) -> Option<String> {
    let within = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let (mut out, mut copied) = (String::new(), 0);
    for (sign, _) in text.match_indices('@') {
        if sign < copied {
            continue;
        }
        let before: usize = text[copied..sign].chars().rev().take_while(|c| within(*c)).map(char::len_utf8).sum();
        let after: usize = text[sign + 1..].chars().take_while(|c| within(*c)).map(char::len_utf8).sum();
        let domain = &text[sign + 1..sign + 1 + after];
        if before == 0 || !domain.trim_matches('.').contains('.') {
            continue;
        }
        out.push_str(&text[copied..sign - before]);
        out.push_str(ADDRESS);
        // A full stop at the end belongs to the sentence.
        copied = sign + 1 + domain.trim_end_matches('.').len();
    }
    (copied > 0).then(|| out + &text[copied..])
}

/// Takes names and addresses out of all these texts; gives how many were changed.
pub fn texts(connection: &Connection, scrub: &Scrub) -> Result<u64> {
    let mut changed = 0;
    for (table, columns) in TEXTS {
        for column in *columns {
            changed += of_column(connection, scrub, table, column)?;
        }
    }
    Ok(changed)
}

fn of_column(connection: &Connection, scrub: &Scrub, table: &str, column: &str) -> Result<u64> {
    let mut select = connection.prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk")?;
    let key = select.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let mut select = connection.prepare(&format!("SELECT {column}, {} FROM {table}", key.join(", ")))?;
    let mut rows = select.query([])?;
    let mut found: Vec<(Vec<Value>, String)> = Vec::new();
    while let Some(row) = rows.next()? {
        let ValueRef::Text(text) = row.get_ref(0)? else { continue };
        if let Some(text) = scrub.taken_out(&String::from_utf8_lossy(text)) {
            found.push(((1..=key.len()).map(|i| row.get(i)).collect::<rusqlite::Result<_>>()?, text));
        }
    }
    drop(rows);
    let unique = UNIQUE.contains(&(table, column));
    let same: Vec<String> = key.iter().map(|name| format!("{name} = ?")).collect();
    let mut update = connection.prepare(&format!("UPDATE {table} SET {column} = ? WHERE {}", same.join(" AND ")))?;
    for (n, (key, text)) in found.iter().enumerate() {
        let text = if unique { format!("{text} {}", n + 1) } else { text.clone() };
        update.execute(params_from_iter(std::iter::once(Value::Text(text)).chain(key.iter().cloned())))?;
    }
    Ok(found.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrub() -> Scrub {
        Scrub {
            names: ["zoë o'hara", "ann lee smith"].map(str::to_owned).into_iter().collect(),
            phones: ["+49 170 1234567"].into_iter().filter_map(last_digits).collect(),
        }
    }

    #[test]
    fn names_and_addresses_go_and_the_rest_stays() {
        let taken = |text: &str| scrub().taken_out(text);
        assert_eq!(
            taken("{\"note\":\"Ask Zoë  O'Hara, or zoe@example.com.\"}").as_deref(),
            Some("{\"note\":\"Ask [person], or [address].\"}")
        );
        assert_eq!(taken("ANN LEE SMITH").as_deref(), Some("[person]"));
        assert_eq!(taken("a.b+c@mail.example.com;x@y"), Some("[address];x@y".into()));
        assert_eq!(taken("call 0170/123 45 67, please").as_deref(), Some("call [phone], please"));
        assert_eq!(taken("{\"a\":\"+491701234567\"}").as_deref(), Some("{\"a\":\"[phone]\"}"));
        assert_eq!(taken("{\"a\":491701234567,\"b\":[491701234567]}"), None, "a number is no text");
        for kept in ["170 1234", "2026-10-14 10:00", "+", "Zoë", "hara zoë", "a @ b", "@example.com", "5 @ 3.50", ""]
        {
            assert_eq!(taken(kept), None, "{kept}");
        }
    }
}
