//! How well typed letters fit a line: the letters in order, best at the starts of words and side by side.

/// How well a line fits, and which of its letters were meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// The greater the better.
    pub score: i32,
    /// Positions of the letters, in characters.
    pub letters: Vec<usize>,
}

const WHOLE_WORDS: i32 = 200;
const WITHIN: i32 = 120;
const SCATTERED: i32 = 60;

/// Whether and how well `typed` fits `line`. Letter case and spaces do not matter; nothing typed fits everything.
pub fn fit(typed: &str, line: &str) -> Option<Fit> {
    let typed: Vec<char> = letters_of(typed.trim());
    let line: Vec<char> = letters_of(line);
    if typed.is_empty() {
        return Some(Fit { score: 0, letters: Vec::new() });
    }
    let length = line.len() as i32;
    if let Some(start) = together(&typed, &line) {
        let base = if starts_word(&line, start) { WHOLE_WORDS } else { WITHIN };
        let letters = (start..start + typed.len()).collect();
        return Some(Fit { score: base * 4 - start as i32 * 2 - length, letters });
    }
    let letters = scattered(&typed, &line)?;
    let starts = letters.iter().filter(|&&at| starts_word(&line, at)).count() as i32;
    let next_to = |nth: usize| nth > 0 && letters[nth] == letters[nth - 1] + 1;
    let stray = |nth: &usize| !starts_word(&line, letters[*nth]) && !next_to(*nth);
    let gaps = (0..letters.len()).filter(stray).count() as i32;
    // Letters strewn over a line by chance are no match.
    if gaps > typed.len() as i32 / 4 {
        return None;
    }
    Some(Fit { score: SCATTERED * starts - 40 * gaps - length, letters })
}

/// Small letters, one per character of the text, so that positions stay.
fn letters_of(text: &str) -> Vec<char> {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}

fn starts_word(line: &[char], at: usize) -> bool {
    at == 0 || line.get(at - 1).is_some_and(|before| !before.is_alphanumeric())
}

/// All letters side by side; a start of a word is preferred.
fn together(typed: &[char], line: &[char]) -> Option<usize> {
    let found = || line.windows(typed.len()).enumerate().filter(|(_, part)| *part == typed).map(|(at, _)| at);
    found().find(|&at| starts_word(line, at)).or_else(|| found().next())
}

/// The letters in order, each at the next start of a word that has it, else where it comes next.
fn scattered(typed: &[char], line: &[char]) -> Option<Vec<usize>> {
    let mut letters: Vec<usize> = Vec::with_capacity(typed.len());
    for &c in typed.iter().filter(|c| !c.is_whitespace()) {
        let from = letters.last().map_or(0, |at| at + 1);
        let is_c = |at: &usize| line[*at] == c;
        let next = (from < line.len() && !letters.is_empty() && line[from] == c).then_some(from);
        let word = || (from..line.len()).filter(is_c).find(|&at| starts_word(line, at));
        letters.push(next.or_else(word).or_else(|| (from..line.len()).find(is_c))?);
    }
    Some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best<'a>(typed: &str, lines: &[&'a str]) -> Vec<&'a str> {
        let mut found: Vec<_> = lines.iter().filter_map(|line| Some((fit(typed, line)?.score, *line))).collect();
        found.sort_by_key(|(score, _)| -score);
        found.into_iter().map(|(_, line)| line).collect()
    }

    #[test]
    fn starts_of_words_come_before_what_stands_within() {
        let lines = ["Import files…", "Segments", "Keyboard shortcuts", "Undo", "Redo"];
        assert_eq!(best("seg", &lines), ["Segments"]);
        assert_eq!(best("do", &["Undo", "Documents"]), ["Documents", "Undo"]);
        assert_eq!(best("ks", &lines), ["Keyboard shortcuts"]);
        assert_eq!(best("imp fil", &lines), ["Import files…"]);
        assert_eq!(best("", &lines).len(), lines.len());
        assert!(best("zq", &lines).is_empty());
    }

    #[test]
    fn the_letters_that_were_meant_are_known() {
        assert_eq!(fit("TS", "Segments").unwrap().letters, [6, 7]);
        assert_eq!(fit("ks", "Keyboard shortcuts").unwrap().letters, [0, 9]);
        assert_eq!(fit("ö", "Größe").unwrap().letters, [2]);
    }
}
