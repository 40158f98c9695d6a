//! What keys do in a spreadsheet while nobody types into a cell.

use egui::{Event, EventFilter, Id, Key, Modifiers, Ui};

use super::{Kind, Pass, SheetState, Shown, Spreadsheet, Written};

/// What is to be done at the chosen cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Go so many rows down and columns to the right; negative = up, left.
    Go(isize, isize),
    /// Go on to the next cell in reading order, or back to the one before.
    Along(bool),
    /// To the first or last column of the row; with `true` of the whole sheet.
    Edge { last: bool, far: bool },
    /// Change what stands there.
    Edit,
    /// Replace what stands there by what is being typed.
    Type(String),
    /// Empty it.
    Clear,
    /// Copy it, and with `true` empty it.
    Copy(bool),
    /// Write these cells from here on, line by line.
    Paste(Vec<Vec<String>>),
}

/// The keys of this frame for a sheet that has the focus. At its ends Tab leaves it.
fn acts(ui: &Ui, id: Id, (first, last): (bool, bool)) -> Vec<Act> {
    let back = ui.input(|i| i.modifiers.shift);
    let tab = if back { !first } else { !last };
    let filter = EventFilter { tab, horizontal_arrows: true, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let mut found = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let act = act(event, tab);
            let taken = act.is_some();
            found.extend(act);
            !taken
        });
    });
    found
}

fn act(event: &Event, tab: bool) -> Option<Act> {
    match event {
        Event::Copy => Some(Act::Copy(false)),
        Event::Cut => Some(Act::Copy(true)),
        Event::Paste(text) => Some(Act::Paste(cells(text))),
        Event::Text(text) if !text.trim().is_empty() => Some(Act::Type(text.clone())),
        Event::Key { key, pressed: true, modifiers, .. } => of_key(*key, *modifiers, tab),
        _ => None,
    }
}

fn of_key(key: Key, modifiers: Modifiers, tab: bool) -> Option<Act> {
    let far = modifiers.command;
    match key {
        _ if modifiers.alt => None,
        Key::Home | Key::End => Some(Act::Edge { last: key == Key::End, far }),
        Key::Tab if tab && !far => Some(Act::Along(!modifiers.shift)),
        _ if far => None,
        Key::ArrowDown => Some(Act::Go(1, 0)),
        Key::ArrowUp => Some(Act::Go(-1, 0)),
        Key::ArrowRight => Some(Act::Go(0, 1)),
        Key::ArrowLeft => Some(Act::Go(0, -1)),
        Key::Enter | Key::F2 => Some(Act::Edit),
        Key::Delete | Key::Backspace => Some(Act::Clear),
        _ => None,
    }
}

/// Cells of a text as spreadsheets copy them: lines of cells that tabs part.
fn cells(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('\t').map(|cell| cell.trim().to_owned()).collect()).collect()
}

impl Spreadsheet<'_> {
    /// Does what the keys of this frame say.
    pub(super) fn follow(&self, ui: &Ui, pass: &mut Pass<'_>) {
        let last = (self.groups.len() - 1, self.columns.len() - 1);
        for act in acts(ui, pass.whole.id, (pass.state.at == (0, 0), pass.state.at == last)) {
            let at = pass.state.at;
            match (&act, &self.columns[at.1].kind) {
                (Act::Go(..) | Act::Along(_) | Act::Edge { .. }, _) => self.go(pass.state, &act),
                (Act::Edit, Kind::Fixed) => pass.shown.opened = Some(at.0),
                (Act::Edit, Kind::Text) => pass.state.typing = Some((self.value)(at.0, at.1)),
                (Act::Edit, Kind::Choice(_)) => {
                    ui.data_mut(|data| data.insert_temp(open_id(pass.whole.id), ()));
                }
                (Act::Type(text), Kind::Text) => pass.state.typing = Some(text.clone()),
                (Act::Type(letter), Kind::Choice(names)) => {
                    if let Some(next) = next_choice(names, &(self.value)(at.0, at.1), letter) {
                        pass.write(at, next);
                    }
                }
                (Act::Clear, Kind::Text) => pass.write(at, ""),
                (Act::Copy(cut), kind) => {
                    ui.ctx().copy_text((self.value)(at.0, at.1));
                    if *cut && *kind == Kind::Text {
                        pass.write(at, "");
                    }
                }
                (Act::Paste(block), _) => self.paste(block, at, pass.shown),
                (Act::Type(_) | Act::Clear, _) => {}
            }
        }
    }

    pub(super) fn go(&self, state: &mut SheetState, act: &Act) {
        let (rows, columns) = (self.groups.len(), self.columns.len());
        let (row, column) = state.at;
        state.bring = true;
        state.at = match act {
            Act::Go(down, right) => {
                (row.saturating_add_signed(*down).min(rows - 1), column.saturating_add_signed(*right).min(columns - 1))
            }
            Act::Along(on) => {
                let at = row * columns + column;
                let to = if *on { (at + 1).min(rows * columns - 1) } else { at.saturating_sub(1) };
                (to / columns, to % columns)
            }
            Act::Edge { last, far } => {
                let row = if *far { if *last { rows - 1 } else { 0 } } else { row };
                (row, if *last { columns - 1 } else { 0 })
            }
            _ => state.at,
        };
    }

    /// Writes a block of cells; what a choice does not know is left as it is.
    pub(super) fn paste(&self, block: &[Vec<String>], (row, column): (usize, usize), shown: &mut Shown) {
        for (down, line) in block.iter().enumerate().filter(|(down, _)| row + down < self.groups.len()) {
            for (right, text) in line.iter().enumerate() {
                let text = match self.columns.get(column + right).map(|column| &column.kind) {
                    Some(Kind::Text) => text.clone(),
                    Some(Kind::Choice(names)) => {
                        let same = names.iter().find(|name| name.to_lowercase() == text.to_lowercase());
                        let Some(name) = same else { continue };
                        name.clone()
                    }
                    Some(Kind::Fixed) | None => continue,
                };
                shown.written.push(Written { row: row + down, column: column + right, text });
            }
        }
    }
}

/// Where it is noted that the chosen cell's list is to be opened.
fn open_id(whole: Id) -> Id {
    whole.with("open the list")
}

/// Whether the list of the chosen cell is to be opened.
pub(super) fn take_open(ui: &Ui, whole: Id) -> bool {
    ui.data_mut(|data| data.remove_temp::<()>(open_id(whole))).is_some()
}

/// The next choice that begins with a letter, after the one that is there.
fn next_choice(names: &[String], is: &str, letter: &str) -> Option<String> {
    let at = names.iter().position(|name| name == is).map_or(0, |at| at + 1);
    let letter = letter.to_lowercase();
    let order = names.iter().cycle().skip(at).take(names.len());
    order.into_iter().find(|name| name.to_lowercase().starts_with(&letter)).cloned()
}

#[cfg(test)]
mod tests {
    use super::super::SheetColumn;
    use super::*;

    #[test]
    fn a_block_of_cells_is_read_as_it_was_copied() {
        assert_eq!(cells("a\tb\r\n\tc"), vec![vec!["a".to_owned(), "b".into()], vec![String::new(), "c".into()]]);
    }

    #[test]
    fn keys_that_belong_to_commands_are_left_alone() {
        assert_eq!(of_key(Key::ArrowDown, Modifiers::COMMAND, true), None);
        assert_eq!(of_key(Key::Tab, Modifiers::NONE, false), None, "at the end Tab leaves the sheet");
        assert_eq!(of_key(Key::Tab, Modifiers::SHIFT, true), Some(Act::Along(false)));
        assert_eq!(of_key(Key::End, Modifiers::COMMAND, true), Some(Act::Edge { last: true, far: true }));
    }

    #[test]
    fn a_letter_goes_through_the_choices_that_begin_with_it() {
        let names = ["Draft", "Live", "Done"].map(str::to_owned);
        assert_eq!(next_choice(&names, "Draft", "d").as_deref(), Some("Done"));
        assert_eq!(next_choice(&names, "Done", "D").as_deref(), Some("Draft"));
        assert_eq!(next_choice(&names, "Draft", "x"), None);
    }

    #[test]
    fn a_block_is_pasted_into_the_columns_that_take_it() {
        let columns = [
            SheetColumn::fixed("Touchpoint", 10.0, 0.0),
            SheetColumn::text("Tactic", 10.0, 0.0),
            SheetColumn::choice("Status", 10.0, ["Live"]),
        ];
        let groups = vec![String::new(); 2];
        let sheet = Spreadsheet {
            name: "",
            columns: &columns,
            groups: &groups,
            value: &|_, _| String::new(),
            wrong: &|_, _| None,
        };
        let mut shown = Shown::default();
        let block =
            [vec!["a".to_owned(), "live".into(), "beyond".into()], vec!["b".into(), "what".into()], vec!["c".into()]];
        sheet.paste(&block, (0, 1), &mut shown);
        let written: Vec<_> = shown.written.iter().map(|w| (w.row, w.column, w.text.as_str())).collect();
        assert_eq!(written, [(0, 1, "a"), (0, 2, "Live"), (1, 1, "b")]);
    }
}
