//! Calendar files, read again by a parser that forgives nothing (RFC 5545, sections 3.1 and 3.3).

use std::collections::BTreeMap;

use cartwright::model::campaign::{Status, Template};
use cartwright::model::{Campaign, Day, Zone};
use cartwright::planner::calendar::Planned;
use cartwright::planner::ics::{Sheet, ics};

use super::rows::campaign;

/// Properties of an entry: name with its parameters, value.
type Event = BTreeMap<String, String>;

/// Reads a file; stops at anything that the format does not allow.
pub fn read(text: &str) -> (Event, Vec<Event>) {
    assert!(text.ends_with("\r\n"));
    let raw: Vec<&str> = text.strip_suffix("\r\n").unwrap().split("\r\n").collect();
    let mut lines: Vec<String> = Vec::new();
    for line in raw {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        assert!(!line.is_empty() && !line.contains(['\r', '\n']), "{line:?}");
        match line.strip_prefix(' ') {
            Some(more) => lines.last_mut().unwrap().push_str(more),
            None => lines.push(line.to_owned()),
        }
    }
    assert_eq!((lines.first().unwrap().as_str(), lines.last().unwrap().as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    let (mut head, mut events, mut inside) = (Event::new(), Vec::new(), None::<Event>);
    for line in &lines[1..lines.len() - 1] {
        let (name, value) = line.split_once(':').unwrap();
        assert!(name.chars().all(|c| c.is_ascii_uppercase() || "-;=".contains(c)), "{name}");
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(inside.replace(Event::new()).is_none()),
            ("END", "VEVENT") => events.push(inside.take().unwrap()),
            _ => {
                let properties = inside.as_mut().unwrap_or(&mut head);
                let text = ["SUMMARY", "DESCRIPTION", "X-WR-CALNAME"].contains(&name);
                let value = if text { unescaped(value) } else { value.to_owned() };
                assert!(properties.insert(name.to_owned(), value).is_none(), "{name} twice");
            }
        }
    }
    assert!(inside.is_none());
    for event in &events {
        for must in ["UID", "DTSTAMP", "SUMMARY"] {
            assert!(event.contains_key(must), "{must} is missing: {event:?}");
        }
        let starts = ["DTSTART", "DTSTART;VALUE=DATE"].iter().filter(|name| event.contains_key(**name)).count();
        assert_eq!(starts, 1, "{event:?}");
        for (name, value) in event.iter().filter(|(name, _)| name.starts_with("DT")) {
            let form = if name.ends_with("DATE") { "%Y%m%d" } else { "%Y%m%dT%H%M%SZ" };
            let read = if name.ends_with("DATE") {
                chrono::NaiveDate::parse_from_str(value, form).map(|_| ())
            } else {
                chrono::NaiveDateTime::parse_from_str(value, form).map(|_| ())
            };
            assert!(read.is_ok(), "{name}:{value}");
        }
    }
    (head, events)
}

fn unescaped(text: &str) -> String {
    let (mut out, mut chars) = (String::new(), text.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next().unwrap() {
                'n' | 'N' => '\n',
                c @ ('\\' | ';' | ',') => c,
                c => panic!("\\{c} is no escape"),
            }),
            ';' | ',' => panic!("{c} must be escaped"),
            c => out.push(c),
        }
    }
    out
}

fn file(campaign: &Campaign, stamp: i64) -> String {
    let zone = Zone::parse("Europe/Berlin").unwrap();
    let span = (Day(19_000), Day(22_000));
    let sheet = Sheet { name: "Shop; one, two", shop: "shop", zone, stamp, span };
    ics(&sheet, &[Planned { id: 3, campaign }])
}

#[test]
fn a_sale_reads_back() {
    let mut sale = campaign(Template::SaleEvent, 20_000, 3);
    sale.name = "Größe; „Überraschung“, \\ und mehr — ein Name, der länger ist als eine Zeile der Datei".into();
    (sale.objective, sale.owner, sale.status) = ("One\nTwo".into(), "Marketing".into(), Status::Planned);
    sale.starts = Day(20_000).date().and_hms_opt(10, 0, 0).unwrap();
    sale.phases[1].tasks[0].time = chrono::NaiveTime::from_hms_opt(9, 30, 0);
    let (head, events) = read(&file(&sale, 1_700_000_000));
    assert_eq!(head["VERSION"], "2.0");
    assert_eq!(head["X-WR-CALNAME"], "Shop; one, two");
    assert_eq!(events.len(), 1 + 3 + 4 + 15);
    assert_eq!(events[0]["SUMMARY"], sale.name);
    assert_eq!(events[0]["DESCRIPTION"], "One\nTwo\nOwner: Marketing");
    // 4 October 2024, when clocks in Berlin are two hours ahead.
    assert_eq!((events[0]["DTSTART"].as_str(), events[0]["DTEND"].as_str()), ("20241004T080000Z", "20241006T220000Z"));
    assert_eq!(events[0]["STATUS"], "CONFIRMED");
    let phase = &events[1];
    assert_eq!(phase["DTSTART;VALUE=DATE"], "20240929");
    assert_eq!(phase["DTEND;VALUE=DATE"], "20241004", "the end is the first day that is not in it");
    assert!(events.iter().any(|event| event.get("DTSTART").is_some_and(|at| at == "20241004T073000Z")));
    let uids: std::collections::BTreeSet<_> = events.iter().map(|event| &event["UID"]).collect();
    assert_eq!(uids.len(), events.len());
}

#[test]
fn the_same_thing_has_the_same_number_again() {
    let letter = campaign(Template::Newsletter, 20_000, 84);
    let (one, two) = (file(&letter, 1_700_000_000), file(&letter.moved(1), 1_800_000_000));
    let uids = |text: &str| read(text).1.into_iter().map(|event| event["UID"].clone()).collect::<Vec<_>>();
    assert_eq!(uids(&one), uids(&two));
    assert_eq!(uids(&one).len(), 1 + 12 + 12);
    let (_, events) = read(&one);
    assert_eq!(events[0]["DTSTAMP"], "20231114T221320Z");
    assert_eq!(events[0]["DTSTART;VALUE=DATE"], "20241004", "whole days stay whole days");
}
