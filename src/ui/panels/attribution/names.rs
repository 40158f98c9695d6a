//! What channels are called: words of files at the left, the name they have at the right. The same name twice merges them.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Ui;

use crate::jobs::Progress;
use crate::model::channels::NamedBy;
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::shop::Home;
use crate::ui::slot::{Slot, View};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::remark;
use crate::ui::widgets::spreadsheet::{SheetColumn, SheetState, Spreadsheet};
use crate::workspace::touches::ChannelUse;

/// The drawer and what it remembers.
pub struct Names {
    /// Whether it is open.
    pub open: bool,
    uses: Slot<u64, Arc<Vec<ChannelUse>>>,
    state: SheetState,
}

impl Default for Names {
    fn default() -> Self {
        Self { open: false, uses: Slot::new("Reading what channels are called"), state: SheetState::default() }
    }
}

impl Names {
    /// Draws the drawer while it is open.
    pub fn show(&mut self, cx: &mut Cx, ui: &Ui) {
        if !self.open {
            return;
        }
        let Some(revision) = cx.shop.as_ref().map(|shop| shop.facts.revision) else { return };
        self.uses.ask(revision, || {
            cx.from_session(|home: &mut Home, _: &Progress| Ok(Ok(Arc::new(home.session()?.channels()?))))
        });
        let (View::Ready(uses) | View::Working(_, Some(uses))) = self.uses.view() else { return };
        let within = drawer::place(ui.ctx());
        let drawer =
            Drawer { title: "Channel names", line: "The same name twice makes one channel", within, scrolls: false };
        let mut written = Vec::new();
        let state = &mut self.state;
        self.open = !drawer.show(ui.ctx(), |ui| {
            remark(ui, "Type a name beside the words of your files; an empty name leaves them to themselves again");
            written = sheet(ui, &uses, state);
        });
        if !written.is_empty() {
            let changes: BTreeMap<String, Option<String>> = written.into_iter().collect();
            let work = move |home: &mut Home, _: &Progress| home.session()?.merge_channels(&changes);
            cx.write("Naming channels", work, |_, ()| {});
        }
    }
}

/// The sheet; gives words of files with the name they are to have.
fn sheet(ui: &mut Ui, uses: &[ChannelUse], state: &mut SheetState) -> Vec<(String, Option<String>)> {
    let columns = [
        SheetColumn::fixed("In files", 120.0, 1.0),
        SheetColumn::text("Name", 130.0, 1.0),
        SheetColumn::fixed("Why", 124.0, 0.0),
        SheetColumn::fixed("Touches", 76.0, 0.0),
    ];
    let groups = vec![String::new(); uses.len()];
    let value = |row: usize, column: usize| {
        let one = &uses[row];
        match column {
            0 if one.raw.is_empty() => "(nothing said)".to_owned(),
            0 => one.raw.clone(),
            1 => one.name.clone(),
            2 => one.by.words().to_owned(),
            _ => locale::count(one.touches),
        }
    };
    let sheet =
        Spreadsheet { name: "Channel names", columns: &columns, groups: &groups, value: &value, wrong: &|_, _| None };
    let shown = sheet.show(ui, state);
    let is_named = |row: usize| !uses[row].raw.is_empty();
    let kept = shown.written.into_iter().filter(|one| one.column == 1 && is_named(one.row));
    kept.filter_map(|one| {
        let (of, name) = (&uses[one.row], one.text.trim());
        // Only what the user merged can be left to itself again.
        let name = if name.is_empty() { None } else { Some(name.to_owned()) };
        (name.is_some() || of.by == NamedBy::Merged).then(|| (of.raw.clone(), name))
    })
    .collect()
}
