//! Named groups of recency and frequency scores, from champions to lost.

use serde::Serialize;

use super::Scores;

/// A named group. Monetary value is no part of it: it says what a group is worth, not who is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Bought lately and most often.
    Champions,
    /// Buy often, and not long ago.
    Loyal,
    /// Bought lately and more than once.
    Potential,
    /// Bought for the first time, lately.
    New,
    /// Bought seldom, not long ago.
    Promising,
    /// In the middle and on the way out.
    Cooling,
    /// Bought often, not lately.
    AtRisk,
    /// Bought most often, and longest ago.
    CannotLose,
    /// Bought seldom, long ago.
    Dormant,
    /// Bought least, longest ago.
    Lost,
}

use Group::{AtRisk, CannotLose, Champions, Cooling, Dormant, Lost, Loyal, New, Potential, Promising};

/// Rows: frequency from 1 up; columns: recency from 1 (long ago) up.
const THREE: [[Group; 3]; 3] = [[Lost, Dormant, New], [AtRisk, Cooling, Potential], [CannotLose, Loyal, Champions]];
const FOUR: [[Group; 4]; 4] = [
    [Lost, Dormant, Promising, New],
    [Dormant, Cooling, Potential, Potential],
    [AtRisk, AtRisk, Loyal, Loyal],
    [CannotLose, AtRisk, Loyal, Champions],
];
const FIVE: [[Group; 5]; 5] = [
    [Lost, Lost, Dormant, Promising, New],
    [Dormant, Dormant, Cooling, Potential, Potential],
    [AtRisk, Cooling, Cooling, Potential, Potential],
    [AtRisk, AtRisk, Loyal, Loyal, Champions],
    [CannotLose, AtRisk, Loyal, Champions, Champions],
];

impl Group {
    /// All groups, best first.
    pub const ALL: [Self; 10] =
        [Champions, Loyal, Potential, New, Promising, Cooling, AtRisk, CannotLose, Dormant, Lost];

    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Champions => "Champions",
            Loyal => "Loyal",
            Potential => "Potential",
            New => "New",
            Promising => "Promising",
            Cooling => "Cooling",
            AtRisk => "At risk",
            CannotLose => "Cannot lose",
            Dormant => "Dormant",
            Lost => "Lost",
        }
    }

    /// Who they are, in words.
    pub fn about(self) -> &'static str {
        match self {
            Champions => "Bought lately and most often",
            Loyal => "Buy often, and not long ago",
            Potential => "Bought lately, and more than the least",
            New => "Bought lately, and least often: most for the first time",
            Promising => "Bought seldom, not long ago",
            Cooling => "In the middle, and on the way out",
            AtRisk => "Bought often, not lately",
            CannotLose => "Bought most often, and longest ago",
            Dormant => "Bought seldom, long ago",
            Lost => "Bought least, longest ago",
        }
    }

    /// The group of a recency and a frequency score; `None` for customers who never bought.
    pub fn at(r: u8, f: u8, bins: u8) -> Option<Self> {
        let (r, f) = (usize::from(r).checked_sub(1)?, usize::from(f).checked_sub(1)?);
        match bins {
            3 => THREE.get(f)?.get(r).copied(),
            4 => FOUR.get(f)?.get(r).copied(),
            _ => FIVE.get(f)?.get(r).copied(),
        }
    }

    /// The group of a customer's scores.
    pub fn of(scores: Scores, bins: u8) -> Option<Self> {
        Self::at(scores.r, scores.f, bins)
    }

    /// The rule in words, such as `R 5 and F 4, or R 4–5 and F 5`; `None` where so many bins do not have the group.
    pub fn rule(self, bins: u8) -> Option<String> {
        let range = |from: u8, to: u8| if from == to { from.to_string() } else { format!("{from}–{to}") };
        // Groups lie in one run of each row, which a test holds true.
        let run = |f: u8| {
            let mut own = (1..=bins).filter(|&r| Self::at(r, f, bins) == Some(self));
            let first = own.next()?;
            Some((first, own.next_back().unwrap_or(first)))
        };
        let mut blocks: Vec<((u8, u8), (u8, u8))> = Vec::new();
        for f in 1..=bins {
            let Some(recency) = run(f) else { continue };
            match blocks.last_mut() {
                Some(((_, upto), same)) if *same == recency && *upto + 1 == f => *upto = f,
                _ => blocks.push(((f, f), recency)),
            }
        }
        let words = blocks.iter().map(|((f, g), (r, s))| format!("R {} and F {}", range(*r, *s), range(*f, *g)));
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| words.join(", or "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_in_words_names_exactly_the_cells_of_its_group() {
        assert_eq!(Champions.rule(5).as_deref(), Some("R 5 and F 4, or R 4–5 and F 5"));
        assert_eq!(Potential.rule(5).as_deref(), Some("R 4–5 and F 2–3"));
        assert_eq!(Promising.rule(3), None);
        for bins in super::super::Settings::BINS {
            let mut named = 0;
            for group in Group::ALL {
                for part in group.rule(bins).iter().flat_map(|rule| rule.split(", or ")) {
                    let range = |text: &str| {
                        let mut ends = text[2..].split('–').map(|n| n.parse::<u8>().unwrap());
                        let from = ends.next().unwrap();
                        from..=ends.next().unwrap_or(from)
                    };
                    let (r, f) = part.split_once(" and ").unwrap();
                    for (r, f) in range(r).flat_map(|r| range(f).map(move |f| (r, f))) {
                        assert_eq!(Group::at(r, f, bins), Some(group), "{bins} bins, R {r} F {f}");
                        named += 1;
                    }
                }
            }
            assert_eq!(named, bins * bins, "every cell is in one rule");
        }
        assert_eq!(Group::at(0, 0, 5), None);
    }
}
