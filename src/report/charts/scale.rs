//! Round steps of an axis, and values as charts print them.

use super::super::document::ChartUnit;

/// Beyond this nothing can be drawn to scale any more.
const MOST: f64 = 1e300;

/// An axis from its lowest to its highest step.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// An axis of about so many steps that holds all values. It holds zero too, unless it need not and the values lie far
    /// from it.
    pub fn over(values: impl Iterator<Item = f64>, needs_zero: bool, steps: f64) -> Self {
        let (mut low, mut high) =
            values.map(|v| v.clamp(-MOST, MOST)).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if needs_zero || low < 0.7 * high {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low == high {
            high = if high == 0.0 { 1.0 } else { high + high.abs() };
            low = low.min(0.0);
        }
        let step = round_step((high - low) / steps);
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// Where a value lies from the lowest to the highest step, 0–1.
    pub fn at(&self, value: f64) -> f64 {
        ((value.clamp(-MOST, MOST) - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The level that bars stand on.
    pub fn base(&self) -> f64 {
        0.0_f64.clamp(self.low, self.high)
    }

    /// Whether the axis has a zero.
    pub fn has_zero(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// The steps, lowest first.
    pub fn steps(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(1.0, 20.0) as usize;
        // No "−0" from rounding.
        (0..=count).map(|at| self.low + at as f64 * self.step + 0.0).collect()
    }

    /// A step for people.
    pub fn step_text(&self, value: f64, unit: &ChartUnit) -> String {
        let value = if value.abs() < self.step / 1e6 { 0.0 } else { value };
        let most = self.high.abs().max(self.low.abs());
        let (size, suffix) = match unit {
            ChartUnit::Share => (0.01, "%"),
            _ => magnitude(most),
        };
        if suffix.is_empty() && most >= 1e15 {
            return signed(format!("{value:.0e}"));
        }
        if value == 0.0 && suffix != "%" {
            return "0".into();
        }
        let step = self.step / size;
        let decimals = (0..6).find(|&d| is_whole(step * 10_f64.powi(d))).unwrap_or(6) as usize;
        signed(grouped(&format!("{:.decimals$}", value / size))) + suffix
    }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6 * value.abs().max(1.0)
}

/// The next of 1, 2, 2.5, 5 and their tens.
fn round_step(rough: f64) -> f64 {
    let ten = 10_f64.powf(rough.log10().floor());
    let known = [1.0, 2.0, 2.5, 5.0].into_iter().map(|part| part * ten).find(|step| *step >= rough * (1.0 - 1e-9));
    known.unwrap_or(10.0 * ten)
}

/// What large amounts are counted in.
fn magnitude(most: f64) -> (f64, &'static str) {
    match most {
        most if most >= 1e15 => (1.0, ""),
        most if most >= 1e9 => (1e9, "bn"),
        most if most >= 1e6 => (1e6, "M"),
        most if most >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    }
}

/// A value at its bar or line.
pub fn value_text(value: f64, unit: &ChartUnit) -> String {
    let most = value.abs();
    match unit {
        ChartUnit::Share => signed(format!("{:.1}", value * 100.0)) + "%",
        _ if most >= 1e15 => signed(format!("{value:.1e}")),
        _ if most >= 1e7 => {
            let (size, suffix) = magnitude(most);
            signed(grouped(&format!("{:.1}", value / size))) + suffix
        }
        ChartUnit::Money(_) if most < 1000.0 => signed(format!("{value:.2}")),
        ChartUnit::Money(_) => signed(grouped(&format!("{value:.0}"))),
        ChartUnit::Number(_) if is_whole(value) || most >= 1000.0 => signed(grouped(&format!("{value:.0}"))),
        ChartUnit::Number(_) => {
            let text = format!("{value:.2}");
            signed(text.trim_end_matches('0').trim_end_matches('.').to_owned())
        }
    }
}

/// What values are, above them; shares say it themselves.
pub fn unit_text(unit: &ChartUnit) -> &str {
    match unit {
        ChartUnit::Money(code) => code,
        ChartUnit::Number(what) => what,
        ChartUnit::Share => "",
    }
}

/// With a real minus, and none before nothing.
fn signed(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| matches!(c, '0' | '.')) => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

/// With commas between thousands.
fn grouped(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut out = sign.to_owned();
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(values: &[f64], unit: &ChartUnit) -> Vec<String> {
        let scale = Scale::over(values.iter().copied(), true, 5.0);
        scale.steps().into_iter().map(|step| scale.step_text(step, unit)).collect()
    }

    #[test]
    fn axes_have_round_steps() {
        let usd = ChartUnit::Money("USD".into());
        assert_eq!(steps(&[46_854.0, 12_000.0], &usd), ["0", "10k", "20k", "30k", "40k", "50k"]);
        assert_eq!(steps(&[0.414, 0.05], &ChartUnit::Share), ["0%", "10%", "20%", "30%", "40%", "50%"]);
        assert_eq!(
            steps(&[-3.0, 9.0], &ChartUnit::Number("x".into())),
            ["−5.0", "−2.5", "0", "2.5", "5.0", "7.5", "10.0"]
        );
    }

    #[test]
    fn all_zero_one_value_and_absurd_values_have_an_axis() {
        for values in [&[0.0, 0.0][..], &[], &[7.0], &[-7.0], &[1e308, -1e308], &[1e-12], &[f64::MIN_POSITIVE]] {
            let scale = Scale::over(values.iter().copied(), true, 5.0);
            assert!(values.iter().all(|v| (0.0..=1.0).contains(&scale.at(*v))), "{values:?} {scale:?}");
            assert!(scale.steps().iter().all(|step| step.is_finite()), "{values:?}");
            assert!(!scale.steps().iter().any(|s| scale.step_text(*s, &ChartUnit::Share).contains("NaN")));
        }
    }

    #[test]
    fn values_are_written_for_people() {
        let usd = ChartUnit::Money("USD".into());
        assert_eq!(value_text(-1_234.5, &usd), "−1,234");
        assert_eq!(value_text(12.5, &usd), "12.50");
        assert_eq!(value_text(12_300_000.0, &usd), "12.3M");
        assert_eq!(value_text(-0.00001, &ChartUnit::Share), "0.0%");
        assert_eq!(value_text(2.5, &ChartUnit::Number("x".into())), "2.5");
        assert_eq!(value_text(1e20, &usd), "1.0e20");
    }
}
