//! The text of a document from top to bottom.

use anyhow::Result;

use super::notes::Notes;
use super::picture::Picture;
use super::table;
use super::words::{field, paragraph, plain, runs};
use crate::report::document::{Bars, Block, Chart, Document, Table};
use crate::report::{bars, charts};

/// Heading of the list of references.
const REFERENCES: &str = "What the figures rest on";

/// What becomes parts of the file.
pub struct Body {
    /// Content of the main part.
    pub text: String,
    /// The part with the footnotes.
    pub notes: String,
    /// Pictures in the order of the text.
    pub pictures: Vec<Picture>,
}

/// Writes everything over the given width, in twentieths of a point.
pub fn body(document: &Document, width: f64, accent: &str) -> Result<Body> {
    let mut writer =
        Writer { document, width, notes: Notes::new(document), pictures: Vec::new(), headings: 0, out: String::new() };
    writer.title(accent)?;
    for block in &document.blocks {
        writer.block(block)?;
    }
    if writer.notes.is_list {
        writer.all_references();
    } else {
        writer.unnamed_references();
    }
    Ok(Body { text: writer.out, notes: writer.notes.part(), pictures: writer.pictures })
}

struct Writer<'a> {
    document: &'a Document,
    width: f64,
    notes: Notes<'a>,
    pictures: Vec<Picture>,
    /// Headings so far: their bookmarks are numbered as the list of contents numbers them.
    headings: usize,
    out: String,
}

impl Writer<'_> {
    /// Logo, title and what stands below it; a long document gives them a page, and its contents the next.
    fn title(&mut self, accent: &str) -> Result<()> {
        let document = self.document;
        let long = document.has_contents();
        if let Some(logo) = &document.look.logo {
            let picture = Picture::logo(1, logo)?;
            let after = "<w:spacing w:after=\"360\"/>";
            self.out.push_str(&paragraph("Figure", after, "", &picture.run("Logo")));
            self.pictures.push(picture);
        }
        let top = if !long {
            String::new()
        } else {
            let before = if document.look.logo.is_some() { 2_400 } else { 4_000 };
            format!("<w:spacing w:before=\"{before}\" w:after=\"160\"/>")
        };
        self.out.push_str(&paragraph("Title", &top, &document.title, &runs(document.title.trim(), "")));
        let rule = format!(
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"{accent}\"/></w:pBdr>\
             <w:spacing w:after=\"240\"/>"
        );
        let mut lines: Vec<String> =
            [document.subtitle.trim().to_owned()].into_iter().filter(|s| !s.is_empty()).collect();
        lines.extend(document.as_of_line());
        let last = lines.len().saturating_sub(1);
        for (at, line) in lines.iter().enumerate() {
            self.out.push_str(&paragraph("Subtitle", if at == last { &rule } else { "" }, line, &runs(line, "")));
        }
        if long {
            self.contents();
        }
        Ok(())
    }

    /// A field that lists headings with their pages. What it shows until it is updated is complete but for the numbers
    /// of pages, which nobody knows before the pages are laid out.
    fn contents(&mut self) {
        self.out.push_str(&paragraph("TOCHeading", "<w:pageBreakBefore/>", "", &runs("Contents", "")));
        let headings = self.document.blocks.iter().filter_map(|block| match block {
            Block::Heading(level, text) => Some((*level, text.trim())),
            _ => None,
        });
        let last = self.notes.is_list.then_some((1, REFERENCES));
        let listed: Vec<(usize, u8, &str)> = headings
            .chain(last)
            .enumerate()
            .filter(|(_, (level, text))| *level <= 2 && !text.is_empty())
            .map(|(at, (level, text))| (at + 1, level, text))
            .collect();
        let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> \
                     TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar \
                     w:fldCharType=\"separate\"/></w:r>";
        for (at, (number, level, text)) in listed.iter().enumerate() {
            let anchor = anchor(*number);
            let line = format!(
                "{}<w:hyperlink w:anchor=\"{anchor}\" w:history=\"1\">{}<w:r><w:tab/></w:r>{}</w:hyperlink>",
                if at == 0 { begin } else { "" },
                runs(&one_line(text), ""),
                field(&format!("PAGEREF {anchor} \\h"), "")
            );
            let style = if *level <= 1 { "TOC1" } else { "TOC2" };
            self.out.push_str(&paragraph(style, "", text, &line));
        }
        self.out.push_str(
            "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p><w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>",
        );
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Text(text) => self.text("Normal", text),
            Block::Note(text) => self.text("Note", text),
            Block::List(items) => {
                for item in items {
                    self.out.push_str(&plain("ListBullet", item));
                }
            }
            Block::Facts(facts) => self.out.push_str(&table::facts(facts, self.width)),
            Block::Table(table) => self.table(table),
            Block::Bars(bars) => self.bars(bars)?,
            Block::Chart(chart) => self.chart(chart)?,
        }
        Ok(())
    }

    fn heading(&mut self, level: u8, text: &str) {
        self.headings += 1;
        let (id, anchor) = (2 * self.headings, anchor(self.headings));
        let text = one_line(text);
        let line = format!(
            "<w:bookmarkStart w:id=\"{id}\" w:name=\"{anchor}\"/>{}<w:bookmarkEnd w:id=\"{id}\"/>",
            runs(&text, "")
        );
        self.out.push_str(&paragraph(&format!("Heading{}", level.clamp(1, 3)), "", &text, &line));
    }

    fn text(&mut self, style: &str, text: &str) {
        if !text.trim().is_empty() {
            self.out.push_str(&plain(style, text));
        }
    }

    fn table(&mut self, table: &Table) {
        self.out.push_str(&table::table(table, &mut self.notes, self.width));
    }

    /// The picture, and below it the numbers it shows.
    fn chart(&mut self, chart: &Chart) -> Result<()> {
        let svg = charts::svg(chart, self.document.look.accent);
        self.figure(&svg, Table { caption: String::new(), ..chart.table() }, &chart.caption)
    }

    fn bars(&mut self, bars: &Bars) -> Result<()> {
        let svg = bars::svg(bars, self.document.look.accent);
        self.figure(&svg, Table { caption: String::new(), ..bars.table() }, &bars.caption)
    }

    fn figure(&mut self, svg: &str, numbers: Table, caption: &str) -> Result<()> {
        if !caption.trim().is_empty() {
            self.out.push_str(&plain("Caption", caption));
        }
        let picture = Picture::chart(self.pictures.len() + 1, svg, self.width / 20.0)?;
        let said = format!("{caption}. The numbers stand in the table below");
        self.out.push_str(&paragraph("Figure", "", "", &picture.run(&said)));
        self.pictures.push(picture);
        self.table(&numbers);
        Ok(())
    }

    /// All references as the last chapter, where the numbers behind figures lead.
    fn all_references(&mut self) {
        self.heading(1, REFERENCES);
        for (at, text) in self.document.references.iter().enumerate() {
            let (number, id) = (at + 1, 2 * at + 3);
            let line = format!(
                "<w:bookmarkStart w:id=\"{id}\" w:name=\"Reference{number}\"/>{}<w:bookmarkEnd w:id=\"{id}\"/>",
                runs(&format!("{number}  {}", text.trim()), "")
            );
            self.out.push_str(&paragraph("FootnoteText", "", text, &line));
        }
    }

    /// References that no figure names are not lost.
    fn unnamed_references(&mut self) {
        let numbers = self.document.unnamed_references();
        if numbers.is_empty() {
            return;
        }
        self.out.push_str(&plain("Caption", "Further references"));
        for number in numbers {
            let text = self.document.reference(number).unwrap_or_default();
            self.out.push_str(&plain("FootnoteText", &format!("{number}  {}", text.trim())));
        }
    }
}

/// Name of the bookmark of a heading, by its place.
fn anchor(number: usize) -> String {
    format!("_Toc{number:07}")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
