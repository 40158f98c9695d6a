//! Explained changes and differences as tables of text.

use anyhow::Result;

use crate::analytics::explain::{Change, Difference, Factor, Part, Row, said};
use crate::cli::output::{self, count};
use crate::model::Locale;

pub fn change(found: &Change) -> Result<()> {
    let signed = |minor| said::signed(minor, found.currency, Locale::En);
    output::line(said::verdict(found, Locale::En))?;
    output::line(format!(
        "{} against {}",
        said::days(found.settings.after, Locale::En),
        said::days(found.settings.before, Locale::En)
    ))?;
    let row = |(depth, part): (usize, &Part)| {
        vec![
            format!("{}{}", "  ".repeat(depth), part.factor.name()),
            signed(part.amount),
            part.factor.in_words().into(),
        ]
    };
    let mut rows: Vec<_> = said::lines(&found.parts).into_iter().map(row).collect();
    rows.push(vec!["Together".into(), signed(found.amount()), String::new()]);
    output::line("")?;
    output::line(output::table(&["Part", "Amount", "What it is"], &rows, &[0, 2]))?;
    output::line("")?;
    groups(found)?;
    let notes = said::notes(found, Locale::En);
    if !notes.is_empty() {
        output::line("")?;
    }
    notes.iter().try_for_each(output::line)
}

fn groups(found: &Change) -> Result<()> {
    let (money, signed) =
        (|minor| found.currency.display(minor), |minor| said::signed(minor, found.currency, Locale::En));
    let factors = said::factors(&found.rows);
    let cells = |name: &str, sums: [i64; 3], part: &dyn Fn(Factor) -> i64| {
        let mut cells = vec![name.to_owned(), money(sums[0]), money(sums[1]), signed(sums[2])];
        cells.extend(factors.iter().map(|factor| signed(part(*factor))));
        cells
    };
    let mut rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| {
            let sums = [row.before.revenue(), row.after.revenue(), row.amount()];
            cells(&said::name(row), sums, &|factor| row.part(factor))
        })
        .collect();
    let sums = [found.before.revenue(), found.after.revenue(), found.amount()];
    let sum = |factor| found.rows.iter().map(|row: &Row| row.part(factor)).sum();
    rows.push(cells("Together", sums, &sum));
    let mut header = vec![found.settings.by.name(), "Before", "After", "Change"];
    header.extend(factors.iter().map(|factor| factor.name()));
    output::line(output::table(&header, &rows, &[0]))?;
    output::line(found.settings.by.in_words())
}

pub fn difference(found: &Difference) -> Result<()> {
    let (money, signed) =
        (|minor| found.currency.display(minor), |minor| said::signed(minor, found.currency, Locale::En));
    output::line(said::outcome(found, Locale::En))?;
    output::line(format!("{}: {}", said::days(found.asked.days, Locale::En), found.asked.platform.in_words()))?;
    output::line("")?;
    let mut rows =
        vec![vec!["Revenue by your definitions".to_owned(), money(found.ours), count(found.our_orders), String::new()]];
    rows.extend(
        found
            .steps
            .iter()
            .map(|step| vec![said::what(step.what), signed(step.amount), count(step.orders), money(step.after)]),
    );
    rows.push(vec![found.asked.platform.name(), money(found.by_their_rules), count(found.their_orders), String::new()]);
    if let (Some(theirs), Some(rest)) = (found.asked.theirs, found.not_explained) {
        rows.push(vec!["Not explained".into(), signed(rest), "—".into(), money(theirs.amount)]);
    }
    output::line(output::table(&["Step", "Amount", "Orders", "After it"], &rows, &[0]))?;
    output::line("")?;
    found.left.iter().try_for_each(|left| output::line(said::left(left, found.currency, Locale::En)))?;
    if found.not_explained.is_some_and(|rest| rest != 0) {
        found.asked.platform.hints().iter().try_for_each(output::line)?;
    }
    Ok(())
}
