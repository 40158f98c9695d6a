//! Whom campaigns write to, on a sample shop and against a fold over its customers; the setting of the limit; the
//! command.

use std::path::Path;

use assert_cmd::Command;
use cartwright::jobs::Progress;
use cartwright::model::campaign::{Audience, Channel, Status, Template, Who};
use cartwright::model::{Day, Rule};
use cartwright::ops::Session;
use cartwright::ops::calendar::Contacts;
use cartwright::ops::session::last_day;
use cartwright::sample::Params;

use super::rows::campaign;

fn shop(folder: &Path) -> (Session, Day) {
    let params = Params { customers: 400, ..Params::default() };
    let mut session =
        cartwright::ops::sample::create(&folder.join("shop.cartwright"), &params, &Progress::none()).unwrap();
    let last = last_day(&session.dataset(&Progress::none()).unwrap());
    // A Monday, and a sale in the week after it.
    let monday = cartwright::planner::pressure::monday(last);
    session.add_campaign(campaign(Template::SaleEvent, monday.0 + 8, 3)).unwrap();
    session.add_campaign(campaign(Template::Newsletter, monday.0 + 1, 28)).unwrap();
    (session, monday)
}

fn contacts(session: &mut Session, monday: Day) -> Contacts {
    session.contacts((monday, Day(monday.0 + 27)), None, &Progress::none()).unwrap()
}

fn id(session: &Session, name: &str) -> i64 {
    session.saved_campaign(name).unwrap().id
}

#[test]
fn an_email_goes_to_members_who_did_not_decline_and_a_text_to_those_who_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, monday) = shop(folder.path());
    let sieve = session.sieve(None, &Progress::none()).unwrap();
    let details = sieve.shop.details.clone();
    let answer = |channel: &str, i: usize| {
        let answers = details.consents.get(channel)?;
        answers.iter().find(|answer| answer.customer as usize == i).map(|answer| answer.granted)
    };
    let buyers: Vec<usize> =
        (0..sieve.facts.len()).filter(|&i| sieve.facts[i].present && sieve.facts[i].orders > 0).collect();
    let by_email = |i: &usize| details.has_email[*i] && answer("email", *i) != Some(false);
    let by_sms = |i: &usize| details.has_phone[*i] && answer("sms", *i) == Some(true);
    let contacts = contacts(&mut session, monday);
    let letter = &contacts.reach[&id(&session, "Newsletter")];
    assert_eq!(letter.members, buyers.len() as u64);
    assert_eq!(letter.by_email, buyers.iter().copied().filter(|i| by_email(i)).count() as u64);
    let agreed = buyers.iter().filter(|i| by_email(i) && answer("email", **i) == Some(true)).count();
    assert_eq!(letter.agreed, agreed as u64);
    assert!(letter.unclear.is_empty() && letter.by_email > 100);
    let sale = &contacts.reach[&id(&session, "Sale event")];
    // Abandoners and existing customers; the lookalikes of the best are written to by nobody.
    let texts: Vec<usize> = sale.heads[&Channel::Sms].iter().map(|i| i as usize).collect();
    assert!(texts.iter().all(by_sms));
    assert!(buyers.iter().filter(|i| by_sms(i)).all(|i| texts.contains(i)));
}

#[test]
fn weeks_tell_who_gets_both_and_a_cancelled_campaign_writes_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, monday) = shop(folder.path());
    let span = (monday, Day(monday.0 + 27));
    let (sale, letter) = (id(&session, "Sale event"), id(&session, "Newsletter"));
    let before = contacts(&mut session, monday);
    let weeks = before.weeks(span);
    assert_eq!(weeks.len(), 4);
    let heads = before.reach[&letter].heads[&Channel::Email].clone();
    // The newsletter goes out on the Tuesdays of four weeks, the sale writes in the first two and in the week of its end.
    assert_eq!(weeks[3].messages, heads.count());
    let clash = weeks[1].collisions[0];
    assert_eq!((clash.one, clash.other), (sale, letter));
    assert_eq!(before.both(weeks[1].monday, sale, letter).count(), clash.both);
    assert_eq!(before.above(weeks[1].monday).count(), weeks[1].above);
    assert!(weeks[1].most > 3 && weeks[1].above > 0 && weeks[1].above <= weeks[1].heads);
    let mut saved = session.saved_campaign("Sale event").unwrap();
    saved.campaign.status = Status::Cancelled;
    session.save_campaign(&saved).unwrap();
    let weeks = contacts(&mut session, monday).weeks(span);
    assert!(weeks.iter().all(|week| week.messages == heads.count() && week.collisions.is_empty() && week.above == 0));
}

#[test]
fn an_audience_that_cannot_be_asked_is_told_and_writes_to_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, monday) = shop(folder.path());
    let mut saved = session.saved_campaign("Newsletter").unwrap();
    let gone = Who::Rule(Rule::InSegment("Gone".into()));
    saved.campaign.audiences = vec![Audience { name: "The lost".into(), who: gone }];
    session.save_campaign(&saved).unwrap();
    let contacts = contacts(&mut session, monday);
    let reach = &contacts.reach[&saved.id];
    assert_eq!((reach.members, reach.unclear.len()), (0, 1));
    assert!(reach.unclear[0].starts_with("The lost: "), "{:?}", reach.unclear);
}

#[test]
fn the_limit_is_a_setting_that_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, _) = shop(folder.path());
    assert_eq!(session.contact_limit().unwrap(), Some(3));
    session.set_contact_limit(Some(5)).unwrap();
    assert_eq!(session.contact_limit().unwrap(), Some(5));
    assert_eq!(session.history().unwrap().done[0].label, "Change limits on messages");
    session.undo().unwrap();
    assert_eq!(session.contact_limit().unwrap(), Some(3));
    assert!(session.set_contact_limit(Some(0)).is_err());
}

#[test]
fn the_command_prints_and_writes_the_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, monday) = shop(folder.path());
    let weeks = contacts(&mut session, monday).weeks((monday, Day(monday.0 + 13)));
    drop(session);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let run = |more: &[&str]| {
        let mut command = Command::cargo_bin("cartwright").unwrap();
        command.arg("calendar").arg(path("shop.cartwright")).args(more);
        command.output().unwrap()
    };
    let (from, to) = (monday.to_string(), Day(monday.0 + 13).to_string());
    let span = ["--from", from.as_str(), "--to", to.as_str()];
    let (ics, xlsx) = (path("plan.ics"), path("plan.xlsx"));
    let said = run(&[&span[..], &["--country", "us", "--ics", &ics, "--xlsx", &xlsx, "--json"]].concat());
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let json: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(json["weeks"][1]["above_limit"], weeks[1].above);
    assert_eq!(json["weeks"][1]["collisions"][0]["both"], weeks[1].collisions[0].both);
    assert_eq!(json["campaigns"].as_array().unwrap().len(), 2);
    let (_, events) = super::ics::read(&std::fs::read_to_string(&ics).unwrap());
    let tasks = json["campaigns"].as_array().unwrap().iter();
    let entries: usize =
        tasks.map(|c| c["tasks"].as_array().unwrap().len() + c["bars"].as_array().unwrap().len()).sum();
    let content = json["content"].as_array().unwrap().len();
    assert_eq!((content, events.len()), (4, entries + content));
    assert!(std::fs::metadata(&xlsx).unwrap().len() > 1_000);
    let wrong = run(&["--country", "XX"]);
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("known are AT, AU"));
    assert!(!run(&["--from", &to, "--to", &from]).status.success());
    let text = String::from_utf8(run(&span).stdout).unwrap();
    assert!(text.contains("Sale events") && text.contains("limit 3"), "{text}");
}

#[test]
fn a_campaign_that_is_held_back_writes_to_nobody_beyond_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let (mut session, monday) = shop(folder.path());
    let mut guide = campaign(Template::WinBack, monday.0 + 8, 6);
    guide.audiences = session.saved_campaign("Newsletter").unwrap().campaign.audiences;
    session.add_campaign(guide).unwrap();
    let before = contacts(&mut session, monday);
    let id = id(&session, "At-risk win-back");
    let red = Day(monday.0 + 7);
    let days = before.hold(id, red).expect("there are free weeks");
    let mut saved = session.saved_campaign("At-risk win-back").unwrap();
    saved.campaign = saved.campaign.moved(days.into());
    session.save_campaign(&saved).unwrap();
    let after = session.contacts((monday, Day(monday.0 + 90)), None, &Progress::none()).unwrap();
    for week in after.weeks((monday, Day(monday.0 + 90))) {
        let both = week.collisions.iter().filter(|c| c.one == id || c.other == id);
        assert_eq!(both.map(|c| c.above).sum::<u64>(), 0, "{week:?}");
    }
}

#[test]
fn the_sample_shop_of_users_has_plans_and_the_same_customers_and_orders() {
    let folder = tempfile::tempdir().unwrap();
    let params = Params { customers: 200, ..Params::default() };
    let dump = |planned: bool| {
        let path = folder.path().join(if planned { "planned.cartwright" } else { "plain.cartwright" });
        let make = if planned { cartwright::ops::sample::create_planned } else { cartwright::ops::sample::create };
        let session = make(&path, &params, &Progress::none()).unwrap();
        assert!(session.history().unwrap().done.is_empty(), "nothing to undo");
        let mut out = Vec::new();
        session.dump(&mut out).unwrap();
        (session.saved_campaigns().unwrap().len(), String::from_utf8(out).unwrap())
    };
    let ((none, plain), (some, with_plans)) = (dump(false), dump(true));
    assert_eq!((none, some), (0, 11));
    let data =
        |text: &str| text.lines().filter(|line| !line.contains("\"kind\"")).map(str::to_owned).collect::<Vec<_>>();
    let (plain, with_plans) = (data(&plain), data(&with_plans));
    assert!(plain.iter().all(|line| with_plans.contains(line)));
}
