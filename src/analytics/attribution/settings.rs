//! What attribution is asked for, and the models there are.

use serde::{Deserialize, Serialize};

/// Days of look-back that can be asked for.
pub const LOOKBACK: std::ops::RangeInclusive<u16> = 1..=365;
/// The longest memory of a Markov chain, in steps.
pub const MOST_ORDER: usize = 4;

/// How many steps back a Markov chain remembers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As the journeys themselves tell, see [`super::Candidate`].
    #[default]
    Auto,
    /// So many, 1 to [`MOST_ORDER`].
    Fixed(u8),
}

/// What attribution is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// A touch has a part in an order for so many days, see [`LOOKBACK`].
    pub lookback_days: u16,
    /// Time decay: after so many days a touch weighs half as much.
    pub half_life_days: f64,
    /// Position based: shares of the first and of the last touch; those between share the rest.
    pub position: (f64, f64),
    /// Memory of the Markov chain.
    pub order: Order,
    /// Whether ads that were merely seen make journeys.
    pub impressions: bool,
    /// Of the intervals, such as 0.95.
    pub level: f64,
    /// Journeys are drawn anew so many times for the intervals; 0 = no intervals.
    pub resamples: u32,
    /// Seed of all chance.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lookback_days: 30,
            half_life_days: 7.0,
            position: (0.4, 0.4),
            order: Order::Auto,
            impressions: false,
            level: 0.95,
            resamples: 200,
            seed: 1,
        }
    }
}

impl Settings {
    /// The same with every number where it makes sense, so that nothing downstream has to ask.
    #[must_use]
    pub fn sane(mut self) -> Self {
        let share = |share: f64| if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.4 };
        self.lookback_days = self.lookback_days.clamp(*LOOKBACK.start(), *LOOKBACK.end());
        self.half_life_days = if self.half_life_days.is_finite() { self.half_life_days.clamp(0.01, 1e4) } else { 7.0 };
        self.position = (share(self.position.0), share(self.position.1));
        let both = self.position.0 + self.position.1;
        if both > 1.0 {
            self.position = (self.position.0 / both, self.position.1 / both);
        }
        if let Order::Fixed(order) = &mut self.order {
            *order = (*order).clamp(1, MOST_ORDER as u8);
        }
        self.level = if self.level.is_finite() { self.level.clamp(0.5, 0.999) } else { 0.95 };
        self.resamples = self.resamples.min(10_000);
        self
    }
}

/// A way to share orders out to the channels of their journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// All to the first touch.
    FirstTouch,
    /// All to the last touch.
    LastTouch,
    /// All to the last touch that is not direct.
    LastNonDirect,
    /// The same to every touch.
    Linear,
    /// The more, the later.
    TimeDecay,
    /// Most to the first and the last.
    Position,
    /// By what would be lost without the channel.
    Markov,
    /// The same to every channel, however often it was met.
    Shapley,
}

/// A model with what people are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct About {
    /// Which.
    pub model: Model,
    /// As commands and files write it.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub does: &'static str,
    /// Who described it.
    pub source: &'static str,
}

/// Every model, in the order of the enum and of all tables.
pub const MODELS: &[About] = &[
    About {
        model: Model::FirstTouch,
        key: "first",
        name: "First touch",
        does: "The whole order goes to the touch that began the journey",
        source: "Rule",
    },
    About {
        model: Model::LastTouch,
        key: "last",
        name: "Last touch",
        does: "The whole order goes to the touch right before it",
        source: "Rule",
    },
    About {
        model: Model::LastNonDirect,
        key: "last-non-direct",
        name: "Last non-direct",
        does: "The whole order goes to the last touch that is not Direct; to Direct where there is no other",
        source: "Rule",
    },
    About {
        model: Model::Linear,
        key: "linear",
        name: "Linear",
        does: "Every touch of the journey gets the same part of the order",
        source: "Rule",
    },
    About {
        model: Model::TimeDecay,
        key: "time-decay",
        name: "Time decay",
        does: "A touch weighs half as much for every half-life that it lies before the order",
        source: "Rule",
    },
    About {
        model: Model::Position,
        key: "position",
        name: "Position",
        does: "The first and the last touch get their fixed parts, those between share the rest; two touches share by \
               the same proportion",
        source: "Rule",
    },
    About {
        model: Model::Markov,
        key: "markov",
        name: "Markov",
        does: "Orders are shared by removal effects: what would be lost if every visit by the channel ended without an \
               order",
        source: "Anderl, Becker, von Wangenheim and Schumann (2016), International Journal of Research in Marketing 33, \
                 457–474",
    },
    About {
        model: Model::Shapley,
        key: "shapley",
        name: "Shapley",
        does: "The mean of what a channel adds to the orders of every set of channels, which shares each order equally \
               among the channels of its journey",
        source: "Zhao, Mahboobi and Bagheri (2018), arXiv:1804.05327; Shapley (1953)",
    },
];

impl Model {
    /// What people are told of it.
    pub fn about(self) -> &'static About {
        &MODELS[self as usize]
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// The model of a key.
    pub fn of(key: &str) -> Option<Self> {
        let key = key.trim().to_lowercase().replace([' ', '_'], "-");
        MODELS
            .iter()
            .find(|about| about.key == key || about.name.to_lowercase().replace(' ', "-") == key)
            .map(|a| a.model)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stands_in_the_order_of_the_enum_and_is_found_by_key() {
        assert!(MODELS.iter().enumerate().all(|(n, about)| about.model as usize == n));
        assert!(MODELS.iter().all(|about| Model::of(about.key) == Some(about.model)));
        assert_eq!(Model::of("Last non-direct"), Some(Model::LastNonDirect));
    }

    #[test]
    fn senseless_numbers_are_mended() {
        let wild = Settings {
            lookback_days: 0,
            half_life_days: f64::NAN,
            position: (0.9, 0.9),
            order: Order::Fixed(9),
            level: 2.0,
            ..Settings::default()
        };
        let sane = wild.sane();
        assert_eq!((sane.lookback_days, sane.half_life_days, sane.position), (1, 7.0, (0.5, 0.5)));
        assert_eq!((sane.order, sane.level), (Order::Fixed(4), 0.999));
    }
}
