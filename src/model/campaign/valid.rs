//! What is wrong with a campaign, told at the field where it is typed. What is wrong with its sale is told by the sale.

use super::{Campaign, LONGEST_NAME};
use crate::model::plan::{Amount, Problem};
use crate::model::{Currency, Day};

/// Longer than this no campaign runs.
const LONGEST_DAYS: i64 = 3 * 366;

impl Campaign {
    /// Everything wrong with the campaign, in the order of its fields; `last` is the last day with data.
    pub fn problems(&self, currency: Currency, last: Option<Day>) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut tell = |at: &str, words: String, stops: bool| found.push(Problem { at: at.to_owned(), words, stops });
        match self.name.trim().chars().count() {
            0 => tell("name", "a campaign needs a name".into(), true),
            n if n > LONGEST_NAME => {
                tell("name", format!("the name has {n} characters; shorten it to {LONGEST_NAME}"), true);
            }
            _ if self.name.chars().any(char::is_control) => tell("name", "the name is one line of text".into(), true),
            _ => {}
        }
        if self.ends <= self.starts {
            tell("ends", "the campaign ends before it begins; move the end".into(), true);
        } else if (self.ends - self.starts).num_days() > LONGEST_DAYS {
            tell("ends", "the campaign runs for more than three years; move the end".into(), true);
        }
        if self.every_days == Some(0) {
            tell("every_days", "it comes again after 1 day or more; leave it out where it comes once".into(), true);
        }
        let days = self.days();
        for (n, phase) in self.phases.iter().enumerate() {
            let (from, to) = (phase.from.day(days), phase.to.day(days));
            if phase.name.trim().is_empty() {
                tell(&format!("phases[{n}].name"), "a phase needs a name".into(), false);
            }
            if to < from {
                let (from, to) = (from.display(), to.display());
                let words = format!("{} ends ({to}) before it begins ({from}); move one of the days", phase.name);
                tell(&format!("phases[{n}].to"), words, false);
            }
            for (m, task) in phase.tasks.iter().enumerate() {
                let day = task.due.day(days);
                if day < from || day > to {
                    let words = format!("{} falls on {}, outside {}", task.name, day.display(), phase.name);
                    tell(&format!("phases[{n}].tasks[{m}].due"), words, false);
                }
            }
        }
        let mut amount = |at: String, amount: Amount| {
            let (theirs, words) = (amount.currency, amount.to_string());
            if theirs != currency {
                let words =
                    format!("{words} is in {theirs}, the shop's currency is {currency}; state it in {currency}");
                tell(&at, words, false);
            } else if amount.minor < 0 {
                tell(&at, format!("{words} is less than nothing"), false);
            }
        };
        self.budget.into_iter().for_each(|budget| amount("budget".into(), budget));
        self.spend.iter().enumerate().for_each(|(n, item)| amount(format!("spend[{n}].amount"), item.amount));
        let (planned, budget) = (self.planned_spend(currency), self.budget.map_or(i64::MAX, |budget| budget.minor));
        if planned > budget && self.budget.is_some_and(|budget| budget.currency == currency) {
            let over = Amount { minor: planned.saturating_sub(budget), currency };
            tell("spend", format!("the items come to {} more than the budget", over.display()), false);
        }
        for (at, words) in self.codes.iter().flat_map(super::Codes::problems) {
            tell(at, words, true);
        }
        if let Some(page) = Some(self.utm.page.trim()).filter(|page| !page.is_empty())
            && !(page.starts_with("https://") || page.starts_with("http://"))
        {
            tell("utm.page", "the page begins with https://".into(), false);
        }
        if let Some(last) = last.filter(|last| self.frozen.is_none() && days.1 <= *last) {
            let last = last.display();
            tell(
                "starts",
                format!("it is older than the data, which reach to {last}; move it for a plan ahead"),
                false,
            );
        }
        found
    }
}
