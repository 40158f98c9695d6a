//! Changes of the open shop that its pages ask for.

use super::cx::{Cx, Purpose};
use super::dialog::Ask;
use crate::analytics::segments::{Segment, SegmentRules};

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

    pub fn open_sample(&mut self) {}
    pub fn import_files(&mut self, _paths: Vec<std::path::PathBuf>) {}
    pub fn refresh_imports(&mut self) {}
    pub fn export_members(&mut self, _format: &'static dyn crate::report::table_export::TableFormat) {}
}
