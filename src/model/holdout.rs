//! A hold-out as it is kept: who is written to and who is not, so that it can be read as an experiment later.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Day;

/// A part of an audience that is not written to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holdout {
    /// What it is called; no other one is called so.
    #[serde(skip)]
    pub name: String,
    /// The audience in words.
    pub audience: String,
    /// Seed of the drawing.
    pub seed: u64,
    /// First day whose orders count.
    pub starts: Day,
    /// How many days orders count.
    pub days: i32,
    /// Customers who are not written to, by their row in the workspace, ascending.
    #[serde(with = "Steps")]
    pub control: Vec<u32>,
    /// Customers who are, likewise.
    #[serde(with = "Steps")]
    pub written: Vec<u32>,
}

impl Holdout {
    /// Last day whose orders count.
    pub fn ends(&self) -> Day {
        Day(self.starts.0 + self.days - 1)
    }
}

/// Ascending numbers as the steps between them: `3,1,1,40`. A million customers take two million bytes.
pub(super) struct Steps;

impl Steps {
    pub fn serialize<S: Serializer>(numbers: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(numbers.len() * 2);
        let mut before = 0;
        for &number in numbers {
            if !text.is_empty() {
                text.push(',');
            }
            text += &number.wrapping_sub(before).to_string();
            before = number;
        }
        serializer.serialize_str(&text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut at = 0_u32;
        let steps = text.split(',').filter(|step| !step.is_empty());
        steps
            .map(|step| {
                at = at.wrapping_add(step.parse().map_err(serde::de::Error::custom)?);
                Ok(at)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_survive_storing() {
        let holdout = Holdout {
            name: String::new(),
            audience: "Everybody".into(),
            seed: 7,
            starts: Day(20_000),
            days: 28,
            control: vec![3, 4, 5, 45, u32::MAX],
            written: Vec::new(),
        };
        let text = serde_json::to_string(&holdout).unwrap();
        assert!(text.contains(r#""3,1,1,40,"#), "{text}");
        assert_eq!(serde_json::from_str::<Holdout>(&text).unwrap(), holdout);
        assert_eq!(holdout.ends(), Day(20_027));
    }
}
