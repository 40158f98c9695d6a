//! Google Customer Match, a hashed file: <https://support.google.com/google-ads/answer/7476159>.
//!
//! E-mail addresses without spaces, in small letters, and for Gmail without the dots before the @ (as Google's own
//! examples of hashing do it); phone numbers in E.164 with their plus. Google finds people by name only together with
//! a postal code, which no workspace holds: names would be shared for nothing and are left out.

use super::phone::e164;
use super::{Person, Platform, address, hashed};

/// The file.
pub const CUSTOMER_MATCH: Platform =
    Platform { name: "google", title: "Google Customer Match", columns: &["Email", "Phone"], row };

fn row(person: &Person) -> Vec<String> {
    let phone = e164(person.phone.as_deref().unwrap_or_default(), person.country.as_deref()).unwrap_or_default();
    vec![hashed(&gmail(address(person.email.as_deref()))), hashed(&phone)]
}

fn gmail(address: String) -> String {
    match address.split_once('@') {
        Some((user, domain @ ("gmail.com" | "googlemail.com"))) => format!("{}@{domain}", user.replace('.', "")),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gmail_loses_its_dots_and_others_keep_theirs() {
        let form = |email: &str| gmail(address(Some(email)));
        assert_eq!(form(" John.S.Smith@GMail.com"), "johnssmith@gmail.com");
        assert_eq!(form("a.b@googlemail.com"), "ab@googlemail.com");
        assert_eq!(form("a.b@example.com"), "a.b@example.com");
    }

    #[test]
    fn phone_numbers_keep_their_plus() {
        // The example of TikTok's page, whose form of numbers is the same: +16577770000.
        let person = Person { phone: Some("(657) 777-0000".into()), country: Some("US".into()), ..Person::default() };
        let hash = "65b7e6dcf6f4310f8d7cbfbd78289a753062fb054d6664fb9aaac5df66a422d4";
        assert_eq!(CUSTOMER_MATCH.row(&person).unwrap(), ["", hash]);
    }
}
