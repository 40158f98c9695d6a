//! The one document of the framework: its chapters, which of them are wanted, and the references behind its figures.

mod charts;
mod form;
mod front;
mod open;
mod references;

pub use charts::{against_target, by_segment, channel_shares, lift_by_test, revenue_by_month};
pub use form::{OPEN, beyond, section_blocks};
pub use front::{Front, definitions_blocks, front_blocks, sources_blocks, subtitle};
pub use open::open_blocks;
pub use references::{References, share_column};

use crate::report::document::{Block, Document, Look};

/// Chapters of the document, in order: the key by which they are chosen, and what they are called.
pub const SECTIONS: &[(&str, &str)] = &[
    ("profile", "Company profile"),
    ("segments", "1 Segments and personas"),
    ("touchpoints", "2 Touchpoints"),
    ("recommendations", "3 Recommendations"),
    ("content", "4 Dynamic content"),
    ("triggers", "5 Triggers"),
    ("omnichannel", "6 Omnichannel"),
    ("privacy", "7 Data and privacy"),
    ("testing", "8 Testing"),
    ("technology", "9 Technology stack"),
    ("kpis", "10 KPIs and ROI"),
    ("roi", "Marketing ROI and value"),
    ("product", "Product framework"),
    ("marketing", "Marketing framework"),
    ("open", "What is open"),
    ("files", "Files to ask for"),
    ("definitions", "How the figures are computed"),
    ("sources", "Where the data comes from"),
];

/// What a document is to hold and how it looks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wanted {
    /// Keys of [`SECTIONS`], or the numbers of the framework's sections; none = all of them.
    pub sections: Vec<String>,
    /// Paper, logo and colour.
    pub look: Look,
    /// Whether remarks beside fields are printed.
    pub comments: bool,
}

impl Wanted {
    /// Whether a chapter is to be written. The files to ask for are, unasked, only where there are none yet.
    pub fn has(&self, key: &str, blank: bool) -> bool {
        match self.sections.is_empty() {
            true => key != "files" || blank,
            false => self.sections.iter().any(|wanted| is(wanted, key)),
        }
    }

    /// # Errors
    /// A sentence that lists the chapters, when one is wanted that there is not.
    pub fn check(&self) -> Result<(), String> {
        let known = |wanted: &&String| !SECTIONS.iter().any(|(key, _)| is(wanted, key));
        match self.sections.iter().find(known) {
            None => Ok(()),
            Some(wanted) => Err(format!(
                "there is no section “{}”; choose among {}, or 1 to 10 for the framework's own",
                wanted.trim(),
                SECTIONS.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(", ")
            )),
        }
    }
}

/// Whether a wanted chapter is the one with this key: by the key, or by the number before its name.
fn is(wanted: &str, key: &str) -> bool {
    let wanted = wanted.trim();
    let number = || SECTIONS.iter().find(|(of, _)| *of == key).and_then(|(_, title)| title.split(' ').next());
    wanted.eq_ignore_ascii_case(key) || (wanted.parse::<u8>().is_ok() && number() == Some(wanted))
}

/// A chapter as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Its key in [`SECTIONS`].
    pub key: &'static str,
    /// Its content, with its heading.
    pub blocks: Vec<Block>,
    /// What figures rest on that refer to nothing of their own; empty where they are no figures of the shop.
    pub basis: String,
}

/// Chapters as one document, in the order of [`SECTIONS`]; empty ones are left out.
pub fn assemble(front: &Front<'_>, mut chapters: Vec<Chapter>, mut references: References, look: &Look) -> Document {
    let place = |chapter: &Chapter| SECTIONS.iter().position(|(key, _)| *key == chapter.key);
    chapters.sort_by_key(place);
    for chapter in chapters.iter_mut().filter(|chapter| !chapter.basis.is_empty()) {
        references.rest_on(&mut chapter.blocks, &chapter.basis);
    }
    let mut blocks = front_blocks(front);
    blocks.extend(chapters.into_iter().flat_map(|chapter| chapter.blocks));
    say_once(&mut blocks);
    let document = Document {
        title: format!("{}: {}", front.company(), super::framework().title.to_lowercase()),
        subtitle: subtitle(front),
        as_of: front.as_of,
        blocks,
        references: references.into_texts(),
        look: look.clone(),
    };
    document.in_reading_order()
}

/// Takes away captions that only repeat the heading above them.
fn say_once(blocks: &mut [Block]) {
    let mut heading = String::new();
    for block in blocks {
        match block {
            Block::Heading(_, text) => heading.clone_from(text),
            Block::Table(table) => {
                // "1 Segments" is the heading of "Segments".
                let bare = heading.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
                if !table.caption.is_empty() && (table.caption == bare || table.caption == heading) {
                    table.caption.clear();
                }
                heading.clear();
            }
            Block::Bars(_) | Block::Chart(_) => heading.clear(),
            Block::Text(_) | Block::List(_) | Block::Facts(_) | Block::Note(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Table;

    #[test]
    fn chapters_are_wanted_by_key_and_by_number() {
        let wanted = |sections: &[&str]| Wanted {
            sections: sections.iter().map(|one| (*one).to_owned()).collect(),
            ..Wanted::default()
        };
        assert!(wanted(&[]).has("kpis", false) && wanted(&["10"]).has("kpis", false));
        assert!(wanted(&["KPIs "]).has("kpis", false) && !wanted(&["1"]).has("kpis", false));
        assert!(!wanted(&[]).has("files", false) && wanted(&[]).has("files", true));
        assert!(wanted(&["files"]).has("files", false));
        assert_eq!(wanted(&["1", "product"]).check(), Ok(()));
        let why = wanted(&["11"]).check().unwrap_err();
        assert!(why.contains("“11”") && why.contains("omnichannel"), "{why}");
    }

    #[test]
    fn captions_do_not_repeat_the_heading() {
        let table = |caption: &str| Block::Table(Table { caption: caption.into(), ..Table::default() });
        let heading = |text: &str| Block::Heading(2, text.into());
        let mut blocks = [heading("4 Content"), Block::Text("Why".into()), table("Content"), table("Content")];
        say_once(&mut blocks);
        assert_eq!(blocks[2..], [table(""), table("Content")]);
    }

    #[test]
    fn every_section_of_the_framework_is_a_chapter() {
        for section in &super::super::framework().sections {
            let title = format!("{} {}", section.number, section.title);
            assert!(SECTIONS.contains(&(section.key.as_str(), title.as_str())), "{title}");
        }
    }
}
