use chrono::DateTime;
use proptest::prelude::*;

use super::*;

fn conventions() -> Conventions {
    Conventions { decimal: None, date_order: None, zone: Zone::UTC, currency: Currency::USD, serials: false }
}

fn reader() -> CellReader {
    CellReader::new(conventions())
}

fn cell(text: &str) -> Cell<'_> {
    Cell::new("Column", text)
}

fn cents(text: &str) -> Option<i64> {
    reader().money(cell(text), Currency::USD).unwrap_or_else(|e| panic!("{e}"))
}

fn utc(text: &str, order: Option<DateOrder>) -> String {
    let reader = CellReader::new(Conventions { date_order: order, ..conventions() });
    let at = reader.moment(cell(text)).unwrap_or_else(|e| panic!("{e}")).unwrap();
    DateTime::from_timestamp(at, 0).unwrap().format("%Y-%m-%d %H:%M:%S").to_string()
}

#[test]
fn money_in_every_spelling_seen() {
    for (text, expected) in [
        ("1659.95", 165_995),
        ("$8.00", 800),
        ("-$7.00", -700),
        ("$-7.00", -700),
        ("($33.62)", -3_362),
        ("$1,149.00 ", 114_900),
        ("4,500.75", 450_075),
        ("265.5000", 26_550),
        ("0.0000", 0),
        ("1\u{202f}020,50", 102_050),
        ("1\u{a0}020,50", 102_050),
        ("1 020,50", 102_050),
        ("1.234,56", 123_456),
        ("1'234.50", 123_450),
        ("1’234.50", 123_450),
        ("1,00,000.00", 10_000_000),
        ("116,99 €", 11_699),
        ("EUR 12.00", 1_200),
        ("12.00 EUR", 1_200),
        ("R$ 12,00", 1_200),
        ("US$12.00", 1_200),
        ("59,90 zł", 5_990),
        ("250 kr", 25_000),
        ("\u{2212}5.25", -525),
        ("5.25-", -525),
        ("+5", 500),
        ("-0.00", 0),
        (".5", 50),
        ("1.5E3", 150_000),
        ("2.675", 268),
    ] {
        let mark = (text == "2.675").then_some(DecimalMark::Point);
        let reader = CellReader::new(Conventions { decimal: mark, ..conventions() });
        assert_eq!(reader.money(cell(text), Currency::USD), Ok(Some(expected)), "{text}");
    }
    for blank in ["", " ", "--", " --", "-", "—", "NULL", "n/a"] {
        assert_eq!(cents(blank), None, "{blank}");
    }
}

#[test]
fn money_is_rounded_half_away_from_zero_to_the_exponent_of_its_currency() {
    let reader = CellReader::new(Conventions { decimal: Some(DecimalMark::Point), ..conventions() });
    let jpy = Currency::parse("JPY").unwrap();
    let kwd = Currency::parse("KWD").unwrap();
    assert_eq!(reader.money(cell("৳2,999"), Currency::USD), Ok(Some(299_900)));
    assert_eq!(reader.money(cell("0.005"), Currency::USD), Ok(Some(1)));
    assert_eq!(reader.money(cell("-0.005"), Currency::USD), Ok(Some(-1)));
    assert_eq!(reader.money(cell("0.0049999"), Currency::USD), Ok(Some(0)));
    assert_eq!(reader.money(cell("1234.50"), jpy), Ok(Some(1_235)));
    assert_eq!(reader.money(cell("1.2345"), kwd), Ok(Some(1_235)));
}

#[test]
fn words_and_broken_numbers_are_refused_with_a_repair() {
    for text in ["two", "2 pcs", "1x", "1,2,3", "1.2.3", "12,3456,7", "$", "()", "--5", "5.", "9".repeat(40).as_str()] {
        let error = reader().money(cell(text), Currency::USD).unwrap_err();
        assert!(!error.repair.is_empty() && error.column == "Column", "{text}");
    }
}

#[test]
fn an_amount_with_two_readings_needs_the_mark_of_the_file() {
    assert!(reader().money(cell("1.234"), Currency::USD).unwrap_err().repair.contains("--decimal"));
    for (mark, point, comma) in [(DecimalMark::Point, 123, 123_400), (DecimalMark::Comma, 123_400, 123)] {
        let reader = CellReader::new(Conventions { decimal: Some(mark), ..conventions() });
        assert_eq!(reader.money(cell("1.234"), Currency::USD), Ok(Some(point)));
        assert_eq!(reader.money(cell("1,234"), Currency::USD), Ok(Some(comma)));
    }
    assert_eq!(Marks::of("1.234"), Marks::Either);
    assert_eq!(Marks::of("12.50"), Marks::Point);
    assert_eq!(Marks::of("12,50"), Marks::Comma);
    assert_eq!(Marks::of("0.123"), Marks::Point);
    assert_eq!(Marks::of("17"), Marks::Any);
    assert_eq!(Marks::of("abc"), Marks::NoNumber);
}

#[test]
fn moments_in_every_spelling_seen() {
    for (text, expected) in [
        ("2025-05-11 09:55:16 -0400", "2025-05-11 13:55:16"),
        ("2024-06-07 02:38:54", "2024-06-07 02:38:54"),
        ("2018-04-29T00:00:00", "2018-04-29 00:00:00"),
        ("2009-01-01T10:50:49-08:00", "2009-01-01 18:50:49"),
        ("2009-01-01T10:50:49.123Z", "2009-01-01 10:50:49"),
        ("1996-07-04 00:00:00.000", "1996-07-04 00:00:00"),
        ("2010-12-01 08:26", "2010-12-01 08:26:00"),
        ("2015-10-25 3:34:20", "2015-10-25 03:34:20"),
        ("2026/12/31", "2026-12-31 00:00:00"),
        ("12/27/2018", "2018-12-27 00:00:00"),
        ("26/04/2014", "2014-04-26 00:00:00"),
        ("08/14/25", "2025-08-14 00:00:00"),
        ("1.08.2019", "2019-08-01 00:00:00"),
        ("16-05-2018 07:32:06", "2018-05-16 07:32:06"),
        ("Jun 09, 2018 09:30 pm", "2018-06-09 21:30:00"),
        ("Mon, Apr 26, 2021 12:25", "2021-04-26 12:25:00"),
        ("January 31, 2022", "2022-01-31 00:00:00"),
        ("27 January 2026", "2026-01-27 00:00:00"),
        ("20230923", "2023-09-23 00:00:00"),
        ("20230923143005", "2023-09-23 14:30:05"),
        ("Feb 3, 2019 14:02:10 PM", "2019-02-03 14:02:10"),
        ("Feb 3, 2019 02:02:10 PM", "2019-02-03 14:02:10"),
        ("Feb 3, 2019 12:02:10 AM", "2019-02-03 00:02:10"),
        ("10/25/15, 3:34 AM", "2015-10-25 03:34:00"),
        ("10-Dez-25", "2025-12-10 00:00:00"),
        ("3 févr. 2024", "2024-02-03 00:00:00"),
        ("14 de mayo de 2023", "2023-05-14 00:00:00"),
        ("1718000000", "2024-06-10 06:13:20"),
        ("1718000000123", "2024-06-10 06:13:20"),
        ("2024-06-07 02:38:54 UTC", "2024-06-07 02:38:54"),
        ("07/07/2024 1:05 p.m.", "2024-07-07 13:05:00"),
    ] {
        assert_eq!(utc(text, None), expected, "{text}");
    }
    assert_eq!(utc("26/12/31", Some(DateOrder::Ymd)), "2026-12-31 00:00:00");
}

#[test]
fn day_and_month_are_never_guessed() {
    assert!(reader().moment(cell("03/04/2026")).unwrap_err().repair.contains("--date-order"));
    assert_eq!(utc("03/04/2026", Some(DateOrder::Dmy)), "2026-04-03 00:00:00");
    assert_eq!(utc("03/04/2026", Some(DateOrder::Mdy)), "2026-03-04 00:00:00");
    assert_eq!(DateShape::of("03/04/2026"), DateShape::Either);
    assert_eq!(DateShape::of("04/04/2026"), DateShape::Certain);
    assert_eq!(DateShape::of("31/12/2026"), DateShape::Dmy);
    assert_eq!(DateShape::of("12/31/2026"), DateShape::Mdy);
    assert_eq!(DateShape::of("1.08.2019"), DateShape::Certain);
    assert_eq!(DateShape::of("2019-08-01"), DateShape::Certain);
    assert_eq!(DateShape::of("soon"), DateShape::NoDate);
    let fixed = CellReader::new(Conventions { date_order: Some(DateOrder::Dmy), ..conventions() });
    assert!(fixed.moment(cell("12/31/2026")).unwrap_err().reason.contains("day stands first"));
}

#[test]
fn impossible_dates_are_refused() {
    for text in
        ["2023-02-30", "31/31/2020", "2023-13-01", "25:00", "noon", "12345", "2023-01-01 24:30:00", "0000-01-01"]
    {
        assert!(reader().moment(cell(text)).is_err(), "{text}");
    }
    assert!(reader().moment(cell("2024-01-01 10:00 PST")).unwrap_err().repair.contains("offset"));
    assert_eq!(reader().moment(cell("0000-00-00 00:00:00")), Ok(None));
}

#[test]
fn day_numbers_are_dates_in_workbooks_only() {
    let sheet = CellReader::new(Conventions { serials: true, ..conventions() });
    assert_eq!(sheet.moment(cell("43831.5")), Ok(Some(1_577_880_000)));
    assert!(reader().moment(cell("43831.5")).is_err());
}

#[test]
fn wall_times_follow_the_zone_of_the_file() {
    let berlin = Zone::parse("Europe/Berlin").unwrap();
    let reader = CellReader::new(Conventions { zone: berlin, ..conventions() });
    for hours in 0..24 * 800 {
        let local = 1_700_000_000 + hours * 3_613;
        let wall = DateTime::from_timestamp(local, 0).unwrap().naive_utc();
        let text = wall.format("%Y-%m-%d %H:%M:%S").to_string();
        assert_eq!(reader.moment(cell(&text)), Ok(Some(berlin.to_utc(wall))), "{text}");
    }
}

#[test]
fn ids_lose_guards_and_float_tails_only() {
    for (text, expected) in [
        ("'7210448301122", "7210448301122"),
        ("17850.0", "17850"),
        ("000000001", "000000001"),
        ("'+31612345678", "+31612345678"),
        ("85123A", "85123A"),
        ("1.10", "1.10"),
        ("O'Neill", "O'Neill"),
        ("'1234AB", "1234AB"),
    ] {
        assert_eq!(reader().id(cell(text)), Ok(Some(expected)), "{text}");
    }
    assert_eq!(reader().id(cell("NULL")), Ok(None));
    assert_eq!(reader().text(cell("'=SUM(A1)")), Ok(Some("=SUM(A1)")));
    assert_eq!(reader().text(cell("'tis")), Ok(Some("'tis")));
}

#[test]
fn words_have_their_meaning() {
    let r = reader();
    assert_eq!(r.flag(cell("SUBSCRIBED")), Ok(Some(true)));
    assert_eq!(r.flag(cell("never_subscribed")), Ok(Some(false)));
    assert_eq!(r.flag(cell("")), Ok(None));
    assert!(r.flag(cell("maybe")).is_err());
    assert_eq!(r.status(cell("wc-on-hold")), Ok(Some(OrderStatus::Pending)));
    assert_eq!(r.status(cell("Partially_Refunded")), Ok(Some(OrderStatus::PartiallyRefunded)));
    assert_eq!(r.status(cell("Canceled")), Ok(Some(OrderStatus::Cancelled)));
    assert!(r.status(cell("Blue")).unwrap_err().repair.contains("--map status="));
    assert_eq!(r.currency(cell("eur")).map(|c| c.unwrap().code().to_owned()), Ok("EUR".into()));
    assert!(r.currency(cell("euros")).is_err());
    assert_eq!(r.list(cell("a, b\\, c,,\"d, e\"")), Ok(vec!["a".into(), "b, c".into(), "d, e".into()]));
    assert_eq!(r.list(cell(r#"["vip","swim"]"#)), Ok(vec!["vip".into(), "swim".into()]));
    assert_eq!(r.email(cell(" A@B.test")), Ok(Some("a@b.test".into())));
}

#[test]
fn long_cells_are_shortened_in_errors() {
    let error = reader().money(cell(&"x".repeat(5_000)), Currency::USD).unwrap_err();
    assert!(error.found.chars().count() <= SHOWN_CHARS + 1);
}

proptest! {
    #[test]
    fn any_amount_survives_printing_and_reading(minor in -9_000_000_000_000_000_i64..9_000_000_000_000_000) {
        prop_assert_eq!(cents(&Currency::USD.plain(minor)), Some(minor));
        prop_assert_eq!(cents(&Currency::USD.display(minor)), Some(minor));
    }

    #[test]
    fn any_moment_survives_printing_and_reading(at in -2_000_000_000_i64..4_000_000_000) {
        let moment = DateTime::from_timestamp(at, 0).unwrap();
        for format in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%b %e, %Y %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%A, %d %B %Y %I:%M:%S %p"] {
            let text = moment.format(format).to_string();
            prop_assert_eq!(reader().moment(cell(&text)), Ok(Some(at)), "{}", text);
        }
    }

    #[test]
    fn no_text_breaks_a_reading(text in "\\PC{0,40}") {
        let c = cell(&text);
        let r = reader();
        let _ = (r.money(c, Currency::USD), r.quantity_milli(c), r.moment(c), r.date(c), r.flag(c), r.currency(c));
        let _ = (r.status(c), r.list(c), r.id(c), r.text(c), r.email(c), Marks::of(c.text), DateShape::of(c.text));
    }
}
