//! Touchpoints: moments at which somebody met the shop on some channel. Read on first use, beside the
//! [`super::Dataset`] of the same revision, whose positions they use.
//!
//! Moments are seconds of the shop's clock, as those of [`super::signals`]: a day has 86,400 of them.

use serde::Serialize;

/// The touch is not tied to an order by its file.
pub const NO_ORDER: u32 = u32::MAX;

/// How touches were tied to somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tied {
    /// By the shop's customer id or an e-mail.
    pub by_customer: u64,
    /// By the order that they name or came with.
    pub by_order: u64,
    /// By a visitor id that another touch ties to a customer.
    pub by_visitor: u64,
    /// By a visitor id whom nobody knows: journeys of somebody without a name.
    pub unknown_visitors: u64,
    /// Name nobody whom the shop knows: left out of journeys, counted here.
    pub nobody: u64,
}

/// Touchpoints in columns, sorted by person, then moment.
///
/// A person is a customer index below [`Touches::customers`]; from there on visitors whom nothing ties to a customer,
/// and buyers of orders without identity, one each. Touches that name nobody at all are in no column, only in [`Tied`].
#[derive(Debug, Clone, Default)]
pub struct Touches {
    /// Who.
    pub person: Vec<u32>,
    /// When.
    pub at: Vec<i64>,
    /// Position in [`super::dataset::Orders`] of the order that the file says it belongs to, or [`NO_ORDER`].
    pub order: Vec<u32>,
    /// Channel, index into [`Touches::channels`].
    pub channel: Vec<u16>,
    /// Campaign, index into [`Touches::campaigns`]; 0 = not said.
    pub campaign: Vec<u32>,
    /// What happened (visit, click, open …), index into [`Touches::kinds`].
    pub kind: Vec<u16>,
    /// Device, index into [`Touches::devices`]; 0 = not said.
    pub device: Vec<u16>,
    /// What it cost, minor units of the shop's currency; `None` = not said.
    pub cost: Vec<Option<i64>>,
    /// Names of channels after merging.
    pub channels: Vec<String>,
    /// Names of campaigns; entry 0 is empty.
    pub campaigns: Vec<String>,
    /// Kinds, in lower case.
    pub kinds: Vec<String>,
    /// Devices, in lower case; entry 0 is empty.
    pub devices: Vec<String>,
    /// Number of customers of the dataset: persons from here on have no name.
    pub customers: u32,
    /// Number of persons, customers included.
    pub persons: u32,
    /// How they were tied.
    pub tied: Tied,
    /// Revision of the imported data this was read at.
    pub revision: u64,
}

impl Touches {
    /// Number of touches.
    pub fn len(&self) -> usize {
        self.person.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.person.is_empty()
    }

    /// Positions of the touches of each person who has any, in order.
    pub fn by_person(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut begin = 0;
        self.person.chunk_by(|a, b| a == b).map(move |run| {
            let range = begin..begin + run.len();
            begin = range.end;
            range
        })
    }
}
