//! What gives a person away in a text: addresses, phone numbers, full names, in any letter case.

/// Texts to look for, lower case.
#[derive(Debug, Default)]
pub struct Needles(Vec<String>);

/// What stands in the place of what was taken out.
pub const TAKEN_OUT: &str = "[erased]";

impl Needles {
    /// E-mail addresses.
    pub fn add_email(&mut self, email: &str) {
        self.add(email);
    }

    /// A phone number as written; one of few digits could be any number.
    pub fn add_phone(&mut self, phone: &str) {
        const DIGITS: usize = 7;
        if phone.chars().filter(char::is_ascii_digit).count() >= DIGITS {
            self.add(phone);
        }
    }

    /// A name of two words and more; a single word could be any word.
    pub fn add_name(&mut self, name: &str) {
        if name.split_whitespace().count() > 1 {
            self.add(name);
        }
    }

    fn add(&mut self, text: &str) {
        let text = text.trim().to_lowercase();
        if !text.is_empty() && !self.0.contains(&text) {
            self.0.push(text);
        }
    }

    /// All of them, lower case.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// Whether a text names the person.
    pub fn are_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().any(|needle| text.contains(needle))
    }

    /// The text without the person; `None` when it does not name the person.
    pub fn taken_out(&self, text: &str) -> Option<String> {
        if !self.are_in(text) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            match self.0.iter().filter_map(|needle| starts_with(rest, needle)).max() {
                Some(length) => {
                    out.push_str(TAKEN_OUT);
                    rest = &rest[length..];
                }
                None => {
                    out.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        Some(out)
    }
}

/// How many bytes at the start of a text are the needle, whatever the letter case.
fn starts_with(text: &str, needle: &str) -> Option<usize> {
    let mut wanted = needle.chars();
    for (at, c) in text.char_indices() {
        if wanted.as_str().is_empty() {
            return Some(at);
        }
        if !c.to_lowercase().all(|c| wanted.next() == Some(c)) {
            return None;
        }
    }
    wanted.as_str().is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_taken_out_of_a_text_in_any_letter_case() {
        let mut needles = Needles::default();
        needles.add_email("änne.maier@example.com");
        needles.add_name("Änne Maier");
        needles.add_name("Änne");
        needles.add_phone("+49 170 1234567");
        needles.add_phone("110");
        let out = |text: &str| needles.taken_out(text);
        assert_eq!(out("Call ÄNNE MAIER (+49 170 1234567)").as_deref(), Some("Call [erased] ([erased])"));
        assert_eq!(out("{\"a\":\"Änne.Maier@Example.COM\"}").as_deref(), Some("{\"a\":\"[erased]\"}"));
        assert_eq!(out("Änne, 110"), None, "a first name or a short number could be anybody's");
        assert_eq!(out(""), None);
    }
}
