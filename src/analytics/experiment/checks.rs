//! What is looked at before a verdict stands. One line of [`CHECKS`] each.

use super::contrast::Contrast;
use super::mismatch::mismatch;
use super::reading::{Check, Grade};
use super::sample::{Arm, Measure};
use super::settings::{Looks, MetricSpec, Role, Settings};
use crate::analytics::math::normal::two_sided;
use crate::model::Locale;

/// What a check looks at.
pub struct Test<'a> {
    /// The arms, the control first.
    pub arms: &'a [Arm],
    /// The metrics.
    pub metrics: &'a [MetricSpec],
    /// How the test is read.
    pub settings: &'a Settings,
}

/// What a check saw: grade, the number it rests on, what was seen, what to do.
struct Seen(Grade, Option<f64>, String, &'static str);

/// A check.
pub struct Kind {
    /// As people call it.
    pub name: &'static str,
    run: fn(&Test) -> Seen,
}

/// Whether users were split as planned.
pub const SPLIT: &str = "Split as planned";
/// Whether there is enough for any verdict.
pub const ENOUGH: &str = "Enough data";

/// Every check, in the order of their weight.
pub const CHECKS: &[Kind] = &[
    Kind { name: SPLIT, run: split },
    Kind { name: ENOUGH, run: enough },
    Kind { name: "Each user one variant", run: double },
    Kind { name: "Users in time", run: late },
    Kind { name: "Users that are known", run: unknown },
    Kind { name: "Believable change", run: believable },
    Kind { name: "Time of reading", run: reading },
    Kind { name: "Whole weeks", run: weeks },
    Kind { name: "Same effect throughout", run: novelty },
    Kind { name: "Segments tried", run: segments },
];

/// Does every check, the gravest first.
pub fn checks(test: &Test) -> Vec<Check> {
    let mut done: Vec<Check> = CHECKS
        .iter()
        .map(|kind| {
            let Seen(grade, figure, seen, advice) = (kind.run)(test);
            let advice = if grade == Grade::Fine { String::new() } else { advice.to_owned() };
            Check { name: kind.name, grade, figure: figure.filter(|f| f.is_finite()), seen, advice }
        })
        .collect();
    done.sort_by_key(|check| std::cmp::Reverse(check.grade));
    done
}

impl Test<'_> {
    fn users(&self) -> u64 {
        self.arms.iter().map(|arm| arm.users).sum()
    }

    /// The metric that decides; without one, the first.
    fn primary(&self) -> usize {
        self.metrics.iter().position(|spec| spec.role == Role::Primary).unwrap_or(0)
    }

    fn contrast(arms: &[Arm], metric: usize, variant: usize) -> Option<Contrast> {
        let of = |arm: &'_ Arm| arm.measures.get(metric).map(|m| (m.measure, arm.users));
        let (control, variant) = (of(arms.first()?)?, of(arms.get(variant)?)?);
        Contrast::of((&control.0, control.1), (&variant.0, variant.1))
    }
}

fn percent(share: f64) -> String {
    Locale::En.percent(share, 1)
}

/// Below this probability a split is not chance; the limit that peers use.
const NO_CHANCE: f64 = 0.001;

fn split(test: &Test) -> Seen {
    let users: Vec<u64> = test.arms.iter().map(|arm| arm.users).collect();
    let shares = test.settings.shares.clone().unwrap_or_else(|| vec![1.0; users.len()]);
    let Some(found) = mismatch(&users, &shares) else {
        return Seen(Grade::Unknown, None, "The split cannot be compared with the plan".into(), "");
    };
    let whole: f64 = shares.iter().sum();
    let each = test.arms.iter().zip(&shares).map(|(arm, share)| {
        let seen = arm.users as f64 / test.users() as f64;
        format!("{} {} (planned {})", arm.name, Locale::En.percent(seen, 2), Locale::En.percent(share / whole, 2))
    });
    let seen = each.collect::<Vec<_>>().join(", ");
    let chance = if found.log10_p < -6.0 {
        "less than once in a million tests".to_owned()
    } else if found.p < 0.01 {
        format!("once in {} tests", Locale::En.count((1.0 / found.p).round() as u64))
    } else {
        format!("in {} of tests", percent(found.p))
    };
    let seen = format!("{seen}; as far from the plan by chance {chance}");
    let advice = "Find out where users were lost or counted twice (redirects, bots, joins, a changed split), mend it and start \
                  again; the figures of this test cannot be saved";
    let grade = match found.p {
        p if p < NO_CHANCE => Grade::Stop,
        p if p < 0.01 => Grade::Mind,
        _ => Grade::Fine,
    };
    Seen(grade, Some(found.p), seen, advice)
}

/// Users per arm below which nothing is said, and of those with and those without success in a share.
const LEAST_USERS: u64 = 100;
const LEAST_EACH: u64 = 5;

fn enough(test: &Test) -> Seen {
    let metric = test.primary();
    let least = test.arms.iter().map(|arm| arm.users).min().unwrap_or(0);
    let each = |arm: &Arm| match arm.measures.get(metric).map(|m| m.measure) {
        Some(Measure::Proportion { successes }) => Some(successes.min(arm.users.saturating_sub(successes))),
        Some(Measure::Count { events }) => Some(events),
        _ => None,
    };
    let few = test.arms.iter().filter_map(each).min();
    let seen = format!("The smallest variant has {}", Locale::En.counted(least, "user", "users"));
    let seen = match few {
        Some(few) => format!("{seen}; fewest of either outcome: {}", Locale::En.count(few)),
        None => seen,
    };
    let is_enough = least >= LEAST_USERS && few.is_none_or(|few| few >= LEAST_EACH);
    let grade = if is_enough { Grade::Fine } else { Grade::Stop };
    Seen(grade, Some(least as f64), seen, "Wait: every variant needs at least 100 users, and 5 of each outcome")
}

fn double(test: &Test) -> Seen {
    let double = test.settings.course.double;
    let share = double as f64 / (test.users() + double).max(1) as f64;
    let seen = format!(
        "{} saw more than one variant ({}) and were left out",
        Locale::En.counted(double, "user", "users"),
        percent(share)
    );
    let grade = match share {
        s if s > 0.05 => Grade::Stop,
        s if s > 0.01 => Grade::Mind,
        _ => Grade::Fine,
    };
    Seen(grade, Some(share), seen, "Check that a user keeps the variant across devices, logins and deleted cookies")
}

fn late(test: &Test) -> Seen {
    let late = test.settings.course.late;
    let share = late as f64 / (test.users() + late).max(1) as f64;
    let who = Locale::En.counted(late, "user", "users");
    let seen = format!("{who} came after the end of the test and are left out ({})", percent(share));
    let grade = if share > 0.05 { Grade::Mind } else { Grade::Fine };
    Seen(grade, Some(share), seen, "Check the times of the exposures and their time zone, and the last day of the test")
}

fn unknown(test: &Test) -> Seen {
    let unknown = test.settings.course.unknown;
    let share = unknown as f64 / (test.users() + unknown).max(1) as f64;
    let who = Locale::En.counted(unknown, "user", "users");
    let seen = format!("{who} could not be tied to a customer of the shop ({})", percent(share));
    let grade = if share > 0.2 { Grade::Mind } else { Grade::Fine };
    Seen(
        grade,
        Some(share),
        seen,
        "Check the column that names the customer; a variant that loses more of its users is not comparable",
    )
}

/// Larger changes than this are usually mistakes (Twyman's law).
const UNBELIEVABLE: f64 = 0.5;

fn believable(test: &Test) -> Seen {
    let metric = test.primary();
    let changes = (1..test.arms.len()).filter_map(|arm| {
        let contrast = Test::contrast(test.arms, metric, arm)?;
        let (change, error) = contrast.relative()?;
        (error > 0.0 && change.abs() > two_sided(0.05) * error).then_some(change)
    });
    let Some(largest) = changes.max_by(|a, b| a.abs().total_cmp(&b.abs())) else {
        return Seen(Grade::Fine, None, "No change is larger than chance makes".into(), "");
    };
    let seen = format!("The largest change is {}", percent(largest));
    let grade = if largest.abs() > UNBELIEVABLE { Grade::Mind } else { Grade::Fine };
    Seen(
        grade,
        Some(largest),
        seen,
        "Changes this large are mostly mistakes: check how both variants are measured before you believe it",
    )
}

fn reading(test: &Test) -> Seen {
    let users = test.users();
    let Some(planned) = test.settings.planned_users else {
        let grade = if test.settings.looks == Looks::AtTheEnd { Grade::Mind } else { Grade::Fine };
        let seen = "No number of users is planned".to_owned();
        return Seen(
            grade,
            None,
            seen,
            "Read once, a test needs a planned end; or read it by the always-valid interval",
        );
    };
    let part = users as f64 / planned as f64;
    let seen =
        format!("{} of {} planned users ({})", Locale::En.count(users), Locale::En.count(planned), percent(part));
    let grade = if test.settings.looks == Looks::AtTheEnd && part < 1.0 { Grade::Mind } else { Grade::Fine };
    Seen(
        grade,
        Some(part),
        seen,
        "Read early, a difference is found too often: wait for the planned end, or read by the always-valid interval",
    )
}

fn weeks(test: &Test) -> Seen {
    let Some(days) = test.settings.course.days else {
        return Seen(
            Grade::Unknown,
            None,
            "How many days the test ran is not known".into(),
            "Type its first and last day",
        );
    };
    let seen = format!("The test ran for {}", Locale::En.counted(u64::from(days), "day", "days"));
    let grade = if days >= 7 && days.is_multiple_of(7) { Grade::Fine } else { Grade::Mind };
    Seen(grade, Some(f64::from(days)), seen, "People buy differently on each weekday: let it run for whole weeks")
}

fn novelty(test: &Test) -> Seen {
    let Some((first, second)) = &test.settings.course.halves else {
        return Seen(Grade::Unknown, None, "The halves of the test are not known apart".into(), "");
    };
    let metric = test.primary();
    let apart = |arm: usize| {
        let (a, b) = (Test::contrast(first, metric, arm)?, Test::contrast(second, metric, arm)?);
        let error = a.error().hypot(b.error());
        (error > 0.0).then(|| (b.difference() - a.difference()) / error)
    };
    let Some(z) = (1..test.arms.len()).filter_map(apart).max_by(|a, b| a.abs().total_cmp(&b.abs())) else {
        return Seen(Grade::Unknown, None, "The halves of the test are too small to be told apart".into(), "");
    };
    let limit = two_sided(0.01 / (test.arms.len() - 1).max(1) as f64);
    if z.abs() < limit {
        let seen = "The effect of the second half is that of the first, give or take chance".to_owned();
        return Seen(Grade::Fine, Some(z), seen, "");
    }
    let more = if z > 0.0 { "rose" } else { "fell" };
    let seen = format!("The difference {more} from the first to the second half of the test by more than chance");
    Seen(
        Grade::Mind,
        Some(z),
        seen,
        "What is new wears off and what is learnt grows: let the test run on, and rely on its later weeks",
    )
}

fn segments(test: &Test) -> Seen {
    let tried = test.settings.segments_tried;
    if tried <= 1 {
        return Seen(Grade::Fine, Some(f64::from(tried)), "The test is read for all users".into(), "");
    }
    let false_one = 1.0 - test.settings.confidence.powi(i32::try_from(tried).unwrap_or(i32::MAX));
    let seen = format!(
        "{} were tried: without any true difference, one of them shows one in {} of tests",
        Locale::En.counted(u64::from(tried), "segment", "segments"),
        percent(false_one)
    );
    Seen(
        Grade::Mind,
        Some(false_one),
        seen,
        "Take what a segment shows as a question for the next test, not as an answer",
    )
}
