//! Against reference figures: exact arithmetic and closed forms in Python (`c_attr.json`), ChannelAttribution 2.2.5.

use cartwright::analytics::attribution::{Attribution, MODELS, Model, PathRow, Settings};
use serde_json::Value;

use super::{credit, of, plain, row, shared_out};
use crate::shared::shared;

/// The small set of the reference: path, orders, revenue, journeys without an order, days before the order.
const SMALL: &[(&str, u64, f64, u64, &[f32])] = &[
    ("Paid Search > Email", 30, 2250.0, 120, &[9.0, 2.0]),
    ("Paid Search", 45, 3105.0, 410, &[1.0]),
    ("Social > Paid Search > Email", 12, 1020.0, 60, &[21.0, 8.0, 1.0]),
    ("Social > Social > Direct", 8, 520.0, 150, &[14.0, 7.0, 0.0]),
    ("Organic > Email > Email > Direct", 20, 1740.0, 40, &[30.0, 14.0, 3.0, 0.5]),
    ("Display > Social > Organic > Paid Search", 6, 390.0, 95, &[25.0, 18.0, 6.0, 4.0]),
    ("Organic", 60, 4080.0, 900, &[0.25]),
    ("Display > Display > Display", 1, 55.0, 700, &[12.0, 6.0, 5.0]),
    ("Email", 25, 1900.0, 200, &[0.0]),
    ("Direct", 50, 3650.0, 350, &[0.0]),
    ("Affiliate > Paid Search > Affiliate", 9, 900.0, 30, &[10.0, 5.0, 1.0]),
    ("Social > Email > Paid Search > Email > Direct", 4, 410.0, 12, &[40.0, 28.0, 14.0, 7.0, 0.0]),
    ("Display > Organic", 0, 0.0, 220, &[3.0, 1.0]),
];

fn small() -> Vec<PathRow> {
    let rows = SMALL.iter().map(|&(path, orders, value, nulls, days)| PathRow {
        days_before: days.to_vec(),
        ..row(path, orders, value, nulls)
    });
    rows.collect()
}

fn close(found: f64, truth: f64, what: &str) {
    assert!((found - truth).abs() <= 1e-9 * truth.abs().max(1.0), "{what}: {found} is not {truth}");
}

/// Exact fractions of Python's `fractions`: orders and revenue by channel.
#[test]
fn rule_models_are_those_of_exact_fractions() {
    let channels = ["Paid Search", "Email", "Social", "Direct", "Organic", "Display", "Affiliate"];
    let first = [75.0, 25.0, 24.0, 50.0, 80.0, 7.0, 9.0];
    let last = [51.0, 67.0, 0.0, 82.0, 60.0, 1.0, 9.0];
    let non_direct = [51.0, 91.0, 8.0, 50.0, 60.0, 1.0, 9.0];
    let linear = [69.3, 55.6, 11.633_333_333_333_333, 58.466_666_666_666_67, 66.5, 2.5, 6.0];
    let decay = [
        64.849_478_024_933_65,
        63.504_481_276_645_83,
        5.164_500_225_920_044,
        66.291_573_736_662_56,
        62.755_778_536_581_89,
        1.341_633_453_835_465,
        6.092_554_755_420_551,
    ];
    let position = [66.866_666_666_666_66, 49.333_333_333_333_336, 11.8, 62.8, 68.6, 3.4, 7.2];
    let shapley = [71.0, 51.666_666_666_666_664, 10.5, 61.666_666_666_666_664, 68.166_666_666_666_67, 2.5, 4.5];
    let found = shared_out(&small(), &plain(1));
    assert_eq!((found.orders, found.value), (270, 20_020.0));
    for (model, truth) in [
        (Model::FirstTouch, first),
        (Model::LastTouch, last),
        (Model::LastNonDirect, non_direct),
        (Model::Linear, linear),
        (Model::TimeDecay, decay),
        (Model::Position, position),
        (Model::Shapley, shapley),
    ] {
        for (channel, truth) in channels.iter().zip(truth) {
            close(credit(&found, channel, model).conversions, truth, &format!("{} {channel}", model.name()));
        }
    }
    close(credit(&found, "Email", Model::TimeDecay).value, 5_014.279_235_989_144, "value by time decay");
    close(credit(&found, "Direct", Model::LastNonDirect).value, 3_650.0, "value by last non-direct");
    let slow = shared_out(&small(), &Settings { half_life_days: 14.0, ..plain(1) });
    close(credit(&slow, "Social", Model::TimeDecay).conversions, 7.820_009_956_633_388, "half-life of 14 days");
}

/// NumPy, fundamental matrix, checked there against dynamic programming.
#[test]
fn removal_effects_are_those_of_the_fundamental_matrix() {
    let found = shared_out(&small(), &plain(1));
    close(found.conversion.unwrap(), 0.075_906_662_918_189_48, "conversion");
    for (channel, orders, value, credited) in [
        ("Paid Search", 0.331_202_895_713_936_8, 0.327_791_355_270_973_36, 59.778_866_158_616_815),
        ("Email", 0.288_597_157_745_151_4, 0.299_959_699_366_205_03, 52.088_949_371_702_83),
        ("Social", 0.136_200_868_155_282_1, 0.137_898_358_771_497_25, 24.582_917_521_271_586),
        ("Direct", 0.303_703_703_703_703_7, 0.315_684_315_684_315_65, 54.815_532_383_692_16),
        ("Organic", 0.296_110_212_056_571_4, 0.278_532_851_415_391_64, 53.444_981_803_595_304),
        ("Display", 0.091_926_040_624_231_15, 0.088_579_988_624_219_56, 16.591_746_479_516_818),
        ("Affiliate", 0.048_185_485_098_808_82, 0.059_371_722_469_373_17, 8.697_006_281_604_528),
    ] {
        close(of(&found, channel).removal.unwrap().effect, orders, channel);
        close(of(&found, channel).removal_value.unwrap().effect, value, channel);
        close(credit(&found, channel, Model::Markov).conversions, credited, channel);
    }
    let two = shared_out(&small(), &plain(2));
    for (channel, orders, value) in [
        ("Paid Search", 70.088_210_280_438_97, 5_149.979_177_032_366),
        ("Email", 59.578_424_569_753_686, 4_643.946_600_587_814),
        ("Display", 4.582_955_736_134_895, 282.316_425_855_405_95),
        ("Affiliate", 5.892_371_660_744_869, 570.977_041_055_879_1),
    ] {
        close(credit(&two, channel, Model::Markov).conversions, orders, channel);
        close(credit(&two, channel, Model::Markov).value, value, channel);
    }
}

fn reference() -> Option<Value> {
    let file = shared("oracles/c_attr.json")?;
    Some(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
}

/// Moves of the chain, and everything else of the file on the small set.
#[test]
fn the_whole_reference_on_the_small_set() {
    let Some(all) = reference() else { return };
    let small_set = &all["small"];
    let (one, two) = (shared_out(&small(), &plain(1)), shared_out(&small(), &plain(2)));
    let shapley_orders = "shapley_bruteforce_conversions_v=sum_of_conversions_inside_S";
    for (channel, truth) in small_set["heuristics"][shapley_orders].as_object().unwrap() {
        close(credit(&one, channel, Model::Shapley).conversions, truth.as_f64().unwrap(), channel);
        let value = small_set["heuristics"]["shapley_bruteforce_revenue"][channel].as_f64().unwrap();
        close(credit(&one, channel, Model::Shapley).value, value, channel);
    }
    chain(&one, &small_set["markov_order1_exact"]);
    chain(&two, &small_set["markov_order2_exact"]);
    moves(&one, &small_set["transition_probabilities_collapsed"]);
}

/// Every figure of an exact chain.
fn chain(found: &Attribution, truth: &Value) {
    close(found.conversion.unwrap(), truth["p_conversion"].as_f64().unwrap(), "conversion");
    for one in &found.channels {
        let truth = |key: &str| truth[key][&one.channel].as_f64().unwrap();
        let credit = one.credits[Model::Markov as usize].unwrap();
        close(one.removal.unwrap().effect, truth("removal_effect_conversions"), &one.channel);
        close(one.removal_value.unwrap().effect, truth("removal_effect_value"), &one.channel);
        close(credit.conversions, truth("attributed_conversions"), &one.channel);
        close(credit.value, truth("attributed_value"), &one.channel);
    }
}

fn moves(found: &Attribution, truth: &Value) {
    use cartwright::analytics::attribution::Stop;
    let truth = truth.as_object().unwrap();
    assert_eq!(found.transitions.len(), truth.len());
    for one in &found.transitions {
        let name = |stop| match stop {
            Stop::Start => "(start)",
            Stop::Order => "(conversion)",
            Stop::Nothing => "(null)",
            Stop::Channel(at) => found.names[usize::from(at)].as_str(),
        };
        let key = format!("{} -> {}", name(one.from), name(one.to));
        close(one.probability, truth[&key].as_f64().unwrap(), &key);
    }
}

fn data_set() -> Option<Vec<PathRow>> {
    let file = shared("data/channel_attribution/Data.csv")?;
    let text = std::fs::read_to_string(file).unwrap();
    let rows = text.lines().skip(1).filter(|line| !line.is_empty()).map(|line| {
        let cells: Vec<&str> = line.trim_matches('"').split(',').collect();
        let number = |at: usize| cells[at].trim_matches('"').parse::<f64>().unwrap();
        row(cells[0].trim_matches('"'), number(1) as u64, number(2), number(3) as u64)
    });
    Some(rows.collect())
}

/// The data set of ChannelAttribution: exact chains within 1e-9, its rule models too, its simulated ones as exactly as
/// they are themselves.
#[test]
fn the_data_set_of_channel_attribution() {
    let (Some(all), Some(rows)) = (reference(), data_set()) else { return };
    let truth = &all["PathData"];
    let (one, two) = (shared_out(&rows, &plain(1)), shared_out(&rows, &plain(2)));
    assert_eq!(one.orders, truth["conversions"].as_u64().unwrap());
    chain(&one, &truth["exact_order1"]);
    chain(&two, &truth["exact_order2"]);
    moves(&one, &truth["transition_probabilities_collapsed"]);
    let rules = &truth["ChannelAttribution_heuristic"];
    for (at, channel) in rules["channel_name"].as_array().unwrap().iter().enumerate() {
        let channel = channel.as_str().unwrap();
        for (key, model) in
            [("first_touch", Model::FirstTouch), ("last_touch", Model::LastTouch), ("linear_touch", Model::Linear)]
        {
            let own = credit(&one, channel, model);
            close(own.conversions, rules[format!("{key}_conversions")][at].as_f64().unwrap(), channel);
            close(own.value, rules[format!("{key}_value")][at].as_f64().unwrap(), channel);
        }
    }
    let simulated = &truth["ChannelAttribution_simulated"]["conv_par_0.01"];
    simulation(&one, simulated, 0.01);
    simulation(&one, &truth["ChannelAttribution_simulated"]["conv_par_0.05"], 0.05);
    print(&one, simulated, rules);
}

/// ChannelAttribution simulates journeys until the shares that it gives change by less than its `conv_par` from round to
/// round. A removal effect p that it simulates as a share of the orders it drew has the standard error √(p(1 − p)/n); it
/// does not print n, so that the effects' own steps tell it: its smallest common denominator is the number of orders.
/// Asked for here: each effect within four of these errors, or `conv_par` of itself where that is more.
fn simulation(found: &Attribution, simulated: &Value, conv_par: f64) {
    let removal = &simulated["removal_effects"];
    let effects: Vec<f64> =
        removal["removal_effects_conversion"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    let whole = |n: u32| effects.iter().all(|e| (e * f64::from(n) - (e * f64::from(n)).round()).abs() < 1e-6);
    let drawn = (50..2_000_000).find(|n| whole(*n)).map_or(f64::INFINITY, f64::from);
    for (channel, effect) in removal["channel_name"].as_array().unwrap().iter().zip(&effects) {
        let channel = channel.as_str().unwrap();
        let own = of(found, channel).removal.unwrap().effect;
        let error = (own * (1.0 - own) / drawn).sqrt();
        assert!(
            (own - effect).abs() <= f64::max(4.0 * error, conv_par * own),
            "{channel}: {own} exactly, {effect} simulated over {drawn} orders, error {error}"
        );
    }
}

/// The table of models beside the reference.
fn print(found: &Attribution, simulated: &Value, rules: &Value) {
    let names = MODELS.iter().map(|about| format!("{:>15}", about.name)).collect::<String>();
    println!("{:<10}{names}{:>18}{:>15}{:>15}", "Channel", "CA Markov (sim.)", "CA linear", "CA last");
    for one in &found.channels {
        let cells = one.credits.iter().map(|credit| match credit {
            Some(credit) => format!("{:>15.3}", credit.conversions),
            None => format!("{:>15}", "—"),
        });
        let theirs = |of: &Value, names: &str, key: &str| {
            let at = of[names].as_array().unwrap().iter().position(|name| *name == one.channel.as_str()).unwrap();
            of[key][at].as_f64().unwrap()
        };
        println!(
            "{:<10}{}{:>18.3}{:>15.3}{:>15.3}",
            one.channel,
            cells.collect::<String>(),
            theirs(&simulated["result"], "channel_name", "total_conversions"),
            theirs(rules, "channel_name", "linear_touch_conversions"),
            theirs(rules, "channel_name", "last_touch_conversions"),
        );
    }
}
