//! Whether a rule can be asked at all.

use super::{About, Condition, Field, Narrow, Rule, Test, Window};
use crate::model::Segment;

/// Numbers beyond this are no amounts or counts; it keeps sums and comparisons within range.
const LARGEST: f64 = 1e12;
/// More words than this belong into a tag or an attribute.
const MOST_WORDS: usize = 1_000;

impl Rule {
    /// Whether every condition can be asked of its field.
    ///
    /// # Errors
    /// A sentence that names the first condition that cannot.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().try_for_each(Self::check),
            Self::Not(rule) => rule.check(),
            Self::InSegment(_) => Ok(()),
            Self::Where(condition) => condition.check(),
        }
    }
}

impl Condition {
    /// Whether the condition can be asked of its field.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn check(&self) -> Result<(), String> {
        let field = self.field.field();
        if matches!(field.about, About::Order | About::Line | About::Touch) {
            return Err(format!("“{}” says which orders count; it cannot stand alone", field.key));
        }
        asks(field, self.of.as_deref(), &self.test)?;
        for Narrow { field: narrow, of, test } in &self.only {
            let narrow = narrow.field();
            if !field.about.narrowed_by().contains(&narrow.about) {
                return Err(format!("“{}” cannot be narrowed by “{}”", field.key, narrow.key));
            }
            asks(narrow, of.as_deref(), test)?;
        }
        match self.within {
            Some(_) if !field.about.has_days() => Err(format!("“{}” cannot be limited to some days", field.key)),
            Some(Window::LastDays(0)) => Err("the last 0 days hold no day; write 1 or more".into()),
            Some(Window::DaysAgo(from, to)) if from < to => {
                Err(format!("{from} to {to} days ago ends before it begins; write the larger number first"))
            }
            Some(Window::Between(from, to)) if from > to => Err(format!("{from} to {to} ends before it begins")),
            _ => Ok(()),
        }
    }
}

fn asks(field: &Field, of: Option<&str>, test: &Test) -> Result<(), String> {
    let key = field.key;
    match (field.of, of.map(str::trim)) {
        (Some(what), None | Some("")) => return Err(format!("“{key}” needs a {what}: write {key}[…]")),
        (None, Some(name)) => return Err(format!("“{key}” is one thing; it has no “{name}”")),
        _ => {}
    }
    if !test.fits(field.kind) {
        return Err(format!("“{key}” cannot be compared like that; {}", tests_of(field)));
    }
    if let (super::FieldId::Segment, Test::Is(words) | Test::IsNot(words)) = (field.id, test)
        && let Some(wrong) = words.iter().find(|word| Segment::ALL.iter().all(|segment| segment.name() != *word))
    {
        let known = Segment::ALL.map(|segment| format!("\"{}\"", segment.name())).join(", ");
        return Err(format!("“{wrong}” is no segment of the framework; those are {known}"));
    }
    let number = |number: f64| {
        if !number.is_finite() || number.abs() > LARGEST {
            return Err(format!("the number of “{key}” is out of range"));
        }
        match field.kind {
            super::Kind::Count if number.fract() != 0.0 => Err(format!("“{key}” is a whole number")),
            super::Kind::Share if !(0.0..=1.0).contains(&number) => Err(format!("“{key}” is a share from 0 to 1")),
            _ => Ok(()),
        }
    };
    match test {
        Test::AtLeast(n) | Test::AtMost(n) | Test::Exactly(n) => number(*n),
        Test::Between(low, high) => {
            number(*low)?;
            number(*high)?;
            if low > high { Err(format!("“{key}” is between two numbers, the smaller one first")) } else { Ok(()) }
        }
        Test::Is(words) | Test::IsNot(words) if words.is_empty() => {
            Err(format!("“{key}” needs a word to compare with"))
        }
        Test::Is(words) | Test::IsNot(words) if words.len() > MOST_WORDS => {
            Err(format!("“{key}” is compared with more than {MOST_WORDS} words; keep them as a tag instead"))
        }
        Test::Contains(part) if part.is_empty() => Err(format!("“{key}” needs a text to look for")),
        Test::WithinDays(0) => Err(format!("“{key}” within 0 days holds no day; write 1 or more")),
        _ => Ok(()),
    }
}

fn tests_of(field: &Field) -> &'static str {
    use super::Kind::{Count, Day, Flag, Loose, Money, Share, Text};
    match field.kind {
        Flag => "ask for yes or no",
        Text => "ask for is, is not, contains or known",
        Loose => "ask for is, is not, contains, known, or compare it with a number",
        Count | Money | Share => "compare it with a number by >=, <=, = or between",
        Day => "ask for within … days, … days ago, from or before a day, or known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_asked_is_refused_in_a_sentence() {
        let wrong = [
            ("orders >= 1.5", "whole number"),
            ("sale_share >= 50", "0 to 1"),
            ("country >= 3", "cannot be compared"),
            ("consent yes", "needs a channel"),
            ("country[x] is DE", "has no “x”"),
            ("channel is web", "cannot stand alone"),
            ("orders >= 1 where (campaign is x)", "cannot be narrowed"),
            ("country is DE in last 3 days", "some days"),
            ("orders >= 1 in last 0 days", "no day"),
            ("orders >= 1 10 to 30 days ago", "before it begins"),
            ("spend between 5 and 3", "smaller one first"),
        ];
        for (text, why) in wrong {
            let refusal = Rule::parse(text).and_then(|rule| rule.check()).unwrap_err();
            assert!(refusal.contains(why), "{text}: {refusal}");
        }
    }
}
