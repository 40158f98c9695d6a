//! Do the intervals hold the truth? Journeys of a planted chain, many times over.

use cartwright::analytics::attribution::{Attribution, Paths, Settings, share_out};
use cartwright::analytics::math::chance::Chance;
use cartwright::jobs::Progress;

const CHANNELS: [&str; 5] = ["Paid search", "Paid social", "E-mail", "Organic search", "Direct"];
/// Where journeys start, and by channel where they go next; the last two are an order and nothing.
const START: [f64; 5] = [0.30, 0.28, 0.05, 0.25, 0.12];
const NEXT: [[f64; 7]; 5] = [
    [0.00, 0.05, 0.10, 0.08, 0.12, 0.10, 0.55],
    [0.14, 0.00, 0.06, 0.10, 0.06, 0.02, 0.62],
    [0.05, 0.02, 0.00, 0.05, 0.18, 0.15, 0.55],
    [0.08, 0.04, 0.08, 0.00, 0.10, 0.08, 0.62],
    [0.04, 0.02, 0.06, 0.04, 0.00, 0.20, 0.64],
];
const WORTH: [f64; 5] = [4_000.0, 3_000.0, 6_000.0, 4_500.0, 5_000.0];

/// Orders and their value for each journey, without a channel.
fn comes_out(gone: Option<usize>) -> (f64, f64) {
    let mut at: [f64; 5] = std::array::from_fn(|c| if Some(c) == gone { 0.0 } else { START[c] });
    let mut out = (0.0, 0.0);
    for _ in 0..2_000 {
        let mut next = [0.0; 5];
        for (c, mass) in at.iter().enumerate() {
            out.0 += mass * NEXT[c][5];
            out.1 += mass * NEXT[c][5] * WORTH[c];
            for (to, next) in next.iter_mut().enumerate().filter(|(to, _)| Some(*to) != gone) {
                *next += mass * NEXT[c][to];
            }
        }
        at = next;
    }
    out
}

fn pick(chance: &mut Chance, of: &[f64]) -> usize {
    let mut at = chance.even();
    of.iter()
        .position(|p| {
            at -= p;
            at < 0.0
        })
        .unwrap_or(of.len() - 1)
}

/// Journeys of so many people, up to three each.
fn planted(seed: u64, people: u32) -> Paths {
    let mut chance = Chance::new(seed, 77);
    let mut paths = Paths::new(CHANNELS.map(str::to_owned).into());
    for person in 0..people {
        for _ in 0..1 + pick(&mut chance, &[0.6, 0.3, 0.1]) {
            let (mut at, mut steps) = (pick(&mut chance, &START), Vec::new());
            while at < 5 {
                steps.push(at as u16);
                at = pick(&mut chance, &NEXT[at]);
            }
            let n = steps.len() as f32;
            paths.before.extend((0..steps.len()).map(|i| n - i as f32));
            let worth = WORTH[usize::from(steps[steps.len() - 1])] * (0.5 + chance.even());
            paths.steps.extend(steps);
            let ordered = u64::from(at == 5);
            paths.end(ordered, worth, 1 - ordered);
            paths.cluster.push(person);
        }
    }
    paths
}

#[test]
fn intervals_of_removal_effects_hold_the_planted_truth() {
    const SEEDS: u64 = 40;
    let all = comes_out(None);
    let mut held = [(0_u32, 0_u32); 5];
    let mut first_order = 0;
    for seed in 0..SEEDS {
        let settings = Settings { seed, ..Settings::default() };
        let found: Attribution = share_out(&planted(seed, 2_500), &settings, &Progress::none()).unwrap().unwrap();
        first_order += u64::from(found.order == 1);
        for (c, held) in held.iter_mut().enumerate() {
            let without = comes_out(Some(c));
            let truth = (1.0 - without.0 / all.0, 1.0 - without.1 / all.1);
            let one = found.channels.iter().find(|one| one.channel == CHANNELS[c]).unwrap();
            let within = |(low, high): (f64, f64), truth: f64| u32::from(low <= truth && truth <= high);
            held.0 += within(one.removal.unwrap().interval.unwrap(), truth.0);
            held.1 += within(one.removal_value.unwrap().interval.unwrap(), truth.1);
        }
    }
    println!("planted chain, {SEEDS} seeds; memory of one step recognised {first_order} times");
    for (name, held) in CHANNELS.iter().zip(held) {
        let share = |n: u32| f64::from(n) / SEEDS as f64;
        println!("{name:<16} orders {:>5.1}%  value {:>5.1}%", 100.0 * share(held.0), 100.0 * share(held.1));
        assert!(share(held.0) >= 0.85 && share(held.1) >= 0.85, "{name}: {held:?} of {SEEDS}");
    }
    assert!(first_order >= SEEDS * 8 / 10, "{first_order}");
}
