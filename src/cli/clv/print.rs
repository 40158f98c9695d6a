//! The result for people.

use anyhow::Result;

use super::super::output::{self, count};
use super::{ClvArgs, Line, METHOD, Unit, name_of};
use crate::analytics::clv::fit::Parameters;
use crate::analytics::clv::held_out::{Class, Errors};
use crate::analytics::clv::{Estimate, HeldOut, LifetimeValue, Model, day_after};

/// Prints everything, with the customers that were asked for.
pub(super) fn value(value: &LifetimeValue, lines: &[Line], args: &ClvArgs) -> Result<()> {
    let (base, totals) = (&value.base, &value.totals);
    let fit = &base.fit;
    output::line(format!(
        "As of {}: {} customers who bought, {} of them on more than one day",
        base.as_of.display(),
        count(fit.buyers),
        count(fit.repeat_buyers)
    ))?;
    output::line(parameter_table(fit.model, &fit.in_unit(args.time_unit.days()), args.time_unit))?;
    let spread = |e: &Estimate, digits: usize| format!("{:.digits$} ({:.digits$}–{:.digits$})", e.value, e.low, e.high);
    output::line(format!(
        "Still customers: {}; orders to come: {}",
        spread(&totals.alive, 0),
        spread(&totals.orders, 0)
    ))?;
    output::line(format!(
        "Value of the next {:.0} days: {} {}, discounted by {}% a year; revenue to date {}",
        base.settings.horizon,
        base.currency,
        spread(&totals.value, 0),
        base.settings.discount * 100.0,
        base.currency.display(totals.historic_minor)
    ))?;
    let notes = [&fit.parameters.held_by_prior, &base.spend.fallback, &totals.would_settle];
    notes.into_iter().flatten().try_for_each(output::line)?;
    if let Some(r) = base.spend.correlation {
        output::line(format!("Correlation of orders with their value: {r:.2} (the model of spend takes it to be 0)"))?;
    }
    match &value.held_out {
        Ok(check) => print_check(check)?,
        Err(unfit) => output::line(format!("No check on the past: {unfit}"))?,
    }
    if lines.is_empty() {
        return Ok(());
    }
    let row = |l: &Line| {
        let day = |days| day_after(base.as_of, days).map_or_else(|| "later".into(), |day| day.to_string());
        let (b, o) = (&l.customer.buyer, &l.outlook);
        vec![
            name_of(&l.who),
            b.x.to_string(),
            base.currency.display(b.historic),
            spread(&o.p_alive, 2),
            spread(&o.orders, 2),
            format!("{}–{}", o.orders_range.0, o.orders_range.1),
            spread(&o.value, 0),
            format!("{} ({}–{})", day(o.next_order.value), day(o.next_order.low), day(o.next_order.high)),
        ]
    };
    let header = ["Customer", "Repeat", "To date", "P(alive)", "Orders", "Range", "Value", "Next order"];
    output::line("")?;
    output::line(output::table(&header, &lines.iter().map(row).collect::<Vec<_>>(), &[]))?;
    output::line(METHOD)
}

fn parameter_table(model: Model, p: &Parameters<4>, unit: Unit) -> String {
    let (errors, intervals) = (p.standard_errors(), p.intervals());
    let row = |i: usize| {
        vec![
            model.letters()[i].to_owned(),
            format!("{:.4}", p.values[i]),
            format!("{:.4}", errors[i]),
            format!("{:.4}–{:.4}", intervals[i].0, intervals[i].1),
        ]
    };
    let rows: Vec<_> = (0..4).map(row).collect();
    let table = output::table(&[model.name(), "Value", "Error", "95% interval"], &rows, &[]);
    format!("{table}\nTime in {}s; log-likelihood {:.2}", unit.name(), p.log_likelihood)
}

fn print_check(check: &HeldOut) -> Result<()> {
    output::line(format!(
        "Held-out check: fitted until {}, {} days foretold for {} customers",
        check.calibrated_until.display(),
        check.days(),
        count(check.customers)
    ))?;
    let errors = |name: &str, e: &Errors| {
        let bias = e.bias.map_or_else(|| "—".into(), |b| format!("{:+.1}%", b * 100.0));
        vec![name.to_owned(), format!("{:.0}", e.total), bias, format!("{:.3}", e.mae), format!("{:.3}", e.rmse)]
    };
    let mut rows = vec![errors("Model", &check.model), errors("Past rate goes on", &check.naive)];
    rows.push(vec!["What came".into(), check.actual_total.to_string(), String::new(), String::new(), String::new()]);
    output::line(output::table(&["", "Orders", "Off by", "MAE", "RMSE"], &rows, &[]))?;
    let class = |c: &Class| {
        let name = format!("{}{} repeat", c.x, if c.and_more { "+" } else { "" });
        vec![
            name,
            count(c.customers),
            format!("{:.2}", c.actual.value),
            format!("{:.2}", c.model),
            format!("{:.2}", c.naive),
        ]
    };
    let rows: Vec<_> = check.classes.iter().map(class).collect();
    output::line(output::table(&["By class", "Customers", "Came", "Model", "Past rate"], &rows, &[]))?;
    output::line(check.in_words())
}
