//! `paths`: what buyers bought first, second, third, and which first product brings them back.

use anyhow::Result;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};

use super::args::AnalysisArgs;
use super::output::{self, count, percent};
use super::segments::too_little;
use crate::analytics::paths::{By, First, MOST_STEPS, MOST_THINGS, Next, Paths, Place, Settings};
use crate::jobs::Progress;
use crate::ops::Session;
use crate::ops::paths::PathNames;
use crate::workspace::Access;

#[derive(Args)]
pub struct PathsArgs {
    #[command(flatten)]
    pub analysis: AnalysisArgs,
    /// What an order is taken to be of: what most was paid for in it
    #[arg(long, value_parser = by(), default_value = "product")]
    pub by: By,
    /// Orders of a path
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=MOST_STEPS as i64))]
    pub steps: u8,
    /// How many products are told apart
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u8).range(1..=MOST_THINGS as i64))]
    pub top: u8,
    /// Days within which a next order is looked for
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i32).range(1..=3650))]
    pub within: i32,
}

fn by() -> impl TypedValueParser<Value = By> {
    PossibleValuesParser::new(By::ALL.map(|by| PossibleValue::new(by.key())))
        .map(|key| By::ALL.into_iter().find(|by| by.key() == key).unwrap_or_default())
}

pub fn paths(args: &PathsArgs) -> Result<()> {
    let mut session = Session::open(&args.analysis.file, Access::Read)?;
    let settings = Settings { by: args.by, steps: args.steps.into(), top: args.top.into(), within: args.within };
    let found = session.paths(args.analysis.as_of, settings, &Progress::none())?;
    let found = found.map_err(|missing| too_little(&missing))?;
    let names = session.path_names(&found)?;
    if args.analysis.json { output::json(&as_json(&found, &names)) } else { print(&found, &names, args.top.into()) }
}

fn days(median: Option<f64>) -> String {
    median.map_or_else(|| "—".to_owned(), |days| format!("{days}"))
}

fn interval(ends: Option<(f64, f64)>) -> String {
    ends.map_or_else(|| "—".to_owned(), |(low, high)| format!("{} – {}", percent(Some(low)), percent(Some(high))))
}

fn station(names: &PathNames, next: Next, order: usize) -> String {
    match next {
        Next::Thing(thing) => names.things[usize::from(thing)].clone(),
        Next::Stopped => format!("no order {}", order + 1),
        Next::Open => format!("no order {} yet", order + 1),
    }
}

fn print(found: &Paths, names: &PathNames, top: usize) -> Result<()> {
    let within = found.settings.within;
    output::line(format!(
        "As of {}: {} buyers by the {} that most was paid for in each order; open = the last order is less than {within} \
         days ago",
        found.as_of.display(),
        count(found.buyers),
        found.settings.by.word()
    ))?;
    for (step, one) in found.steps.iter().enumerate() {
        let row = |name: &str, place: &Place| {
            vec![
                name.to_owned(),
                count(place.buyers),
                percent(place.share_went_on()),
                count(place.went_on),
                count(place.stopped),
                count(place.open),
                days(place.median_days),
            ]
        };
        let rows = names.things.iter().zip(&one.places).map(|(name, place)| row(name, place));
        let rows: Vec<_> = rows.chain([row("All buyers", &one.total)]).collect();
        let first = format!("Order {}", step + 1);
        let header = [first.as_str(), "Buyers", "Share on", "Went on", "Stopped", "Open", "Median days"];
        output::line(output::table(&header, &rows, &[0]))?;
    }
    let path = |path: &crate::analytics::paths::Path| {
        let stations = path.stations.iter().enumerate().map(|(order, next)| station(names, *next, order));
        let medians: Vec<String> = path.median_days.iter().map(|median| days(*median)).collect();
        vec![stations.collect::<Vec<_>>().join(" > "), count(path.buyers), percent(path.share), medians.join(", ")]
    };
    let rows: Vec<_> = found.paths.iter().take(top).map(path).collect();
    output::line(output::table(&["Path", "Buyers", "Of first", "Median days"], &rows, &[0]))?;
    let row = |name: &str, first: &First| {
        vec![
            name.to_owned(),
            count(first.buyers),
            count(first.eligible),
            percent(first.rate()),
            interval(first.wilson),
            percent(first.expected.map(|expected| expected.0)),
            first.standing.words().to_owned(),
        ]
    };
    let rows = names.first.iter().zip(&found.first).take(top).map(|(name, first)| row(name, first));
    let mut average = row("All buyers", &found.average);
    average[6] = String::new();
    let rows: Vec<_> = rows.chain([average]).collect();
    let share = format!("Back in {within} days");
    let header = ["First order", "Buyers", "Old enough", &share, "95% interval", "Expected", "Against the shop"];
    output::line(output::table(&header, &rows, &[0, 6]))
}

fn as_json(found: &Paths, names: &PathNames) -> Value {
    let place = |place: &Place| {
        json!({
            "buyers": place.buyers,
            "went_on": place.went_on,
            "stopped": place.stopped,
            "open": place.open,
            "share_went_on": place.share_went_on(),
            "median_days": place.median_days,
        })
    };
    let step = |(at, step): (usize, &crate::analytics::paths::Step)| {
        json!({
            "from_order": at + 1,
            "places": names.things.iter().zip(&step.places).map(|(name, one)| {
                let mut one = place(one);
                one["name"] = json!(name);
                one
            }).collect::<Vec<_>>(),
            "counts": step.counts,
            "total": place(&step.total),
        })
    };
    let path = |path: &crate::analytics::paths::Path| {
        let end = |next: &Next| match next {
            Next::Thing(_) => None,
            Next::Stopped => Some("stopped"),
            Next::Open => Some("open"),
        };
        let things = path.stations.iter().filter_map(|next| match next {
            Next::Thing(thing) => Some(&names.things[usize::from(*thing)]),
            _ => None,
        });
        json!({
            "things": things.collect::<Vec<_>>(),
            "end": path.stations.last().and_then(end),
            "buyers": path.buyers,
            "share_of_first": path.share,
            "median_days": path.median_days,
        })
    };
    let first = |name: &str, first: &First| {
        json!({
            "name": name,
            "buyers": first.buyers,
            "eligible": first.eligible,
            "returned": first.returned,
            "rate": first.rate(),
            "wilson_95": first.wilson,
            "expected": first.expected.map(|expected| expected.0),
            "expected_95": first.expected.map(|expected| expected.1),
            "standing": first.standing,
        })
    };
    let mut average = first("All buyers", &found.average);
    if let Some(average) = average.as_object_mut() {
        average.retain(|key, _| !key.starts_with("expected") && key != "standing");
    }
    json!({
        "as_of": found.as_of,
        "definitions": found.definitions,
        "by": found.settings.by,
        "within_days": found.settings.within,
        "buyers": found.buyers,
        "things": names.things,
        "steps": found.steps.iter().enumerate().map(step).collect::<Vec<_>>(),
        "paths": found.paths.iter().map(path).collect::<Vec<_>>(),
        "first": names.first.iter().zip(&found.first).map(|(name, one)| first(name, one)).collect::<Vec<_>>(),
        "average": average,
    })
}
