//! Exponential smoothing against statsmodels 0.15.0 (`tests/data/forecast/statsmodels.json`): at its parameters the same
//! figures, and fits that are as likely as its own.

use cartwright::analytics::forecast::{Errors, Form, Smoother, State, Trend, Weekdays, Weights, fit};
use serde_json::Value;

/// Days that are not known to any model.
const HELD_OUT: usize = 28;

struct Case {
    name: String,
    known: Vec<Option<f64>>,
    model: Value,
}

/// Every model of every series whose name begins so.
fn cases(begins: &str) -> Vec<Case> {
    let read = |name: &str| -> Value {
        let path = crate::source::root().join("tests/data/forecast").join(name);
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let (file, days) = (read("statsmodels.json"), read("oracles.json"));
    let mut cases = Vec::new();
    for (series, of) in file.as_object().unwrap().iter().filter(|(_, of)| of.is_object()) {
        let (list, unit) = match &of["days"] {
            Value::Null => (&days[series]["days"], 100.0),
            own => (own, 1.0),
        };
        let known: Vec<Option<f64>> =
            list.as_array().unwrap().iter().map(|day| Some(day.as_f64().unwrap() / unit)).collect();
        let known = &known[..known.len() - HELD_OUT];
        for (model, figures) in of["models"].as_object().unwrap().iter().filter(|(model, _)| model.starts_with(begins))
        {
            cases.push(Case { name: format!("{series} {model}"), known: known.to_vec(), model: figures.clone() });
        }
    }
    cases
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn close(name: &str, own: f64, reference: f64, within: f64) {
    assert!((own - reference).abs() <= within * reference.abs().max(1.0), "{name}: {own} {reference}");
}

/// Holt and Winters with statsmodels' weights and first state.
fn holt_winters(case: &Case) -> Smoother {
    let number = |key: &str| case.model["params"][key].as_f64();
    let (trend, damping) = match (number("smoothing_trend"), number("damping_trend")) {
        (None, _) => (Trend::None, 0.0),
        (_, None) => (Trend::Straight, 1.0),
        (_, Some(damping)) => (Trend::Damped, damping),
    };
    let weekdays = if case.name.contains("_mul_") { Weekdays::Multiplied } else { Weekdays::Added };
    let of = |key| number(key).unwrap_or(0.0);
    let weights =
        Weights { level: of("smoothing_level"), trend: of("smoothing_trend"), week: of("smoothing_seasonal"), damping };
    let week = numbers(&case.model["params"]["initial_seasons"]).try_into().unwrap();
    let first =
        State { level: of("initial_level"), trend: if trend == Trend::None { 0.0 } else { of("initial_trend") }, week };
    Smoother::given(Form { errors: Errors::Added, trend, weekdays }, weights, first)
}

#[test]
fn at_its_parameters_holt_winters_is_that_of_statsmodels() {
    let cases = cases("hw_");
    assert_eq!(cases.len(), 20);
    for case in cases {
        let smoother = holt_winters(&case);
        let fitted = smoother.one_ahead(&case.known);
        for (own, reference) in fitted[fitted.len() - 3..].iter().zip(numbers(&case.model["fitted_last3"])) {
            close(&case.name, *own, reference, 1e-6);
        }
        let foretold = smoother.after(&case.known, HELD_OUT);
        let last = case.known[case.known.len() - 1].unwrap() - fitted[fitted.len() - 1];
        let learnt = last * case.model["params"]["smoothing_seasonal"].as_f64().unwrap();
        for (ahead, (own, reference)) in foretold.iter().zip(numbers(&case.model["forecast"])).enumerate() {
            // For the weekday of the last known day statsmodels takes the season from before that day.
            match (ahead % 7 == 6, case.name.contains("_mul_")) {
                (false, _) => close(&case.name, *own, reference, 1e-6),
                (true, false) => close(&case.name, *own - learnt, reference, 1e-6),
                (true, true) => close(&case.name, *own, reference, 1e-2),
            }
        }
        close(&case.name, smoother.squared_error(&case.known), case.model["sse"].as_f64().unwrap(), 1e-6);
    }
}

/// The form of `ets_AAdA_mle`.
fn form(name: &str) -> Form {
    let letters: Vec<char> = name.split("ets_").nth(1).unwrap().chars().take_while(|letter| *letter != '_').collect();
    let trend = match letters[1..] {
        ['N', ..] => Trend::None,
        [_, 'd', ..] => Trend::Damped,
        _ => Trend::Straight,
    };
    Form {
        errors: if letters[0] == 'M' { Errors::Multiplied } else { Errors::Added },
        trend,
        weekdays: if letters.ends_with(&['M']) { Weekdays::Multiplied } else { Weekdays::Added },
    }
}

/// ETS with statsmodels' parameters: its weight of the trend is one of the error, and its seasons go backwards.
fn ets(case: &Case) -> Smoother {
    let number = |key: &str| case.model["params"][key].as_f64().unwrap_or(0.0);
    let form = form(&case.name);
    let damping = match form.trend {
        Trend::None => 0.0,
        Trend::Damped => number("damping_trend"),
        Trend::Straight => 1.0,
    };
    let level = number("smoothing_level");
    let weights =
        Weights { level, trend: number("smoothing_trend") / level, week: number("smoothing_seasonal"), damping };
    let week = std::array::from_fn(|day| number(&format!("initial_seasonal.{}", 6 - day)));
    Smoother::given(form, weights, State { level: number("initial_level"), trend: number("initial_trend"), week })
}

#[test]
fn likelihoods_and_forecasts_are_those_of_statsmodels() {
    for case in cases("ets_") {
        let smoother = ets(&case);
        for (own, reference) in smoother.after(&case.known, HELD_OUT).iter().zip(numbers(&case.model["forecast"])) {
            close(&case.name, *own, reference, 1e-6);
        }
        close(&case.name, smoother.log_likelihood(&case.known), case.model["loglik"].as_f64().unwrap(), 1e-8);
    }
}

#[test]
fn a_fit_is_as_likely_as_that_of_statsmodels() {
    let cases = cases("ets_");
    assert_eq!(cases.len(), 11);
    for case in cases {
        let began = std::time::Instant::now();
        let own = fit(&case.known, form(&case.name)).unwrap().log_likelihood(&case.known);
        let reference = case.model["loglik"].as_f64().unwrap();
        println!("{}: {own:.3}, statsmodels {reference:.3}, {:.0?}", case.name, began.elapsed());
        assert!(own >= reference - 0.1, "{}: {own} {reference}", case.name);
    }
}
