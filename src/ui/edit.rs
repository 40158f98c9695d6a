//! Changes of the open shop that its pages ask for.

use super::cx::{Cx, MemberFilter, counted};
use super::dialog::Ask;
use super::importing::Stage;
use super::notices::{Act, Made};
use super::panels::PanelId;
use super::panels::customers::list::{Sort, members};
use super::paths::Purpose;
use super::settings::short_path;
use super::shop::Home;
use super::theme::Tone;
use crate::analytics::rfm;
use crate::analytics::segments::{Segment, SegmentRules};
use crate::jobs::Progress;
use crate::model::Definitions;
use crate::report::table_export::TableFormat;

impl Cx {
    /// Asks for files to import.
    pub fn ask_import(&mut self) {
        self.ask_path(Purpose::Import, Ask::Files);
    }

    /// Keeps a typed personalization focus.
    pub fn set_focus_text(&mut self, segment: Segment, text: String) {
        let Some(shop) = &mut self.shop else { return };
        shop.facts.focus.insert(segment, text.clone());
        self.write("Saving", move |home, _| home.session()?.set_segment_focus(segment, &text), |_, ()| {});
    }

    /// Shows the table under other cut-offs at once; keeps them when `keep`.
    pub fn try_rules(&mut self, rules: SegmentRules, keep: bool) {
        let Some(shop) = &mut self.shop else { return };
        let current = shop.segments().map(|table| table.rules);
        if shop.facts.rules.is_none() && current == Some(rules) {
            return;
        }
        shop.facts.rules = Some(rules);
        if keep {
            self.write("Saving", move |home, _| home.session()?.set_segment_rules(Some(rules)), |_, ()| {});
        }
    }

    /// Takes the cut-offs from the shop's own distribution again.
    pub fn reset_rules(&mut self) {
        let Some(shop) = &mut self.shop else { return };
        shop.facts.rules = None;
        self.write("Saving", |home, _| home.session()?.set_segment_rules(None), |_, ()| {});
    }

    /// Scores customers another way at once; keeps it when `keep`.
    pub fn set_scored(&mut self, settings: rfm::Settings, keep: bool) {
        let Some(shop) = &mut self.shop else { return };
        shop.facts.scored = settings.clone();
        if keep {
            self.write("Saving", move |home, _| home.session()?.set_rfm_settings(&settings), |_, ()| {});
        }
    }

    /// Names the shop.
    pub fn set_shop_name(&mut self, name: String) {
        let work = move |home: &mut Home, _: &Progress| {
            home.session()?.set_shop(&name)?;
            Ok(name)
        };
        self.write("Saving", work, |cx, name| {
            if let Some(path) = cx.shop.as_ref().map(|shop| shop.path.clone()) {
                cx.settings.opened(&path, &name);
            }
        });
    }

    /// Changes what the shop means by its words.
    pub fn set_definitions(&mut self, definitions: Definitions) {
        let work = move |home: &mut Home, _: &Progress| home.session()?.set_definitions(definitions);
        self.write("Saving", work, |cx, ()| {
            let undo = cx.made(1);
            cx.notices.tell(Tone::Good, "Definitions saved", "Every figure follows them", undo);
        });
    }

    /// The offer to undo the newest steps, for the notice that tells of them; none where no step was made.
    pub fn made(&self, steps: usize) -> Option<Act> {
        let shop = self.shop.as_ref()?;
        let newest = shop.facts.history.done.first().filter(|_| steps > 0)?.clone();
        Some(Act::Undo(Made { newest, steps }))
    }

    /// Undoes the steps that a notice told of, all of them or, when others came after them, none.
    pub fn undo_made(&mut self, made: Made) {
        let undo = move |home: &mut Home, _: &Progress| {
            let session = home.session()?;
            if session.history()?.done.first() != Some(&made.newest) {
                return Ok(None);
            }
            let mut label = String::new();
            for n in 0..made.steps {
                let Some(step) = session.undo()? else { break };
                label = if n == 0 { step.label } else { format!("{}, {label}", step.label) };
            }
            Ok(Some(label))
        };
        self.write("Undo", undo, |cx, label| match label {
            Some(label) => {
                cx.import = cx.import.take().filter(|flow| flow.stage != Stage::Done);
                cx.notices.tell(Tone::Good, "Undone", label, None);
            }
            None => {
                let line = "Other steps were made or undone since; undo them one by one";
                cx.notices.tell(Tone::Info, "Nothing was undone", line, None);
            }
        });
    }

    /// Lists the customers of a segment, without the filters of before.
    pub fn show_members(&mut self, segment: Option<Segment>) {
        self.members = MemberFilter { segment, ..MemberFilter::default() };
        self.go(PanelId::Customers);
    }

    /// Saves the customers that a filter lets through.
    pub fn export_members(&mut self, filter: MemberFilter, format: &'static dyn TableFormat) {
        let Some(shop) = &self.shop else { return };
        let Some((_, table, data)) = shop.segments_with_data() else { return };
        let (table, data) = (table.clone(), data.clone());
        let name = filter.segment.map_or("Customers", Segment::name).replace('/', " ");
        let extension = format.extension();
        self.ask_save(Ask::Save { name: format!("{name}.{extension}"), extension }, move |cx, path| {
            let shown = short_path(&path);
            let work = move |home: &mut Home, progress: &Progress| {
                let session = home.session()?;
                let search = filter.search.trim();
                let found = if search.is_empty() { None } else { Some(session.find_customers(search)?) };
                let sort = Sort::of(None);
                let list = members((&table, None), &data, &filter, found.as_deref(), sort, progress)?;
                session.export_members(&data, &table, &list, &path, format, progress)
            };
            cx.command("Saving customers", "rows", work, move |cx, result| match result {
                Ok(written) => {
                    let title = format!("{} saved", counted(written.rows, "customer", "customers"));
                    cx.notices.tell(Tone::Good, title, shown, None);
                }
                Err(error) => cx.notices.failed("The customers were not saved", &error),
            });
        });
    }
}
