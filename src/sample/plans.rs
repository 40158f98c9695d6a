//! What the sample shop plans: a handful of campaigns around its last day, so that a new user sees a filled calendar.
//! They are dated from that day; nothing of customers or orders depends on them.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::CURRENCY;
use crate::model::campaign::{Audience, Channel, Status, Template, Who};
use crate::model::{Campaign, Day, Rule};

/// A campaign of a template: its name, who answers for it, how far it is, its first day and how many days it has.
type Planned = (Template, &'static str, &'static str, Status, i32, i32);

/// The plans of a shop whose history ends on a day.
pub fn campaigns(end: Day) -> Vec<Campaign> {
    let monday = Day(end.0 - end.date().weekday().num_days_from_monday() as i32);
    let friday = black_friday(end).0 - monday.0;
    let plans: [Planned; 11] = [
        (Template::SaleEvent, "Autumn sale", "Marketing", Status::Planned, 11, 3),
        (Template::SaleEvent, "Black Friday", "Marketing", Status::Planned, friday, 4),
        (Template::Onboarding, "Onboarding, 5 e-mails", "CRM", Status::Running, -51, 180),
        (Template::WinBack, "At-risk win-back", "CRM", Status::Planned, 8, 12),
        (Template::Retention, "Repeat retention", "CRM", Status::Running, 0, 120),
        (Template::ProductLaunch, "Winter linen", "Marketing", Status::Draft, 24, 14),
        (Template::Newsletter, "Newsletter", "CRM", Status::Running, -39, 120),
        (Template::Content, "Gift guide", "Content", Status::Planned, 21, 24),
        (Template::Ads, "Search and shopping", "Performance", Status::Running, -60, 170),
        (Template::Ads, "Retargeting, autumn sale", "Performance", Status::Planned, 6, 11),
        (Template::Ads, "Retargeting, Black Friday", "Performance", Status::Planned, friday - 11, 15),
    ];
    plans.iter().map(|plan| settled(campaign(plan, monday), end)).collect()
}

/// The Friday after the fourth Thursday of November, the next one after a day.
fn black_friday(after: Day) -> Day {
    let of = |year: i32| NaiveDate::from_weekday_of_month_opt(year, 11, Weekday::Thu, 4).map(Day::from_date);
    let year = after.date().year();
    let thursday = [of(year), of(year + 1)].into_iter().flatten().find(|day| *day > after);
    Day(thursday.unwrap_or(after).0 + 1)
}

fn campaign(&(template, name, owner, status, from, days): &Planned, monday: Day) -> Campaign {
    let at = |day: i32| Day(monday.0 + day).date().and_time(NaiveTime::MIN);
    let mut campaign = Campaign::from_template(template, at(from), CURRENCY);
    (campaign.name, campaign.owner, campaign.status) = (name.into(), owner.into(), status);
    campaign.ends = at(from + days);
    match template {
        // One mail less than the framework has: the calendar shows what a second campaign does to the limit.
        Template::SaleEvent => {
            for phase in &mut campaign.phases {
                phase.tasks.retain(|task| {
                    !["E-mail the day before", "E-mail: deals of the day and stock"].contains(&&*task.name)
                });
            }
            campaign.audiences.retain(|audience| audience.name != "Cart abandoners");
        }
        Template::WinBack => {
            campaign.audiences = vec![audience("At-risk customers", "orders >= 3 and last_order 120 days ago")]
        }
        Template::Ads => {
            campaign.phases.iter_mut().for_each(|phase| phase.tasks.truncate(1));
            if name.starts_with("Retargeting") {
                campaign.channels = vec![Channel::Retargeting];
                campaign.phases.iter_mut().flat_map(|phase| &mut phase.tasks).for_each(|task| {
                    task.channel = Some(Channel::Retargeting);
                });
            }
        }
        _ => {}
    }
    if let Some(sale) = campaign.sale_plan() {
        campaign.sale = Some(sale);
    }
    campaign
}

fn audience(name: &str, rule: &str) -> Audience {
    // The rule is read by a test.
    Audience { name: name.into(), who: Who::Rule(Rule::parse(rule).unwrap_or_default()) }
}

/// What lies before the last day is done.
fn settled(mut campaign: Campaign, end: Day) -> Campaign {
    let days = campaign.days();
    if campaign.every_days.is_none() {
        let tasks = campaign.phases.iter_mut().flat_map(|phase| &mut phase.tasks);
        tasks.filter(|task| task.due.day(days) < end).for_each(|task| task.done = true);
    }
    campaign.content.iter_mut().filter(|content| content.due.day(days) < end).for_each(|content| content.done = true);
    campaign
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Params;

    #[test]
    fn plans_are_whole_and_lie_around_the_last_day() {
        let end = Params::default().end;
        let all = campaigns(end);
        for campaign in &all {
            let stops: Vec<_> = campaign.problems(CURRENCY, Some(end)).into_iter().filter(|p| p.stops).collect();
            assert!(stops.is_empty(), "{}: {stops:?}", campaign.name);
            assert!(
                campaign.audiences.iter().all(|a| a.who.rule().check().is_ok() && *a.who.rule() != Rule::default())
            );
            assert!(campaign.days().1 > end, "{}", campaign.name);
        }
        let named = |name: &str| all.iter().find(|campaign| campaign.name == name).map(Campaign::days);
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(named("Autumn sale"), Some((day("2026-10-23"), day("2026-10-25"))));
        assert_eq!(named("Black Friday"), Some((day("2026-11-27"), day("2026-11-30"))));
    }
}
