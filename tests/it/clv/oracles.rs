//! Figures of independent code (SciPy with analytic gradients, checked with mpmath and against `lifetimes` 0.11.3) and
//! of the papers.

use cartwright::analytics::clv::gamma_gamma::{self, GammaGamma, Spender};
use cartwright::analytics::clv::{Fit, Model, Sample, fit};
use serde_json::Value;

use super::{assert_close, history, params, sample};
use crate::shared::shared;

fn json(rel: &str) -> Option<Value> {
    Some(serde_json::from_str(&std::fs::read_to_string(shared(rel)?).unwrap()).unwrap())
}

fn number(v: &Value) -> f64 {
    v.as_f64().unwrap_or_else(|| v.as_str().unwrap().parse().unwrap())
}

/// Rows of `cdnow_summary.csv`: x, t_x, T in hundredths of a week, and the mean value of repeat orders.
fn cdnow() -> Option<Vec<(u32, u32, u32, f64)>> {
    let text = std::fs::read_to_string(shared("oracles/cdnow_summary.csv")?).unwrap();
    let row = |line: &str| {
        let cells: Vec<f64> = line.split(',').map(|cell| cell.trim().parse().unwrap()).collect();
        let ticks = |weeks: f64| (weeks * 100.0).round() as u32;
        (cells[1] as u32, ticks(cells[2]), ticks(cells[3]), cells[4])
    };
    Some(text.lines().skip(1).map(row).collect())
}

fn cdnow_fit(model: Model) -> Option<Fit> {
    let rows: Vec<_> = cdnow()?.iter().map(|&(x, tx, t, _)| (x, tx, t)).collect();
    Some(fit(model, &sample(&rows)).unwrap())
}

/// `a_clv.json`, made from the 2,357 customers of the CDNOW sample; published values are of the papers named there.
fn check_fit(model: Model, oracle: &Value, published: [f64; 5], within: f64) {
    let Some(found) = cdnow_fit(model) else { return };
    let weeks = found.in_unit(100.0);
    let errors = weeks.standard_errors();
    assert_eq!(weeks.held_by_prior, None);
    for (i, letter) in model.letters().into_iter().enumerate() {
        assert_close(weeks.values[i], number(&oracle["mle"][letter]), 1e-6, letter);
        assert_close(errors[i], number(&oracle["std_err"][letter]), 1e-3, &format!("error of {letter}"));
        assert_close(weeks.values[i], published[i], within, &format!("published {letter}"));
    }
    assert_close(weeks.log_likelihood, number(&oracle["loglik"]), 1e-10, "log-likelihood");
    assert_close(weeks.log_likelihood, published[4], 1e-5, "published log-likelihood");
}

#[test]
fn bg_nbd_of_cdnow_as_fader_hardie_and_lee_2005_table_2() {
    let Some(oracle) = json("oracles/a_clv.json") else { return };
    check_fit(Model::BgNbd, &oracle["bgnbd"], [0.243, 4.414, 0.793, 2.426, -9582.4], 2e-3);
}

#[test]
fn pareto_nbd_of_cdnow_as_fader_and_hardie_2005() {
    let Some(oracle) = json("oracles/a_clv.json") else { return };
    check_fit(Model::ParetoNbd, &oracle["pareto_nbd"], [0.5534, 10.578, 0.6061, 11.669, -9595.0], 1e-3);
}

/// `lifetimes` stops at a tolerance of its own, so its parameters are near only.
#[test]
fn modified_bg_nbd_of_cdnow_as_lifetimes() {
    let (Some(oracle), Some(found)) = (json("oracles/a_clv.json"), cdnow_fit(Model::MbgNbd)) else { return };
    let weeks = found.in_unit(100.0);
    for (i, letter) in Model::MbgNbd.letters().into_iter().enumerate() {
        assert_close(weeks.values[i], number(&oracle["mbg_nbd_lifetimes"][letter]), 1e-3, letter);
    }
}

#[test]
fn gamma_gamma_of_cdnow_as_fader_and_hardie_note_025() {
    let (Some(oracle), Some(rows)) = (json("oracles/a_clv.json"), cdnow()) else { return };
    let spenders: Vec<Spender> = rows.iter().filter(|r| r.0 > 0).map(|&(x, _, _, m)| Spender { x, m }).collect();
    let (oracle, found) = (&oracle["gamma_gamma"], gamma_gamma::fit(&spenders).unwrap());
    let errors = found.standard_errors();
    for (i, (letter, published)) in gamma_gamma::LETTERS.into_iter().zip([6.25, 3.74, 15.44]).enumerate() {
        assert_close(found.values[i], number(&oracle["mle"][letter]), 1e-5, letter);
        assert_close(errors[i], number(&oracle["std_err"][letter]), 2e-3, &format!("error of {letter}"));
        assert_close(found.values[i], published, 2e-3, &format!("published {letter}"));
    }
    assert_close(found.log_likelihood, number(&oracle["loglik"]), 1e-9, "log-likelihood");
    let correlation = gamma_gamma::correlation(&spenders).unwrap();
    assert_close(correlation, number(&oracle["corr_frequency_monetary"]), 1e-9, "correlation");
    let [p, q, v] = found.values;
    let mean = GammaGamma { p, q, v }.expected(0.0, 0.0).unwrap();
    assert_close(mean, number(&oracle["population_mean"]), 1e-6, "population mean");
}

/// P(alive), expected orders, spend and discounted value of 20 customers at the oracle's own parameters.
#[test]
fn twenty_customers_of_cdnow_as_computed_independently() {
    let Some(oracle) = json("oracles/a_clv.json") else { return };
    let values = |model: Model, at: &Value| params(model, model.letters().map(|letter| number(&at[letter])));
    let bg = values(Model::BgNbd, &oracle["bgnbd"]["mle"]);
    let pareto = values(Model::ParetoNbd, &oracle["pareto_nbd"]["mle"]);
    let [p, q, v] = gamma_gamma::LETTERS.map(|letter| number(&oracle["gamma_gamma"]["mle"][letter]));
    let spend = GammaGamma { p, q, v };
    for c in oracle["customers_20"].as_array().unwrap() {
        let get = |key: &str| number(&c[key]);
        let h = history(get("frequency"), get("recency"), get("T"));
        let name = format!("customer {}", c["customer_id"]);
        assert_close(bg.p_alive(&h), get("p_alive"), 1e-10, &name);
        assert_close(bg.expected_orders(&h, 39.0), get("exp_purchases_t39"), 1e-10, &name);
        assert_close(bg.expected_orders(&h, 52.0), get("exp_purchases_t52"), 1e-10, &name);
        let order = spend.expected(h.x, h.x * get("monetary_value")).unwrap();
        assert_close(order, get("exp_avg_spend"), 1e-10, &name);
        assert_close(pareto.p_alive(&h), get("pareto_p_alive"), 1e-9, &name);
        assert_close(pareto.expected_orders(&h, 39.0), get("pareto_exp_t39"), 1e-9, &name);
        // Twelve months of 1 % each; the outlook reckons in days, of which a week has 7.
        let days = |p: cartwright::analytics::clv::Params| {
            let [r, alpha, a, b] = p.values;
            params(p.model, [r, alpha * 7.0, a, b])
        };
        let outlook = cartwright::analytics::clv::Outlook {
            params: days(bg),
            spend: cartwright::analytics::clv::Spend::GammaGamma(spend),
            horizon: 12.0 * cartwright::analytics::clv::MONTH_DAYS,
            discount: 1.01_f64.powi(12) - 1.0,
        };
        let row = outlook.of(&history(h.x, h.tx * 7.0, h.t * 7.0));
        assert_close(row.discounted * order, get("clv12_monthly1pct_exactmonth"), 1e-9, &name);
    }
    for (t, expected) in oracle["bgnbd"]["expected_purchases_new_customer"].as_object().unwrap() {
        assert_close(bg.orders_of_new(t.parse().unwrap()), number(expected), 1e-10, "a new customer");
    }
    let published = params(Model::BgNbd, [0.243, 4.414, 0.793, 2.426]);
    assert_close(published.expected_orders(&history(2.0, 30.43, 38.86), 39.0), 1.226, 1e-4, "Fader and Hardie's sheet");
}

/// `a_edge.json`, mpmath with 60 digits: a = 1 and next to it, frequency up to 2,000, P(alive) down to 1e-147.
#[test]
fn hard_inputs_as_mpmath_with_60_digits() {
    let Some(oracle) = json("oracles/a_edge.json") else { return };
    let cases = oracle["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 108);
    for c in cases {
        let values = c["params_r_alpha_a_b"].as_array().unwrap();
        let p = params(Model::BgNbd, std::array::from_fn(|i| number(&values[i])));
        let get = |key: &str| number(&c[key]);
        let (x, tx, t) = (get("x"), get("tx"), get("T"));
        let (h, name) = (history(x, tx, t), format!("{c}"));
        assert_close(p.p_alive(&h), get("p_alive"), 1e-10, &name);
        assert_close(p.expected_orders(&h, get("t")), get("cond_expected"), 1e-9, &name);
        let ticks = |time: f64| (time * 100.0).round() as u32;
        let one = sample(&[(x as u32, ticks(tx), ticks(t))]);
        let (log, _) = p.log_likelihood(&one, 0.01);
        assert!((log - get("loglik")).abs() <= 1e-10 * get("loglik").abs().max(1.0), "{log} {name}");
    }
}

/// `a_clv_1m.json`: the fit of the order generator's million customers, on its first ten.
#[test]
fn ten_of_a_million_customers_as_computed_independently() {
    let Some(oracle) = json("oracles/a_clv_1m.json") else { return };
    let p = params(Model::BgNbd, Model::BgNbd.letters().map(|letter| number(&oracle["bgnbd"]["mle"][letter])));
    for c in oracle["first_10"].as_array().unwrap() {
        let h = history(number(&c["x"]), number(&c["tx"]), number(&c["T"]));
        assert_close(p.p_alive(&h), number(&c["p_alive"]), 1e-9, "P(alive)");
        assert_close(p.expected_orders(&h, 90.0), number(&c["e90"]), 1e-9, "orders in 90 days");
    }
}

/// The other form of each Pareto/NBD figure: its predictive probabilities sum to the expectation in closed form.
#[test]
fn probabilities_of_numbers_of_orders_sum_to_the_expectation() {
    for (model, values) in [
        (Model::BgNbd, [0.243, 4.414, 0.793, 2.426]),
        (Model::MbgNbd, [0.525, 6.183, 0.891, 1.614]),
        (Model::ParetoNbd, [0.553, 10.578, 0.606, 11.669]),
    ] {
        for h in [history(0.0, 0.0, 38.86), history(2.0, 30.43, 38.86), history(29.0, 37.71, 38.0)] {
            let p = params(model, values);
            let chances = p.more_than(&h, 39.0, 1e-14);
            assert!(chances.windows(2).all(|w| w[1] <= w[0] + 1e-12) && chances[0] <= 1.0);
            assert_close(chances.iter().sum(), p.expected_orders(&h, 39.0), 1e-7, model.name());
            let odd = chances.iter().zip((1_i32..).step_by(2)).map(|(c, k)| c * f64::from(k)).sum();
            assert_close(odd, p.p_alive(&h) * p.square_if_alive(&h, 39.0), 1e-6, model.name());
        }
    }
}

#[test]
fn grouping_keeps_every_history() {
    let Some(rows) = cdnow() else { return };
    let histories: Vec<_> = rows.iter().map(|&(x, tx, t, _)| (x, tx, t)).collect();
    let (sample, row_of) = Sample::new(&histories);
    assert_eq!(sample.buyers(), 2357);
    assert_eq!(sample.repeat_buyers(), 946);
    for (h, &row) in histories.iter().zip(&row_of) {
        let row = sample.rows()[row as usize];
        assert_eq!(*h, (row.x, row.tx, row.t));
    }
}
