//! Campaigns as records: saved, copied, put away, frozen when they begin, and handed over.

mod success;

use cartwright::jobs::Progress;
use cartwright::model::campaign::{Audience, Codes, Status, TEMPLATES, Template, Who};
use cartwright::model::{Campaign, Currency, Day, Rule};
use cartwright::ops::Session;
use cartwright::ops::campaigns::SavedCampaign;
use cartwright::report::{FORMATS, document::Block};

use crate::rules::sample_shop;

pub fn from(template: Template, day: &str) -> Campaign {
    let starts = Day::parse(day).unwrap().date().and_hms_opt(10, 0, 0).unwrap();
    Campaign::from_template(template, starts, Currency::USD)
}

fn names(session: &Session) -> Vec<String> {
    session.saved_campaigns().unwrap().into_iter().map(|saved| saved.campaign.name).collect()
}

#[test]
fn every_template_is_saved_and_read_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    for info in TEMPLATES {
        let campaign = from(info.id, "2026-11-20");
        let name = session.add_campaign(campaign.clone()).unwrap();
        assert_eq!(name, info.name);
        assert_eq!(session.saved_campaign(&name).unwrap().campaign, campaign);
        let problems = campaign.problems(Currency::USD, Some(Day::parse("2026-10-14").unwrap()));
        assert_eq!(problems, [], "{name}");
    }
    assert_eq!(session.add_campaign(from(Template::SaleEvent, "2026-12-01")).unwrap(), "Sale event 2");
    // A sale is a campaign, and found as one by the commands of sales.
    let sales: Vec<String> = session.saved_sales().unwrap().into_iter().map(|sale| sale.plan.name).collect();
    assert_eq!(sales, ["Sale event", "Sale event 2"]);
}

#[test]
fn campaigns_are_changed_put_away_copied_deleted_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let mut campaign = from(Template::SaleEvent, "2026-11-20");
    campaign.name = " Black Friday ".into();
    campaign.phases[0].tasks[0].done = true;
    session.save_campaign(&SavedCampaign { id: 0, campaign: campaign.clone() }).unwrap();
    let mut saved = session.saved_campaign("Black Friday").unwrap();
    let again = session.save_campaign(&SavedCampaign { id: 0, campaign }).unwrap_err().to_string();
    assert!(again.contains("already; choose another name"), "{again}");
    saved.campaign.starts = saved.campaign.starts.checked_add_signed(chrono::TimeDelta::days(7)).unwrap();
    saved.campaign.ends = saved.campaign.ends.checked_add_signed(chrono::TimeDelta::days(7)).unwrap();
    session.save_campaign(&saved).unwrap();
    // The plan of the sale follows the window of the campaign.
    let plan = session.saved_sale("Black Friday").unwrap().plan;
    assert_eq!((plan.starts, plan.ends), (saved.campaign.starts, saved.campaign.ends));
    saved = session.saved_campaign("Black Friday").unwrap();
    saved.campaign.archived = true;
    session.save_campaign(&saved).unwrap();
    let copy = session.duplicate_campaign(saved.id).unwrap();
    let copied = session.saved_campaign(&copy).unwrap().campaign;
    assert!(!copied.archived && !copied.phases[0].tasks[0].done && copied.sale_plan().unwrap().name == copy);
    session.remove_campaign(saved.id).unwrap();
    assert_eq!(names(&session), ["Black Friday copy"]);
    let labels: Vec<String> = session.history().unwrap().done.into_iter().take(5).map(|step| step.label).collect();
    assert_eq!(
        labels,
        [
            "Delete campaign Black Friday",
            "Duplicate campaign Black Friday",
            "Put away campaign Black Friday",
            "Change campaign Black Friday",
            "Save campaign Black Friday"
        ]
    );
    for _ in 0..5 {
        session.undo().unwrap();
    }
    assert_eq!(names(&session), [""; 0]);
    assert!(session.remove_campaign(7).unwrap_err().to_string().contains("the campaign is gone"));
}

#[test]
fn a_sale_that_has_begun_keeps_what_was_planned() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let (_, last) = session.dataset(&Progress::none()).unwrap().span.unwrap();
    let mut campaign = from(Template::SaleEvent, "2026-01-01");
    campaign.starts = last.date().and_hms_opt(8, 0, 0).unwrap();
    campaign.ends = campaign.starts.checked_add_signed(chrono::TimeDelta::hours(72)).unwrap();
    session.save_campaign(&SavedCampaign { id: 0, campaign }).unwrap();
    let mut saved = session.saved_campaign("Sale event").unwrap();
    let planned = saved.campaign.sale_plan().unwrap();
    saved.campaign.sale.as_mut().unwrap().tiers.pop();
    session.save_campaign(&saved).unwrap();
    let mut saved = session.saved_campaign("Sale event").unwrap();
    let frozen = saved.campaign.frozen.clone().unwrap();
    assert_eq!((frozen.on, &frozen.plan), (last, &planned));
    // And what was expected of it the day before.
    let expected = frozen.expected.clone().unwrap();
    assert_eq!(expected.known_until, Day(last.0 - 1));
    assert_eq!(session.sale_as_begun("Sale event").unwrap(), (planned.clone(), Some(expected)));
    // Later changes do not touch it, and nobody can thaw it by saving without it.
    saved.campaign.frozen = None;
    saved.campaign.objective = "Another".into();
    session.save_campaign(&saved).unwrap();
    assert_eq!(session.saved_campaign("Sale event").unwrap().campaign.frozen.unwrap(), frozen);
    // A sale ahead keeps nothing.
    session.add_campaign(from(Template::SaleEvent, "2027-01-01")).unwrap();
    let mut ahead = session.saved_campaign("Sale event 2").unwrap();
    ahead.campaign.objective = "Another".into();
    session.save_campaign(&ahead).unwrap();
    assert_eq!(session.saved_campaign("Sale event 2").unwrap().campaign.frozen, None);
}

#[test]
fn what_is_wrong_is_told_at_its_field() {
    let last = Some(Day::parse("2026-10-14").unwrap());
    let told = |campaign: &Campaign| -> Vec<String> {
        campaign.problems(Currency::USD, last).into_iter().map(|p| format!("{}: {}", p.at, p.words)).collect()
    };
    let good = from(Template::SaleEvent, "2026-11-20");
    let with = |change: &dyn Fn(&mut Campaign)| {
        let mut campaign = good.clone();
        change(&mut campaign);
        told(&campaign)
    };
    let eur = |whole: i64| cartwright::model::plan::Amount { minor: whole, currency: Currency::parse("EUR").unwrap() };
    assert_eq!(with(&|c| c.name = "  ".into()), ["name: a campaign needs a name"]);
    assert!(with(&|c| c.ends = c.starts)[0].starts_with("ends: the campaign ends before it begins"));
    assert!(with(&|c| c.budget = Some(eur(5)))[0].starts_with("budget: 0.05 EUR is in EUR"));
    assert!(with(&|c| c.phases[0].to.days = -9)[0].contains("Pre-event ends"));
    assert!(with(&|c| c.phases[0].tasks[0].due.days = 3)[0].contains("outside Pre-event"));
    assert!(with(&|c| c.utm.page = "shop.example".into())[0].starts_with("utm.page"));
    assert!(with(&|c| c.every_days = Some(0))[0].starts_with("every_days"));
    assert!(with(&|c| c.codes = Some(Codes { prefix: "a b".into(), count: 0, seed: 1 })).len() == 2);
    let old = from(Template::SaleEvent, "2026-01-20");
    assert!(told(&old)[0].contains("older than the data, which reach to 14 Oct 2026"));
}

#[test]
fn links_carry_the_marks_of_their_channel() {
    let mut sale = from(Template::SaleEvent, "2026-11-20");
    sale.name = "Blåck Friday: 20 %".into();
    assert!(sale.links().is_empty());
    sale.utm.page = "https://shop.example/sale?ref=a#top".into();
    sale.utm.content = "Hero Button".into();
    let links = sale.links();
    assert_eq!(links.len(), sale.channels.len());
    assert_eq!(
        links[0].address,
        "https://shop.example/sale?ref=a&utm_source=newsletter&utm_medium=email&utm_campaign=2026-11-black-friday-20\
         &utm_content=hero-button#top"
    );
}

#[test]
fn the_brief_says_all_that_is_planned_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let mut sale = from(Template::SaleEvent, "2026-10-23");
    sale.owner = "<b>Marketing</b>".into();
    sale.utm.page = "https://shop.example".into();
    sale.status = Status::Planned;
    let who = Who::Rule(Rule::parse("in \"gone\"").unwrap());
    sale.audiences.push(Audience { name: "Gone".into(), who });
    let brief = session.campaign_brief(&sale, &Progress::none()).unwrap();
    let tables: Vec<&str> = brief
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table.caption.as_str()) } else { None })
        .collect();
    assert_eq!(
        tables,
        [
            "For whom, the most important first",
            "What it is measured by",
            "What is done when",
            "What it shows and tells",
            "Links"
        ]
    );
    for format in FORMATS {
        // Formats that are no text are read back in tests of their own.
        let Ok(text) = String::from_utf8(format.write(&brief).unwrap()) else { continue };
        for words in ["E-mail teaser", "15% off from $50", "replayed on", "typed", "The code is made in the shop"] {
            assert!(text.contains(words), "{}: {words}", format.name());
        }
        assert!(!text.contains("<b>Marketing"), "what is typed is text");
    }
}

#[test]
fn codes_are_written_and_none_was_used_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = sample_shop(folder.path());
    let mut sale = from(Template::SaleEvent, "2026-10-23");
    let path = folder.path().join("codes.csv");
    let format = cartwright::report::table_export::table_format("csv").unwrap();
    let none = session.export_codes(&sale, &path, format, &Progress::none()).unwrap_err().to_string();
    assert!(none.contains("has no codes") && !path.exists());
    sale.codes = Some(Codes { prefix: "AUTUMN".into(), count: 300, seed: 5 });
    assert_eq!(session.export_codes(&sale, &path, format, &Progress::none()).unwrap().rows, 300);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().filter(|line| line.contains("AUTUMN-")).count(), 300);
}

#[test]
fn sales_of_an_older_workspace_become_campaigns() {
    // What version 0.1 kept of a sale before there were campaigns around it.
    let plan = serde_json::json!({
        "kind": "sale", "version": 1, "name": "Old sale", "starts": "2026-10-23T10:00:00", "ends": "2026-10-26T10:00:00",
        "tiers": [{"name": "A", "benefit": {"percent_off": 15.0}, "when": {"from": "50.00 USD"}}], "assumptions": {"near": 20.0, "top_up": 30.0}
    });
    let mut body = plan.clone();
    body.as_object_mut().unwrap().remove("kind");
    let campaign: Campaign = serde_json::from_value(serde_json::json!({
        "name": "Old sale", "template": "sale_event", "starts": plan["starts"], "ends": plan["ends"], "sale": body
    }))
    .unwrap();
    assert_eq!(campaign.sale_plan().unwrap().tiers.len(), 1);
}
