//! Who was a member of an audience when: looked at once a month, at the end of its last day.

use chrono::{Datelike, Months};

use crate::analytics::rules::Bits;
use crate::model::sequence::DAY;
use crate::model::{Day, Rule};

/// Members of a rule at the ends of some days, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Monthly {
    /// The days.
    pub days: Vec<Day>,
    /// Who was a member at the end of each.
    pub members: Vec<Bits>,
}

impl Monthly {
    /// Whether a customer was a member when last looked at before this day; nobody was before the first look.
    pub fn has(&self, customer: usize, at: i64) -> bool {
        let day = at.div_euclid(DAY);
        let looks = self.days.partition_point(|look| i64::from(look.0) < day);
        looks > 0 && self.members.get(looks - 1).is_some_and(|members| members.has(customer))
    }

    /// When a customer was found to have become a member: midnight after a look, if the look before found otherwise.
    pub fn joined(&self, customer: usize) -> impl Iterator<Item = i64> + '_ {
        let pairs = self.members.windows(2).zip(self.days.iter().skip(1));
        pairs
            .filter(move |(pair, _)| !pair[0].has(customer) && pair[1].has(customer))
            .map(|(_, day)| (i64::from(day.0) + 1) * DAY)
    }
}

/// Members of rules, by the rule as it is written.
#[derive(Debug, Clone, Default)]
pub struct Audiences(pub Vec<(Rule, Monthly)>);

impl Audiences {
    /// Members of a rule.
    pub fn of(&self, rule: &Rule) -> Option<&Monthly> {
        self.0.iter().find(|(known, _)| known == rule).map(|(_, members)| members)
    }
}

/// The days to look at audiences for moments from `first` to `last`: the last of each month, from the month before.
pub fn month_ends(first: Day, last: Day) -> Vec<Day> {
    let Some(start) = first.date().with_day(1) else { return Vec::new() };
    let ends =
        (0..).map_while(|months| start.checked_add_months(Months::new(months))).map(|day| Day::from_date(day).0 - 1);
    ends.take_while(|day| *day < last.0).map(Day).collect()
}
