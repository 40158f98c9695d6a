//! Hashed audience files: who goes into one, who is left out and why.

use std::collections::HashSet;
use std::path::Path;

use anyhow::Result;

use super::Session;
use crate::analytics::rules::{Members, Sieve};
use crate::jobs::Progress;
use crate::model::Details;
use crate::report::audience::{Person, Platform};
use crate::workspace::lists::Contact;

/// Customers whose names are fetched at once.
const PAGE: usize = 4_096;

/// Who goes into a file, and who does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Audience {
    /// Rows of the file.
    pub rows: u64,
    /// Members of the segment.
    pub members: u64,
    /// Members who declined.
    pub declined: u64,
    /// Members who were never asked, or whose answer no file told.
    pub unanswered: u64,
    /// Members who agreed, but whose address or number is not known, or not in a form the platform reads.
    pub unreachable: u64,
    /// Members with the address and number of another member.
    pub twice: u64,
}

impl Audience {
    /// Who is left out and why, as a sentence; empty when nobody is.
    pub fn left_out(&self) -> String {
        let customers = |n: u64| crate::model::Locale::En.count(n);
        let reasons = [
            (self.declined, "declined"),
            (self.unanswered, "without an answer to the question of consent"),
            (self.unreachable, "without an address or number of the kind they agreed to"),
            (self.twice, "the same as another"),
        ];
        let words: Vec<String> =
            reasons.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{} {why}", customers(*n))).collect();
        if words.is_empty() { String::new() } else { format!("Left out: {}", words.join(", ")) }
    }
}

/// What the newest answers of a person allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Consent {
    Agreed { email: bool, phone: bool },
    Declined,
    Unanswered,
}

/// The newest answers count, whatever the as-of day: who declined since then is not written to.
fn consent(details: &Details, customer: u32) -> Consent {
    let answer = |channel: &str| {
        let answers = details.consents.get(channel)?;
        let at = answers.binary_search_by_key(&customer, |answer| answer.customer).ok()?;
        Some(answers[at].granted)
    };
    let (email, sms, whatsapp) = (answer("email"), answer("sms"), answer("whatsapp"));
    let phone = sms == Some(true) || whatsapp == Some(true);
    match (email, phone) {
        (None, false) if sms.is_none() && whatsapp.is_none() => Consent::Unanswered,
        (Some(true), phone) => Consent::Agreed { email: true, phone },
        (_, true) => Consent::Agreed { email: false, phone: true },
        _ => Consent::Declined,
    }
}

impl Session {
    /// Writes the members of a segment as the hashed file of a platform. Each way of contact goes out only with the
    /// consent to it: addresses with that to e-mail, numbers with that to SMS or WhatsApp.
    ///
    /// # Errors
    /// When the file cannot be written, or the work was cancelled; no file is left then.
    pub fn export_audience(
        &self,
        sieve: &Sieve,
        members: &Members,
        platform: &Platform,
        path: &Path,
        progress: &Progress,
    ) -> Result<Audience> {
        let details = &*sieve.shop.details;
        let mut audience = Audience { members: members.yes.count(), ..Audience::default() };
        progress.expect(audience.members);
        let all: Vec<u32> = members.yes.iter().collect();
        let (mut seen, mut done) = (HashSet::new(), 0);
        let counts = &mut audience;
        let mut rows = all.chunks(PAGE).flat_map(|page| {
            done += page.len() as u64;
            let ids: Vec<u32> = page.iter().map(|&at| sieve.shop.data.customers.id[at as usize]).collect();
            let contacts = progress.step(done).map_err(Into::into).and_then(|()| Ok(self.workspace.contacts(&ids)?));
            let contacts = match contacts {
                Ok(contacts) => contacts,
                Err(error) => return vec![Err(error)],
            };
            let mut rows = Vec::new();
            for (&customer, contact) in page.iter().zip(contacts) {
                let (email, phone) = match consent(details, customer) {
                    Consent::Declined => {
                        counts.declined += 1;
                        continue;
                    }
                    Consent::Unanswered => {
                        counts.unanswered += 1;
                        continue;
                    }
                    Consent::Agreed { email, phone } => (email, phone),
                };
                let Contact { email: address, phone: number, name, country } = contact;
                let person =
                    Person { email: address.filter(|_| email), phone: number.filter(|_| phone), name, country };
                match platform.row(&person) {
                    None => counts.unreachable += 1,
                    Some(row) if seen.insert((row[0].clone(), row[1].clone())) => rows.push(Ok(row)),
                    Some(_) => counts.twice += 1,
                }
            }
            rows
        });
        let written = platform.save(path, &mut rows)?;
        drop(rows);
        audience.rows = written;
        Ok(audience)
    }
}
