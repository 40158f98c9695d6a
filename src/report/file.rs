//! Files appear whole or not at all: a failed or killed export leaves what stood there before.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Error, Result, anyhow, bail};
use atomic_write_file::AtomicWriteFile;

/// Somewhere to write to. XLSX files are compressed on another thread, hence `Send`.
pub type Sink<'a> = &'a mut (dyn Write + Send);

/// Writes a file through `fill` and puts it in place once it is complete and on the disk.
///
/// A link is followed. What is no regular file (a pipe, a terminal) cannot be replaced and is written straight to.
/// Errors say what is the matter with the path; whatever stood there before is then untouched.
pub fn write<T>(path: &Path, fill: impl FnOnce(Sink<'_>) -> Result<T>) -> Result<T> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => bail!("{} is a folder; give the name of a file in it", path.display()),
        Ok(found) if !found.is_file() => write_through(path, fill),
        _ => replace(path, fill),
    }
    .map_err(|error| explained(path, error))
}

/// Writes a file that already stands in memory.
pub fn write_bytes(path: &Path, bytes: &[u8]) -> Result<()> {
    write(path, |out| Ok(out.write_all(bytes)?))
}

fn replace<T>(path: &Path, fill: impl FnOnce(Sink<'_>) -> Result<T>) -> Result<T> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut out = BufWriter::new(AtomicWriteFile::open(target)?);
    let value = fill(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.commit()?;
    Ok(value)
}

fn write_through<T>(path: &Path, fill: impl FnOnce(Sink<'_>) -> Result<T>) -> Result<T> {
    let mut out = BufWriter::new(File::options().write(true).open(path)?);
    let value = fill(&mut out)?;
    out.flush()?;
    Ok(value)
}

/// Turns an error of the disk into a sentence; others (a cancelled job, a failed query) say enough themselves.
fn explained(path: &Path, error: Error) -> Error {
    let Some(kind) = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind) else {
        return error;
    };
    let path = path.display();
    let reason = match kind {
        io::ErrorKind::NotFound => "its folder does not exist; create the folder or choose another".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not write there; choose another folder".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full; make room or choose another disk".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only; choose another".to_owned(),
        io::ErrorKind::BrokenPipe => "the program that reads it has gone".to_owned(),
        _ => return error.context(format!("{path} was not written")),
    };
    anyhow!("{path} was not written: {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        write_bytes(&path, b"old").unwrap();
        let failed = write(&path, |out| {
            out.write_all(b"half of the new")?;
            bail!("cancelled") as Result<()>
        });
        assert_eq!(failed.unwrap_err().to_string(), "cancelled");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        write_bytes(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn says_what_is_the_matter_with_a_path() {
        let folder = tempfile::tempdir().unwrap();
        let message = |path: &Path| write_bytes(path, b"x").unwrap_err().to_string();
        assert!(message(folder.path()).contains("is a folder"));
        assert!(message(&folder.path().join("no/list.csv")).contains("folder does not exist"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_a_sentence_and_a_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let message = write_bytes(Path::new("/dev/full"), b"x").unwrap_err().to_string();
        assert!(message.contains("the disk is full"), "{message}");

        let (real, link) = (folder.path().join("real.md"), folder.path().join("link.md"));
        write_bytes(&real, b"old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write_bytes(&link, b"new").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
