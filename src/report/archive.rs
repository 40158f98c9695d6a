//! Several files as one archive that every system opens; the same files give the same bytes.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::file;

/// Writes files, each under its name within, as one archive: whole or not at all.
///
/// # Errors
/// When a file cannot be read, or the archive cannot be written.
pub fn zip(path: &Path, files: &[(String, PathBuf)]) -> Result<()> {
    file::write(path, |out| {
        let mut archive = ZipWriter::new_stream(out);
        // What the clock says has no place in it.
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).large_file(true);
        for (name, from) in files {
            archive.start_file(name.as_str(), options)?;
            let mut from = File::open(from).with_context(|| format!("{} cannot be read", from.display()))?;
            io::copy(&mut from, &mut archive)?;
        }
        archive.finish()?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn files_come_back_and_the_bytes_are_the_same_twice() {
        let folder = tempfile::tempdir().unwrap();
        let one = folder.path().join("one");
        std::fs::write(&one, b"hello, hello").unwrap();
        let files = [("a.txt".to_owned(), one.clone()), ("b/c.txt".to_owned(), one)];
        let [first, second] = ["1.zip", "2.zip"].map(|name| folder.path().join(name));
        super::zip(&first, &files).unwrap();
        super::zip(&second, &files).unwrap();
        assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());
        let mut archive = zip::ZipArchive::new(File::open(&first).unwrap()).unwrap();
        let mut text = String::new();
        archive.by_name("b/c.txt").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((archive.len(), text.as_str()), (2, "hello, hello"));
    }
}
