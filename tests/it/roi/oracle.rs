//! The worked example and the other cases of an oracle: exact fractions and 50-digit decimals, cross-checked month by month
//! (`f_roi.py` of the shared oracles, whose figures stand here and are compared with the file where it is there).

use cartwright::analytics::roi::{self, Inputs, OutputId as Out};
use cartwright::model::Currency;
use cartwright::model::assumption::AssumptionId as In;

use crate::shared::shared;

/// Spend, fixed cost, customers, order value, orders a month, lifespan, margin, churn, yearly discount, monthly discount.
type Given = (f64, f64, f64, f64, f64, f64, f64, f64, Option<f64>, Option<f64>);

/// Names of the figures in the oracle's file, and the outputs that they are.
const FIGURES: [(&str, Out); 24] = [
    ("contribution_per_customer_month", Out::MonthlyContribution),
    ("clv_undiscounted", Out::Clv),
    ("revenue_ltv_per_customer", Out::RevenueLtv),
    ("total_contribution", Out::ValueWon),
    ("cac", Out::CostOfCustomer),
    ("roi", Out::Roi),
    ("clv_to_cac", Out::LtvToCac),
    ("clv_discounted", Out::ClvDiscounted),
    ("npv", Out::Npv),
    ("roi_discounted", Out::RoiDiscounted),
    ("payback_month", Out::PaybackMonth),
    ("payback_month_fractional", Out::PaybackExact),
    ("payback_month_discounted", Out::PaybackDiscounted),
    ("roas_lifetime", Out::RoasLifetime),
    ("roas_first_month", Out::RoasFirstMonth),
    ("roas_first_order", Out::RoasFirstOrder),
    ("break_even_roas", Out::BreakEvenRoas),
    ("break_even_cac", Out::BreakEvenCac),
    ("break_even_customers", Out::BreakEvenCustomers),
    ("break_even_customers_whole", Out::BreakEvenCustomersWhole),
    ("break_even_aov", Out::BreakEvenAov),
    ("break_even_margin", Out::BreakEvenMargin),
    ("clv_infinite_undiscounted", Out::ClvInfinite),
    ("clv_infinite_discounted", Out::ClvInfiniteDiscounted),
];

/// Each case with its figures, in the order of [`FIGURES`].
const CASES: [(&str, Given, [Option<f64>; 24]); 8] = [
    (
        "F1_framework_example",
        (30000.0, 0.0, 500.0, 75.0, 1.1, 18.0, 0.2, 0.0, None, None),
        [
            Some(16.5),
            Some(297.0),
            Some(1485.0),
            Some(148500.0),
            Some(60.0),
            Some(3.95),
            Some(4.95),
            Some(297.0),
            Some(118500.0),
            Some(3.95),
            Some(4.0),
            Some(3.6363636363636362),
            Some(4.0),
            Some(24.75),
            Some(1.375),
            Some(1.25),
            Some(5.0),
            Some(297.0),
            Some(101.01010101010101),
            Some(102.0),
            Some(15.151515151515152),
            Some(0.04040404040404041),
            None,
            None,
        ],
    ),
    (
        "F2_example_discounted_10pct",
        (30000.0, 0.0, 500.0, 75.0, 1.1, 18.0, 0.2, 0.0, Some(0.1), None),
        [
            Some(16.5),
            Some(297.0),
            Some(1485.0),
            Some(148500.0),
            Some(60.0),
            Some(3.95),
            Some(4.95),
            Some(275.6486646947974),
            Some(107824.3323473987),
            Some(3.594144411579957),
            Some(4.0),
            Some(3.6363636363636362),
            Some(4.0),
            Some(24.75),
            Some(1.375),
            Some(1.25),
            Some(5.0),
            Some(297.0),
            Some(101.01010101010101),
            Some(102.0),
            Some(15.151515151515152),
            Some(0.04040404040404041),
            None,
            None,
        ],
    ),
    (
        "F3_churn_8pct",
        (12000.0, 0.0, 240.0, 48.5, 0.65, 24.0, 0.35, 0.08, Some(0.12), None),
        [
            Some(11.03375),
            Some(119.27779280564101),
            Some(340.7936937304029),
            Some(28626.67027335384),
            Some(50.0),
            Some(1.3855558561128203),
            Some(2.3855558561128203),
            Some(110.01058146984379),
            Some(14402.53955276251),
            Some(1.2002116293968759),
            Some(6.0),
            Some(5.409767158988536),
            Some(6.0),
            Some(6.815873874608058),
            Some(0.6305),
            Some(0.97),
            Some(2.857142857142857),
            Some(119.27779280564101),
            Some(100.60548336565533),
            Some(101.0),
            Some(20.33069143014285),
            Some(0.14671632990824737),
            Some(137.921875),
            Some(123.29756205411955),
        ],
    ),
    (
        "F4_loss_never_pays_back",
        (50000.0, 0.0, 400.0, 32.0, 0.5, 12.0, 0.25, 0.0, Some(0.1), None),
        [
            Some(4.0),
            Some(48.0),
            Some(192.0),
            Some(19200.0),
            Some(125.0),
            Some(-0.616),
            Some(0.384),
            Some(45.60195131732276),
            Some(-31759.219473070894),
            Some(-0.6351843894614179),
            None,
            None,
            None,
            Some(1.536),
            Some(0.128),
            Some(0.256),
            Some(4.0),
            Some(48.0),
            Some(1041.6666666666667),
            Some(1042.0),
            Some(83.33333333333333),
            Some(0.6510416666666666),
            None,
            None,
        ],
    ),
    (
        "F5_subscription",
        (8000.0, 0.0, 160.0, 19.99, 1.0, 36.0, 0.72, 0.045, None, Some(0.01)),
        [
            Some(14.3928),
            Some(258.87870926056206),
            Some(359.55376286189176),
            Some(41420.593481689924),
            Some(50.0),
            Some(4.177574185211241),
            Some(5.177574185211241),
            Some(226.82669967877553),
            Some(28292.271948604084),
            Some(3.5365339935755107),
            Some(4.0),
            Some(3.696837472247272),
            Some(4.0),
            Some(7.191075257237834),
            Some(0.3998),
            Some(0.3998),
            Some(1.3888888888888888),
            Some(258.87870926056206),
            Some(30.902502654043985),
            Some(31.0),
            Some(3.8608814253396204),
            Some(0.13906126194319793),
            Some(319.84),
            Some(261.6872727272727),
        ],
    ),
    (
        "F6_high_ticket_fixed_cost",
        (20000.0, 5000.0, 35.0, 890.0, 0.12, 24.0, 0.42, 0.0, Some(0.08), None),
        [
            Some(44.856),
            Some(1076.544),
            Some(2563.2),
            Some(37679.04),
            Some(714.2857142857143),
            Some(0.5071616),
            Some(1.5071616),
            Some(994.5881146241285),
            Some(9810.584011844496),
            Some(0.39242336047377985),
            Some(16.0),
            Some(15.923972585288798),
            Some(17.0),
            Some(3.58848),
            Some(0.14952),
            Some(1.246),
            Some(2.380952380952381),
            Some(1076.544),
            Some(23.22246002021283),
            Some(24.0),
            Some(590.5139833711262),
            Some(0.2786695202425539),
            None,
            None,
        ],
    ),
    (
        "F7_zero_customers",
        (1000.0, 0.0, 0.0, 50.0, 1.0, 12.0, 0.3, 0.0, None, None),
        [
            Some(15.0),
            Some(180.0),
            Some(600.0),
            Some(0.0),
            None,
            Some(-1.0),
            None,
            Some(180.0),
            Some(-1000.0),
            Some(-1.0),
            None,
            None,
            None,
            Some(0.0),
            Some(0.0),
            Some(0.0),
            Some(3.3333333333333335),
            Some(180.0),
            Some(5.555555555555555),
            Some(6.0),
            None,
            None,
            None,
            None,
        ],
    ),
    (
        "F8_zero_spend",
        (0.0, 0.0, 10.0, 50.0, 1.0, 12.0, 0.3, 0.0, None, None),
        [
            Some(15.0),
            Some(180.0),
            Some(600.0),
            Some(1800.0),
            Some(0.0),
            None,
            None,
            Some(180.0),
            Some(1800.0),
            None,
            Some(1.0),
            Some(0.0),
            Some(1.0),
            None,
            None,
            None,
            Some(3.3333333333333335),
            Some(180.0),
            Some(0.0),
            Some(0.0),
            Some(0.0),
            Some(0.0),
            None,
            None,
        ],
    ),
];

fn inputs(given: &Given) -> Inputs {
    let &(spend, fixed, customers, aov, frequency, lifespan, margin, churn, yearly, monthly) = given;
    let mut inputs = Inputs::new(Currency::USD);
    for (id, value) in [
        (In::Investment, spend),
        (In::FixedCost, fixed),
        (In::NewCustomers, customers),
        (In::Aov, aov),
        (In::Frequency, frequency),
        (In::Lifespan, lifespan),
        (In::Margin, margin),
        (In::Churn, churn),
        (In::DiscountRate, yearly.or(monthly.map(|rate| (1.0 + rate).powi(12) - 1.0)).unwrap_or(0.0)),
    ] {
        inputs.set(id, value, None);
    }
    inputs
}

fn compare(case: &str, given: &Given, of: impl Fn(usize, &str) -> Option<f64>) {
    let numbers = inputs(given).numbers();
    for (n, (name, output)) in FIGURES.iter().enumerate() {
        let ours = output.get().value(&numbers);
        match (ours, of(n, name)) {
            (Ok(ours), Some(theirs)) => {
                assert!((ours - theirs).abs() <= 1e-8 * theirs.abs().max(1.0), "{case} {name}: {ours} is not {theirs}");
            }
            (Err(_), None) => {}
            // The oracle tells values without an end only where there is churn.
            (Ok(_), None) if *output == Out::ClvInfiniteDiscounted => {}
            (ours, theirs) => panic!("{case} {name}: {ours:?} is not {theirs:?}"),
        }
    }
}

#[test]
fn every_case_is_that_of_the_oracle() {
    for (case, given, figures) in &CASES {
        compare(case, given, |n, _| figures[n]);
    }
}

#[test]
fn the_figures_are_those_of_the_oracles_file() {
    let Some(path) = shared("oracles/f_roi.json") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["cases"].as_object().unwrap().len(), CASES.len());
    for (case, given, figures) in &CASES {
        let theirs = &file["cases"][case];
        for (n, (name, _)) in FIGURES.iter().enumerate() {
            // The file's numbers are read to the last digit but one.
            let close = |(a, b): (f64, f64)| (a - b).abs() <= 1e-15 * b.abs().max(1.0);
            let same =
                theirs[*name].as_f64().zip(figures[n]).map_or(theirs[*name].is_null() && figures[n].is_none(), close);
            assert!(same, "{case} {name}");
        }
        compare(case, given, |_, name| theirs[name].as_f64());
    }
}

/// Spend, impressions, clicks, conversions, revenue; CTR, CPC, CPM, CVR, CPA, AOV, ROAS, profit and ROI at a margin of 30 %.
const CHANNELS: [(&str, [f64; 5], [f64; 9]); 6] = [
    (
        "Search",
        [12000.0, 400000.0, 9000.0, 360.0, 27900.0],
        [0.0225, 1.3333333333333333, 30.0, 0.04, 33.333333333333336, 77.5, 2.325, -3630.0, -0.3025],
    ),
    (
        "Social",
        [8000.0, 900000.0, 7200.0, 130.0, 8970.0],
        [
            0.008,
            1.1111111111111112,
            8.88888888888889,
            0.018055555555555554,
            61.53846153846154,
            69.0,
            1.12125,
            -5309.0,
            -0.663625,
        ],
    ),
    (
        "Email",
        [600.0, 120000.0, 3600.0, 210.0, 14280.0],
        [0.03, 0.16666666666666666, 5.0, 0.058333333333333334, 2.857142857142857, 68.0, 23.8, 3684.0, 6.14],
    ),
    (
        "Display",
        [4000.0, 2500000.0, 3000.0, 21.0, 1302.0],
        [0.0012, 1.3333333333333333, 1.6, 0.007, 190.47619047619048, 62.0, 0.3255, -3609.4, -0.90235],
    ),
    ("Affiliate", [3000.0, 60000.0, 1500.0, 75.0, 5850.0], [0.025, 2.0, 50.0, 0.05, 40.0, 78.0, 1.95, -1245.0, -0.415]),
    (
        "TOTAL",
        [27600.0, 3980000.0, 24300.0, 796.0, 58302.0],
        [
            0.006105527638190954,
            1.1358024691358024,
            6.934673366834171,
            0.032757201646090535,
            34.67336683417086,
            73.24371859296483,
            2.112391304347826,
            -10109.400000000001,
            -0.3662826086956522,
        ],
    ),
];

#[test]
fn channels_are_those_of_the_oracle() {
    let report = |(name, [spend, impressions, clicks, conversions, revenue], _): &(&str, [f64; 5], [f64; 9])| {
        roi::ChannelReport {
            channel: (*name).into(),
            spend: *spend,
            impressions: Some(*impressions),
            clicks: Some(*clicks),
            conversions: Some(*conversions),
            revenue: Some(*revenue),
        }
    };
    let reports: Vec<_> = CHANNELS[..5].iter().map(report).collect();
    let (rows, all) = roi::channels(&reports, Some(0.3));
    for (row, (name, given, figures)) in rows.iter().chain(&all).zip(&CHANNELS) {
        assert_eq!(row.report.spend, given[0], "{name}");
        let ours = [row.ctr, row.cpc, row.cpm, row.cvr, row.cpa, row.aov, row.roas, row.profit, row.roi];
        for (ours, theirs) in ours.iter().zip(figures) {
            assert!((ours.unwrap() - theirs).abs() <= 1e-8 * theirs.abs().max(1.0), "{name}: {ours:?} {theirs}");
        }
    }
    assert_eq!(roi::channels(&[roi::ChannelReport { spend: 5.0, ..Default::default() }], None).0[0].ctr, None);
}
