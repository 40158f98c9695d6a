//! Links that say where a visitor came from, by one naming rule.

use serde::{Deserialize, Serialize};

use super::{Campaign, Channel};

/// How the links of a campaign are marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Utm {
    /// The page that links lead to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// `utm_campaign`; year, month and name of the campaign when empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub campaign: String,
    /// `utm_content`: which of several links it is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content: String,
}

/// A marked link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it stands.
    pub channel: Channel,
    /// The link.
    pub address: String,
}

/// The naming rule: small letters and digits, everything else a hyphen, none at the ends and never two. Umlauts and
/// accents lose their marks, so that a name is the same in every tool.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(plain) => slug.push_str(plain),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None if !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
    }
    slug.trim_matches('-').to_owned()
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'ä' | 'æ' => "ae",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
        'ö' | 'œ' => "oe",
        'ù' | 'ú' | 'û' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        _ => return None,
    })
}

impl Campaign {
    /// `utm_campaign` of its links.
    pub fn utm_campaign(&self) -> String {
        match slug(&self.utm.campaign) {
            typed if !typed.is_empty() => typed,
            _ => format!("{}-{}", self.starts.format("%Y-%m"), slug(&self.name)),
        }
    }

    /// A link for each of its channels; none without a page.
    pub fn links(&self) -> Vec<Link> {
        let page = self.utm.page.trim();
        if page.is_empty() {
            return Vec::new();
        }
        let (page, part) =
            page.split_once('#').map_or((page, String::new()), |(page, part)| (page, format!("#{part}")));
        let joint = if page.contains('?') { '&' } else { '?' };
        let (campaign, content) = (self.utm_campaign(), slug(&self.utm.content));
        let content = if content.is_empty() { content } else { format!("&utm_content={content}") };
        let link = |channel: &Channel| {
            let (source, medium) = channel.info().utm;
            let marks = format!("utm_source={source}&utm_medium={medium}&utm_campaign={campaign}{content}");
            Link { channel: *channel, address: format!("{page}{joint}{marks}{part}") }
        };
        self.channels.iter().map(link).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_are_alike_in_every_tool() {
        assert_eq!(slug("  Sommer-Schluß & Größe 50 %! "), "sommer-schluss-groesse-50");
        assert_eq!(slug("Été — soldes"), "ete-soldes");
        assert_eq!(slug("日本"), "");
    }
}
