//! Who may use whom: every `crate::x` path and every external crate, folder by folder.

use std::collections::BTreeSet;
use std::fs;

use super::source;

/// What a module may use of ours, besides itself.
const MODULES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("jobs", &[]),
    ("analytics", &["model", "jobs"]),
    ("import", &["model", "jobs"]),
    ("report", &["model"]),
    ("sample", &["model", "analytics", "jobs"]),
    ("planner", &["model", "analytics"]),
    ("framework", &["model", "analytics", "report"]),
    ("workspace", &["model", "jobs"]),
    ("ops", &["model", "jobs", "analytics", "import", "report", "sample", "planner", "framework", "workspace"]),
    ("cli", &["model", "jobs", "analytics", "import", "report", "sample", "planner", "framework", "workspace", "ops"]),
    ("ui", &["model", "jobs", "analytics", "import", "report", "sample", "planner", "framework", "workspace", "ops"]),
    ("main", &["cli", "ui"]),
];

/// Which modules may use an external crate. `ANYWHERE` is for small crates without reach.
const CRATES: &[(&str, &[&str])] = &[
    ("anyhow", &["import", "report", "sample", "workspace", "ops", "cli", "ui", "main"]),
    ("argmin", &["analytics"]),
    ("argmin_math", &["analytics"]),
    ("atomic_write_file", &["report"]),
    ("calamine", &["import"]),
    ("chardetng", &["import"]),
    ("chrono", ANYWHERE),
    ("chrono_tz", &["model", "import", "sample", "ui"]),
    ("clap", &["cli"]),
    ("csv", &["import", "report", "sample", "cli"]),
    ("directories", &["ops", "cli", "ui"]),
    ("eframe", &["ui"]),
    ("egui", &["ui"]),
    ("egui_material_icons", &["ui"]),
    ("egui_plot", &["ui"]),
    ("encoding_rs", &["import"]),
    ("hashbrown", ANYWHERE),
    ("iso_currency", &["model", "ui"]),
    ("memchr", &["import"]),
    ("mimalloc", &["main"]),
    ("png", &["report"]),
    ("rand", &["sample"]),
    ("rand_chacha", &["sample"]),
    ("rand_distr", &["sample"]),
    ("rayon", &["analytics", "import", "sample", "workspace", "ui"]),
    ("resvg", &["report"]),
    ("rfd", &["ui"]),
    ("rusqlite", &["workspace"]),
    ("rusqlite_migration", &["workspace"]),
    ("rust_xlsxwriter", &["report"]),
    ("rustc_hash", ANYWHERE),
    ("serde", ANYWHERE),
    ("serde_json", &["import", "report", "workspace", "ops", "cli", "ui"]),
    ("statrs", &["analytics"]),
    ("sha2", &["report", "workspace"]),
    ("thiserror", ANYWHERE),
    ("toml", &["planner", "framework", "ui"]),
    ("ttf_parser", &["report"]),
    ("typst", &["report"]),
    ("typst_layout", &["report"]),
    ("typst_pdf", &["report"]),
    ("typst_render", &["report"]),
    ("unicode_normalization", &["report"]),
    ("winit", &["ui"]),
    ("xxhash_rust", &["ops", "workspace"]),
    ("zip", &["import", "report"]),
];

const ANYWHERE: &[&str] = &[
    "model",
    "jobs",
    "analytics",
    "import",
    "report",
    "sample",
    "planner",
    "framework",
    "workspace",
    "ops",
    "cli",
    "ui",
    "main",
];

/// What an analysis never touches: files, clocks, unseeded chance.
const IMPURE: &[&str] = &["std::fs", "std::time", "std::env", "SystemTime", "Instant", "now", "thread_rng"];

/// A file of a module: its name, its tokens, and how deep the module lies below the crate.
struct File {
    module: String,
    name: String,
    depth: usize,
    tokens: Vec<String>,
}

fn sources() -> Vec<File> {
    let rust = source::files("src").into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.filter_map(|path| {
        let name = source::name(&path);
        let inner = name.strip_prefix("src/")?.strip_suffix(".rs")?.to_owned();
        let parts: Vec<&str> = inner.split('/').filter(|part| *part != "mod").collect();
        let module = (*parts.first()?).to_owned();
        let tokens = tokens(&source::code_only(&fs::read_to_string(&path).unwrap()));
        (module != "lib").then_some(File { module, name, depth: parts.len(), tokens })
    })
    .collect()
}

/// Words, `::`, and single signs.
fn tokens(code: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word_goes_on = false;
    let mut colons = 0;
    for c in code.chars() {
        let is_word = c.is_alphanumeric() || c == '_';
        match out.last_mut() {
            Some(last) if is_word && word_goes_on => last.push(c),
            Some(last) if c == ':' && colons == 1 => last.push(c),
            _ if !c.is_whitespace() => out.push(c.to_string()),
            _ => {}
        }
        colons = if c == ':' && colons == 0 { 1 } else { 0 };
        word_goes_on = is_word;
    }
    out
}

impl File {
    /// Modules of ours that the file names: `crate::x`, `crate::{x, …}`, and as many `super::` as lead out.
    fn uses_modules(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            if self.ends_at_the_crate(i, token) {
                found.extend(first_names(&self.tokens[i + 1..]));
            }
        }
        found.retain(|name| MODULES.iter().any(|(module, _)| module == name) && *name != self.module);
        found
    }

    /// Whether the path up to token `i` stands for the crate itself.
    fn ends_at_the_crate(&self, i: usize, token: &str) -> bool {
        let before = |back: usize| i.checked_sub(back).map_or("", |at| self.tokens[at].as_str());
        match token {
            // `cartwright::x` is how the binary calls the library.
            "crate" => true,
            "cartwright" => self.module == "main",
            "super" => {
                let supers = 1 + (1..).take_while(|n| before(2 * n - 1) == "::" && before(2 * n) == "super").count();
                supers >= self.depth
            }
            _ => false,
        }
    }

    /// External crates that the file names, unless it has a module of the same name. Unit tests, which stand last in
    /// a file, may check its work with any crate.
    fn uses_crates(&self) -> Vec<&str> {
        let token = |i: usize| self.tokens.get(i).map_or("", String::as_str);
        let is_tests = |window: &[String]| window.concat() == "#[cfg(test)]mod";
        let end = self.tokens.windows(8).position(is_tests).unwrap_or(self.tokens.len());
        let mut found = Vec::new();
        for (name, _) in CRATES {
            let declared = (0..end).any(|i| token(i) == "mod" && token(i + 1) == *name);
            let named = (0..end).any(|i| {
                let inside_a_path = i > 0 && token(i - 1) == "::";
                token(i) == *name && (token(i + 1) == "::" || (i > 0 && token(i - 1) == "use")) && !inside_a_path
            });
            if named && !declared {
                found.push(*name);
            }
        }
        found
    }
}

/// Names right after `crate`: one, or each first name of a group.
fn first_names(after: &[String]) -> Vec<&str> {
    let token = |i: usize| after.get(i).map_or("", String::as_str);
    if token(0) != "::" {
        return Vec::new();
    }
    if token(1) != "{" {
        return vec![token(1)];
    }
    let mut names = vec![token(2)];
    let mut depth = 0;
    for i in 1..after.len() {
        match token(i) {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => names.push(token(i + 1)),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

fn allowed<'a>(table: &[(&str, &'a [&'a str])], key: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(name, _)| *name == key).map(|(_, allowed)| *allowed)
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(may_use) = allowed(MODULES, &file.module) else {
            panic!("{} belongs to no module of the table: say what it may use", file.name)
        };
        for used in file.uses_modules().into_iter().filter(|used| !may_use.contains(used)) {
            wrong.push(format!("{} uses crate::{used}", file.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn external_crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for file in sources() {
        for used in file.uses_crates() {
            if !allowed(CRATES, used).is_some_and(|rooms| rooms.contains(&file.module.as_str())) {
                wrong.push(format!("{} uses {used}", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_its_rooms() {
    let manifest: toml::Table = fs::read_to_string(source::root().join("Cargo.toml")).unwrap().parse().unwrap();
    let mut tables = vec![&manifest["dependencies"]];
    tables.extend(manifest["target"].as_table().unwrap().values().filter_map(|target| target.get("dependencies")));
    let names = tables.iter().filter_map(|table| table.as_table()).flat_map(|table| table.keys());
    let declared: BTreeSet<String> = names.map(|name| name.replace('-', "_")).collect();
    let listed: BTreeSet<String> = CRATES.iter().map(|(name, _)| (*name).to_owned()).collect();
    let differences: Vec<_> = declared.symmetric_difference(&listed).collect();
    assert!(differences.is_empty(), "only in Cargo.toml or only in the table of crates: {differences:?}");
}

#[test]
fn analyses_know_no_files_and_no_clock() {
    for file in sources().iter().filter(|file| file.module == "analytics") {
        let code = file.tokens.concat();
        for word in IMPURE {
            let found = if word.contains("::") { code.contains(word) } else { file.tokens.iter().any(|t| t == word) };
            assert!(!found, "{} uses {word}", file.name);
        }
    }
}

#[test]
fn paths_are_found_in_every_spelling() {
    let uses = |depth: usize, code: &str| {
        let file =
            File { module: "report".into(), name: String::new(), depth, tokens: tokens(&source::code_only(code)) };
        file.uses_modules().join(" ") + "|" + &file.uses_crates().join(" ")
    };
    assert_eq!(uses(2, "use crate::ui::x; // crate::cli"), "ui|");
    assert_eq!(uses(2, "use crate::{\n model::{a, b},\n ops, report};"), "model ops|");
    assert_eq!(uses(1, "use super::import::x;"), "import|");
    assert_eq!(uses(2, "use super::import::x;"), "|");
    assert_eq!(uses(2, "super::super::workspace::open()"), "workspace|");
    assert_eq!(uses(2, "use rusqlite::Row; let x = egui :: Color32::RED; use clap;"), "|clap egui rusqlite");
    assert_eq!(uses(2, "mod csv; use csv::Csv; use self::toml::x;"), "|");
    assert_eq!(uses(2, "use csv::Csv; #[cfg(test)] mod tests { use calamine::Xlsx; use crate::ui; }"), "ui|csv");
}
