//! Known exports that are not read are named, whichever columns their users chose.

use cartwright::import::field::Field;
use cartwright::import::plan::Choices;

use super::samples::{is_read, samples};
use super::try_import;

/// Name of a file, its first lines, and what it is to be called.
const FILES: &[(&str, &str, &str)] = &[
    // Shop systems.
    (
        "payouts.csv",
        "Transaction Date,Type,Order,Payout Status,Payout Date,Amount,Fee,Net\n",
        "a Shopify payouts export",
    ),
    (
        "inventory.csv",
        "Handle,Title,SKU,HS Code,COO,Location,Available\nmug,Mug,M1,,,Main,3\n",
        "a Shopify inventory export",
    ),
    (
        "sales.csv",
        "Day,Orders,Gross sales,Discounts,Returns,Net sales,Shipping charges,Taxes,Total sales\n2026-01-01,1,1,0,0,1,0,0,1\n",
        "a Shopify sales report",
    ),
    (
        "revenue.csv",
        "Date,Orders,Gross sales,Returns,Coupons,Net sales,Taxes,Shipping,Total sales\n",
        "a WooCommerce revenue report",
    ),
    // E-mail.
    (
        "klaviyo.csv",
        "Campaign Name,Variant,Tags,Unique Opens,Open Rate,Unique Clicks,Campaign Channel\nA,,,3,1%,1,Email\n",
        "a Klaviyo campaigns export",
    ),
    ("flows.csv", "Flow ID,Flow Name,Flow Message ID,Status\nF1,Welcome,M1,live\n", "a Klaviyo flows report"),
    (
        "segment.csv",
        "\u{feff}Profile Created On,E-mail,Email Marketing Consent\n2026-01-01,customer1@example.com,SUBSCRIBED\n",
        "a Klaviyo profiles export",
    ),
    (
        "cleaned_members_export_0a1b.csv",
        "\"E-Mail-Adresse\",MEMBER_RATING,OPTIN_TIME,CLEAN_TIME,EUID\ncustomer1@example.com,2,2026-01-01 00:00:00,,e1\n",
        "a Mailchimp audience export",
    ),
    (
        "campaigns.csv",
        "Campaign,Audience,\"Soft Bounces\",\"Hard Bounces\",\"Abuse Complaints\"\nA,C,0,0,0\n",
        "a Mailchimp campaigns report",
    ),
    // Advertising.
    (
        "mots clés.csv",
        "Rapport\n\"1 sept. 2026 - 2 sept. 2026\"\nKeyword;Campagne;Clics;Impr.;Coût\nbols;Été;3;40;\"1 020,50\"\n",
        "a Google Ads report",
    ),
    (
        "rows only.csv",
        "Day,Campaign ID,Ad group,Currency code,Impr.,Conv. value,Avg. CPC\n2026-01-01,1,Shoes,EUR,3,0,1\n",
        "a Google Ads report",
    ),
    (
        "meta.csv",
        "Reporting starts,Reporting ends,Campaign name,Reach\n2026-01-01,2026-01-31,A,3\n",
        "a Meta Ads report",
    ),
    // Web and search.
    (
        "traffic.csv",
        "Session source / medium,Active users,Engaged sessions,Total revenue\ngoogle / organic,3,2,0\n",
        "a Google Analytics report",
    ),
    (
        "ua.csv",
        "# ----------------------------------------\n# All Web Site Data\n# 20190930-20190930\n# ----------------------------------------\n\nSource,Users\ngoogle,3\n",
        "a Google Analytics exploration",
    ),
    ("Dates.csv", "Date,Clicks,Impressions,CTR,Position\n2026-01-01,3,40,7.5%,2.1\n", "a Google Search Console export"),
    (
        "keywords.csv",
        "Keyword,Position,Search Volume,Keyword Difficulty,Traffic (%)\nmug,3,100,40,1.5\n",
        "a Semrush export",
    ),
    // Payments, marketplaces, experiments.
    (
        "payments.csv",
        "id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Fee\nch_1,,ok,2026-01-01 10:00,1,0,eur,1,0\n",
        "a Stripe payments export",
    ),
    (
        "activity.csv",
        "\u{feff}\"Date\",\"Time\",\"Time zone\",\"Name\",\"Type\",\"Status\",\"Currency\",\"Gross\",\"Fee\",\"Net\"\n\"26/04/2026\",\"10:00:00\",\"BST\",\"\",\"Payment\",\"Completed\",\"GBP\",\"3.00\",\"0.10\",\"2.90\"\n",
        "a PayPal activity download",
    ),
    (
        "transactions.csv",
        "Date,Time,Time Zone,Gross Sales,Net Sales,Gift Card Sales,Partial Refunds,Total Collected,Net Total,Transaction ID\n2026-01-01,10:00:00,UTC,$1.00,$1.00,$0.00,$0.00,$1.00,$1.00,T1\n",
        "a Square transactions export",
    ),
    (
        "unshipped.txt",
        "order-id\torder-item-id\tpurchase-date\tquantity-to-ship\tdays-past-promise\n1-2-3\t9\t2026-01-01T00:00:00+00:00\t1\t0\n",
        "an Amazon unshipped orders report",
    ),
    (
        "ebay.csv",
        "Sales Record Number,Order Number,Buyer Username,Item Title,Quantity,Sold For\n1,2,b,Mug,1,$3.00\n",
        "an eBay orders report",
    ),
    (
        "checkout-button-country.csv",
        "\"country\",\"metric\",\"variation\",\"riskOfChoosing\",\"users\",\"totalValue\",\"perUserValue\",\"chanceToBeatControl\",\"percentChange\"\n\"DE\",\"m\",\"Control\",,10,3,0.3,,\n",
        "a GrowthBook experiment result",
    ),
];

#[test]
fn known_exports_are_named_by_some_of_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content, what) in FILES {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let sentence = try_import(&path, &Choices::default()).err().unwrap_or_else(|| panic!("{name} was read"));
        assert!(sentence.starts_with(&format!("This is {what}; ")), "{name}: {sentence}");
    }
}

#[test]
fn files_of_one_s_own_are_not_taken_for_reports() {
    let own = [
        "Order,Date,Email,Grand Total,Gross,Fee,Net\n1,2026-01-01,customer1@example.com,3.00,3.00,0.10,2.90\n",
        "Order ID,Order Date,Item,Qty,Price,Campaign,Clicks\n1,2026-01-01,Mug,1,3.00,spring,2\n",
        "Email,First Name,Last Name,Country,Total Revenue\ncustomer1@example.com,Customer,1,DE,3.00\n",
    ];
    let folder = tempfile::tempdir().unwrap();
    for (i, content) in own.iter().enumerate() {
        let path = folder.path().join(format!("{i}.csv"));
        std::fs::write(&path, content).unwrap();
        if let Err(sentence) = try_import(&path, &Choices::default()) {
            assert!(!sentence.starts_with("This is"), "{sentence}");
        }
    }
}

/// What a sentence proposes, as the command line would read it.
fn proposed(sentence: &str) -> Option<Choices> {
    let (_, options) = sentence.split_once("mapper: --as ")?;
    let (table, maps) = options.split_once(' ').unwrap_or((options, ""));
    let mut choices = Choices {
        table: cartwright::import::field::TableKind::ALL.into_iter().find(|t| t.name() == table),
        ..Choices::default()
    };
    assert!(choices.table.is_some(), "{sentence}");
    for map in maps.split("--map ").map(str::trim).filter(|map| !map.is_empty()) {
        let (field, column) = map.split_once('=').unwrap();
        choices.map.insert(Field::parse(field).unwrap(), column.to_owned());
    }
    Some(choices)
}

#[test]
fn what_a_refusal_proposes_works() {
    for path in samples().into_iter().filter(|path| !is_read(path)) {
        let sentence = try_import(&path, &Choices::default()).err().unwrap();
        let Some(choices) = proposed(&sentence) else { continue };
        let import = try_import(&path, &choices).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        println!("{}: {:?}", path.display(), import.summary);
        assert!(import.summary.accepted > 0 && import.summary.rejected == 0, "{}", path.display());
    }
}
