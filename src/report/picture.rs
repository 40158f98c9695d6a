//! Pictures as files.

use anyhow::Result;

/// A PNG file of a picture whose pixels are red, green, blue and opacity, row by row.
///
/// # Errors
/// When there are fewer or more bytes than `width` × `height` pixels need.
pub fn png(width: u32, height: u32, pixels: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_as_many_pixels_as_it_says() {
        let picture = png(2, 1, &[255, 0, 0, 255, 0, 0, 255, 255]).unwrap();
        assert_eq!(&picture[1..4], b"PNG");
        assert!(png(2, 2, &[0; 4]).is_err());
    }
}
