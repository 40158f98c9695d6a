//! Shares against each other: which is larger, by how much, and what is lost by the wrong one.

use super::BetaLaw;
use crate::analytics::math::root::root;

impl BetaLaw {
    /// Points over this law as dense as `step`: place, share, its rest and the probability it stands for.
    fn points(&self, step: f64) -> impl Iterator<Item = (f64, f64, f64, f64)> + '_ {
        let finer = (self.step / step).ceil().max(1.0);
        let step = self.step / finer;
        let count = self.cells.len().saturating_sub(1) as f64 * finer;
        (0..=count as usize).map(move |k| {
            let t = self.first + step * k as f64;
            let (share, rest) = self.share(t);
            (t, share, rest, self.log(t).exp() * self.scale * step)
        })
    }

    /// How much further from the middle of `other` the same share is.
    fn shift_to(&self, other: &Self) -> f64 {
        (self.middle / other.middle * (other.rest / self.rest)).ln()
    }

    /// Probability that this share is above the other one, and below it.
    pub fn against(&self, other: &Self) -> [f64; 2] {
        if self.step > other.step {
            let [above, below] = other.against(self);
            return [below, above];
        }
        let shift = self.shift_to(other);
        let mut sums = [0.0; 2];
        for (t, _, _, mass) in self.points(self.step) {
            let [under, over] = other.sides_at(t + shift);
            sums[0] += mass * under;
            sums[1] += mass * over;
        }
        sums
    }

    /// By how much the other share is above this one where it is (what taking this one loses), and the reverse.
    pub fn losses(&self, other: &Self) -> [f64; 2] {
        if self.step > other.step {
            let [theirs, ours] = other.losses(self);
            return [ours, theirs];
        }
        let shift = self.shift_to(other);
        let mut sums = [0.0; 2];
        for (t, share, _, mass) in self.points(self.step) {
            let [under, over] = other.losses_at(t + shift, share);
            sums[0] += mass * over;
            sums[1] += mass * under;
        }
        sums
    }

    /// Probability that this share less the other one is at most `d`.
    pub fn difference_below(&self, other: &Self, d: f64) -> f64 {
        if d < 0.0 {
            return 1.0 - other.difference_below(self, -d);
        }
        if d >= 1.0 {
            return 1.0;
        }
        let under: f64 = self.over_difference(other, d).map(|(mass, t, _)| mass * self.sides_at(t)[0]).sum();
        (other.sides(1.0 - d)[1] + under).min(1.0)
    }

    /// Density of the difference of this share and the other one at `d`.
    pub fn difference_density(&self, other: &Self, d: f64) -> f64 {
        if d < 0.0 {
            return other.difference_density(self, -d);
        }
        if d >= 1.0 {
            return 0.0;
        }
        let each = |(mass, t, product): (f64, f64, f64)| mass * self.log(t).exp() * self.scale / product;
        self.over_difference(other, d).map(each).sum()
    }

    /// Points over the other share within 0 to 1 − d (d from zero on), by the logit of its part of that, so that both
    /// ends stay smooth: probability, the place of the share d above it in this law, and that share times its rest.
    fn over_difference<'a>(&'a self, other: &'a Self, d: f64) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
        let room = 1.0 - d;
        let step = self.step.min(other.step);
        let (low, _) = other.share(other.first);
        let (high, _) = other.share(other.first + other.step * (other.cells.len() - 1) as f64);
        let logit = |x: f64| if x < room { (x / (room - x)).ln().min(45.0) } else { 45.0 };
        let (from, to) = (logit(low), logit(high));
        (0..=((to - from) / step).ceil().max(0.0) as usize).map(move |k| {
            let v = from + step * k as f64;
            let (part, left) = (1.0 / (1.0 + (-v).exp()), 1.0 / (1.0 + v.exp()));
            let (x, rest) = (room * part, d + room * left);
            // dx = room·part·left·dv, and the density over the logit is x·(1 − x) times that over the share.
            let mass = other.log(other.place(x, rest)).exp() * other.scale * left / rest * step;
            (mass, self.place(x + d, room * left), (x + d) * room * left)
        })
    }

    /// Probability that this share is at most `ratio` times the other one.
    pub fn ratio_below(&self, other: &Self, ratio: f64) -> f64 {
        let step = self.step.min(other.step);
        if ratio <= 1.0 {
            let at = |x: f64, rest: f64| self.place(ratio * x, rest + (1.0 - ratio) * x);
            other.points(step).map(|(_, x, rest, mass)| mass * self.sides_at(at(x, rest))[0]).sum::<f64>().min(1.0)
        } else {
            let part = 1.0 / ratio;
            let at = |x: f64, rest: f64| other.place(part * x, rest + (1.0 - part) * x);
            self.points(step).map(|(_, x, rest, mass)| mass * other.sides_at(at(x, rest))[1]).sum::<f64>().min(1.0)
        }
    }

    /// The difference to the other share below which `p` lies.
    pub fn difference_quantile(&self, other: &Self, p: f64) -> f64 {
        root(-1.0, 1.0, |d| self.difference_below(other, d) - p)
    }

    /// The ratio to the other share below which `p` lies.
    pub fn ratio_quantile(&self, other: &Self, p: f64) -> f64 {
        // A share of 1 over one at the far end of the other: no ratio is larger.
        let far = (other.share(other.first).0.max(1e-300)).ln();
        root(self.share(self.first).0.max(1e-300).ln(), -far, |log| self.ratio_below(other, log.exp()) - p).exp()
    }
}

/// Probability of each of several shares to be the largest, and by how much each falls short of the largest on average.
pub fn best(laws: &[BetaLaw]) -> (Vec<f64>, Vec<f64>) {
    let step = laws.iter().map(|law| law.step).fold(f64::INFINITY, f64::min);
    let chances = laws.iter().enumerate().map(|(i, law)| {
        let others: Vec<(&BetaLaw, f64)> =
            laws.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, l)| (l, law.shift_to(l))).collect();
        let all_below = |t: f64| others.iter().map(|(l, shift)| l.sides_at(t + shift)[0]).product::<f64>();
        law.points(step).map(|(t, _, _, mass)| mass * all_below(t)).sum()
    });
    (chances.collect(), shortfalls(laws, step))
}

/// E[largest] − E[each] = ∫ F(x)·(1 − ∏ of the others' F(x)) dx, over the logit.
fn shortfalls(laws: &[BetaLaw], step: f64) -> Vec<f64> {
    let Some(base) = laws.first() else { return Vec::new() };
    let ends = |law: &BetaLaw| {
        let shift = base.shift_to(law);
        (law.first - shift, law.first + law.step * (law.cells.len() - 1) as f64 - shift)
    };
    let low = laws.iter().map(|law| ends(law).0).fold(f64::INFINITY, f64::min);
    let high = laws.iter().map(|law| ends(law).1).fold(f64::NEG_INFINITY, f64::max);
    let shifts: Vec<f64> = laws.iter().map(|law| base.shift_to(law)).collect();
    let mut sums = vec![0.0; laws.len()];
    for k in 0..=((high - low) / step).ceil() as usize {
        let t = low + step * k as f64;
        let (x, rest) = base.share(t);
        let at: Vec<[f64; 2]> = laws.iter().zip(&shifts).map(|(law, shift)| law.sides_at(t + shift)).collect();
        for (i, sum) in sums.iter_mut().enumerate() {
            // 1 − ∏(1 − s) without losing small s.
            let some_above = at.iter().enumerate().filter(|(j, _)| *j != i).fold(0.0, |u, (_, s)| u + (1.0 - u) * s[1]);
            *sum += at[i][0] * some_above * x * rest * step;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, truth: f64, within: f64) {
        assert!((found / truth - 1.0).abs() < within, "{found} is not {truth}");
    }

    /// mpmath at 30 digits: probability that the second share is above the first and below it, and what taking it loses.
    #[test]
    fn two_shares_compare_to_shapes_of_a_thousand_million() {
        for (first, second, truth, within) in [
            (
                (30_001.0, 970_001.0),
                (30_451.0, 969_551.0),
                [0.968_455_288_380_996_3, 0.031_544_711_619_003_76, 2.978_677_575_400_071_6e-6],
                1e-11,
            ),
            (
                (3e6, 97e6),
                (3.005e6, 96.995e6),
                [0.980_854_714_245_294, 0.019_145_285_754_706_01, 1.687_298_795_974_477_2e-7],
                1e-9,
            ),
            (
                (3e7, 9.7e8),
                (3.0005e7, 9.69995e8),
                [0.743_887_367_040_988_2, 0.256_112_632_959_011_74, 1.174_825_890_377_085e-6],
                1e-8,
            ),
            (
                (1e9, 1e9),
                (1.00003e9, 0.99997e9),
                [0.828_609_144_513_021_1, 0.171_390_855_486_977_9, 1.451_187_980_889_880_5e-6],
                1e-8,
            ),
        ] {
            let (a, b) = (BetaLaw::new(first.0, first.1), BetaLaw::new(second.0, second.1));
            let [above, below] = b.against(&a);
            close(above, truth[0], within);
            close(below, truth[1], within);
            close(b.losses(&a)[0], truth[2], within);
            close(b.losses(&a)[1] - truth[2], b.mean() - a.mean(), 1e-7);
        }
    }

    /// One is known a hundred thousand times better: P(U < x) = x, and E[max(U − x, 0)] = (1 − x)² ÷ 2.
    #[test]
    fn shares_of_very_different_width_compare() {
        let (flat, sharp) = (BetaLaw::new(1.0, 1.0), BetaLaw::new(3e8, 7e8));
        close(sharp.against(&flat)[0], 0.3, 1e-12);
        close(sharp.losses(&flat)[0], 0.245, 1e-9);
        close(flat.losses(&sharp)[1], 0.245, 1e-9);
        // The difference of two that are known nothing of is a triangle.
        for d in [-0.9, -0.3, 0.0, 0.2, 0.7] {
            let truth = if d < 0.0 { (1.0_f64 + d).powi(2) / 2.0 } else { 1.0 - (1.0_f64 - d).powi(2) / 2.0 };
            close(flat.difference_below(&flat, d), truth, 1e-11);
        }
        close(flat.difference_density(&flat, -0.3), 0.7, 1e-11);
        close(flat.ratio_below(&flat, 0.5), 0.25, 1e-12);
        close(flat.ratio_quantile(&flat, 0.75), 2.0, 1e-12);
    }

    #[test]
    fn the_best_of_two_is_the_comparison_of_two() {
        let (a, b) = (BetaLaw::new(11.0, 91.0), BetaLaw::new(18.0, 80.0));
        let [above, below] = b.against(&a);
        let [loses, _] = b.losses(&a);
        let (chances, shortfalls) = best(&[a, b]);
        close(chances[1], above, 1e-13);
        close(chances[0], below, 1e-13);
        close(shortfalls[1], loses, 1e-11);
    }
}
