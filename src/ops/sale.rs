//! A planned sale and the shop's past: what is wrong with the plan, and what it comes to on real baskets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::Session;
use crate::analytics::rules::{Bits, Sieve};
use crate::analytics::sale::{self, Answer, BasketRow, Lift, PastWindow, Question, Replay, Resolved};
use crate::jobs::Progress;
use crate::model::plan::{Known, Problem};
use crate::model::{Currency, Dataset, Day, Definitions, Rule, SalePlan, TooLittle};
use crate::report::table_export::{self, List, TableFormat, Value, Written};
use crate::workspace::plans::ProductRow;

/// Baskets whose numbers are fetched at once while a list is written.
const PAGE: usize = 4_096;

/// Products of a plan, by the SKU it names them by.
type Named = BTreeMap<String, Vec<ProductRow>>;

/// A plan with its past window and what its names mean there.
pub struct Prepared {
    /// The past moments.
    pub window: PastWindow,
    /// What its names mean.
    pub resolved: Resolved,
    /// Everything worth telling about the plan.
    pub problems: Vec<Problem>,
}

impl Prepared {
    /// Whether the plan can be replayed.
    ///
    /// # Errors
    /// What is in the way, each with its field.
    pub fn check(&self) -> Result<()> {
        Problem::refusal(&self.problems).map_or(Ok(()), |why| Err(anyhow!(why)))
    }
}

impl Session {
    /// What is wrong with a plan, apart from its audiences.
    ///
    /// # Errors
    /// When the shop cannot be read.
    pub fn sale_problems(&mut self, plan: &SalePlan, progress: &Progress) -> Result<Vec<Problem>> {
        Ok(self.known(plan, progress)?.1)
    }

    /// The products a plan names, and what is wrong with it, apart from its audiences.
    fn known(&mut self, plan: &SalePlan, progress: &Progress) -> Result<(Named, Vec<Problem>)> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let rows = self.workspace.products_of(skus(plan))?;
        let categories = categories(&data);
        let stock = |rows: &Vec<ProductRow>| rows.iter().filter_map(|row| row.1).reduce(|a, b| a + b);
        let known = Known {
            currency: definitions.currency,
            span: data.span,
            product: &|sku| rows.get(sku).map(|rows| stock(rows).map(|milli| milli / sale::UNIT)),
            category: &|name| categories.contains(&name.to_lowercase()),
        };
        let problems = plan.problems(&known);
        Ok((rows, problems))
    }

    /// Looks up what a plan speaks of, and the past days it is replayed on; `chosen` days have both ends included.
    ///
    /// # Errors
    /// When there is no order in those days.
    pub fn prepare_sale(
        &mut self,
        plan: &SalePlan,
        chosen: Option<(Day, Day)>,
        progress: &Progress,
    ) -> Result<Prepared> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        let (rows, mut problems) = self.known(plan, progress)?;
        let window = if plan.ends > plan.starts || chosen.is_some() {
            sale::past_window(&data, &definitions, plan, chosen).map_err(|_| anyhow!("{}", no_orders(&data, chosen)))?
        } else {
            bail!(Problem::refusal(&problems).unwrap_or_default());
        };
        let mut resolved = Resolved {
            products: rows.into_iter().map(|(sku, rows)| (sku, rows.into_iter().map(|row| row.0).collect())).collect(),
            audiences: vec![None; plan.tiers.len()],
            early: None,
        };
        self.find_audiences(plan, &window, &mut resolved, &mut problems, progress)?;
        Ok(Prepared { window, resolved, problems })
    }

    /// Members of every audience as they were the day before the replayed days.
    fn find_audiences(
        &mut self,
        plan: &SalePlan,
        window: &PastWindow,
        resolved: &mut Resolved,
        problems: &mut Vec<Problem>,
        progress: &Progress,
    ) -> Result<()> {
        let mut sieve: Option<Sieve> = None;
        let day = Day(self.definitions()?.zone.day(window.begins()).0 - 1);
        let mut members = |at: String, rule: &Rule| -> Result<Bits> {
            let mut wrong = |words: String| problems.push(Problem { at: at.clone(), words, stops: true });
            let rule = match self.resolved(rule) {
                Ok(rule) => rule,
                Err(why) => {
                    wrong(format!("{why}"));
                    return Ok(Bits::default());
                }
            };
            if sieve.is_none() {
                sieve = Some(self.sieve(Some(day), progress)?);
            }
            let found = sieve.as_ref().map(|sieve| sieve.members(&rule, progress)).transpose()?;
            let found = found.map(|members| members.yes).unwrap_or_default();
            if found.is_empty() {
                wrong(format!("nobody belonged to this audience on {}; choose another, or other days", day.display()));
            }
            Ok(found)
        };
        for (n, tier) in plan.tiers.iter().enumerate() {
            if let Some(rule) = &tier.when.audience {
                resolved.audiences[n] = Some(members(format!("tiers[{n}].when.audience"), rule)?);
            }
        }
        if let Some(early) = &plan.early_access {
            resolved.early = Some(members("early_access.audience".into(), &early.audience)?);
        }
        Ok(())
    }

    /// Replays a plan.
    ///
    /// # Errors
    /// A sentence when the plan has problems that stop it, or there is no order in the days.
    pub fn replay_sale(
        &mut self,
        plan: &SalePlan,
        chosen: Option<(Day, Day)>,
        progress: &Progress,
    ) -> Result<(Prepared, Replay)> {
        let definitions = self.definitions_of_sales()?;
        self.replay_sale_under(plan, chosen, &definitions, progress)
    }

    /// The same under definitions that are not kept.
    pub(super) fn replay_sale_under(
        &mut self,
        plan: &SalePlan,
        chosen: Option<(Day, Day)>,
        definitions: &Definitions,
        progress: &Progress,
    ) -> Result<(Prepared, Replay)> {
        let prepared = self.prepare_sale(plan, chosen, progress)?;
        prepared.check()?;
        let data = self.dataset(progress)?;
        let Prepared { window, resolved, .. } = &prepared;
        let question = Question { data: &data, definitions, plan, resolved, window: *window };
        let replay = sale::replay(&question, progress)?;
        Ok((prepared, replay))
    }

    /// What past sales of the shop brought, or what is missing to tell.
    pub fn sale_lift(&mut self, progress: &Progress) -> Result<Result<Lift, TooLittle>> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions()?);
        Ok(Lift::of(sale::past_sales(&data, &definitions, progress)?))
    }

    /// Writes what becomes of every basket, in the order of the orders.
    ///
    /// # Errors
    /// When the file cannot be written, or the work was cancelled; no file is left then.
    pub fn export_baskets(
        &mut self,
        plan: &SalePlan,
        prepared: &Prepared,
        path: &Path,
        format: &dyn TableFormat,
        progress: &Progress,
    ) -> Result<Written> {
        let (data, definitions) = (self.dataset(progress)?, self.definitions_of_sales()?);
        let Prepared { window, resolved, .. } = prepared;
        let question = Question { data: &data, definitions: &definitions, plan, resolved, window: *window };
        let columns = BASKET_COLUMNS.iter().map(|&name| name.to_owned());
        let tiers = plan.tiers.iter().map(|tier| tier.name.clone());
        let list = List { title: "Baskets".into(), columns: columns.chain(tiers).collect() };
        let mut baskets = sale::baskets(&question);
        let all = baskets.size_hint().0 as u64;
        progress.expect(all);
        let mut done = 0;
        let mut pages = std::iter::from_fn(|| {
            let page: Vec<BasketRow> = baskets.by_ref().take(PAGE).collect();
            done += page.len() as u64;
            (!page.is_empty()).then_some((done, page))
        })
        .flat_map(|(done, page)| {
            let ids: Vec<u32> = page.iter().map(|row| data.orders.id[row.order as usize]).collect();
            let listed = progress.step(done).map_err(Into::into).and_then(|()| self.orders(&ids));
            match listed {
                Ok(listed) => page
                    .iter()
                    .zip(listed)
                    .map(|(row, order)| Ok(cells(row, order.number, &data, plan, definitions.currency)))
                    .collect(),
                Err(error) => vec![Err(error)],
            }
        });
        table_export::save(path, format, &list, &mut pages)
    }
}

/// Columns of the list of baskets, before one for each tier.
const BASKET_COLUMNS: &[&str] = &[
    "Order",
    "Placed at",
    "Goods before discounts",
    "Of them in the sale",
    "Units in the sale",
    "Discount it really had",
    "Discount",
    "Shipping given",
    "Gifts",
    "Missing to the next tier",
    "Next tier",
    "Currency",
];

fn cells(row: &BasketRow, number: String, data: &Dataset, plan: &SalePlan, currency: Currency) -> Vec<Value> {
    let money = |minor| Value::Money(minor, currency);
    let next = row.next();
    let placed = chrono::DateTime::from_timestamp(data.orders.placed_at[row.order as usize], 0).unwrap_or_default();
    let mut cells = vec![
        Value::Text(number),
        Value::Text(placed.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        money(row.goods),
        money(row.in_sale),
        Value::Number(row.milli as f64 / sale::UNIT as f64),
        money(row.had),
        money(row.discount),
        money(row.shipping),
        money(row.gifts),
        next.map_or(Value::Empty, |(_, missing)| money(missing)),
        next.map_or(Value::Empty, |(tier, _)| Value::Text(plan.tiers[tier].name.clone())),
        Value::Text(currency.code().into()),
    ];
    cells.extend(row.answers.iter().map(|answer| Value::Text(in_words(*answer, plan, currency))));
    cells
}

/// Why a tier applied to a basket, or why not.
pub fn in_words(answer: Answer, plan: &SalePlan, currency: Currency) -> String {
    match answer {
        Answer::Applied(minor) => format!("applies: gives {}", currency.display(minor)),
        Answer::Overshadowed(Some(tier)) => format!("overshadowed by {}", plan.tiers[tier].name),
        Answer::Overshadowed(None) => "overshadowed: a cap leaves nothing of it".into(),
        Answer::UsedUp => "used up before".into(),
        Answer::Missing { value, milli: 0 } => format!("{} missing", currency.display(value)),
        Answer::Missing { value: 0, milli } => format!("{} units missing", milli as f64 / sale::UNIT as f64),
        Answer::Missing { value, milli } => {
            format!("{} and {} units missing", currency.display(value), milli as f64 / sale::UNIT as f64)
        }
        Answer::NotCovered => "nothing in the basket is covered".into(),
        Answer::NotInvited => "the buyer is not in the audience".into(),
    }
}

impl Session {
    /// Product indices of every SKU that a plan names and the shop has.
    pub(super) fn products_named(&self, plan: &SalePlan) -> Result<BTreeMap<String, Vec<u32>>> {
        let rows = self.workspace.products_of(skus(plan))?;
        Ok(rows.into_iter().map(|(sku, rows)| (sku, rows.into_iter().map(|row| row.0).collect())).collect())
    }
}

fn skus(plan: &SalePlan) -> impl Iterator<Item = &str> {
    let of_tiers = plan.tiers.iter().flat_map(|tier| &tier.when.products);
    let featured = plan.featured.iter().map(|featured| &featured.product);
    of_tiers.chain(&plan.excluded.products).chain(featured).map(String::as_str)
}

/// Categories of the products, in small letters.
fn categories(data: &Dataset) -> BTreeSet<String> {
    let numbers: BTreeSet<u32> = data.products.category.iter().copied().filter(|number| *number > 0).collect();
    numbers.iter().filter_map(|number| data.labels.get(*number as usize)).map(|label| label.to_lowercase()).collect()
}

fn no_orders(data: &Dataset, chosen: Option<(Day, Day)>) -> String {
    match (data.span, chosen) {
        (None, _) => "the shop has no orders yet; import some to replay a sale".into(),
        (Some((first, last)), Some((from, to))) => format!(
            "there is no order from {} to {} to replay the sale on; orders reach from {} to {}",
            from.display(),
            to.display(),
            first.display(),
            last.display()
        ),
        (Some(_), None) => "there is no order in the last days of the history to replay the sale on".into(),
    }
}
