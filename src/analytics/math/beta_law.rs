//! The Beta distribution of a share, exact for shapes from a half to 1e9, alone and against others.
//!
//! Everything is done over the logit of the share, y = ln(x ÷ (1 − x)), counted from where its density is highest. There
//! the density is smooth and falls off at least exponentially on both sides, so that sums over evenly spaced points are
//! integrals to the last digits (the trapezoidal rule; Trefethen and Weideman 2014, "The exponentially convergent
//! trapezoidal rule", SIAM Review 56, 385–458). Between points, the Taylor series of the density is integrated. No
//! gamma function is needed, whose logarithm loses digits at large shapes.

use super::root::root;

/// Terms of the Taylor series: points lie so dense that the next one is below the last digit.
const TERMS: usize = 16;
/// A density of e⁻⁴⁵ of the highest one is nothing.
const NOTHING: f64 = -45.0;

/// Probability and loss around one point: series in (distance from it ÷ step).
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// Probability below the point and above it.
    sides: [f64; 2],
    /// Mean shortfall of the share below the point, and excess above it.
    losses: [f64; 2],
    /// Probability between the point and a place near it.
    between: [f64; TERMS],
    /// What is added to the shortfall, and taken from the excess.
    changes: [[f64; TERMS]; 2],
}

/// Σ c[k]·u^(k+1).
fn series(c: &[f64; TERMS], u: f64) -> f64 {
    c.iter().rev().fold(0.0, |sum, term| (sum + term) * u)
}

/// A Beta distribution, laid out for reading.
#[derive(Debug, Clone)]
pub struct BetaLaw {
    a: f64,
    b: f64,
    /// Share at which the density over the logit is highest, and the rest of it.
    middle: f64,
    rest: f64,
    /// Distance between points, and the first of them, counted from the middle.
    step: f64,
    first: f64,
    /// Of the density, so that it integrates to one.
    scale: f64,
    cells: Vec<Cell>,
}

impl BetaLaw {
    /// With `a` and `b` above zero (clamped to at least a thousandth, where a share is as good as 0 or 1).
    pub fn new(a: f64, b: f64) -> Self {
        let (a, b) = (a.max(1e-3), b.max(1e-3));
        let step = (0.45 * (1.0 / a + 1.0 / b).sqrt()).min(0.2);
        let mut law =
            Self { a, b, middle: a / (a + b), rest: b / (a + b), step, first: 0.0, scale: 1.0, cells: Vec::new() };
        let reach = |side: f64| (1..).take_while(|k| law.log(side * step * f64::from(*k)) > NOTHING).count() + 1;
        let (left, right) = (reach(-1.0), reach(1.0));
        law.first = -step * left as f64;
        let places: Vec<f64> = (0..=left + right).map(|k| law.first + step * k as f64).collect();
        law.scale = 1.0 / (step * places.iter().map(|t| law.log(*t).exp()).sum::<f64>());
        law.cells = places.iter().map(|t| law.cell(*t)).collect();
        law.add_up();
        law
    }

    /// Expected share.
    pub fn mean(&self) -> f64 {
        self.middle
    }

    /// The law of what is left of the share.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self::new(self.b, self.a)
    }

    /// Logarithm of the density over the logit, zero in the middle.
    fn log(&self, t: f64) -> f64 {
        // Written from the nearer end, so that nothing overflows far out.
        if t < 0.0 {
            self.a * t - (self.a + self.b) * (self.middle * t.exp_m1()).ln_1p()
        } else {
            -self.b * t - (self.a + self.b) * (self.rest * (-t).exp_m1()).ln_1p()
        }
    }

    /// Share and its rest at a distance from the middle.
    fn share(&self, t: f64) -> (f64, f64) {
        if t < 0.0 {
            let whole = 1.0 + self.middle * t.exp_m1();
            (self.middle * t.exp() / whole, self.rest / whole)
        } else {
            let whole = 1.0 + self.rest * (-t).exp_m1();
            (self.middle / whole, self.rest * (-t).exp() / whole)
        }
    }

    /// Distance from the middle of a share and its rest.
    fn place(&self, share: f64, rest: f64) -> f64 {
        let off = share - self.middle;
        if off.abs() < 0.1 * self.middle.min(self.rest) {
            (off / self.middle).ln_1p() - (-off / self.rest).ln_1p()
        } else {
            (share / self.middle).ln() - (rest / self.rest).ln()
        }
    }

    /// The series around a point.
    fn cell(&self, t: f64) -> Cell {
        let n = self.a + self.b;
        let (x0, q0) = self.share(t);
        let slope = {
            let e = if t < 0.0 { t.exp_m1() } else { (-t).exp_m1() };
            let whole = if t < 0.0 { -1.0 - self.middle * e } else { 1.0 + self.rest * e };
            n * self.middle * self.rest * e / whole
        };
        let h = self.step;
        let (mut x, mut f, mut w) = ([0.0; TERMS + 1], [0.0; TERMS + 1], [0.0; TERMS]);
        (x[0], f[0]) = (x0, self.log(t).exp() * self.scale);
        let mut cell = Cell { sides: [0.0; 2], losses: [0.0; 2], between: [0.0; TERMS], changes: [[0.0; TERMS]; 2] };
        for k in 0..TERMS {
            let (mut inner, mut grown) = (0.0, f[k] * slope);
            for i in 1..k {
                inner += x[i] * x[k - i];
            }
            for i in 0..k {
                grown -= f[i] * n * x[k - i];
            }
            w[k] = if k == 0 { x0 * q0 } else { x[k] * (q0 - x0) - inner };
            let per = h / (k + 1) as f64;
            x[k + 1] = w[k] * per;
            f[k + 1] = grown * per;
            cell.between[k] = f[k] * per;
            // Of the probability between, times the change of the share; the sides are added when they are known.
            let crossed: f64 = (0..k).map(|i| cell.between[i] * w[k - 1 - i]).sum();
            cell.changes[0][k] = crossed * per;
            cell.changes[1][k] = w[k] * per;
        }
        cell
    }

    /// Adds the cells up from both ends.
    fn add_up(&mut self) {
        for side in [0, 1] {
            let (mut outer, mut lost) = (0.0, 0.0);
            let last = self.cells.len() - 1;
            for k in 0..=last {
                let cell = &mut self.cells[if side == 0 { k } else { last - k }];
                // The edge towards the end from which is counted, and the other one.
                let (near, far) = if side == 0 { (-0.5, 0.5) } else { (0.5, -0.5) };
                let (left, right) = (series(&cell.between, near).abs(), series(&cell.between, far).abs());
                cell.sides[side] = outer + left;
                outer += left + right;
                let plain = |u: f64| series(&cell.changes[1], u).abs();
                let crossed = |u: f64| series(&cell.changes[0], u);
                cell.losses[side] = lost + cell.sides[side] * plain(near) - crossed(near);
                lost = cell.losses[side] + cell.sides[side] * plain(far) + crossed(far);
            }
        }
        for cell in &mut self.cells {
            let [crossed, plain] = cell.changes;
            for k in 0..TERMS {
                cell.changes[0][k] = cell.sides[0] * plain[k] + crossed[k];
                cell.changes[1][k] = -cell.sides[1] * plain[k] + crossed[k];
            }
        }
    }

    /// The cell of a place and the distance from its point in steps; outside, which end.
    fn find(&self, t: f64) -> Result<(&Cell, f64), usize> {
        let at = (t - self.first) / self.step;
        let k = at.round();
        if k < 0.0 {
            return Err(0);
        }
        match self.cells.get(k as usize) {
            Some(cell) => Ok((cell, at - k)),
            None => Err(1),
        }
    }

    /// Probability below and above a place.
    fn sides_at(&self, t: f64) -> [f64; 2] {
        match self.find(t) {
            Ok((cell, u)) => {
                let between = series(&cell.between, u);
                [(cell.sides[0] + between).max(0.0), (cell.sides[1] - between).max(0.0)]
            }
            Err(0) => [0.0, 1.0],
            Err(_) => [1.0, 0.0],
        }
    }

    /// Mean shortfall below a place, and excess above it, whose share is given.
    fn losses_at(&self, t: f64, share: f64) -> [f64; 2] {
        match self.find(t) {
            Ok((cell, u)) => [0, 1].map(|side| (cell.losses[side] + series(&cell.changes[side], u)).max(0.0)),
            Err(0) => [0.0, self.middle - share],
            Err(_) => [share - self.middle, 0.0],
        }
    }

    /// Probability of a share below `x`.
    pub fn below(&self, x: f64) -> f64 {
        self.sides(x)[0]
    }

    /// Probability of a share below `x` and of one above.
    pub fn sides(&self, x: f64) -> [f64; 2] {
        if x <= 0.0 {
            [0.0, 1.0]
        } else if x >= 1.0 {
            [1.0, 0.0]
        } else {
            self.sides_at(self.place(x, 1.0 - x))
        }
    }

    /// Density of the share at `x`.
    pub fn density(&self, x: f64) -> f64 {
        if x <= 0.0 || x >= 1.0 {
            return 0.0;
        }
        (self.log(self.place(x, 1.0 - x))).exp() * self.scale / (x * (1.0 - x))
    }

    /// The share below which `p` lies.
    pub fn quantile(&self, p: f64) -> f64 {
        self.quantile_of(p, 1.0 - p)
    }

    /// The share below which `p` lies and above which `rest` does.
    fn quantile_of(&self, p: f64, rest: f64) -> f64 {
        let side = usize::from(p > 0.5);
        let wanted = if side == 0 { p } else { rest };
        if wanted <= 0.0 {
            return side as f64;
        }
        // From the left, the cells whose probability below is at most `wanted` come first.
        let k = if side == 0 {
            self.cells.partition_point(|cell| cell.sides[0] <= wanted)
        } else {
            self.cells.partition_point(|cell| cell.sides[1] > wanted)
        };
        let (mut low, mut high) = (self.first + self.step * (k as f64 - 1.0), self.first + self.step * k as f64);
        let mut t = f64::midpoint(low, high);
        for _ in 0..100 {
            let excess = if side == 0 { self.sides_at(t)[0] - wanted } else { wanted - self.sides_at(t)[1] };
            if excess > 0.0 {
                high = t
            } else {
                low = t
            }
            let newton = t - excess / (self.log(t).exp() * self.scale);
            let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
            if (next - t).abs() <= 1e-14 * self.step {
                break;
            }
            t = next;
        }
        self.share(t).0
    }

    /// The middle interval that holds this probability.
    pub fn within(&self, probability: f64) -> (f64, f64) {
        let out = (1.0 - probability) / 2.0;
        (self.quantile_of(out, 1.0 - out), self.quantile_of(1.0 - out, out))
    }

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

    /// mpmath at 30 digits. statrs 0.19.1 has 0.4912 for the second and −1.147 at shapes of 1e8.
    #[test]
    fn probabilities_below_a_share_hold_to_shapes_of_a_thousand_million() {
        for (a, b, x, truth, within) in [
            (0.5, 500.5, 0.0001, 0.248_236_377_004_583_89, 1e-12),
            (2.0, 500.0, 0.01, 0.960_577_101_745_512_2, 1e-13),
            (26.0, 1.0, 0.99, 0.770_043_145_805_155_3, 1e-13),
            (1e4, 1e4, 0.5, 0.5, 1e-12),
            (1e6, 1e6, 0.5, 0.5, 1e-11),
            (3e5, 9.7e6, 0.0301, 0.968_012_103_557_702_15, 1e-11),
            (3e7, 9.7e8, 0.030_01, 0.968_103_121_447_022_3, 1e-9),
            (1e9, 1e9, 0.500_02, 0.963_180_864_979_471_6, 1e-9),
        ] {
            let law = BetaLaw::new(a, b);
            close(law.below(x), truth, within);
            close(law.quantile(truth), x, 1e-11);
            let [below, above] = law.sides(x);
            assert!((below + above - 1.0).abs() < 1e-13, "{below} {above}");
        }
    }

    /// mpmath at 30 digits: probability that the second share is above the first and below it, and what taking it loses.
    #[test]
    fn two_shares_compare_to_shapes_of_a_thousand_million() {
        for (first, second, truth, within) in [
            (
                (30_001.0, 970_001.0),
                (30_451.0, 969_551.0),
                [0.968_455_288_380_996_24, 0.031_544_711_619_003_76, 2.978_677_575_400_071_6e-6],
                1e-11,
            ),
            (
                (3e6, 97e6),
                (3.005e6, 96.995e6),
                [0.980_854_714_245_293_99, 0.019_145_285_754_706_01, 1.687_298_795_974_477_2e-7],
                1e-9,
            ),
            (
                (3e7, 9.7e8),
                (3.0005e7, 9.69995e8),
                [0.743_887_367_040_988_26, 0.256_112_632_959_011_74, 1.174_825_890_377_084_9e-6],
                1e-8,
            ),
            (
                (1e9, 1e9),
                (1.00003e9, 0.99997e9),
                [0.828_609_144_513_021_15, 0.171_390_855_486_977_9, 1.451_187_980_889_880_5e-6],
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
