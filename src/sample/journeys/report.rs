//! What web analytics report of the journeys: purchases by day and the channel of the last touch. Visits that led to
//! nothing are in no such report.

use std::collections::BTreeMap;

use super::super::{CURRENCY, Shop, ZONE};
use crate::model::Day;
use crate::model::record::{Record, VisitRecord};

impl Shop {
    /// Purchases and their value, as web analytics count them: by the day and channel of the visit that ended with one.
    pub fn purchase_reports(&self) -> impl Iterator<Item = Record> + '_ {
        let mut sums: BTreeMap<(Day, usize), (i64, i64)> = BTreeMap::new();
        for journey in self.journeys() {
            let Some((order, last)) = journey.order.zip(journey.path.last()) else { continue };
            let order = self.order(order);
            let (purchases, revenue) = sums.entry((ZONE.day(order.placed_at), *last)).or_default();
            *purchases += 1;
            *revenue += order.basket.total;
        }
        sums.into_iter().map(|((day, channel), (purchases, revenue))| {
            Record::Visits(Box::new(VisitRecord {
                line: 0,
                day,
                until: None,
                campaign: None,
                channel: Some(self.truth.journeys.channels[channel].name().to_owned()),
                source: None,
                users: None,
                sessions: None,
                conversions_milli: None,
                purchases: Some(purchases),
                revenue: Some(revenue),
                currency: Some(CURRENCY),
            }))
        })
    }
}
