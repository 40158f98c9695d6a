//! Names of sheets: legal, different from each other in any letter case, and as telling as 31 characters allow.

/// Characters (UTF-16 units) of a sheet's name.
const LONGEST: usize = 31;

/// Names that are taken.
#[derive(Default)]
pub struct Names(Vec<String>);

impl Names {
    /// A name of its own for a sheet: the first wish that fits whole, or the first one cut at a word.
    pub fn take(&mut self, wishes: &[&str]) -> String {
        let wishes: Vec<String> = wishes.iter().map(|wish| legal(wish)).filter(|wish| !wish.is_empty()).collect();
        let whole = wishes.iter().find(|wish| length(wish) <= LONGEST && !self.is_taken(wish));
        let name = match (whole, wishes.first()) {
            (Some(wish), _) => wish.clone(),
            (None, Some(first)) => self.numbered(first),
            (None, None) => self.numbered("Sheet"),
        };
        self.0.push(name.to_lowercase());
        name
    }

    fn numbered(&self, wish: &str) -> String {
        let tails = std::iter::once(String::new()).chain((2..).map(|number| format!(" {number}")));
        let mut names = tails.map(|tail| cut(wish, LONGEST - tail.len()) + &tail);
        names.find(|name| !self.is_taken(name)).unwrap_or_default()
    }

    fn is_taken(&self, name: &str) -> bool {
        // "History" is a name Excel keeps for itself.
        let name = name.to_lowercase();
        name == "history" || self.0.contains(&name)
    }
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Without the signs that workbooks forbid. Apostrophes go too: links would have to double them.
fn legal(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cut after a word when there is one in the second half, with an ellipsis.
fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if length(&kept) + c.len_utf16() >= most {
            break;
        }
        kept.push(c);
    }
    if let Some(blank) = kept.rfind(' ').filter(|blank| *blank > kept.len() / 2) {
        kept.truncate(blank);
    }
    kept.trim_end_matches([' ', ',', ';', '–', '-', '(']).to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_short_and_different() {
        let mut names = Names::default();
        let long = "Share of customers and of revenue by segment over the last year";
        assert_eq!(names.take(&[long, "Segments"]), "Segments");
        assert_eq!(names.take(&[long, "segments"]), "Share of customers and of…");
        assert_eq!(names.take(&[long, "SEGMENTS"]), "Share of customers and of… 2");
        assert_eq!(names.take(&["a/b: [c] 'd'"]), "a b c d");
        assert_eq!(names.take(&["", "History"]), "History 2");
        assert_eq!(names.take(&["", " "]), "Sheet");
        assert!(length(&names.take(&[&"😀".repeat(40)])) <= LONGEST);
    }
}
