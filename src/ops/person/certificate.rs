//! What an erasure did, to keep: nothing in it tells of whom.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Session;
use super::as_json::moment;
use crate::report::document::{Block, Document};
use crate::report::{FORMATS, file, format};
use crate::workspace::erase::{Erasure, Footprint, OrdersOf};

/// `orders (3), carts (1)`.
fn counted(rows: &[(String, u64)]) -> String {
    rows.iter().map(|(what, n)| format!("{what} ({n})")).collect::<Vec<_>>().join(", ")
}

/// What stays after an erasure, as sentences without a full stop.
pub fn what_stays(footprint: &Footprint) -> Vec<String> {
    let mut words = Vec::new();
    match (footprint.orders, footprint.nameless.is_empty()) {
        (OrdersOf::Keep, false) => words.push(format!(
            "Without a name stay {}: day, products, amounts and the order’s number, so that the shop’s totals do not \
             change",
            counted(&footprint.nameless)
        )),
        (OrdersOf::Delete, false) => words.push(format!("Without a name stay {}", counted(&footprint.nameless))),
        (_, true) => {}
    }
    words.push(
        "Salted hashes of addresses, shop ids, name and phone stay, so that a later import leaves the person out; they \
         cannot be read back"
            .into(),
    );
    if !footprint.files.is_empty() {
        words.push(format!(
            "Outside the workspace, and untouched, are the imported files ({})",
            footprint.files.join(", ")
        ));
    }
    words.push("Copies, exports and backups made before are outside the workspace, too; delete or renew them".into());
    words
}

fn document(shop: &str, erasure: &Erasure, clean: bool) -> Document {
    let footprint = &erasure.footprint;
    let on_disk = if clean {
        "The file was written anew; its free space holds nothing of the person"
    } else {
        "The file could not be written anew yet; its free space is cleaned when the workspace is opened next"
    };
    let removed = footprint.removed.iter().map(|(what, n)| format!("{what}: {n}")).collect();
    Document {
        title: "Certificate of erasure".into(),
        subtitle: format!("{shop}, erasure {}, {}", erasure.id, moment(erasure.at).unwrap_or_default()),
        blocks: vec![
            Block::Heading(2, "What was taken out".into()),
            Block::List(removed),
            Block::Text(format!(
                "{on_disk}. The erasure cannot be undone; no step of the history brings the person back."
            )),
            Block::Heading(2, "What stays".into()),
            Block::List(what_stays(footprint)),
            Block::Note(
                "This certificate names nobody. Keep beside it, if you must, the request that it answers.".into(),
            ),
        ],
        ..Document::default()
    }
}

impl Session {
    /// Writes the certificate of an erasure as Markdown, beside the workspace unless another place is named.
    pub fn certify(&self, erasure: &Erasure, clean: bool, path: Option<&Path>) -> Result<PathBuf> {
        let stem = self.path().file_stem().map_or_else(|| "shop".into(), |stem| stem.to_string_lossy().into_owned());
        let usual = || self.path().with_file_name(format!("{stem}-erasure-{}.md", erasure.id));
        let path = path.map_or_else(usual, Path::to_owned);
        let wanted = path.extension().map_or_else(String::new, |e| e.to_string_lossy().into_owned());
        let format = format(&wanted).unwrap_or(FORMATS[0]);
        file::write_bytes(&path, &format.write(&document(&self.shop()?, erasure, clean))?)?;
        Ok(path)
    }
}
