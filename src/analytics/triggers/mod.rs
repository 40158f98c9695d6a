//! All sequences together replayed over the shop's history: who would have got what on which day.
//!
//! Each customer is walked through time: what happened (orders, refusals, messages files tell of), what would have
//! started a sequence, and what would have been due then, in this order at any one moment. Nothing is made up about how
//! people would have answered: history stays as it was, so that a purchase after a message is one that happened without
//! it.
//!
//! `ground` reads what concerns the whole shop, `life` one customer, `fire` finds what starts a sequence, `walk` goes
//! through time, `tally` sums, `said` puts it into sentences.

mod audience;
mod fire;
mod ground;
mod life;
mod missing;
pub mod said;
mod tally;
mod walk;

use rayon::prelude::*;

use self::ground::Ground;
use self::life::Life;
use self::tally::Tally;
use self::walk::Walked;
use crate::analytics::rules::Bits;
use crate::jobs::{Cancelled, Progress};
use crate::model::sequence::{Pressure, Sequence};
use crate::model::time::DayClock;
use crate::model::{Currency, Dataset, Day, Definitions, Details, Signals};

pub use self::audience::{Audiences, Monthly, month_ends};
pub use self::missing::Missing;
pub use self::tally::{MessageOutcome, Replay, SequenceOutcome};

/// A replay stays readable, and a head's week fits the eye.
pub const MOST_SEQUENCES: usize = 40;

/// Customers in one task.
const CHUNK: usize = 2_048;

/// Sequences, limits, and the shop they are replayed on.
pub struct Question<'a> {
    /// The shop.
    pub data: &'a Dataset,
    /// Consents, addresses and birth dates.
    pub details: &'a Details,
    /// Carts, looks and observed products.
    pub signals: &'a Signals,
    /// What its words mean.
    pub definitions: &'a Definitions,
    /// All sequences; those that are not active are left out.
    pub sequences: &'a [Sequence],
    /// Limits for all of them.
    pub pressure: &'a Pressure,
    /// Members of every rule the sequences ask.
    pub audiences: &'a Audiences,
    /// The last day that is replayed.
    pub as_of: Day,
}

/// What became of one message for one customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Fate {
    /// It would have been sent.
    Sent,
    /// No address for its channel is known.
    NoAddress,
    /// The customer had refused its channel.
    Refused,
    /// No file tells whether the customer agreed by then.
    Unknown,
    /// Held back: the day's limit was reached.
    HeldDay,
    /// Held back: the limit of seven days was reached.
    HeldWeek,
    /// Held back: the limit of thirty days was reached.
    HeldMonth,
    /// The customer bought and left before it was due.
    Bought,
    /// The customer refused its channel and left before it was due.
    Unsubscribed,
    /// The customer entered another sequence and left before it was due.
    Elsewhere,
    /// A condition was not met.
    Condition,
    /// It was not due yet when history ends.
    Open,
}

impl Fate {
    /// Every fate, in the order of their numbers.
    pub const ALL: [Self; 12] = [
        Self::Sent,
        Self::NoAddress,
        Self::Refused,
        Self::Unknown,
        Self::HeldDay,
        Self::HeldWeek,
        Self::HeldMonth,
        Self::Bought,
        Self::Unsubscribed,
        Self::Elsewhere,
        Self::Condition,
        Self::Open,
    ];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::NoAddress => "no address",
            Self::Refused => "consent refused",
            Self::Unknown => "consent unknown",
            Self::HeldDay => "held back: limit of the day",
            Self::HeldWeek => "held back: limit of 7 days",
            Self::HeldMonth => "held back: limit of 30 days",
            Self::Bought => "bought before",
            Self::Unsubscribed => "unsubscribed before",
            Self::Elsewhere => "left for another sequence",
            Self::Condition => "condition not met",
            Self::Open => "not due yet",
        }
    }

    /// Whether it came due.
    pub fn is_due(self) -> bool {
        self <= Self::HeldMonth
    }

    /// Whether the customer could have been written to: it was sent or held back.
    pub fn is_wanted(self) -> bool {
        matches!(self, Self::Sent | Self::HeldDay | Self::HeldWeek | Self::HeldMonth)
    }
}

/// One message of a sequence for one customer who entered it. Moments are seconds of the shop's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Customer index.
    pub customer: u32,
    /// Place in [`Question::sequences`].
    pub sequence: u16,
    /// Place in its steps.
    pub step: u16,
    /// When the customer entered.
    pub entered: i64,
    /// When it was due, or the customer left; the end of history for what is not due yet.
    pub at: i64,
    /// What became of it.
    pub fate: Fate,
    /// Whether it was sent although no file tells of consent.
    pub assumed: bool,
    /// Whether the customer bought after entering and before it was due.
    pub bought_before: bool,
    /// Whether history covers all days in which a purchase counts as following it.
    pub settled: bool,
    /// Orders that followed it: the last message before them, within its days. Of settled ones only.
    pub orders: u32,
    /// Their revenue before refunds, minor units.
    pub revenue: i64,
    /// What its offer would have taken off these orders, minor units.
    pub given: i64,
}

impl Row {
    /// The day of the message.
    pub fn day(&self) -> Day {
        day_of(self.at)
    }

    /// The day on which the customer entered.
    pub fn entered_on(&self) -> Day {
        day_of(self.entered)
    }
}

/// The day of a moment.
pub(crate) fn day_of(at: i64) -> Day {
    Day(i32::try_from(at.div_euclid(crate::model::sequence::DAY)).unwrap_or(i32::MAX))
}

/// Replays all sequences.
///
/// # Errors
/// When the work was cancelled.
pub fn replay(question: &Question<'_>, progress: &Progress) -> Result<Replay, Cancelled> {
    let ground = Ground::new(question, progress)?;
    let customers = question.data.customers.id.len();
    progress.expect(customers as u64);
    let chunks = customers.div_ceil(CHUNK);
    let tally = (0..chunks)
        .into_par_iter()
        .map(|chunk| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut tally = Tally::new(&ground);
            each(&ground, chunk * CHUNK..customers.min((chunk + 1) * CHUNK), |walked| tally.add(walked));
            Ok(tally)
        })
        .try_reduce_with(|a, b| Ok(a.and(b)))
        .unwrap_or_else(|| Ok(Tally::new(&ground)))?;
    progress.step(customers as u64)?;
    Ok(tally.finish(&ground))
}

/// The messages that are wanted, by customer and in the order of their moments.
///
/// # Errors
/// When the work was cancelled.
pub fn rows(
    question: &Question<'_>,
    wanted: impl Fn(&Row) -> bool + Sync,
    progress: &Progress,
) -> Result<Vec<Row>, Cancelled> {
    let ground = Ground::new(question, progress)?;
    let customers = question.data.customers.id.len();
    let chunks: Vec<Vec<Row>> = (0..customers.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut found = Vec::new();
            each(&ground, chunk * CHUNK..customers.min((chunk + 1) * CHUNK), |walked| {
                found.extend(walked.rows.iter().filter(|row| wanted(row)));
            });
            Ok(found)
        })
        .collect::<Result<_, _>>()?;
    Ok(chunks.concat())
}

/// Who would have been written to, by sequence.
///
/// # Errors
/// When the work was cancelled.
pub fn reached(question: &Question<'_>, progress: &Progress) -> Result<Vec<Bits>, Cancelled> {
    let ground = Ground::new(question, progress)?;
    let customers = question.data.customers.id.len();
    let chunks: Vec<Vec<(u16, u32)>> = (0..customers.div_ceil(CHUNK))
        .into_par_iter()
        .map(|chunk| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let mut found = Vec::new();
            each(&ground, chunk * CHUNK..customers.min((chunk + 1) * CHUNK), |walked| {
                let sent = walked.rows.iter().filter(|row| row.fate == Fate::Sent);
                found.extend(sent.map(|row| (row.sequence, row.customer)));
            });
            found.sort_unstable();
            found.dedup();
            Ok(found)
        })
        .collect::<Result<_, _>>()?;
    let mut reached = vec![Bits::none(customers); question.sequences.len()];
    for (sequence, customer) in chunks.into_iter().flatten() {
        reached[usize::from(sequence)].insert(customer as usize);
    }
    Ok(reached)
}

/// Walks some customers.
fn each(ground: &Ground<'_>, customers: std::ops::Range<usize>, mut see: impl FnMut(&Walked)) {
    let mut clock = DayClock::new(ground.question.definitions.zone);
    let (mut life, mut walked) = (Life::default(), Walked::default());
    for customer in customers {
        life.read(ground, customer, &mut clock);
        walk::walk(ground, &life, &mut walked);
        see(&walked);
    }
}

/// What an offer takes off an order of this value.
fn given(offer: crate::model::sequence::Offer, value: i64, currency: Currency) -> i64 {
    use crate::model::sequence::Offer;
    let value = value.max(0);
    match offer {
        Offer::Percent(percent) => {
            let exact = i128::from(value) * i128::from(percent.0);
            i64::try_from((exact + 5_000) / 10_000).unwrap_or(value)
        }
        // An amount of another currency promises nothing that could be told.
        Offer::Amount(amount) if amount.currency == currency => amount.minor.clamp(0, value),
        Offer::Amount(_) => 0,
    }
}
