//! Which files to ask a client for, platform by platform: where they come from and what stays open without them.

mod list;

use super::field::TableKind;
use super::sources::{Source, by_name};

pub use list::ASKED;

/// A file to ask for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Whose export it is: "Shopify".
    pub platform: &'static str,
    /// The source that reads it, by its name in `SOURCES`; empty where nothing reads it.
    pub source: &'static str,
    /// What it is called there; empty = as its source is called.
    pub called: &'static str,
    /// Where it is exported.
    pub from: &'static str,
}

impl Asked {
    /// What reads it.
    pub fn source(&self) -> Option<&'static dyn Source> {
        by_name(self.source)
    }

    /// What it is called.
    pub fn title(&self) -> &'static str {
        match self.source() {
            Some(source) if self.called.is_empty() => source.title(),
            _ => self.called,
        }
    }

    /// What it tells.
    pub fn tells(&self) -> Tells {
        self.source().map_or(NOTHING, |source| tells(source.table()))
    }
}

/// What rows of a kind tell: sections of the framework that they help to fill, and what stays open without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tells {
    /// Keys of the sections.
    pub sections: &'static [&'static str],
    /// What stays open without them.
    pub open_without: &'static str,
}

const NOTHING: Tells = Tells { sections: &[], open_without: "Nothing: for the conversation, it fills no field" };

/// What rows of a kind tell.
pub fn tells(kind: TableKind) -> Tells {
    let (sections, open_without): (&'static [&'static str], &'static str) = match kind {
        TableKind::Lines => (
            &["profile", "segments", "recommendations", "triggers", "omnichannel", "kpis"],
            "Segments, order value, lifetime value, repeat purchases, and what is bought together",
        ),
        TableKind::Orders => (
            &["profile", "segments", "triggers", "omnichannel", "kpis"],
            "Segments, order value, lifetime value and repeat purchases",
        ),
        TableKind::Customers => {
            (&["profile", "segments", "privacy"], "People who have not bought yet, consent and opt-outs")
        }
        TableKind::Products => {
            (&["recommendations", "triggers", "kpis"], "Margins, stock-outs, price drops and products back in stock")
        }
        TableKind::Carts => (&["triggers", "kpis"], "Cart abandonment and what winning carts back is worth"),
        TableKind::Discounts => (&["kpis"], "Which codes there are and what they promise"),
        TableKind::Spend => (&["kpis", "technology"], "Cost of winning a customer, return on advertising by channel"),
        TableKind::Sends => {
            (&["touchpoints", "omnichannel", "kpis"], "Openings and clicks of e-mails and what they bring")
        }
        TableKind::Visits => (&["profile", "omnichannel", "kpis"], "Monthly visitors and the conversion rate"),
        TableKind::Events => {
            (&["triggers", "recommendations"], "Looks at products before a purchase, browse abandonment")
        }
        TableKind::Touches => (&["touchpoints", "omnichannel"], "Which touchpoints buyers met before they bought"),
        TableKind::Metrics => (&["kpis"], "Figures measured elsewhere: satisfaction, loading times, market share"),
    };
    Tells { sections, open_without }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::sources::{SOURCES, is_generic};
    use super::*;

    #[test]
    fn every_source_is_asked_for_and_every_file_has_its_source() {
        let asked: BTreeSet<&str> = ASKED.iter().map(|asked| asked.source).collect();
        let missing: Vec<_> = SOURCES.iter().map(|s| s.name()).filter(|name| !asked.contains(name)).collect();
        assert_eq!(missing, Vec::<&str>::new());
        for asked in ASKED {
            assert!(asked.source.is_empty() || asked.source().is_some(), "{}", asked.source);
            assert!(!asked.title().is_empty() && !asked.from.is_empty(), "{} {}", asked.platform, asked.source);
            assert!(!is_generic(asked.source) || !asked.called.is_empty(), "{}", asked.source);
        }
    }

    #[test]
    fn platforms_stand_together() {
        let mut seen: Vec<&str> = Vec::new();
        for asked in ASKED {
            if seen.last() != Some(&asked.platform) {
                assert!(!seen.contains(&asked.platform), "{}", asked.platform);
                seen.push(asked.platform);
            }
        }
        for wanted in ["Shopify", "WooCommerce", "Magento", "Etsy", "Amazon", "Square", "Klaviyo", "Mailchimp"] {
            assert!(seen.contains(&wanted), "{wanted}");
        }
        for wanted in ["MailerLite", "Google Analytics 4", "Google Ads", "Meta Ads", "Search Console"] {
            assert!(seen.contains(&wanted), "{wanted}");
        }
    }
}
