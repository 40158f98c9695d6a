//! Journeys in columns: what attribution reads, from touches or from a table.

use rustc_hash::FxHashMap;

/// A row of a table of paths: equal journeys, counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PathRow {
    /// Names of channels, in the order they were met.
    pub steps: Vec<String>,
    /// Days before the end of each step; empty = not told.
    pub days_before: Vec<f32>,
    /// Journeys of this path that ended in an order.
    pub conversions: u64,
    /// What these orders were worth together, minor units.
    pub value: f64,
    /// Journeys of this path that ended without.
    pub nulls: u64,
}

/// Journeys in columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paths {
    /// Names of channels.
    pub channels: Vec<String>,
    /// Which of them is direct.
    pub direct: Option<u16>,
    /// Steps of path `p` are `begin[p]..begin[p + 1]` of [`Paths::steps`]; one more entry than paths. No path is empty.
    pub begin: Vec<usize>,
    /// Channels of steps, index into [`Paths::channels`].
    pub steps: Vec<u16>,
    /// Days from each step to the end of its path; empty = not told, and time decay cannot tell.
    pub before: Vec<f32>,
    /// Journeys of each path that ended in an order.
    pub conversions: Vec<u64>,
    /// What these were worth together, minor units.
    pub value: Vec<f64>,
    /// Journeys of each path that ended without an order.
    pub nulls: Vec<u64>,
    /// Whose journey each is, for intervals: journeys of one person are drawn together. Going up. Empty = every counted
    /// journey is somebody else's.
    pub cluster: Vec<u32>,
}

impl Paths {
    /// Paths of named channels, none yet.
    pub fn new(channels: Vec<String>) -> Self {
        Self { direct: direct(&channels), channels, begin: vec![0], ..Self::default() }
    }

    /// Paths of a table. Rows without a step are left out: their journeys and orders have no touch. `None` when there are
    /// more names than a table of channels can have (65,535).
    pub fn of_table(rows: &[PathRow]) -> Option<Self> {
        let mut table = Table::default();
        for row in rows {
            let counts = (row.conversions, row.value, row.nulls);
            table.add(row.steps.iter().map(String::as_str), &row.days_before, counts);
        }
        table.done()
    }

    /// Ends the path whose steps were pushed last.
    pub fn end(&mut self, conversions: u64, value: f64, nulls: u64) {
        self.begin.push(self.steps.len());
        self.conversions.push(conversions);
        self.value.push(if conversions > 0 && value.is_finite() { value } else { 0.0 });
        self.nulls.push(nulls);
    }

    /// Number of paths.
    pub fn len(&self) -> usize {
        self.conversions.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.conversions.is_empty()
    }

    /// Steps of a path.
    #[inline]
    pub fn of(&self, path: usize) -> &[u16] {
        &self.steps[self.begin[path]..self.begin[path + 1]]
    }

    /// Days before the end of the steps of a path; `None` where that is not told.
    #[inline]
    pub fn days_before(&self, path: usize) -> Option<&[f32]> {
        self.before.get(self.begin[path]..self.begin[path + 1]).filter(|_| !self.before.is_empty())
    }

    /// Journeys that ended in an order.
    pub fn total_conversions(&self) -> u64 {
        self.conversions.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Journeys that ended without.
    pub fn total_nulls(&self) -> u64 {
        self.nulls.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// What all orders were worth, minor units.
    pub fn total_value(&self) -> f64 {
        self.value.iter().sum()
    }
}

/// Paths that are read row by row, with names as the rows write them.
#[derive(Debug, Default)]
pub struct Table {
    paths: Paths,
    index: FxHashMap<String, u16>,
    untold: bool,
    too_many: bool,
}

impl Table {
    /// Adds a row: steps, days before the end of each (none = not told), and journeys with an order, the worth of these
    /// orders in minor units, and journeys without. Says whether it had a step; a row without is left out.
    pub fn add<'a>(
        &mut self,
        steps: impl Iterator<Item = &'a str>,
        days_before: &[f32],
        (conversions, value, nulls): (u64, f64, u64),
    ) -> bool {
        let paths = &mut self.paths;
        if paths.begin.is_empty() {
            paths.begin.push(0);
        }
        let from = paths.steps.len();
        for name in steps {
            let channel = self.index.get(name).copied().unwrap_or_else(|| {
                let next = u16::try_from(self.index.len()).unwrap_or(u16::MAX);
                self.too_many |= next == u16::MAX;
                self.index.insert(name.to_owned(), next);
                paths.channels.push(name.to_owned());
                next
            });
            paths.steps.push(channel);
        }
        let n = paths.steps.len() - from;
        if n > 0 {
            self.untold |= days_before.len() != n;
            paths.before.extend(days_before);
            paths.end(conversions, value, nulls);
        }
        n > 0
    }

    /// The paths; `None` when there are more names than channels can have (65,535).
    pub fn done(mut self) -> Option<Paths> {
        if self.untold {
            self.paths.before = Vec::new();
        }
        self.paths.begin.resize(self.paths.len() + 1, 0);
        self.paths.direct = direct(&self.paths.channels);
        (!self.too_many).then_some(self.paths)
    }
}

/// The channel that means that somebody came by themselves, as Cartwright and web analytics write it.
fn direct(channels: &[String]) -> Option<u16> {
    const NAMES: [&str; 4] = ["direct", "(direct)", "(direct) / (none)", "direct / none"];
    let at = channels.iter().position(|name| NAMES.contains(&name.trim().to_lowercase().as_str()))?;
    u16::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(steps: &[&str], conversions: u64, value: f64) -> PathRow {
        let steps = steps.iter().map(|s| (*s).to_owned()).collect();
        PathRow { steps, conversions, value, ..PathRow::default() }
    }

    #[test]
    fn a_table_becomes_columns() {
        let paths =
            Paths::of_table(&[row(&["A", "Direct", "A"], 2, 5.0), row(&[], 9, 9.0), row(&["Direct"], 0, 7.0)]).unwrap();
        assert_eq!(
            (paths.channels.as_slice(), paths.direct),
            (["A".to_owned(), "Direct".to_owned()].as_slice(), Some(1))
        );
        assert_eq!((paths.of(0), paths.of(1), paths.len()), ([0, 1, 0].as_slice(), [1].as_slice(), 2));
        assert_eq!((paths.total_conversions(), paths.total_value()), (2, 5.0), "value without an order is none");
        assert_eq!(paths.days_before(0), None);
    }
}
