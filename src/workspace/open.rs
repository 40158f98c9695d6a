//! Opening and making workspaces; refusing files that are none.

use std::fs::{self, File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, config::DbConfig};
use rusqlite_migration::{M, Migrations};

use super::{Error, Result, Workspace, journal};

/// Marks our files in the SQLite header: "CRTW".
const APPLICATION_ID: i32 = 0x4352_5457;

/// Numbered migrations; their count is the file's `user_version`.
const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001_base.sql")),
    M::up(include_str!("migrations/0002_journal.sql")),
    M::up(include_str!("migrations/0003_spend.sql")),
    M::up(include_str!("migrations/0004_erased.sql")),
    M::up(include_str!("migrations/0005_results.sql")),
    M::up(include_str!("migrations/0006_events.sql")),
    M::up(include_str!("migrations/0008_campaign.sql")),
    M::up(include_str!("migrations/0009_exposure.sql")),
    M::up(include_str!("migrations/0010_touch.sql")),
    M::up(include_str!("migrations/0011_measurement.sql")),
];

/// What a workspace is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading only; possible while another program writes.
    Read,
    /// Reading and writing; one program at a time.
    Write,
}

/// The advisory lock of the one writer, kept in a file beside the workspace.
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Still locked: nobody else can have taken it. Whoever opened the file meanwhile notices and tries again.
        let _ = fs::remove_file(&self.path);
    }
}

impl Lock {
    fn take(workspace: &Path) -> Result<Self> {
        let mut name = workspace.as_os_str().to_owned();
        name.push("-lock");
        let path = PathBuf::from(name);
        for _ in 0..20 {
            let file = private_file(&path).map_err(|error| {
                Error::Refused(format!(
                    "{} cannot be written to ({error}); it was left as it was, copy it to a folder of your own",
                    workspace.display()
                ))
            })?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => return Ok(Self { path, _file: file }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::Refused(format!(
                        "{} is open in another Cartwright; nothing was changed, close it there first",
                        workspace.display()
                    )));
                }
                Err(TryLockError::Error(error)) => {
                    return Err(Error::Refused(format!(
                        "{} cannot be locked here ({error}); it was left as it was, copy it to a local disk",
                        workspace.display()
                    )));
                }
            }
        }
        Err(Error::Refused(format!(
            "{} is being opened and closed by another Cartwright; try again",
            workspace.display()
        )))
    }
}

/// Whether the locked file is still the one at the path: its holder may have removed it on closing.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |m: fs::Metadata| (m.dev(), m.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if id(a.clone()) == id(b.clone()))
}

#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Opens or makes a file that only its owner may read.
pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// How a commit is kept whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Journal {
    /// What is new lies beside the file until it is folded in; others read on meanwhile.
    WriteAhead,
    /// What was lies beside the file until all is written.
    Rollback,
}

impl Workspace {
    /// Makes an empty workspace. Refuses to replace a file.
    pub fn create(path: &Path) -> Result<Self> {
        let refuse = |why: String| Error::Refused(format!("{} was not made: {why}", path.display()));
        if path.exists() {
            return Err(refuse("there is a file of that name; it was left as it was, choose another name".into()));
        }
        let lock = Lock::take(path)?;
        private_file(path).map_err(|e| refuse(format!("{e}; choose a folder that you may write to")))?;
        let made = Self::connect(path, Access::Write, Some(lock)).and_then(|mut workspace| {
            workspace.connection.pragma_update(None, "application_id", APPLICATION_ID)?;
            workspace.migrate()?;
            journal::watch(&workspace.connection)?;
            // The header must say whose file this is even while the write-ahead log is not yet folded in.
            workspace.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            Ok(workspace)
        });
        if made.is_err() {
            let _ = fs::remove_file(path);
        }
        made
    }

    /// Opens a workspace. A foreign, damaged or newer file is refused and left as it was.
    pub fn open(path: &Path, access: Access) -> Result<Self> {
        is_file(path)?;
        if access == Access::Write && matches!(handed_over(path), Ok(Some(_))) {
            return refuse(
                path,
                "is a copy for reading; nothing was changed, make a copy of your own with `cartwright copy`",
            );
        }
        let lock = (access == Access::Write).then(|| Lock::take(path)).transpose()?;
        inspect(path)?;
        let mut workspace = Self::connect(path, access, lock)?;
        workspace.quick_look()?;
        let version: u32 = workspace.connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        refuse_newer(path, version)?;
        if access == Access::Write {
            if (version as usize) < MIGRATIONS.len() {
                workspace.migrate()?;
            }
            journal::watch(&workspace.connection)?;
            // What was erased may have left traces when its cleaning was cut short. Nobody has to wait for that.
            let _ = workspace.clean_free_space();
        }
        Ok(workspace)
    }

    fn connect(path: &Path, access: Access, lock: Option<Lock>) -> Result<Self> {
        let connection = connect(path, access)?;
        let workspace = Self { connection, path: path.to_owned(), access, _lock: lock };
        if access == Access::Write && !workspace.use_journal(Journal::WriteAhead)? {
            // Network folders cannot share a write-ahead log; a rollback journal is as safe, only slower.
            workspace.use_journal(Journal::Rollback)?;
        }
        Ok(workspace)
    }

    /// Changes how commits are kept whole; `false` when the file stays with what it has.
    pub(super) fn use_journal(&self, journal: Journal) -> Result<bool> {
        let mode = match journal {
            Journal::WriteAhead => "wal",
            Journal::Rollback => "delete",
        };
        let sql = format!("PRAGMA journal_mode = {mode}");
        let now: String = self.connection.query_row(&sql, [], |row| row.get(0))?;
        Ok(now.eq_ignore_ascii_case(mode))
    }

    fn migrate(&mut self) -> Result<()> {
        migrate(&mut self.connection, &self.path)
    }

    /// Reads the schema, so that damage shows now and not in the middle of work.
    fn quick_look(&self) -> Result<()> {
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name IN ('orders', 'line', 'customer', 'setting')";
        match self.connection.query_row(tables, [], |row| row.get::<_, i64>(0)) {
            Ok(4) => Ok(()),
            Ok(_) => Err(damaged(&self.path, "tables are missing")),
            Err(error) => Err(as_damage(&self.path, error)),
        }
    }

    /// A further connection that only reads, for parallel loading.
    pub(super) fn reader(&self) -> Result<Connection> {
        connect(&self.path, Access::Read)
    }
}

/// Brings the schema to this version.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    Migrations::from_slice(MIGRATIONS).to_latest(connection).map_err(|error| {
        Error::Refused(format!(
            "{} could not be brought to this version ({error}); it was left as it was",
            path.display()
        ))
    })
}

pub(super) fn connect(path: &Path, access: Access) -> Result<Connection> {
    let flags = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // A reader of a write-ahead log writes its index beside the file; in a read-only folder there is no log to read.
    let connection = Connection::open_with_flags(path, flags)
        .or_else(|_| {
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        })
        .map_err(|error| as_damage(path, error))?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection
        .execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
             PRAGMA secure_delete = ON; PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;
             PRAGMA journal_size_limit = 67108864;",
        )
        .map_err(|error| as_damage(path, error))?;
    if access == Access::Read {
        connection.pragma_update(None, "query_only", true)?;
    }
    Ok(connection)
}

/// When this file was handed over as a copy for reading, UTC seconds; `None` = it may be written.
///
/// # Errors
/// When the file is no workspace that can be read.
pub fn handed_over(path: &Path) -> Result<Option<i64>> {
    is_file(path)?;
    inspect(path)?;
    Workspace { connection: connect(path, Access::Read)?, path: path.to_owned(), access: Access::Read, _lock: None }
        .handed_over()
}

fn refuse<T>(path: &Path, why: &str) -> Result<T> {
    Err(Error::Refused(format!("{} {why}", path.display())))
}

fn is_file(path: &Path) -> Result<()> {
    match fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            refuse(path, "was not found; check the path, or make it with `cartwright new`")
        }
        Err(error) => refuse(path, &format!("cannot be read ({error})")),
        Ok(meta) if meta.is_dir() => refuse(path, "is a folder, not a workspace; name a .cartwright file"),
        Ok(_) => Ok(()),
    }
}

fn refuse_newer(path: &Path, version: u32) -> Result<()> {
    if version as usize > MIGRATIONS.len() {
        return refuse(path, "was written by a newer Cartwright; it was left as it was, open it with that version");
    }
    Ok(())
}

/// Looks at the header before SQLite touches the file.
fn inspect(path: &Path) -> Result<()> {
    let refuse = |why: &str| refuse(path, why);
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut head));
    if let Err(error) = read {
        return refuse(&format!("cannot be read ({error})"));
    }
    let number = |at: usize| head.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
    if head.len() < 100 || !head.starts_with(b"SQLite format 3\0") {
        return refuse(
            "is not a Cartwright workspace; it was left as it was. To read an export, use `cartwright import`",
        );
    }
    if number(68) != APPLICATION_ID as u32 {
        return refuse("is a database of another program, not a Cartwright workspace; it was left as it was");
    }
    refuse_newer(path, number(60))
}

fn damaged(path: &Path, why: &str) -> Error {
    Error::Refused(format!("{} is damaged ({why}); it was left as it was. Restore a copy of it", path.display()))
}

fn as_damage(path: &Path, error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => damaged(path, &error.to_string()),
        _ => error.into(),
    }
}
