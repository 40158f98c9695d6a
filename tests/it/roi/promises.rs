//! What calculators promise.

use proptest::prelude::*;

use cartwright::analytics::roi::*;
use cartwright::jobs::Progress;
use cartwright::model::assumption::{ASSUMPTIONS, AssumptionId as In, Held, Scenario};
use cartwright::model::{Currency, Locale};

/// The framework's example.
fn example() -> Inputs {
    let mut inputs = Inputs::new(Currency::USD);
    for (id, held) in Scenario::example().values {
        let Held::Typed { value, range } = held else { continue };
        inputs.set(id, value.number(), range.map(|(low, high)| (low.number(), high.number())));
    }
    inputs
}

fn roi() -> &'static Calculator {
    CalculatorId::MarketingRoi.get()
}

#[test]
fn the_lists_are_complete() {
    for (at, calculator) in CALCULATORS.iter().enumerate() {
        assert_eq!(calculator.id as usize, at);
        assert!(calculator.outputs.contains(&calculator.main) && calculator.purpose.ends_with('?'));
        assert_eq!(CalculatorId::parse(calculator.key), Some(calculator.id));
    }
    assert_eq!(CalculatorId::Technology as usize + 1, CALCULATORS.len());
    for (at, output) in outputs().enumerate() {
        assert_eq!(serde_json::to_value(output.id).unwrap(), output.key);
        assert_eq!(OutputId::parse(output.key), Some(output.id));
        assert_eq!(outputs().position(|other| other.symbol == output.symbol), Some(at), "{}", output.symbol);
        assert!(!output.note.ends_with('.'));
        let numbers = example().numbers();
        assert!(!output.words(&numbers).contains(['{', '}', '[']), "{}", output.words(&numbers));
        let told = CALCULATORS.iter().any(|calculator| calculator.outputs.contains(&output.id));
        assert!(told, "no calculator tells {}", output.key);
    }
    assert_eq!(outputs().count(), OutputId::TechnologyRoi as usize + 1);
}

#[test]
fn a_formula_uses_what_its_calculator_asks_for() {
    // Whatever an output needs is among the inputs of each calculator that tells it.
    for calculator in CALCULATORS {
        let mut inputs = Inputs::new(Currency::USD);
        for id in calculator.inputs {
            inputs.set(*id, if id.get().most <= 1.0 { 0.5 } else { 2.0 }, None);
        }
        for outcome in evaluate(calculator, &inputs, Locale::En) {
            let why = outcome.why_not.unwrap_or_default();
            assert!(!why.contains("not known"), "{} {:?}: {why}", calculator.key, outcome.output);
        }
    }
}

#[test]
fn the_example_is_the_frameworks() {
    let found = evaluate(roi(), &example(), Locale::En);
    let of = |id| found.iter().find(|outcome| outcome.output == id).unwrap();
    let told = |id: OutputId| said::value(id.get().unit, of(id).value.unwrap(), Currency::USD, Locale::En);
    assert_eq!(told(OutputId::Clv), "$297");
    assert_eq!(told(OutputId::ValueWon), "$148,500");
    assert_eq!(told(OutputId::Roi), "395%");
    assert_eq!(of(OutputId::Clv).with_numbers, "$75 × 1.1 × 18 × 0.20");
    assert_eq!(of(OutputId::ValueWon).with_numbers, "500 × $297");
    assert_eq!(of(OutputId::Roi).with_numbers, "($148,500 − $30,000) ÷ $30,000");
    assert_eq!(of(OutputId::Clv).words, "average order value × purchase frequency × customer lifespan × profit margin");
    assert_eq!(of(OutputId::Roi).symbols, "(Value − Spend) ÷ Spend");
    assert_eq!(OutputId::Roi.get().note, said::what_roi_is());
}

#[test]
fn what_is_missing_is_said() {
    let mut inputs = example();
    inputs.values.remove(&In::Margin);
    let found = evaluate(roi(), &inputs, Locale::En);
    assert!(found.iter().all(|outcome| outcome.value.is_none()));
    assert_eq!(found[0].why_not.as_deref(), Some("“Profit margin” is not known; type it or import what tells it"));
    assert_eq!(found[0].with_numbers, "");
}

#[test]
fn a_given_cost_of_a_customer_is_taken_where_none_can_be_reckoned() {
    let mut inputs = example();
    inputs.set(In::Cac, 99.0, None);
    let cac = |inputs: &Inputs| OutputId::CostOfCustomer.get().value(&inputs.numbers());
    assert_eq!(cac(&inputs), Ok(60.0));
    inputs.values.remove(&In::Investment);
    assert_eq!(cac(&inputs), Ok(99.0));
    let told = OutputId::CostOfCustomer.get().with_numbers(&inputs.numbers(), Currency::USD, Locale::En);
    assert_eq!(told.as_deref(), Some("$99"));
    assert_eq!(OutputId::LtvToCac.get().value(&inputs.numbers()).map(|x| x.round()), Ok(3.0));
}

#[test]
fn the_tornado_is_that_of_the_picture() {
    let tornado = tornado(roi(), OutputId::Roi, &example());
    let order: Vec<In> = tornado.bars.iter().map(|bar| bar.id).collect();
    assert_eq!(order, [In::Lifespan, In::Frequency, In::Margin, In::NewCustomers, In::Investment, In::Aov]);
    let percent = |value: Option<f64>| (value.unwrap() * 100.0).round() as i64;
    let ends: Vec<(i64, i64)> = tornado.bars.iter().map(|bar| (percent(bar.at_low), percent(bar.at_high))).collect();
    assert_eq!(ends, [(230, 560), (305, 485), (321, 445), (346, 435), (430, 350), (369, 421)]);
    assert_eq!(tornado.held, [In::FixedCost, In::Churn, In::DiscountRate]);
}

#[test]
fn the_table_of_two_is_that_of_the_picture() {
    let margins = [0.16, 0.18, 0.20, 0.22, 0.24];
    let months = steps(In::Lifespan, &example());
    assert_eq!(months, [12.0, 15.0, 18.0, 21.0, 24.0]);
    let table = two_way(OutputId::Roi, (In::Margin, &margins), (In::Lifespan, &months), &example());
    assert_eq!(table.base, Some((2, 2)));
    let row = |n: usize| table.cells[n].iter().map(|cell| (cell.unwrap() * 100.0).round() as i64).collect::<Vec<_>>();
    assert_eq!(row(0), [164, 230, 296, 362, 428]);
    assert_eq!(row(2), [230, 313, 395, 478, 560]);
    assert_eq!(row(4), [296, 395, 494, 593, 692]);
}

#[test]
fn draws_are_the_same_on_any_number_of_threads() {
    let draw = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| monte_carlo(OutputId::Roi, &example(), DRAWS, 1, &Progress::none()).unwrap())
    };
    let (one, three) = (draw(1), draw(3));
    assert_eq!(one, three);
    assert_eq!((one.draws, one.untold, one.drawn.len()), (u64::from(DRAWS), 0, 6));
    assert_eq!(one.bins.iter().map(|bin| bin.count).sum::<u64>(), one.draws);
    let median = one.quantiles[3].1;
    assert!((3.5..4.1).contains(&median), "{median}");
    assert_ne!(one, monte_carlo(OutputId::Roi, &example(), DRAWS, 2, &Progress::none()).unwrap());
    let stopped = Progress::none();
    stopped.cancel();
    assert!(monte_carlo(OutputId::Roi, &example(), 10, 1, &stopped).is_err());
}

#[test]
fn draws_that_tell_nothing_are_counted() {
    let mut inputs = example();
    inputs.set(In::NewCustomers, 40.0, Some((20.0, 90.0)));
    let spread = monte_carlo(OutputId::PaybackMonth, &inputs, 2_000, 7, &Progress::none()).unwrap();
    assert!(spread.untold > 0 && spread.untold < 2_000, "{}", spread.untold);
    assert!(spread.quantiles.iter().all(|(_, months)| *months <= 24.0));
    inputs.set(In::NewCustomers, 0.0, None);
    let nothing = monte_carlo(OutputId::CostOfCustomer, &inputs, 100, 7, &Progress::none()).unwrap();
    assert_eq!((nothing.untold, nothing.mean, nothing.quantiles.len(), nothing.bins.len()), (100, None, 0, 0));
}

/// Inputs that a shop may have.
fn any_inputs() -> impl Strategy<Value = Inputs> {
    let numbers = (1.0..1e6, 1.0..1e5, 0.5..1e3, 0.01..20.0, 0.1..120.0, 0.01..1.0, 0.0..0.5, 0.0..1.0);
    numbers.prop_map(|(spend, customers, aov, frequency, lifespan, margin, churn, rate)| {
        let mut inputs = Inputs::new(Currency::USD);
        for (id, value) in [
            (In::Investment, spend),
            (In::NewCustomers, customers),
            (In::Aov, aov),
            (In::Frequency, frequency),
            (In::Lifespan, lifespan),
            (In::Margin, margin),
            (In::Churn, churn),
            (In::DiscountRate, rate),
        ] {
            inputs.set(id, value, Some((value * 0.8, (value * 1.2).min(id.get().most))));
        }
        inputs
    })
}

fn value(output: OutputId, numbers: &Numbers) -> f64 {
    output.get().value(numbers).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn more_of_what_is_good_is_better(inputs in any_inputs(), by in 1.0..2.0) {
        let numbers = inputs.numbers();
        let base = value(OutputId::Roi, &numbers);
        for id in [In::Aov, In::Frequency, In::Lifespan, In::NewCustomers] {
            let more = numbers.with(id, numbers.get(id).unwrap() * by);
            prop_assert!(value(OutputId::Roi, &more) >= base - 1e-9 * base.abs().max(1.0), "{id:?}");
        }
        let margin = numbers.get(In::Margin).unwrap();
        let more = value(OutputId::Roi, &numbers.with(In::Margin, f64::min(margin * by, 1.0)));
        prop_assert!(more >= base - 1e-9 * base.abs());
        prop_assert!(value(OutputId::ClvDiscounted, &numbers) <= value(OutputId::Clv, &numbers) * (1.0 + 1e-12));
    }

    #[test]
    fn break_even_makes_the_profit_nothing(inputs in any_inputs()) {
        let numbers = inputs.numbers();
        let spend = value(OutputId::Spend, &numbers);
        for (output, id) in [
            (OutputId::BreakEvenCustomers, In::NewCustomers),
            (OutputId::BreakEvenAov, In::Aov),
            (OutputId::BreakEvenMargin, In::Margin),
        ] {
            let at = numbers.with(id, value(output, &numbers));
            prop_assert!(value(OutputId::NetProfit, &at).abs() < 1e-8 * spend, "{output:?}");
        }
        let cac = value(OutputId::BreakEvenCac, &numbers);
        let at = numbers.with(In::Investment, cac * numbers.get(In::NewCustomers).unwrap());
        prop_assert!(value(OutputId::NetProfit, &at).abs() < 1e-8 * cac * numbers.get(In::NewCustomers).unwrap());
        let roas = value(OutputId::BreakEvenRoas, &numbers);
        let factor = roas / value(OutputId::RoasLifetime, &numbers);
        let at = numbers.with(In::NewCustomers, numbers.get(In::NewCustomers).unwrap() * factor);
        prop_assert!(value(OutputId::NetProfit, &at).abs() < 1e-8 * spend);
    }

    #[test]
    fn sums_are_those_of_the_months(inputs in any_inputs()) {
        let numbers = inputs.numbers();
        let get = |id| numbers.get(id).unwrap();
        let (lifespan, churn, rate) = (get(In::Lifespan), get(In::Churn), get(In::DiscountRate));
        let month = value(OutputId::MonthlyContribution, &numbers);
        let (mut plain, mut discounted, mut k) = (0.0, 0.0, 0);
        while f64::from(k) < lifespan {
            let cash = month * (lifespan - f64::from(k)).min(1.0) * (1.0 - churn).powi(k);
            plain += cash;
            discounted += cash / (1.0 + rate).powf(f64::from(k + 1) / 12.0);
            k += 1;
        }
        prop_assert!((value(OutputId::Clv, &numbers) - plain).abs() < 1e-9 * plain);
        prop_assert!((value(OutputId::ClvDiscounted, &numbers) - discounted).abs() < 1e-9 * discounted);
        if let Ok(months) = OutputId::PaybackMonth.get().value(&numbers) {
            let exact = value(OutputId::PaybackExact, &numbers);
            prop_assert!(exact <= months && exact > months - 1.0 - 1e-9);
        } else {
            prop_assert!(plain < value(OutputId::CostOfCustomer, &numbers) * (1.0 + 1e-9));
        }
    }

    #[test]
    fn the_ends_of_a_tornado_and_the_middle_of_a_table_are_plain_evaluations(inputs in any_inputs()) {
        for output in [OutputId::Roi, OutputId::Npv, OutputId::PaybackMonth] {
            let tornado = tornado(roi(), output, &inputs);
            for bar in &tornado.bars {
                for (end, told) in [(bar.range.0, bar.at_low), (bar.range.1, bar.at_high)] {
                    let mut moved = inputs.clone();
                    moved.set(bar.id, end, None);
                    prop_assert_eq!(output.get().value(&moved.numbers()).ok(), told);
                }
            }
            prop_assert!(tornado.bars.windows(2).all(|pair| pair[0].width() >= pair[1].width()));
            let (rows, columns) = (steps(In::Margin, &inputs), steps(In::Lifespan, &inputs));
            let table = two_way(output, (In::Margin, &rows), (In::Lifespan, &columns), &inputs);
            let (row, column) = table.base.unwrap();
            prop_assert_eq!(table.cells[row][column], tornado.base);
        }
    }

    #[test]
    fn draws_without_width_are_the_point(mut inputs in any_inputs(), seed in any::<u64>()) {
        inputs.values.values_mut().for_each(|input| input.range = Some((input.value, input.value)));
        let spread = monte_carlo(OutputId::Roi, &inputs, 50, seed, &Progress::none()).unwrap();
        let base = spread.base.unwrap();
        prop_assert!(spread.drawn.is_empty() && spread.untold == 0);
        prop_assert!(spread.quantiles.iter().all(|(_, value)| *value == base));
        prop_assert!((spread.mean.unwrap() - base).abs() <= 1e-12 * base.abs());
    }

    #[test]
    fn nothing_is_ever_no_number(values in proptest::collection::vec((0.0..=1.0_f64, 0..4), ASSUMPTIONS.len())) {
        // Ends of what is allowed, zeros, and anything between.
        let mut inputs = Inputs::new(Currency::USD);
        for (of, (u, how)) in ASSUMPTIONS.iter().zip(values) {
            let value = match how {
                0 => of.least,
                1 => of.most,
                2 => 0.0_f64.clamp(of.least, of.most),
                _ => of.least + (of.most - of.least) * u,
            };
            inputs.set(of.id, value, Some((of.least, of.most)));
        }
        for calculator in CALCULATORS {
            for outcome in evaluate(calculator, &inputs, Locale::De) {
                prop_assert!(outcome.value.is_none_or(f64::is_finite));
                prop_assert_eq!(outcome.value.is_none(), outcome.why_not.is_some());
            }
            let tornado = tornado(calculator, calculator.main, &inputs);
            let ends = tornado.bars.iter().flat_map(|bar| [bar.at_low, bar.at_high]);
            prop_assert!(ends.flatten().all(f64::is_finite));
            let spread = monte_carlo(calculator.main, &inputs, 40, 3, &Progress::none()).unwrap();
            prop_assert!(spread.mean.is_none_or(f64::is_finite));
            prop_assert!(spread.quantiles.iter().all(|(_, value)| value.is_finite()));
        }
    }
}
