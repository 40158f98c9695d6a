//! Meta custom audiences, a hashed customer list:
//! <https://developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences>.
//!
//! E-mail addresses without spaces in small letters; phone numbers as digits with their country code; names in small
//! letters without punctuation; the country as two small letters. Everything is hashed.

use super::phone::{country_code, e164};
use super::{Person, Platform, address, hashed};

/// The file.
pub const CUSTOM_AUDIENCE: Platform =
    Platform { name: "meta", title: "Meta custom audience", columns: &["email", "phone", "fn", "ln", "country"], row };

fn row(person: &Person) -> Vec<String> {
    let phone = e164(person.phone.as_deref().unwrap_or_default(), person.country.as_deref()).unwrap_or_default();
    let (first, last) = names(person.name.as_deref().unwrap_or_default());
    let country = person.country.as_deref().and_then(country_code).unwrap_or_default().to_lowercase();
    vec![
        hashed(&address(person.email.as_deref())),
        hashed(phone.trim_start_matches('+')),
        hashed(&first),
        hashed(&last),
        hashed(&country),
    ]
}

/// First and last name. A name of one word is a first name.
fn names(name: &str) -> (String, String) {
    let plain =
        |word: &str| word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>();
    let words: Vec<String> = name.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [] => (String::new(), String::new()),
        [first] => (first.clone(), String::new()),
        [first, .., last] => (first.clone(), last.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of Meta's page of customer information parameters.
    #[test]
    fn hashes_are_those_that_meta_publishes() {
        let person = Person {
            email: Some("John_Smith@gmail.com".into()),
            phone: Some("(650)555-1212".into()),
            name: Some("Mary Valéry".into()),
            country: Some("US".into()),
        };
        assert_eq!(
            CUSTOM_AUDIENCE.row(&person).unwrap()[..4],
            [
                "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
                "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
                "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec",
                "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c",
            ]
        );
        assert_eq!(hashed("정"), "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14");
    }

    #[test]
    fn a_person_without_address_and_number_has_no_row() {
        let person = Person { name: Some("Mary".into()), country: Some("US".into()), ..Person::default() };
        assert_eq!(CUSTOM_AUDIENCE.row(&person), None);
        assert_eq!(names("Anne-Marie van der O’Neil Jr."), ("annemarie".into(), "jr".into()));
    }
}
