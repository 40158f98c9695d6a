//! What lies over the window: a typed path, the list of shortcuts, what this program is.

use std::path::PathBuf;

use egui::{Id, Key, Ui, vec2};

use super::commands::{COMMANDS, MENUS, key_text};
use super::cx::Cx;
use super::dialog::Ask;
use super::erase::{self, EraseAsk};
use super::new_shop::NewShop;
use super::pack::{self, PackAsk};
use super::paths::Purpose;
use super::settings::{Places, short_path, typed_path};
use super::theme::{self, Type};
use super::widgets::{Button, Field, mark, remark, say};
use crate::ops::pack::Pack;
use crate::ops::setup::Incoming;
use crate::workspace::erase::OrdersOf;

/// An open modal.
pub enum Modal {
    /// Type a path.
    Path(PathAsk),
    /// The name of a new shop.
    NewShop(NewShop),
    /// The list of shortcuts.
    Shortcuts,
    /// The steps that can be undone and redone.
    History,
    /// What taking over a setup would change.
    Setup(Incoming),
    /// What a client pack is to hold.
    Pack(PackAsk),
    /// What erasing a customer would do.
    Erase(Box<EraseAsk>),
    /// What holds for every workspace.
    Settings,
    /// What this program is.
    About,
}

/// A typed path instead of the system's dialog.
pub struct PathAsk {
    purpose: Purpose,
    title: &'static str,
    button: &'static str,
    hint: &'static str,
    text: String,
    fresh: bool,
}

impl PathAsk {
    /// Asks for a path for a purpose.
    pub fn new(purpose: Purpose, ask: &Ask, places: &Places) -> Self {
        let (title, button, hint, text) = match ask {
            Ask::Files => ("Import from a path", "Look at the file", "~/Downloads/orders_export.csv", String::new()),
            Ask::Experiment => ("Open the data of an experiment", "Open", "~/Downloads/test.csv", String::new()),
            Ask::Workspace => ("Open a workspace", "Open", "~/Cartwright/my-shop.cartwright", String::new()),
            Ask::Setup => ("Take over a setup", "Look at the file", "~/Cartwright/setup.json", String::new()),
            Ask::Logo => ("Choose a logo", "Open", "~/Pictures/logo.svg", String::new()),
            Ask::Save { name, .. } => ("Save as", "Save", "~/Documents/…", short_path(&places.shops.join(name))),
        };
        Self { purpose, title, button, hint, text, fresh: true }
    }
}

enum Answer {
    Stay,
    Close,
    Take(PathBuf),
    Make(String),
    GoTo(i64),
    Erase(u32, OrdersOf),
    Pack(Box<Pack>),
    Yes,
}

/// Draws the open modal.
pub fn show(cx: &mut Cx) {
    let Some(mut modal) = cx.modal.take() else { return };
    let ctx = cx.ctx.clone();
    let t = theme::get(ctx.global_style().visuals.dark_mode);
    let shown =
        egui::Modal::new(Id::unique("modal")).frame(frame(t)).backdrop_color(t.surface.scrim).show(&ctx, |ui| {
            let wide = matches!(modal, Modal::Shortcuts | Modal::Pack(_));
            let width = if wide { t.shell().modal_wide } else { t.shell().modal };
            ui.set_width(width - 2.0 * t.space().x6);
            match &mut modal {
                Modal::Path(ask) => path(ui, ask),
                Modal::NewShop(shop) => new_shop(cx, ui, shop),
                Modal::Shortcuts => shortcuts(ui),
                Modal::Setup(incoming) => setup(ui, incoming),
                Modal::Erase(ask) => match ask.ui(cx, ui) {
                    erase::Answer::Stay => Answer::Stay,
                    erase::Answer::Close => Answer::Close,
                    erase::Answer::Erase(id, orders) => Answer::Erase(id, orders),
                },
                Modal::Pack(ask) => match ask.ui(ui) {
                    pack::Answer::Stay => Answer::Stay,
                    pack::Answer::Close => Answer::Close,
                    pack::Answer::Make(pack) => Answer::Pack(pack),
                },
                Modal::Settings => settings(ui, cx),
                Modal::History => history(ui, cx),
                Modal::About => about(ui),
            }
        });
    let answer = if shown.should_close() { Answer::Close } else { shown.inner };
    match (answer, modal) {
        (Answer::Stay, modal) => cx.modal = Some(modal),
        (Answer::Make(name), _) => cx.new_shop(&name),
        (Answer::Pack(pack), _) => cx.make_pack(*pack),
        (Answer::Erase(id, orders), _) => cx.erase_customer(id, orders),
        (Answer::GoTo(step), modal) => {
            cx.modal = Some(modal);
            cx.go_to_step(step);
        }
        (Answer::Yes, Modal::Setup(incoming)) => cx.take_over(incoming),
        (Answer::Take(path), Modal::Path(ask)) => cx.take_paths(ask.purpose, vec![path]),
        _ => {}
    }
}

fn frame(t: &theme::Theme) -> egui::Frame {
    egui::Frame::new()
        .fill(t.surface.overlay)
        .stroke(t.hairline(t.border.normal))
        .corner_radius(theme::corner(t.radius().large))
        .shadow(t.overlay_shadow())
        .inner_margin(egui::Margin::same(t.space().x6 as i8))
}

fn path(ui: &mut Ui, ask: &mut PathAsk) -> Answer {
    say(ui, Type::Section, ask.title);
    let id = Id::unique("typed path");
    let width = ui.available_width();
    let field = Field::new("Path of the file", width).hint(ask.hint).id(id).labelled(ui, &mut ask.text);
    if std::mem::take(&mut ask.fresh) {
        field.request_focus();
    }
    let entered = field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    if matches!(ask.purpose, Purpose::Import) {
        remark(ui, "A file can also be dropped on the window");
    }
    ui.add_space(theme::of(ui).space().x2);
    let mut answer = Answer::Stay;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let ready = !ask.text.trim().is_empty();
        if ui.add(Button::accent(ask.button).enabled(ready)).clicked() || (entered && ready) {
            answer = Answer::Take(typed_path(&ask.text));
        }
        if ui.add(Button::new("Cancel")).clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

fn new_shop(cx: &Cx, ui: &mut Ui, shop: &mut NewShop) -> Answer {
    say(ui, Type::Section, "A new shop");
    say(ui, Type::Label, "Name of the shop");
    let width = ui.available_width();
    let entered = shop.field(cx, ui, width).lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
    shop.remark(ui);
    ui.add_space(theme::of(ui).space().x2);
    let mut answer = Answer::Stay;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let name = shop.named();
        let clicked = ui.add(Button::accent("Make the shop").enabled(name.is_some())).clicked();
        if let (Some(name), true) = (name, clicked || entered) {
            answer = Answer::Make(name.to_owned());
        }
        if ui.add(Button::new("Cancel")).clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

fn shortcuts(ui: &mut Ui) -> Answer {
    let t = theme::of(ui);
    say(ui, Type::Section, "Keyboard shortcuts");
    let mut rows: Vec<(String, String)> = Vec::new();
    for (menu, _) in MENUS {
        for command in COMMANDS.iter().filter(|c| c.menu == menu) {
            let keys: Vec<String> = command.key.iter().chain(&command.also).map(key_text).collect();
            if !keys.is_empty() {
                rows.push((command.title.to_owned(), keys.join(", ")));
            }
        }
    }
    for (title, key) in [
        ("Go to a page of the navigation", "Ctrl 1 – 9"),
        ("Next and previous control", "Tab, Shift Tab"),
        ("Move in a table", "↑ ↓ ← → Home End"),
        ("Show the members of the segment that is chosen", "Enter"),
        ("Open the figure in the chosen cell", "Space"),
        ("Choose cells of a table, all of them", "Shift ↑ ↓ ← →, Ctrl A"),
        ("Copy the chosen cells", "Ctrl C"),
        ("Wind the as-of date a day or a month", "↑ ↓, Page Up Page Down"),
        ("Copy the figure under the pointer", "Ctrl C"),
        ("Next and previous section of the framework", "Ctrl ↓, Ctrl ↑"),
        ("Find a field of the framework", "Ctrl F"),
        ("Next field of the framework, take what is offered", "Enter, →"),
        ("Close what is on top, cancel work", "Esc"),
    ] {
        rows.push((title.into(), key.into()));
    }
    ui.spacing_mut().item_spacing = vec2(t.space().x8, 0.0);
    let half = rows.len().div_ceil(2);
    ui.columns(2, |columns| {
        for (i, (title, key)) in rows.iter().enumerate() {
            shortcut(&mut columns[i / half], t, title, key);
        }
    });
    ui.add_space(t.space().x4);
    close_button(ui)
}

fn shortcut(ui: &mut Ui, t: &theme::Theme, title: &str, key: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), t.row().nav), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, format!("{title}: {key}")));
    let painter = ui.painter();
    let paint = super::widgets::paint::text;
    paint(painter, rect.left_center(), egui::Align2::LEFT_CENTER, title, t.font(Type::Body), t.text.normal);
    paint(painter, rect.right_center(), egui::Align2::RIGHT_CENTER, key, t.font(Type::Label), t.text.strong);
    painter.hline(rect.x_range(), rect.bottom(), t.hairline(t.border.subtle));
}

fn history(ui: &mut Ui, cx: &Cx) -> Answer {
    let chosen = super::history::list(ui, cx);
    let answer = close_button(ui);
    chosen.map_or(answer, Answer::GoTo)
}

fn setup(ui: &mut Ui, incoming: &Incoming) -> Answer {
    super::carry::preview(ui, incoming);
    ui.add_space(theme::of(ui).space().x4);
    if incoming.changes.is_empty() {
        return close_button(ui);
    }
    let mut answer = Answer::Stay;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if ui.add(Button::accent("Take over")).clicked() {
            answer = Answer::Yes;
        }
        if ui.add(Button::new("Cancel")).clicked() {
            answer = Answer::Close;
        }
    });
    answer
}

fn settings(ui: &mut Ui, cx: &mut Cx) -> Answer {
    let before = cx.settings.clone();
    super::preferences::form(ui, &mut cx.settings);
    if cx.settings != before {
        cx.apply_settings();
    }
    ui.add_space(theme::of(ui).space().x4);
    close_button(ui)
}

fn about(ui: &mut Ui) -> Answer {
    let t = theme::of(ui);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(t.icon().hero, t.icon().hero), egui::Sense::hover());
        mark::paint(ui.painter(), rect.center(), t.icon().hero, t.accent.base);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            say(ui, Type::Section, "Cartwright");
            remark(ui, format!("Version {}", env!("CARGO_PKG_VERSION")));
        });
    });
    ui.add_space(t.space().x1);
    say(ui, Type::Body, "Your shop’s customers, sales, tests and plans in one file on this computer.");
    say(ui, Type::Body, "Works offline. Sends nothing, needs no account.");
    remark(ui, "The interface is set in Inter (OFL-1.1), with Material Symbols (Apache-2.0).");
    ui.add_space(t.space().x2);
    close_button(ui)
}

fn close_button(ui: &mut Ui) -> Answer {
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let clicked = ui.with_layout(layout, |ui| ui.add(Button::new("Close").key("Esc")).clicked()).inner;
    if clicked { Answer::Close } else { Answer::Stay }
}
