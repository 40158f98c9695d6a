//! Values as they are read and written, refills, changes, and every rule about two places.

use super::*;
use crate::framework::template::template;
use crate::model::Currency;
use crate::model::strategy::{Answer, FieldKind, Issue, Issued};

const USD: Currency = Currency::USD;

fn value(key: &str, text: &str) -> FieldValue {
    read(template().field(key).unwrap(), text, USD).unwrap().unwrap()
}

fn typed(answers: &[(&str, &str)]) -> Answers {
    let one = |(key, text): &(&str, &str)| {
        ((*key).to_owned(), Answer { value: Some(value(key, text)), comment: String::new() })
    };
    Answers { fields: answers.iter().map(one).collect(), ..Answers::default() }
}

fn found(key: &str, text: &str) -> (String, Result<FromData, String>) {
    let data = FromData {
        value: value(key, text),
        how: "Counted".into(),
        as_of: Day(20_000),
        scope: "last 12 months".into(),
        page: "Segments",
        figure: None,
    };
    (key.to_owned(), Ok(data))
}

fn looked_at(answers: &[(&str, &str)]) -> Vec<Contradiction> {
    state(template(), &typed(answers), &Fills::new(), &Kept::new()).contradictions
}

#[test]
fn every_example_is_read_as_its_kind_and_written_as_it_stands() {
    for field in template().all() {
        let value = read(field, &field.example, USD).unwrap_or_else(|why| panic!("{}: {why}", field.key)).unwrap();
        assert_eq!(value.kind(), field.kind, "{}", field.key);
        assert_eq!(written(field, &value), field.example, "{}", field.key);
    }
}

#[test]
fn values_are_read_as_people_write_them_and_absurd_ones_refused() {
    for (key, text, shown) in [
        ("VIP_AOV", "118,4", "$118.40"),
        ("VIP_FREQ", "6.25 x/yr", "6.25x/yr"),
        ("WEB_SAT", "8/10", "8.0/10"),
        ("CDP_ROI", "3.2 : 1", "3.2:1"),
        ("CDP_ROI", "3.2", "3.2:1"),
        ("CDP_COST", "900", "$900.00/mo"),
        ("HOME_LIFT", "−3.5 %", "−3.50%"),
        ("CONV_BASE", "2.125%", "2.125%"),
        ("home_level", "by SEGMENT", "By segment"),
        ("VIP_SIZE", "3,102", "3,102"),
        ("AB_IMPACT", "-1,200", "−$1,200.00/yr"),
    ] {
        let field = template().field(key).unwrap();
        assert_eq!(written(field, &value(key, text)), shown, "{key} {text}");
    }
    for (key, text) in [
        ("VIP_AOV", "1e308"),
        ("VIP_AOV", "-5"),
        ("VIP_AOV", "99999999999999999999"),
        ("VIP_REVENUE", "-5 %"),
        ("VIP_REVENUE", "140"),
        ("VIP_REVENUE", "NaN"),
        ("VIP_FREQ", "inf"),
        ("VIP_SIZE", "2.5"),
        ("VIP_SIZE", "9999999999999999"),
        ("WEB_SAT", "11"),
        ("CDP_ROI", "-1"),
        ("HOME_LIFT", "-101"),
        ("HOME_LEVEL", "dragons"),
        ("GDPR_STATUS", "yes"),
    ] {
        let why = read(template().field(key).unwrap(), text, USD).unwrap_err();
        assert!(why.split(' ').count() > 2 && !why.ends_with('.'), "{key} {text}: {why}");
    }
    let share = template().field("VIP_REVENUE").unwrap();
    assert_eq!(read(share, "-5 %", USD).unwrap_err(), "Revenue share lies between 0% and 100%");
    for number in [f64::NAN, f64::INFINITY, 1.5, -0.1] {
        assert!(allowed(share, &FieldValue::Percent(number)).is_err());
    }
    assert!(allowed(share, &FieldValue::Number(0.5)).unwrap_err().contains("is a percentage"));
    assert_eq!(read(share, "  ", USD), Ok(None));
}

#[test]
fn texts_stay_as_they_were_typed() {
    let field = template().field("COLLAB_ALGO").unwrap();
    let long = "å".repeat(20_000);
    for text in ["<b>&amp;</b> | *x* =1+1 \\ #", "مرحبا بالعالم", "包装と返品", "👩‍👩‍👧‍👦 ok", "  two\nlines\t", &long]
    {
        let value = read(field, text, USD).unwrap().unwrap();
        assert_eq!(value, FieldValue::Text(text.to_owned()));
        assert_eq!(written(field, &value), text);
    }
    assert!(read(field, &"x".repeat(LONGEST + 1), USD).unwrap_err().contains("100,001 characters"));
}

#[test]
fn what_is_typed_stands_above_data_and_survives_a_refill() {
    let fills = Fills::from([found("VIP_AOV", "100"), ("REG_AOV".to_owned(), Err("No orders".to_owned()))]);
    let mut answers = typed(&[("VIP_AOV", "118.40")]);
    answers.fields.insert("REG_AOV".into(), Answer { value: None, comment: "ask".into() });
    let before = state(template(), &answers, &fills, &Kept::new());
    let vip = before.field("VIP_AOV").unwrap();
    assert!(vip.is_typed() && vip.value() == Some(&FieldValue::Money(11_840, USD)));
    assert_eq!(vip.data().unwrap().value, FieldValue::Money(10_000, USD));
    let reg = before.field("REG_AOV").unwrap();
    assert_eq!((&reg.source, reg.comment.as_str()), (&Source::Open(Some("No orders".into())), "ask"));
    assert_eq!(before.progress_in_all(), Progress { data: 0, typed: 1, open: 259 });
    let fills = Fills::from([found("VIP_AOV", "130"), found("REG_AOV", "70")]);
    let after = state(template(), &answers, &fills, &Kept::new());
    assert_eq!(after.value("VIP_AOV"), vip.value());
    assert_eq!(after.progress[1], Progress { data: 1, typed: 1, open: 28 });
    assert_eq!(after.fields.len(), template().all().count());
    // What another page keeps stands above the form's own answer, and data that repeat it are no second opinion.
    let kept = Kept::from([("VIP_PERSONAL".to_owned(), FieldValue::Text("Thanks".into()))]);
    let fills = Fills::from([found("VIP_PERSONAL", "Thanks")]);
    let typed = state(template(), &Answers::default(), &fills, &kept);
    let focus = &typed.field("VIP_PERSONAL").unwrap().source;
    assert_eq!(*focus, Source::Typed { value: FieldValue::Text("Thanks".into()), data: None });
}

#[test]
fn an_issue_is_compared_with_the_form_and_with_another() {
    let issued = |fields: &[(&str, &str)]| Issue {
        name: "Draft".into(),
        as_of: Day(20_000),
        at: 0,
        fields: fields
            .iter()
            .map(|(key, text)| ((*key).to_owned(), Issued { value: value(key, text), typed: true }))
            .collect(),
    };
    let draft = issued(&[("VIP_SIZE", "3,102"), ("VIP_AOV", "100"), ("VIP_FREQ", "6.2")]);
    let answers = typed(&[("VIP_AOV", "100"), ("VIP_SIZE", "3,377"), ("REG_SIZE", "9")]);
    let today = state(template(), &answers, &Fills::new(), &Kept::new());
    let told: Vec<_> = changes(&draft, &today).into_iter().map(|one| (one.key, one.before, one.after)).collect();
    let number = |n| Some(FieldValue::Number(n));
    assert_eq!(
        told,
        [
            ("VIP_SIZE".to_owned(), number(3_102.0), number(3_377.0)),
            ("VIP_FREQ".to_owned(), number(6.2), None),
            ("REG_SIZE".to_owned(), None, number(9.0)),
        ]
    );
    let second = issued(&[("VIP_SIZE", "3,102"), ("VIP_AOV", "101")]);
    let keys: Vec<String> = between(&draft, &second).into_iter().map(|one| one.key).collect();
    assert_eq!(keys, ["VIP_AOV", "VIP_FREQ"]);
    assert!(between(&draft, &draft).is_empty());
}

#[test]
fn each_rule_fires_where_two_places_disagree_and_not_where_they_agree() {
    let aov: &[(&str, &str)] = &[("VIP_AOV", "120"), ("REG_AOV", "90"), ("OCC_AOV", "70"), ("NEW_AOV", "60")];
    let ltv: &[(&str, &str)] = &[("VIP_LTV", "900"), ("REG_LTV", "300"), ("OCC_LTV", "90"), ("NEW_LTV", "60")];
    type Case<'a> = (&'a [(&'a str, &'a str)], (&'a str, &'a str), (&'a str, &'a str), &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (
            &[("VIP_REVENUE", "60%"), ("REG_REVENUE", "30%")],
            ("NEW_REVENUE", "22%"),
            ("NEW_REVENUE", "10%"),
            &["112.0%", "VIP/Loyal 60.0%"],
        ),
        (
            &[("CUSTOMER_COUNT", "1000"), ("VIP_SIZE", "600")],
            ("REG_SIZE", "500"),
            ("REG_SIZE", "400"),
            &["1,100", "Customers (profile) is 1,000"],
        ),
        (
            &[("AOV_IMPROVEMENT", "12%"), ("AOV_CURR", "80")],
            ("AOV_TARGET", "96"),
            ("AOV_TARGET", "89.60"),
            &["$89.60", "$96.00"],
        ),
        (&[("CONVERSION_TARGET", "3.2%")], ("CONV_TARGET", "3.5%"), ("CONV_TARGET", "3.2%"), &["3.20%", "3.50%"]),
        (
            &[("CONV_BASE", "2%"), ("CONV_CURR", "2.5%")],
            ("CONV_LIFT", "0.5%"),
            ("CONV_LIFT", "25%"),
            &["0.50%", "25.0%"],
        ),
        (&[("CART_BASE", "70%")], ("CART_TARGET", "75%"), ("CART_TARGET", "60%"), &["75.0%", "70.0%"]),
        (&[("CTR_BASE", "2%")], ("CTR_TARGET", "1%"), ("CTR_TARGET", "3%"), &["1.00%", "2.00%"]),
        (aov, ("AOV_CURR", "150"), ("AOV_CURR", "95"), &["$150.00", "VIP/Loyal $120.00"]),
        (ltv, ("CLV_CURR", "20"), ("CLV_CURR", "200"), &["$20.00", "New Customers $60.00"]),
        (&[("WEB_SHARE", "80%")], ("STORE_SHARE", "30%"), ("STORE_SHARE", "20%"), &["110.0%", "Physical store 30.0%"]),
        (&[("CONSENT_RATE", "70%")], ("OPTOUT_RATE", "40%"), ("OPTOUT_RATE", "30%"), &["70.0%", "40.0%", "110.0%"]),
        (&[("AB_WIN", "40%")], ("AB_TESTS", "0"), ("AB_TESTS", "5"), &["is 0", "40.0%"]),
        (&[("MV_IMPL", "75%")], ("MV_WIN", "0%"), ("MV_WIN", "50%"), &["0.0", "75.0%"]),
    ];
    for (given, wrong, right, words) in cases {
        assert_eq!(looked_at(given), [], "{given:?}");
        let fired = looked_at(&[given, &[*wrong][..]].concat());
        assert_eq!(fired.len(), 1, "{wrong:?}: {fired:?}");
        assert!(words.iter().all(|word| fired[0].sentence.contains(word)), "{}", fired[0].sentence);
        assert!(fired[0].fields.len() >= 2 && fired[0].fields.iter().any(|key| key == wrong.0));
        assert_eq!(looked_at(&[given, &[*right][..]].concat()), [], "{right:?}");
    }
    // All five segments are known and somebody is missing.
    let sizes = ["VIP_SIZE", "REG_SIZE", "OCC_SIZE", "NEW_SIZE", "BROWSE_SIZE"].map(|key| (key, "100"));
    let with = |count: &'static str| looked_at(&[&sizes[..], &[("CUSTOMER_COUNT", count)]].concat()).len();
    assert_eq!((with("600"), with("500"), with("502")), (1, 0, 0));
    // Usage is no share of a whole: who uses two channels counts for both.
    assert_eq!(looked_at(&[("WEB_USAGE", "90%"), ("EMAIL_USAGE", "60%")]), []);
}

#[test]
fn data_alone_contradict_nobody() {
    let fills = Fills::from([found("CONSENT_RATE", "70%"), found("OPTOUT_RATE", "40%")]);
    assert_eq!(state(template(), &Answers::default(), &fills, &Kept::new()).contradictions, []);
    let fired = state(template(), &typed(&[("OPTOUT_RATE", "50%")]), &fills, &Kept::new()).contradictions;
    assert_eq!(fired.len(), 1);
    // Tests that run are counted beside wins of tests that are over.
    let fills = Fills::from([found("AB_TESTS", "0")]);
    assert_eq!(state(template(), &typed(&[("AB_WIN", "40%")]), &fills, &Kept::new()).contradictions, []);
    assert!(template().all().any(|field| field.kind == FieldKind::Ratio));
}

#[test]
fn figures_have_the_decimals_of_their_page_and_nothing_typed_is_lost_in_a_file() {
    let field = |key: &str| template().field(key).unwrap();
    let (often, share) = (FieldValue::Number(4.0295), FieldValue::Percent(0.3125));
    assert_eq!(
        (figure(field("REG_FREQ"), &often), written(field("REG_FREQ"), &often)),
        ("4.0x/yr".into(), "4.0295x/yr".into())
    );
    assert_eq!(figure(field("AB_WIN"), &share), "31.3%");
    for (key, text) in [("VIP_FREQ", "3.14159265x/yr"), ("COLLAB_CTR", "0.123456%"), ("VIP_SIZE", "3,102")] {
        assert_eq!(exact(field(key), &value(key, text)), text);
    }
    let third = FieldValue::Number(1.0 / 3.0);
    let back = read(field("VIP_FREQ"), &exact(field("VIP_FREQ"), &third), USD).unwrap().unwrap();
    assert!(matches!(back, FieldValue::Number(n) if (n - 1.0 / 3.0).abs() < 1e-11), "{back:?}");
    let (before, after) = (FieldValue::Percent(0.389_8), FieldValue::Percent(0.389_6));
    assert_eq!(apart(field("VIP_REVENUE"), &before, &after), ("38.98%".into(), "38.96%".into()));
}
