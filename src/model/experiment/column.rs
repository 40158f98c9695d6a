//! Columns of numbers as one short text, in base 36: `7,,3,xc`, where nothing stands for 0. Written so, no moment and no
//! amount looks like a phone number to whoever looks for one in texts.

use serde::{Deserialize, Deserializer, Serializer};

const BASE: u64 = 36;

/// Writes the numbers.
pub fn serialize<T: Copy + Into<i64>, S: Serializer>(numbers: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut text = String::with_capacity(numbers.len() * 2);
    for &number in numbers {
        write(number.into(), &mut text);
        text.push(',');
    }
    serializer.serialize_str(&text)
}

fn write(number: i64, text: &mut String) {
    if number < 0 {
        text.push('-');
    }
    let (mut rest, mut digits) = (number.unsigned_abs(), Vec::new());
    while rest > 0 {
        digits.push(char::from_digit((rest % BASE) as u32, BASE as u32).unwrap_or_default());
        rest /= BASE;
    }
    text.extend(digits.iter().rev());
}

/// Reads them.
pub fn deserialize<'de, T: Default + TryFrom<i64>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let read = |number: &str| {
        if number.is_empty() {
            return Ok(T::default());
        }
        let value = i64::from_str_radix(number, BASE as u32).ok().and_then(|value| T::try_from(value).ok());
        value.ok_or_else(|| serde::de::Error::custom(format!("“{number}” in a column of numbers")))
    };
    text.strip_suffix(',').map_or_else(|| Ok(Vec::new()), |text| text.split(',').map(read).collect())
}
