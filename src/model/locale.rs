//! How numbers, amounts and days are written for people. What leaves the program (files, JSON) does not depend on it.

use serde::{Deserialize, Serialize};

use super::{Currency, Day};

/// A way of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// German of Switzerland.
    DeCh,
    /// Russian.
    Ru,
    /// Japanese.
    Ja,
}

/// The marks of a locale.
struct Marks {
    name: &'static str,
    thousands: char,
    decimal: char,
    /// Between a percentage and its sign.
    percent: &'static str,
    /// Whether the currency stands after the amount, and what stands between them.
    currency_after: bool,
    currency_gap: &'static str,
    /// For [`chrono`].
    date: &'static str,
    sunday_first: bool,
}

const NO_BREAK: &str = "\u{a0}";
const NARROW: char = '\u{202f}';

impl Locale {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::En, Self::De, Self::Fr, Self::DeCh, Self::Ru, Self::Ja];

    fn marks(self) -> Marks {
        let english = Marks {
            name: "English",
            thousands: ',',
            decimal: '.',
            percent: "",
            currency_after: false,
            currency_gap: "",
            date: "%-d %b %Y",
            sunday_first: false,
        };
        let european = Marks {
            decimal: ',',
            percent: NO_BREAK,
            currency_after: true,
            currency_gap: NO_BREAK,
            date: "%d.%m.%Y",
            ..english
        };
        match self {
            Self::En => english,
            Self::De => Marks { name: "German", thousands: '.', ..european },
            Self::Fr => Marks { name: "French", thousands: NARROW, percent: "\u{202f}", date: "%d/%m/%Y", ..european },
            Self::DeCh => Marks {
                name: "German (Switzerland)",
                thousands: '’',
                currency_gap: NO_BREAK,
                date: "%d.%m.%Y",
                ..english
            },
            Self::Ru => Marks { name: "Russian", thousands: '\u{a0}', ..european },
            Self::Ja => Marks { name: "Japanese", date: "%Y/%m/%d", sunday_first: true, ..english },
        }
    }

    /// Its name, in English as the whole interface is.
    pub fn name(self) -> &'static str {
        self.marks().name
    }

    /// The day that a week begins with.
    pub fn first_weekday(self) -> chrono::Weekday {
        if self.marks().sunday_first { chrono::Weekday::Sun } else { chrono::Weekday::Mon }
    }

    /// A number of things: `1,234`.
    pub fn count(self, n: u64) -> String {
        let (digits, mark) = (n.to_string(), self.marks().thousands);
        let mut out = String::with_capacity(digits.len() + digits.len() / 2);
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(c);
        }
        out
    }

    /// `3 files`, `1 file`.
    pub fn counted(self, n: u64, one: &str, many: &str) -> String {
        format!("{} {}", self.count(n), if n == 1 { one } else { many })
    }

    /// An integer of the smallest units, of which ten to the `decimals` make one: `−1,234.50`.
    pub fn decimal(self, units: i64, decimals: u32) -> String {
        let scale = 10_u64.pow(decimals);
        let (whole, part) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
        let sign = if units < 0 { "−" } else { "" };
        let width = decimals as usize;
        let part = if decimals > 0 { format!("{}{part:0width$}", self.marks().decimal) } else { String::new() };
        format!("{sign}{}{part}", self.count(whole))
    }

    /// A number with a fixed count of decimals; "—" for what is no number.
    pub fn number(self, value: f64, decimals: u32) -> String {
        let units = (value * 10_f64.powi(decimals.cast_signed())).round();
        // Beyond 53 bits a float has no decimals left that could be printed.
        if units.abs() < 9e15 { self.decimal(units as i64, decimals) } else { "—".into() }
    }

    /// A share as a percentage: `41.4%`.
    pub fn percent(self, share: f64, decimals: u32) -> String {
        format!("{}{}%", self.number(share * 100.0, decimals), self.marks().percent)
    }

    /// An amount with its currency: `−$1,234.50`, `−1.234,50 €`.
    pub fn money(self, minor: i64, currency: Currency) -> String {
        self.with_symbol(&self.decimal(minor, currency.exponent()), currency)
    }

    /// An amount with its currency, rounded to whole major units: `−$1,235`.
    pub fn money_whole(self, minor: i64, currency: Currency) -> String {
        self.with_symbol(&self.number(currency.major(minor), 0), currency)
    }

    fn with_symbol(self, amount: &str, currency: Currency) -> String {
        let marks = self.marks();
        let symbol = currency.symbol();
        let symbol = symbol.trim();
        let (sign, amount) = amount.strip_prefix('−').map_or(("", amount), |amount| ("−", amount));
        if marks.currency_after {
            return format!("{sign}{amount}{}{symbol}", marks.currency_gap);
        }
        // A sign of letters never touches its number.
        let letters = symbol.ends_with(|c: char| c.is_alphabetic());
        let gap = if letters { NO_BREAK } else { marks.currency_gap };
        format!("{sign}{symbol}{gap}{amount}")
    }

    /// A day: `14 Oct 2026`.
    pub fn date(self, day: Day) -> String {
        day.date().format(self.marks().date).to_string()
    }

    /// Reads a day as it is written here, as `2026-10-14`, or as `14 Oct 2026`.
    pub fn parse_date(self, text: &str) -> Option<Day> {
        let read = |form: &str| chrono::NaiveDate::parse_from_str(text.trim(), form).ok().map(Day::from_date);
        Day::parse(text).or_else(|| read(self.marks().date)).or_else(|| read(Self::En.marks().date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_amounts_and_days_are_written_as_in_each_country() {
        let euro = Currency::parse("EUR").unwrap();
        let day = Day::parse("2026-03-04").unwrap();
        let expected = [
            ("1,234,567", "−1,234.50", "41.4%", "−€1,234.50", "4 Mar 2026"),
            ("1.234.567", "−1.234,50", "41,4\u{a0}%", "−1.234,50\u{a0}€", "04.03.2026"),
            ("1\u{202f}234\u{202f}567", "−1\u{202f}234,50", "41,4\u{202f}%", "−1\u{202f}234,50\u{a0}€", "04/03/2026"),
            ("1’234’567", "−1’234.50", "41.4%", "−€\u{a0}1’234.50", "04.03.2026"),
            ("1\u{a0}234\u{a0}567", "−1\u{a0}234,50", "41,4\u{a0}%", "−1\u{a0}234,50\u{a0}€", "04.03.2026"),
            ("1,234,567", "−1,234.50", "41.4%", "−€1,234.50", "2026/03/04"),
        ];
        for (locale, (count, number, share, amount, date)) in Locale::ALL.into_iter().zip(expected) {
            assert_eq!(locale.count(1_234_567), count, "{locale:?}");
            assert_eq!(locale.number(-1_234.5, 2), number, "{locale:?}");
            assert_eq!(locale.percent(0.4141, 1), share, "{locale:?}");
            assert_eq!(locale.money(-123_450, euro), amount, "{locale:?}");
            assert_eq!(locale.date(day), date, "{locale:?}");
            assert_eq!(locale.parse_date("soon"), None);
            for text in [date, "2026-03-04", " 4 Mar 2026 "] {
                assert_eq!(locale.parse_date(text), Some(day), "{locale:?} {text}");
            }
        }
    }

    #[test]
    fn the_edges_of_numbers_are_written_too() {
        let jpy = Currency::parse("JPY").unwrap();
        assert_eq!(Locale::Ja.money(1_234, jpy), "¥1,234");
        assert_eq!(Locale::En.money(5, Currency::parse("CHF").unwrap()), "CHF\u{a0}0.05");
        assert_eq!(Locale::De.decimal(i64::MIN, 2), "−92.233.720.368.547.758,08");
        assert_eq!((Locale::En.number(-0.001, 2), Locale::En.number(f64::NAN, 1)), ("0.00".into(), "—".into()));
        assert_eq!(
            (Locale::En.count(0), Locale::En.count(999), Locale::En.count(1_000)),
            ("0".into(), "999".into(), "1,000".into())
        );
    }
}
