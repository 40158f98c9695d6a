//! During a sale: what came so far against what should have come by now, by tier and product.

use std::cmp::Ordering;

use egui::{Rect, Sense, Ui, vec2};

use super::before::paragraph;
use super::course;
use crate::analytics::pacing::said;
use crate::ops::aftermath::Pacing;
use crate::ops::sale_results::SaleResults;
use crate::report::table_export::Value;
use crate::ui::cx::Cx;
use crate::ui::locale::{self, counted};
use crate::ui::theme::{self, Tone};
use crate::ui::widgets::card::card_at;
use crate::ui::widgets::verdict::Verdict;
use crate::ui::widgets::{Column, Table, TableState};

/// The tables and what they remember.
#[derive(Default)]
pub struct DuringTables {
    tiers: TableState,
    products: TableState,
}

impl DuringTables {
    /// Draws everything that is known of a sale that is going on.
    pub fn show(&mut self, cx: &mut Cx, ui: &mut Ui, found: &SaleResults, pacing: &Pacing, target: Option<i64>) {
        let t = theme::of(ui);
        let currency = found.currency;
        let tone = match pacing.revenue.stands() {
            Some(Ordering::Less) => Tone::Warning,
            Some(_) => Tone::Good,
            None => Tone::Info,
        };
        let clock = said::clock(pacing.span, pacing.now);
        let sentence =
            format!("{}: {}", crate::ui::widgets::text::capital(&clock), said::verdict(&pacing.revenue, currency));
        Verdict { tone, sentence: &sentence, reason: &said::pace(&pacing.revenue, currency) }.show(ui);
        if let Some(days) = &found.course {
            course::show(
                cx,
                ui,
                days,
                currency,
                "What came so far, over what the days would have brought anyway",
                None,
            );
        }
        let mut sentences = vec![said::pace(&pacing.orders, currency)];
        let taken = &pacing.taken;
        sentences.push(format!(
            "Discounts of {} were given on {} of {}",
            locale::money(taken.discounts, currency),
            locale::count(taken.discounted),
            counted(taken.orders, "order", "orders")
        ));
        if let (Some(target), Some((end, _))) = (target, pacing.revenue.projected()) {
            sentences.push(format!(
                "Going on like this it reaches {} of its target of {}",
                locale::percent(end / target as f64, 0),
                locale::money(target, currency)
            ));
        }
        paragraph(ui, "How it goes on", &sentences);
        let rows = found.plan.tiers.len().max(pacing.products.len()) as f32;
        let size = vec2(ui.available_width(), t.row().header + rows * t.row().normal);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let middle = rect.center().x;
        self.tiers(cx, ui, rect.with_max_x(middle - t.shell().gutter / 2.0), found, pacing);
        self.products(cx, ui, rect.with_min_x(middle + t.shell().gutter / 2.0), found, pacing);
    }

    fn tiers(&mut self, cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &SaleResults, pacing: &Pacing) {
        let currency = found.currency;
        let columns = [
            Column::text("Offer", 150.0).grow(1.0),
            Column::number("Baskets", 80.0),
            Column::number(format!("Gives them ({})", currency.code()), 130.0),
            Column::number("Goods paid", 110.0),
        ];
        let tiers = &found.plan.tiers;
        let of = |row: u64| {
            let at = usize::try_from(row).ok()?;
            Some((tiers.get(at)?, pacing.replay.as_ref()?.tiers.get(at)?))
        };
        let rows = if pacing.replay.is_some() { tiers.len() as u64 } else { 0 };
        let mut shown = None;
        card_at(ui, rect, 0.0, |ui| {
            let table = Table::new("Offers so far", &columns, rows, theme::of(ui).row().normal).plain();
            shown = Some(table.show(ui, &mut self.tiers, |row, column, cell| {
                let Some((tier, sums)) = of(row) else { return };
                match column {
                    0 => cell.label(&tier.name),
                    1 => cell.text(&locale::count(sums.applied)),
                    2 => cell.text(&locale::money(sums.discount + sums.shipping + sums.gifts, currency)),
                    _ => cell.text(&locale::money(sums.baskets.revenue(), currency)),
                }
            }));
        });
        if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
            cx.deliver(wanted, |row, column| match (of(row), column) {
                (Some((tier, _)), 0) => Value::Text(tier.name.clone()),
                (Some((_, sums)), 1) => Value::Count(sums.applied),
                (Some((_, sums)), 2) => Value::Money(sums.discount + sums.shipping + sums.gifts, currency),
                (Some((_, sums)), _) => Value::Money(sums.baskets.revenue(), currency),
                (None, _) => Value::Empty,
            });
        }
    }

    fn products(&mut self, cx: &mut Cx, ui: &mut Ui, rect: Rect, found: &SaleResults, pacing: &Pacing) {
        let currency = found.currency;
        let columns = [
            Column::text("Product", 180.0).grow(1.0),
            Column::number("Units so far", 100.0),
            Column::number(format!("Paid ({})", currency.code()), 110.0),
        ];
        let of = |row: u64| usize::try_from(row).ok().and_then(|row| pacing.products.get(row));
        let mut shown = None;
        card_at(ui, rect, 0.0, |ui| {
            let rows = pacing.products.len() as u64;
            let table = Table::new("Products so far", &columns, rows, theme::of(ui).row().normal).plain();
            shown = Some(table.show(ui, &mut self.products, |row, column, cell| {
                let Some((name, units, paid)) = of(row) else { return };
                match column {
                    0 => cell.label(name),
                    1 => cell.text(&locale::number(*units, 0)),
                    _ => cell.text(&locale::money(*paid, currency)),
                }
            }));
        });
        if let Some(wanted) = shown.and_then(|shown| shown.wanted) {
            cx.deliver(wanted, |row, column| match (of(row), column) {
                (Some((name, ..)), 0) => Value::Text(name.clone()),
                (Some((_, units, _)), 1) => Value::Number(*units),
                (Some((.., paid)), _) => Value::Money(*paid, currency),
                (None, _) => Value::Empty,
            });
        }
    }
}
