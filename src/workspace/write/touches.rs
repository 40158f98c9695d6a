//! Touchpoints: they keep what files call people and orders. Who that is, is asked on reading
//! ([`super::super::touches`]), so that files may come in any order.

use rusqlite::params;

use super::super::keys::KeyTable;
use super::super::touches::{ORDER, Space, VISITOR, order_name};
use super::people::People;
use super::{Change, Context, Error, Result};
use crate::model::record::TouchRecord;

/// Touchpoints whose people and orders no file has named yet, in the counts of an import.
const OF_NOBODY_KNOWN: &str = "touchpoints of nobody known yet";

/// The writer of touchpoints.
#[derive(Default)]
pub struct Touches {
    handles: Option<Handles>,
}

/// What people and orders are called, in memory once a file has touchpoints.
struct Handles {
    keys: KeyTable,
    next: u32,
}

impl Touches {
    /// Stores a touchpoint; the same one again changes nothing. `order` is the order, if the record before it was the
    /// one it belongs to.
    pub fn accept(
        &mut self,
        touch: &TouchRecord,
        order: Option<u32>,
        context: &mut Context<'_>,
        people: &People<'_>,
    ) -> Result<()> {
        let mut handles = match self.handles.take() {
            Some(handles) => handles,
            None => Handles::load(context)?,
        };
        // An order and its buyer are known by the order; only what a file of touchpoints says is kept in words.
        let named = |text: &Option<String>| text.clone().filter(|_| order.is_none());
        let email = handles.id(0, named(&touch.customer.email), context)?;
        let account = handles.id(i64::from(context.origin), named(&touch.customer.shop_id), context)?;
        let visitor = handles.id(VISITOR, touch.visitor.clone(), context)?;
        let order_named = handles.id(ORDER, named(&touch.order).map(|name| order_name(&name)), context)?;
        self.handles = Some(handles);
        let shop_currency = context.currency;
        let labels = &mut context.labels;
        let mut label = |text: Option<&str>| Ok::<u32, Error>(labels.optional(text)?.unwrap_or(0));
        let kind = label(Some(&touch.kind))?;
        let channel = label(touch.channel.as_deref())?;
        let source = label(touch.source.as_deref())?;
        let medium = label(touch.medium.as_deref())?;
        let campaign = label(touch.campaign.as_deref())?;
        let device = label(touch.device.as_deref())?;
        let currency = touch.currency.unwrap_or(shop_currency);
        let currency = label(touch.cost.map(|_| currency.code()))?;
        let sql =
            "INSERT INTO touchpoint (at, email, account, visitor, order_named, order_id, kind, channel, source, medium,
                campaign, device, cost, currency, landing, referrer, import_id, line)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let new = context.connection.prepare_cached(sql)?.execute(params![
            touch.at,
            email,
            account,
            visitor,
            order_named,
            order.unwrap_or(0),
            kind,
            channel,
            source,
            medium,
            campaign,
            device,
            touch.cost,
            currency,
            touch.landing,
            touch.referrer,
            context.import,
            touch.line as i64
        ])?;
        let change = if new > 0 { Change::Created } else { Change::Unchanged };
        context.tally.add("touchpoints", change, 1);
        let unknown = order.is_none() && touch.visitor.is_none() && !people.knows(&touch.customer, context);
        if unknown && !handles_known_order(touch, context)? {
            context.tally.add(OF_NOBODY_KNOWN, change, 1);
        }
        Ok(())
    }
}

/// Whether the order that a touchpoint names is there already.
fn handles_known_order(touch: &TouchRecord, context: &Context<'_>) -> Result<bool> {
    let Some(order) = &touch.order else { return Ok(false) };
    let sql = "SELECT EXISTS (SELECT 1 FROM orders WHERE key IN (?1, '#' || ?1, ?2))";
    Ok(context.connection.prepare_cached(sql)?.query_row([&order_name(order), order], |row| row.get(0))?)
}

impl Handles {
    fn load(context: &Context<'_>) -> Result<Self> {
        let mut handles = Self { keys: KeyTable::default(), next: 1 };
        let mut select = context.connection.prepare("SELECT id, space, value FROM handle")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (id, space): (u32, Space) = (row.get(0)?, row.get(1)?);
            handles.keys.set(space as u32, row.get_ref(2)?.as_str().unwrap_or_default(), id);
            handles.next = handles.next.max(id.saturating_add(1));
        }
        Ok(handles)
    }

    /// The id of a name, made when it is new; 0 for none.
    fn id(&mut self, space: Space, value: Option<String>, context: &Context<'_>) -> Result<u32> {
        let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(0) };
        let key = self.keys.key(space as u32, &value);
        if let Some(id) = self.keys.at(key) {
            return Ok(id);
        }
        let id = self.next;
        self.next = id.checked_add(1).ok_or_else(|| Error::Refused("too many visitors".into()))?;
        let sql = "INSERT INTO handle (id, space, value, import_id) VALUES (?, ?, ?, ?)";
        context.connection.prepare_cached(sql)?.execute(params![id, space, value, context.import])?;
        self.keys.set_at(key, id);
        Ok(id)
    }
}
