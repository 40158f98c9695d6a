//! Rules as one line of text, for the command line: `orders >= 2 where (category is Tea) in last 90 days and not in "VIP"`.

use std::fmt;

use super::{Condition, FieldId, Narrow, Rule, Test, Window};
use crate::model::Day;

impl Rule {
    /// Reads a rule written as text. It is checked apart, by [`Rule::check`].
    ///
    /// # Errors
    /// A sentence that says where reading stopped.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader { tokens: tokens(text)?, at: 0, depth: 0 };
        if reader.tokens.is_empty() {
            return Ok(Self::default());
        }
        let rule = reader.either()?;
        match reader.peek() {
            None => Ok(rule),
            Some(token) => Err(format!("“{}” was not expected; join conditions with and, or, not", token.text)),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    text: String,
    quoted: bool,
}

/// Words, quoted texts and signs.
fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '"' => quoted(rest)?,
            '(' | ')' | '[' | ']' | ',' | '|' | '=' => (first.to_string(), 1),
            '<' | '>' if rest[1..].starts_with('=') => (rest[..2].to_owned(), 2),
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "()[],|=<>\"".contains(c)).unwrap_or(rest.len());
                let end = end.max(first.len_utf8());
                (rest[..end].to_owned(), end)
            }
        };
        found.push(Token { text: token, quoted: first == '"' });
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

/// A text in quotes and its length in the source; a doubled quote inside stands for one.
fn quoted(source: &str) -> Result<(String, usize), String> {
    let mut out = String::new();
    let mut chars = source.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != '"' {
            out.push(c);
        } else if chars.next_if(|(_, next)| *next == '"').is_some() {
            out.push('"');
        } else {
            return Ok((out, at + 1));
        }
    }
    Err("a text begins with a quote and does not end; close it with \"".into())
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is_next(&self, word: &str) -> bool {
        self.peek().is_some_and(|token| !token.quoted && token.text.eq_ignore_ascii_case(word))
    }

    /// Steps over words if exactly they come next.
    fn take(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(i, word)| {
            self.tokens.get(self.at + i).is_some_and(|t| !t.quoted && t.text.eq_ignore_ascii_case(word))
        });
        self.at += if found { words.len() } else { 0 };
        found
    }

    fn want(&mut self, word: &str) -> Result<(), String> {
        if self.take(&[word]) { Ok(()) } else { Err(format!("“{word}” is missing {}", self.place())) }
    }

    fn next(&mut self, what: &str) -> Result<Token, String> {
        let token = self.peek().cloned().ok_or_else(|| format!("{what} is missing at the end"))?;
        self.at += 1;
        Ok(token)
    }

    fn place(&self) -> String {
        self.peek().map_or_else(|| "at the end".into(), |token| format!("before “{}”", token.text))
    }

    fn either(&mut self) -> Result<Rule, String> {
        self.joined("or", Self::both, Rule::Any)
    }

    fn both(&mut self) -> Result<Rule, String> {
        self.joined("and", Self::single, Rule::All)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Result<Rule, String>,
        group: fn(Vec<Rule>) -> Rule,
    ) -> Result<Rule, String> {
        let first = part(self)?;
        if !self.is_next(word) {
            return Ok(first);
        }
        let mut rules = vec![first];
        while self.take(&[word]) {
            rules.push(part(self)?);
        }
        Ok(group(rules))
    }

    fn single(&mut self) -> Result<Rule, String> {
        self.depth += 1;
        if self.depth > 100 {
            return Err("the rule is nested too deep; save parts of it as segments of their own".into());
        }
        let rule = self.one()?;
        self.depth -= 1;
        Ok(rule)
    }

    fn one(&mut self) -> Result<Rule, String> {
        if self.take(&["not"]) {
            return Ok(Rule::Not(Box::new(self.single()?)));
        }
        if self.take(&["everybody"]) {
            return Ok(Rule::All(Vec::new()));
        }
        if self.take(&["nobody"]) {
            return Ok(Rule::Any(Vec::new()));
        }
        if self.take(&["in"]) {
            return Ok(Rule::InSegment(self.next("the name of a segment")?.text));
        }
        if self.take(&["("]) {
            let inner = self.either()?;
            self.want(")")?;
            return Ok(inner);
        }
        self.condition().map(Rule::Where)
    }

    fn condition(&mut self) -> Result<Condition, String> {
        let (field, of) = self.field()?;
        let test = self.test()?;
        let mut only = Vec::new();
        if self.take(&["where"]) {
            self.want("(")?;
            loop {
                let (field, of) = self.field()?;
                only.push(Narrow { field, of, test: self.test()? });
                if !self.take(&[","]) {
                    break;
                }
            }
            self.want(")")?;
        }
        Ok(Condition { field, of, test, only, within: self.window()? })
    }

    fn field(&mut self) -> Result<(FieldId, Option<String>), String> {
        let key = self.next("a field")?.text;
        let field = FieldId::parse(&key)
            .ok_or_else(|| format!("there is no field “{key}”; `cartwright segment fields` lists them"))?;
        if !self.take(&["["]) {
            return Ok((field, None));
        }
        let of = self.next("a name")?.text;
        self.want("]")?;
        Ok((field, Some(of)))
    }

    fn test(&mut self) -> Result<Test, String> {
        let word = self.next("a comparison")?.text.to_ascii_lowercase();
        Ok(match word.as_str() {
            "yes" => Test::Yes,
            "no" => Test::No,
            "known" => Test::Known,
            "is" if self.take(&["not"]) => Test::IsNot(self.words()?),
            "is" => Test::Is(self.words()?),
            "contains" => Test::Contains(self.next("a text")?.text),
            ">=" => Test::AtLeast(self.number()?),
            "<=" => Test::AtMost(self.number()?),
            "=" => Test::Exactly(self.number()?),
            "between" => {
                let low = self.number()?;
                self.want("and")?;
                Test::Between(low, self.number()?)
            }
            "within" => {
                let days = self.count()?;
                self.want("days")?;
                Test::WithinDays(days)
            }
            "from" => Test::From(self.day()?),
            "before" => Test::Before(self.day()?),
            days if days.parse::<u32>().is_ok() && self.take(&["days", "ago"]) => {
                Test::DaysAgo(days.parse().unwrap_or_default())
            }
            other => {
                return Err(format!(
                    "“{other}” is no comparison; use >=, <=, =, between, is, is not, contains, yes, no, known, \
                     within … days, … days ago, from or before"
                ));
            }
        })
    }

    fn words(&mut self) -> Result<Vec<String>, String> {
        let mut words = vec![self.next("a word")?.text];
        while self.take(&["|"]) {
            words.push(self.next("a word")?.text);
        }
        Ok(words)
    }

    fn number(&mut self) -> Result<f64, String> {
        let text = self.next("a number")?.text;
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| format!("“{text}” is no number; write it as 1234.5"))
    }

    fn count(&mut self) -> Result<u32, String> {
        let text = self.next("a number of days")?.text;
        text.parse().map_err(|_| format!("“{text}” is no number of days"))
    }

    fn day(&mut self) -> Result<Day, String> {
        let text = self.next("a day")?.text;
        Day::parse(&text).ok_or_else(|| format!("“{text}” is no day; write it as YYYY-MM-DD"))
    }

    fn window(&mut self) -> Result<Option<Window>, String> {
        if self.take(&["in", "last"]) {
            let days = self.count()?;
            self.want("days")?;
            return Ok(Some(Window::LastDays(days)));
        }
        if self.take(&["from"]) {
            let from = self.day()?;
            self.want("to")?;
            return Ok(Some(Window::Between(from, self.day()?)));
        }
        if self.peek().is_some_and(|token| !token.quoted && token.text.parse::<u32>().is_ok()) {
            let from = self.count()?;
            self.want("to")?;
            let to = self.count()?;
            self.want("days")?;
            self.want("ago")?;
            return Ok(Some(Window::DaysAgo(from, to)));
        }
        Ok(None)
    }
}

/// A word, in quotes unless it is plain.
struct Word<'a>(&'a str);

impl fmt::Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| c.is_alphanumeric() || "_-./@+".contains(c);
        if !self.0.is_empty() && self.0.chars().all(plain) {
            f.write_str(self.0)
        } else {
            write!(f, "\"{}\"", self.0.replace('"', "\"\""))
        }
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |words: &[String]| words.iter().map(|w| Word(w).to_string()).collect::<Vec<_>>().join(" | ");
        match self {
            Self::Yes => f.write_str("yes"),
            Self::No => f.write_str("no"),
            Self::Known => f.write_str("known"),
            // A word that reads as “not” would be taken for the comparison.
            Self::Is(list) if list.first().is_some_and(|word| word.eq_ignore_ascii_case("not")) => {
                write!(
                    f,
                    "is \"{}\"{}",
                    list[0],
                    list[1..].iter().map(|w| format!(" | {}", Word(w))).collect::<String>()
                )
            }
            Self::Is(list) => write!(f, "is {}", words(list)),
            Self::IsNot(list) => write!(f, "is not {}", words(list)),
            Self::Contains(part) => write!(f, "contains {}", Word(part)),
            Self::AtLeast(n) => write!(f, ">= {n}"),
            Self::AtMost(n) => write!(f, "<= {n}"),
            Self::Exactly(n) => write!(f, "= {n}"),
            Self::Between(low, high) => write!(f, "between {low} and {high}"),
            Self::WithinDays(days) => write!(f, "within {days} days"),
            Self::DaysAgo(days) => write!(f, "{days} days ago"),
            Self::From(day) => write!(f, "from {day}"),
            Self::Before(day) => write!(f, "before {day}"),
        }
    }
}

fn write_field(f: &mut fmt::Formatter<'_>, field: FieldId, of: Option<&str>) -> fmt::Result {
    f.write_str(field.field().key)?;
    of.map_or(Ok(()), |name| write!(f, "[{}]", Word(name)))
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_field(f, self.field, self.of.as_deref())?;
        write!(f, " {}", self.test)?;
        for (i, narrow) in self.only.iter().enumerate() {
            f.write_str(if i == 0 { " where (" } else { ", " })?;
            write_field(f, narrow.field, narrow.of.as_deref())?;
            write!(f, " {}", narrow.test)?;
        }
        if !self.only.is_empty() {
            f.write_str(")")?;
        }
        match self.within {
            None => Ok(()),
            Some(Window::LastDays(days)) => write!(f, " in last {days} days"),
            Some(Window::DaysAgo(from, to)) => write!(f, " {from} to {to} days ago"),
            Some(Window::Between(from, to)) => write!(f, " from {from} to {to}"),
        }
    }
}

impl fmt::Display for Rule {
    /// The text that [`Rule::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = |rules: &[Self], word: &str, f: &mut fmt::Formatter<'_>| {
            for (i, rule) in rules.iter().enumerate() {
                if i > 0 {
                    write!(f, " {word} ")?;
                }
                write!(f, "{}", Nested(rule))?;
            }
            Ok(())
        };
        match self {
            Self::All(rules) if rules.is_empty() => f.write_str("everybody"),
            Self::Any(rules) if rules.is_empty() => f.write_str("nobody"),
            Self::All(rules) => group(rules, "and", f),
            Self::Any(rules) => group(rules, "or", f),
            Self::Not(rule) => write!(f, "not {}", Nested(rule)),
            Self::InSegment(name) => write!(f, "in \"{}\"", name.replace('"', "\"\"")),
            Self::Where(condition) => condition.fmt(f),
        }
    }
}

/// A rule within another: a group of several stands in brackets.
struct Nested<'a>(&'a Rule);

impl fmt::Display for Nested<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Rule::All(rules) | Rule::Any(rules) if rules.len() > 1 => write!(f, "({})", self.0),
            Rule::All(rules) | Rule::Any(rules) if rules.len() == 1 => write!(f, "{}", Self(&rules[0])),
            rule => write!(f, "{rule}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_and_written_alike() {
        for text in [
            "everybody",
            "country is DE | \"United Kingdom\"",
            "orders >= 2 where (category is Tea, on_sale yes) in last 90 days and not in \"VIP \"\"x\"\"\"",
            "(spend between 10 and 99.5 or last_order 90 days ago) and consent[email] yes",
            "not (attribute[size] = 42 or tag is not a | b)",
            "product_spend >= 5 from 2026-01-01 to 2026-02-01 or units <= 3 60 to 30 days ago",
            "first_order within 30 days and last_order before 2026-05-05 and country known",
            "country is \"not\"",
        ] {
            let rule = Rule::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!(rule.to_string(), text);
        }
        assert_eq!(Rule::parse("  ").unwrap(), Rule::default());
    }

    #[test]
    fn what_cannot_be_read_is_a_sentence() {
        for (text, why) in [
            ("shoes is red", "no field “shoes”"),
            ("orders > 3", "no comparison"),
            ("orders >=", "missing at the end"),
            ("orders >= 3 orders >= 4", "not expected"),
            ("(orders >= 3", "“)” is missing"),
            ("country is \"DE", "close it"),
            ("spend >= much", "no number"),
            ("last_order from today", "no day"),
        ] {
            let refusal = Rule::parse(text).unwrap_err();
            assert!(refusal.contains(why), "{text}: {refusal}");
        }
        assert!(Rule::parse(&"(".repeat(5_000)).is_err() && Rule::parse(&"not ".repeat(5_000)).is_err());
    }
}
