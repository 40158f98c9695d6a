//! Where a pack is made: a folder of its own beside the workspace, from which only what is finished is taken.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// As many packs of one workspace can be on the way at once.
const MOST: usize = 9;

/// A folder that is removed when it is no longer needed. One that a killed program left is removed by the next pack of
/// the same workspace: the lock tells that nobody is at work in it.
pub struct Place {
    folder: PathBuf,
    /// Where the files of the pack stand until they are whole.
    pub files: PathBuf,
    lock: Option<File>,
}

impl Drop for Place {
    fn drop(&mut self) {
        // Some systems remove no open file.
        self.lock.take();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Place {
    /// A place beside a workspace; where its folder cannot be written, among the computer's temporary files.
    ///
    /// # Errors
    /// A sentence when neither can be written.
    pub fn beside(workspace: &Path) -> Result<Self> {
        let name = workspace.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Names have at most 255 bytes.
        let name: String = name.chars().take(50).collect();
        let folders = [workspace.parent().map(Path::to_owned), Some(std::env::temp_dir())];
        for folder in folders.into_iter().flatten() {
            for n in 1..=MOST {
                let place = folder.join(format!(".{name}.cartwright-pack-{n}"));
                if let Some(place) = Self::at(place) {
                    return Ok(place);
                }
            }
        }
        bail!(
            "the pack was not made: neither the folder of the workspace nor that of temporary files can be written, and \
             the copy is made there before names are out of it; make room or ask for the right to write"
        )
    }

    /// This folder, when it is free or was left by a program that has ended.
    fn at(folder: PathBuf) -> Option<Self> {
        let lock = folder.join("lock");
        if folder.exists() {
            // Without our lock it is none of ours, and is left alone.
            let left = File::options().write(true).open(&lock).ok()?;
            left.try_lock().ok()?;
            drop(left);
            fs::remove_dir_all(&folder).ok()?;
        }
        make_private(&folder).ok()?;
        let files = folder.join("files");
        // From here on it is removed whatever happens.
        let mut place = Self { folder, files, lock: None };
        let held = File::create_new(&lock).ok()?;
        held.try_lock().ok()?;
        fs::create_dir(&place.files).ok()?;
        place.lock = Some(held);
        Some(place)
    }

    /// Puts the files where they are wanted, as a folder of this name: whole or not at all.
    ///
    /// # Errors
    /// A sentence when there is something of that name, or the folder around it cannot be written.
    pub fn put(&self, out: &Path) -> Result<()> {
        let words = || {
            let shown = out.display();
            format!("{shown} was not made, nothing is left of it; choose a folder you may write to, with enough room")
        };
        // Also an empty folder that came meanwhile is not ours to replace.
        fs::create_dir(out).with_context(words)?;
        if fs::rename(&self.files, out).is_ok() {
            return Ok(());
        }
        // On another disk, or where a folder replaces no folder.
        let copied = fs::read_dir(&self.files).and_then(|all| {
            for entry in all {
                let entry = entry?;
                fs::copy(entry.path(), out.join(entry.file_name()))?;
                File::open(out.join(entry.file_name()))?.sync_all()?;
            }
            Ok(())
        });
        if copied.is_err() {
            let _ = fs::remove_dir_all(out);
        }
        copied.with_context(words)
    }
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_private_and_goes_and_one_that_was_left_goes_with_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let shop = folder.path().join("shop.cartwright");
        let count = || fs::read_dir(folder.path()).unwrap().count();
        let first = Place::beside(&shop).unwrap();
        let second = Place::beside(&shop).unwrap();
        assert_ne!(first.folder, second.folder, "two at once");
        assert_eq!(count(), 2);
        drop((first, second));
        assert_eq!(count(), 0);
        let left = folder.path().join(".shop.cartwright.cartwright-pack-1");
        fs::create_dir_all(left.join("files")).unwrap();
        fs::write(left.join("lock"), "").unwrap();
        fs::write(left.join("files/raw"), "names").unwrap();
        let next = Place::beside(&shop).unwrap();
        assert_eq!(next.folder, left);
        assert!(!left.join("files/raw").exists());
        drop(next);
        fs::create_dir(&left).unwrap();
        fs::write(left.join("mine"), "a file of somebody else").unwrap();
        drop(Place::beside(&shop).unwrap());
        assert!(left.join("mine").exists());
    }

    #[test]
    fn a_pack_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::beside(&folder.path().join("shop")).unwrap();
        fs::write(place.files.join("a"), "a").unwrap();
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        assert!(place.put(&out).is_err());
        assert!(out.exists());
        let out = folder.path().join("pack");
        place.put(&out).unwrap();
        assert_eq!(fs::read(out.join("a")).unwrap(), b"a");
    }
}
