//! The lines of the palette: pages, segments, commands, workspaces, customers.

use std::path::PathBuf;

use super::score::fit;
use crate::analytics::segments::Segment;
use crate::ui::commands::{COMMANDS, Command, MENUS, PAGE_KEYS, key_text, page_key_text};
use crate::ui::cx::Cx;
use crate::ui::locale;
use crate::ui::panels::{PANELS, PanelId};
use crate::ui::settings::short_path;
use crate::ui::theme::{Icon, icons};
use crate::workspace::lists::CustomerListing;

/// What choosing a line does.
#[derive(Clone)]
pub enum Act {
    /// Goes to a page.
    Page(PanelId),
    /// Lists a segment's customers.
    Segment(Segment),
    /// Does a command.
    Command(&'static Command),
    /// Opens a workspace.
    Workspace(PathBuf),
    /// Opens the page of a customer: row id, and what the customer is called.
    Customer(u32, String),
}

/// A line of the palette.
#[derive(Clone)]
pub struct Line {
    /// Caption of its group.
    pub group: &'static str,
    /// Its icon.
    pub icon: Icon,
    /// What it is called.
    pub title: String,
    /// Where it belongs.
    pub remark: String,
    /// Its key.
    pub key: Option<String>,
    /// Why it cannot be done now.
    pub off: Option<&'static str>,
    /// What it does.
    pub act: Act,
    /// Which letters of the title were meant, in characters.
    pub letters: Vec<usize>,
    score: i32,
}

fn line(group: &'static str, icon: Icon, title: impl Into<String>, remark: impl Into<String>, act: Act) -> Line {
    let (title, remark) = (title.into(), remark.into());
    Line { group, icon, title, remark, key: None, off: None, act, letters: Vec::new(), score: 0 }
}

/// All lines there are, but for customers.
pub fn all(cx: &Cx) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(shop) = &cx.shop {
        for (i, panel) in PANELS.iter().enumerate() {
            let key = PAGE_KEYS.get(i).map(page_key_text);
            lines.push(Line { key, ..line("Pages", panel.icon, panel.title, panel.group, Act::Page(panel.id)) });
        }
        for row in shop.segments().iter().flat_map(|table| &table.rows) {
            let Some(segment) = row.segment else { continue };
            let remark = format!("segment, {} customers", locale::count(row.customers));
            lines.push(line("Segments", icons::MEMBERS, segment.name(), remark, Act::Segment(segment)));
        }
    }
    for command in COMMANDS {
        let menu = MENUS.iter().find(|(menu, _)| *menu == command.menu).map_or("", |(_, name)| name);
        let icon = command.icon.unwrap_or(icons::CHEVRON_RIGHT);
        let key = command.key.as_ref().map(key_text);
        let off = (command.enabled)(cx).err();
        lines.push(Line { key, off, ..line("Commands", icon, command.title, menu, Act::Command(command)) });
    }
    let here = cx.shop.as_ref().map(|shop| &shop.path);
    for recent in cx.settings.recent.iter().filter(|recent| Some(&recent.path) != here) {
        let act = Act::Workspace(recent.path.clone());
        lines.push(line("Workspaces", icons::DATA, &recent.name, short_path(&recent.path), act));
    }
    lines
}

/// Less than any fit of a title.
const BY_PLACE: i32 = -1_000;

/// A customer as a line.
pub fn customer(listing: &CustomerListing) -> Option<Line> {
    let known = [&listing.name, &listing.email, &listing.shop_id];
    let mut words = known.into_iter().flatten();
    let title = words.next()?.clone();
    let remark = words.next().cloned().unwrap_or_default();
    let act = Act::Customer(listing.id, title.clone());
    Some(line("Customers", icons::PERSON, title, remark, act))
}

/// The lines that fit what was typed: groups by their best line, lines by how well they fit.
pub fn fitting(lines: Vec<Line>, typed: &str) -> Vec<Line> {
    let mut found: Vec<Line> = lines.into_iter().filter_map(|line| fitted(line, typed)).collect();
    if typed.trim().is_empty() {
        return found;
    }
    let groups: Vec<(&str, i32)> = found.iter().map(|line| (line.group, line.score)).collect();
    let best = |group: &str| groups.iter().filter(|(g, _)| *g == group).map(|(_, score)| *score).max();
    // The sort is stable: what fits equally well keeps its order.
    found.sort_by_key(|line| (std::cmp::Reverse(best(line.group)), line.group, std::cmp::Reverse(line.score)));
    found
}

fn fitted(mut line: Line, typed: &str) -> Option<Line> {
    if let Some(found) = fit(typed, &line.title) {
        (line.score, line.letters) = (found.score, found.letters);
        return Some(line);
    }
    // "file open": the menu's name may be typed too; it counts less than the title.
    let with_place = format!("{} {}", line.remark, line.title);
    fit(typed, &with_place)?;
    line.score = BY_PLACE;
    Some(line)
}
