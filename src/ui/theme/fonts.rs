//! The interface's fonts: one family per weight (egui has no bold), tabular digits, icons.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

/// The fonts by weight.
const WEIGHTS: [(u16, &str, &[u8]); 3] = [
    (400, "ui-regular", include_bytes!("../../../assets/fonts/CartwrightUI-Regular.otf")),
    (500, "ui-medium", include_bytes!("../../../assets/fonts/CartwrightUI-Medium.otf")),
    (600, "ui-semibold", include_bytes!("../../../assets/fonts/CartwrightUI-SemiBold.otf")),
];

/// The family of a weight. Regular is egui's proportional family, so that everything drawn by egui itself has it.
pub fn family(weight: u16) -> FontFamily {
    match weight {
        600 => FontFamily::Name("ui-semibold".into()),
        500 => FontFamily::Name("ui-medium".into()),
        _ => FontFamily::Proportional,
    }
}

/// Installs the fonts. They hold from the next pass on.
pub fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (weight, name, bytes) in WEIGHTS {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let mut chain = vec![name.to_owned()];
        chain.extend(fallbacks.iter().cloned());
        fonts.families.insert(family(weight), chain);
    }
    for insert in [egui_material_icons::font_insert(), egui_material_icons::font_insert_outlined()] {
        let icons = FontFamily::Name(insert.name.as_str().into());
        fonts.families.insert(icons, vec![insert.name.clone()]);
        fonts.font_data.insert(insert.name, Arc::new(insert.data));
    }
    ctx.set_fonts(fonts);
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::FontId;

    #[test]
    fn the_ten_digits_are_equally_wide_in_every_weight() {
        let ctx = Context::default();
        install(&ctx);
        let _ = ctx.run_ui(egui::RawInput::default(), |ui| {
            for (weight, name, _) in WEIGHTS {
                let font = FontId::new(130.0, family(weight));
                let widths: Vec<f32> = ui.fonts_mut(|f| ('0'..='9').map(|c| f.glyph_width(&font, c)).collect());
                assert!(widths.iter().all(|w| (w - widths[0]).abs() < 0.01), "{name}: {widths:?}");
            }
        });
    }
}
