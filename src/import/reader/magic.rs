//! What a file is, by its first bytes, whatever its name says.

/// Kinds of file that matter to an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Text, as far as one can see.
    Text,
    /// A ZIP archive, which an XLSX workbook is.
    Zip,
    /// Something that is no table, named for people.
    Other(&'static str, &'static str),
}

const AS_CSV: &str = "Save it as CSV or XLSX and import that";

/// First bytes of files that people take for tables, or that tools write beside them.
const KNOWN: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "a PDF document", "Export the table itself as CSV or XLSX"),
    (b"\xd0\xcf\x11\xe0", "a workbook of the old Excel format (.xls)", AS_CSV),
    (b"SQLite format 3\0", "an SQLite database", "Open it with File › Open if it is a Cartwright workspace"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and import the file inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and import the file inside"),
    (b"Rar!", "a RAR archive", "Unpack it and import the file inside"),
    (b"BZh", "a bzip2 archive", "Unpack it and import the file inside"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "Unpack it and import the file inside"),
    (b"\x89PNG", "a picture", "Export the table itself as CSV or XLSX"),
    (b"\xff\xd8\xff", "a picture", "Export the table itself as CSV or XLSX"),
    (b"GIF8", "a picture", "Export the table itself as CSV or XLSX"),
    (b"PAR1", "a Parquet file", AS_CSV),
    (b"{\\rtf", "an RTF document", AS_CSV),
    (b"\xff\xfe\0\0", "text in UTF-32", "Save it as UTF-8 and import that"),
    (b"\0\0\xfe\xff", "text in UTF-32", "Save it as UTF-8 and import that"),
];

/// Beginnings of texts that are no tables.
const MARKUP: &[(&str, &str)] = &[
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<?xml", "an XML file"),
    ("{", "a JSON file"),
    ("[{", "a JSON file"),
];

/// Names a file by its first bytes (some hundred are enough).
pub fn container(start: &[u8]) -> Container {
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        return Container::Zip;
    }
    if let Some((_, what, repair)) = KNOWN.iter().find(|(magic, ..)| start.starts_with(magic)) {
        return Container::Other(what, repair);
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let head = text[..text.len().min(32)].to_ascii_lowercase();
    match MARKUP.iter().find(|(begin, _)| head.starts_with(begin.as_bytes())) {
        Some((_, what)) => Container::Other(what, "Export the table as CSV or XLSX"),
        None => Container::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(container(b"a,b\n1,2\n"), Container::Text);
        assert_eq!(container(b"PK\x03\x04rest"), Container::Zip);
        assert!(matches!(container(b"%PDF-1.7"), Container::Other("a PDF document", _)));
        assert!(matches!(container(b"\xef\xbb\xbf  <!DOCTYPE html>"), Container::Other("a web page", _)));
        assert_eq!(container(b""), Container::Text);
    }
}
