//! Text within XML: nothing of it becomes markup, and what XML cannot hold becomes a space.

/// Text as content or attribute value, line breaks and tabs as they are.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(if is_legal(c) { c } else { ' ' }),
        }
    }
    out
}

/// The text without characters that XML forbids; carriage returns go, as every line ends with a line feed.
pub fn legal(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().map(|c| if is_legal(c) { c } else { ' ' }).collect()
}

/// Control characters and the two that are none are forbidden.
fn is_legal(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Letters of scripts that are written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
        || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Whether a text as a whole runs from right to left: its first letter decides.
pub fn runs_right_to_left(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(is_right_to_left)
}

/// The text in pieces of one direction, each with whether that is from right to left. Blanks and signs go with what
/// stands before them.
pub fn directions(text: &str) -> Vec<(bool, &str)> {
    let mut pieces = Vec::new();
    let (mut start, mut current) = (0, None);
    for (at, c) in text.char_indices() {
        let strong = if is_right_to_left(c) { Some(true) } else { c.is_alphanumeric().then_some(false) };
        if let Some(direction) = strong {
            if current.is_some_and(|current| current != direction) {
                pieces.push((!direction, &text[start..at]));
                start = at;
            }
            current = Some(direction);
        }
    }
    if start < text.len() {
        pieces.push((current.unwrap_or(false), &text[start..]));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_and_legal() {
        assert_eq!(escape("<a b=\"1\">&\u{0}\u{b}\u{ffff}\n\t"), "&lt;a b=&quot;1&quot;&gt;&amp;   \n\t");
        assert_eq!(legal("a\r\nb\rc\u{7}日本😀"), "a\nb\nc 日本😀");
    }

    #[test]
    fn directions_change_at_letters() {
        assert_eq!(directions("plain, 12%"), [(false, "plain, 12%")]);
        assert_eq!(directions("שלום (VIP) עולם"), [(true, "שלום ("), (false, "VIP) "), (true, "עולם")]);
        assert_eq!(directions(""), []);
        assert!(runs_right_to_left("12 مرحبا abc") && !runs_right_to_left("abc שלום"));
    }
}
