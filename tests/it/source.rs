//! The project's own files, for tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the project, asked of cargo when the test runs: a binary built for another checkout, which cargo takes
/// for fresh when both share a target directory, would look for its files there.
pub fn root() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("tests are run by cargo"))
}

/// Every file below a folder of the project (or the file itself), sorted; build output and hidden folders are left out.
pub fn files(below: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&root().join(below), &mut found);
    found.sort();
    found
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_file() {
        found.push(path.to_owned());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name != "target" && name != ".git" {
            collect(&entry.path(), found);
        }
    }
}

/// A path as it is named within the project, with forward slashes.
pub fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Rust source without comments and without the insides of strings, on the same lines.
pub fn code_only(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    while i < chars.len() {
        let end = skipped(&chars, i);
        if end > i {
            out.extend(chars[i..end].iter().filter(|c| **c == '\n'));
            out.push(' ');
            i = end;
        } else {
            out.push(chars[i]);
            i += 1;
        }
    }
    out
}

/// Where a comment or literal that starts at `i` ends; `i` itself when none does.
fn skipped(chars: &[char], i: usize) -> usize {
    let at = |k: usize| chars.get(k).copied().unwrap_or(' ');
    let until = |mut k: usize, stop: &dyn Fn(usize) -> bool| {
        while k < chars.len() && !stop(k) {
            k += 1;
        }
        k
    };
    let word_before = i > 0 && (at(i - 1).is_alphanumeric() || at(i - 1) == '_');
    match (at(i), at(i + 1)) {
        ('/', '/') => until(i, &|k| at(k) == '\n'),
        ('/', '*') => until(i + 2, &|k| at(k - 1) == '*' && at(k) == '/') + 1,
        ('r', '"' | '#') if !word_before => {
            let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
            if at(i + 1 + hashes) != '"' {
                return i;
            }
            until(i + 2 + hashes, &|k| at(k) == '"' && (1..=hashes).all(|h| at(k + h) == '#')) + 1 + hashes
        }
        ('"', _) => {
            let mut k = i + 1;
            while k < chars.len() && at(k) != '"' {
                k += if at(k) == '\\' { 2 } else { 1 };
            }
            k + 1
        }
        // A character, not a lifetime.
        ('\'', '\\') => until(i + 3, &|k| at(k) == '\'') + 1,
        ('\'', _) if at(i + 2) == '\'' => i + 3,
        _ => i,
    }
    .min(chars.len())
}

#[test]
fn comments_and_strings_are_left_out_of_code() {
    let source = "a // crate::x\n\"b\\\" crate::x\" c r#\"crate::\"x\"# /* crate::x\n */ d '\"' 'e '\\'' f";
    assert_eq!(code_only(source).split_whitespace().collect::<String>(), "acd'ef");
    assert_eq!(code_only(source).lines().count(), source.lines().count());
}
