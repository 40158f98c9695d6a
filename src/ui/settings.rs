//! Settings of this computer's user: theme, locale, zoom, recent files, and where the user was in each workspace.
//! Data of a shop is never kept here.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::bookmark::Bookmark;
use super::geometry::WindowPlace;
use super::widgets::table::layout::Layouts;
use crate::model::Locale;
use crate::report::file;

/// How many recent files are remembered.
const RECENT: usize = 10;

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the system says.
    #[default]
    System,
}

impl ThemeChoice {
    /// For egui.
    pub fn preference(self) -> egui::ThemePreference {
        match self {
            Self::Light => egui::ThemePreference::Light,
            Self::Dark => egui::ThemePreference::Dark,
            Self::System => egui::ThemePreference::System,
        }
    }
}

/// The day that weeks begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekStart {
    /// As is usual where numbers are written like this.
    #[default]
    Usual,
    /// Monday.
    Monday,
    /// Sunday.
    Sunday,
    /// Saturday.
    Saturday,
}

impl WeekStart {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Usual, Self::Monday, Self::Sunday, Self::Saturday];

    /// The day.
    pub fn first_day(self, locale: Locale) -> Weekday {
        match self {
            Self::Usual => locale.first_weekday(),
            Self::Monday => Weekday::Mon,
            Self::Sunday => Weekday::Sun,
            Self::Saturday => Weekday::Sat,
        }
    }

    /// The name of the day.
    pub fn name(self, locale: Locale) -> String {
        let name = match self.first_day(locale) {
            Weekday::Sun => "Sunday",
            Weekday::Sat => "Saturday",
            _ => "Monday",
        };
        name.to_owned()
    }
}

/// A workspace opened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it is.
    pub path: PathBuf,
    /// The shop's name when it was last open.
    pub name: String,
    /// When it was last opened, UTC seconds.
    pub opened_at: i64,
}

/// What is kept between starts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or system.
    pub theme: ThemeChoice,
    /// How numbers, amounts and days are written.
    pub locale: Locale,
    /// The day that weeks begin with.
    pub week: WeekStart,
    /// Percent; 0 means 100. See [`Self::zoom`].
    pub zoom: u16,
    /// Nothing moves by itself.
    pub reduce_motion: bool,
    /// Where the window was.
    pub window: Option<WindowPlace>,
    /// The workspace that was open last; `None` = it was left.
    pub open: Option<PathBuf>,
    /// Newest first.
    pub recent: Vec<Recent>,
    /// How columns of tables are arranged.
    pub tables: Layouts,
    /// Where the user was in workspaces, newest first.
    pub bookmarks: Vec<Bookmark>,
}

/// The zooms to choose from, in percent.
pub const ZOOMS: [u16; 9] = [75, 80, 90, 100, 110, 125, 150, 175, 200];

impl Settings {
    /// Reads the settings; a missing or unreadable file means the defaults.
    pub fn load(file: &Path) -> Self {
        std::fs::read_to_string(file).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Writes them, whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be made or the file not be written.
    pub fn save(&self, file: &Path) -> anyhow::Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let text = serde_json::to_vec_pretty(self)?;
        file::write(file, |out| Ok(out.write_all(&text)?))
    }

    /// The zoom in percent, 75 to 200.
    pub fn zoom(&self) -> u16 {
        if self.zoom == 0 { 100 } else { self.zoom.clamp(ZOOMS[0], ZOOMS[ZOOMS.len() - 1]) }
    }

    /// Puts a workspace on top of the recent ones.
    pub fn opened(&mut self, path: &Path, name: &str) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|recent| recent.path != path);
        let recent = Recent { path: path.clone(), name: name.to_owned(), opened_at: now() };
        self.recent.insert(0, recent);
        self.recent.truncate(RECENT);
        self.open = Some(path);
    }
}

/// UTC seconds.
pub fn now() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(0))
}

/// Where things lie on this computer.
#[derive(Debug, Clone)]
pub struct Places {
    /// The settings file.
    pub settings: PathBuf,
    /// Where new workspaces are made.
    pub shops: PathBuf,
}

impl Places {
    /// The usual places of the platform.
    pub fn usual() -> Self {
        let here = PathBuf::from(".");
        let settings = directories::ProjectDirs::from("", "", "cartwright")
            .map_or_else(|| here.clone(), |dirs| dirs.config_dir().to_owned())
            .join("settings.json");
        let shops = directories::UserDirs::new().map_or(here, |dirs| dirs.home_dir().join("Cartwright"));
        Self { settings, shops }
    }

    /// All places within one folder, for tests and demonstrations.
    pub fn within(folder: &Path) -> Self {
        Self { settings: folder.join("settings.json"), shops: folder.join("shops") }
    }

    /// A path for a new workspace that no file has yet: `my-shop.cartwright`, `my-shop-2.cartwright` …
    pub fn free(&self, stem: &str) -> PathBuf {
        let numbered = |n: u32| if n == 1 { format!("{stem}.cartwright") } else { format!("{stem}-{n}.cartwright") };
        (1..).map(|n| self.shops.join(numbered(n))).find(|path| !path.exists()).unwrap_or_else(|| self.shops.join(stem))
    }
}

/// A path as people write it, with `~` for the home folder.
pub fn short_path(path: &Path) -> String {
    let home = directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(rest) => format!("~/{}", rest.display()),
        None => path.display().to_string(),
    }
}

/// A path as it was typed: trimmed, without quotes around it, with `~` as the home folder.
pub fn typed_path(text: &str) -> PathBuf {
    let text = text.trim().trim_matches(['"', '\'']);
    if let Some(rest) = text.strip_prefix("~/")
        && let Some(dirs) = directories::UserDirs::new()
    {
        return dirs.home_dir().join(rest);
    }
    PathBuf::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_a_round_trip_and_rubbish_means_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::within(folder.path());
        let mut settings = Settings { theme: ThemeChoice::Dark, ..Settings::default() };
        for n in 0..12 {
            settings.opened(Path::new(&format!("/shops/{n}.cartwright")), "Shop");
        }
        settings.opened(Path::new("relative.cartwright"), "Shop");
        assert!(settings.recent[0].path.is_absolute());
        settings.opened(Path::new("/shops/5.cartwright"), "Shop five");
        assert_eq!(settings.recent.len(), RECENT);
        assert_eq!(settings.recent[0].name, "Shop five");
        settings.save(&places.settings).unwrap();
        assert_eq!(Settings::load(&places.settings), settings);
        std::fs::write(&places.settings, "{ not json").unwrap();
        assert_eq!(Settings::load(&places.settings), Settings::default());
    }

    #[test]
    fn a_typed_path_may_be_quoted() {
        assert_eq!(typed_path(" \"/data/orders may.csv\" "), PathBuf::from("/data/orders may.csv"));
        assert!(!typed_path("~/x.csv").starts_with("~"));
    }
}
