//! The omnichannel table: where customers meet the shop, what each place can do, and what it comes to. One record of the
//! workspace; figures that are not typed come from data, see `analytics::journey::omnichannel`.

use serde::{Deserialize, Serialize};

use super::Traffic;
use super::plan::{Problem, Version};
use super::sheet::{Field, free_id, is_id, number, number_text, share, share_text, text_problem};

/// More channels than this are no table.
pub const MOST_CHANNELS: usize = 60;
const LONGEST_NAME: usize = 80;
const LONGEST_TEXT: usize = 40_000;

/// A channel of the framework.
pub struct Known {
    /// Stable name.
    pub id: &'static str,
    /// What the framework calls it.
    pub name: &'static str,
    /// Channels of touches that are its own.
    pub touches: &'static [Traffic],
    /// Words in the sales channel of an order that tell that it was placed there.
    pub orders: &'static [&'static str],
    /// Words in the device of a touch, and kinds of touches and events.
    pub devices: &'static [&'static str],
}

/// Every channel of the framework, in its order. An order of which no word tells belongs to the website.
pub const FRAMEWORK: &[Known] = &[
    Known {
        id: "website",
        name: "Website",
        touches: &[
            Traffic::PaidSearch,
            Traffic::PaidSocial,
            Traffic::Display,
            Traffic::Affiliates,
            Traffic::Influencers,
            Traffic::OrganicSearch,
            Traffic::OrganicSocial,
            Traffic::Email,
            Traffic::Sms,
            Traffic::Push,
            Traffic::Referral,
            Traffic::Direct,
        ],
        orders: &["web", "online", "shop", "store front", "storefront", "checkout", "admin"],
        devices: &["desktop", "mobile", "tablet", "web"],
    },
    Known {
        id: "app",
        name: "Mobile app",
        touches: &[],
        orders: &["app", "ios", "android"],
        devices: &["app", "ios", "android"],
    },
    Known { id: "email", name: "Email", touches: &[Traffic::Email], orders: &["email", "e-mail"], devices: &[] },
    Known {
        id: "sms_push",
        name: "SMS/push",
        touches: &[Traffic::Sms, Traffic::Push],
        orders: &["sms", "push"],
        devices: &[],
    },
    Known {
        id: "social",
        name: "Social commerce",
        touches: &[Traffic::PaidSocial, Traffic::OrganicSocial, Traffic::Influencers],
        orders: &["facebook", "instagram", "tiktok", "pinterest", "social", "meta"],
        devices: &[],
    },
    Known {
        id: "store",
        name: "Physical store",
        touches: &[],
        orders: &["pos", "retail", "physical", "till", "in-store", "branch"],
        devices: &["store", "pos"],
    },
];

/// The framework's channel with an id.
pub fn known(id: &str) -> Option<&'static Known> {
    FRAMEWORK.iter().find(|known| known.id == id)
}

/// A channel as it is typed. A figure that is `None` comes from data, where there are any.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Stable name.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What is personal there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub features: String,
    /// How its data come to the others.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sync: String,
    /// Typed share of the customers who use it, 0–1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<f64>,
    /// Typed satisfaction, 0–10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<f64>,
    /// Typed share of the revenue, 0–1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revenue: Option<f64>,
    /// Words in the sales channel of orders and names of channels of touches that are its own, beside the framework's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Not shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Omnichannel {
    /// The form in files.
    #[serde(default)]
    pub version: Version,
    /// The channels, in order.
    pub channels: Vec<Channel>,
}

impl Default for Omnichannel {
    /// The framework's six channels, nothing typed yet.
    fn default() -> Self {
        let channel = |known: &Known| Channel { id: known.id.into(), name: known.name.into(), ..Channel::default() };
        Self { version: Version, channels: FRAMEWORK.iter().map(channel).collect() }
    }
}

/// Every field that can be set from a text, in the order of the table.
pub const FIELDS: &[Field<Channel>] = &[
    Field {
        key: "name",
        name: "Channel",
        text: |row| row.name.clone(),
        put: |row, text| {
            row.name = if text.is_empty() { known(&row.id).map_or("", |of| of.name) } else { text }.to_owned();
            Ok(())
        },
    },
    Field {
        key: "features",
        name: "Personalization features",
        text: |row| row.features.clone(),
        put: |row, text| {
            text.clone_into(&mut row.features);
            Ok(())
        },
    },
    Field {
        key: "sync",
        name: "Data sync",
        text: |row| row.sync.clone(),
        put: |row, text| {
            text.clone_into(&mut row.sync);
            Ok(())
        },
    },
    Field {
        key: "usage",
        name: "Customer usage",
        text: |row| share_text(row.usage),
        put: |row, text| share(text).map(|share| row.usage = share),
    },
    Field {
        key: "satisfaction",
        name: "Satisfaction",
        text: |row| number_text(row.satisfaction),
        put: |row, text| match number(text.trim_end_matches("/10"))? {
            Some(number) if !(0.0..=10.0).contains(&number) => Err("satisfaction is 0 to 10".into()),
            typed => {
                row.satisfaction = typed;
                Ok(())
            }
        },
    },
    Field {
        key: "revenue",
        name: "Revenue share",
        text: |row| share_text(row.revenue),
        put: |row, text| share(text).map(|share| row.revenue = share),
    },
];

impl Omnichannel {
    /// The channel with an id, to be changed.
    pub fn channel_mut(&mut self, id: &str) -> Option<&mut Channel> {
        self.channels.iter_mut().find(|channel| channel.id == id)
    }

    /// Adds a channel of the shop's own; gives its id.
    pub fn add(&mut self, name: &str) -> String {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = free_id(&name, |id| known(id).is_some() || self.channels.iter().any(|channel| channel.id == id));
        self.channels.push(Channel { id: id.clone(), words: vec![name.clone()], name, ..Channel::default() });
        id
    }

    /// Removes a channel of the shop's own; one of the framework is emptied and hidden.
    pub fn remove(&mut self, id: &str) {
        match known(id) {
            None => self.channels.retain(|channel| channel.id != id),
            Some(of) => {
                if let Some(channel) = self.channel_mut(id) {
                    *channel = Channel { id: of.id.into(), name: of.name.into(), hidden: true, ..Channel::default() };
                }
            }
        }
    }

    /// Everything wrong with it: `channels.app.usage`.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut wrong = |at: String, words: String| found.push(Problem { at, words, stops: true });
        for (n, row) in self.channels.iter().enumerate() {
            let at = |field: &str| format!("channels.{}.{field}", row.id);
            if !is_id(&row.id) || self.channels[..n].iter().any(|other| other.id == row.id) {
                wrong(at("id"), "an id is of small letters, digits and _, and nobody else’s".into());
            }
            if row.name.trim().is_empty() {
                wrong(at("name"), "a channel needs a name".into());
            }
            let texts = [
                ("name", &row.name, LONGEST_NAME),
                ("features", &row.features, LONGEST_TEXT),
                ("sync", &row.sync, LONGEST_TEXT),
            ];
            for (field, text, longest) in texts {
                if let Some(words) = text_problem(text, longest, field != "name") {
                    wrong(at(field), words);
                }
            }
            for (field, value, most) in
                [("usage", row.usage, 1.0), ("revenue", row.revenue, 1.0), ("satisfaction", row.satisfaction, 10.0)]
            {
                if value.is_some_and(|value| !(0.0..=most).contains(&value)) {
                    wrong(
                        at(field),
                        if most > 1.0 { "satisfaction is 0 to 10" } else { "a share is 0% to 100%" }.into(),
                    );
                }
            }
        }
        if self.channels.len() > MOST_CHANNELS {
            wrong("channels".into(), format!("at most {MOST_CHANNELS} channels make a table"));
        }
        found
    }
}
