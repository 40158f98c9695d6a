//! What everybody did, person by person, in the order of time: the ground of funnel, stages of life and evidence.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::kinds::steps_of;
use super::steps::{STEPS, Step};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::dataset::NO_DAY;
use crate::model::time::DayClock;
use crate::model::touch::NO_ORDER;
use crate::model::{Dataset, Day, Definitions, Events, Matrix, Signals, Touches};

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// Customers in one task.
const CHUNK: usize = 4_096;

/// The shop as far as the journey asks for it.
#[derive(Clone, Copy)]
pub struct Shop<'a> {
    /// Orders and customers.
    pub data: &'a Dataset,
    /// Carts and looks at products.
    pub signals: &'a Signals,
    /// Other events.
    pub events: &'a Events,
    /// Touchpoints.
    pub touches: &'a Touches,
    /// What its words mean.
    pub definitions: &'a Definitions,
    /// Which kinds of events belong to which stage.
    pub matrix: &'a Matrix,
    /// The last day that is known.
    pub as_of: Day,
}

impl Shop<'_> {
    /// The first moment after what is known.
    pub fn end(&self) -> i64 {
        (i64::from(self.as_of.0) + 1) * DAY
    }
}

/// Something that a person did: a moment and a step in one number, so that they sort by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Did(i64);

impl Did {
    pub fn new(at: i64, step: Step) -> Self {
        Self((at << 3) | step as i64)
    }

    /// When.
    pub fn at(self) -> i64 {
        self.0 >> 3
    }

    /// Its place in [`STEPS`].
    pub fn step(self) -> usize {
        (self.0 & 7) as usize
    }

    /// The day of it.
    pub fn day(self) -> i64 {
        self.at().div_euclid(DAY)
    }
}

/// Everybody's trail up to the end of what is known. Persons are customers by index, then visitors without a name and
/// buyers of orders without identity.
pub struct Trail {
    /// Number of customers; persons from here on have no name.
    pub customers: usize,
    /// Number of persons.
    pub persons: usize,
    /// What a person did begins here; one more entry than persons.
    starts: Vec<usize>,
    did: Vec<Did>,
    /// Touches of a person begin here; one more entry than persons.
    touch_starts: Vec<usize>,
    /// Purchases of persons without a name: person and position of the order, sorted.
    pub guests: Vec<(u32, u32)>,
    /// Of each step the first day on which it is told of by something other than what comes after it.
    pub since: [Option<Day>; 5],
    /// The step that each kind of touch tells of.
    pub touch_steps: Vec<Option<Step>>,
}

impl Trail {
    /// Reads the trail of everybody.
    pub fn new(shop: &Shop<'_>, progress: &Progress) -> Result<Self, Cancelled> {
        let customers = shop.data.customers.id.len();
        let touch_steps = steps_of(&shop.touches.kinds, shop.matrix);
        let event_steps = steps_of(&shop.events.kinds, shop.matrix);
        let revenue = Revenue::new(shop.data, shop.definitions, shop.as_of);
        let (touch_starts, named) = touch_starts(shop.touches, customers);
        let (guests, persons) = guests(shop, &revenue, named, customers);
        let mut trail = Self {
            customers,
            persons,
            starts: Vec::with_capacity(persons + 1),
            did: Vec::new(),
            touch_starts,
            guests,
            since: [None; 5],
            touch_steps,
        };
        let nobody = trail.touch_starts.last().copied().unwrap_or(0);
        trail.touch_starts.resize(persons + 1, nobody);
        let read = Reader { shop, revenue: &revenue, trail: &trail, event_steps: &event_steps, end: shop.end() };
        let chunks: Vec<Chunk> = (0..persons.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                if progress.is_cancelled() {
                    return Err(Cancelled);
                }
                Ok(read.chunk(chunk * CHUNK..persons.min((chunk + 1) * CHUNK)))
            })
            .collect::<Result<_, _>>()?;
        let mut did = Vec::with_capacity(chunks.iter().map(|chunk| chunk.did.len()).sum());
        let mut starts = Vec::with_capacity(persons + 1);
        let mut since = [i64::MAX; 5];
        for chunk in chunks {
            let base = did.len();
            starts.extend(chunk.starts.into_iter().map(|start| base + start));
            did.extend(chunk.did);
            since.iter_mut().zip(chunk.since).for_each(|(first, at)| *first = (*first).min(at));
        }
        starts.push(did.len());
        (trail.did, trail.starts) = (did, starts);
        trail.since = since.map(|at| (at < i64::MAX).then(|| Day(at.div_euclid(DAY) as i32)));
        Ok(trail)
    }

    /// What a person did, in the order of time.
    pub fn of(&self, person: usize) -> &[Did] {
        &self.did[self.starts[person]..self.starts[person + 1]]
    }

    /// Positions of a person's touches.
    pub fn touches(&self, person: usize) -> std::ops::Range<usize> {
        self.touch_starts[person]..self.touch_starts[person + 1]
    }

    /// Purchases of a person, as positions of orders.
    pub fn purchases<'a>(
        &'a self,
        data: &'a Dataset,
        revenue: &'a Revenue<'a>,
        person: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let own = if person < self.customers { data.orders.of_customer(person) } else { 0..0 };
        let first = self.guests.partition_point(|(guest, _)| (*guest as usize) < person);
        let guest = self.guests[first..].iter().take_while(move |(guest, _)| *guest as usize == person);
        own.filter(|&order| revenue.is_purchase(order)).chain(guest.map(|(_, order)| *order as usize))
    }

    /// Whether anything tells of a step other than what comes after it.
    pub fn knows(&self, step: Step) -> bool {
        self.since[step.index()].is_some()
    }
}

/// Where the touches of each person begin, customers without any included, and the number of persons.
fn touch_starts(touches: &Touches, customers: usize) -> (Vec<usize>, usize) {
    let nameless = touches.persons.saturating_sub(touches.customers) as usize;
    let persons = customers + nameless;
    let mut starts = Vec::with_capacity(persons + 1);
    let mut at = 0;
    for person in 0..persons {
        starts.push(at);
        // Where nobody has touches yet the file knows of no customers either.
        let theirs = if person < customers { person } else { person - customers + touches.customers as usize };
        while at < touches.person.len() && touches.person[at] as usize == theirs {
            at += 1;
        }
    }
    starts.push(at);
    (starts, persons)
}

/// Purchases without identity by person: the visitor whose touch names the order, else somebody new.
fn guests(shop: &Shop<'_>, revenue: &Revenue<'_>, persons: usize, customers: usize) -> (Vec<(u32, u32)>, usize) {
    let touches = shop.touches;
    let mut visitors: FxHashMap<u32, u32> = FxHashMap::default();
    let first = touches.person.partition_point(|&person| person < touches.customers);
    for i in first..touches.len() {
        if touches.order[i] != NO_ORDER {
            let person = touches.person[i] - touches.customers + customers as u32;
            visitors.entry(touches.order[i]).or_insert(person);
        }
    }
    let mut persons = persons as u32;
    let mut guests = Vec::new();
    for order in shop.data.orders.unidentified().filter(|&order| revenue.is_purchase(order)) {
        let person = visitors.get(&(order as u32)).copied().unwrap_or_else(|| {
            persons += 1;
            persons - 1
        });
        guests.push((person, order as u32));
    }
    guests.sort_unstable();
    (guests, persons as usize)
}

struct Chunk {
    starts: Vec<usize>,
    did: Vec<Did>,
    since: [i64; 5],
}

struct Reader<'a> {
    shop: &'a Shop<'a>,
    revenue: &'a Revenue<'a>,
    trail: &'a Trail,
    event_steps: &'a [Option<Step>],
    end: i64,
}

impl Reader<'_> {
    fn chunk(&self, persons: std::ops::Range<usize>) -> Chunk {
        let mut chunk = Chunk { starts: Vec::with_capacity(persons.len()), did: Vec::new(), since: [i64::MAX; 5] };
        let mut clock = DayClock::new(self.shop.definitions.zone);
        for person in persons {
            let first = chunk.did.len();
            chunk.starts.push(first);
            self.person(person, &mut clock, &mut chunk.did);
            chunk.did[first..].sort_unstable();
            for did in &chunk.did[first..] {
                let since = &mut chunk.since[did.step()];
                *since = (*since).min(did.at());
            }
        }
        chunk
    }

    fn person(&self, person: usize, clock: &mut DayClock, did: &mut Vec<Did>) {
        let Shop { data, signals, events, touches, .. } = *self.shop;
        for i in self.trail.touches(person).filter(|&i| touches.at[i] < self.end) {
            if let Some(step) = self.trail.touch_steps[usize::from(touches.kind[i])] {
                did.push(Did::new(touches.at[i], step));
            }
        }
        for order in self.trail.purchases(data, self.revenue, person) {
            did.push(Did::new(clock.local(data.orders.placed_at[order]), Step::Bought));
        }
        if person >= self.trail.customers {
            return;
        }
        let customer = person as u32;
        let first = events.customer.partition_point(|&other| other < customer);
        for i in (first..events.customer.len()).take_while(|&i| events.customer[i] == customer) {
            if let Some(step) = self.event_steps[usize::from(events.kind[i])].filter(|_| events.at[i] < self.end) {
                did.push(Did::new(events.at[i], step));
            }
        }
        let first = signals.views.partition_point(|view| view.customer < customer);
        let views = signals.views[first..].iter().take_while(|view| view.customer == customer);
        did.extend(views.filter(|view| view.at < self.end).map(|view| Did::new(view.at, Step::Considered)));
        let first = signals.carts.partition_point(|cart| cart.customer < customer);
        let carts = signals.carts[first..].iter().take_while(|cart| cart.customer == customer);
        did.extend(carts.filter(|cart| cart.at < self.end).map(|cart| Did::new(cart.at, Step::Started)));
    }
}

/// Whether a customer was there at the end of a day: had an account by then. Of an account of unknown age nobody can
/// tell, so that it counts where there is no order that would.
pub fn has_account(data: &Dataset, customer: usize, day: Day) -> bool {
    let created = data.customers.created[customer];
    created <= day && (created != NO_DAY || data.orders.of_customer(customer).is_empty())
}

/// The first things a person did that are at or after a moment.
pub fn from(did: &[Did], at: i64) -> &[Did] {
    &did[did.partition_point(|did| did.at() < at)..]
}

const _: () = assert!(STEPS.len() <= 8, "a step fits three bits");
