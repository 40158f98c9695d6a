//! How buyers came, as exports of orders tell it.

use super::*;

/// Orders with the columns of [`ORDERS`] and how their buyers came.
const GENERIC: &str = "order_id,created_at,email,total,channel,utm_source,utm_medium,utm_campaign,landing_page,referrer
1,2026-03-03 10:00,a@example.com,80.00,web,Facebook,paid_social,spring,,
2,2026-03-04 10:00,b@example.com,60.00,web,,,,https://shop.test/p?utm_source=mail&utm_medium=email&x=b@example.com,
3,2026-03-05 10:00,,60.00,pos,,,,,https://www.google.com/
4,2026-03-06 10:00,b@example.com,60.00,web,,,,/collections/all,https://shop.test/
5,2026-03-07 10:00,b@example.com,60.00,pos,,,,,
";

#[test]
fn each_order_that_says_how_its_buyer_came_is_a_touch() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    let file = written(folder.path(), "orders.csv", GENERIC);
    let done = import(&mut session, &file);
    assert_eq!((done.summary.rows, done.summary.accepted), (5, 5));
    assert_eq!((done.tables.0["orders"].created, done.tables.0["touchpoints"].created), (5, 4));
    let found = touches(&mut session);
    assert_eq!(found.tied.by_order, 4);
    // Sorted by person; the order without a buyer is somebody of their own.
    let channels: Vec<_> = shown(&found).into_iter().map(|(person, channel, _)| (person, channel)).collect();
    assert_eq!(channels[..2], [(0, "Paid social"), (1, "E-mail")]);
    assert_eq!(channels[3], (2, "Organic search"));
    assert!(found.kinds.iter().all(|kind| kind == "order"));
    // Of pages only host and path are kept; what the channel of an order is has not changed.
    let dump = dump(&session);
    assert!(dump.contains("shop.test/p\"") && !dump.contains("x=b@"), "{dump}");
    let data = session.dataset(&Progress::none()).unwrap();
    assert_eq!(data.labels[data.orders.channel[0] as usize], "web");
    let again = import(&mut session, &file);
    assert_eq!(again.import, None);
}

#[test]
fn shopify_tells_by_columns_notes_and_source() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    let head = "Name,Email,Financial Status,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,\
                Note Attributes,Source,Landing Page,Referring Site";
    let row = |name: &str, last: &str| {
        format!("{name},c@example.com,paid,USD,10.00,10.00,2026-03-0{} 10:00:00 +0000,1,Pot,10.00,{last}\n", &name[1..])
    };
    let text = format!(
        "{head}\n{}{}{}{}",
        row("#1", "\"gift: no\nutm_source: tiktok\nutm_medium: cpc\",web,,"),
        row("#2", ",pinterest,,"),
        row("#3", ",web,/products/pot?gclid=1,https://google.com/"),
        row("#4", ",web,,"),
    );
    let done = import(&mut session, &written(folder.path(), "orders.csv", &text));
    assert_eq!((done.source, done.tables.0["touchpoints"].created), ("shopify-orders", 3));
    let found = touches(&mut session);
    let channels: Vec<_> = shown(&found).into_iter().map(|(_, channel, _)| channel).collect();
    assert_eq!(channels, ["Paid social", "Organic social", "Paid search"]);
    assert_eq!(found.order, [0, 1, 2]);
}

#[test]
fn events_of_web_analytics_are_touches_of_visitors() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = new_shop(folder.path());
    let text = "event_timestamp,event_name,user_pseudo_id,user_id,session_source,session_medium,session_campaign,\
                device_category,transaction_id
1767225600000000,session_start,1.2,,google,cpc,pmax,mobile,
1767312000000000,session_start,1.2,,(direct),(none),(not set),mobile,
1767312060000000,purchase,1.2,,(direct),(none),(not set),mobile,A1
";
    let done = import(&mut session, &written(folder.path(), "events.csv", text));
    assert_eq!((done.source, done.summary.rejected), ("touches", 0), "{:?}", done.summary);
    let found = touches(&mut session);
    assert_eq!(found.channels, ["Paid search", "Direct"]);
    assert_eq!((found.persons, found.at[0]), (1, 1_767_225_600));
}
