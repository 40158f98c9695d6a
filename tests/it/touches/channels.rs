//! Channels by name: spellings, merging and splitting, and the command for it.

use std::collections::BTreeMap;

use cartwright::model::channels::{NamedBy, Said};

use super::*;

const THREE_WAYS: &str = "timestamp,visitor_id,channel
2026-01-01 00:00,v1,blog_partner
2026-01-02 00:00,v1,Blog Partner
2026-01-03 00:00,v1,blog-partner
2026-01-04 00:00,v1,BP
2026-01-05 00:00,v1,Google Ads
";

const SPEND: &str = "date,channel,cost
2026-01-01,Facebook,10.00
2026-01-02,Blog Partner,5.00
";

#[test]
fn a_channel_named_three_ways_is_one_and_a_fourth_is_merged() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    import(&mut session, &written(folder.path(), "touches.csv", THREE_WAYS));
    import(&mut session, &written(folder.path(), "spend.csv", SPEND));
    assert_eq!(touches(&mut session).channels, ["Blog Partner", "BP", "Paid search"]);
    let before = dump(&session);
    let merge = |name: Option<&str>| BTreeMap::from([("bp".to_owned(), name.map(str::to_owned))]);
    session.merge_channels(&merge(Some("Blog Partner"))).unwrap();
    assert_eq!(touches(&mut session).channels, ["Blog Partner", "Paid search"]);
    let channels = session.channels().unwrap();
    let of = |raw: &str| channels.iter().find(|channel| channel.raw == raw).unwrap();
    assert_eq!((of("BP").by, of("BP").name.as_str()), (NamedBy::Merged, "Blog Partner"));
    assert_eq!((of("blog_partner").by, of("Blog Partner").by), (NamedBy::Spelling, NamedBy::Own));
    assert_eq!((of("Blog Partner").touches, of("Blog Partner").spend_rows), (1, 1));
    assert_eq!((of("Facebook").name.as_str(), of("Facebook").spend_rows), ("Paid social", 1));
    assert_eq!(session.channel_names().unwrap().name(&Said::spend("BP")).0, "Blog Partner");
    let history = session.history().unwrap();
    assert_eq!(history.done[0].label, "Merged channels bp");
    session.undo().unwrap();
    assert_eq!(dump(&session), before);
    session.merge_channels(&merge(Some("Blog Partner"))).unwrap();
    session.merge_channels(&merge(None)).unwrap();
    assert_eq!(dump(&session), before);
    assert!(session.merge_channels(&merge(None)).is_err());
    assert!(session.merge_channels(&merge(Some(" "))).is_err());
}

#[test]
fn the_command_lists_and_merges() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let run = |args: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(at).args(args).output();
        let out = out.unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    written(at, "touches.csv", THREE_WAYS);
    run(&["import", "shop.cartwright", "touches.csv"]);
    let text = run(&["channels", "shop.cartwright", "--merge", "bp=Blog Partner"]);
    assert!(text.contains("merged by hand"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&run(&["channels", "shop.cartwright", "--json"])).unwrap();
    assert_eq!(json["merged"]["bp"], "Blog Partner");
    assert_eq!(json["channels"].as_array().unwrap().len(), 5);
    run(&["channels", "shop.cartwright", "--split", "BP"]);
    assert!(!run(&["channels", "shop.cartwright"]).contains("merged by hand"));
}
