//! What the user sets for all workspaces: theme, how figures are written, zoom, motion.

use egui::{Align, Layout, Ui, vec2};

use super::cx::Cx;
use super::locale;
use super::settings::{Settings, ThemeChoice, WeekStart, ZOOMS};
use super::theme::{self, Type, style};
use super::widgets::{check, choice, remark, say, segmented};
use crate::model::{Currency, Day, Locale};

impl Cx {
    /// Applies the settings to the window.
    pub(super) fn apply_settings(&mut self) {
        self.ctx.set_theme(self.settings.theme.preference());
        self.ctx.set_zoom_factor(f32::from(self.settings.zoom()) / 100.0);
        style::reduce_motion(&self.ctx, self.settings.reduce_motion);
        let before = locale::current();
        locale::set(self.settings.locale, self.settings.week.first_day(self.settings.locale));
        if locale::current() != before {
            // Pages keep what they have written.
            self.renew_pages = true;
        }
    }

    /// Changes the zoom, in percent.
    pub fn set_zoom(&mut self, percent: u16) {
        self.settings.zoom = percent;
        self.apply_settings();
    }

    /// One step larger or smaller.
    pub fn zoom_by(&mut self, larger: bool) {
        let now = self.settings.zoom();
        let next = if larger {
            ZOOMS.iter().copied().find(|zoom| *zoom > now)
        } else {
            ZOOMS.iter().rev().copied().find(|zoom| *zoom < now)
        };
        self.set_zoom(next.unwrap_or(now));
    }

    /// Forgets which workspaces were open, and where the user was in them.
    pub fn clear_recent(&mut self) {
        self.settings.open = None;
        self.settings.recent.clear();
        self.settings.bookmarks.clear();
    }
}

/// The form of the settings; what is chosen holds at once.
pub fn form(ui: &mut Ui, settings: &mut Settings) {
    let t = theme::of(ui);
    say(ui, Type::Section, "Settings");
    remark(ui, "For every workspace on this computer");
    ui.add_space(t.space().x2);
    let themes = [(ThemeChoice::Light, "Light"), (ThemeChoice::Dark, "Dark"), (ThemeChoice::System, "As the system")];
    row(ui, "Theme", |ui| segmented(ui, "Theme", &themes, &mut settings.theme));
    row(ui, "Numbers and dates", |ui| {
        let names = Locale::ALL.map(|locale| locale.name().to_owned());
        let chosen = choice(ui, "Numbers and dates", CHOICE, settings.locale.name(), &names);
        if let Some(locale) = chosen.and_then(|i| Locale::ALL.get(i)) {
            settings.locale = *locale;
        }
    });
    let (locale, day) = (settings.locale, Day::parse("2026-03-04").unwrap_or(Day(0)));
    let amount = locale.money(-123_450, Currency::USD);
    let example = format!("{amount}  ·  {}  ·  {}", locale.percent(0.414, 1), locale.date(day));
    row(ui, "", |ui| remark(ui, example));
    row(ui, "Weeks begin on", |ui| {
        let usual = format!("{} (usual)", WeekStart::Usual.name(locale));
        let names = WeekStart::ALL.map(|week| if week == WeekStart::Usual { usual.clone() } else { week.name(locale) });
        let shown = WeekStart::ALL.iter().position(|week| *week == settings.week).map_or(&usual, |i| &names[i]);
        if let Some(week) = choice(ui, "Weeks begin on", CHOICE, shown, &names).and_then(|i| WeekStart::ALL.get(i)) {
            settings.week = *week;
        }
    });
    row(ui, "Zoom", |ui| {
        let names = ZOOMS.map(|zoom| format!("{zoom}%"));
        let shown = format!("{}%", settings.zoom());
        if let Some(zoom) = choice(ui, "Zoom", CHOICE, &shown, &names).and_then(|i| ZOOMS.get(i)) {
            settings.zoom = *zoom;
        }
    });
    row(ui, "Motion", |ui| check(ui, "Reduce motion", &mut settings.reduce_motion));
}

/// Width of a choice.
const CHOICE: f32 = 220.0;

fn row<R>(ui: &mut Ui, label: &str, control: impl FnOnce(&mut Ui) -> R) {
    let t = theme::of(ui);
    let size = vec2(ui.available_width(), t.row().field + t.space().x2);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        say(ui, Type::Label, label);
        ui.with_layout(Layout::right_to_left(Align::Center), control);
    });
}
