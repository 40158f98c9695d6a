//! The workspace on its own: imports, undo, merging of customers, refusal of files that are none.

use std::path::{Path, PathBuf};

use cartwright::jobs::Progress;
use cartwright::model::record::*;
use cartwright::model::{Currency, Zone};
use cartwright::workspace::write::{ImportStart, Imported, NamedRecords, Names, StepOf};
use cartwright::workspace::{Access, Error, Workspace};
use proptest::prelude::*;

fn start(file: &str) -> ImportStart {
    ImportStart {
        path: format!("/exports/{file}"),
        file: file.into(),
        source: "generic-lines".into(),
        origin: "generic".into(),
        imported_at: 1_700_000_000,
        choices: "{}".into(),
        header: "[]".into(),
        currency: Currency::USD,
        step: StepOf::New { header_key: "h".into(), again: None },
    }
}

fn import(workspace: &mut Workspace, records: Vec<Record>) -> Imported {
    let rows = records.len();
    let done = workspace.import::<_, Error>(
        &start("orders.csv"),
        |writer| {
            let mut names = Names::default();
            // One batch each, as if the file were large.
            records.into_iter().try_for_each(|record| {
                let mut batch = NamedRecords::default();
                names.add(record, &mut batch);
                writer.write(batch)
            })
        },
        |(), _| format!(r#"{{"rows":{rows},"accepted":{rows},"rejected":0,"skipped":0}}"#),
    );
    done.unwrap().0
}

fn dump(workspace: &Workspace) -> String {
    let mut out = Vec::new();
    workspace.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn order(key: &str, email: &str, placed_at: i64, lines: &[(&str, i64, i64)]) -> OrderRecord {
    OrderRecord {
        key: key.into(),
        placed_at: Some(placed_at),
        customer: CustomerKey { shop_id: None, email: (!email.is_empty()).then(|| email.to_owned()) },
        lines: lines
            .iter()
            .map(|&(sku, quantity, amount)| LineRecord {
                sku: Some(sku.into()),
                quantity_milli: quantity * 1000,
                amount,
                ..Default::default()
            })
            .collect(),
        ..Default::default()
    }
}

fn record(order: OrderRecord) -> Record {
    Record::Order(Box::new(order))
}

fn new_workspace(folder: &tempfile::TempDir) -> Workspace {
    Workspace::create(&folder.path().join("shop.cartwright")).unwrap()
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = new_workspace(&folder);
    let file = || {
        vec![
            record(order("1", "a@example.com", 1_000, &[("A", 1, 500), ("A", 1, 500)])),
            record(order("2", "b@example.com", 2_000, &[("B", 2, 900)])),
            // The first order goes on further down.
            record(order("1", "", 1_000, &[("C", 1, 100)])),
            record(OrderRecord {
                refunds: vec![RefundRecord { line: 9, at: Some(3_000), amount: 400, reason: None }],
                key: "2".into(),
                ..Default::default()
            }),
        ]
    };
    let first = import(&mut workspace, file());
    assert_eq!((first.tally.0["orders"].created, first.tally.0["lines"].created), (2, 4));
    let before = dump(&workspace);
    let second = import(&mut workspace, file());
    assert_eq!(second.id, None);
    assert!(!second.tally.changed());
    assert_eq!((second.tally.0["orders"].unchanged, second.tally.0["lines"].unchanged), (2, 4));
    assert_eq!(dump(&workspace), before);
    assert_eq!(workspace.check().unwrap().faults, Vec::<String>::new());
    let data = workspace.dataset(Zone::UTC, &Progress::none()).unwrap();
    assert_eq!(data.lines.product.len(), 4);
    let first_order = (0..2).find(|&i| data.orders.total.get(i) == 1_100).unwrap();
    assert_eq!(data.orders.line_count[first_order], 3);
    assert_eq!(data.refunds.amount, [400]);
}

#[test]
fn a_changed_order_replaces_its_lines_and_undo_brings_them_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = new_workspace(&folder);
    import(&mut workspace, vec![record(order("1", "a@example.com", 1_000, &[("A", 1, 500), ("B", 1, 300)]))]);
    let before = dump(&workspace);
    let changed = import(
        &mut workspace,
        vec![
            record(order("1", "a@example.com", 1_000, &[("A", 2, 1_000)])),
            record(order("2", "new@example.com", 5_000, &[("NEW", 1, 77)])),
        ],
    );
    assert_eq!((changed.tally.0["orders"].updated, changed.tally.0["orders"].created), (1, 1));
    assert_ne!(dump(&workspace), before);
    let step = workspace.undo().unwrap().unwrap();
    assert_eq!(step.label, "Import orders.csv");
    assert_eq!(dump(&workspace), before);
    workspace.undo().unwrap();
    assert_eq!(workspace.undo().unwrap(), None);
}

#[test]
fn a_guest_joins_the_account_with_the_same_address() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = new_workspace(&folder);
    import(&mut workspace, vec![record(order("1", "a@example.com", 1_000, &[("A", 1, 500)]))]);
    let before = dump(&workspace);
    let account = |id: &str, email: &str| {
        let key = CustomerKey { shop_id: Some(id.into()), email: (!email.is_empty()).then(|| email.to_owned()) };
        Record::Customer(Box::new(CustomerRecord { key, ..Default::default() }))
    };
    import(&mut workspace, vec![account("7", "")]);
    import(&mut workspace, vec![account("7", "a@example.com"), account("8", "a@example.com")]);
    let data = workspace.dataset(Zone::UTC, &Progress::none()).unwrap();
    // 7 took the guest's order; 8 has another id and so is somebody else, whatever the address says.
    assert_eq!(data.customers.id.len(), 2);
    assert_eq!(data.orders.of_customer(0).len(), 1);
    workspace.undo().unwrap();
    workspace.undo().unwrap();
    assert_eq!(dump(&workspace), before);
}

#[test]
fn files_that_are_no_workspace_are_named_and_left_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("text.cartwright"), "order_id,total\n1,2\n").unwrap();
    std::fs::write(at("empty.cartwright"), "").unwrap();
    let sqlite = rusqlite_file(&at("foreign.cartwright"), 0, 0);
    let newer = rusqlite_file(&at("newer.cartwright"), 0x4352_5457, 99);
    let says = |path: PathBuf, word: &str| {
        let before = std::fs::read(&path).ok();
        let error = Workspace::open(&path, Access::Write).err().unwrap().to_string();
        assert!(error.contains(word), "{error}");
        assert_eq!(std::fs::read(&path).ok(), before);
    };
    says(at("text.cartwright"), "not a Cartwright workspace");
    says(at("empty.cartwright"), "not a Cartwright workspace");
    says(sqlite, "another program");
    says(newer, "newer Cartwright");
    says(at("missing.cartwright"), "was not found");
    says(folder.path().to_owned(), "is a folder");
    drop(new_workspace(&folder));
    let mut bytes = std::fs::read(at("shop.cartwright")).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    bytes[100..400].fill(0xAB);
    std::fs::write(at("damaged.cartwright"), bytes).unwrap();
    says(at("damaged.cartwright"), "damaged");
}

fn rusqlite_file(path: &Path, application_id: u32, version: u32) -> PathBuf {
    // A header is all that is looked at before the file is refused.
    let mut bytes = vec![0; 4096];
    bytes[..16].copy_from_slice(b"SQLite format 3\0");
    bytes[60..64].copy_from_slice(&version.to_be_bytes());
    bytes[68..72].copy_from_slice(&application_id.to_be_bytes());
    std::fs::write(path, bytes).unwrap();
    path.to_owned()
}

#[test]
fn one_program_writes_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = new_workspace(&folder);
    let path = workspace.path().to_owned();
    let error = Workspace::open(&path, Access::Write).err().unwrap().to_string();
    assert!(error.contains("open in another Cartwright"), "{error}");
    Workspace::open(&path, Access::Read).unwrap();
    drop(workspace);
    Workspace::open(&path, Access::Write).unwrap();
    assert!(!folder.path().join("shop.cartwright-lock").exists());
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let workspace = new_workspace(&folder);
    assert_eq!(std::fs::metadata(workspace.path()).unwrap().permissions().mode() & 0o777, 0o600);
}

fn any_order() -> impl Strategy<Value = OrderRecord> {
    let line = (prop::sample::select(vec!["A", "B", "C"]), -2_i64..4, -500_i64..900);
    let parts = (0_u32..6, 0_usize..4, 0_i64..9, prop::collection::vec(line, 0..4), prop::option::of(0_i64..900));
    (parts, prop::option::of(0_i64..50), 0_u8..6).prop_map(|((key, who, at, lines, total), refund, status)| {
        let mut record = order(&key.to_string(), ["", "a@x.test", "b@x.test", "c@x.test"][who], at * 1_000, &lines);
        record.customer.shop_id = (key % 2 == 1 && who > 0).then(|| format!("id{who}"));
        record.total = total;
        record.status = Some(OrderStatus::from_number(status));
        record.refunds =
            refund.map(|amount| RefundRecord { line: 1, at: None, amount, reason: None }).into_iter().collect();
        record
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any imports: a second run changes nothing, the promises hold, and undoing all gives every state before.
    #[test]
    fn undoing_everything_goes_back_through_every_state(files in prop::collection::vec(prop::collection::vec(any_order(), 1..8), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = new_workspace(&folder);
        let mut states = vec![dump(&workspace)];
        for file in &files {
            let records = || file.iter().cloned().map(record).collect::<Vec<_>>();
            let done = import(&mut workspace, records());
            let again = import(&mut workspace, records());
            prop_assert!(!again.tally.changed(), "{:?}", again.tally);
            prop_assert_eq!(workspace.check().unwrap().faults, Vec::<String>::new());
            if done.id.is_some() {
                states.push(dump(&workspace));
            }
        }
        while let Some(state) = states.pop() {
            prop_assert_eq!(dump(&workspace), state);
            workspace.undo().unwrap();
        }
    }
}
