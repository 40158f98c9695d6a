//! The SQL of rules on real engines, with equal members: SQLite always, PostgreSQL and ClickHouse where they are there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cartwright::analytics::rules::Sieve;
use cartwright::analytics::rules::sql::schema::{TABLES, Type};
use cartwright::analytics::rules::sql::{Dialect, Target, sql};
use cartwright::jobs::Progress;
use cartwright::model::Rule;
use cartwright::ops::Session;

use super::{RULES, days, members, odd_shop, online_retail, sample_shop};

/// A rule on a day, with the members that Cartwright finds.
struct Case {
    name: String,
    rule: Rule,
    members: Vec<u32>,
}

/// Every rule on one of the days of a shop.
fn cases(session: &mut Session, day: usize) -> (Sieve, Vec<Case>) {
    let last = session.sieve(None, &Progress::none()).unwrap();
    let sieve = session.sieve(Some(days(&last)[day]), &Progress::none()).unwrap();
    let cases = RULES
        .iter()
        .map(|text| {
            let rule = Rule::parse(text).unwrap();
            let name = format!("{text} as of {}", sieve.as_of);
            Case { members: members(&sieve, &rule), name, rule }
        })
        .collect();
    (sieve, cases)
}

fn statement(sieve: &Sieve, case: &Case, dialect: Dialect) -> String {
    sql(&case.rule, Target { dialect, as_of: sieve.as_of, currency: sieve.shop.definitions.currency })
}

/// Runs a check on both shops and every day, with the tables written for that day.
fn each_shop(check: impl Fn(&Path, &Sieve, &[Case])) {
    let folder = tempfile::tempdir().unwrap();
    let small = [Some(odd_shop(folder.path())), Some(sample_shop(folder.path())), online_retail(folder.path())];
    for (n, mut session) in small.into_iter().flatten().enumerate() {
        // Of half a million lines one day is enough.
        for day in 0..if n < 2 { 3 } else { 1 } {
            let (sieve, cases) = cases(&mut session, day);
            let tables = folder.path().join(format!("tables-{n}-{day}"));
            session.export_tables(&tables, Some(sieve.as_of), &Progress::none()).unwrap();
            check(&tables, &sieve, &cases);
        }
    }
}

#[test]
fn sqlite_finds_the_same_members() {
    each_shop(|tables, sieve, cases| {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        load_sqlite(&connection, tables);
        for case in cases {
            let text = statement(sieve, case, Dialect::Sqlite);
            let mut select = connection.prepare(&text).unwrap_or_else(|e| panic!("{}: {e}\n{text}", case.name));
            let found: Vec<u32> = select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
            assert_eq!(found, case.members, "{}\n{text}", case.name);
        }
    });
}

/// Makes the tables by the script's own statements; `.import` is the shell's, so the cells are bound here.
fn load_sqlite(connection: &rusqlite::Connection, tables: &Path) {
    let script = std::fs::read_to_string(tables.join("load-sqlite.sql")).unwrap();
    let (imports, statements): (Vec<&str>, Vec<&str>) = script.lines().partition(|line| line.starts_with(".import"));
    let (updates, creates): (Vec<&str>, Vec<&str>) =
        statements.into_iter().partition(|line| line.starts_with("UPDATE"));
    connection.execute_batch(&creates.join("\n")).unwrap();
    assert_eq!(imports.len(), TABLES.len());
    for table in TABLES {
        let mut reader = csv::Reader::from_path(tables.join(format!("{}.csv", table.name))).unwrap();
        let holes = vec!["?"; table.columns.len()].join(", ");
        let mut insert = connection.prepare(&format!("INSERT INTO {} VALUES ({holes})", table.name)).unwrap();
        assert_eq!(
            reader.headers().unwrap().iter().collect::<Vec<_>>(),
            table.columns.iter().map(|c| c.name).collect::<Vec<_>>()
        );
        for record in reader.records() {
            let record = record.unwrap();
            for (column, cell) in table.columns.iter().zip(&record) {
                assert!(column.empty || !cell.is_empty(), "{}.{} is empty", table.name, column.name);
                assert!(column.kind != Type::Whole || cell.is_empty() || cell.parse::<i64>().is_ok(), "{cell}");
            }
            insert.execute(rusqlite::params_from_iter(record.iter())).unwrap();
        }
    }
    connection.execute_batch(&updates.join("\n")).unwrap();
}

#[test]
fn the_script_for_sqlite_runs_in_its_shell() {
    if Command::new("sqlite3").arg("--version").output().is_err() {
        println!("skipped: sqlite3 is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut session = odd_shop(folder.path());
    let (sieve, cases) = cases(&mut session, 0);
    let tables = folder.path().join("tables");
    session.export_tables(&tables, None, &Progress::none()).unwrap();
    run(Command::new("sqlite3")
        .current_dir(&tables)
        .arg("-bail")
        .arg("shop.db")
        .stdin(std::fs::File::open(tables.join("load-sqlite.sql")).unwrap()));
    let connection = rusqlite::Connection::open(tables.join("shop.db")).unwrap();
    for case in cases {
        let mut select = connection.prepare(&statement(&sieve, &case, Dialect::Sqlite)).unwrap();
        let found: Vec<u32> = select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(found, case.members, "{}", case.name);
    }
}

fn run(command: &mut Command) -> String {
    let out = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{command:?}\n{text}\n{}", String::from_utf8_lossy(&out.stderr));
    text
}

/// A throw-away PostgreSQL server, ended when dropped.
struct Postgres {
    bin: PathBuf,
    folder: tempfile::TempDir,
}

impl Postgres {
    /// Starts a server that only its folder's socket reaches; `None` where there is none to start.
    fn start() -> Option<Self> {
        let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let known = versions
            .map(|version| version.path().join("bin"))
            .chain([PathBuf::from("/usr/local/bin"), PathBuf::from("/usr/bin")]);
        let Some(bin) = known.into_iter().find(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists()) else {
            println!("skipped: PostgreSQL (initdb, pg_ctl) is not there");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let server = Self { bin, folder };
        if is_root() {
            // The server refuses to run as root.
            if Command::new("id").args(["-u", "nobody"]).output().is_err() {
                println!("skipped: PostgreSQL does not run as root, and there is nobody else");
                return None;
            }
            run(Command::new("chown").arg("-R").arg("nobody").arg(server.folder.path()));
        }
        let data = server.folder.path().join("data");
        run(server
            .command("initdb")
            .args(["-A", "trust", "-U", "tester", "-E", "UTF8", "--locale=C.UTF-8", "-D"])
            .arg(&data));
        let options = format!("-c listen_addresses='' -c fsync=off -k {}", server.folder.path().display());
        let log = server.folder.path().join("log");
        // The server goes on holding what pg_ctl had open: no pipe.
        let started = server
            .command("pg_ctl")
            .args(["-w", "-D"])
            .arg(&data)
            .arg("-l")
            .arg(log)
            .args(["-o", &options, "start"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(started.unwrap().success());
        Some(server)
    }

    /// A program of the server, run by somebody who is not root.
    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }

    fn psql(&self, database: &str) -> Command {
        let mut command = Command::new("psql");
        command
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "tester", "-d", database, "-h"])
            .arg(self.folder.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let data = self.folder.path().join("data");
        let _ =
            self.command("pg_ctl").args(["-m", "immediate", "-D"]).arg(data).arg("stop").stdout(Stdio::null()).status();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n")
}

/// Ids by case from lines of `number|id`.
fn by_case(text: &str) -> BTreeMap<usize, Vec<u32>> {
    let mut found: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let (case, id) = line.split_once('|').unwrap();
        found.entry(case.parse().unwrap()).or_default().push(id.parse().unwrap());
    }
    found
}

fn compare(engine: &str, cases: &[Case], found: &BTreeMap<usize, Vec<u32>>) {
    for (n, case) in cases.iter().enumerate() {
        assert_eq!(found.get(&n).map_or(&[][..], Vec::as_slice), case.members, "{engine}: {}", case.name);
    }
    println!("{engine}: {} rules with equal members", cases.len());
}

#[test]
fn postgresql_finds_the_same_members() {
    let Some(server) = Postgres::start() else { return };
    let made = std::cell::Cell::new(0);
    each_shop(|tables, sieve, cases| {
        let database = format!("shop{}", made.replace(made.get() + 1));
        run(server.psql("postgres").args(["-c", &format!("CREATE DATABASE {database}")]));
        run(server.psql(&database).current_dir(tables).args(["-f", "load-postgresql.sql"]));
        let statements: String = cases
            .iter()
            .enumerate()
            .map(|(n, case)| {
                let text = statement(sieve, case, Dialect::Postgres);
                let (remarks, body): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("--"));
                let body = body.join("\n");
                format!(
                    "{}\nSELECT {n}, found.customer_id FROM (\n{}\n) found;\n",
                    remarks.join("\n"),
                    body.trim_end_matches(';')
                )
            })
            .collect();
        std::fs::write(tables.join("rules.sql"), statements).unwrap();
        let found = run(server.psql(&database).arg("-f").arg(tables.join("rules.sql")));
        compare("PostgreSQL", cases, &by_case(&found));
    });
}

/// A Python that can import `chdb`, the ClickHouse engine as a library.
fn python() -> Option<String> {
    let python = std::env::var("CARTWRIGHT_PYTHON").unwrap_or_else(|_| "python3".into());
    let is_there =
        Command::new(&python).args(["-c", "import chdb"]).stderr(Stdio::null()).status().is_ok_and(|s| s.success());
    if !is_there {
        println!("skipped: {python} cannot import chdb (CARTWRIGHT_PYTHON names another)");
    }
    is_there.then_some(python)
}

const CHDB: &str = r#"
import os, sys
from chdb import session
os.chdir(sys.argv[1])
s = session.Session(os.path.join(sys.argv[1], "clickhouse"))
s.query("CREATE DATABASE shop ENGINE = Atomic")
s.query("USE shop")
for statement in open("load-clickhouse.sql").read().split(";\n"):
    lines = [line for line in statement.split("\n") if line and not line.startswith("--")]
    text = "\n".join(lines)
    if text.startswith("INSERT"):
        # The library has no client that sends files: the engine reads them itself.
        table, file = text.split()[2], text.split("'")[1]
        text = f"INSERT INTO {table} SELECT * FROM file('{os.path.join(sys.argv[1], file)}', CSVWithNames)"
    if text:
        s.query(text)
for n, statement in enumerate(open("rules.clickhouse").read().split("\0")):
    for line in s.query(statement, "TSV").bytes().decode().split("\n"):
        if line:
            print(f"{n}|{line}")
"#;

#[test]
fn clickhouse_finds_the_same_members() {
    let Some(python) = python() else { return };
    each_shop(|tables, sieve, cases| {
        let statements: Vec<String> = cases.iter().map(|case| statement(sieve, case, Dialect::ClickHouse)).collect();
        std::fs::write(tables.join("rules.clickhouse"), statements.join("\0")).unwrap();
        let found = run(Command::new(&python).args(["-c", CHDB]).arg(tables));
        compare("ClickHouse", cases, &by_case(&found));
    });
}
