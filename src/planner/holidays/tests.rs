use super::*;

fn named(code: &str, year: i32) -> Vec<(String, String)> {
    let day = |text: String| Day::parse(&text).unwrap();
    let days = country(code).unwrap().days((day(format!("{year}-01-01")), day(format!("{year}-12-31"))));
    days.into_iter().map(|holiday| (holiday.day.to_string(), holiday.name)).collect()
}

fn has(code: &str, date: &str, name: &str) {
    let year = date[..4].parse().unwrap();
    let days = named(code, year);
    assert!(days.contains(&(date.into(), name.into())), "{code} {date} {name}: {days:?}");
}

fn has_not(code: &str, date: &str) {
    let days = named(code, date[..4].parse().unwrap());
    assert!(days.iter().all(|(day, _)| day != date), "{code} {date}: {days:?}");
}

#[test]
fn the_file_holds_every_country_with_its_source() {
    let codes: Vec<&str> = countries().iter().map(|country| country.code.as_str()).collect();
    for code in [
        "US", "GB", "IE", "DE", "AT", "CH", "FR", "NL", "BE", "ES", "IT", "PL", "SE", "DK", "NO", "FI", "CA", "AU",
        "NZ", "JP", "IN", "BR",
    ] {
        assert_eq!(codes.iter().filter(|known| **known == code).count(), 1, "{code}");
    }
    for country in countries() {
        assert!(!country.source.is_empty() && country.written > Day(20_000), "{}", country.code);
        for entry in &country.rules {
            let either = entry.on.is_some() == entry.dates.is_empty();
            assert!(either, "{} {}: a rule or days, not both", country.code, entry.name);
        }
        // Every name that another day is counted from is there, and stands before it.
        let year = named(&country.code, 2025);
        assert!(year.len() >= country.rules.len() / 2, "{}: {year:?}", country.code);
    }
}

/// U.S. Office of Personnel Management, federal holidays 2021 to 2026.
#[test]
fn federal_holidays_are_those_of_the_united_states() {
    for (date, name) in [
        ("2026-01-19", "Martin Luther King Jr. Day"),
        ("2026-02-16", "Presidents’ Day"),
        ("2026-05-25", "Memorial Day"),
        ("2026-09-07", "Labor Day"),
        ("2026-10-12", "Columbus Day"),
        ("2026-11-26", "Thanksgiving"),
        ("2026-11-27", "Black Friday"),
        ("2026-11-30", "Cyber Monday"),
        ("2026-07-03", "Independence Day (observed)"),
        ("2021-12-31", "New Year’s Day (observed)"),
        ("2021-07-05", "Independence Day (observed)"),
        ("2022-12-26", "Christmas Day (observed)"),
        ("2021-06-18", "Juneteenth (observed)"),
    ] {
        has("US", date, name);
    }
    has_not("US", "2020-06-19");
}

/// gov.uk/bank-holidays, England and Wales.
#[test]
fn bank_holidays_are_those_of_england_and_wales() {
    for (date, name) in [
        ("2020-05-08", "Early May bank holiday"),
        ("2021-12-27", "Christmas Day (observed)"),
        ("2021-12-28", "Boxing Day (observed)"),
        ("2022-06-02", "Spring bank holiday"),
        ("2022-06-03", "Jubilee bank holiday"),
        ("2022-12-27", "Christmas Day (observed)"),
        ("2022-01-03", "New Year’s Day (observed)"),
        ("2023-05-08", "Coronation of King Charles III"),
        ("2026-12-28", "Boxing Day (observed)"),
        ("2026-08-31", "Summer bank holiday"),
        ("2026-03-15", "Mothering Sunday"),
    ] {
        has("GB", date, name);
    }
    has_not("GB", "2020-05-04");
    has_not("GB", "2022-05-30");
}

/// Official calendars: Bundesministerium des Innern, Service-Public.fr, Cabinet Office of Japan, employment.govt.nz,
/// Government of Canada, riksdagen.se, rijksoverheid.nl, gov.ie, Department of Personnel and Training.
#[test]
fn days_of_other_countries_are_those_of_their_laws() {
    for (code, date, name) in [
        ("DE", "2026-05-14", "Ascension Day"),
        ("DE", "2026-11-18", "Day of Repentance"),
        ("DE", "2026-06-04", "Corpus Christi"),
        ("FR", "2026-06-07", "Mother’s Day"),
        ("FR", "2025-05-25", "Mother’s Day"),
        ("NL", "2025-04-26", "King’s Day"),
        ("NL", "2026-04-27", "King’s Day"),
        ("JP", "2026-05-06", "Constitution Memorial Day (observed)"),
        ("JP", "2026-09-22", "Citizens’ Holiday"),
        ("JP", "2024-02-12", "National Foundation Day (observed)"),
        ("JP", "2024-05-06", "Children’s Day (observed)"),
        ("NZ", "2026-04-27", "Anzac Day (observed)"),
        ("NZ", "2022-01-04", "Day after New Year’s Day (observed)"),
        ("NZ", "2026-07-10", "Matariki"),
        ("CA", "2026-05-18", "Victoria Day"),
        ("CA", "2026-10-12", "Thanksgiving"),
        ("SE", "2026-06-20", "Midsummer Day"),
        ("SE", "2026-10-31", "All Saints’ Day"),
        ("FI", "2025-11-01", "All Saints’ Day"),
        ("DK", "2023-05-05", "Great Prayer Day"),
        ("IE", "2026-02-02", "St Brigid’s Day"),
        ("IE", "2030-02-01", "St Brigid’s Day"),
        ("AU", "2026-12-28", "Boxing Day (observed)"),
        ("IN", "2026-11-08", "Diwali"),
        ("BR", "2026-02-17", "Carnival"),
        ("PL", "2026-06-04", "Corpus Christi"),
        ("IT", "2026-10-04", "St Francis of Assisi"),
    ] {
        has(code, date, name);
    }
    has_not("NL", "2025-04-27");
    has_not("DK", "2024-04-26");
    has_not("PL", "2024-12-24");
    assert_eq!(named("JP", 2028).iter().filter(|(_, name)| name.contains("Equinox")).count(), 0);
}

#[test]
fn the_mothers_day_of_france_gives_way_to_pentecost() {
    for year in 2000..=2034 {
        let days = named("FR", year);
        let mothers: Vec<_> = days.iter().filter(|(_, name)| name == "Mother’s Day").collect();
        assert_eq!(mothers.len(), 1, "{year}: {mothers:?}");
        let pentecost = Day(easter(year).unwrap().0 + 49).to_string();
        assert_ne!(mothers[0].0, pentecost, "{year}");
    }
}
