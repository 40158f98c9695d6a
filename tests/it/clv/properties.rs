//! What holds for any parameters and histories.

use cartwright::analytics::clv::{Model, Sample, fit};
use cartwright::sample::Dicebox;
use proptest::prelude::*;

use super::planted::simulate;
use super::{assert_close, history, params, sample, triples};

fn model() -> impl Strategy<Value = Model> {
    prop::sample::select(Model::ALL.to_vec())
}

fn positive() -> impl Strategy<Value = f64> {
    (-4.0..5.0_f64).prop_map(f64::exp)
}

proptest! {
    #[test]
    fn probabilities_lie_between_0_and_1_and_expectations_are_finite(
        model in model(), values in [positive(), positive(), positive(), positive()],
        x in 0_u32..800, t in 0.0..2000.0_f64, share in 0.0..=1.0_f64, horizon in 0.01..800.0_f64,
    ) {
        let h = history(f64::from(x), if x == 0 { 0.0 } else { t * share }, t);
        let p = params(model, values);
        let alive = p.p_alive(&h);
        prop_assert!((0.0..=1.0).contains(&alive), "{alive}");
        let orders = p.orders_if_alive(&h, horizon);
        prop_assert!(orders.is_finite() && orders >= 0.0, "{orders}");
        prop_assert!(p.square_if_alive(&h, horizon) >= orders * orders * (1.0 - 1e-9));
        for chance in p.more_than(&h, horizon, 0.01) {
            prop_assert!((-1e-12..=1.0 + 1e-12).contains(&chance), "{chance}");
        }
        prop_assert!(p.next_order(&h, 0.1) <= p.next_order(&h, 0.9));
    }

    #[test]
    fn gradients_are_slopes(
        model in model(), values in [positive(), positive(), positive(), positive()],
        rows in prop::collection::vec((0_u32..40, 0_u32..300, 0_u32..300), 1..6),
    ) {
        let rows: Vec<_> = rows.iter().map(|&(x, s, t)| (x, if x == 0 { 0 } else { s.min(t) }, t)).collect();
        let sample = sample(&rows);
        let (_, gradient) = params(model, values).log_likelihood(&sample, 1.0);
        for i in 0..4 {
            let at = |by: f64| {
                let mut moved = values;
                moved[i] *= 1.0 + by;
                params(model, moved).log_likelihood(&sample, 1.0).0
            };
            let slope = (at(1e-5) - at(-1e-5)) / (2e-5 * values[i]);
            prop_assert!((slope - gradient[i]).abs() <= 1e-4 * (1.0 + slope.abs()) / values[i].min(1.0), "{slope} {gradient:?}");
        }
    }
}

fn histories() -> Vec<(u32, u32, u32)> {
    simulate(&Dicebox::new(3), 3_000, 700.0)
}

#[test]
fn scaling_time_changes_nothing_but_the_unit() {
    let histories = histories();
    let tripled: Vec<_> = histories.iter().map(|&(x, tx, t)| (x, tx * 3, t * 3)).collect();
    for model in Model::ALL {
        let (one, three) = (fit(model, &sample(&histories)).unwrap(), fit(model, &sample(&tripled)).unwrap());
        let (days, thirds) = (one.in_unit(1.0), three.in_unit(3.0));
        for i in 0..4 {
            assert_close(thirds.values[i], days.values[i], 1e-6, model.letters()[i]);
            assert_close(three.parameters.covariance[i][i], one.parameters.covariance[i][i], 1e-4, "variance");
        }
        assert_close(thirds.log_likelihood, days.log_likelihood, 1e-12, "log-likelihood");
    }
}

#[test]
fn doubling_all_customers_changes_nothing_but_the_interval() {
    let histories = histories();
    let (single, _) = Sample::new(&histories);
    let doubled = sample(&[triples(single.rows()), histories].concat());
    for model in Model::ALL {
        let (one, two) = (fit(model, &single).unwrap(), fit(model, &doubled).unwrap());
        for i in 0..4 {
            assert_close(two.parameters.values[i], one.parameters.values[i], 1e-6, model.letters()[i]);
            let variances = (two.parameters.covariance[i][i], one.parameters.covariance[i][i] / 2.0);
            assert_close(variances.0, variances.1, 1e-4, "variance");
        }
        assert_close(two.parameters.log_likelihood, 2.0 * one.parameters.log_likelihood, 1e-12, "log-likelihood");
    }
}
