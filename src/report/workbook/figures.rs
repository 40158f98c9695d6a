//! How a number is shown so that it reads as the document prints it.

/// Longest printed figure that is looked at; more is a text with figures in it.
const LONGEST: usize = 40;

/// The number format under which `number` reads as `text`; `None` when the text says more than one number does, or
/// another one.
pub fn number_format(number: f64, text: &str) -> Option<String> {
    let text = text.trim();
    if !number.is_finite() || text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = digits(&text[start..]);
    let (before, after) = (&text[..start], &text[start + digits.len()..]);
    let sign = before.chars().find(|c| matches!(c, '-' | '−' | '+'));
    let before: String = before.chars().filter(|c| !matches!(c, '-' | '−' | '+')).collect();
    let printed: f64 = digits.replace(',', "").parse().ok()?;
    if printed != 0.0 && (number < 0.0) != matches!(sign, Some('-' | '−')) {
        return None;
    }
    // A second number is more than one cell holds, except for the one of a ratio.
    if after.contains(|c: char| c.is_ascii_digit()) && after != ":1" {
        return None;
    }
    let decimals = digits.split_once('.').map_or(0, |(_, part)| part.len());
    let (scale, tail) = scaled(number.abs(), printed, decimals, after)?;
    let whole = if digits.contains(',') || printed < 1_000.0 { "#,##0" } else { "0" };
    let part = if decimals > 0 { format!(".{}", "0".repeat(decimals)) } else { String::new() };
    let plain = format!("{}{whole}{part}{scale}{}", literal(&before)?, tail);
    Some(if sign == Some('+') { format!("+{plain};-{plain};{plain}") } else { plain })
}

/// The figure at the start of a text, with its separators.
fn digits(text: &str) -> &str {
    let bytes = text.as_bytes();
    let is_part = |at: usize| match bytes[at] {
        b'0'..=b'9' => true,
        b',' | b'.' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    let end = (0..bytes.len()).find(|at| !is_part(*at)).unwrap_or(bytes.len());
    &text[..end]
}

/// What a format needs to show `number` as `printed`, and the words behind it.
fn scaled(number: f64, printed: f64, decimals: usize, after: &str) -> Option<(&'static str, String)> {
    let slack = 0.500_001 * 10f64.powi(-(decimals as i32));
    let is = |value: f64| (value - printed).abs() <= slack;
    if let Some(rest) = after.trim_start().strip_prefix('%') {
        if is(number * 100.0) {
            return Some(("%", literal(rest)?));
        }
        return is(number).then_some(("", literal(after)?));
    }
    if is(number) {
        return Some(("", literal(after)?));
    }
    match after.chars().next()? {
        'k' | 'K' if is(number / 1e3) => Some((",", literal(after)?)),
        'm' | 'M' if is(number / 1e6) => Some((",,", literal(after)?)),
        _ => None,
    }
}

/// Words as part of a format.
fn literal(text: &str) -> Option<String> {
    match text {
        "" => Some(String::new()),
        _ if text.contains('"') || text.contains(char::is_control) => None,
        _ => Some(format!("\"{text}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_reads_as_the_document_prints_it() {
        for (number, text, format) in [
            (1_356.0, "1,356", "#,##0"),
            (70.0, "70", "#,##0"),
            (2026.0, "2026", "0"),
            (0.414, "41.4%", "#,##0.0%"),
            (41.4, "41.4%", "#,##0.0\"%\""),
            (9.24, "$9.24", "\"$\"#,##0.00"),
            (-9.24, "−$9.24", "\"$\"#,##0.00"),
            (12.5, "USD 12.50", "\"USD \"#,##0.00"),
            (6.4, "6.4x/yr", "#,##0.0\"x/yr\""),
            (0.032, "+3.2%", "+#,##0.0%;-#,##0.0%;#,##0.0%"),
            (4.2, "4.2:1", "#,##0.0\":1\""),
            (1_400_000.0, "1.4M", "#,##0.0,,\"M\""),
            (12.0, "12 days typed", "#,##0\" days typed\""),
        ] {
            assert_eq!(number_format(number, text).as_deref(), Some(format), "{text}");
        }
    }

    #[test]
    fn a_text_that_says_more_stays_a_text() {
        for (number, text) in [
            (12.0, "12 (9–15)"),
            (3.0, "3 of 12"),
            (5.0, "7"),
            (-5.0, "5"),
            (f64::NAN, "—"),
            (1.0, "one"),
            (4.0, "4\"x"),
        ] {
            assert_eq!(number_format(number, text), None, "{text}");
        }
    }
}
