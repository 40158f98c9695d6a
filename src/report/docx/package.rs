//! The parts of the file and how they are put together: always in the same order, with the same time.

use std::io::{Cursor, Write};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::picture::Picture;
use crate::report::document::Document;
use crate::report::xml::escape;

/// First line of every part.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// What parts with text name.
pub const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts beside the text: name, kind of relationship and of content, each of them.
const PARTS: [(&str, &str, &str); 7] = [
    ("styles", "styles", "styles"),
    ("settings", "settings", "settings"),
    ("fontTable", "fontTable", "fontTable"),
    ("numbering", "numbering", "numbering"),
    ("footnotes", "footnotes", "footnotes"),
    ("header1", "header", "header"),
    ("footer1", "footer", "footer"),
];

/// The relationship by which the text names a part.
pub fn relation(part: &str) -> String {
    format!("rId{part}")
}

/// The whole file. `parts` are those of `PARTS` in their order.
pub fn pack(document: &Document, text: &str, parts: [String; 7], pictures: &[Picture]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut add = |name: &str, bytes: &[u8]| -> Result<()> {
        zip.start_file(name, options)?;
        Ok(zip.write_all(bytes)?)
    };
    add("[Content_Types].xml", content_types().as_bytes())?;
    add("_rels/.rels", package_relations().as_bytes())?;
    add("docProps/core.xml", core(document).as_bytes())?;
    add("docProps/app.xml", app().as_bytes())?;
    add("word/document.xml", text.as_bytes())?;
    add("word/_rels/document.xml.rels", relations(pictures).as_bytes())?;
    for ((name, ..), part) in PARTS.iter().zip(parts) {
        add(&format!("word/{name}.xml"), part.as_bytes())?;
    }
    for picture in pictures {
        add(&format!("word/media/{}", picture.file), &picture.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> String {
    let parts: String = PARTS
        .iter()
        .map(|(name, _, kind)| format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>"))
        .collect();
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"jpg\" ContentType=\"image/jpeg\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>{parts}\
         <Override PartName=\"/docProps/core.xml\" \
         ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>"
    )
}

fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}

fn relations(pictures: &[Picture]) -> String {
    let parts = PARTS.iter().map(|(name, kind, _)| {
        format!("<Relationship Id=\"{}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}.xml\"/>", relation(name))
    });
    let pictures = pictures.iter().map(|picture| {
        let id = relation(&picture.id());
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/image\" Target=\"media/{}\"/>", picture.file)
    });
    let all: String = parts.chain(pictures).collect();
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

/// Title and time: the as-of day. Who wrote it is the program, never a computer's user.
fn core(document: &Document) -> String {
    let time = document.as_of.map_or_else(String::new, |day| {
        let stamp =
            |what: &str| format!("<dcterms:{what} xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:{what}>");
        stamp("created") + &stamp("modified")
    });
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject>\
         <dc:creator>Cartwright</dc:creator>{time}</cp:coreProperties>",
        escape(&document.title),
        escape(&document.subtitle)
    )
}

fn app() -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Cartwright</Application></Properties>"
    )
}
