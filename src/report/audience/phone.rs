//! Phone numbers in E.164, and countries by what shops write for them. What is doubtful is left out, not guessed.

/// A country: two letters, English name, calling code, what stands before a number within the country.
struct Country(&'static str, &'static str, &'static str, &'static str);

/// Countries that shops ship to most; a number of another one counts when it is written with its plus.
const COUNTRIES: &[Country] = &[
    Country("AE", "United Arab Emirates", "971", "0"),
    Country("AR", "Argentina", "54", "0"),
    Country("AT", "Austria", "43", "0"),
    Country("AU", "Australia", "61", "0"),
    Country("BE", "Belgium", "32", "0"),
    Country("BG", "Bulgaria", "359", "0"),
    Country("BR", "Brazil", "55", "0"),
    Country("CA", "Canada", "1", "1"),
    Country("CH", "Switzerland", "41", "0"),
    Country("CL", "Chile", "56", ""),
    Country("CN", "China", "86", "0"),
    Country("CO", "Colombia", "57", ""),
    Country("CY", "Cyprus", "357", ""),
    Country("CZ", "Czechia", "420", ""),
    Country("DE", "Germany", "49", "0"),
    Country("DK", "Denmark", "45", ""),
    Country("EE", "Estonia", "372", ""),
    Country("EG", "Egypt", "20", "0"),
    Country("ES", "Spain", "34", ""),
    Country("FI", "Finland", "358", "0"),
    Country("FR", "France", "33", "0"),
    Country("GB", "United Kingdom", "44", "0"),
    Country("GR", "Greece", "30", ""),
    Country("HK", "Hong Kong", "852", ""),
    Country("HR", "Croatia", "385", "0"),
    Country("HU", "Hungary", "36", "06"),
    Country("ID", "Indonesia", "62", "0"),
    Country("IE", "Ireland", "353", "0"),
    Country("IL", "Israel", "972", "0"),
    Country("IN", "India", "91", "0"),
    Country("IS", "Iceland", "354", ""),
    // In Italy the zero is part of the number.
    Country("IT", "Italy", "39", ""),
    Country("JP", "Japan", "81", "0"),
    Country("KR", "South Korea", "82", "0"),
    Country("LT", "Lithuania", "370", "0"),
    Country("LU", "Luxembourg", "352", ""),
    Country("LV", "Latvia", "371", ""),
    Country("MT", "Malta", "356", ""),
    Country("MX", "Mexico", "52", ""),
    Country("MY", "Malaysia", "60", "0"),
    Country("NL", "Netherlands", "31", "0"),
    Country("NO", "Norway", "47", ""),
    Country("NZ", "New Zealand", "64", "0"),
    Country("PH", "Philippines", "63", "0"),
    Country("PL", "Poland", "48", ""),
    Country("PT", "Portugal", "351", ""),
    Country("RO", "Romania", "40", "0"),
    Country("RS", "Serbia", "381", "0"),
    Country("SA", "Saudi Arabia", "966", "0"),
    Country("SE", "Sweden", "46", "0"),
    Country("SG", "Singapore", "65", ""),
    Country("SI", "Slovenia", "386", "0"),
    Country("SK", "Slovakia", "421", "0"),
    Country("TH", "Thailand", "66", "0"),
    Country("TR", "Turkey", "90", "0"),
    Country("TW", "Taiwan", "886", "0"),
    Country("UA", "Ukraine", "380", "0"),
    Country("US", "United States", "1", "1"),
    Country("VN", "Vietnam", "84", "0"),
    Country("ZA", "South Africa", "27", "0"),
];

fn country(written: &str) -> Option<&'static Country> {
    let written = written.trim();
    COUNTRIES.iter().find(|c| c.0.eq_ignore_ascii_case(written) || c.1.eq_ignore_ascii_case(written))
}

/// The two letters of a country that is written as such, or by its English name.
pub fn country_code(written: &str) -> Option<String> {
    let letters = written.trim();
    let is_code = letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_alphabetic());
    country(letters).map(|c| c.0.to_owned()).or_else(|| is_code.then(|| letters.to_ascii_uppercase()))
}

/// A number in E.164 (`+4915112345`); `None` when it is none, or when nobody can tell of which country it is.
pub fn e164(written: &str, of: Option<&str>) -> Option<String> {
    // What a spreadsheet made of a number is no number any more.
    if written.chars().any(|c| c.is_alphabetic()) {
        return None;
    }
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let international = written.trim_start().starts_with('+').then(|| digits.clone());
    let international = international.or_else(|| digits.strip_prefix("00").map(str::to_owned));
    let whole = match international {
        // +44 (0)20 … : the zero in brackets is for those within the country.
        Some(digits) if written.contains("(0)") => drop_bracketed_zero(&digits)?,
        Some(digits) => digits,
        None => {
            let Country(_, _, code, trunk) = country(of?)?;
            let national = digits.strip_prefix(trunk).filter(|rest| !rest.is_empty()).unwrap_or(&digits);
            // In North America every number has ten digits: more or fewer is a slip.
            if *code == "1" && national.len() != 10 {
                return None;
            }
            format!("{code}{national}")
        }
    };
    ((8..=15).contains(&whole.len()) && !whole.starts_with('0')).then(|| format!("+{whole}"))
}

fn drop_bracketed_zero(digits: &str) -> Option<String> {
    let code =
        COUNTRIES.iter().map(|c| c.2).filter(|code| digits.starts_with(&format!("{code}0"))).max_by_key(|c| c.len())?;
    Some(format!("{code}{}", &digits[code.len() + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_the_code_of_their_country() {
        for (written, of, form) in [
            ("+49 151 123 456 78", None, Some("+4915112345678")),
            ("0049 (0)151/12345678", Some("DE"), Some("+4915112345678")),
            ("0151 12345678", Some("Germany"), Some("+4915112345678")),
            ("0151 12345678", None, None),
            ("0151 12345678", Some("Atlantis"), None),
            ("(657) 777-0000", Some("us"), Some("+16577770000")),
            ("1-657-777-0000", Some("US"), Some("+16577770000")),
            ("777-0000", Some("US"), None),
            ("+44 (0)20 7183 8750", Some("GB"), Some("+442071838750")),
            ("06 1234 5678", Some("IT"), Some("+390612345678")),
            ("612 345 678", Some("ES"), Some("+34612345678")),
            ("4.9E+11", Some("DE"), None),
            ("12", Some("DE"), None),
            ("", Some("DE"), None),
        ] {
            assert_eq!(e164(written, of).as_deref(), form, "{written} of {of:?}");
        }
        assert_eq!(country_code(" united kingdom "), Some("GB".into()));
        assert_eq!(country_code("jm"), Some("JM".into()));
        assert_eq!(country_code("Narnia"), None);
    }
}
