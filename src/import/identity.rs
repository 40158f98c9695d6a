//! Who a customer is: normalised e-mail addresses.

/// A lower-case, trimmed address, or `None` when the text is obviously none (`n/a`, `guest`, `@`).
///
/// Accepts what mail systems accept in practice: something before the last `@`, a domain after it, no
/// spaces or control characters, at most 254 bytes.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let (local, domain) = text.rsplit_once('@')?;
    let sound = !local.is_empty()
        && !domain.is_empty()
        && text.len() <= 254
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>' | '"'));
    if !sound {
        return None;
    }
    Some(if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() })
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
