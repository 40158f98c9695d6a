//! Shares against each other: which is larger, by how much, and what is lost by the wrong one.

use super::BetaLaw;
use crate::analytics::math::normal::{density, quantile};
use crate::analytics::math::root::newton;

impl BetaLaw {
    /// Points over this law about as dense as `step`: place, share, its rest and the probability it stands for. Sums over
    /// steps wider by a quarter than those of the sharper law are still exact.
    fn points(&self, step: f64) -> impl Iterator<Item = (f64, f64, f64, f64)> + '_ {
        let finer = (self.step / step - 0.25).ceil().max(1.0);
        let step = self.step / finer;
        let count = self.cells.len().saturating_sub(1) as f64 * finer;
        (0..=count as usize).map(move |k| {
            let t = self.first + step * k as f64;
            if finer == 1.0 {
                let cell = &self.cells[k];
                return (t, cell.share.0, cell.share.1, cell.density * step);
            }
            let (share, rest) = self.share(t);
            (t, share, rest, self.log(t).exp() * self.scale * step)
        })
    }

    /// First and last share that is laid out, each with its rest.
    fn ends(&self) -> [(f64, f64); 2] {
        [self.first, self.first + self.step * (self.cells.len() - 1) as f64].map(|t| self.share(t))
    }

    /// How much further from the middle of `other` the same share is.
    fn shift_to(&self, other: &Self) -> f64 {
        (self.middle / self.rest * (other.rest / other.middle)).ln()
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

    /// Probability that this share less the other one is at most `d`, and the density of the difference there.
    pub fn difference(&self, other: &Self, d: f64) -> (f64, f64) {
        if d < 0.0 {
            let (below, density) = other.difference(self, -d);
            return (1.0 - below, density);
        }
        if d >= 1.0 {
            return (1.0, 0.0);
        }
        let step = self.step.min(other.step);
        // Over the sharper one, unless the difference leaves what a share can be.
        if self.step < other.step && self.ends()[0].0 > d {
            return self.cells.iter().fold((0.0, 0.0), |sum, cell| {
                let (x, rest) = (cell.share.0 - d, cell.share.1 + d);
                let (sides, height) = other.sides_and_density(other.place(x, rest));
                let mass = cell.density * step;
                (sum.0 + mass * sides[1], sum.1 + mass * height / (x * rest))
            });
        }
        let (mut below, mut density) = (other.sides(1.0 - d)[1], 0.0);
        let mut add = |mass: f64, x: f64, rest: f64| {
            let (sides, height) = self.sides_and_density(self.place(x, rest));
            below += mass * sides[0];
            density += mass * height / (x * rest);
        };
        let [low, high] = other.ends();
        if high.1 > d {
            other.points(step).for_each(|(_, x, rest, mass)| add(mass, x + d, rest - d));
            return (below.min(1.0), density);
        }
        // The difference can leave what a share can be. Over the other share within 0 to 1 − d, by the logit v of its part
        // of that, both ends stay smooth.
        let room = 1.0 - d;
        let logit = |x: f64| if x < room { (x / (room - x)).ln().min(45.0) } else { 45.0 };
        let (from, to) = (logit(low.0), logit(high.0));
        for k in 0..=((to - from) / step).ceil().max(0.0) as usize {
            let v = from + step * k as f64;
            let (part, left) = (1.0 / (1.0 + (-v).exp()), 1.0 / (1.0 + v.exp()));
            let (x, rest) = (room * part, d + room * left);
            // dx = room·part·left·dv, and the density over the logit is x·(1 − x) times that over the share.
            let mass = other.log(other.place(x, rest)).exp() * other.scale * left / rest * step;
            add(mass, x + d, room * left);
        }
        (below.min(1.0), density)
    }

    /// The density of the difference of this share and the other one at `d`, to five digits: for pictures.
    pub fn difference_density(&self, other: &Self, d: f64) -> f64 {
        if d < 0.0 {
            return other.difference_density(self, -d);
        }
        // Every second point of the sharper one is enough here.
        let places = |over: &Self, of: &Self, d: f64| {
            let each = over.cells.iter().step_by(2).map(|cell| {
                let (x, rest) = (cell.share.0 + d, cell.share.1 - d);
                cell.density * of.sides_and_density(of.place(x, rest)).1 / (x * rest)
            });
            each.sum::<f64>() * 2.0 * over.step
        };
        if self.step < other.step && self.ends()[0].0 > d {
            places(self, other, -d)
        } else if self.step >= other.step && other.ends()[1].1 > d {
            places(other, self, d)
        } else {
            self.difference(other, d).1
        }
    }

    /// Probability that this share is at most `ratio` times the other one, and the density of the logarithm of the ratio
    /// there.
    pub fn ratio(&self, other: &Self, ratio: f64) -> (f64, f64) {
        let step = self.step.min(other.step);
        // Over the one of which no more than the whole is asked of the other.
        let (over, of, part, side) = if ratio <= 1.0 { (other, self, ratio, 0) } else { (self, other, 1.0 / ratio, 1) };
        let (mut below, mut density) = (0.0, 0.0);
        for (_, x, rest, mass) in over.points(step) {
            let rest = rest + (1.0 - part) * x;
            let (sides, height) = of.sides_and_density(of.place(part * x, rest));
            below += mass * sides[side];
            density += mass * height / rest;
        }
        (below.min(1.0), density)
    }

    /// Variance of the share.
    fn variance(&self) -> f64 {
        self.middle * self.rest / (self.a + self.b + 1.0)
    }

    /// The difference to the other share below which `p` lies.
    pub fn difference_quantile(&self, other: &Self, p: f64) -> f64 {
        let spread = (self.variance() + other.variance()).sqrt();
        quantile_near(p, self.middle - other.middle, spread, (-1.0, 1.0), |d| self.difference(other, d))
    }

    /// The ratio to the other share below which `p` lies.
    pub fn ratio_quantile(&self, other: &Self, p: f64) -> f64 {
        // A share of 1 over one at the far end of the other: no ratio is larger.
        let far = -other.share(other.first).0.max(1e-300).ln();
        let near = self.share(self.first).0.max(1e-300).ln();
        let middle = (self.middle / other.middle).ln();
        let spread = (self.variance().sqrt() / self.middle).hypot(other.variance().sqrt() / other.middle).min(2.0);
        quantile_near(p, middle, spread, (near, far), |log| self.ratio(other, log.exp())).exp()
    }
}

/// Where a distribution function, given with its density, is `p`: by Newton's method on the normal value of the
/// probability, which is nearly a straight line where the distribution is nearly normal.
fn quantile_near(p: f64, middle: f64, spread: f64, within: (f64, f64), f: impl Fn(f64) -> (f64, f64)) -> f64 {
    let wanted = quantile(p);
    newton(middle + wanted * spread, within, 1e-5 * spread, |x| {
        let (below, height) = f(x);
        let z = quantile(below.clamp(1e-300, 1.0 - 1e-16));
        (z - wanted, height / density(z))
    })
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
            close(flat.difference(&flat, d).0, truth, 1e-11);
        }
        close(flat.difference(&flat, -0.3).1, 0.7, 1e-11);
        close(flat.ratio(&flat, 0.5).0, 0.25, 1e-12);
        close(flat.ratio_quantile(&flat, 0.75), 2.0, 1e-10);
    }

    #[test]
    fn the_best_of_two_is_the_comparison_of_two() {
        let (a, b) = (BetaLaw::new(11.0, 91.0), BetaLaw::new(18.0, 80.0));
        let [above, below] = b.against(&a);
        let [loses, _] = b.losses(&a);
        let (chances, shortfalls) = best(&[a, b]);
        close(chances[1], above, 1e-11);
        close(chances[0], below, 1e-11);
        close(shortfalls[1], loses, 1e-11);
    }
}
