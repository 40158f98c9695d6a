//! Fields of records that people edit in tables: each has a key, a name, and can be read and set as a text.

/// A field of a `T`.
pub struct Field<T: 'static> {
    /// Stable name on the command line and of the column in files.
    pub key: &'static str,
    /// For people.
    pub name: &'static str,
    /// Its value as a text.
    pub text: fn(&T) -> String,
    /// Sets it; called by [`Field::set`].
    pub put: fn(&mut T, &str) -> Result<(), String>,
}

impl<T> Field<T> {
    /// The field of a list with a key, in any letter case.
    pub fn named(fields: &'static [Self], key: &str) -> Option<&'static Self> {
        fields.iter().find(|field| field.key.eq_ignore_ascii_case(key.trim()))
    }

    /// Sets it from a text; an empty one empties it.
    ///
    /// # Errors
    /// A sentence that says what it can be.
    pub fn set(&self, of: &mut T, text: &str) -> Result<(), String> {
        (self.put)(of, text.trim())
    }
}

/// The one of this key or name, in any letter case; `None` for an empty text.
///
/// # Errors
/// A sentence that lists the names.
pub fn choice<T: Copy, const N: usize>(
    text: &str,
    all: [T; N],
    key: fn(T) -> &'static str,
    name: fn(T) -> &'static str,
) -> Result<Option<T>, String> {
    let is = |one: &T| text.eq_ignore_ascii_case(key(*one)) || text.eq_ignore_ascii_case(name(*one));
    match all.into_iter().find(is) {
        None if !text.is_empty() => Err(format!("“{text}” is none of {}", all.map(name).join(", "))),
        found => Ok(found),
    }
}

/// A typed number, with a decimal point or comma and a percent sign or not; `None` for an empty text.
///
/// # Errors
/// A sentence when it is no number.
pub fn number(text: &str) -> Result<Option<f64>, String> {
    let plain = text.trim().trim_end_matches('%').trim_end().replace('−', "-").replace(',', ".");
    if plain.is_empty() {
        return Ok(None);
    }
    let read = plain.parse::<f64>().ok().filter(|number| number.is_finite());
    read.map(Some).ok_or_else(|| format!("“{}” is no number", text.trim()))
}

/// A typed share of 0–1: `12.5%` and `12.5` are an eighth.
///
/// # Errors
/// A sentence when it is none.
pub fn share(text: &str) -> Result<Option<f64>, String> {
    match number(text)?.map(|percent| percent / 100.0) {
        Some(share) if !(0.0..=1.0).contains(&share) => Err("a share is 0% to 100%".into()),
        found => Ok(found),
    }
}

/// A share as it is typed; empty for none.
pub fn share_text(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| format!("{}%", (share * 1e6).round() / 1e4))
}

/// A number as it is typed; empty for none.
pub fn number_text(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| format!("{number}"))
}

/// What is wrong with a text: too long, or more than a line where it may have one.
pub fn text_problem(text: &str, longest: usize, lines: bool) -> Option<String> {
    if text.chars().count() > longest {
        return Some(format!("the text is too long; shorten it to {longest} characters"));
    }
    let unfit = |c: char| c.is_control() && !(lines && matches!(c, '\n' | '\t'));
    text.chars().any(unfit).then(|| "the text is one line, without control characters".into())
}

/// A stable name for something called so that is not taken yet: small letters, digits and `_`.
pub fn free_id(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let stem: String = super::campaign::slug(name).replace('-', "_").chars().filter(char::is_ascii).take(40).collect();
    let stem = if stem.is_empty() { "own".to_owned() } else { stem };
    let mut id = stem.clone();
    let mut number = 1_u32;
    while taken(&id) {
        number += 1;
        id = format!("{stem}_{number}");
    }
    id
}

/// Whether a text can be a stable name.
pub fn is_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (1..=80).contains(&text.len()) && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_numbers_are_read_as_people_write_them() {
        for (text, read) in [("12.5%", Some(12.5)), (" 12,5 ", Some(12.5)), ("−3", Some(-3.0)), ("", None), ("%", None)]
        {
            assert_eq!(number(text), Ok(read), "{text}");
        }
        assert!(number("x").is_err() && number("inf").is_err() && share("101").is_err());
        assert_eq!(share("12.5%"), Ok(Some(0.125)));
        assert_eq!(share_text(share("7.3%").unwrap()), "7.3%");
    }

    #[test]
    fn ids_are_free_and_plain() {
        assert_eq!(free_id("Gift wrapping!", |id| id == "gift_wrapping"), "gift_wrapping_2");
        assert_eq!(free_id("包装", |_| false), "own");
        assert!(is_id(&free_id(&"é".repeat(300), |_| false)) && !is_id("A") && !is_id(""));
    }
}
