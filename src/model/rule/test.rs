//! What can be asked of a value. The answers here are the only ones: every evaluation of a rule comes to them.

use serde::{Deserialize, Serialize};

use super::{FieldId, Kind};
use crate::model::{Currency, Day};

/// What must be true of a value. Numbers are major units of the shop's currency, shares 0–1, else whole numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Something is known at all.
    Known,
    /// One of these words, letter for letter.
    Is(Vec<String>),
    /// None of these words.
    IsNot(Vec<String>),
    /// Contains this, whatever the case of the letters a to z.
    Contains(String),
    /// This number or more.
    AtLeast(f64),
    /// This number or less.
    AtMost(f64),
    /// This number.
    Exactly(f64),
    /// From the one to the other, both included.
    Between(f64, f64),
    /// Within the last days, the as-of day included.
    WithinDays(u32),
    /// So many days before the as-of day, or earlier.
    DaysAgo(u32),
    /// On this day or later.
    From(Day),
    /// Before this day.
    Before(Day),
}

/// A text as [`Test::Contains`] compares it. Only the letters a to z are folded, as every database does it alike.
pub fn folded(text: &str) -> String {
    text.to_ascii_lowercase()
}

impl Test {
    /// Whether it can be asked of a kind of value.
    pub fn fits(&self, kind: Kind) -> bool {
        let number = matches!(self, Self::AtLeast(_) | Self::AtMost(_) | Self::Exactly(_) | Self::Between(..));
        let word = matches!(self, Self::Is(_) | Self::IsNot(_) | Self::Contains(_) | Self::Known);
        match kind {
            Kind::Flag => matches!(self, Self::Yes | Self::No),
            Kind::Text => word,
            Kind::Loose => word || number,
            Kind::Count | Kind::Money | Kind::Share => number,
            Kind::Day => {
                matches!(self, Self::WithinDays(_) | Self::DaysAgo(_) | Self::From(_) | Self::Before(_) | Self::Known)
            }
        }
    }

    /// Whether it is asked of a number.
    pub fn is_numeric(&self) -> bool {
        self.fits(Kind::Count)
    }

    /// The answer for a word that is known.
    pub fn of_text(&self, text: &str) -> bool {
        match self {
            Self::Is(words) => words.iter().any(|word| word == text),
            Self::IsNot(words) => words.iter().all(|word| word != text),
            Self::Contains(part) => folded(text).contains(&folded(part)),
            Self::Known => true,
            _ => false,
        }
    }

    /// The answer for a fraction `number / of` that is known (`of` above zero), against bounds from [`Self::bounds`].
    #[inline]
    pub fn within(bounds: (Option<i64>, Option<i64>), number: i64, of: i64) -> bool {
        let (number, of) = (i128::from(number), i128::from(of));
        bounds.0.is_none_or(|low| number >= i128::from(low) * of)
            && bounds.1.is_none_or(|high| number <= i128::from(high) * of)
    }

    /// The lowest and the highest number that is right, both included, in units of which `scale` make one.
    pub fn bounds(&self, scale: i64) -> (Option<i64>, Option<i64>) {
        // Checked rules hold no number beyond what fits.
        let units = |number: f64| (number * scale as f64).round() as i64;
        match *self {
            Self::AtLeast(low) => (Some(units(low)), None),
            Self::AtMost(high) => (None, Some(units(high))),
            Self::Exactly(number) => (Some(units(number)), Some(units(number))),
            Self::Between(low, high) => (Some(units(low)), Some(units(high))),
            _ => (None, None),
        }
    }

    /// The first and the last day that is right, both included.
    pub fn days(&self, as_of: Day) -> (Option<Day>, Option<Day>) {
        let back = |days: u32| Day(as_of.0.saturating_sub_unsigned(days));
        match *self {
            Self::WithinDays(days) => (Some(back(days.saturating_sub(1))), None),
            Self::DaysAgo(days) => (None, Some(back(days))),
            Self::From(day) => (Some(day), None),
            Self::Before(day) => (None, Some(Day(day.0.saturating_sub(1)))),
            _ => (None, None),
        }
    }

    /// The answer for a day that is known.
    pub fn of_day(&self, day: Day, as_of: Day) -> bool {
        let (first, last) = self.days(as_of);
        first.is_none_or(|first| day >= first) && last.is_none_or(|last| day <= last)
    }

    /// The answer for a yes or a no.
    pub fn of_flag(&self, flag: bool) -> bool {
        flag == (*self == Self::Yes)
    }
}

impl FieldId {
    /// How many units of a stored value make one of a rule's numbers: cents of a dollar, thousandths of a unit,
    /// millionths of a share.
    pub fn scale(self, currency: Currency) -> i64 {
        match (self, self.field().kind) {
            (Self::Units, _) => 1_000,
            (_, Kind::Money) => currency.scale(),
            (_, Kind::Share | Kind::Loose) => 1_000_000,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_exactly() {
        let cents = FieldId::Spend.scale(Currency::USD);
        let at_least = Test::AtLeast(19.99).bounds(cents);
        assert!(Test::within(at_least, 1_999, 1) && !Test::within(at_least, 1_998, 1));
        // An average of 49.995 is no 50.
        assert!(!Test::within(Test::AtLeast(50.0).bounds(cents), 9_999, 2));
        assert!(Test::within(Test::Between(0.25, 0.5).bounds(1_000_000), 1_000_000, 3));
    }

    #[test]
    fn words_and_days_are_compared_as_they_say() {
        assert!(Test::Contains("SHOE".into()).of_text("Running shoes") && !Test::Contains("É".into()).of_text("café"));
        assert!(Test::IsNot(vec!["a".into()]).of_text("A"));
        let as_of = Day(100);
        let within = |days| move |day| Test::WithinDays(days).of_day(Day(day), as_of);
        assert!(within(1)(100) && !within(1)(99) && within(30)(71) && !within(30)(70));
        assert!(Test::DaysAgo(30).of_day(Day(70), as_of) && !Test::DaysAgo(30).of_day(Day(71), as_of));
        assert!(Test::Before(Day(5)).of_day(Day(4), as_of) && !Test::Before(Day(5)).of_day(Day(5), as_of));
    }
}
