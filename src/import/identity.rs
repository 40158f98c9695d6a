//! Who a customer is: normalised e-mail addresses.

use super::row::trim;

/// A lower-case, trimmed address, or `None` when the text is obviously none (`n/a`, `guest`, `@`).
///
/// Accepts what mail systems accept in practice: something before the last `@`, a domain after it, no
/// spaces or control characters, at most 254 bytes.
pub fn email(text: &str) -> Option<String> {
    let text = trim(text);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let at = memchr::memrchr(b'@', text.as_bytes())?;
    let (local, domain) = (&text[..at], &text[at + 1..]);
    let wrong_byte = |b: &u8| b.is_ascii_whitespace() || b.is_ascii_control() || b",;<>\"".contains(b);
    let sound = !local.is_empty()
        && !domain.is_empty()
        && text.len() <= 254
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.as_bytes().iter().any(wrong_byte);
    if !sound {
        return None;
    }
    if text.is_ascii() {
        return Some(text.to_ascii_lowercase());
    }
    (!text.chars().any(|c| c.is_whitespace() || c.is_control())).then(|| text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::email;

    #[test]
    fn addresses_compare_without_case_and_space() {
        assert_eq!(email(" Russel.Winfield@Shop.TEST "), Some("russel.winfield@shop.test".into()));
        assert_eq!(email("ÄNNE@büro.test"), Some("änne@büro.test".into()));
    }

    #[test]
    fn words_instead_of_addresses_are_none() {
        for text in ["", "n/a", "guest", "@", "a@", "@b.test", "a b@c.test", "none@", "a@b.test, c@d.test"] {
            assert_eq!(email(text), None, "{text}");
        }
    }
}
