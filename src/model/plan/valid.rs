//! What is wrong with a plan, told at the field where it is typed.

use chrono::NaiveDateTime;

use super::{Amount, Benefit, MOST_TIERS, Percent, SalePlan, Stacking, Tier};
use crate::model::{Currency, Day};

/// Longer than this no sale runs.
const LONGEST_DAYS: i64 = 366;
/// A longer name fits no list.
const LONGEST_NAME: usize = 80;
/// Amounts beyond this are no amounts; it keeps sums within range.
const LARGEST: i64 = 1_000_000_000_000;

/// Something wrong with a plan, or worth a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The field, as in the plan's JSON: `tiers[1].when.from`.
    pub at: String,
    /// What it is, as a sentence.
    pub words: String,
    /// Whether the plan cannot be replayed as it is.
    pub stops: bool,
}

impl Problem {
    /// Problems told by two who looked at the same thing: of a field that both tell of, what the first one says.
    pub fn joined(mut first: Vec<Self>, second: Vec<Self>) -> Vec<Self> {
        let new: Vec<Self> = second.into_iter().filter(|new| first.iter().all(|old| old.at != new.at)).collect();
        first.extend(new);
        first
    }

    /// Why a plan with these problems is not replayed; `None` when none of them stops it.
    pub fn refusal(problems: &[Self]) -> Option<String> {
        let stops = problems.iter().filter(|problem| problem.stops);
        let wrong: Vec<String> = stops.map(|problem| format!("{}: {}", problem.at, problem.words)).collect();
        (!wrong.is_empty()).then(|| format!("the plan cannot be replayed; {}", wrong.join("; ")))
    }
}

/// What a plan is held against.
pub struct Known<'a> {
    /// The shop's currency.
    pub currency: Currency,
    /// First and last day with an order.
    pub span: Option<(Day, Day)>,
    /// Whether there is a product of a SKU, and its units in stock where that is known.
    pub product: &'a dyn Fn(&str) -> Option<Option<i64>>,
    /// Whether there is a category of a name.
    pub category: &'a dyn Fn(&str) -> bool,
}

impl SalePlan {
    /// Everything wrong with the plan, in the order of its fields. Audiences are asked by whoever knows the customers.
    pub fn problems(&self, known: &Known<'_>) -> Vec<Problem> {
        let mut found = Found(Vec::new());
        self.names_and_window(known, &mut found);
        if self.tiers.is_empty() {
            found.wrong("tiers", "the sale offers nothing yet; add a tier".into());
        }
        if self.tiers.len() > MOST_TIERS {
            let many = self.tiers.len();
            found.wrong("tiers", format!("a sale has at most {MOST_TIERS} tiers, this one has {many}; join some"));
        }
        for (n, tier) in self.tiers.iter().enumerate() {
            one_tier(&format!("tiers[{n}]"), tier, known, &mut found);
        }
        for (n, tier) in self.tiers.iter().enumerate() {
            for (earlier, other) in self.tiers[..n].iter().enumerate() {
                two_tiers((earlier, other), (n, tier), &mut found);
            }
        }
        self.rest(known, &mut found);
        found.0
    }

    fn names_and_window(&self, known: &Known<'_>, found: &mut Found) {
        match self.name.trim().chars().count() {
            0 => found.wrong("name", "a plan needs a name".into()),
            n if n > LONGEST_NAME => {
                found.wrong("name", format!("the name has {n} characters; shorten it to {LONGEST_NAME}"));
            }
            _ if self.name.chars().any(char::is_control) => found.wrong("name", "the name is one line of text".into()),
            _ => {}
        }
        let (starts, ends) = (words(self.starts), words(self.ends));
        if self.ends <= self.starts {
            found.wrong("ends", format!("the sale ends ({ends}) before it begins ({starts}); move the end"));
        } else if (self.ends - self.starts).num_days() > LONGEST_DAYS {
            found.wrong("ends", format!("the sale runs for more than {LONGEST_DAYS} days; move the end"));
        }
        if let Some((_, last)) = known.span.filter(|(_, last)| self.ends.date() <= last.date()) {
            found.note(
                "starts",
                format!("the sale is older than the data, which reach to {}; move it for a plan ahead", last.display()),
            );
        }
        if let Some(early) = &self.early_access
            && early.starts >= self.starts
        {
            let at = words(early.starts);
            found
                .wrong("early_access.starts", format!("early access ({at}) does not begin before the sale ({starts})"));
        }
    }

    fn rest(&self, known: &Known<'_>, found: &mut Found) {
        for (field, amount) in [
            ("caps.per_order", self.caps.per_order),
            ("caps.budget", self.caps.budget),
            ("assumptions.shipping", self.assumptions.shipping),
        ] {
            if let Some(amount) = amount {
                // Shipping may cost nothing.
                in_currency(field, amount, known, i64::from(field.starts_with("caps")), found);
            }
        }
        if self.caps.units.is_some() {
            found.wrong("caps.units", "units are capped in a tier, or as featured products".into());
        }
        named("excluded.products", &self.excluded.products, known, found);
        categories("excluded.categories", &self.excluded.categories, known, found);
        for (n, featured) in self.featured.iter().enumerate() {
            let at = format!("featured[{n}]");
            let sku = &featured.product;
            named(&at, std::slice::from_ref(sku), known, found);
            if self.excluded.products.contains(sku) {
                found.wrong(&at, format!("{sku} is featured and excluded; take it out of one"));
            }
            if self.featured[..n].iter().any(|other| other.product == *sku) {
                found.wrong(&at, format!("{sku} is featured twice"));
            }
            let stock = (known.product)(sku).flatten();
            if let Some(stock) = stock.filter(|stock| *stock < i64::from(featured.units)) {
                let units = featured.units;
                found.note(&at, format!("{units} units of {sku} are planned, {stock} were in stock when it was read"));
            }
        }
        if self.code.as_ref().is_some_and(|code| code.is_empty() || code.chars().any(char::is_whitespace)) {
            found.wrong("code", "a code is one word; leave it out where the sale applies by itself".into());
        }
        for (field, value) in [("near", self.assumptions.near), ("top_up", self.assumptions.top_up)] {
            if value > Percent::whole(100) {
                found.wrong(&format!("assumptions.{field}"), format!("{value} is more than all; write 0 to 100"));
            }
        }
        if let Some(margin) = self.assumptions.margin.filter(|margin| *margin > Percent::whole(100)) {
            found.wrong("assumptions.margin", format!("a margin of {margin} is more than the price; write 0 to 100"));
        }
    }
}

/// Problems as they are found.
struct Found(Vec<Problem>);

impl Found {
    fn wrong(&mut self, at: &str, words: String) {
        self.0.push(Problem { at: at.to_owned(), words, stops: true });
    }

    fn note(&mut self, at: &str, words: String) {
        self.0.push(Problem { at: at.to_owned(), words, stops: false });
    }
}

fn words(moment: NaiveDateTime) -> String {
    moment.format("%-d %b %Y %H:%M").to_string()
}

fn in_currency(at: &str, amount: Amount, known: &Known<'_>, least: i64, found: &mut Found) {
    if amount.currency != known.currency {
        let (theirs, ours) = (amount.currency, known.currency);
        found.wrong(at, format!("{amount} is in {theirs}, the shop's currency is {ours}; state it in {ours}"));
    } else if amount.minor < least {
        found.wrong(at, format!("{amount} is too little; write more than 0"));
    } else if amount.minor > LARGEST {
        found.wrong(at, format!("{amount} is too much to be meant"));
    }
}

fn named(at: &str, skus: &[String], known: &Known<'_>, found: &mut Found) {
    for sku in skus.iter().filter(|sku| (known.product)(sku).is_none()) {
        found.wrong(at, format!("no product has the SKU {sku}; take it out, or import the products first"));
    }
}

fn categories(at: &str, names: &[String], known: &Known<'_>, found: &mut Found) {
    for name in names.iter().filter(|name| !(known.category)(name)) {
        found.wrong(at, format!("no product is of the category “{name}”; take it out, or import the products first"));
    }
}

fn one_tier(at: &str, tier: &Tier, known: &Known<'_>, found: &mut Found) {
    let field = |name: &str| format!("{at}.{name}");
    if tier.name.trim().is_empty() {
        found.wrong(&field("name"), "a tier needs a name".into());
    }
    for (name, amount) in tier.amounts() {
        in_currency(&field(name), amount, known, i64::from(name != "benefit.cost"), found);
    }
    match &tier.benefit {
        Benefit::PercentOff(percent) => percentage(&field("benefit"), *percent, found),
        Benefit::BuyGet(offer) => {
            percentage(&field("benefit"), offer.percent, found);
            if offer.buy == 0 || offer.get == 0 {
                found.wrong(&field("benefit"), "buy and get are 1 unit or more".into());
            }
        }
        Benefit::AmountOff(off) => {
            let from = tier.when.from.filter(|from| from.currency == off.currency).map_or(0, |from| from.minor);
            if from < off.minor {
                let off = off.display();
                found.note(
                    &field("when.from"),
                    format!("baskets worth less than {off} go for nothing; begin at {off} or more"),
                );
            }
        }
        Benefit::Gift(_) | Benefit::FreeShipping => {}
    }
    if tier.when.units == Some(0) {
        found.wrong(&field("when.units"), "0 units is every basket; leave it out".into());
    }
    if tier.caps.units == Some(0) {
        found.wrong(&field("caps.units"), "0 units are sold out before the sale begins".into());
    }
    named(&field("when.products"), &tier.when.products, known, found);
    categories(&field("when.categories"), &tier.when.categories, known, found);
}

fn percentage(at: &str, percent: Percent, found: &mut Found) {
    if percent.0 == 0 {
        found.wrong(at, "0% off is no offer".into());
    } else if percent > Percent::whole(100) {
        found.wrong(at, format!("{percent} off is more than the price; write 100 or less"));
    }
}

/// Two tiers that compete for the same baskets: which one is meant?
fn two_tiers((a, first): (usize, &Tier), (b, second): (usize, &Tier), found: &mut Found) {
    let at = |name: &str| format!("tiers[{b}].{name}");
    if first.name.trim() == second.name.trim() {
        found.wrong(&at("name"), format!("two tiers are called “{}”; rename one", second.name.trim()));
    }
    let same_goods = first.when.products == second.when.products && first.when.categories == second.when.categories;
    if !same_goods || first.when.audience != second.when.audience || first.when.units != second.when.units {
        return;
    }
    let stacks = |tier: &Tier| tier.stacking == Stacking::WithOthers;
    let compete = !stacks(first) && !stacks(second);
    let from = |tier: &Tier| tier.when.from.map_or(0, |from| from.minor);
    let words = (first.in_words(), second.in_words());
    let alike = std::mem::discriminant(&first.benefit) == std::mem::discriminant(&second.benefit);
    if from(first) == from(second) && first.benefit == second.benefit {
        found.wrong(&at("benefit"), format!("tier {} offers the same ({}); delete one", a + 1, words.0));
    } else if from(first) == from(second) && alike && compete && first.priority == second.priority {
        found.wrong(
            &at("when.from"),
            format!("“{}” and “{}” hold for the same baskets; only the better one can apply", words.0, words.1),
        );
    } else if let (true, Some(one), Some(other)) = (compete && alike, worth(first), worth(second)) {
        let (low, high) = if from(first) < from(second) { (one, other) } else { (other, one) };
        if low >= high && first.priority == second.priority {
            let (better, worse) = if from(first) < from(second) { (words.0, words.1) } else { (words.1, words.0) };
            found.wrong(&at("benefit"), format!("“{worse}” gives no more than “{better}”, so it never applies"));
        }
    }
}

/// What two offers of one kind are compared by.
fn worth(tier: &Tier) -> Option<i64> {
    let plain = tier.caps.are_none();
    match &tier.benefit {
        Benefit::PercentOff(percent) if plain => Some(percent.0.into()),
        Benefit::AmountOff(amount) if plain => Some(amount.minor),
        _ => None,
    }
}
