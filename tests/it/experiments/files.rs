//! Files about experiments: recognised, read, and told where they cannot be.

use std::path::Path;

use cartwright::import::experiment::{Content, Look, Within, look, read};
use cartwright::jobs::Progress;
use cartwright::model::experiment::{FileKind, Metric, Named, Spread, Sum, Totals, Unit, VariantTotals};
use cartwright::model::plan::Amount;
use cartwright::model::{Currency, Zone};

const WITHIN: Within = Within { zone: Zone::UTC, currency: Currency::USD };

fn looked(folder: &Path, content: &str) -> Result<Look, String> {
    let path = folder.join("test.csv");
    std::fs::write(&path, content).unwrap();
    look(&path, &Progress::none()).map_err(|error| error.to_string())
}

fn read_as(content: &str) -> Result<(FileKind, Content), String> {
    let folder = tempfile::tempdir().unwrap();
    let look = looked(folder.path(), content)?;
    let content = read(&look, &look.columns, WITHIN, &Progress::none()).map_err(|error| error.to_string())?;
    Ok((look.kind, content))
}

fn totals(content: &str) -> Totals {
    match read_as(content).unwrap() {
        (_, Content::Totals(totals)) => totals,
        (kind, Content::Customers(_)) => panic!("read as customers: {kind:?}"),
    }
}

fn sum(of: &VariantTotals, metric: &Metric) -> (Sum, Option<Spread>) {
    let value = of.of(metric).unwrap_or_else(|| panic!("{metric:?} in {of:?}"));
    (value.sum, value.spread)
}

fn usd(minor: i64) -> Sum {
    Sum::Amount(Amount { minor, currency: Currency::USD })
}

/// Columns as GrowthBook's results download writes them; figures of our own.
const GROWTHBOOK: &str = concat!(
    "\"metric\",\"variation\",\"riskOfChoosing\",\"users\",\"totalValue\",\"perUserValue\",\"perUserValueStdDev\",",
    "\"chanceToBeatControl\",\"percentChange\",\"percentChangePValue\",\"percentChangePValueAdjusted\",",
    "\"percentChangeCILower\",\"percentChangeCIUpper\",\"percentChangeCILowerAdjusted\",\"percentChangeCIUpperAdjusted\"\n",
    "\"Purchases\",\"Control\",,1000,100,0.1,0.3,,,,,,,,\n",
    "\"Purchases\",\"Express\",0.001,2000,,,,0.7,0.1,,,,,,\n",
    "\"Revenue per visitor\",\"Control\",,1000,5012.5,5.0125,21.25,,,,,,,,\n",
    "\"Revenue per visitor\",\"Express\",,2000,10000,5,20,,,,,,,,\n",
    "\"Calls\",\"Control\",,1000,40,0.04,0.5,,,,,,,,\n",
    "\"Calls\",\"Express\",,2000,70,0.035,0.4,,,,,,,,\n",
);

#[test]
fn growthbook_results_are_recognised_and_blanks_are_zeros() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(looked(folder.path(), GROWTHBOOK).unwrap().kind, FileKind::GrowthBook);
    let totals = totals(GROWTHBOOK);
    assert!(totals.parts.is_empty());
    let [control, express] = totals.variants.as_slice() else { panic!("{totals:?}") };
    assert_eq!((control.variant.as_str(), control.visitors), ("Control", 1_000));
    assert_eq!((express.variant.as_str(), express.visitors), ("Express", 2_000));
    let named = |name: &str, unit| Metric::Named(Named { name: name.into(), unit, less_is_better: false });
    assert_eq!(sum(control, &named("Purchases", Unit::Share)), (Sum::Count(100), None));
    assert_eq!(sum(express, &named("Purchases", Unit::Share)), (Sum::Count(0), None));
    let revenue = named("Revenue per visitor", Unit::Money);
    assert_eq!(sum(control, &revenue), (usd(501_250), Some(Spread::Deviation(21.25))));
    assert_eq!(sum(express, &named("Calls", Unit::Number)), (Sum::Number(70.0), Some(Spread::Deviation(0.4))));
}

#[test]
fn growthbook_dimensions_add_up() {
    let by_country = "\"country\",\"metric\",\"variation\",\"users\",\"totalValue\",\"perUserValue\",\"perUserValueStdDev\"\n\
        \"DE\",\"Revenue\",\"A\",3,6,2,1\n\"DE\",\"Revenue\",\"B\",2,8,4,1\n\
        \"FR\",\"Revenue\",\"A\",2,14,7,2.8284271247461903\n\"FR\",\"Revenue\",\"B\",2,2,1,0\n";
    let totals = totals(by_country);
    let parts: Vec<(&str, &str)> = totals.parts.iter().map(|p| (p.dimension.as_str(), p.value.as_str())).collect();
    assert_eq!(parts, [("country", "DE"), ("country", "FR")]);
    let control = &totals.variants[0];
    assert_eq!(control.visitors, 5);
    let (sum, Some(Spread::Deviation(deviation))) = sum(control, &control.values[0].metric) else { panic!() };
    assert_eq!(sum, usd(2_000));
    // The values 1, 2, 3 and 5, 9 have these sums.
    let values = [1.0, 2.0, 3.0, 5.0, 9.0_f64];
    let variance = values.iter().map(|v| (v - 4.0).powi(2)).sum::<f64>() / 4.0;
    assert!((deviation - variance.sqrt()).abs() < 1e-12, "{deviation}");
}

#[test]
fn a_row_for_each_variant_is_read_by_common_names() {
    let totals = totals(
        "Variation;Visitors;Conversions;Revenue;Std dev\nA;10.000;1.000;50.000,50;31,25\nB;9.990;1.100;61.000,00;30\nTotal;19.990;2.100;;\n",
    );
    let [a, b] = totals.variants.as_slice() else { panic!("{totals:?}") };
    assert_eq!((a.visitors, b.visitors), (10_000, 9_990));
    assert_eq!(sum(a, &Metric::Conversion), (Sum::Count(1_000), None));
    assert_eq!(sum(a, &Metric::Revenue), (usd(5_000_050), Some(Spread::Deviation(31.25))));
    assert_eq!(sum(b, &Metric::Revenue), (usd(6_100_000), Some(Spread::Deviation(30.0))));
}

#[test]
fn customers_come_with_what_is_known_of_them() {
    let mut text = "user_id,email,experiment,variation,timestamp,history,channel,spend,visit\n".to_owned();
    for n in 0..40 {
        let (variant, channel) = (if n % 2 == 0 { "A" } else { "B" }, if n % 3 == 0 { "Web" } else { "Phone" });
        text += &format!(
            "{n},c{n}@example.com,bar,{variant},2026-03-0{}T10:00:00Z,{n}.50,{channel},{},1\n",
            n % 9 + 1,
            n % 4
        );
    }
    text += "41,,other,A,2026-03-01T10:00:00Z,1,Web,0,0\n42,,bar,,2026-03-01T10:00:00Z,1,Web,0,0\n43,,bar,A,soon,1,Web,0,0\n";
    let folder = tempfile::tempdir().unwrap();
    let look = looked(folder.path(), &text).unwrap();
    let all = read(&look, &look.columns, WITHIN, &Progress::none()).unwrap_err().to_string();
    assert!(all.contains("several experiments (bar, other)"), "{all}");
    let columns = cartwright::import::experiment::Columns { experiment: Some("Bar".into()), ..look.columns.clone() };
    let Content::Customers(rows) = read(&look, &columns, WITHIN, &Progress::none()).unwrap() else { panic!() };
    assert_eq!((rows.variant.len(), rows.variants.clone()), (40, vec!["A".to_owned(), "B".to_owned()]));
    let left = rows.left_out;
    assert_eq!((left.other_experiments, left.no_variant, left.unreadable), (1, 1, 1));
    assert_eq!((rows.customer[7].as_deref(), rows.email[7].as_deref()), (Some("7"), Some("c7@example.com")));
    assert_eq!(rows.at[0], 1_772_359_200);
    assert_eq!(rows.outcomes.iter().map(|one| one.metric.name()).collect::<Vec<_>>(), ["visit", "Revenue per visitor"]);
    assert_eq!(rows.outcomes[1].values[..4], [0, 100, 200, 300]);
    assert_eq!((rows.covariates[0].name.as_str(), rows.covariates[0].values[3]), ("history", 3_500));
    assert_eq!((rows.groups[0].name.as_str(), rows.groups[0].words.len()), ("channel", 2));
}

#[test]
fn files_that_tell_nothing_of_variants_are_refused_in_sentences() {
    let cases = [
        ("order,total\n1,3\n", "no column that is known to hold variants"),
        ("variant,visitors,conversions\n", "names no variant"),
        ("variant,visitors,conversions\nA,many,3\n", "visitors “many” is not a number"),
        ("variant,visitors,conversions\nA,-5,3\n", "less than no visitors"),
        ("variant,visitors,conversions\nA,5,3\nA,6,2\n", "A is there twice"),
        ("metric,variation,users,totalValue,perUserValue\n", "has no results yet"),
        ("metric,variation,users,totalValue,perUserValue\nm,A,10,much,3\n", "totalValue “much” is no number"),
    ];
    for (content, words) in cases {
        let why = read_as(content).map(|(kind, _)| kind).expect_err(content);
        assert!(why.contains(words), "{content:?}: {why}");
    }
}

#[test]
fn what_decides_and_is_not_known_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let rows: String = (0..60).map(|n| format!("{},{}\n", ["a", "b"][n % 2], n % 3)).collect();
    std::fs::write(at.join("spent.csv"), format!("variant,spend\n{rows}")).unwrap();
    // Whoever spent has bought.
    let read = super::cli::json(at, &["analyse", "spent.csv", "--primary", "conversion", "--json"]);
    assert!((read["metrics"][0]["arms"][0]["value"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-12, "{read}");
    let why = super::cli::fails(at, &["analyse", "spent.csv", "--primary", "profit"]);
    assert!(why.contains("plan.primary: Gross profit per visitor decides, and is not known"), "{why}");
}
