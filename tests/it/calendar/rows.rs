//! Rows and bars of a span, against a fold over every day and every time a campaign comes.

use cartwright::model::campaign::{Channel, Dated, Phase, Status, Task, Template};
use cartwright::model::{Campaign, Currency, Day};
use cartwright::planner::calendar::{Calendar, Part, Planned, Wish};
use cartwright::planner::rounds;
use proptest::prelude::*;

pub fn campaign(template: Template, first: i32, days: i32) -> Campaign {
    let at = |day: i32| Day(day).date().and_hms_opt(0, 0, 0).unwrap();
    let mut campaign = Campaign::from_template(template, at(first), Currency::parse("USD").unwrap());
    campaign.ends = at(first + days);
    campaign
}

fn one(campaign: &Campaign, span: (i32, i32)) -> Calendar {
    Calendar::new(&[Planned { id: 7, campaign }], &Wish::default(), (Day(span.0), Day(span.1)))
}

#[test]
fn a_sale_is_its_window_its_phases_and_its_tasks() {
    let calendar = one(&campaign(Template::SaleEvent, 20_000, 3), (19_990, 20_020));
    let row = calendar.rows().next().unwrap();
    assert_eq!(calendar.groups[0].name, "Sale events");
    let bars: Vec<_> = row.bars.iter().map(|bar| (bar.name.as_str(), bar.days.0.0, bar.days.1.0)).collect();
    let expected = [
        ("Sale event", 20_000, 20_002),
        ("Pre-event", 19_995, 19_999),
        ("Event", 20_000, 20_002),
        ("Post-event", 20_003, 20_005),
    ];
    assert_eq!(bars, expected);
    assert_eq!(row.marks.len(), 15);
    assert_eq!(row.marks.iter().filter(|mark| mark.send).count(), 7);
    // Only what comes afterwards is in a span after its end, and nothing beyond that.
    let after = one(&campaign(Template::SaleEvent, 20_000, 3), (20_004, 20_010));
    assert_eq!(after.rows().next().unwrap().bars.iter().map(|bar| bar.part).collect::<Vec<_>>(), [Part::Phase(2)]);
    assert_eq!(one(&campaign(Template::SaleEvent, 20_000, 3), (20_006, 20_010)).rows().count(), 0);
}

#[test]
fn a_newsletter_comes_every_week_until_its_end() {
    let calendar = one(&campaign(Template::Newsletter, 20_000, 28), (20_001, 20_060));
    let days: Vec<i32> = calendar.rows().next().unwrap().marks.iter().map(|mark| mark.day.0).collect();
    assert_eq!(days, [20_007, 20_014, 20_021]);
}

#[test]
fn filters_take_what_they_say() {
    let mut sale = campaign(Template::SaleEvent, 20_000, 3);
    (sale.owner, sale.status) = ("Sales team".into(), Status::Planned);
    let mut letter = campaign(Template::Newsletter, 20_000, 28);
    letter.archived = true;
    let all = [Planned { id: 1, campaign: &sale }, Planned { id: 2, campaign: &letter }];
    let seen = |wish: Wish| {
        let calendar = Calendar::new(&all, &wish, (Day(19_000), Day(21_000)));
        (calendar.rows().map(|row| row.id).collect::<Vec<_>>(), calendar.of)
    };
    assert_eq!(seen(Wish::default()), (vec![1], 1));
    assert_eq!(seen(Wish { archived: true, ..Wish::default() }), (vec![1, 2], 2));
    assert_eq!(seen(Wish { owner: Some(String::new()), archived: true, ..Wish::default() }).0, [2]);
    assert_eq!(seen(Wish { channel: Some(Channel::Sms), archived: true, ..Wish::default() }).0, [1]);
    assert_eq!(seen(Wish { status: Some(Status::Draft), archived: true, ..Wish::default() }).0, [2]);
    assert_eq!(seen(Wish { template: Some(Template::Newsletter), archived: true, ..Wish::default() }).0, [2]);
    assert_eq!(seen(Wish { search: "LAST HOURS".into(), ..Wish::default() }).0, [1]);
    assert_eq!(seen(Wish { search: "nothing".into(), ..Wish::default() }).0, [0; 0]);
}

proptest! {
    #[test]
    fn what_falls_into_a_span_is_what_falls_on_its_days(
        start in 20_000_i32..20_020, length in 1_i32..60, every in prop::option::of(0_u32..20),
        from in 19_970_i32..20_090, span in 0_i32..40,
        dues in prop::collection::vec((any::<bool>(), -20_i32..20, 0_i32..8), 1..5),
    ) {
        let mut campaign = campaign(Template::Blank, start, length);
        campaign.every_days = every;
        let dated = |at_end: bool, days: i32| if at_end { Dated::end(days) } else { Dated::start(days) };
        campaign.phases = dues.iter().map(|&(at_end, days, more)| Phase {
            name: "Phase".into(),
            from: dated(at_end, days),
            to: dated(at_end, days + more),
            tasks: vec![Task::new("Task", dated(at_end, days), None)],
        }).collect();
        let (first, last) = (start, start + length - 1);
        let mut tasks = Vec::new();
        let mut phases = Vec::new();
        for (n, &(at_end, days, more)) in dues.iter().enumerate() {
            let day = if at_end { last } else { first } + days;
            let step = every.filter(|every| *every > 0 && !at_end);
            let times = step.map_or(0, |step| (last - first) / step as i32);
            for round in 0..=times {
                let day = day + round * step.unwrap_or(0) as i32;
                if (from..=from + span).contains(&day) {
                    tasks.push((day, n, round));
                }
                if (day..=day + more).any(|day| (from..=from + span).contains(&day)) {
                    phases.push((n, round, day, day + more));
                }
            }
        }
        tasks.sort_unstable();
        let days = (Day(from), Day(from + span));
        let found: Vec<_> = rounds::dues(&campaign, days).iter().map(|due| (due.day.0, due.phase, due.round)).collect();
        prop_assert_eq!(found, tasks);
        let found: Vec<_> = rounds::phases(&campaign, days).iter().map(|p| (p.0, p.1, p.3.0.0, p.3.1.0)).collect();
        prop_assert_eq!(found, phases);
    }
}
