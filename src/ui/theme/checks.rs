//! What must hold of the look: contrast of every token pair, and no colour outside the token file.
#![cfg(test)]

use std::path::Path;

use egui::Color32;

use super::tokens::contrast;
use super::{THEMES, Theme, Tone};

const TEXT_MIN: f64 = 4.5;
const MARK_MIN: f64 = 3.0;
const TONES: [Tone; 4] = [Tone::Good, Tone::Warning, Tone::Bad, Tone::Info];

fn need(what: &str, a: Color32, b: Color32, least: f64) {
    let found = contrast(a, b);
    assert!(found >= least, "{what}: {found:.2} is below {least}");
}

fn grounds(t: &Theme) -> [Color32; 7] {
    let s = &t.surface;
    [s.page, s.panel, s.raised, s.overlay, s.field, s.hover, s.selected]
}

#[test]
fn text_is_readable_on_every_surface() {
    for t in THEMES.iter() {
        for ground in grounds(t) {
            for ink in [t.text.strong, t.text.normal, t.text.subdued, t.accent.text] {
                need("text", ink, ground, TEXT_MIN);
            }
            for tone in TONES {
                need("semantic text", t.tone(tone).text, ground, TEXT_MIN);
            }
        }
        for fill in [t.accent.base, t.accent.hover, t.accent.pressed] {
            need("text on accent", t.accent.on, fill, TEXT_MIN);
        }
        for tone in TONES.map(|tone| t.tone(tone)) {
            need("text on its tint", tone.text, tone.tint, TEXT_MIN);
            for ink in [t.text.strong, t.text.normal, t.text.subdued] {
                need("text on a tint", ink, tone.tint, TEXT_MIN);
            }
        }
    }
}

#[test]
fn marks_edges_focus_and_series_stand_out() {
    for t in THEMES.iter() {
        let s = &t.surface;
        for ground in [s.page, s.panel, s.raised, s.overlay, s.hover] {
            for tone in TONES {
                need("mark", t.tone(tone).mark, ground, MARK_MIN);
            }
            need("focus", t.focus.ring, ground, MARK_MIN);
            need("accent", t.accent.base, ground, MARK_MIN);
        }
        for ground in [s.page, s.panel, s.overlay] {
            need("edge of fields", t.border.control, ground, MARK_MIN);
            for series in t.chart.series.iter().chain([&t.chart.other]) {
                need("series", *series, ground, MARK_MIN);
            }
        }
    }
}

#[test]
fn values_are_readable_on_every_step_of_heat() {
    for t in THEMES.iter() {
        for step in 0..=40 {
            for (fill, ink) in [t.heat(f64::from(step) / 40.0), t.heat_around(f64::from(step) / 40.0)] {
                need("value on heat", ink, fill, TEXT_MIN);
            }
        }
    }
}

#[test]
fn no_colour_stands_outside_the_token_file() {
    let banned =
        ["from_rgb", "from_rgba", "from_gray", "from_black_alpha", "from_white_alpha", "from_hex", "hex_color!"];
    let named = ["WHITE", "BLACK", "RED", "GREEN", "BLUE", "YELLOW", "GRAY", "LIGHT_", "DARK_", "GOLD", "ORANGE"];
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    for (path, text) in sources(&Path::new(&root).join("src/ui")) {
        if path.contains("/theme/") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            // Pixels of a picture are no colours of ours.
            let hit = banned.iter().any(|word| line.contains(word) && !line.contains("ColorImage::from_rgba"))
                || named.iter().any(|name| line.contains(&format!("Color32::{name}")))
                || line.contains("FontId::unique(")
                || line.contains("FontId::proportional(");
            assert!(!hit, "{path}:{}: {line}", number + 1);
        }
    }
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}
