//! What campaigns did: kept, taken back, and told.

mod shown;
mod spans;

use std::path::Path;

use cartwright::import::plan::Choices;
use cartwright::import::preview::preview;
use cartwright::jobs::Progress;
use cartwright::ops::Session;
use cartwright::ops::import::Outcome;

/// Every file of sends, spend, visits and consent that this project wrote for its tests.
const FILES: &[&str] = &[
    "klaviyo/campaigns.csv",
    "klaviyo/campaigns_builder.csv",
    "klaviyo/flows.csv",
    "klaviyo/profiles.csv",
    "mailchimp/subscribed_members_export_0a1b2c.csv",
    "mailchimp/unsubscribed_members_export_0a1b2c.csv",
    "mailchimp/campaigns.csv",
    "mailchimp/report_ab.csv",
    "google_ads/campaigns_by_day.csv",
    "google_ads/campaigns_excel.csv",
    "google_ads/campagnes_par_mois.csv",
    "meta_ads/campaigns.csv",
    "meta_ads/by_day.csv",
    "ga4/traffic_acquisition.csv",
    "ga4/exploration.csv",
];

fn import(session: &mut Session, path: &Path) -> Outcome {
    let choices = Choices::default();
    let plan = session.plan(&preview(path, &choices, &Progress::none()).unwrap(), &choices).unwrap();
    session.import(&plan, &choices, &Progress::none()).unwrap()
}

fn dump(session: &Session) -> String {
    let mut out = Vec::new();
    session.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A shop with every file.
fn shop(folder: &Path) -> Session {
    let mut session = Session::create(&folder.join("shop.cartwright"), "Shop").unwrap();
    for file in FILES {
        import(&mut session, &crate::source::root().join("tests/data").join(file));
    }
    session
}

#[test]
fn every_export_is_kept_once_and_taken_back_exactly() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    let mut states = vec![dump(&session)];
    for file in FILES {
        let path = crate::source::root().join("tests/data").join(file);
        let outcome = import(&mut session, &path);
        let s = &outcome.summary;
        assert_eq!(s.rows, s.accepted + s.rejected + s.skipped, "{file}");
        let after = dump(&session);
        assert_ne!(&after, states.last().unwrap(), "{file} is kept");
        let again = import(&mut session, &path);
        assert!(again.tables.0.values().all(|c| c.created == 0 && c.updated == 0), "{file}: {:?}", again.tables);
        assert_eq!(dump(&session), after, "{file} again changes nothing");
        // A file with rejected rows leaves a second import that lists them.
        if again.import.is_some() {
            session.undo().unwrap();
        }
        states.push(after);
    }
    session.check().unwrap();
    for (file, before) in FILES.iter().zip(&states).rev() {
        session.undo().unwrap().unwrap();
        assert_eq!(&dump(&session), before, "undo of {file}");
    }
}

#[test]
fn a_later_file_of_the_same_campaign_replaces_what_it_tells() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::create(&folder.path().join("shop.cartwright"), "Shop").unwrap();
    let header = "Campaign Name,Subject,Send Time,Total Recipients,Unique Opens,Unique Clicks,Successful Deliveries,Revenue,Campaign ID,Campaign Channel";
    let write = |name: &str, row: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{header}\n{row}\n")).unwrap();
        path
    };
    let first = write("a.csv", "Spring,Hello,2026-03-02 09:00:00,100,40,5,99,10.00,01A,Email");
    let later = write("b.csv", "Spring (sent),Hello,2026-03-02 09:00:00,100,44,7,99,,01A,Email");
    import(&mut session, &first);
    let before = dump(&session);
    import(&mut session, &later);
    let found = session.campaign_results(None, &Progress::none()).unwrap().unwrap();
    let [one] = found.campaigns.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.name.as_str(), one.opens, one.clicks), ("Spring (sent)", Some(44), Some(7)));
    assert_eq!(one.money.revenue, Some(1_000), "what a later file leaves blank stays");
    session.undo().unwrap();
    assert_eq!(dump(&session), before);
}
