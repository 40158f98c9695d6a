//! Attribution as text.

use anyhow::Result;

use super::AttributionArgs;
use super::as_json::stop;
use crate::analytics::attribution::{Attribution, Band, ChannelCredit, Credit, MODELS, Range};
use crate::cli::output::{self, count, percent};
use crate::model::Locale;
use crate::ops::attribution::OfTable;

/// Everything, of the models that are wanted.
pub fn print(args: &AttributionArgs, found: &Attribution, table: Option<&OfTable>) -> Result<()> {
    output::line(headline(found, table))?;
    output::line("")?;
    output::line(channels(args, found))?;
    output::line("")?;
    let shown = if args.value { "what orders are worth" } else { "orders" };
    output::line(format!(
        "Band: {shown}, from the least to the most that any model gives{}",
        if found.resamples > 0 {
            format!("; in brackets with the {:.0} % intervals of all of them", found.settings.level * 100.0)
        } else {
            String::new()
        }
    ))?;
    for about in MODELS.iter().filter(|about| args.wants(about.model)) {
        output::line(format!("{}: {}", about.name, about.does))?;
    }
    output::line("")?;
    output::line(memory(found))?;
    left_out(found, table).into_iter().chain(found.notes.clone()).try_for_each(output::line)?;
    if args.transitions {
        output::line("")?;
        output::line(transitions(found))?;
    }
    Ok(())
}

fn money(found: &Attribution, minor: f64) -> String {
    match found.currency {
        Some(currency) => currency.display(minor.round() as i64),
        None => Locale::En.number(minor / 100.0, 2),
    }
}

fn headline(found: &Attribution, table: Option<&OfTable>) -> String {
    let what = match (found.as_of, found.period, table) {
        (Some(as_of), Some((from, to)), _) => {
            format!("Journeys that ended from {} to {}, as of {}", from.display(), to.display(), as_of.display())
        }
        (_, _, Some(table)) => format!("{}: {} paths", table.read.file, count(table.read.rows)),
        _ => "Journeys".to_owned(),
    };
    format!(
        "{what}: {} orders worth {} shared out, {} journeys without an order",
        count(found.orders),
        money(found, found.value),
        count(found.journeys_without_order)
    )
}

fn channels(args: &AttributionArgs, found: &Attribution) -> String {
    let models: Vec<usize> = (0..MODELS.len()).filter(|at| args.wants(MODELS[*at].model)).collect();
    let number = |value: f64| if args.value { money(found, value) } else { Locale::En.number(value, 1) };
    let range = |(low, high): Range| format!("{} – {}", number(low), number(high));
    let pick = |credit: &Credit| if args.value { credit.value } else { credit.conversions };
    let has_cost = found.channels.iter().any(|one| one.cost.is_some());
    let row = |one: &ChannelCredit| {
        let band: Band = if args.value { one.value } else { one.conversions };
        let effect = if args.value { one.removal_value } else { one.removal };
        let mut row = vec![one.channel.clone(), count(one.touches), count(one.journeys), range(band.models)];
        if found.resamples > 0 {
            row.push(format!("({})", range(band.widened)));
        }
        let told = |at: &usize| one.credits[*at].as_ref().map_or_else(|| "—".to_owned(), |credit| number(pick(credit)));
        row.extend(models.iter().map(told));
        row.push(percent(effect.map(|effect| effect.effect)));
        if found.resamples > 0 {
            let interval = effect.and_then(|effect| effect.interval);
            let ends = interval.map(|(low, high)| format!("{} – {}", percent(Some(low)), percent(Some(high))));
            row.push(ends.unwrap_or_else(|| "—".to_owned()));
        }
        if has_cost {
            row.push(one.cost.map_or_else(|| "—".to_owned(), |cost| money(found, cost as f64)));
        }
        row
    };
    let mut header = vec!["Channel", "Touches", "Journeys", "Band"];
    let interval = format!("{:.0}% interval", found.settings.level * 100.0);
    if found.resamples > 0 {
        header.push("With intervals");
    }
    header.extend(models.iter().map(|at| MODELS[*at].name));
    header.push("Lost without");
    if found.resamples > 0 {
        header.push(&interval);
    }
    if has_cost {
        header.push("Cost of touches");
    }
    let rows: Vec<_> = found.channels.iter().map(row).collect();
    output::table(&header, &rows, &[0])
}

/// How many steps the chain remembers, and why.
fn memory(found: &Attribution) -> String {
    let steps = |n: usize| if n == 1 { "one step".to_owned() } else { format!("{n} steps") };
    let mut lines = vec![format!("The Markov chain remembers {}", steps(found.order))];
    if let Some(share) = found.conversion {
        lines[0].push_str(&format!("; by it {} of the journeys end in an order", percent(Some(share))));
    }
    if !found.candidates.is_empty() {
        let row = |one: &crate::analytics::attribution::Candidate| {
            let dash = || "—".to_owned();
            vec![
                steps(one.order),
                count(one.states as u64),
                count(one.parameters as u64),
                one.held_out.map_or_else(dash, |mean| format!("{mean:.5}")),
                one.behind.map_or_else(dash, |(gap, error)| format!("{gap:.5} ± {error:.5}")),
                format!("{:.0}", one.aic),
                format!("{:.0}", one.bic),
                if one.chosen { "chosen".to_owned() } else { String::new() },
            ]
        };
        let rows: Vec<_> = found.candidates.iter().map(row).collect();
        let header = ["Memory", "Pasts", "Parameters", "Held out, per step", "Behind the best", "AIC", "BIC", ""];
        lines.push(output::table(&header, &rows, &[0, 7]));
    }
    lines.join("\n")
}

fn left_out(found: &Attribution, table: Option<&OfTable>) -> Vec<String> {
    let counts = &found.counts;
    let mut lines = Vec::new();
    if counts.orders_without_touch > 0 {
        let worth = money(found, counts.value_without_touch as f64);
        let orders = count(counts.orders_without_touch);
        lines.push(format!("Orders of which no touch is known, shared out to nobody: {orders}, worth {worth}"));
    }
    if let Some(table) = table {
        if table.read.rejected > 0 {
            let first =
                table.read.reasons.first().map_or(String::new(), |(line, why)| format!(", first line {line}: {why}"));
            lines.push(format!("Rows that cannot be read, left out: {}{first}", count(table.read.rejected)));
        }
        if !table.read.has_nulls {
            lines.push("The table has no column nulls, so journeys without an order are not known".into());
        }
        return lines;
    }
    lines.push(format!("Touches: {}, of them part of these journeys: {}", count(counts.touches), count(counts.used)));
    let out = counts.left_out().into_iter().map(|(why, n)| format!("  left out, {why}: {}", count(n)));
    lines.extend(out);
    lines
}

fn transitions(found: &Attribution) -> String {
    let rows: Vec<_> = found
        .transitions
        .iter()
        .map(|one| {
            let places = [stop(found, one.from).to_owned(), stop(found, one.to).to_owned()];
            let figures = [Locale::En.number(one.count, 0), format!("{:.4}", one.probability)];
            places.into_iter().chain(figures).collect()
        })
        .collect();
    output::table(&["From", "To", "Journeys", "Probability"], &rows, &[0, 1])
}
