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
        // What `printf +16577770000 | sha256sum` prints.
        let person = Person { phone: Some("(657) 777-0000".into()), country: Some("US".into()), ..Person::default() };
        let hash = "a6e82c2f4091baff57a4f33d01efb65bfbeacbbfbcfaa9d0ff9f57d28d78fedb";
        assert_eq!(CUSTOMER_MATCH.row(&person).unwrap(), ["", hash]);
    }
}
