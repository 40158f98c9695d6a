//! What a document holds and how it looks: sections, paper, logo, colour; and the way into a file.

use std::path::PathBuf;

use egui::{Sense, Ui, vec2};

use crate::jobs::Progress;
use crate::ops::document::{self, SECTIONS, Wanted};
use crate::report::document::{Logo, Paper};
use crate::report::{FORMATS, Format, carries};
use crate::ui::cx::Cx;
use crate::ui::dialog::Ask;
use crate::ui::paths::Purpose;
use crate::ui::settings::short_path;
use crate::ui::shop::Home;
use crate::ui::theme::{self, Tone, Type, corner, icons};
use crate::ui::widgets::drawer::{self, Drawer};
use crate::ui::widgets::menu::{menu_item, menu_of};
use crate::ui::widgets::{Button, Field, check, remark, say, segmented};

/// Sizes of a page by name.
pub const PAPERS: [(Paper, &str); 2] = [(Paper::A4, "A4"), (Paper::Letter, "Letter")];

/// What was chosen for documents of the open shop.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// What they hold and how they look.
    pub wanted: Wanted,
    /// Name of the logo's file.
    logo: String,
    /// The colour as it is being typed, and what is wrong with it.
    accent: (String, Option<String>),
}

impl Choices {
    fn has(&self, key: &str) -> bool {
        self.wanted.sections.is_empty() || self.wanted.sections.iter().any(|one| one == key)
    }

    /// Takes a section in or out; all of them are none in particular.
    fn turn(&mut self, key: &str, on: bool) {
        let keys = SECTIONS.iter().map(|(key, _)| *key);
        let wanted: Vec<String> =
            keys.filter(|one| if *one == key { on } else { self.has(one) }).map(str::to_owned).collect();
        if !wanted.is_empty() {
            self.wanted.sections = if wanted.len() == SECTIONS.len() { Vec::new() } else { wanted };
        }
    }
}

/// The same as a drawer beside a page; whether it is to be closed.
pub fn drawer(cx: &mut Cx, ui: &Ui) -> bool {
    let drawer = Drawer {
        title: "Export document",
        line: "What it holds and how it looks",
        within: drawer::place(ui.ctx()),
        scrolls: true,
    };
    drawer.show(ui.ctx(), |ui| {
        files(cx, ui);
        ui.add_space(theme::of(ui).space().x3);
        form(cx, ui, 2);
    })
}

/// A button for each format.
fn files(cx: &mut Cx, ui: &mut Ui) {
    say(ui, Type::Label, "Write it as");
    ui.horizontal_wrapped(|ui| {
        for format in FORMATS {
            let words = format!("{}…", format.title());
            let button = ui.add(Button::new(&words).icon(icons::DOCUMENT));
            if button.on_hover_text(carries::in_words(*format)).clicked() {
                export(cx, *format);
            }
        }
    });
    remark(ui, "Same data, day and choices give the same file to the byte");
}

/// A menu with the formats.
pub fn formats_menu(cx: &mut Cx, ui: &mut Ui, enabled: bool) {
    let button = ui.add(Button::accent("Export document").icon(icons::DOWNLOAD).chevron().enabled(enabled));
    menu_of(&button, |ui| {
        for format in FORMATS {
            let item = menu_item(ui, &format!("As {}…", format.title()), Some(icons::DOCUMENT), None, false);
            if item.on_hover_text(carries::in_words(*format)).clicked() {
                export(cx, *format);
            }
        }
    });
}

/// The choices, sections in so many columns.
pub fn form(cx: &mut Cx, ui: &mut Ui, columns: usize) {
    let Some(shop) = &mut cx.shop else { return };
    let mut choices = std::mem::take(&mut shop.handed);
    let t = theme::of(ui);
    say(ui, Type::Label, "Paper");
    segmented(ui, "Paper", &PAPERS, &mut choices.wanted.look.paper);
    ui.add_space(t.space().x1);
    say(ui, Type::Label, "Logo");
    let ask = logo(ui, &mut choices);
    ui.add_space(t.space().x1);
    accent(ui, &mut choices);
    ui.add_space(t.space().x1);
    sections(ui, &mut choices, columns);
    ui.add_space(t.space().x1);
    check(ui, "Print comments", &mut choices.wanted.comments);
    if let Some(shop) = &mut cx.shop {
        shop.handed = choices;
    }
    if ask {
        ask_logo(cx);
    }
}

fn logo(ui: &mut Ui, choices: &mut Choices) -> bool {
    let mut ask = false;
    ui.horizontal(|ui| {
        let words = if choices.wanted.look.logo.is_some() { "Another picture…" } else { "Choose a picture…" };
        ask = ui.add(Button::new(words).icon(icons::FILE).small()).clicked();
        if choices.wanted.look.logo.is_some() && ui.add(Button::plain("No logo").small()).clicked() {
            choices.wanted.look.logo = None;
        }
    });
    match &choices.wanted.look.logo {
        Some(Logo { size: (wide, high), .. }) => remark(ui, format!("{}, {wide} × {high}", choices.logo)),
        None => remark(ui, "PNG, JPEG or SVG, for the first page"),
    };
    ask
}

/// Asks for the logo's file and reads it off the window's thread.
fn ask_logo(cx: &mut Cx) {
    let take = move |cx: &mut Cx, path: PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let work = move |_: &mut Home, _: &Progress| document::logo(&path);
        cx.command("Reading the logo", "", work, move |cx, logo| match logo {
            Ok(logo) => {
                if let Some(shop) = &mut cx.shop {
                    (shop.handed.wanted.look.logo, shop.handed.logo) = (Some(logo), name);
                }
            }
            Err(error) => cx.notices.failed("The logo was not taken", &error),
        });
    };
    cx.ask_path(Purpose::Then(Box::new(take)), Ask::Logo);
}

/// Colours to begin with: they read well on white paper.
const COLOURS: [[u8; 3]; 5] =
    [[0x2F, 0x5B, 0xD0], [0x0A, 0x5C, 0x4A], [0x8A, 0x2B, 0x5A], [0x7A, 0x4A, 0x00], [0x33, 0x33, 0x33]];

fn accent(ui: &mut Ui, choices: &mut Choices) {
    let t = theme::of(ui);
    let (text, wrong) = &mut choices.accent;
    ui.horizontal(|ui| {
        let width = 130.0;
        let field = Field::new("Colour", width).hint("#2F5BD0").error(wrong.as_deref());
        let response = field.labelled(ui, text);
        if response.changed() {
            match colour(text) {
                Ok(accent) => (choices.wanted.look.accent, *wrong) = (accent, None),
                Err(why) => *wrong = Some(why),
            }
        }
    });
    ui.horizontal(|ui| {
        for [red, green, blue] in COLOURS {
            let (rect, response) = ui.allocate_exact_size(vec2(t.row().dense, t.row().dense), Sense::click());
            let name = hex([red, green, blue]);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, format!("Colour {name}"))
            });
            let swatch = theme::chosen([red, green, blue]);
            ui.painter().rect_filled(rect.shrink(2.0), corner(t.radius().small), swatch);
            crate::ui::widgets::paint::focus_ring(ui, t, rect, t.radius().small, &response);
            if response.on_hover_text(&name).clicked() {
                choices.wanted.look.accent = Some([red, green, blue]);
                choices.accent = (name, None);
            }
        }
        if choices.wanted.look.accent.is_some() && ui.add(Button::plain("Usual colour").small()).clicked() {
            choices.wanted.look.accent = None;
            choices.accent = (String::new(), None);
        }
    });
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// A colour as web pages write it; nothing = the usual one.
fn colour(text: &str) -> Result<Option<[u8; 3]>, String> {
    let digits = text.trim().trim_start_matches('#');
    if digits.is_empty() {
        return Ok(None);
    }
    let part = |at: usize| digits.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    match (digits.len(), part(0), part(2), part(4)) {
        (6, Some(red), Some(green), Some(blue)) => Ok(Some([red, green, blue])),
        _ => Err("Write it as #RRGGBB".to_owned()),
    }
}

fn sections(ui: &mut Ui, choices: &mut Choices, columns: usize) {
    ui.horizontal(|ui| {
        say(ui, Type::Label, "Sections");
        if !choices.wanted.sections.is_empty() && ui.add(Button::plain("All sections").small()).clicked() {
            choices.wanted.sections.clear();
        }
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    let rows = SECTIONS.len().div_ceil(columns.max(1));
    ui.columns(columns.max(1), |sides| {
        for (n, (key, title)) in SECTIONS.iter().enumerate() {
            let Some(ui) = sides.get_mut(n / rows) else { continue };
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            let mut on = choices.has(key);
            if check(ui, title, &mut on).changed() {
                choices.turn(key, on);
            }
        }
    });
    ui.spacing_mut().item_spacing.y = theme::of(ui).space().x2;
}

/// Asks where to, makes the document as it was chosen and writes it whole or not at all.
pub fn export(cx: &mut Cx, format: &'static dyn Format) {
    let Some(shop) = &cx.shop else { return };
    let (wanted, as_of) = (shop.handed.wanted.clone(), shop.as_of());
    let name = format!("{} framework.{}", shop.facts.name, format.extension()).replace(['/', '\\', ':'], " ");
    cx.ask_save(Ask::Save { name, extension: format.extension() }, move |cx, path: PathBuf| {
        let shown = short_path(&path);
        let work = move |home: &mut Home, progress: &Progress| {
            let document = home.session()?.framework_document(Some(as_of), &wanted, progress)?;
            document::save(&document, format, &path)
        };
        cx.command("Writing the document", "", work, move |cx, result| match result {
            Ok(()) => cx.notices.tell(Tone::Good, "Document written", shown, None),
            Err(error) => cx.notices.failed("The document was not written", &error),
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sections_are_none_in_particular_and_one_always_stays() {
        let mut choices = Choices::default();
        choices.turn("kpis", false);
        assert_eq!(choices.wanted.sections.len(), SECTIONS.len() - 1);
        assert!(!choices.has("kpis") && choices.has("profile"));
        choices.turn("kpis", true);
        assert!(choices.wanted.sections.is_empty(), "all of them");
        for (key, _) in SECTIONS {
            choices.turn(key, false);
        }
        assert_eq!(choices.wanted.sections.len(), 1, "a document without any section is none");
    }

    #[test]
    fn colours_are_read_as_web_pages_write_them() {
        assert_eq!(colour("#0A5c4A"), Ok(Some([0x0a, 0x5c, 0x4a])));
        assert_eq!(colour(" "), Ok(None));
        assert!(colour("#12").is_err() && colour("green").is_err());
        assert_eq!(hex([0x0a, 0x5c, 0x4a]), "#0A5C4A");
    }
}
