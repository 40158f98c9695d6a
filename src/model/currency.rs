//! Money is an integer count of a currency's minor units (cents); floating point never holds it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Locale;

/// An ISO 4217 currency code, such as `USD`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// United States dollar, the default of a new workspace.
    pub const USD: Self = Self(*b"USD");

    /// Reads a three-letter ISO 4217 code in any letter case; `None` when ISO does not list it.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim();
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        let upper = bytes.map(|b| b.to_ascii_uppercase());
        let text = std::str::from_utf8(&upper).ok()?;
        iso_currency::Currency::from_code(text).map(|_| Self(upper))
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Number of decimal places of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    pub fn exponent(&self) -> u32 {
        // Asked for every amount of an import, so not looked up in ISO's list; a test compares the two.
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }

    /// Minor units in one major unit: 100 for USD, 1 for JPY, 1000 for KWD.
    pub fn scale(&self) -> i64 {
        10_i64.pow(self.exponent())
    }

    /// The sign to print before amounts: `$`, `€`, or the code itself where the sign is not unique.
    pub fn symbol(&self) -> String {
        match self.code() {
            "USD" => "$".into(),
            "EUR" => "€".into(),
            "GBP" => "£".into(),
            "JPY" => "¥".into(),
            "INR" => "₹".into(),
            code => format!("{code} "),
        }
    }

    /// Minor units as a number of major units, for JSON and charts (never for sums).
    pub fn major(&self, minor: i64) -> f64 {
        minor as f64 / self.scale() as f64
    }

    /// Minor units as plain decimal text without grouping: `-1234.50`.
    pub fn plain(&self, minor: i64) -> String {
        let exponent = self.exponent() as usize;
        let sign = if minor < 0 { "-" } else { "" };
        let (whole, part) = self.split(minor);
        if exponent == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0exponent$}") }
    }

    /// Minor units for people: `$1,234.50`, with a real minus sign.
    pub fn display(&self, minor: i64) -> String {
        let exponent = self.exponent() as usize;
        let sign = if minor < 0 { "−" } else { "" };
        let (whole, part) = self.split(minor);
        let whole = group_thousands(whole);
        let symbol = self.symbol();
        if exponent == 0 {
            format!("{sign}{symbol}{whole}")
        } else {
            format!("{sign}{symbol}{whole}.{part:0exponent$}")
        }
    }

    fn split(&self, minor: i64) -> (u64, u64) {
        let scale = self.scale() as u64;
        (minor.unsigned_abs() / scale, minor.unsigned_abs() % scale)
    }
}

/// `1234567` as `1,234,567`.
pub fn group_thousands(n: u64) -> String {
    Locale::En.count(n)
}

/// `1 order`, `1,234 orders`.
pub fn counted(n: u64, one: &str, many: &str) -> String {
    Locale::En.counted(n, one, many)
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom(format!("{code} is not an ISO 4217 currency code")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_those_of_iso() {
        use iso_currency::IntoEnumIterator;
        for iso in iso_currency::Currency::iter() {
            let currency = Currency::parse(iso.code()).unwrap();
            assert_eq!(currency.exponent(), iso.exponent().map_or(2, u32::from), "{currency}");
        }
    }

    #[test]
    fn prints_minor_units_by_the_exponent_of_the_currency() {
        let jpy = Currency::parse("jpy").unwrap();
        let kwd = Currency::parse("KWD").unwrap();
        assert_eq!(Currency::USD.display(-123_450), "−$1,234.50");
        assert_eq!(Currency::USD.plain(5), "0.05");
        assert_eq!(jpy.display(1_234), "¥1,234");
        assert_eq!(kwd.plain(1_234), "1.234");
        assert_eq!(Currency::parse("XYZ"), None);
    }
}
