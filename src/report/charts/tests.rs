use super::super::document::Series;
use super::*;

fn chart(kind: ChartKind, labels: &[&str], series: &[(&str, &[Option<f64>])]) -> Chart {
    Chart {
        caption: "Revenue & <more>".into(),
        kind,
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        series: series.iter().map(|(name, v)| Series { name: (*name).into(), values: v.to_vec() }).collect(),
        unit: ChartUnit::Money("USD".into()),
        reference: None,
    }
}

const KINDS: [ChartKind; 3] = [ChartKind::Columns, ChartKind::Bars, ChartKind::Lines];

#[test]
fn every_kind_draws_values_names_and_units() {
    for kind in KINDS {
        let picture = svg(&chart(kind, &["Jan", "<Feb>"], &[("", &[Some(1_234.0), Some(-500.0)])]), None);
        for part in ["Revenue &amp; &lt;more&gt;", ">USD<", ">Jan<", "&lt;Feb&gt;", "#3E6EE0"] {
            assert!(picture.contains(part), "{kind:?} {part}");
        }
        assert!(!picture.contains("NaN") && !picture.contains("inf"));
        let png = png(&picture, 720).unwrap();
        assert_eq!(&png[1..4], b"PNG");
    }
}

#[test]
fn gaps_are_gaps() {
    let values = [Some(1.0), None, Some(3.0), Some(4.0), Some(f64::NAN)];
    let of = |kind| svg(&chart(kind, &["a", "b", "c", "d", "e"], &[("", &values)]), None);
    assert_eq!(of(ChartKind::Columns).matches("<rect").count(), 3);
    // One run of two points and a tint below each run; a lone point is a disc.
    assert_eq!(of(ChartKind::Lines).matches("fill=\"none\"").count(), 1);
    assert_eq!(of(ChartKind::Lines).matches("<circle").count(), 3);
    assert_eq!(of(ChartKind::Bars).matches(">—<").count(), 2);
}

#[test]
fn several_series_are_told_apart_by_name_and_colour() {
    let series: [(&str, &[Option<f64>]); 2] = [("This year", &[Some(2.0), Some(3.0)]), ("Last year", &[Some(1.0)])];
    for kind in KINDS {
        let picture = svg(&chart(kind, &["a", "b"], &series), Some([0xB0, 0x20, 0x60]));
        for part in ["This year", "Last year", "#B02060", "#3E6EE0"] {
            assert!(picture.contains(part), "{kind:?} {part}");
        }
    }
}

#[test]
fn charts_without_values_say_so() {
    for kind in KINDS {
        for empty in [chart(kind, &[], &[]), chart(kind, &["a"], &[("", &[None])])] {
            assert!(svg(&empty, None).contains("No values to draw"));
        }
    }
}

#[test]
fn extremes_stay_on_the_sheet() {
    let many: Vec<String> = (0..60).map(|at| format!("An extraordinarily long label {at}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let values: Vec<Option<f64>> = (0..60).map(|at| Some(f64::from(at) - 20.0)).collect();
    for kind in KINDS {
        for values in [values.clone(), vec![Some(0.0); 60], vec![Some(1e308), Some(-1e308)], vec![Some(5.0)]] {
            let picture = svg(&chart(kind, &many[..values.len()], &[("", &values)]), None);
            assert!(!picture.contains("NaN") && !picture.contains("inf"), "{kind:?}");
            let height: f64 = picture.split("height=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            assert!((36.0..1_000.0).contains(&height), "{kind:?} {height}");
            png(&picture, 100).unwrap();
        }
    }
}

#[test]
fn pictures_in_web_pages_name_no_address() {
    let picture = svg(&chart(ChartKind::Bars, &["a"], &[("", &[Some(1.0)])]), None);
    let inline = inline(&picture);
    assert!(!inline.contains("http") && standalone(&inline) == picture);
}

#[test]
fn widths_that_cannot_be_drawn_are_refused() {
    let picture = svg(&chart(ChartKind::Bars, &["a"], &[("", &[Some(1.0)])]), None);
    assert!(png(&picture, 0).is_err() && png(&picture, 100_000).is_err() && png("no picture", 10).is_err());
}
