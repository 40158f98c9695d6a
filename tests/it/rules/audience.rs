//! Hashed audience files: nobody who declined, nothing in plain text, everybody counted.

use cartwright::jobs::Progress;
use cartwright::model::Rule;
use cartwright::report::audience::{PLATFORMS, Person};

use super::sample_shop;

#[test]
fn files_hold_only_those_who_agreed_and_only_hashes() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let sieve = session.sieve(None, &Progress::none()).unwrap();
    let members = |text: &str| sieve.members(&Rule::parse(text).unwrap(), &Progress::none()).unwrap();
    let (all, declined) = (members("everybody"), members("consent[email] no and not consent[sms] yes"));
    assert!(declined.yes.count() > 100);
    let ids: Vec<u32> = declined.yes.iter().map(|at| sieve.shop.data.customers.id[at as usize]).collect();
    let declined_emails: Vec<Option<String>> = session.customers(&ids).unwrap().into_iter().map(|c| c.email).collect();
    for platform in PLATFORMS {
        let path = folder.path().join(format!("{}.csv", platform.name));
        let done = session.export_audience(&sieve, &all, platform, &path, &Progress::none()).unwrap();
        assert_eq!(done.members, all.yes.count());
        assert_eq!(done.members, done.rows + done.declined + done.unanswered + done.unreachable + done.twice);
        assert!(done.rows > 100 && done.declined > 100, "{done:?}");
        assert!(done.left_out().contains("declined"));
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next().unwrap(), platform.columns.join(","));
        assert_eq!(lines.clone().count() as u64, done.rows);
        for cell in lines.flat_map(|line| line.split(',')) {
            let is_hash = cell.len() == 64 && cell.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            assert!(cell.is_empty() || is_hash, "{cell}");
        }
        for email in declined_emails.iter().flatten() {
            let person = Person { email: Some(email.clone()), ..Person::default() };
            let hash = platform.row(&person).unwrap()[0].clone();
            assert!(!text.contains(&hash), "{email} declined");
        }
    }
}
