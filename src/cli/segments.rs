//! `segments`, `members`.

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};

use super::args::{MembersArgs, SegmentsArgs};
use super::output::{self, count, percent};
use crate::analytics::compare::{Change, Moved, headline};
use crate::analytics::segments::{Segment, SegmentRow, SegmentTable};
use crate::framework::fill;
use crate::jobs::Progress;
use crate::model::currency::counted;
use crate::model::{Locale, TooLittle, figure};
use crate::ops::Session;
use crate::report::table_export;
use crate::workspace::Access;

fn table_of(session: &mut Session, as_of: Option<crate::model::Day>) -> Result<SegmentTable> {
    session.segments(as_of, &Progress::none())?.map_err(|missing| too_little(&missing))
}

pub(super) fn too_little(missing: &TooLittle) -> anyhow::Error {
    anyhow!(
        "there is too little to tell: {} of at least {} {}; choose a later date, or import more of the shop's exports",
        missing.have,
        missing.need,
        missing.what
    )
}

pub fn segments(args: &SegmentsArgs) -> Result<()> {
    let (compare, args) = (args.compare, &args.analysis);
    let mut session = Session::open(&args.file, Access::Read)?;
    let table = table_of(&mut session, args.as_of)?;
    let other = compare.map(|day| session.segments_compared(&table, day, &Progress::none())).transpose()?;
    let other = other.transpose().map_err(|missing| too_little(&missing))?;
    // Whatever the order of the two days, the change is that of the later one.
    let moved = other
        .as_ref()
        .map(|other| if other.as_of <= table.as_of { headline(other, &table) } else { headline(&table, other) });
    let focus = session.segment_focus()?;
    let focus = |s| fill::focus(&focus, s).to_owned();
    if args.json {
        let mut all = as_json(&table, &session, focus)?;
        if let (Some(other), Some(moved)) = (&other, &moved) {
            let mut then = as_json(other, &session, focus)?;
            then["rules_from"] = json!("compared");
            all["compared"] = then;
            all["moves"] = moves_as_json(moved);
        }
        return output::json(&all);
    }
    print(&table)?;
    if let (Some(other), Some(moved)) = (&other, &moved) {
        let days = [table.as_of.min(other.as_of), table.as_of.max(other.as_of)].map(crate::model::Day::display);
        output::line(format!("\nFrom {} to {}, by the same cut-offs", days[0], days[1]))?;
        print_moves(moved, [&days[0], &days[1]])?;
    }
    Ok(())
}

/// Prints figures before and after.
pub(super) fn print_moves(moved: &[Moved], heads: [&str; 2]) -> Result<()> {
    let row =
        |m: &Moved| vec![m.name(), in_words(m.before.value), in_words(m.after.value), m.change().in_words(Locale::En)];
    let rows: Vec<_> = moved.iter().map(row).collect();
    output::line(output::table(&["Figure", heads[0], heads[1], "Change"], &rows, &[]))
}

fn in_words(value: Option<figure::Value>) -> String {
    match value {
        None => "—".into(),
        Some(figure::Value::Money(minor, currency)) => currency.display(minor),
        Some(figure::Value::Count(n)) => count(n),
        Some(figure::Value::Share(share)) => percent(Some(share)),
        Some(figure::Value::Number(number)) => format!("{number:.2}"),
    }
}

/// Figures before and after; money in major units.
pub(super) fn moves_as_json(moved: &[Moved]) -> Value {
    let plain = |value: Option<figure::Value>| match value {
        None => Value::Null,
        Some(figure::Value::Money(minor, currency)) => json!(currency.major(minor)),
        Some(figure::Value::Count(n)) => json!(n),
        Some(figure::Value::Share(number) | figure::Value::Number(number)) => json!(number),
    };
    let change = |change| match change {
        Change::None => json!(0.0),
        Change::Relative(share) | Change::Points(share) => json!(share),
        Change::Unknown => Value::Null,
    };
    let row = |m: &Moved| {
        json!({
            "metric": m.before.metric,
            "segment": m.segment.map(Segment::key),
            "before": plain(m.before.value),
            "after": plain(m.after.value),
            "change": change(m.change()),
        })
    };
    moved.iter().map(row).collect()
}

/// Prints the table for people.
pub fn print(table: &SegmentTable) -> Result<()> {
    let money = |minor: Option<i64>| minor.map_or_else(|| "—".into(), |m| table.currency.display(m));
    let frequency = |f: Option<f64>| f.map_or_else(|| "—".into(), |f| format!("{f:.1}"));
    let row = |name: &str, r: &SegmentRow| {
        vec![
            name.to_owned(),
            count(r.customers),
            percent(r.customer_share),
            table.currency.display(r.revenue),
            percent(r.revenue_share),
            money(r.aov),
            frequency(r.frequency_per_year),
            money(r.ltv),
            r.rule.clone(),
        ]
    };
    let mut rows: Vec<_> = table.rows.iter().map(|r| row(r.segment.map_or("", Segment::name), r)).collect();
    rows.push(row("All customers", &table.total));
    let header = ["Segment", "Size", "Share", "Revenue", "Share", "AOV", "Orders/yr", "LTV", "Rule"];
    output::line(format!("As of {}, revenue and orders of the last 12 months", table.as_of.display()))?;
    output::line(output::table(&header, &rows, &[8]))?;
    output::line(table.rules_from.in_words())?;
    table.beside(Locale::En).iter().try_for_each(|words| output::line(format!("Beside the table: {words}")))
}

fn as_json(table: &SegmentTable, session: &Session, focus: impl Fn(Segment) -> String) -> Result<Value> {
    let major = |minor: i64| table.currency.major(minor);
    let row = |r: &SegmentRow| {
        json!({
            "name": r.segment.map_or("All customers", Segment::name),
            "size": r.customers,
            "share": r.customer_share,
            "revenue": major(r.revenue),
            "revenue_share": r.revenue_share,
            "orders": r.orders,
            "aov": r.aov.map(major),
            "frequency_per_year": r.frequency_per_year,
            "ltv": r.ltv.map(major),
            "rule": r.rule,
            "focus": r.segment.map(&focus),
        })
    };
    let definitions = session.definitions()?;
    Ok(json!({
        "as_of": table.as_of,
        "currency": table.currency,
        "period": { "from": table.period.0, "to": table.period.1 },
        "definitions": { "version": definitions.version, "revenue": definitions.revenue_in_words(), "time_zone": definitions.zone },
        "rules_from": table.rules_from,
        "segments": table.rows.iter().map(row).collect::<Vec<_>>(),
        "total": row(&table.total),
        "unidentified": {
            "orders": table.unidentified.orders,
            "revenue": major(table.unidentified.revenue),
        },
        "orders_without_rate": table.without_rate,
        "customers_without_rate": table.customers_without_rate,
        "orders_of_unknown_tax": table.tax_unknown,
    }))
}

pub fn members(args: &MembersArgs) -> Result<()> {
    let segment = args
        .segment
        .as_deref()
        .map(|name| {
            let known = |s: &&Segment| s.key().eq_ignore_ascii_case(name) || s.name().eq_ignore_ascii_case(name);
            Segment::ALL.iter().find(known).copied().ok_or_else(|| {
                let keys = Segment::ALL.map(Segment::key).join(", ");
                anyhow!("{name} is no segment; choose one of {keys}")
            })
        })
        .transpose()?;
    let format = table_export::table_format_of(&args.out)
        .with_context(|| format!("{} must end in .csv or .xlsx", args.out.display()))?;
    let mut session = Session::open(&args.file, Access::Read)?;
    let table = table_of(&mut session, args.as_of)?;
    let data = session.dataset(&Progress::none())?;
    let members = table.members(segment);
    let written = session.export_members(&data, &table, &members, &args.out, format, &Progress::none())?;
    if written.shortened > 0 {
        output::message(format!(
            "{} longer than a cell of a workbook may be, and cut there",
            counted(written.shortened, "text was", "texts were")
        ));
    }
    output::line(format!("{} written to {}", counted(written.rows, "customer", "customers"), args.out.display()))
}
