//! The page from top to bottom.

use std::fmt::Write;

use super::super::document::{Block, Cell, Document, Paper, Table};
use super::super::palette;
use super::{escape, figure};

const STYLE: &str = include_str!("../../../assets/document.css");

/// Sections from which on a page has contents.
const REPORT: usize = 3;

/// The whole page.
pub fn write(document: &Document) -> String {
    let title = escape(&document.title);
    let look = &document.look;
    let paper = match look.paper {
        Paper::A4 => "A4",
        Paper::Letter => "letter",
    };
    // The policy forbids scripts and every kind of loading, should text ever slip through unescaped.
    let pictures = if look.logo.is_some() { "; img-src data:" } else { "" };
    let mut page = Page { out: String::new(), document, uses: vec![0; document.references.len()], headings: 0 };
    let _ = write!(
        page.out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'{pictures}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light\">\n\
         <title>{title}</title>\n<style>\n{STYLE}@page {{ size: {paper}; }}\n:root {{ --accent: {}; }}\n</style>\n\
         </head>\n<body>\n<main>\n<header>\n",
        palette::heading(look.accent)
    );
    if let Some(logo) = &look.logo {
        let _ = writeln!(page.out, "<img class=\"logo\" alt=\"Logo\" src=\"{}\">", logo.address());
    }
    let _ = writeln!(page.out, "<h1>{title}</h1>");
    if !document.subtitle.is_empty() {
        page.element("p class=\"subtitle\"", &document.subtitle);
    }
    page.out.push_str("</header>\n");
    page.contents();
    document.blocks.iter().for_each(|block| page.block(block));
    page.references();
    page.out + "</main>\n</body>\n</html>\n"
}

/// A page being written.
pub struct Page<'a> {
    /// What is written.
    pub out: String,
    /// Of what.
    pub document: &'a Document,
    /// How often each reference was used.
    uses: Vec<usize>,
    headings: usize,
}

impl Page<'_> {
    /// `tag` may carry attributes.
    pub fn element(&mut self, tag: &str, text: &str) {
        self.marked(tag, text, None);
    }

    /// The same with the number of what it rests on behind it.
    pub fn marked(&mut self, tag: &str, text: &str, reference: Option<usize>) {
        let name = tag.split(' ').next().unwrap_or(tag);
        let mark = self.mark(reference);
        let _ = writeln!(self.out, "<{tag}>{}{mark}</{name}>", text_of(text));
    }

    fn mark(&mut self, reference: Option<usize>) -> String {
        let Some(number) = reference else { return String::new() };
        let Some(used) = number.checked_sub(1).and_then(|at| self.uses.get_mut(at)) else { return String::new() };
        *used += 1;
        format!("<sup><a href=\"#r{number}\" id=\"r{number}-{used}\">{number}</a></sup>")
    }

    /// Sections and their parts, where there are enough to look for.
    fn contents(&mut self) {
        let heading = |block| if let &Block::Heading(level, ref text) = block { Some((level, text)) } else { None };
        let headings: Vec<(u8, &String)> = self.document.blocks.iter().filter_map(heading).collect();
        if headings.iter().filter(|(level, _)| *level <= 1).count() < REPORT {
            return;
        }
        self.out.push_str("<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n");
        for (at, (level, text)) in headings.iter().enumerate().filter(|(_, (level, _))| *level <= 2) {
            let class = if *level > 1 { " class=\"inner\"" } else { "" };
            let _ = writeln!(self.out, "<li{class}><a href=\"#s{}\">{}</a></li>", at + 1, text_of(text));
        }
        if !self.document.references.is_empty() {
            self.out.push_str("<li><a href=\"#references\">What the figures rest on</a></li>\n");
        }
        self.out.push_str("</ol>\n</nav>\n");
    }

    fn references(&mut self) {
        if self.document.references.is_empty() {
            return;
        }
        self.out
            .push_str("<section class=\"references\">\n<h2 id=\"references\">What the figures rest on</h2>\n<ol>\n");
        for (at, text) in self.document.references.iter().enumerate() {
            let number = at + 1;
            let back = match self.uses.get(at) {
                Some(1..) => format!(" <a href=\"#r{number}-1\" aria-label=\"Back to the figure\">↑</a>"),
                _ => String::new(),
            };
            let _ = writeln!(self.out, "<li id=\"r{number}\">{}{back}</li>", text_of(text));
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                self.headings += 1;
                let tag = ["h2", "h3", "h4"][usize::from(*level).clamp(1, 3) - 1];
                let tag = format!("{tag} id=\"s{}\"", self.headings);
                self.element(&tag, text);
            }
            Block::Text(text) => self.element("p", text),
            Block::List(items) => {
                self.out.push_str("<ul>\n");
                items.iter().for_each(|item| self.element("li", item));
                self.out.push_str("</ul>\n");
            }
            Block::Facts(facts) => {
                self.out.push_str("<dl>\n");
                for (term, text) in facts {
                    self.element("dt", term);
                    self.element("dd", text);
                }
                self.out.push_str("</dl>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Bars(bars) => figure::bars(self, bars),
            Block::Chart(chart) => figure::chart(self, chart),
            Block::Note(text) => self.element("p class=\"note\"", text),
        }
    }

    /// A table with its caption, header, rows and total.
    pub fn table(&mut self, table: &Table) {
        self.out.push_str("<table>\n");
        if !table.caption.is_empty() {
            self.element("caption", &table.caption);
        }
        self.out.push_str("<thead>\n<tr>\n");
        for column in &table.columns {
            let tag = if column.numeric { r#"th scope="col" class="n""# } else { r#"th scope="col""# };
            self.marked(tag, &column.header, column.reference);
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        table.rows.iter().for_each(|cells| self.row(table, cells));
        self.out.push_str("</tbody>\n");
        if let Some(cells) = &table.total {
            self.out.push_str("<tfoot>\n");
            self.row(table, cells);
            self.out.push_str("</tfoot>\n");
        }
        self.out.push_str("</table>\n");
    }

    /// The first cell names its row.
    fn row(&mut self, table: &Table, cells: &[Cell]) {
        self.out.push_str("<tr>\n");
        for (index, cell) in cells.iter().enumerate() {
            let numeric = table.columns.get(index).is_some_and(|column| column.numeric);
            let tag = match (index, numeric) {
                (0, false) => r#"th scope="row""#,
                (0, true) => r#"th scope="row" class="n""#,
                (_, true) => r#"td class="n""#,
                (_, false) => "td",
            };
            self.marked(tag, &cell.text, cell.reference);
        }
        self.out.push_str("</tr>\n");
    }
}

/// Text with its line breaks.
pub fn text_of(text: &str) -> String {
    escape(text.trim()).replace("\r\n", "<br>").replace('\n', "<br>")
}
