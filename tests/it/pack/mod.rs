//! Client packs: nobody can be found in them, every figure is the same, small groups are hidden, the same bytes twice.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cartwright::jobs::Progress;
use cartwright::ops::document::Wanted;
use cartwright::ops::pack::{FEWER, Mode, Pack};
use cartwright::ops::{Session, sample};
use cartwright::report::{FORMATS, format};
use cartwright::sample::Params;
use cartwright::workspace::Access;

const PEOPLE: u32 = 400;

fn shop(folder: &Path) -> Session {
    let params = Params { customers: PEOPLE, ..Params::default() };
    let path = folder.join("shop.cartwright");
    drop(sample::create_planned(&path, &params, &Progress::none()).unwrap());
    std::fs::write(
        folder.join("bad.csv"),
        "order_id,created_at,customer_id,email,customer name,currency,sku,qty,unit_price,total,Gift note\n\
         x-1,2026-01-05 10:00:00,,secret.buyer@example.com,Secret Buyer,USD,A,2,10.00,20.00,From Secret Buyer\n\
         x-2,2026-01-06 10:00:00,,other.secret@example.com,Other Secret,USD,A,three,10.00,20.00,none\n",
    )
    .unwrap();
    let bin = env!("CARGO_BIN_EXE_cartwright");
    let args = ["import", "shop.cartwright", "bad.csv", "--as", "lines", "--keep", "Gift note"];
    let out = std::process::Command::new(bin).current_dir(folder).args(args).output().unwrap();
    assert!(out.status.code().is_some_and(|code| code != 1), "{}", String::from_utf8_lossy(&out.stderr));
    Session::open(&path, Access::Write).unwrap()
}

fn pack(mode: Mode, formats: &[&str]) -> Pack {
    let wanted = Wanted { sections: vec!["segments".into(), "kpis".into()], ..Wanted::default() };
    Pack { mode, wanted, formats: formats.iter().map(|name| format(name).unwrap()).collect() }
}

/// Names, addresses and ids of everybody, as the dump tells them.
fn secrets(session: &mut Session) -> BTreeSet<String> {
    let data = session.dataset(&Progress::none()).unwrap();
    let listed = session.customers(&data.customers.id).unwrap();
    let mut all = BTreeSet::from(["Secret Buyer", "secret.buyer@example.com", "Other Secret"].map(str::to_owned));
    for customer in listed {
        all.extend(
            [customer.name, customer.email]
                .into_iter()
                .flatten()
                .filter(|text| text.len() > 5 && text.contains([' ', '@'])),
        );
    }
    assert!(all.len() > PEOPLE as usize / 2, "{}", all.len());
    all
}

fn found_in(bytes: &[u8], secrets: &BTreeSet<String>) -> Vec<String> {
    let lower = String::from_utf8_lossy(bytes).to_lowercase();
    secrets.iter().filter(|secret| lower.contains(&secret.to_lowercase())).cloned().collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

#[test]
fn a_pseudonymised_copy_gives_the_same_figures_and_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let secrets = secrets(&mut session);
    let out = folder.path().join("for the client");
    let packed = session.make_pack(&out, &pack(Mode::Pseudonymised, &["md", "html"]), None, &Progress::none()).unwrap();
    let removed: Vec<&str> = packed.taken_out.as_ref().unwrap().removed.iter().map(|(what, _)| what.as_str()).collect();
    for what in ["rejected rows", "steps of the history", "paths and choices of imports"] {
        assert!(removed.contains(&what), "{what}: {removed:?}");
    }
    for file in files(&out) {
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(found_in(&bytes, &secrets), Vec::<String>::new(), "{}", file.display());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(&*folder.path().to_string_lossy()), "{} knows the computer", file.display());
    }
    let copy = files(&out).into_iter().find(|file| file.extension().is_some_and(|e| e == "cartwright")).unwrap();
    assert!(Session::open(&copy, Access::Write).is_err(), "it is for reading");
    let mut copy = Session::open(&copy, Access::Read).unwrap();
    assert!(copy.check().unwrap().faults.is_empty());
    assert!(copy.history().unwrap().done.is_empty());
    let table = |session: &mut Session| session.segments(None, &Progress::none()).unwrap().unwrap();
    let (ours, theirs) = (table(&mut session), table(&mut copy));
    assert_eq!((&ours.rows, &ours.total, &ours.segment_of), (&theirs.rows, &theirs.total, &theirs.segment_of));
    let kpis = |session: &mut Session| session.kpis(None, &Default::default(), &Progress::none()).unwrap();
    let (ours, theirs) = (kpis(&mut session), kpis(&mut copy));
    for (a, b) in ours.rows.iter().zip(&theirs.rows) {
        assert_eq!((a.metric, &a.value, &a.course), (b.metric, &b.value, &b.course));
    }
    let journey = |session: &mut Session| session.journey_data(None, None, &Progress::none()).unwrap();
    let (ours, theirs) = (journey(&mut session), journey(&mut copy));
    let tied = |data: &cartwright::ops::journey::JourneyData| {
        data.omnichannel(cartwright::ops::journey::WITHIN_DAYS, &Progress::none()).unwrap()
    };
    assert_eq!(tied(&ours), tied(&theirs), "touchpoints find their people and orders");
}

#[test]
fn two_copies_have_nothing_in_common_by_which_people_could_be_joined() {
    let folder = tempfile::tempdir().unwrap();
    let session = shop(folder.path());
    let mut names: Vec<BTreeSet<String>> = Vec::new();
    for out in ["one", "two"] {
        let out = folder.path().join(out);
        session.make_pack(&out, &pack(Mode::Pseudonymised, &[]), None, &Progress::none()).unwrap();
        let copy = files(&out).into_iter().find(|file| file.extension().is_some_and(|e| e == "cartwright")).unwrap();
        let mut copy = Session::open(&copy, Access::Read).unwrap();
        let data = copy.dataset(&Progress::none()).unwrap();
        let listed = copy.customers(&data.customers.id).unwrap();
        names.push(listed.into_iter().filter_map(|customer| customer.email).collect());
    }
    assert!(names[0].len() > PEOPLE as usize / 2 && names[0].is_disjoint(&names[1]));
}

#[test]
fn an_aggregated_pack_has_no_person_no_small_group_and_the_same_bytes_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = shop(folder.path());
    let secrets = secrets(&mut session);
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    for out in [&one, &two] {
        let packed = session.make_pack(out, &pack(Mode::Aggregated, &names), None, &Progress::none()).unwrap();
        assert!(packed.few > 0, "some months of the first customers are small");
        assert_eq!(packed.taken_out, None);
    }
    assert_eq!(files(&one).len(), 6 + FORMATS.len());
    for (a, b) in files(&one).iter().zip(files(&two)) {
        let bytes = std::fs::read(a).unwrap();
        assert!(bytes == std::fs::read(&b).unwrap(), "{} differs", a.display());
        assert_eq!(found_in(&bytes, &secrets), Vec::<String>::new(), "{}", a.display());
        assert!(a.extension().is_none_or(|e| e != "cartwright"));
    }
    let cohorts = std::fs::read_to_string(one.join("cohorts.csv")).unwrap();
    assert!(cohorts.contains(FEWER));
    let mut lines = cohorts.lines();
    let sizes = lines.next().unwrap().split(',').count();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), sizes, "{line}");
        for cell in &cells[1..] {
            assert!(cell.parse::<u64>().map_or(true, |n| n == 0 || n >= 5), "{line}");
        }
    }
    let text = std::fs::read_to_string(one.join("README.txt")).unwrap();
    assert!(text.contains("fewer than 5 people") && text.contains("tables.xlsx"));
}

#[test]
fn a_pack_is_one_archive_where_its_name_asks_for_it_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let session = shop(folder.path());
    let out = folder.path().join("pack.zip");
    let wanted = pack(Mode::Aggregated, &["md"]);
    let packed = session.make_pack(&out, &wanted, None, &Progress::none()).unwrap();
    let bytes = std::fs::read(&out).unwrap();
    assert!(bytes.starts_with(b"PK"));
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())).unwrap();
    let names: BTreeSet<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names, packed.files.iter().map(|(name, _)| name.clone()).collect());
    let why = session.make_pack(&out, &wanted, None, &Progress::none()).unwrap_err().to_string();
    assert!(why.contains("it was left as it was"), "{why}");
    assert_eq!(std::fs::read(&out).unwrap(), bytes);
    let unknown = Pack { wanted: Wanted { sections: vec!["nope".into()], ..Wanted::default() }, ..wanted };
    let nowhere = folder.path().join("nowhere");
    assert!(session.make_pack(&nowhere, &unknown, None, &Progress::none()).unwrap_err().to_string().contains("“nope”"));
    assert!(!nowhere.exists());
    let left: Vec<_> =
        files(folder.path()).into_iter().filter(|file| file.to_string_lossy().contains(".part")).collect();
    assert!(left.is_empty(), "{left:?}");
}
