//! What the page's buttons do: saving, copying SQL, writing files.

use std::sync::Arc;

use egui::Ui;

use super::{Builder, Editing};
use crate::analytics::rules::Members;
use crate::analytics::rules::sql::{Dialect, Target, sql};
use crate::jobs::Progress;
use crate::model::Rule;
use crate::ops::segments::{SavedSegment, library_of};
use crate::report::audience::{PLATFORMS, Platform};
use crate::report::table_export::{TABLE_FORMATS, TableFormat};
use crate::ui::cx::{Cx, MemberFilter, counted};
use crate::ui::dialog::Ask;
use crate::ui::settings::short_path;
use crate::ui::shop::Home;
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets::Button;
use crate::ui::widgets::menu::{menu_item, menu_line, menu_of};

impl Builder {
    pub(super) fn actions(&mut self, cx: &mut Cx, ui: &mut Ui) {
        let Some(shop) = &cx.shop else { return };
        let currency = shop.facts.definitions.currency;
        let rule = self.editing.as_ref().and_then(|editing| editing.rule.read(currency).ok());
        let own = shop.facts.handed_over.is_none();
        let saved = self.editing.as_ref().and_then(|e| shop.facts.segments.iter().find(|s| s.id == e.id));
        let as_saved = saved.map(|segment| Editing::of(segment, currency));
        let changed = self.editing != as_saved;
        let named = self.editing.as_ref().is_some_and(|editing| !editing.name.trim().is_empty());
        let save = Button::accent("Save").icon(icons::CHECK).enabled(own && changed && named && rule.is_some());
        if ui.add(save).clicked()
            && let Some(rule) = &rule
        {
            self.save(cx, rule.clone());
        }
        let export = ui.add(Button::new("Export").icon(icons::DOWNLOAD).chevron().enabled(rule.is_some()));
        menu_of(&export, |ui| {
            for format in TABLE_FORMATS {
                let label = format!("Members as {}…", format.title());
                if menu_item(ui, &label, Some(icons::MEMBERS), None, false).clicked() {
                    self.save_members(cx, *format);
                }
            }
            menu_line(ui);
            for platform in PLATFORMS {
                let label = format!("{}, hashed…", platform.title);
                if menu_item(ui, &label, Some(icons::LOCK), None, false).clicked() {
                    self.save_audience(cx, platform);
                }
            }
            if let Some(rule) = rule.as_ref().filter(|_| own) {
                menu_line(ui);
                self.hold_out_items(cx, ui, rule);
            }
        });
        let copy = ui.add(Button::new("Copy SQL").icon(icons::COPY).chevron().enabled(rule.is_some()));
        menu_of(&copy, |ui| {
            for dialect in Dialect::ALL {
                let note = if dialect.is_tested() { "" } else { " (untested)" };
                if menu_item(ui, &format!("For {}{note}", dialect.name()), None, None, false).clicked()
                    && let Some(rule) = &rule
                {
                    copy_sql(cx, ui, rule, dialect);
                }
            }
        });
        if let Some(as_saved) = as_saved.filter(|_| changed)
            && ui.add(Button::plain("Revert").icon(icons::RESET)).clicked()
        {
            self.editing = Some(as_saved);
        }
    }

    fn save(&mut self, cx: &mut Cx, rule: Rule) {
        let Some(editing) = &self.editing else { return };
        let segment = SavedSegment {
            id: editing.id,
            name: editing.name.trim().to_owned(),
            description: editing.description.trim().to_owned(),
            rule,
        };
        self.awaited = Some(segment.name.clone());
        let name = segment.name.clone();
        let work = move |home: &mut Home, _: &Progress| {
            let session = home.session()?;
            if segment.id == 0 {
                session.add_segment(&segment.name, &segment.description, &segment.rule)
            } else {
                session.change_segment(&segment)
            }
        };
        cx.write("Saving the segment", work, move |cx, ()| {
            let undo = cx.made(1);
            cx.notices.tell(Tone::Good, format!("“{name}” saved"), "It stands wherever a segment is asked for", undo);
        });
    }

    /// Saves members with their figures.
    fn save_members(&self, cx: &mut Cx, format: &'static dyn TableFormat) {
        let Some(group) = self.found.latest().and_then(|(_, found)| found.as_ref().as_ref().ok().cloned()) else {
            return;
        };
        cx.export_members(MemberFilter { picked: Some(group.picked), ..MemberFilter::default() }, format);
    }

    /// Saves the hashed file of a platform and says who was left out.
    fn save_audience(&self, cx: &mut Cx, platform: &'static Platform) {
        let Some(group) = self.found.latest().and_then(|(_, found)| found.as_ref().as_ref().ok().cloned()) else {
            return;
        };
        let Some(sieve) = self.sieve.latest().map(|(_, sieve)| Arc::clone(sieve)) else { return };
        let name = format!("{} {}.csv", group.picked.name.replace(['/', '\\', ':'], " "), platform.name);
        cx.ask_save(Ask::Save { name, extension: "csv" }, move |cx, path| {
            let shown = short_path(&path);
            let work = move |home: &mut Home, progress: &Progress| {
                let unknown = crate::analytics::rules::Bits::none(group.picked.members.len());
                let members = Members { yes: group.picked.members.clone(), unknown };
                home.session()?.export_audience(&sieve, &members, platform, &path, progress)
            };
            cx.command("Saving the audience", "rows", work, move |cx, result| match result {
                Ok(done) => {
                    let title = format!(
                        "{} of {} saved for {}",
                        counted(done.rows, "row", "rows"),
                        counted(done.members, "member", "members"),
                        platform.title
                    );
                    let left = done.left_out();
                    cx.notices.tell(Tone::Good, title, if left.is_empty() { shown } else { left }, None);
                }
                Err(error) => cx.notices.failed("The audience was not saved", &error),
            });
        });
    }
}

fn copy_sql(cx: &mut Cx, ui: &Ui, rule: &Rule, dialect: Dialect) {
    let Some(shop) = &cx.shop else { return };
    let resolved = library_of(&shop.facts.segments).resolve(rule).and_then(|rule| rule.check().map(|()| rule));
    let target = Target { dialect, as_of: shop.as_of(), currency: shop.facts.definitions.currency };
    match resolved {
        Ok(rule) => {
            ui.ctx().copy_text(sql(&rule, target));
            let title = format!("SQL for {} copied", dialect.name());
            let line = "It reads the tables that the command export-tables writes";
            cx.notices.tell(Tone::Good, title, line, None);
        }
        Err(why) => cx.notices.tell(Tone::Warning, "No SQL was copied", why, None),
    }
}
