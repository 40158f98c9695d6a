//! Who came in a period, and how far they went within some days of it.

use std::collections::BTreeMap;

use chrono::Datelike;
use rayon::prelude::*;

use super::evidence::Conversion;
use super::steps::{By, Funnel, Group, STEPS, Step, Taken};
use super::trail::{DAY, Did, Shop, Trail, from};
use crate::jobs::{Cancelled, Progress};
use crate::model::{Day, Segment};

/// Persons in one task.
const CHUNK: usize = 8_192;

/// What is asked of the funnel.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// First and last day on which people came, both included.
    pub period: (Day, Day),
    /// Days in which steps are looked for.
    pub within_days: u32,
    /// What people are told apart by.
    pub by: By,
    /// Segment by customer index, as in the segment table; empty = nobody knows.
    pub segment_of: &'a [u8],
    /// Whether a customer counts; `None` = everybody, those without a name too.
    pub who: Option<&'a [bool]>,
    /// Only people whose first touch of the period was on this device.
    pub device: Option<&'a str>,
}

impl Ask<'_> {
    fn holds(&self, day: Day) -> bool {
        (self.period.0..=self.period.1).contains(&day)
    }
}

/// When somebody came, and when each step was taken; `None` = not within the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Moments, in the order of [`STEPS`].
    pub at: [Option<i64>; 5],
}

/// How far somebody went who did `did`: who came within `[first, end)`, followed for `within` seconds. `None` = did not
/// come.
pub fn way(did: &[Did], (first, end): (i64, i64), within: i64) -> Option<Way> {
    let did = from(did, first);
    let came = did.first().filter(|did| did.at() < end)?.at();
    let mut at = [None; 5];
    let mut reached = 0;
    for did in did.iter().take_while(|did| did.at() - came <= within) {
        let again =
            did.step() == Step::Bought.index() && at[3].is_some_and(|bought: i64| did.day() > bought.div_euclid(DAY));
        let step = if again { Step::Again.index() } else { did.step().min(Step::Bought.index()) };
        while reached <= step {
            at[reached] = Some(did.at());
            reached += 1;
        }
    }
    Some(Way { at })
}

/// Times of those who went on, and how many people there were.
#[derive(Default, Clone)]
struct Sum {
    people: u64,
    open: u64,
    counts: [u64; 5],
    since_came: [Vec<i64>; 5],
    since_before: [Vec<i64>; 5],
}

impl Sum {
    fn add(&mut self, way: &Way, previous: &[usize; 5], is_open: bool) {
        if is_open {
            self.open += 1;
            return;
        }
        self.people += 1;
        let Some(came) = way.at[0] else { return };
        for (step, before) in previous.iter().enumerate().skip(1) {
            if let Some(at) = way.at[step] {
                self.counts[step] += 1;
                // A step that nothing but a later one tells of has that one's moment: that is no time.
                self.since_came[step].extend(Some(at - came).filter(|time| *time > 0));
                let since = at - way.at[*before].unwrap_or(came);
                self.since_before[step].extend(Some(since).filter(|time| *time > 0));
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.people += other.people;
        self.open += other.open;
        self.counts.iter_mut().zip(other.counts).for_each(|(mine, theirs)| *mine += theirs);
        for (mine, theirs) in [(&mut self.since_came, other.since_came), (&mut self.since_before, other.since_before)] {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| mine.extend(theirs));
        }
        self
    }

    fn group(self, name: String, trail: &Trail, previous: &[usize; 5], within_days: u32) -> Group {
        let Self { people, open, mut counts, since_came, since_before } = self;
        counts[0] = people;
        // Of the first step that is told of everybody is there: that is no conversion.
        let first = STEPS.into_iter().find(|step| trail.knows(*step)).map_or(0, Step::index);
        let taken = |((step, came), before): ((Step, Vec<i64>), Vec<i64>)| {
            let n = step.index();
            let is_known = trail.knows(step) || matches!(step, Step::Visited | Step::Bought | Step::Again);
            let conversion = |of: u64, times| Conversion::of(step.name(), within_days, [of, counts[n], open], times);
            let tells = is_known && n > first;
            Taken {
                step,
                people: is_known.then_some(counts[n]),
                of_all: tells.then(|| conversion(people, came)),
                of_before: tells.then(|| conversion(counts[previous[n]], before)),
            }
        };
        let steps = STEPS.into_iter().zip(since_came).zip(since_before).map(taken).collect();
        Group { name, steps, open }
    }
}

/// The funnel of the people who came in a period.
///
/// # Errors
/// When the work was cancelled.
pub fn funnel(shop: &Shop<'_>, trail: &Trail, ask: &Ask<'_>, progress: &Progress) -> Result<Funnel, Cancelled> {
    if ask.by == By::Period {
        return by_month(shop, trail, ask, progress);
    }
    let window = (i64::from(ask.period.0.0) * DAY, ((i64::from(ask.period.1.0) + 1) * DAY).min(shop.end()));
    let within = i64::from(ask.within_days) * DAY;
    // The step before, of those of which something is told.
    let mut previous = [0; 5];
    let is_known = |n: &usize| *n == 0 || *n == Step::Bought.index() || trail.knows(STEPS[*n]);
    for (step, before) in previous.iter_mut().enumerate().skip(1) {
        *before = (0..step).rev().find(is_known).unwrap_or(0);
    }
    let keys = Keys { shop, trail, ask, window };
    let parts: Vec<BTreeMap<u32, Sum>> = (0..trail.persons.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
            for person in chunk * CHUNK..trail.persons.min((chunk + 1) * CHUNK) {
                let counts = ask.who.is_none_or(|who| who.get(person).copied().unwrap_or(false));
                let Some(way) = counts.then(|| way(trail.of(person), window, within)).flatten() else { continue };
                let Some(came) = way.at[0].filter(|_| keys.on_device(person)) else { continue };
                let is_open = came + within > shop.end();
                sums.entry(keys.of(person)).or_default().add(&way, &previous, is_open);
            }
            Ok(sums)
        })
        .collect::<Result<_, _>>()?;
    let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
    for (key, sum) in parts.into_iter().flatten() {
        let merged = sums.remove(&key).unwrap_or_default().merge(sum);
        sums.insert(key, merged);
    }
    let total = sums.values().cloned().fold(Sum::default(), Sum::merge);
    let mut groups: Vec<(u64, Group)> = Vec::new();
    if ask.by != By::All {
        let named = sums
            .into_iter()
            .map(|(key, sum)| (sum.people + sum.open, sum.group(keys.name(key), trail, &previous, ask.within_days)));
        groups.extend(named);
        groups.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.name.cmp(&y.name)));
    }
    Ok(Funnel {
        as_of: shop.as_of,
        period: ask.period,
        within_days: ask.within_days,
        by: ask.by,
        total: total.group("Everybody".into(), trail, &previous, ask.within_days),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        nameless: trail.guests.iter().filter(|(_, order)| ask.holds(shop.data.orders.day[*order as usize])).count()
            as u64,
    })
}

/// Every month by itself: whoever came in several is in each of them.
fn by_month(shop: &Shop<'_>, trail: &Trail, ask: &Ask<'_>, progress: &Progress) -> Result<Funnel, Cancelled> {
    let everybody = Ask { by: By::All, ..*ask };
    let mut found = funnel(shop, trail, &everybody, progress)?;
    found.by = By::Period;
    let mut first = ask.period.0;
    while first <= ask.period.1 {
        let date = first.date();
        let next = date.with_day(1).and_then(|day| day.checked_add_months(chrono::Months::new(1)));
        let last = next.map_or(ask.period.1, |next| Day(Day::from_date(next).0 - 1)).min(ask.period.1);
        let month = funnel(shop, trail, &Ask { period: (first, last), ..everybody }, progress)?.total;
        if month.open > 0 || month.steps.iter().any(|taken| taken.people.is_some_and(|people| people > 0)) {
            found.groups.push(Group { name: date.format("%Y-%m").to_string(), ..month });
        }
        first = Day(last.0.saturating_add(1).max(first.0.saturating_add(1)));
    }
    Ok(found)
}

/// Whether somebody's first touch of the period was on the device that is asked for.
pub fn on_device(shop: &Shop<'_>, trail: &Trail, ask: &Ask<'_>, person: usize) -> bool {
    let window = (i64::from(ask.period.0.0) * DAY, ((i64::from(ask.period.1.0) + 1) * DAY).min(shop.end()));
    Keys { shop, trail, ask, window }.on_device(person)
}

/// The group that somebody belongs to, as a number, and its name.
struct Keys<'a> {
    shop: &'a Shop<'a>,
    trail: &'a Trail,
    ask: &'a Ask<'a>,
    window: (i64, i64),
}

impl Keys<'_> {
    /// The first touch of the period.
    fn touch(&self, person: usize) -> Option<usize> {
        let touches = self.shop.touches;
        let visit = |i: &usize| self.trail.touch_steps[usize::from(touches.kind[*i])].is_some();
        let range = self.trail.touches(person);
        let first = range.start + touches.at[range.clone()].partition_point(|&at| at < self.window.0);
        (first..range.end).take_while(|&i| touches.at[i] < self.window.1).find(visit)
    }

    fn on_device(&self, person: usize) -> bool {
        let Some(wanted) = self.ask.device else { return true };
        let touches = self.shop.touches;
        self.touch(person).is_some_and(|i| touches.devices[usize::from(touches.device[i])] == wanted)
    }

    fn of(&self, person: usize) -> u32 {
        let touches = self.shop.touches;
        match self.ask.by {
            By::All | By::Period => 0,
            By::Channel => self.touch(person).map_or(u32::MAX, |i| touches.channel[i].into()),
            By::Device => match self.touch(person).map(|i| touches.device[i]) {
                Some(device) if device > 0 => device.into(),
                _ => u32::MAX,
            },
            By::Segment => self.ask.segment_of.get(person).map_or(u32::MAX, |&segment| segment.into()),
        }
    }

    fn name(&self, key: u32) -> String {
        let touches = self.shop.touches;
        match self.ask.by {
            By::All | By::Period => "Everybody".into(),
            By::Channel => touches.channels.get(key as usize).map_or_else(|| "No touch".into(), Clone::clone),
            By::Device => touches.devices.get(key as usize).map_or_else(|| "Not known".into(), Clone::clone),
            By::Segment => {
                let segment = u8::try_from(key).ok().and_then(Segment::from_number);
                let nobody = if key == u32::MAX { "Without a name" } else { "No segment" };
                segment.map_or(nobody, Segment::name).to_owned()
            }
        }
    }
}
