//! House rules that a machine can check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::source;

/// Lines of a source file: worth a look above the first, too many above the second.
const LONG: usize = 300;
const TOO_LONG: usize = 500;

/// What belongs to one machine, or is not finished.
const NEVER: &[&str] =
    &["../shared", "CARTWRIGHT_SHARED", "/work/", "/root/", "/home/", "/tmp/", "worktree", "todo!(", "dbg!(", "FIXME"];

/// Everything that is committed. Tests and benches may look for optional data outside the project.
fn committed() -> Vec<PathBuf> {
    let folders = ["src", "assets", "examples", "dist", ".ci", ".cargo"];
    let top = fs::read_dir(source::root()).unwrap().flatten().map(|entry| entry.path());
    let top = top.filter(|path| path.is_file() && !path.ends_with(".git"));
    folders.iter().flat_map(|folder| source::files(folder)).chain(top).collect()
}

#[test]
fn committed_files_know_no_machine_and_are_finished() {
    let mut wrong = Vec::new();
    for path in committed().into_iter().filter(|path| path.extension().is_none_or(|e| e != "lock")) {
        // Pictures and fonts are no text.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            wrong.extend(
                NEVER
                    .iter()
                    .filter(|never| line.contains(**never))
                    .map(|never| format!("{}:{number} contains {never}", source::name(&path))),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn source_files_stay_short() {
    let rust = |path: &PathBuf| path.extension().is_some_and(|e| e == "rs");
    let lines = |path: PathBuf| (fs::read_to_string(&path).unwrap().lines().count(), source::name(&path));
    let mut files: Vec<_> =
        source::files("src").into_iter().chain(source::files("tests/it")).filter(rust).map(lines).collect();
    files.sort_unstable_by(|a, b| b.cmp(a));
    for (lines, name) in files.iter().take_while(|(lines, _)| *lines > LONG) {
        println!("{name}: {lines} lines");
    }
    println!("median {} lines of {} files", files[files.len() / 2].0, files.len());
    let too_long: Vec<_> = files.iter().take_while(|(lines, _)| *lines > TOO_LONG).collect();
    assert!(too_long.is_empty(), "more than {TOO_LONG} lines, split them: {too_long:?}");
}

#[test]
fn only_the_known_pages_are_written() {
    let pages: Vec<String> = source::files("")
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .map(|path| source::name(path))
        .collect();
    assert_eq!(pages, ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md"]);
}

#[test]
fn the_readme_names_the_two_commands() {
    let readme = fs::read_to_string(source::root().join("README.md")).unwrap();
    for command in ["cargo run --release -- demo", "cargo test --release"] {
        assert_eq!(readme.lines().filter(|line| *line == command).count(), 1, "{command}");
    }
}

#[test]
fn the_readme_lists_every_command() {
    let help = assert_cmd::Command::cargo_bin("cartwright").unwrap().arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap();
    let first_word = |line: &str| line.split_whitespace().next().unwrap_or("").to_owned();
    let known: BTreeSet<String> = commands.lines().map(first_word).filter(|name| !name.is_empty()).collect();
    let readme = fs::read_to_string(source::root().join("README.md")).unwrap();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `")).filter(|row| !row.starts_with("cartwright"));
    let listed: BTreeSet<String> = rows.map(|row| first_word(&row.replace('`', " "))).collect();
    let differences: Vec<_> = known.symmetric_difference(&listed).collect();
    assert!(differences.is_empty(), "only in the README or only in the program: {differences:?}");
}

#[test]
fn the_readme_has_a_paragraph_for_every_page() {
    let readme = fs::read_to_string(source::root().join("README.md")).unwrap();
    for panel in cartwright::ui::panels::PANELS {
        assert!(readme.contains(&format!("\n**{}** ", panel.title)), "{} is missing", panel.title);
    }
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = fs::read_to_string(source::root().join(page)).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or(target);
            let exists = path.is_empty() || source::root().join(Path::new(path)).exists();
            assert!(exists || target.starts_with("https://"), "{page} links to {target}");
        }
    }
}
