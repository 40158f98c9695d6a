//! Holding out a part of the members: two lists for the mailing tool, and what the comparison will be able to see.

use std::sync::Arc;

use egui::Ui;

use super::Builder;
use crate::analytics::holdout::{Drawn, Settings, Size};
use crate::jobs::Progress;
use crate::model::rule::Words;
use crate::model::{Currency, Day, Rule};
use crate::report::table_export::TABLE_FORMATS;
use crate::ui::cx::{Cx, counted};
use crate::ui::dialog::Ask;
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets::menu::menu_item;

/// Shares that can be held out.
const SHARES: [f64; 2] = [0.1, 0.3];
/// Days in which orders count.
const DAYS: i32 = 28;

impl Builder {
    /// Lines of the export menu.
    pub(super) fn hold_out_items(&self, cx: &mut Cx, ui: &mut Ui, rule: &Rule) {
        for share in SHARES {
            let label = format!("Two lists, {} held out…", locale::percent(share, 0));
            if menu_item(ui, &label, Some(icons::COMPARE), None, false).clicked() {
                self.hold_out(cx, rule, share);
            }
        }
    }

    fn hold_out(&self, cx: &mut Cx, rule: &Rule, share: f64) {
        let Some((_, sieve)) = self.sieve.latest() else { return };
        let (sieve, rule) = (Arc::clone(sieve), rule.clone());
        let (as_of, currency) = (sieve.as_of, sieve.shop.definitions.currency);
        let starts = Day(as_of.0 + 1);
        let named = self.editing.as_ref().map(|editing| editing.name.trim().to_owned()).filter(|name| !name.is_empty());
        let name = format!("{} {starts}", named.unwrap_or_else(|| "Hold-out".to_owned()));
        let sentence = rule.sentence(Words { locale: locale::current(), currency });
        let settings = Settings { size: Size::Share(share), seed: 1, days: DAYS };
        let Some(format) = TABLE_FORMATS.iter().rev().find(|format| format.extension() == "csv").copied() else {
            return;
        };
        let file = format!("{}.csv", name.replace(['/', '\\', ':'], " "));
        cx.ask_save(Ask::Save { name: file, extension: "csv" }, move |cx, path| {
            let kept = name.clone();
            let work = move |home: &mut Home, progress: &Progress| {
                let session = home.session()?;
                let resolved = session.resolved(&rule)?;
                let drawn = session.draw_holdout(&sieve, &resolved, &settings, Some(as_of), progress)?;
                let drawn = drawn.map_err(|missing| {
                    anyhow::anyhow!("it takes {} {}, and there are {}", missing.need, missing.what, missing.have)
                })?;
                let data = &*sieve.shop.data;
                session.export_holdout(data, &drawn, (&path, format), false, progress)?;
                session.keep_holdout(&kept, &sentence, (&drawn, data), &settings, starts)?;
                Ok(drawn)
            };
            cx.write("Holding out", work, move |cx, drawn| {
                let undo = cx.made(1);
                cx.notices.tell(Tone::Good, format!("“{name}” is held out"), seen(&drawn, currency), undo);
            });
        });
    }
}

/// Who is held out, and what that will be able to show.
fn seen(drawn: &Drawn, currency: Currency) -> String {
    let held = counted(drawn.control.len() as u64, "customer", "customers");
    let written = locale::count(drawn.written.len() as u64);
    let v = &drawn.visible;
    let share = v.share.map_or_else(
        || "no difference of conversion can be seen".to_owned(),
        |share| {
            let points = locale::number(share * 100.0, 1);
            format!("a difference of {points} points beside the usual {} is seen", locale::percent(v.usual, 1))
        },
    );
    format!(
        "{held} are not written to, {written} are; in {DAYS} days {share}, and one of {} per head",
        locale::money(v.revenue_each.round() as i64, currency)
    )
}
