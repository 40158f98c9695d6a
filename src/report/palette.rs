//! Colours of documents: the light theme's, with the client's own in the first place.

/// Lines and bars of charts; all reach 3:1 on white and differ for colour-blind readers.
const SERIES: [[u8; 3]; 7] = [
    [0x3E, 0x6E, 0xE0],
    [0xD9, 0x6F, 0x13],
    [0x04, 0x7B, 0x74],
    [0xC6, 0x33, 0x74],
    [0x7E, 0x5F, 0x00],
    [0x56, 0x2C, 0x8B],
    [0x78, 0x24, 0x16],
];

/// Everything beyond the list.
const OTHER: [u8; 3] = [0x8A, 0x87, 0x80];

/// Parts of a whole. The fifth is grey: of five segments it is who has not bought.
const PARTS: [[u8; 3]; 7] = [
    [0x3E, 0x6E, 0xE0],
    [0x04, 0x7B, 0x74],
    [0xD9, 0x6F, 0x13],
    [0xC6, 0x33, 0x74],
    [0x8A, 0x87, 0x80],
    [0x7E, 0x5F, 0x00],
    [0x56, 0x2C, 0x8B],
];

/// The product's own colour of headings.
const ACCENT: [u8; 3] = [0x25, 0x50, 0xBB];

/// Colours of parts of a whole, in order; parts beyond the list share the last.
pub fn parts(accent: Option<[u8; 3]>) -> Vec<String> {
    with(accent, &PARTS).into_iter().map(hex).collect()
}

/// Colours of series, in order; series beyond the list share the last, which is grey.
pub fn series(accent: Option<[u8; 3]>) -> Vec<String> {
    with(accent, &SERIES).into_iter().chain([OTHER]).map(hex).collect()
}

/// Colour of headings and links: the client's, as much darker as reading on white needs.
pub fn heading(accent: Option<[u8; 3]>) -> String {
    hex(darkened(accent.unwrap_or(ACCENT), 4.5))
}

/// `#RRGGBB`.
pub fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

/// The client's colour first; the list's most similar one makes room for it.
fn with(accent: Option<[u8; 3]>, list: &[[u8; 3]]) -> Vec<[u8; 3]> {
    let Some(accent) = accent.map(|accent| darkened(accent, 3.0)) else { return list.to_vec() };
    let nearest = (0..list.len()).min_by_key(|&at| distance(list[at], accent));
    let others = list.iter().enumerate().filter(|(at, _)| Some(*at) != nearest).map(|(_, colour)| *colour);
    std::iter::once(accent).chain(others).collect()
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.into_iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// As much darker as a contrast on white asks for.
fn darkened(mut colour: [u8; 3], contrast: f64) -> [u8; 3] {
    while on_white(colour) < contrast {
        colour = colour.map(|part| part.saturating_sub(part / 16 + 1));
    }
    colour
}

/// Contrast on white, 1–21, as WCAG 2 defines it.
fn on_white(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_colour_comes_first_and_stays_legible() {
        assert_eq!(series(None)[0], "#3E6EE0");
        let red = series(Some([0xB0, 0x20, 0x60]));
        assert_eq!((red[0].as_str(), red[1].as_str(), red.len()), ("#B02060", "#3E6EE0", 8));
        assert!(!red.contains(&"#C63374".to_owned()), "its like makes room");
        for colour in [[255, 255, 0], [255, 255, 255], [0, 0, 0]] {
            assert!(on_white(darkened(colour, 4.5)) >= 4.5);
        }
        assert_eq!(heading(Some([0, 0, 0])), "#000000");
    }

    #[test]
    fn every_colour_of_charts_stands_out_on_white() {
        assert!(SERIES.iter().chain(&PARTS).all(|colour| on_white(*colour) >= 3.0));
        assert!(on_white(ACCENT) >= 4.5);
    }
}
