//! Logos: a picture is told by its content, and is refused with a reason when documents cannot carry it.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, roxmltree};

use super::charts::closed;
use super::document::{Logo, LogoKind};
use super::fonts;

/// The largest file, in bytes: it is part of every document.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The longest side in pixels.
const MOST_PIXELS: u32 = 6_000;

const ASK: &str = "choose a PNG, JPEG or SVG picture";

impl Logo {
    /// A logo from the bytes of a file, whatever its name is.
    ///
    /// # Errors
    /// A sentence for the user, when the bytes are no picture that every format of documents can carry.
    pub fn read(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.is_empty() {
            return Err(format!("The file of the logo is empty; {ASK}"));
        }
        if bytes.len() > MOST_BYTES {
            return Err(format!(
                "The logo's file has {:.1} MB, and 4 MB is the most that documents carry; save it smaller",
                bytes.len() as f64 / 1_048_576.0
            ));
        }
        let (kind, size) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            (LogoKind::Png, png(&bytes).ok_or_else(|| damaged("PNG"))?)
        } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            (LogoKind::Jpeg, jpeg(&bytes)?)
        } else {
            (LogoKind::Svg, svg(&bytes)?)
        };
        if size.0 == 0 || size.1 == 0 {
            return Err(format!("The logo has no width or no height; {ASK}"));
        }
        if size.0.max(size.1) > MOST_PIXELS {
            return Err(format!(
                "The logo is {} × {} pixels, and {MOST_PIXELS} is the most on a side; save it smaller",
                size.0, size.1
            ));
        }
        // Decoding shows whether the picture is whole; only sizes that fit into memory are decoded.
        if kind != LogoKind::Svg {
            decodes(&bytes, kind, size)?;
        }
        Ok(Self { bytes, kind, size })
    }
}

fn damaged(kind: &str) -> String {
    format!("The logo begins like a {kind} picture but cannot be read to its end; save it anew or {ASK}")
}

/// Width and height from the header.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
    Some((reader.info().width, reader.info().height))
}

/// Width and height from the frame header, wherever it stands.
fn jpeg(bytes: &[u8]) -> Result<(u32, u32), String> {
    let pair = |at: usize| Some(u32::from(*bytes.get(at)?) << 8 | u32::from(*bytes.get(at + 1)?));
    let mut at = 2;
    while let (Some(0xFF), Some(&marker)) = (bytes.get(at), bytes.get(at + 1)) {
        match marker {
            // Padding.
            0xFF => at += 1,
            // Frames of every coding but tables of Huffman, arithmetic codes and reserved ones.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let size = pair(at + 7).zip(pair(at + 5)).ok_or_else(|| damaged("JPEG"))?;
                if bytes.get(at + 9) == Some(&4) {
                    return Err(
                        "The logo is a JPEG for print (CMYK), which screens show in wrong colours; save it in \
                                RGB"
                        .into(),
                    );
                }
                return Ok(size);
            }
            _ => at += 2 + pair(at + 2).unwrap_or(0).max(2) as usize,
        }
    }
    Err(damaged("JPEG"))
}

/// Width and height in points, when it stands alone: it opens no file, runs nothing.
fn svg(bytes: &[u8]) -> Result<(u32, u32), String> {
    let none = || format!("The logo is no PNG, JPEG or SVG picture; {ASK}");
    let text = std::str::from_utf8(bytes).map_err(|_| none())?;
    let dtd = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let xml = roxmltree::Document::parse_with_options(text, dtd)
        .map_err(|_| if text.contains("<svg") { damaged("SVG") } else { none() })?;
    if xml.root_element().tag_name().name() != "svg" {
        return Err(none());
    }
    // A sheet of styles is named before the drawing itself.
    let sheet = |node: roxmltree::Node<'_, '_>| node.pi().is_some_and(|pi| pi.target == "xml-stylesheet");
    if xml.root().children().any(sheet) {
        return Err(leads_out());
    }
    for node in xml.descendants().filter(|node| node.is_element()) {
        let name = node.tag_name().name();
        if name == "script" || name == "foreignObject" || node.attributes().any(|a| a.name().starts_with("on")) {
            return Err("The logo is an SVG that runs a script or holds a web page; save it as a plain picture".into());
        }
        let out = node.attributes().any(|a| a.name() == "href" && outside(a.value()) && name != "a")
            || styles(node).map(str::to_ascii_lowercase).any(|style| style.contains("@import") || calls_out(&style));
        if out {
            return Err(leads_out());
        }
    }
    let options = Options { font_family: fonts::FAMILY.into(), fontdb: fonts::database(), ..closed() };
    let tree = Tree::from_xmltree(&xml, &options).map_err(|_| damaged("SVG"))?;
    Ok((tree.size().width().ceil() as u32, tree.size().height().ceil() as u32))
}

fn leads_out() -> String {
    "The logo is an SVG that needs other files; save it with everything in it, or as PNG".into()
}

/// Texts of a node in which styles may lead elsewhere.
fn styles<'a>(node: roxmltree::Node<'a, 'a>) -> impl Iterator<Item = &'a str> {
    let inner = (node.tag_name().name() == "style").then(|| node.text()).flatten();
    node.attributes()
        .map(|a| a.value())
        .filter(|value| value.to_ascii_lowercase().contains("url"))
        .collect::<Vec<_>>()
        .into_iter()
        .chain(inner)
}

/// Whether an address is anything but a part of the same picture, or a picture within it.
fn outside(address: &str) -> bool {
    let address = address.trim_start_matches([' ', '\n', '\'', '"']);
    !address.starts_with('#') && !address.starts_with("data:")
}

/// Whether any `url(…)` leads out of the picture.
fn calls_out(style: &str) -> bool {
    style.split("url(").skip(1).any(outside)
}

impl Logo {
    /// The picture as an address that holds it.
    pub fn address(&self) -> String {
        let kind = match self.kind {
            LogoKind::Png => "image/png",
            LogoKind::Jpeg => "image/jpeg",
            LogoKind::Svg => "image/svg+xml",
        };
        data_uri(kind, &self.bytes)
    }
}

/// Bytes as an address that holds them, in base 64.
fn data_uri(kind: &str, bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = format!("data:{kind};base64,");
    for three in bytes.chunks(3) {
        let whole = three.iter().fold(0, |whole, byte| whole << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let sign = SIGNS[(whole >> (18 - 6 * at) & 63) as usize];
            out.push(if at > three.len() { '=' } else { char::from(sign) });
        }
    }
    out
}

/// Whether the whole picture can be decoded.
fn decodes(bytes: &[u8], kind: LogoKind, (width, height): (u32, u32)) -> Result<(), String> {
    match kind {
        LogoKind::Png => {
            let whole = || {
                let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
                let mut pixels = vec![0; reader.output_buffer_size()?];
                reader.next_frame(&mut pixels).ok()
            };
            whole().map(|_| ()).ok_or_else(|| damaged("PNG"))
        }
        LogoKind::Jpeg => {
            // Drawn through an SVG of one picture, as documents do.
            let data = data_uri("image/jpeg", bytes);
            let text = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><image \
                 width=\"{width}\" height=\"{height}\" href=\"{data}\"/></svg>"
            );
            let tree = Tree::from_str(&text, &closed()).map_err(|_| damaged("JPEG"))?;
            let mut pixels = Pixmap::new(8, 8).ok_or_else(|| damaged("JPEG"))?;
            let scale = Transform::from_scale(8.0 / width as f32, 8.0 / height as f32);
            resvg::render(&tree, scale, &mut pixels.as_mut());
            let drawn = pixels.pixels().iter().any(|pixel| pixel.alpha() > 0);
            if drawn { Ok(()) } else { Err(damaged("JPEG")) }
        }
        LogoKind::Svg => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture;
    use super::*;

    fn svg_of(inside: &str) -> Result<Logo, String> {
        let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">{inside}</svg>");
        Logo::read(text.into_bytes())
    }

    /// Of one grey pixel.
    const JPEG: &[u8] = &[
        0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00, 0x01,
        0x00, 0x00, 0xFF, 0xDB, 0x00, 0x43, 0x00, 0x28, 0x1C, 0x1E, 0x23, 0x1E, 0x19, 0x28, 0x23, 0x21, 0x23, 0x2D,
        0x2B, 0x28, 0x30, 0x3C, 0x64, 0x41, 0x3C, 0x37, 0x37, 0x3C, 0x7B, 0x58, 0x5D, 0x49, 0x64, 0x91, 0x80, 0x99,
        0x96, 0x8F, 0x80, 0x8C, 0x8A, 0xA0, 0xB4, 0xE6, 0xC3, 0xA0, 0xAA, 0xDA, 0xAD, 0x8A, 0x8C, 0xC8, 0xFF, 0xCB,
        0xDA, 0xEE, 0xF5, 0xFF, 0xFF, 0xFF, 0x9B, 0xC1, 0xFF, 0xFF, 0xFF, 0xFA, 0xFF, 0xE6, 0xFD, 0xFF, 0xF8, 0xFF,
        0xC0, 0x00, 0x0B, 0x08, 0x00, 0x01, 0x00, 0x01, 0x01, 0x01, 0x11, 0x00, 0xFF, 0xC4, 0x00, 0x14, 0x00, 0x01,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xC4,
        0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00, 0x3F, 0xFF, 0xD9,
    ];

    #[test]
    fn pictures_are_told_by_their_content() {
        let png = Logo::read(picture::png(2, 1, &[255, 0, 0, 255, 0, 0, 255, 255]).unwrap()).unwrap();
        assert_eq!((png.kind, png.size), (LogoKind::Png, (2, 1)));
        let jpeg = Logo::read(JPEG.to_vec()).unwrap();
        assert_eq!((jpeg.kind, jpeg.size), (LogoKind::Jpeg, (1, 1)));
        let svg = svg_of("<rect width=\"9\" height=\"9\" fill=\"url(#a)\"/><use href=\"#b\"/>").unwrap();
        assert_eq!((svg.kind, svg.size), (LogoKind::Svg, (40, 20)));
        assert!(svg.address().starts_with("data:image/svg+xml;base64,PHN2Zy"));
    }

    #[test]
    fn what_is_no_picture_is_refused_with_a_reason() {
        let whole = picture::png(2, 1, &[255, 0, 0, 255, 0, 0, 255, 255]).unwrap();
        let refused = |bytes: &[u8]| Logo::read(bytes.to_vec()).unwrap_err();
        assert!(refused(b"").contains("empty"));
        assert!(refused(b"%PDF-1.7").contains("no PNG, JPEG or SVG"));
        assert!(refused(b"<html></html>").contains("no PNG, JPEG or SVG"));
        assert!(refused(&[0xFF, 0xFE, 0x00]).contains("no PNG, JPEG or SVG"));
        assert!(refused(&whole[..whole.len() - 20]).contains("cannot be read to its end"));
        assert!(refused(&JPEG[..40]).contains("cannot be read to its end"));
        assert!(refused(b"<svg").contains("cannot be read to its end"));
        assert!(refused(&vec![b'x'; MOST_BYTES + 1]).contains("4 MB"));
    }

    #[test]
    fn drawings_that_run_or_load_something_are_refused() {
        for inside in ["<script>x</script>", "<rect onclick=\"x()\" width=\"1\" height=\"1\"/>", "<foreignObject/>"] {
            assert!(svg_of(inside).unwrap_err().contains("runs a script"), "{inside}");
        }
        for inside in [
            "<image href=\"https://example.com/x.png\"/>",
            "<style>@import 'x.css'</style>",
            "<rect width=\"1\" height=\"1\" fill=\"url(x.svg#a)\"/>",
            "<style>.a { background: url( 'x.png' ) }</style>",
            "<style>.a { background: URL(x.png) }</style>",
            "<rect width=\"1\" height=\"1\" style=\"fill: URL(x.svg#a)\"/>",
        ] {
            assert!(svg_of(inside).unwrap_err().contains("needs other files"), "{inside}");
        }
        let sheet = "<?xml-stylesheet href='x.css'?><svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>";
        assert!(Logo::read(sheet.into()).unwrap_err().contains("needs other files"));
    }

    #[test]
    fn sizes_have_a_limit() {
        let text = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9000\" height=\"20\"/>";
        assert!(Logo::read(text.into()).unwrap_err().contains("9000 × 20"));
        let wide = picture::png(6_001, 1, &vec![0; 6_001 * 4]).unwrap();
        assert!(Logo::read(wide).unwrap_err().contains("6001 × 1"));
    }

    #[test]
    fn bytes_in_base_64() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(data_uri("x", bytes.as_bytes()), format!("data:x;base64,{text}"), "RFC 4648, 10");
        }
    }
}
