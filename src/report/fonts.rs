//! The bundled font. Documents are set in it alone, whatever fonts a computer has, so that the same document gives the
//! same bytes everywhere.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::Database;
use ttf_parser::Face;
use typst::foundations::Bytes;
use typst::text::Font;

/// Its name, under which all weights are found.
pub const FAMILY: &str = "Cartwright UI";

/// Regular, medium and semi-bold.
const FILES: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/CartwrightUI-Regular.otf"),
    include_bytes!("../../assets/fonts/CartwrightUI-Medium.otf"),
    include_bytes!("../../assets/fonts/CartwrightUI-SemiBold.otf"),
];

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect());

/// Medium: labels in pictures are of this weight or lighter. All weights have the same characters.
static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(FILES[1], 0).ok());

static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    FILES.iter().for_each(|file| database.load_font_data(file.to_vec()));
    database.set_sans_serif_family(FAMILY);
    database.set_serif_family(FAMILY);
    database.set_monospace_family(FAMILY);
    Arc::new(database)
});

/// All weights, for typesetting.
pub fn fonts() -> &'static [Font] {
    &FONTS
}

/// All weights, for pictures.
pub fn database() -> Arc<Database> {
    Arc::clone(&DATABASE)
}

/// Whether the font has a glyph for a character.
pub fn covers(c: char) -> bool {
    FACE.as_ref().is_some_and(|face| face.glyph_index(c).is_some())
}

/// How wide a text is in a size, both in the same unit. Characters without a glyph count as one em.
pub fn width(text: &str, size: f64) -> f64 {
    let Some(face) = FACE.as_ref() else { return text.chars().count() as f64 * size };
    let em = f64::from(face.units_per_em());
    let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).map_or(em, f64::from);
    text.chars().map(advance).sum::<f64>() * size / em
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_weights_of_one_family_cover_latin_greek_and_cyrillic() {
        assert_eq!(fonts().len(), 3);
        assert!(fonts().iter().all(|font| font.info().family == FAMILY), "{:?}", fonts()[2].info().family);
        assert_eq!(database().faces().filter(|face| face.families.iter().any(|(name, _)| name == FAMILY)).count(), 3);
        assert!("Größe ÅŁşž Ωμέγα Журнал €£₽ –—…−≥×→".chars().all(covers));
        assert!(!covers('中') && !covers('ש') && !covers('😀'));
    }

    #[test]
    fn digits_are_equally_wide() {
        assert!((width("1111", 12.0) - width("0847", 12.0)).abs() < 1e-9);
        assert!(width("i", 12.0) < width("W", 12.0));
    }
}
