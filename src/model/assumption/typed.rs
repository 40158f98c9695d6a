//! Values as people type them.

use super::{Assumption, Held, Kind, Value};
use crate::model::Currency;
use crate::model::plan::Amount;
use crate::model::sheet::number;

impl Assumption {
    /// Reads a value: `75 USD` or `75` of `currency`, `20%` or `0.2`, `18`.
    ///
    /// # Errors
    /// A sentence that says how it is written, or what it can be.
    pub fn read(&self, text: &str, currency: Currency) -> Result<Value, String> {
        let text = text.trim();
        let wrong = |why: String| format!("{}: {why}", self.key);
        let plain = || number(text).map_err(wrong)?.ok_or_else(|| wrong("there is no value".into()));
        let value = match self.unit.kind {
            Kind::Money => match text.parse::<Amount>() {
                Ok(amount) => Value::Money(amount),
                Err(why) if text.ends_with(|c: char| c.is_ascii_alphabetic()) => return Err(wrong(why)),
                Err(_) => {
                    let minor = plain()? * currency.scale() as f64;
                    if minor.abs() > 1e15 {
                        return Err(wrong(self.range_in_words()));
                    }
                    Value::Money(Amount { minor: minor.round() as i64, currency })
                }
            },
            Kind::Share if text.ends_with('%') => Value::Number(plain()? / 100.0),
            _ => Value::Number(plain()?),
        };
        if self.allows(value.number()) {
            return Ok(value);
        }
        let hint = if self.unit.kind == Kind::Share { "; 20% and 0.2 are a fifth" } else { "" };
        Err(wrong(format!("{}{hint}", self.range_in_words())))
    }

    /// Reads a range: `12..24`, `17%..22%`.
    ///
    /// # Errors
    /// A sentence that says how it is written, or what it can be.
    pub fn read_range(&self, text: &str, currency: Currency) -> Result<(Value, Value), String> {
        let wrong = || format!("{}: “{text}” is no range; write it like 12..24", self.key);
        let (low, high) = text.split_once("..").ok_or_else(wrong)?;
        let range = (self.read(low, currency)?, self.read(high, currency)?);
        if range.0.number() <= range.1.number() { Ok(range) } else { Err(wrong()) }
    }
}

impl Held {
    /// The same with a range; a value from data has its own.
    ///
    /// # Errors
    /// A sentence where it is not typed.
    pub fn with_range(self, range: (Value, Value)) -> Result<Self, String> {
        match self {
            Self::Typed { value, .. } => Ok(Self::Typed { value, range: Some(range) }),
            Self::FromData => Err("a value from data has its own interval; type a value to give it a range".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::AssumptionId as Id;
    use super::*;

    #[test]
    fn values_are_read_as_people_write_them() {
        let read = |id: Id, text: &str| id.get().read(text, Currency::USD);
        let usd = |minor| Ok(Value::Money(Amount { minor, currency: Currency::USD }));
        assert_eq!(read(Id::Aov, "75"), usd(7_500));
        assert_eq!(read(Id::Aov, "75.5 USD"), usd(7_550));
        assert_eq!(read(Id::Margin, "20%"), Ok(Value::Number(0.2)));
        assert_eq!(read(Id::Margin, "0.2"), Ok(Value::Number(0.2)));
        assert_eq!(read(Id::Lifespan, "18"), Ok(Value::Number(18.0)));
        assert_eq!(
            read(Id::Margin, "20").unwrap_err(),
            "margin: “Profit margin” is -1000% to 100%; 20% and 0.2 are a fifth"
        );
        for (id, text) in
            [(Id::Aov, "75 XXQ"), (Id::Aov, ""), (Id::Lifespan, "0"), (Id::Lifespan, "1e308"), (Id::Aov, "1e300")]
        {
            assert!(read(id, text).is_err(), "{id:?} {text}");
        }
        let range = |text: &str| Id::Lifespan.get().read_range(text, Currency::USD);
        assert_eq!(range("12..24"), Ok((Value::Number(12.0), Value::Number(24.0))));
        assert!(range("24..12").is_err() && range("12").is_err() && range("0..5").is_err());
        assert!(Held::FromData.with_range((Value::Number(1.0), Value::Number(2.0))).is_err());
    }
}
