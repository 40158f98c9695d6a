//! Product paths: what buyers bought in their first, second and third order, and which first product brings them back.
//!
//! An order counts for one thing: the product (or category) that most was paid for in it, the lines of one product
//! taken together, prices less the discounts on the lines. Of equals the one on the earlier line counts. Orders without
//! known products are "Not known".
//!
//! Who has no further order is *open* while fewer than [`Settings::within`] days have passed since the last one, and
//! has *stopped* after that.

mod first;
mod walk;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use self::first::{First, LEAST, Standing};
use self::walk::Walk;
use super::door::share;
use super::revenue::Revenue;
use super::rules::Bits;
use crate::jobs::{Cancelled, Progress};
use crate::model::{Dataset, Day, Definitions, TooLittle};

/// What an order is taken to be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Its product.
    #[default]
    Product,
    /// The category of its products, as the shop names it.
    Category,
    /// The first level of that category: `Home` of `Home > Kitchen`.
    TopCategory,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Product, Self::Category, Self::TopCategory];

    /// Its key on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Category => "category",
            Self::TopCategory => "top-category",
        }
    }

    /// One of what is counted: `product`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Category => "category",
            Self::TopCategory => "top category",
        }
    }
}

/// Orders of a path at most.
pub const MOST_STEPS: usize = 4;
/// Things told apart at most.
pub const MOST_THINGS: usize = 40;

/// What to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What an order is taken to be of.
    pub by: By,
    /// Orders of a path, 2 to [`MOST_STEPS`].
    pub steps: usize,
    /// How many things are told apart, 1 to [`MOST_THINGS`]; the others stand together.
    pub top: usize,
    /// Days within which a next order is looked for, at least 1.
    pub within: i32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { by: By::Product, steps: 3, top: 12, within: 90 }
    }
}

/// A product or category, or what stands for the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What it is called, unless it is a product.
    pub name: String,
    /// Index of the product in the dataset: its name is in SQLite.
    pub product: Option<u32>,
}

/// The name of what is not among the most bought.
pub const OTHERS: &str = "All others";
/// The name of what orders without known products are of.
pub const NOT_KNOWN: &str = "Not known";

/// Where a path leads after an order: a thing by its place, or an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Next {
    /// An order of this thing, place in [`Paths::things`].
    Thing(u8),
    /// No further order, and the time for one has passed.
    Stopped,
    /// No further order yet.
    Open,
}

/// What a path has behind its end.
const NOWHERE: u8 = u8::MAX;
const OPEN: u8 = u8::MAX - 1;
const STOPPED: u8 = u8::MAX - 2;

/// Up to [`MOST_STEPS`] orders of a buyer, as places in [`Paths::things`] and an end.
type Track = [u8; MOST_STEPS];

fn next(code: u8) -> Option<Next> {
    match code {
        NOWHERE => None,
        OPEN => Some(Next::Open),
        STOPPED => Some(Next::Stopped),
        thing => Some(Next::Thing(thing)),
    }
}

/// Buyers whose order number n was of one thing, and what came after.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Place {
    /// Buyers with this order.
    pub buyers: u64,
    /// Of them, how many ordered again.
    pub went_on: u64,
    /// How many did not, though the time has passed.
    pub stopped: u64,
    /// How many did not yet.
    pub open: u64,
    /// Median of the whole days to the next order, of those who ordered again.
    pub median_days: Option<f64>,
}

impl Place {
    /// Share of the buyers who ordered again so far.
    pub fn share_went_on(&self) -> Option<f64> {
        share(self.went_on as f64, self.buyers as f64)
    }
}

/// From one order to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// By thing: what became of its buyers.
    pub places: Vec<Place>,
    /// Buyers by thing (rows), and by the thing of the next order (columns).
    pub counts: Vec<Vec<u64>>,
    /// All of them together.
    pub total: Place,
}

/// A path and who walked it.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Things, and perhaps an end.
    pub stations: Vec<Next>,
    /// Buyers who walked exactly this path.
    pub buyers: u64,
    /// Their share of all who began with the same thing.
    pub share: Option<f64>,
    /// Median of the whole days between its orders.
    pub median_days: Vec<Option<f64>>,
    track: Track,
}

/// Which buyers to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Those of a path, by its place in [`Paths::paths`].
    Path(usize),
    /// Those whose order number `step` (from 0) was of one thing, and what came after.
    Band {
        /// Number of the earlier order, from 0.
        step: usize,
        /// Its thing, place in [`Paths::things`].
        from: u8,
        /// What came after.
        to: Next,
    },
    /// Those who began with a thing, by its place in [`Paths::first`].
    First(usize),
}

/// The paths of a shop's buyers.
#[derive(Debug, Clone, PartialEq)]
pub struct Paths {
    /// All facts up to the end of this day.
    pub as_of: Day,
    /// Version of the definitions used.
    pub definitions: u32,
    /// What was asked for.
    pub settings: Settings,
    /// Identified customers with an order.
    pub buyers: u64,
    /// The things that are told apart, the most bought first; [`OTHERS`] last, where there are any.
    pub things: Vec<Thing>,
    /// From the first order to the second, from the second to the third …
    pub steps: Vec<Step>,
    /// Paths of at least two orders, the most walked first; those that pass [`OTHERS`] stand last.
    pub paths: Vec<Path>,
    /// Which first things bring buyers back, the largest first.
    pub first: Vec<First>,
    /// All buyers together.
    pub average: First,
    tracks: Vec<Track>,
    first_keys: Vec<u32>,
}

/// Paths that are listed.
const PATHS: usize = 100;

/// Follows the buyers of a shop through their first orders.
///
/// # Errors
/// The outer error says that the work was cancelled; the inner one that nobody ordered.
pub fn paths(
    data: &Dataset,
    definitions: &Definitions,
    as_of: Day,
    settings: Settings,
    progress: &Progress,
) -> Result<Result<Paths, TooLittle>, Cancelled> {
    let settings = Settings {
        steps: settings.steps.clamp(2, MOST_STEPS),
        top: settings.top.clamp(1, MOST_THINGS),
        within: settings.within.max(1),
        ..settings
    };
    let revenue = Revenue::new(data, definitions, as_of);
    let keys = walk::Keys::new(data, settings.by);
    let walks = walk::walks(data, &revenue, &keys, settings.steps, progress)?;
    let buyers = walks.iter().filter(|walk| walk.orders > 0).count() as u64;
    if buyers == 0 {
        return Ok(Err(TooLittle { have: 0, need: 1, what: "orders of identified customers" }));
    }
    let (things, place_of) = keys.most_bought(&walks, settings);
    progress.step(0)?;
    let tracks: Vec<Track> = walks.iter().map(|walk| walk.track(&place_of, as_of, settings)).collect();
    let steps = (0..settings.steps - 1).map(|step| from_to(step, things.len(), &walks, &tracks)).collect();
    progress.step(0)?;
    let (first, average) = first::first(&keys, &walks, as_of, settings.within);
    progress.step(0)?;
    Ok(Ok(Paths {
        as_of,
        definitions: definitions.version,
        settings,
        buyers,
        steps,
        paths: most_walked(&walks, &tracks, &things),
        first,
        average,
        things,
        first_keys: walks.iter().map(|walk| if walk.orders > 0 { walk.keys[0] } else { u32::MAX }).collect(),
        tracks,
    }))
}

impl Paths {
    /// The customers of a row or band, by index.
    pub fn picked(&self, pick: Pick) -> Bits {
        let of = |holds: &(dyn Fn(usize) -> bool + Sync)| Bits::of(self.tracks.len(), holds);
        match pick {
            Pick::Path(at) => {
                let Some(path) = self.paths.get(at) else { return Bits::none(self.tracks.len()) };
                of(&|c| self.tracks[c] == path.track)
            }
            Pick::Band { step, from, to } => of(&|c| {
                let track = &self.tracks[c];
                track.get(step) == Some(&from) && track.get(step + 1).copied().and_then(next) == Some(to)
            }),
            Pick::First(at) => {
                let Some(first) = self.first.get(at) else { return Bits::none(self.tracks.len()) };
                of(&|c| self.first_keys[c] == first.key)
            }
        }
    }
}

impl Walk {
    fn track(&self, place_of: &[u8], as_of: Day, settings: Settings) -> Track {
        let mut track = [NOWHERE; MOST_STEPS];
        let orders = usize::from(self.orders);
        if orders == 0 {
            return track;
        }
        for (slot, &key) in track.iter_mut().zip(&self.keys[..orders]) {
            *slot = place_of[key as usize];
        }
        if orders < settings.steps {
            let is_open = as_of.0 - self.days[orders - 1].0 < settings.within;
            track[orders] = if is_open { OPEN } else { STOPPED };
        }
        track
    }

    /// Whole days from order `step` (from 0) to the next one.
    fn gap(&self, step: usize) -> Option<i32> {
        (step + 1 < usize::from(self.orders)).then(|| self.days[step + 1].0 - self.days[step].0)
    }
}

fn from_to(step: usize, things: usize, walks: &[Walk], tracks: &[Track]) -> Step {
    let mut counts = vec![vec![0; things]; things];
    let mut places = vec![Place::default(); things];
    let mut gaps: Vec<Vec<i32>> = vec![Vec::new(); things];
    for (walk, track) in walks.iter().zip(tracks) {
        let (Some(Next::Thing(from)), Some(to)) = (next(track[step]), next(track[step + 1])) else { continue };
        let place = &mut places[usize::from(from)];
        place.buyers += 1;
        match to {
            Next::Thing(to) => {
                place.went_on += 1;
                counts[usize::from(from)][usize::from(to)] += 1;
                gaps[usize::from(from)].extend(walk.gap(step));
            }
            Next::Stopped => place.stopped += 1,
            Next::Open => place.open += 1,
        }
    }
    let mut total = Place::default();
    for (place, gaps) in places.iter_mut().zip(&mut gaps) {
        place.median_days = median(gaps);
        total.buyers += place.buyers;
        total.went_on += place.went_on;
        total.stopped += place.stopped;
        total.open += place.open;
    }
    total.median_days = median(&mut gaps.concat());
    Step { places, counts, total }
}

/// The most walked paths of at least two orders. What stands for many things is no path to learn from: it comes last.
fn most_walked(walks: &[Walk], tracks: &[Track], things: &[Thing]) -> Vec<Path> {
    let others = things.iter().position(|thing| thing.name == OTHERS && thing.product.is_none());
    let is_vague = |track: &Track| track.iter().any(|&station| Some(usize::from(station)) == others);
    let mut begun = [0_u64; u8::MAX as usize + 1];
    let mut walked: FxHashMap<Track, u64> = FxHashMap::default();
    for track in tracks.iter().filter(|track| track[0] < STOPPED) {
        begun[usize::from(track[0])] += 1;
        if track[1] < STOPPED {
            *walked.entry(*track).or_default() += 1;
        }
    }
    let mut order: Vec<(Track, u64)> = walked.into_iter().collect();
    order.sort_unstable_by_key(|&(track, n)| (is_vague(&track), std::cmp::Reverse(n), track));
    order.truncate(PATHS);
    let at: FxHashMap<Track, usize> = order.iter().enumerate().map(|(at, &(track, _))| (track, at)).collect();
    let mut gaps = vec![<[Vec<i32>; MOST_STEPS - 1]>::default(); order.len()];
    for (walk, track) in walks.iter().zip(tracks) {
        if let Some(&at) = at.get(track) {
            gaps[at].iter_mut().enumerate().for_each(|(step, gaps)| gaps.extend(walk.gap(step)));
        }
    }
    let path = |((track, buyers), mut gaps): ((Track, u64), [Vec<i32>; MOST_STEPS - 1])| {
        let stations: Vec<Next> = track.iter().copied().map_while(next).collect();
        let orders = stations.iter().filter(|station| matches!(station, Next::Thing(_))).count();
        let median_days = gaps.iter_mut().take(orders - 1).map(|gaps| median(gaps)).collect();
        Path { stations, buyers, share: share(buyers as f64, begun[usize::from(track[0])] as f64), median_days, track }
    };
    order.into_iter().zip(gaps).map(path).collect()
}

/// The middle value; between the two middle ones of an even number.
fn median(values: &mut [i32]) -> Option<f64> {
    let n = values.len();
    let (below, &mut upper, _) = (n > 0).then(|| values.select_nth_unstable(n / 2))?;
    let lower = if n % 2 == 1 { upper } else { below.iter().copied().max()? };
    Some((f64::from(lower) + f64::from(upper)) / 2.0)
}
