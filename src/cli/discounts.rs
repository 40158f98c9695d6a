//! `discounts`: who depends on discounts, what that costs, and the smallest discount that sufficed.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::args::AnalysisArgs;
use super::output::{self, count, percent};
use super::segments::too_little;
use crate::analytics::discounts::{Class, Curve, Discounts, Group, Habit};
use crate::jobs::Progress;
use crate::ops::Session;
use crate::workspace::Access;

#[derive(Args)]
pub struct DiscountsArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// Most customers to list in JSON, those with the most orders on sale first
    #[arg(long, default_value_t = 10_000)]
    pub limit: usize,
}

pub fn discounts(args: &DiscountsArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let found = session.discounts(args.analysis.as_of, &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    if args.analysis.json {
        return output::json(&as_json(&mut session, &found, args.limit)?);
    }
    print(&found)
}

fn print(found: &Discounts) -> Result<()> {
    let total = &found.total;
    output::line(format!(
        "As of {}: {} of {} orders on sale; {} of {} customers with two orders or more bought only on sale, by chance \
         it would be {}",
        found.as_of.display(),
        percent(total.on_sale_share()),
        count(total.orders),
        count(total.classes[Class::Only as usize]),
        count(total.judged()),
        count(found.only_by_chance.round() as u64),
    ))?;
    if found.sale_days.days > 0 {
        output::line(format!(
            "On {} days nearly everybody bought on sale: {} of the orders on sale, which say little of a customer",
            count(found.sale_days.days),
            count(found.sale_days.on_sale)
        ))?;
    }
    let row = |name: &str, group: &Group| {
        vec![
            name.to_owned(),
            count(group.buyers),
            count(group.orders),
            percent(group.on_sale_share()),
            percent(group.revenue_share()),
            percent(group.rate()),
            percent(group.only_share()),
            percent(group.smallest),
            percent(group.margin_given()),
            found.currency.display(group.given),
        ]
    };
    let rows: Vec<_> = found.segments.iter().map(|(segment, group)| row(segment.name(), group)).collect();
    let rows: Vec<_> = rows.into_iter().chain([row("All customers", total)]).collect();
    let header = [
        "Segment",
        "Buyers",
        "Orders",
        "On sale",
        "Of revenue",
        "Mean rate",
        "Only on sale",
        "Smallest, median",
        "Margin given",
        "Given",
    ];
    output::line(output::table(&header, &rows, &[0]))?;
    let classes: Vec<_> = Class::ALL
        .iter()
        .zip(total.classes)
        .map(|(class, n)| vec![class.name().to_owned(), count(n), class.rule().to_owned()])
        .collect();
    output::line(output::table(&["Class", "Customers", "Rule"], &classes, &[0, 2]))?;
    let (all, only) = (Curve::shares(&found.curve.all), Curve::shares(&found.curve.only));
    let points = found.curve.percents().zip(all.iter().zip(&only));
    let rows: Vec<_> = points.map(|(at, (all, only))| vec![format!("{at} %"), percent(*only), percent(*all)]).collect();
    output::line(output::table(&["Bought at most at", "Only on sale", "All who bought on sale"], &rows, &[0]))
}

fn as_json(session: &mut Session, found: &Discounts, limit: usize) -> Result<Value> {
    let major = |minor: i64| found.currency.major(minor);
    let group = |group: &Group| {
        let classes: serde_json::Map<String, Value> =
            Class::ALL.iter().zip(group.classes).filter_map(|(class, n)| Some((key(*class)?, json!(n)))).collect();
        json!({
            "buyers": group.buyers,
            "classes": classes,
            "orders": group.orders,
            "orders_on_sale": group.on_sale,
            "on_sale_share": group.on_sale_share(),
            "revenue": major(group.revenue),
            "revenue_on_sale": major(group.revenue_on_sale),
            "revenue_on_sale_share": group.revenue_share(),
            "given": major(group.given),
            "mean_rate": group.rate(),
            "only_on_sale_share": group.only_share(),
            "median_smallest_discount": group.smallest,
            "margin_given_share": group.margin_given(),
            "orders_without_cost": group.costless,
        })
    };
    let mut order: Vec<u32> =
        (0_u32..).zip(&found.habits).filter(|(_, habit)| habit.orders > 0).map(|(at, _)| at).collect();
    let listed_of = order.len();
    order.sort_by_key(|&at| {
        let habit = found.habits[at as usize];
        (std::cmp::Reverse((habit.on_sale, habit.orders)), at)
    });
    order.truncate(limit);
    let data = session.dataset(&Progress::none())?;
    let ids: Vec<u32> = order.iter().map(|&at| data.customers.id[at as usize]).collect();
    let listed = session.customers(&ids)?;
    let customer = |(&at, who): (&u32, &crate::workspace::lists::CustomerListing)| {
        let habit: Habit = found.habits[at as usize];
        let expected = found.expected(habit);
        json!({
            "customer_id": who.shop_id,
            "email": who.email,
            "orders": habit.orders,
            "orders_on_sale": habit.on_sale,
            "class": habit.class(),
            "on_sale_share": habit.share(),
            "expected_share": expected.map(|expected| expected.0),
            "expected_share_95": expected.map(|expected| expected.1),
            "smallest_discount": habit.smallest_share(),
        })
    };
    let mut segments = Vec::new();
    for (segment, sums) in &found.segments {
        let mut one = group(sums);
        one["segment"] = json!(segment.name());
        segments.push(one);
    }
    let curve = found.curve.percents().zip(found.curve.all.iter().zip(&found.curve.only));
    Ok(json!({
        "as_of": found.as_of,
        "currency": found.currency,
        "definitions": found.definitions,
        "total": group(&found.total),
        "segments": segments,
        "only_on_sale_by_chance": found.only_by_chance,
        "sale_days": {"days": found.sale_days.days, "orders_on_sale": found.sale_days.on_sale},
        "spread_of_shares": found.usual.map(|usual| json!({"a": usual.a, "b": usual.b})),
        "bought_at_most_at": curve.map(|(at, (all, only))| json!({
            "rate": f64::from(at) / 100.0,
            "customers": all,
            "only_on_sale": only,
        })).collect::<Vec<_>>(),
        "buyers": listed_of,
        "customers": order.iter().zip(&listed).map(customer).collect::<Vec<_>>(),
    }))
}

/// The name of a class in JSON, as it is written for a customer.
fn key(class: Class) -> Option<String> {
    serde_json::to_value(class).ok()?.as_str().map(str::to_owned)
}
