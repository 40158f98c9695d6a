//! What campaigns did: exports of mailing and ad tools and of web analytics.

use cartwright::import::plan::Choices;
use cartwright::model::record::{Record, SendRecord, SpendRecord, VisitRecord};

use super::{Import, Words, check, data, time, try_import};
use crate::shared::shared;

pub fn show_spend(spend: &SpendRecord) -> String {
    Words::new(format!("spend {} {}", spend.line, spend.day))
        .add("until", spend.until)
        .add("by", spend.channel.as_ref())
        .add("for", spend.campaign.as_ref().map(|c| format!("{}/{}", c.key, c.name)))
        .add("amount", Some(spend.amount))
        .add("in", spend.currency)
        .add("shown", spend.impressions)
        .add("clicks", spend.clicks)
        .add("won", spend.conversions_milli)
        .add("worth", spend.value)
        .end()
}

pub fn show_send(send: &SendRecord) -> String {
    let f = &send.figures;
    Words::new(format!("send {} {}/{}", send.line, send.campaign.key, send.campaign.name))
        .add("kind", Some(send.kind.word()))
        .add("part", Some(&send.part).filter(|part| !part.is_empty()))
        .add("variant", send.variant.as_ref())
        .add("by", send.channel.as_ref())
        .add("at", time(Some(send.at)))
        .add("subject", send.subject.as_ref().map(|s| s.replace('\n', "/")))
        .list("tags", &send.tags)
        .list("to", &send.lists)
        .add("recipients", send.recipients)
        .add("delivered", f.delivered)
        .add("opens", f.opens)
        .add("of", f.opens_total)
        .add("clicks", f.clicks)
        .add("of", f.clicks_total)
        .add("won", f.conversions)
        .add("revenue", f.revenue)
        .add("left", f.unsubscribes)
        .add("spam", f.complaints)
        .add("bounced", f.bounces)
        .end()
}

pub fn show_visits(visits: &VisitRecord) -> String {
    Words::new(format!("visits {} {}", visits.line, visits.day))
        .add("until", visits.until)
        .add("campaign", visits.campaign.as_ref())
        .add("channel", visits.channel.as_ref())
        .add("source", visits.source.as_ref())
        .add("users", visits.users)
        .add("sessions", visits.sessions)
        .add("won", visits.conversions_milli)
        .add("purchases", visits.purchases)
        .add("revenue", visits.revenue)
        .end()
}

#[test]
fn klaviyo_campaigns_have_versions_and_drafts() {
    let import = check(
        "klaviyo/campaigns.csv",
        "klaviyo-campaigns",
        "send 2 01SPRING/Spring sale kind=campaign part=A variant=A by=email at=2026-03-02T09:00:00 subject=The sale,/at last 🌷 \
         tags=[Sale; Spring] to=[Engaged; Repeat buyers] recipients=1000 delivered=990 opens=420 of=500 clicks=60 of=75 \
         won=12 revenue=64050 left=3 spam=1 bounced=10
         send 4 01SPRING/Spring sale kind=campaign part=B variant=B by=email at=2026-03-02T09:00:00 subject=Now \
         tags=[Sale; Spring] to=[Engaged; Repeat buyers] recipients=1000 delivered=990 opens=380 of=460 clicks=40 of=50 \
         won=9 revenue=41000 left=2 spam=0 bounced=10
         rejected 6: Total Recipients “ten” is not a number | Write digits with one decimal mark",
    );
    assert_eq!(import.summary.skipped_reasons, [("a campaign that was not sent", 1)].into());
    check(
        "klaviyo/campaigns_builder.csv",
        "klaviyo-campaigns",
        "send 2 Newsletter/Newsletter kind=campaign part=1770105600 by=email at=2026-02-03T08:00:00 recipients=500 \
         opens=200 clicks=30 won=4 revenue=12000 left=1 spam=0 bounced=5
         send 3 Newsletter/Newsletter kind=campaign part=1772524800 by=sms at=2026-03-03T08:00:00 recipients=100 \
         clicks=12 won=2 revenue=6000 left=0 spam=0 bounced=1",
    );
}

#[test]
fn klaviyo_flows_are_told_by_day_and_message() {
    check(
        "klaviyo/flows.csv",
        "klaviyo-flows",
        "send 2 F1/Welcome kind=flow part=2026-03-01 M1 variant=Hello by=email at=2026-03-01T00:00:00 delivered=40 \
         opens=22 clicks=6 won=2 revenue=8140
         send 3 F1/Welcome kind=flow part=2026-03-02 M1 variant=Hello by=email at=2026-03-02T00:00:00 delivered=38 \
         opens=20 clicks=5 won=1 revenue=3000
         send 4 F1/Welcome kind=flow part=2026-03-02 M2 variant=Our best by=email at=2026-03-02T00:00:00 delivered=30 \
         opens=12 clicks=2 won=0 revenue=0",
    );
}

#[test]
fn klaviyo_profiles_bring_consent_by_channel_and_attributes() {
    let import = check(
        "klaviyo/profiles.csv",
        "klaviyo-profiles",
        "customer 2 id=01A email=customer1@example.com name=Customer 1 phone=+31612345678 country=NL \
         created=2025-12-01T08:00:00 consents=[email yes2026-01-05T10:00:00; sms yes2026-01-06T11:00:00]
         customer 3 id=01B email=customer2@example.com name=Customer 2 created=2025-12-02T08:00:00 \
         consents=[email no; sms no2026-02-06T11:00:00]
         customer 4 id=01C email=customer3@example.com name=Customer 3 created=2025-12-03T08:00:00 consents=[email no]
         rejected 5: Klaviyo ID names no customer | Fill in a customer id or a whole e-mail address",
    );
    let Record::Customer(first) = &import.records[0] else { panic!() };
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(first.attributes, [own("Interests", r#"["vip","swim"]"#), own("Shoe size", "42")]);
}

#[test]
fn mailchimp_audiences_are_what_their_file_is_called() {
    let import = check(
        "mailchimp/subscribed_members_export_0a1b2c.csv",
        "mailchimp-subscribed",
        "customer 2 id=e1 email=customer1@example.com name=Customer 1 country=DE created=2024-02-03T04:05:06 \
         tags=[VIP; Blog, monthly] consents=[email yes2024-02-03T04:06:00]",
    );
    let Record::Customer(first) = &import.records[0] else { panic!() };
    let kept: Vec<&str> = first.attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(kept, ["Birthday", "MEMBER_RATING"]);
    check(
        "mailchimp/unsubscribed_members_export_0a1b2c.csv",
        "mailchimp-unsubscribed",
        "customer 2 id=e2 email=customer2@example.com name=Customer 2 created=2024-02-03T04:05:06 \
         consents=[email no2025-03-01T07:00:00]",
    );
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| {
        let path = folder.path().join(name);
        std::fs::copy(data("mailchimp/unsubscribed_members_export_0a1b2c.csv"), &path).unwrap();
        try_import(&path, &Choices::default()).unwrap()
    };
    let cleaned = copy("cleaned_members_export_1.csv");
    assert_eq!(cleaned.source, "mailchimp-cleaned");
    let renamed = copy("my list.csv");
    assert_eq!(renamed.source, "mailchimp-audience");
    assert!(renamed.summary.notes.iter().any(|note| note.contains("no consent is read")));
    let Record::Customer(person) = &renamed.records[0] else { panic!() };
    assert!(person.consents.is_empty());
}

#[test]
fn mailchimp_campaigns_come_as_a_table_and_as_a_page() {
    check(
        "mailchimp/campaigns.csv",
        "mailchimp-campaigns",
        "send 2 17671f6028/Campaign A kind=campaign by=email at=2026-06-09T21:30:00 subject=Welcome to=[Main List] \
         recipients=1100 delivered=1080 opens=300 of=570 clicks=70 of=75 won=5 revenue=25040 left=2 spam=0 bounced=20
         send 3 6e3fb30c88/Campaign B kind=campaign by=email at=2026-06-18T09:15:00 subject=Mugs to=[Main List] \
         recipients=137 delivered=134 opens=30 clicks=5 of=6 won=0 revenue=0 left=1 spam=0 bounced=3",
    );
    let import = check(
        "mailchimp/report_ab.csv",
        "mailchimp-report",
        "send 5 Spring promotion/Spring promotion kind=campaign part=1777716900 Combination 1 variant=Combination 1 \
         by=email at=2026-05-02T10:15:00 subject=Up to 30% off recipients=1751 delivered=1742 opens=141 of=201 \
         clicks=20 of=157 left=1 spam=0 bounced=9
         rejected 18: Successful Deliveries: “many” is not a number | Write digits with one decimal mark
         rejected 19: Successful Deliveries: “many” is not a number | Write digits with one decimal mark
         rejected 20: Successful Deliveries: “many” is not a number | Write digits with one decimal mark
         rejected 21: Successful Deliveries: “many” is not a number | Write digits with one decimal mark",
    );
    let s = &import.summary;
    assert_eq!((s.rows, s.accepted, s.rejected, s.skipped), (18, 13, 4, 1), "{s:?}");
}

#[test]
fn google_ads_costs_are_by_day_by_month_or_of_a_period() {
    let import = check(
        "google_ads/campaigns_by_day.csv",
        "google-ads-campaigns",
        "spend 4 2026-03-01 by=Google Ads for=11/Brand amount=1250 in=USD shown=1200 clicks=10 won=1500 worth=8100
         spend 5 2026-03-01 by=Google Ads for=11/Brand amount=325 in=USD shown=300 clicks=4 won=500
         spend 6 2026-03-02 by=Google Ads for=12/Total Wine amount=0 in=USD shown=0 clicks=0 won=0 worth=0
         rejected 7: Day “2026-03-35” is no day of the calendar | Write it as YYYY-MM-DD HH:MM:SS",
    );
    assert_eq!(import.summary.skipped_reasons, [("a total of other rows", 2)].into());
    let import = check(
        "google_ads/campaigns_excel.csv",
        "google-ads-campaigns",
        "spend 4 2026-03-01 until=2026-03-31 by=Google Ads for=Brand/Brand amount=120367 in=USD shown=102000 clicks=1356 \
         won=14500 worth=483880
         spend 5 2026-03-01 until=2026-03-31 by=Google Ads for=Mugs/Mugs amount=0 in=USD shown=0 clicks=0 won=0 worth=0",
    );
    assert!(
        import.summary.notes.iter().any(|note| note.contains("not spread over its days")),
        "{:?}",
        import.summary.notes
    );
    // The second month is cut off by the report's dates.
    check(
        "google_ads/campagnes_par_mois.csv",
        "google-ads-campaigns",
        "spend 4 2026-01-01 until=2026-01-31 by=Google Ads for=Été/Été amount=102050 in=EUR shown=40 clicks=3 won=2000
         spend 5 2026-02-01 until=2026-02-14 by=Google Ads for=Été/Été amount=9990 in=EUR shown=60 clicks=5 won=500",
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.csv");
    std::fs::write(&path, "Campaign report\nAll time\nCampaign,Currency code,Clicks,Impr.,Cost\nMugs,USD,3,40,10.00\n")
        .unwrap();
    let asks = try_import(&path, &Choices::default()).err().unwrap();
    assert!(asks.contains("says neither the days nor the period"), "{asks}");
}

#[test]
fn meta_ads_know_their_currency_by_a_column_name() {
    let import = check(
        "meta_ads/campaigns.csv",
        "meta-ads-campaigns",
        "spend 3 2026-03-01 until=2026-03-31 by=Meta Ads for=Mugs, blue/Mugs, blue amount=16440 in=EUR shown=2497 \
         clicks=65 won=11000 worth=51200
         spend 4 2026-03-01 until=2026-03-31 by=Meta Ads for=Reach/Reach amount=4850 in=EUR shown=10003 clicks=5",
    );
    assert_eq!(
        import.summary.skipped_reasons,
        [("a campaign that did not run", 1), ("a total of other rows", 1)].into()
    );
    check(
        "meta_ads/by_day.csv",
        "meta-ads-campaigns",
        "spend 2 2026-07-11 by=Meta Ads for=900/Campaign A amount=3175 in=USD shown=1822 clicks=17 won=2000 worth=8800
         spend 3 2026-07-11 by=Meta Ads for=900/Campaign A amount=1000 in=USD shown=500 clicks=4
         spend 4 2026-07-12 by=Meta Ads for=900/Campaign A amount=100 in=USD shown=1 clicks=1",
    );
}

#[test]
fn analytics_tell_where_visits_came_from() {
    check(
        "ga4/traffic_acquisition.csv",
        "ga4-traffic",
        "visits 11 2026-03-01 until=2026-03-31 campaign=(direct) users=4100 sessions=5012 won=61000 purchases=60 revenue=312050
         visits 12 2026-03-01 until=2026-03-31 campaign=spring_sale users=900 sessions=1200 won=31000 purchases=30 revenue=164425
         visits 13 2026-03-01 until=2026-03-31 campaign=(not set) users=12 sessions=13 won=0 purchases=0 revenue=0",
    );
    let import = check(
        "ga4/exploration.csv",
        "ga4-traffic",
        "visits 9 2026-03-01 source=google / cpc users=35 sessions=40 revenue=12050
         visits 10 2026-03-02 source=google / cpc users=25 sessions=30 revenue=0",
    );
    assert_eq!(import.summary.skipped_reasons, [("a total of other rows", 1)].into());
}

#[test]
fn columns_chosen_by_the_user_are_enough() {
    let files = [
        ("a.csv", "Email,Klaviyo ID,Shoe size\ncustomer1@example.com,01H,42\n", "klaviyo-profiles"),
        ("b.csv", "Day,Flow ID,Flow Name,Status,Delivered\n2026-01-01,F1,Welcome,live,3\n", "klaviyo-flows"),
        (
            "c.csv",
            "Day,Campaign ID,Campaign,Currency code,Impr.,Cost,Conv. value\n2026-01-01,1,Shoes,EUR,3,1.00,0\n",
            "google-ads-campaigns",
        ),
        ("d.csv", "Day,Ad set name,Ad delivery,Amount spent (EUR)\n2026-01-01,A,active,3.00\n", "meta-ads-campaigns"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, content, source) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let import = try_import(&path, &Choices::default()).unwrap();
        assert_eq!((import.source, import.summary.accepted), (source, 1), "{name}");
    }
}

/// Money and counts of the real exports, as their own totals have them.
#[test]
fn real_exports_add_up_to_their_own_totals() {
    let Some(folder) = shared("samples") else { return };
    let read = |file: &str| try_import(&folder.join(file), &Choices::default()).unwrap();
    let spent = |import: &Import| -> (i64, i64, i64) {
        let rows = import.records.iter().filter_map(|r| if let Record::Spend(spend) = r { Some(spend) } else { None });
        rows.fold((0, 0, 0), |(cost, shown, clicks), s| {
            (cost + s.amount, shown + s.impressions.unwrap_or(0), clicks + s.clicks.unwrap_or(0))
        })
    };
    // "Total: Campaigns" of these reports is a cent less, as the tool sums before it rounds: 1164.09 and 2565.92.
    assert_eq!(spent(&read("google_ads/danielthec_Campaign report (1).csv")), (116_410, 40_585, 867));
    assert_eq!(spent(&read("google_ads/vishalmotling_Campaign report.csv")).0, 256_593);
    assert_eq!(spent(&read("google_ads/fixture_de_daily.csv")), (133_446, 13_245, 129));
    // INDEX of the samples: deliveries and bounces are the recipients, openers by deliveries the open rate.
    let campaigns = read("klaviyo/campaigns_export_excerpt.csv");
    assert_eq!(campaigns.summary.accepted, 12);
    for record in &campaigns.records {
        let Record::Send(send) = record else { panic!("{record:?}") };
        let f = &send.figures;
        assert_eq!(f.delivered.unwrap() + f.bounces.unwrap(), send.recipients.unwrap(), "{}", send.campaign.name);
    }
}
