//! Calendar days and time zones. Facts are stored in UTC seconds; days are the shop's own.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};
use serde::{Deserialize, Serialize};

const SECONDS_PER_DAY: i64 = 86_400;

/// A calendar day as the number of days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Day {
    /// The day of a calendar date.
    pub fn from_date(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - NaiveDate::default().num_days_from_ce())
    }

    /// The calendar date of this day (clamped to what the calendar can hold).
    pub fn date(self) -> NaiveDate {
        NaiveDate::default().checked_add_signed(TimeDelta::days(i64::from(self.0))).unwrap_or(NaiveDate::MAX)
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        NaiveDate::from_str(text.trim()).ok().map(Self::from_date)
    }

    /// For people: `14 Oct 2026`.
    pub fn display(self) -> String {
        self.date().format("%-d %b %Y").to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text} is not a date (YYYY-MM-DD)")))
    }
}

/// An IANA time zone, such as `Europe/Berlin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(pub chrono_tz::Tz);

impl Zone {
    /// Coordinated universal time, the zone of a new workspace.
    pub const UTC: Self = Self(chrono_tz::UTC);

    /// Reads an IANA name in any letter case.
    pub fn parse(name: &str) -> Option<Self> {
        chrono_tz::Tz::from_str_insensitive(name.trim()).ok().map(Self)
    }

    /// The IANA name.
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Seconds east of UTC at a moment given in UTC seconds.
    pub fn offset_at(&self, utc_secs: i64) -> i32 {
        if self.0 == chrono_tz::UTC {
            return 0;
        }
        let moment = DateTime::from_timestamp(utc_secs, 0).unwrap_or_default().naive_utc();
        self.0.offset_from_utc_datetime(&moment).fix().local_minus_utc()
    }

    /// The moment of a wall-clock time in this zone, in UTC seconds. Of two moments in the hour that is
    /// repeated in autumn the first is taken; a time in the hour skipped in spring counts from before it.
    pub fn to_utc(&self, local: NaiveDateTime) -> i64 {
        let as_if_utc = local.and_utc().timestamp();
        if self.0 == chrono_tz::UTC {
            return as_if_utc;
        }
        match self.0.offset_from_local_datetime(&local) {
            chrono::MappedLocalTime::Single(offset) | chrono::MappedLocalTime::Ambiguous(offset, _) => {
                as_if_utc - i64::from(offset.fix().local_minus_utc())
            }
            chrono::MappedLocalTime::None => as_if_utc - i64::from(self.offset_at(as_if_utc - SECONDS_PER_DAY)),
        }
    }

    /// The calendar day in this zone of a moment in UTC seconds.
    pub fn day(&self, utc_secs: i64) -> Day {
        day_of(utc_secs + i64::from(self.offset_at(utc_secs)))
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::parse(&name).ok_or_else(|| serde::de::Error::custom(format!("{name} is not an IANA time zone")))
    }
}

fn day_of(local_secs: i64) -> Day {
    Day(i32::try_from(local_secs.div_euclid(SECONDS_PER_DAY)).unwrap_or(i32::MAX))
}

/// Turns many moments of one zone into days quickly: remembers the stretch between two clock changes.
pub struct DayClock {
    zone: Zone,
    from: i64,
    until: i64,
    offset: i64,
}

impl DayClock {
    /// A clock for `zone`.
    pub fn new(zone: Zone) -> Self {
        Self { zone, from: 1, until: 0, offset: 0 }
    }

    /// Same as [`Zone::day`].
    pub fn day(&mut self, utc_secs: i64) -> Day {
        if utc_secs < self.from || utc_secs >= self.until {
            self.find_stretch(utc_secs);
        }
        day_of(utc_secs + self.offset)
    }

    /// The moment as seconds of the zone's clock since 1970-01-01, midnight by that clock.
    pub fn local(&mut self, utc_secs: i64) -> i64 {
        if utc_secs < self.from || utc_secs >= self.until {
            self.find_stretch(utc_secs);
        }
        utc_secs + self.offset
    }

    /// Zones change their clocks at whole quarter hours, so the offset holds within one.
    fn find_stretch(&mut self, utc_secs: i64) {
        let offset = self.zone.offset_at(utc_secs);
        let same = |at: i64| self.zone.offset_at(at) == offset;
        let (mut from, mut until) = (utc_secs - utc_secs.rem_euclid(900), utc_secs - utc_secs.rem_euclid(900) + 900);
        // Widen by days while the offset holds, two weeks at most: no zone changes twice within a step of one day.
        for _ in 0..14 {
            if same(until - 1 + SECONDS_PER_DAY) {
                until += SECONDS_PER_DAY
            } else {
                break;
            }
        }
        for _ in 0..14 {
            if same(from - SECONDS_PER_DAY) {
                from -= SECONDS_PER_DAY
            } else {
                break;
            }
        }
        (self.from, self.until, self.offset) = (from, until, i64::from(offset));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_at_midnight_of_the_shop() {
        let berlin = Zone::parse("europe/berlin").unwrap();
        let late = NaiveDate::from_ymd_opt(2026, 3, 28).unwrap().and_hms_opt(23, 30, 0).unwrap();
        let utc = berlin.to_utc(late);
        assert_eq!(berlin.day(utc).to_string(), "2026-03-28");
        assert_eq!(berlin.day(utc + 1800).to_string(), "2026-03-29");
    }

    #[test]
    fn the_day_clock_agrees_with_the_zone_over_clock_changes() {
        for name in ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"] {
            let zone = Zone::parse(name).unwrap();
            let mut clock = DayClock::new(zone);
            for step in 0..40_000_i64 {
                let at = 1_700_000_000 + (step * 7_919) % 63_072_000;
                assert_eq!(clock.day(at), zone.day(at), "{name} {at}");
            }
        }
    }
}
