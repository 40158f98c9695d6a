//! Everything a key or a menu can do. Menus, shortcuts and the list of shortcuts read this one list.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::cx::{Cx, NewSegment};
use super::dialog::Ask;
use super::importing::Stage;
use super::modal::Modal;
use super::palette::Palette;
use super::panels::PanelId;
use super::paths::Purpose;
use super::settings::ThemeChoice;
use super::shop::Shop;
use super::theme::{Icon, icons};
use super::widgets::typing;

/// A menu of the top bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// Workspaces.
    File,
    /// Going back, finding.
    Edit,
    /// What is seen and how.
    View,
    /// What comes in.
    Data,
    /// Explanations.
    Help,
}

/// The menus from left to right.
pub const MENUS: [(Menu, &str); 5] =
    [(Menu::File, "File"), (Menu::Edit, "Edit"), (Menu::View, "View"), (Menu::Data, "Data"), (Menu::Help, "Help")];

/// Something that can be done.
pub struct Command {
    /// Where it stands.
    pub menu: Menu,
    /// What it is called.
    pub title: &'static str,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Its key.
    pub key: Option<KeyboardShortcut>,
    /// Whether a line stands above it.
    pub line: bool,
    /// Another key that does the same.
    pub also: Option<KeyboardShortcut>,
    /// Whether it can be done now; else why not.
    pub enabled: fn(&Cx) -> Result<(), &'static str>,
    /// Whether it is a choice that is on.
    pub chosen: fn(&Cx) -> bool,
    /// Does it.
    pub run: fn(&mut Cx),
}

const CTRL: Modifiers = Modifiers::COMMAND;

const fn key(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(CTRL, key))
}

/// Redo as other programs have it.
const REDO_TOO: Option<KeyboardShortcut> = Some(KeyboardShortcut::new(CTRL.plus(Modifiers::SHIFT), Key::Z));

const fn bare(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::NONE, key))
}

const fn command(menu: Menu, title: &'static str, run: fn(&mut Cx)) -> Command {
    Command { menu, title, icon: None, key: None, also: None, line: false, enabled: always, chosen: never, run }
}

fn always(_: &Cx) -> Result<(), &'static str> {
    Ok(())
}

fn when(can: bool, else_why: &'static str) -> Result<(), &'static str> {
    if can { Ok(()) } else { Err(else_why) }
}

fn never(_: &Cx) -> bool {
    false
}

fn with_shop(cx: &Cx) -> Result<(), &'static str> {
    when(cx.shop.is_some(), "Open a workspace first")
}

fn own_shop(cx: &Cx) -> Result<(), &'static str> {
    with_shop(cx)?;
    when(cx.shop.as_ref().is_some_and(|shop| shop.facts.handed_over.is_none()), "This copy is for reading only")
}

fn can_undo(cx: &Cx) -> Result<(), &'static str> {
    when(cx.shop.as_ref().is_some_and(|shop| !shop.facts.history.done.is_empty()), "There is no step to undo")
}

fn can_redo(cx: &Cx) -> Result<(), &'static str> {
    when(cx.shop.as_ref().is_some_and(|shop| !shop.facts.history.undone.is_empty()), "There is no step to redo")
}

fn can_refresh(cx: &Cx) -> Result<(), &'static str> {
    let from_file = |shop: &Shop| shop.facts.imports.iter().any(|import| !import.path.is_empty());
    when(cx.shop.as_ref().is_some_and(from_file), "Nothing was imported from a file yet")
}

fn wound_back(cx: &Cx) -> Result<(), &'static str> {
    when(cx.shop.as_ref().is_some_and(|shop| shop.wound_to.is_some()), "The latest day is on view")
}

fn can_compare(cx: &Cx) -> Result<(), &'static str> {
    with_shop(cx)?;
    let can = |shop: &Shop| shop.second.day.is_some() || shop.year_before().is_some();
    when(cx.shop.as_ref().is_some_and(can), "The shop has no earlier day to compare with")
}

/// The command that opens the palette.
pub const FIND: &str = "Find a page, customer or command…";

/// Goes a step back.
pub const UNDO: &str = "Undo";

/// Goes a step forth again.
pub const REDO: &str = "Redo";

/// Lists the steps.
pub const HISTORY: &str = "History…";

/// The list.
pub const COMMANDS: &[Command] = &[
    Command {
        icon: Some(icons::FOLDER),
        key: key(Key::O),
        ..command(Menu::File, "Open a workspace…", |cx| cx.ask_path(Purpose::Open, Ask::Workspace))
    },
    Command {
        icon: Some(icons::BLANK),
        key: key(Key::N),
        ..command(Menu::File, "Start a blank framework…", Cx::ask_new_shop)
    },
    Command { icon: Some(icons::SHOP), ..command(Menu::File, "Open the sample shop", Cx::open_sample) },
    Command {
        enabled: |cx| when(!cx.settings.recent.is_empty(), "There are no recent files"),
        ..command(Menu::File, "Clear recent files", Cx::clear_recent)
    },
    Command {
        line: true,
        icon: Some(icons::COPY),
        enabled: with_shop,
        ..command(Menu::File, "Save a copy…", |cx| cx.save_copy(false))
    },
    Command {
        icon: Some(icons::EYE),
        enabled: with_shop,
        ..command(Menu::File, "Save a copy for reading…", |cx| cx.save_copy(true))
    },
    Command {
        icon: Some(icons::ARCHIVE),
        enabled: with_shop,
        ..command(Menu::File, "Make a client pack…", Cx::ask_pack)
    },
    Command {
        line: true,
        icon: Some(icons::CLOSE),
        enabled: with_shop,
        key: key(Key::W),
        ..command(Menu::File, "Close the workspace", Cx::leave)
    },
    Command { icon: Some(icons::QUIT), key: key(Key::Q), ..command(Menu::File, "Quit", |cx| cx.quit = true) },
    Command { icon: Some(icons::UNDO), key: key(Key::Z), enabled: can_undo, ..command(Menu::Edit, UNDO, Cx::undo) },
    Command {
        icon: Some(icons::REDO),
        key: key(Key::Y),
        also: REDO_TOO,
        enabled: can_redo,
        ..command(Menu::Edit, REDO, Cx::redo)
    },
    Command {
        icon: Some(icons::HISTORY),
        key: key(Key::H),
        enabled: with_shop,
        ..command(Menu::Edit, HISTORY, |cx| cx.modal = Some(Modal::History))
    },
    Command {
        icon: Some(icons::SEARCH),
        key: key(Key::K),
        also: key(Key::P),
        line: true,
        ..command(Menu::Edit, FIND, |cx| cx.palette = Some(Palette::default()))
    },
    Command {
        icon: Some(icons::SEARCH),
        key: key(Key::F),
        enabled: with_shop,
        ..command(Menu::Edit, "Find a customer", |cx| {
            cx.focus_search = true;
            cx.go(PanelId::Customers);
        })
    },
    Command {
        icon: Some(icons::SETTINGS),
        line: true,
        key: key(Key::Comma),
        ..command(Menu::Edit, "Settings…", |cx| cx.modal = Some(Modal::Settings))
    },
    Command {
        icon: Some(icons::LATEST),
        enabled: wound_back,
        key: key(Key::L),
        ..command(Menu::View, "Back to the latest day", Cx::unwind)
    },
    Command {
        icon: Some(icons::COMPARE),
        enabled: can_compare,
        chosen: |cx| cx.shop.as_ref().is_some_and(|shop| shop.second.day.is_some()),
        ..command(Menu::View, "Compare with a year before", Cx::compare_with_a_year_before)
    },
    Command {
        line: true,
        key: key(Key::Plus),
        // Plus without Shift.
        also: key(Key::Equals),
        ..command(Menu::View, "Zoom in", |cx| cx.zoom_by(true))
    },
    Command { key: key(Key::Minus), ..command(Menu::View, "Zoom out", |cx| cx.zoom_by(false)) },
    Command { key: key(Key::Num0), ..command(Menu::View, "Actual size", |cx| cx.set_zoom(100)) },
    Command { icon: Some(icons::RESET), ..command(Menu::View, "Reset the layout", Cx::reset_layout) },
    Command {
        icon: Some(icons::LIGHT),
        line: true,
        chosen: |cx| cx.settings.theme == ThemeChoice::Light,
        ..command(Menu::View, "Light", |cx| cx.set_theme(ThemeChoice::Light))
    },
    Command {
        icon: Some(icons::DARK),
        chosen: |cx| cx.settings.theme == ThemeChoice::Dark,
        ..command(Menu::View, "Dark", |cx| cx.set_theme(ThemeChoice::Dark))
    },
    Command {
        icon: Some(icons::THEME),
        chosen: |cx| cx.settings.theme == ThemeChoice::System,
        ..command(Menu::View, "As the system", |cx| cx.set_theme(ThemeChoice::System))
    },
    Command {
        icon: Some(icons::DROP),
        key: key(Key::I),
        ..command(Menu::Data, "Import files…", |cx| cx.ask_path(Purpose::Import, Ask::Files))
    },
    Command {
        icon: Some(icons::EDIT),
        ..command(Menu::Data, "Import from a typed path…", |cx| cx.ask_typed(Purpose::Import, &Ask::Files))
    },
    Command {
        icon: Some(icons::REFRESH),
        key: bare(Key::F5),
        enabled: can_refresh,
        line: true,
        ..command(Menu::Data, "Refresh from the same files", Cx::refresh_imports)
    },
    Command {
        icon: Some(icons::BUILDER),
        enabled: own_shop,
        line: true,
        ..command(Menu::Data, "New segment", |cx| {
            cx.new_segment = Some(NewSegment::default());
            cx.go(PanelId::Builder);
        })
    },
    Command {
        icon: Some(icons::DOWNLOAD),
        enabled: with_shop,
        line: true,
        ..command(Menu::Data, "Export the setup…", Cx::export_setup)
    },
    Command {
        icon: Some(icons::CHECK), enabled: own_shop, ..command(Menu::Data, "Take over a setup…", Cx::ask_setup)
    },
    Command {
        icon: Some(icons::HELP),
        key: bare(Key::F1),
        ..command(Menu::Help, "Keyboard shortcuts", |cx| cx.modal = Some(Modal::Shortcuts))
    },
    Command { icon: Some(icons::LOCK), ..command(Menu::Help, "About Cartwright", |cx| cx.modal = Some(Modal::About)) },
];

impl Command {
    /// What it would do now: undo and redo name their step.
    pub fn title_now(&self, cx: &Cx) -> String {
        let history = cx.shop.as_ref().map(|shop| &shop.facts.history);
        let step = match self.title {
            UNDO => history.and_then(|history| history.done.first()),
            REDO => history.and_then(|history| history.undone.first()),
            _ => None,
        };
        step.map_or_else(|| self.title.to_owned(), |step| format!("{} {}", self.title, step.label))
    }
}

/// Pages have keys by their place in the navigation: Ctrl 1 to Ctrl 9.
pub const PAGE_KEYS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// A shortcut as it is printed: `Ctrl I`.
pub fn key_text(shortcut: &KeyboardShortcut) -> String {
    let mut keys = Vec::new();
    if shortcut.modifiers.command {
        keys.push(if cfg!(target_os = "macos") { "⌘" } else { "Ctrl" });
    }
    if shortcut.modifiers.shift {
        keys.push("Shift");
    }
    keys.push(shortcut.logical_key.symbol_or_name());
    keys.join(" ")
}

/// The key of a page, as it is printed.
pub fn page_key_text(key: &Key) -> String {
    key_text(&KeyboardShortcut::new(CTRL, *key))
}

/// The command with a title.
pub fn command_named(title: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.title == title)
}

impl Command {
    /// What the tooltip of a button says that does it: what, by which key, or why it cannot be done now.
    pub fn tip(&self, cx: &Cx) -> String {
        let title = self.title_now(cx);
        let title = title.trim_end_matches('…');
        match ((self.enabled)(cx), &self.key) {
            (Err(why), _) => format!("{title} – {why}"),
            (Ok(()), Some(key)) => format!("{title} ({})", key_text(key)),
            (Ok(()), None) => title.to_owned(),
        }
    }
}

/// Does what pressed keys ask for.
pub fn follow_keys(cx: &mut Cx) {
    if cx.modal.is_some() || cx.palette.is_some() {
        return;
    }
    let ctx = cx.ctx.clone();
    // A field that is being typed into goes its own way back first, while it has one.
    let (undo, redo) = (!typing::can_undo(&ctx), !typing::can_redo(&ctx));
    for command in COMMANDS {
        let Some(key) = &command.key else { continue };
        let ours = match key.logical_key {
            // With Shift it is redo.
            Key::Z => undo && !ctx.input(|i| i.modifiers.shift),
            Key::Y => redo,
            // There it finds a field.
            Key::F => cx.page != PanelId::Framework,
            _ => true,
        };
        let also = command.also.unwrap_or(*key);
        let pressed = |i: &mut egui::InputState| i.consume_shortcut(key) || i.consume_shortcut(&also);
        if ours && (command.enabled)(cx).is_ok() && ctx.input_mut(pressed) {
            (command.run)(cx);
        }
    }
    if cx.shop.is_some() {
        for (panel, key) in super::panels::PANELS.iter().zip(PAGE_KEYS) {
            if ctx.input_mut(|i| i.consume_key(CTRL, key)) {
                cx.go(panel.id);
            }
        }
    }
}

impl Cx {
    /// Goes to a page. The imports begin with their list again once the last one is done.
    pub fn go(&mut self, page: PanelId) {
        if page == PanelId::Imports {
            self.import = self.import.take().filter(|flow| flow.stage != Stage::Done);
        }
        self.page = page;
    }

    fn set_theme(&mut self, theme: ThemeChoice) {
        self.settings.theme = theme;
        self.apply_settings();
    }

    /// Light becomes dark and dark becomes light.
    pub fn flip_theme(&mut self) {
        let dark = self.ctx.global_style().visuals.dark_mode;
        self.set_theme(if dark { ThemeChoice::Light } else { ThemeChoice::Dark });
    }

    /// Back to the latest day.
    pub fn unwind(&mut self) {
        if let Some(shop) = &mut self.shop {
            shop.wound_to = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_or_a_name() {
        for (i, a) in COMMANDS.iter().enumerate() {
            for b in &COMMANDS[i + 1..] {
                assert_ne!(a.title, b.title);
                assert!(a.key.is_none() || a.key != b.key, "{} and {} share a key", a.title, b.title);
            }
        }
    }
}
