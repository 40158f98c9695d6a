//! Touchpoints by person: what files call people and orders becomes customers and orders here, by what is known of them
//! at the time of reading.

mod channels;
mod known;
mod of_person;

use std::collections::hash_map::Entry;

use rusqlite::Connection;
use rustc_hash::FxHashMap;

use super::load::read_customers;
use super::{Result, Workspace};
use crate::jobs::Progress;
use crate::model::channels::{ChannelNames, Said};
use crate::model::dataset::{Dataset, NO_CUSTOMER};
use crate::model::time::DayClock;
use crate::model::touch::{NO_ORDER, Tied};
use crate::model::{Currency, Definitions, Touches, Zone};
pub use channels::ChannelUse;
use known::Known;
pub(super) use of_person::touches_of;

/// What a handle names: 0 = an e-mail address, above it the label of the shop system whose customer id it is.
pub(super) type Space = i64;
/// The id of a browser or device.
pub(super) const VISITOR: Space = -1;
/// Key or number of an order, as [`order_name`] has it.
pub(super) const ORDER: Space = -2;

/// Rows between two looks at the cancel flag.
const STEP: usize = 65_536;

/// A person nobody knows yet.
const NOBODY: u32 = u32::MAX;

/// The name of an order without what files write before it, in lower case.
pub(super) fn order_name(text: &str) -> String {
    text.trim().trim_start_matches('#').to_lowercase()
}

impl Workspace {
    /// Reads the touchpoints of the shop that `data` was read from, in the same zone, under these names of channels.
    pub fn touches(&self, data: &Dataset, zone: Zone, names: &ChannelNames, progress: &Progress) -> Result<Touches> {
        let customers = data.customers.id.len() as u32;
        let mut touches =
            Touches { customers, persons: customers, revision: self.data_revision()?, ..Touches::default() };
        if !self.has_touches()? {
            return Ok(touches);
        }
        let index_of = read_customers(&self.connection, zone)?.1;
        let known = Known::read(&self.connection, &index_of, data)?;
        let mut rows = Rows { definitions: self.definitions()?, ..Rows::default() };
        rows.read(&self.connection, &known, (data, names), zone, progress)?;
        progress.step(0)?;
        let person = rows.persons(&known, data, &mut touches);
        progress.step(0)?;
        rows.arrange(person, &mut touches);
        Ok(touches)
    }

    /// Whether the file knows touchpoints: one of an older Cartwright that is opened for reading does not.
    pub(super) fn has_touches(&self) -> Result<bool> {
        self.has_table("handle")
    }
}

/// Touchpoints as they stand in the file, in columns.
#[derive(Default)]
struct Rows {
    at: Vec<i64>,
    /// The customer whom the row names, itself or by its order, or [`NOBODY`].
    customer: Vec<u32>,
    /// Handle of the visitor; 0 = none.
    visitor: Vec<u32>,
    order: Vec<u32>,
    channel: Vec<u16>,
    campaign: Vec<u32>,
    kind: Vec<u16>,
    device: Vec<u16>,
    cost: Vec<Option<i64>>,
    channels: Words<u16>,
    campaigns: Words<u32>,
    kinds: Words<u16>,
    devices: Words<u16>,
    definitions: Definitions,
    tied: Tied,
}

impl Rows {
    fn read(
        &mut self,
        connection: &Connection,
        known: &Known,
        (data, names): (&Dataset, &ChannelNames),
        zone: Zone,
        progress: &Progress,
    ) -> Result<()> {
        let mut clock = DayClock::new(zone);
        let label = |id: u32| data.labels.get(id as usize).map_or("", String::as_str);
        let mut channel_of: FxHashMap<[u32; 3], u16> = FxHashMap::default();
        self.campaigns.number("");
        self.devices.number("");
        let sql = "SELECT at, email, account, visitor, order_named, order_id, kind, channel, source, medium, campaign,
                device, cost, currency FROM touchpoint";
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            if self.at.len().is_multiple_of(STEP) {
                progress.step(0)?;
            }
            let id = |column| row.get::<_, u32>(column);
            let order = known.order(id(5)?, id(4)?);
            let buyer = if order == NO_ORDER { NO_CUSTOMER } else { data.orders.customer[order as usize] };
            let named = known.customer(id(2)?, id(1)?);
            self.tied.by_customer += u64::from(named != NOBODY);
            self.tied.by_order += u64::from(named == NOBODY && order != NO_ORDER);
            let by_order = if buyer == NO_CUSTOMER { NOBODY } else { buyer };
            self.at.push(clock.local(row.get(0)?));
            self.customer.push(if named == NOBODY { by_order } else { named });
            self.visitor.push(id(3)?);
            self.order.push(order);
            let said = [id(7)?, id(8)?, id(9)?];
            self.channel.push(match channel_of.entry(said) {
                Entry::Occupied(number) => *number.get(),
                Entry::Vacant(slot) => *slot.insert(self.channels.number(&named_channel(names, said.map(label)))),
            });
            self.campaign.push(self.campaigns.of_label(id(10)?, label));
            self.kind.push(self.kinds.of_label(id(6)?, label));
            self.device.push(self.devices.of_label(id(11)?, label));
            let currency = Currency::parse(label(id(13)?));
            let cost = row.get::<_, Option<i64>>(12)?.zip(currency);
            self.cost.push(cost.and_then(|(cost, currency)| self.definitions.convert(cost, currency)));
        }
        Ok(())
    }

    /// Who each row is of, [`NOBODY`] where the shop knows nobody.
    fn persons(&mut self, known: &Known, data: &Dataset, touches: &mut Touches) -> Vec<u32> {
        let visitors = Visitors::new(self, known.handles());
        let mut visitor_person = vec![NOBODY; known.handles()];
        // Buyers without identity are who their visitor is, whichever row says so.
        let mut buyers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut person = vec![NOBODY; self.at.len()];
        for (i, person) in person.iter_mut().enumerate() {
            let (customer, visitor) = (self.customer[i], self.visitor[i]);
            *person = match visitors.customer(visitor, self.at[i]) {
                _ if customer != NOBODY => customer,
                tied if tied != NOBODY => tied,
                _ if visitor != 0 => {
                    let slot = &mut visitor_person[visitor as usize];
                    if *slot == NOBODY {
                        *slot = touches.persons;
                        touches.persons += 1;
                    }
                    *slot
                }
                _ => NOBODY,
            };
            let by_visitor = customer == NOBODY && visitor != 0 && self.order[i] == NO_ORDER;
            self.tied.by_visitor += u64::from(by_visitor && *person < touches.customers);
            self.tied.unknown_visitors += u64::from(by_visitor && *person >= touches.customers);
            if self.order[i] != NO_ORDER && *person != NOBODY && is_nameless(data, self.order[i]) {
                buyers.entry(self.order[i]).or_insert(*person);
            }
        }
        for (person, &order) in person.iter_mut().zip(&self.order).filter(|(person, _)| **person == NOBODY) {
            if order == NO_ORDER {
                self.tied.nobody += 1;
                continue;
            }
            *person = *buyers.entry(order).or_insert_with(|| {
                touches.persons += 1;
                touches.persons - 1
            });
        }
        person
    }

    /// Sorts by person, then moment, column by column so that only one is ever held twice.
    fn arrange(self, person: Vec<u32>, touches: &mut Touches) {
        let mut order: Vec<u32> = (0_u32..).take(person.len()).filter(|&i| person[i as usize] != NOBODY).collect();
        order.sort_unstable_by_key(|&i| (person[i as usize], self.at[i as usize], i));
        fn arranged<T: Copy>(column: Vec<T>, order: &[u32]) -> Vec<T> {
            order.iter().map(|&i| column[i as usize]).collect()
        }
        touches.person = arranged(person, &order);
        touches.at = arranged(self.at, &order);
        touches.order = arranged(self.order, &order);
        touches.channel = arranged(self.channel, &order);
        touches.campaign = arranged(self.campaign, &order);
        touches.kind = arranged(self.kind, &order);
        touches.device = arranged(self.device, &order);
        touches.cost = arranged(self.cost, &order);
        touches.channels = self.channels.texts;
        touches.campaigns = self.campaigns.texts;
        touches.kinds = self.kinds.texts;
        touches.devices = self.devices.texts;
        touches.tied = self.tied;
    }
}

fn is_nameless(data: &Dataset, order: u32) -> bool {
    data.orders.customer[order as usize] == NO_CUSTOMER
}

fn named_channel(names: &ChannelNames, [channel, source, medium]: [&str; 3]) -> String {
    let said = |text| Some(text).filter(|text: &&str| !text.is_empty());
    names.name(&Said { channel: said(channel), source: said(source), medium: said(medium), ..Said::default() }).0
}

/// Which customer a visitor is: browsers are shared, so of several the next one who is named, else the last.
struct Visitors {
    /// By handle: the customer, or [`NOBODY`].
    customer: Vec<u32>,
    /// Visitors with several customers: when each was named, in order.
    several: FxHashMap<u32, Vec<(i64, u32)>>,
}

impl Visitors {
    fn new(rows: &Rows, handles: usize) -> Self {
        let mut visitors = Self { customer: vec![NOBODY; handles], several: FxHashMap::default() };
        let named = || (0..rows.at.len()).filter(|&i| rows.visitor[i] != 0 && rows.customer[i] != NOBODY);
        for i in named() {
            let slot = &mut visitors.customer[rows.visitor[i] as usize];
            if *slot == NOBODY {
                *slot = rows.customer[i];
            } else if *slot != rows.customer[i] {
                visitors.several.entry(rows.visitor[i]).or_default();
            }
        }
        if !visitors.several.is_empty() {
            for i in named() {
                if let Some(times) = visitors.several.get_mut(&rows.visitor[i]) {
                    times.push((rows.at[i], rows.customer[i]));
                }
            }
            visitors.several.values_mut().for_each(|times| times.sort_unstable());
        }
        visitors
    }

    fn customer(&self, visitor: u32, at: i64) -> u32 {
        match self.several.get(&visitor) {
            None => self.customer.get(visitor as usize).copied().unwrap_or(NOBODY),
            Some(times) => {
                let next = times.partition_point(|(time, _)| *time < at);
                times.get(next).or(times.last()).map_or(NOBODY, |(_, customer)| *customer)
            }
        }
    }
}

/// Texts with numbers, those of labels found by the label.
#[derive(Default)]
struct Words<N> {
    texts: Vec<String>,
    numbers: FxHashMap<String, N>,
    of_label: FxHashMap<u32, N>,
}

impl<N: Copy + TryFrom<usize> + Default> Words<N> {
    /// The number of a text. More texts than numbers are the first one: no shop has so many.
    fn number(&mut self, text: &str) -> N {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let Ok(number) = N::try_from(self.texts.len()) else { return N::default() };
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn of_label<'l>(&mut self, id: u32, label: impl Fn(u32) -> &'l str) -> N {
        if let Some(number) = self.of_label.get(&id) {
            return *number;
        }
        let number = self.number(label(id));
        self.of_label.insert(id, number);
        number
    }
}
