//! A rule while it is being written: what was typed stays, also while it is no rule yet.

use crate::model::rule::{Condition, Field, FieldId, Kind, Narrow, Rule, Test, Window};
use crate::model::{Currency, Day};
use crate::ui::locale;
use crate::ui::widgets::fields::read;

/// How the members of a group are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    All,
    Any,
    None,
    NotAll,
}

impl How {
    pub const ALL: [Self; 4] = [Self::All, Self::Any, Self::None, Self::NotAll];

    pub fn words(self) -> &'static str {
        match self {
            Self::All => "All of these",
            Self::Any => "Any of these",
            Self::None => "None of these",
            Self::NotAll => "Not all of these",
        }
    }
}

/// A part of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Group(Group),
    Row(Row),
    Member(Member),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub how: How,
    pub parts: Vec<Node>,
}

/// In a saved segment, or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub not: bool,
    pub name: String,
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub ask: Ask,
    pub only: Vec<Ask>,
    pub span: Span,
}

/// A field and what is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    pub field: FieldId,
    pub of: String,
    pub op: Op,
    pub a: String,
    pub b: String,
}

/// Which days count.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    pub kind: SpanKind,
    pub a: String,
    pub b: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanKind {
    Ever,
    Last,
    Ago,
    Between,
}

impl SpanKind {
    pub const ALL: [Self; 4] = [Self::Ever, Self::Last, Self::Ago, Self::Between];

    pub fn words(self) -> &'static str {
        match self {
            Self::Ever => "at any time",
            Self::Last => "in the last",
            Self::Ago => "days ago, from",
            Self::Between => "between",
        }
    }
}

/// What can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Yes,
    No,
    Is,
    IsNot,
    Contains,
    AtLeast,
    AtMost,
    Exactly,
    Between,
    Within,
    Ago,
    From,
    Before,
    Known,
}

impl Op {
    /// What can be asked of a field.
    pub fn of(field: &Field) -> &'static [Self] {
        const NUMBERS: &[Op] = &[Op::AtLeast, Op::AtMost, Op::Exactly, Op::Between];
        match field.kind {
            Kind::Flag => &[Self::Yes, Self::No],
            Kind::Text => &[Self::Is, Self::IsNot, Self::Contains, Self::Known],
            Kind::Loose => &[
                Self::Is,
                Self::IsNot,
                Self::Contains,
                Self::Known,
                Self::AtLeast,
                Self::AtMost,
                Self::Exactly,
                Self::Between,
            ],
            Kind::Count | Kind::Money | Kind::Share => NUMBERS,
            Kind::Day => &[Self::Within, Self::Ago, Self::From, Self::Before, Self::Known],
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Is => "is",
            Self::IsNot => "is not",
            Self::Contains => "contains",
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Exactly => "exactly",
            Self::Between => "between",
            Self::Within => "within the last",
            Self::Ago => "at least",
            Self::From => "on or after",
            Self::Before => "before",
            Self::Known => "is known",
        }
    }

    /// How many texts belong to it.
    pub fn texts(self) -> usize {
        match self {
            Self::Yes | Self::No | Self::Known => 0,
            Self::Between => 2,
            _ => 1,
        }
    }
}

impl Ask {
    /// A field as it is first asked.
    pub fn new(field: FieldId) -> Self {
        let op = Op::of(field.field()).first().copied().unwrap_or(Op::Known);
        let of = if field == FieldId::Consent { "email" } else { "" };
        let a = match op {
            Op::AtLeast if field.field().kind == Kind::Count => "1",
            Op::Within => "90",
            _ => "",
        };
        Self { field, of: of.into(), op, a: a.into(), b: String::new() }
    }

    fn from(field: FieldId, of: Option<&str>, test: &Test, currency: Currency) -> Self {
        let number = |n: f64| match field.field().kind {
            Kind::Money => currency.plain((n * currency.scale() as f64).round() as i64),
            Kind::Share => plain(n * 100.0),
            _ => plain(n),
        };
        let one = |op: Op, a: String| (op, a, String::new());
        let (op, a, b) = match test {
            Test::Yes => one(Op::Yes, String::new()),
            Test::No => one(Op::No, String::new()),
            Test::Known => one(Op::Known, String::new()),
            Test::Is(words) => one(Op::Is, words.join(" | ")),
            Test::IsNot(words) => one(Op::IsNot, words.join(" | ")),
            Test::Contains(part) => one(Op::Contains, part.clone()),
            Test::AtLeast(n) => one(Op::AtLeast, number(*n)),
            Test::AtMost(n) => one(Op::AtMost, number(*n)),
            Test::Exactly(n) => one(Op::Exactly, number(*n)),
            Test::Between(low, high) => (Op::Between, number(*low), number(*high)),
            Test::WithinDays(days) => one(Op::Within, days.to_string()),
            Test::DaysAgo(days) => one(Op::Ago, days.to_string()),
            Test::From(day) => one(Op::From, locale::date(*day)),
            Test::Before(day) => one(Op::Before, locale::date(*day)),
        };
        Self { field, of: of.unwrap_or_default().into(), op, a, b }
    }

    fn read(&self, currency: Currency) -> Result<(Option<String>, Test), String> {
        let field = self.field.field();
        let name = field.name;
        let number = |text: &str| -> Result<f64, String> {
            let missing = || format!("{name}: type a number");
            match field.kind {
                Kind::Money => {
                    let minor = read::money(text, currency)?.ok_or_else(missing)?;
                    Ok(currency.major(minor))
                }
                Kind::Share => read::percent(text, (0.0, 1.0))?.ok_or_else(missing),
                _ => text.trim().replace(',', ".").parse::<f64>().map_err(|_| missing()),
            }
        };
        let days = |text: &str| text.trim().parse::<u32>().map_err(|_| format!("{name}: type a number of days"));
        let day = |text: &str| read::day(text)?.ok_or_else(|| format!("{name}: type a day"));
        let words = || -> Vec<String> {
            self.a.split('|').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
        };
        let test = match self.op {
            Op::Yes => Test::Yes,
            Op::No => Test::No,
            Op::Known => Test::Known,
            Op::Is | Op::IsNot if words().is_empty() => return Err(format!("{name}: type or pick a value")),
            Op::Is => Test::Is(words()),
            Op::IsNot => Test::IsNot(words()),
            Op::Contains if self.a.trim().is_empty() => return Err(format!("{name}: type what to look for")),
            Op::Contains => Test::Contains(self.a.trim().to_owned()),
            Op::AtLeast => Test::AtLeast(number(&self.a)?),
            Op::AtMost => Test::AtMost(number(&self.a)?),
            Op::Exactly => Test::Exactly(number(&self.a)?),
            Op::Between => Test::Between(number(&self.a)?, number(&self.b)?),
            Op::Within => Test::WithinDays(days(&self.a)?),
            Op::Ago => Test::DaysAgo(days(&self.a)?),
            Op::From => Test::From(day(&self.a)?),
            Op::Before => Test::Before(day(&self.a)?),
        };
        let of = field.of.map(|_| self.of.trim().to_owned());
        if of.as_deref() == Some("") {
            return Err(format!("{name}: pick which one"));
        }
        Ok((of, test))
    }
}

/// A number without needless decimals.
fn plain(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    rounded.to_string()
}

impl Span {
    pub const EVER: Self = Self { kind: SpanKind::Ever, a: String::new(), b: String::new() };

    fn from(window: Option<Window>) -> Self {
        match window {
            None => Self::EVER,
            Some(Window::LastDays(days)) => Self { kind: SpanKind::Last, a: days.to_string(), b: String::new() },
            Some(Window::DaysAgo(from, to)) => Self { kind: SpanKind::Ago, a: from.to_string(), b: to.to_string() },
            Some(Window::Between(from, to)) => {
                Self { kind: SpanKind::Between, a: locale::date(from), b: locale::date(to) }
            }
        }
    }

    fn read(&self) -> Result<Option<Window>, String> {
        let days = |text: &str| text.trim().parse::<u32>().map_err(|_| "Type a number of days".to_owned());
        let day = |text: &str| -> Result<Day, String> { read::day(text)?.ok_or_else(|| "Type a day".to_owned()) };
        Ok(match self.kind {
            SpanKind::Ever => None,
            SpanKind::Last => Some(Window::LastDays(days(&self.a)?)),
            SpanKind::Ago => Some(Window::DaysAgo(days(&self.a)?, days(&self.b)?)),
            SpanKind::Between => Some(Window::Between(day(&self.a)?, day(&self.b)?)),
        })
    }
}

impl Row {
    pub fn new(field: FieldId) -> Self {
        Self { ask: Ask::new(field), only: Vec::new(), span: Span::EVER }
    }

    /// The condition, or what is wrong with it.
    pub fn read(&self, currency: Currency) -> Result<Condition, String> {
        let (of, test) = self.ask.read(currency)?;
        let only: Result<Vec<Narrow>, String> = self
            .only
            .iter()
            .map(|ask| ask.read(currency).map(|(of, test)| Narrow { field: ask.field, of, test }))
            .collect();
        let within = if self.ask.field.field().about.has_days() { self.span.read()? } else { None };
        let condition = Condition { field: self.ask.field, of, test, only: only?, within };
        condition.check()?;
        Ok(condition)
    }
}

impl Node {
    fn from(rule: &Rule, currency: Currency) -> Self {
        match rule {
            Rule::Where(condition) => {
                let ask = |field, of: &Option<String>, test| Ask::from(field, of.as_deref(), test, currency);
                Self::Row(Row {
                    ask: ask(condition.field, &condition.of, &condition.test),
                    only: condition.only.iter().map(|n| ask(n.field, &n.of, &n.test)).collect(),
                    span: Span::from(condition.within),
                })
            }
            Rule::InSegment(name) => Self::Member(Member { not: false, name: name.clone() }),
            Rule::Not(inner) => match &**inner {
                Rule::InSegment(name) => Self::Member(Member { not: true, name: name.clone() }),
                Rule::All(rules) => Self::group(How::NotAll, rules, currency),
                Rule::Any(rules) => Self::group(How::None, rules, currency),
                other => Self::group(How::None, std::slice::from_ref(other), currency),
            },
            Rule::All(rules) => Self::group(How::All, rules, currency),
            Rule::Any(rules) => Self::group(How::Any, rules, currency),
        }
    }

    fn group(how: How, rules: &[Rule], currency: Currency) -> Self {
        Self::Group(Group { how, parts: rules.iter().map(|rule| Self::from(rule, currency)).collect() })
    }

    fn read(&self, currency: Currency) -> Result<Rule, String> {
        Ok(match self {
            Self::Group(group) => group.read(currency)?,
            Self::Row(row) => Rule::Where(row.read(currency)?),
            Self::Member(Member { name, .. }) if name.is_empty() => return Err("Pick a saved segment".into()),
            Self::Member(Member { not: false, name }) => Rule::InSegment(name.clone()),
            Self::Member(Member { not: true, name }) => Rule::Not(Box::new(Rule::InSegment(name.clone()))),
        })
    }
}

impl Group {
    /// A rule as it is edited.
    pub fn of(rule: &Rule, currency: Currency) -> Self {
        match Node::from(rule, currency) {
            Node::Group(group) => group,
            node => Self { how: How::All, parts: vec![node] },
        }
    }

    /// The rule, or what is wrong with it.
    pub fn read(&self, currency: Currency) -> Result<Rule, String> {
        let parts: Result<Vec<Rule>, String> = self.parts.iter().map(|part| part.read(currency)).collect();
        let parts = parts?;
        Ok(match self.how {
            How::All => Rule::All(parts),
            How::Any => Rule::Any(parts),
            How::None => Rule::Not(Box::new(Rule::Any(parts))),
            How::NotAll => Rule::Not(Box::new(Rule::All(parts))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_edited_and_not_changed_is_the_same_rule() {
        for text in [
            "everybody",
            "orders >= 2 where (category is Tea | Coffee, on_sale yes) in last 90 days and not in \"VIP\"",
            "not (country is DE or spend between 10.5 and 99)",
            "not (country is DE and sale_share >= 0.125)",
            "(in \"a\" or orders <= 1 60 to 30 days ago) and consent[email] no",
            "last_order 90 days ago or first_order from 2026-01-31 or created before 2025-12-01",
            "orders = 1 from 2026-01-01 to 2026-02-01 or attribute[Size] contains L",
        ] {
            let rule = Rule::parse(text).unwrap();
            let read = Group::of(&rule, Currency::USD).read(Currency::USD).unwrap();
            assert_eq!(read.to_string(), text);
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let wrong = |change: fn(&mut Row)| {
            let mut row = Row::new(FieldId::Spend);
            change(&mut row);
            row.read(Currency::USD).unwrap_err()
        };
        assert_eq!(wrong(|_| {}), "Spend: type a number");
        assert!(wrong(|row| row.ask = Ask::new(FieldId::Country)).contains("pick a value"));
        assert!(wrong(|row| row.ask = Ask::new(FieldId::Attribute)).contains("Attribute"));
        assert!(wrong(|row| (row.ask.a, row.span.kind) = ("5".into(), SpanKind::Last)).contains("days"));
    }
}
