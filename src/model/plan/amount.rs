//! Amounts and percentages as plans state them, exact in memory and in files.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::Currency;

/// An amount beside its currency; `50.00 USD` in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Minor units.
    pub minor: i64,
    /// Of this currency.
    pub currency: Currency,
}

impl Amount {
    /// For people: `$50` where it is whole, `$49.90` where it is not.
    pub fn display(&self) -> String {
        let text = self.currency.display(self.minor);
        match text.split_once('.') {
            Some((whole, part)) if part.bytes().all(|digit| digit == b'0') => whole.to_owned(),
            _ => text,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency.plain(self.minor), self.currency)
    }
}

impl FromStr for Amount {
    type Err = String;

    /// Reads `50 USD` or `49.90 USD`: a decimal point, no grouping, no more decimals than the currency has.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is no amount; write it like 49.90 USD");
        let (number, code) = text.trim().rsplit_once(' ').ok_or_else(wrong)?;
        let currency = Currency::parse(code).ok_or_else(|| format!("{code} is not an ISO 4217 currency code"))?;
        let minor = decimal(number.trim(), currency.exponent()).ok_or_else(wrong)?;
        Ok(Self { minor, currency })
    }
}

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A percentage in hundredths of a percent; a plain number of percent in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(pub u32);

impl Percent {
    /// So many whole percent.
    pub const fn whole(percent: u32) -> Self {
        Self(percent * 100)
    }

    /// As a share, 0–1.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", f64::from(self.0) / 100.0)
    }
}

impl Serialize for Percent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(100) {
            serializer.serialize_u32(self.0 / 100)
        } else {
            serializer.serialize_f64(f64::from(self.0) / 100.0)
        }
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let percent = f64::deserialize(deserializer)?;
        let hundredths = (percent * 100.0).round();
        if (0.0..=100_000_000.0).contains(&hundredths) && (hundredths - percent * 100.0).abs() < 1e-6 {
            return Ok(Self(hundredths as u32));
        }
        Err(serde::de::Error::custom(format!("{percent} is no percentage of at most two decimals")))
    }
}

/// A decimal number in units of its last decimal place of `exponent`.
fn decimal(text: &str, exponent: u32) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) || part.len() > exponent as usize {
        return None;
    }
    let padded = format!("{whole}{part:0<width$}", width = exponent as usize);
    padded.parse::<i64>().ok()?.checked_mul(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_cents_in_files() {
        let read = |text: &str| text.parse::<Amount>();
        assert_eq!(read("50 usd").unwrap(), Amount { minor: 5_000, currency: Currency::USD });
        assert_eq!(read("49.9 USD").unwrap().to_string(), "49.90 USD");
        assert_eq!(read("-0.05 EUR").unwrap().minor, -5);
        assert_eq!(read("1500 JPY").unwrap().to_string(), "1500 JPY");
        assert_eq!(read("1500 JPY").unwrap().display(), "¥1,500");
        assert_eq!(read("75 USD").unwrap().display(), "$75");
        assert_eq!(read("49.9 USD").unwrap().display(), "$49.90");
        for wrong in ["50", "50 XYZ", "1,000 USD", "1.234 USD", ". USD", "1.5 JPY", "99999999999999999999 USD"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn percentages_are_plain_numbers_in_files() {
        let read = |text: &str| serde_json::from_str::<Percent>(text);
        assert_eq!(read("15").unwrap(), Percent::whole(15));
        assert_eq!(read("12.5").unwrap(), Percent(1_250));
        assert_eq!(serde_json::to_string(&Percent(1_250)).unwrap(), "12.5");
        assert_eq!(serde_json::to_string(&Percent::whole(15)).unwrap(), "15");
        assert_eq!(Percent(1_250).to_string(), "12.5%");
        assert!(read("12.345").is_err() && read("-1").is_err());
    }
}
