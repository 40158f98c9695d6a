//! The five segments of the framework, by name. How customers come into them is `analytics::segments`.

use serde::{Deserialize, Serialize};

/// A segment of the framework, in the framework's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Segment {
    /// Buy often and lately.
    Vip = 0,
    /// Buy again.
    Regular = 1,
    /// Bought at some time.
    Occasional = 2,
    /// Bought for the first time lately.
    New = 3,
    /// Known, never bought.
    Browsers = 4,
}

impl Segment {
    /// All five, in the framework's order.
    pub const ALL: [Self; 5] = [Self::Vip, Self::Regular, Self::Occasional, Self::New, Self::Browsers];

    /// The framework's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vip => "VIP/Loyal",
            Self::Regular => "Regular Buyers",
            Self::Occasional => "Occasional",
            Self::New => "New Customers",
            Self::Browsers => "Browsers",
        }
    }

    /// Stable name in settings and files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Vip => "vip",
            Self::Regular => "regular",
            Self::Occasional => "occasional",
            Self::New => "new",
            Self::Browsers => "browsers",
        }
    }

    /// The segment with a number below five.
    pub fn from_number(n: u8) -> Option<Self> {
        Self::ALL.get(usize::from(n)).copied()
    }
}
