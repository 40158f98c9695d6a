//! The omnichannel table filled: who uses which channel, and where the revenue comes from.
//!
//! An order belongs to exactly one channel: the one that its sales channel speaks of, else that of the last touch before
//! it, else the website. A customer uses a channel who ordered there in the period, or came through it.

use serde::Serialize;

use super::follow::net;
use super::ground::share;
use super::trail::{DAY, Shop, Trail};
use crate::analytics::revenue::Revenue;
use crate::jobs::{Cancelled, Progress};
use crate::model::journey::{mentions, plain};
use crate::model::omnichannel::{Channel, Known, Omnichannel, known};
use crate::model::time::DayClock;
use crate::model::{Currency, Day};

/// A figure of a table: typed, or from data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Told {
    /// What counts: what was typed, else what the data say.
    pub value: Option<f64>,
    /// Whether it was typed.
    pub is_typed: bool,
    /// What the data say, also where something was typed.
    pub data: Option<f64>,
}

impl Told {
    /// What was typed, else what the data say.
    pub fn of(typed: Option<f64>, data: Option<f64>) -> Self {
        Self { value: typed.or(data), is_typed: typed.is_some(), data }
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelRow {
    /// Its stable name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What is personal there.
    pub features: String,
    /// How its data come to the others.
    pub sync: String,
    /// Share of the customers active in the period who used it.
    pub usage: Told,
    /// 0–10.
    pub satisfaction: Told,
    /// Share of the revenue of the period.
    pub revenue: Told,
    /// Active customers who used it.
    pub customers: u64,
    /// Orders that belong to it.
    pub orders: u64,
    /// Their revenue, minor units.
    pub amount: i64,
}

/// The table filled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OmnichannelTable {
    /// Everything up to the end of this day.
    pub as_of: Day,
    /// First and last day that count, both included.
    pub period: (Day, Day),
    /// Currency of all money.
    pub currency: Currency,
    /// Customers who ordered or came in the period.
    pub active: u64,
    /// Channels, in the order of the table, those that are hidden left out.
    pub rows: Vec<ChannelRow>,
}

/// Which rows the labels of orders and the channels, devices and kinds of touches belong to.
struct Belongs {
    orders: Vec<Option<usize>>,
    touches: Vec<Vec<usize>>,
    /// The channel of an order whose last touch was this one.
    last: Vec<Option<usize>>,
    devices: Vec<Option<usize>>,
    website: Option<usize>,
}

impl Belongs {
    fn new(shop: &Shop<'_>, rows: &[&Channel]) -> Self {
        let own = |row: &Channel, name: &str| row.words.iter().any(|word| plain(word) == plain(name));
        let touched = |row: &Channel, name: &str| {
            let standard = known(&row.id).is_some_and(|of| of.touches.iter().any(|one| one.name() == name));
            standard || own(row, name)
        };
        let website = rows.iter().position(|row| row.id == "website");
        // Of several that could be meant the narrower one: the website takes what is nobody else's.
        let narrow = |name: &str| (0..rows.len()).find(|&n| Some(n) != website && touched(rows[n], name));
        let device = |name: &str| {
            let says = |of: &Known| of.devices.contains(&plain(name).as_str());
            (0..rows.len()).find(|&n| Some(n) != website && known(&rows[n].id).is_some_and(says))
        };
        let t = shop.touches;
        Self {
            orders: shop.data.labels.iter().map(|label| of_order(rows, label)).collect(),
            touches: t
                .channels
                .iter()
                .map(|name| (0..rows.len()).filter(|&n| touched(rows[n], name)).collect())
                .collect(),
            last: t.channels.iter().map(|name| narrow(name)).collect(),
            devices: t.devices.iter().map(|name| device(name)).collect(),
            website,
        }
    }
}

/// The row whose longest word the sales channel of an order speaks of.
fn of_order(rows: &[&Channel], label: &str) -> Option<usize> {
    let longest = |row: &Channel| {
        let words = known(&row.id).map_or(&[][..], |of| of.orders).iter().copied();
        let words = words.chain(row.words.iter().map(String::as_str));
        words.filter(|word| mentions(label, word)).map(str::len).max().unwrap_or(0)
    };
    let found =
        rows.iter().enumerate().map(|(n, row)| (longest(row), n)).max_by_key(|(length, n)| (*length, usize::MAX - n));
    found.filter(|(length, _)| *length > 0).map(|(_, n)| n)
}

/// The table filled from the shop.
///
/// # Errors
/// When the work was cancelled.
pub fn omnichannel(
    shop: &Shop<'_>,
    trail: &Trail,
    table: &Omnichannel,
    period: (Day, Day),
    within_days: u32,
    progress: &Progress,
) -> Result<OmnichannelTable, Cancelled> {
    let shown: Vec<&Channel> = table.channels.iter().filter(|channel| !channel.hidden).collect();
    let belongs = Belongs::new(shop, &shown);
    let revenue = Revenue::new(shop.data, shop.definitions, shop.as_of);
    let (data, touches) = (shop.data, shop.touches);
    let window = (i64::from(period.0.0) * DAY, ((i64::from(period.1.0) + 1) * DAY).min(shop.end()));
    let within = i64::from(within_days) * DAY;
    let mut clock = DayClock::new(shop.definitions.zone);
    let (mut users, mut orders, mut amounts) =
        (vec![0_u64; shown.len()], vec![0_u64; shown.len()], vec![0_i64; shown.len()]);
    let (mut active, mut all) = (0_u64, 0_i64);
    let mut used = vec![false; shown.len()];
    for person in 0..trail.persons {
        if person % 65_536 == 0 {
            progress.step(person as u64)?;
        }
        used.fill(false);
        let mut came = false;
        let range = trail.touches(person);
        let visit = |i: usize| trail.touch_steps[usize::from(touches.kind[i])].is_some();
        let in_window = |i: usize| (window.0..window.1).contains(&touches.at[i]);
        for i in range.clone().filter(|&i| visit(i) && in_window(i)) {
            came = true;
            match belongs.devices[usize::from(touches.device[i])] {
                Some(row) => used[row] = true,
                None => belongs.touches[usize::from(touches.channel[i])].iter().for_each(|&row| used[row] = true),
            }
        }
        for order in trail.purchases(data, &revenue, person) {
            let day = data.orders.day[order];
            if day < period.0 || day > period.1 {
                continue;
            }
            came = true;
            let at = clock.local(data.orders.placed_at[order]);
            let before = range.start + touches.at[range.clone()].partition_point(|&touch| touch <= at);
            let last = || (range.start..before).rev().take_while(|&i| touches.at[i] >= at - within).find(|&i| visit(i));
            let by_word = belongs.orders[data.orders.channel[order] as usize];
            let by_touch = || belongs.last[usize::from(touches.channel[last()?])];
            let named = by_word.filter(|row| Some(*row) != belongs.website);
            let value = net(&revenue, order);
            all += value;
            if let Some(row) = named.or_else(by_touch).or(belongs.website) {
                (orders[row], amounts[row], used[row]) = (orders[row] + 1, amounts[row] + value, true);
            }
        }
        if came && person < trail.customers {
            active += 1;
            users.iter_mut().zip(&used).for_each(|(users, used)| *users += u64::from(*used));
        }
    }
    let row = |(n, channel): (usize, &&Channel)| {
        // Where nothing at all was seen, nobody can tell whether there is nothing or nothing was told.
        let is_seen = users[n] > 0 || orders[n] > 0;
        let of_revenue = (is_seen && all > 0).then(|| amounts[n] as f64 / all as f64);
        ChannelRow {
            id: channel.id.clone(),
            name: channel.name.clone(),
            features: channel.features.clone(),
            sync: channel.sync.clone(),
            usage: Told::of(channel.usage, share(users[n], active).filter(|_| is_seen)),
            satisfaction: Told::of(channel.satisfaction, None),
            revenue: Told::of(channel.revenue, of_revenue),
            customers: users[n],
            orders: orders[n],
            amount: amounts[n],
        }
    };
    let rows = shown.iter().enumerate().map(row).collect();
    Ok(OmnichannelTable { as_of: shop.as_of, period, currency: shop.definitions.currency, active, rows })
}
