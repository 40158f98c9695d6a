//! Pictures within the text: logo and charts.

use anyhow::Result;

use super::package::relation;
use crate::report::charts;
use crate::report::document::{Logo, LogoKind};
use crate::report::xml::escape;

/// Units of drawings in a point.
const EMU: f64 = 12_700.0;
/// Pixels of a chart's picture for each of its points: sharp on paper.
const SHARPNESS: f64 = 2.0;
/// Largest width and height of a logo in points.
const LOGO: (f64, f64) = (200.0, 90.0);

/// A picture of the file.
pub struct Picture {
    number: usize,
    /// Its name in the file.
    pub file: String,
    /// The picture.
    pub bytes: Vec<u8>,
    /// Width and height in points.
    size: (f64, f64),
}

impl Picture {
    /// A chart over the width of the text, in points.
    pub fn chart(number: usize, svg: &str, width: f64) -> Result<Self> {
        let bytes = charts::png(svg, (charts::WIDTH * SHARPNESS) as u32)?;
        let (pixels_wide, pixels_high) = png_size(&bytes);
        let size = (width, width * pixels_high / pixels_wide);
        Ok(Self { number, file: format!("image{number}.png"), bytes, size })
    }

    /// A logo, no larger than a title page bears. A drawing becomes a picture.
    pub fn logo(number: usize, logo: &Logo) -> Result<Self> {
        let (wide, high) = (f64::from(logo.size.0.max(1)), f64::from(logo.size.1.max(1)));
        let scale = (LOGO.0 / wide).min(LOGO.1 / high);
        let size = (wide * scale, high * scale);
        let (bytes, extension) = match logo.kind {
            LogoKind::Png => (logo.bytes.clone(), "png"),
            LogoKind::Jpeg => (logo.bytes.clone(), "jpg"),
            LogoKind::Svg => {
                let svg = String::from_utf8_lossy(&logo.bytes);
                (charts::png(&svg, (size.0 * 4.0).ceil() as u32)?, "png")
            }
        };
        Ok(Self { number, file: format!("image{number}.{extension}"), bytes, size })
    }

    /// What relationships call it.
    pub fn id(&self) -> String {
        format!("image{}", self.number)
    }

    /// The run that shows it. `said` is read out to those who do not see it.
    pub fn run(&self, said: &str) -> String {
        let (wide, high) = ((self.size.0 * EMU).round() as u64, (self.size.1 * EMU).round() as u64);
        let (number, said, relation) = (self.number, escape(&said.replace('\n', " ")), relation(&self.id()));
        format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
             <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{number}\" name=\"Picture {number}\" \
             descr=\"{said}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>\
             </wp:cNvGraphicFramePr><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>\
             <pic:cNvPr id=\"{number}\" name=\"{}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
             <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
            self.file
        )
    }
}

/// Width and height as the file's header says.
fn png_size(bytes: &[u8]) -> (f64, f64) {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok()).unwrap_or([0, 0, 0, 1]);
        f64::from(u32::from_be_bytes(four).max(1))
    };
    (number(16), number(20))
}
