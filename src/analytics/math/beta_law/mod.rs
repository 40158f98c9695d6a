//! The Beta distribution of a share, exact for shapes from a half to 1e9, alone and against others.
//!
//! Everything is done over the logit of the share, y = ln(x ÷ (1 − x)), counted from where its density is highest. There
//! the density is smooth and falls off at least exponentially on both sides, so that sums over evenly spaced points are
//! integrals to the last digits (the trapezoidal rule; Trefethen and Weideman 2014, "The exponentially convergent
//! trapezoidal rule", SIAM Review 56, 385–458). Between points, the Taylor series of the density is integrated. No
//! gamma function is needed, whose logarithm loses digits at large shapes.

mod pairs;

pub use pairs::best;

/// Terms of the Taylor series, an even number: points lie so dense that the next one is below the last digit.
const TERMS: usize = 14;
/// A density of e⁻³⁶ of the highest one is nothing.
const NOTHING: f64 = -36.0;

/// Probability around one point: a series in (distance from it ÷ step).
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The share of the point and its rest.
    share: (f64, f64),
    /// Density over the logit there.
    density: f64,
    /// Probability below the point and above it.
    sides: [f64; 2],
    /// Probability between the point and a place near it.
    between: [f64; TERMS],
}

/// Losses around one point, likewise.
#[derive(Debug, Clone, Copy)]
struct Lost {
    /// Mean shortfall of the share below the point, and excess above it.
    at: [f64; 2],
    /// What is added to the shortfall, and taken from the excess, near it.
    changes: [[f64; TERMS]; 2],
}

/// Σ c[k]·u^(k+1), its even and odd terms apart, so that neither waits for the other.
fn series(c: &[f64; TERMS], u: f64) -> f64 {
    let v = u * u;
    let (mut even, mut odd) = (0.0, 0.0);
    for pair in c.chunks_exact(2).rev() {
        even = even * v + pair[0];
        odd = odd * v + pair[1];
    }
    u * (even + u * odd)
}

/// The same and its slope over u.
fn series_and_slope(c: &[f64; TERMS], u: f64) -> (f64, f64) {
    let v = u * u;
    let (mut even, mut odd, mut even_slope, mut odd_slope) = (0.0, 0.0, 0.0, 0.0);
    let mut power = TERMS as f64;
    for pair in c.chunks_exact(2).rev() {
        even = even * v + pair[0];
        odd = odd * v + pair[1];
        even_slope = even_slope * v + (power - 1.0) * pair[0];
        odd_slope = odd_slope * v + power * pair[1];
        power -= 2.0;
    }
    (u * (even + u * odd), even_slope + u * odd_slope)
}

/// Of a product of two series, what one term of the first has with the second.
fn add(to: &mut [f64; 2 * TERMS], at: usize, one: f64, other: &[f64; TERMS]) {
    // Of a fixed length, which is what makes it fast.
    if let Some(window) = to.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<TERMS>()) {
        window.iter_mut().zip(other).for_each(|(to, term)| *to += one * term);
    }
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
    lost: Vec<Lost>,
}

impl BetaLaw {
    /// With `a` and `b` above zero (clamped to at least a thousandth, where a share is as good as 0 or 1).
    pub fn new(a: f64, b: f64) -> Self {
        let (a, b) = (a.max(1e-3), b.max(1e-3));
        let step = (0.5 * (1.0 / a + 1.0 / b).sqrt()).min(0.2);
        let mut law = Self {
            a,
            b,
            middle: a / (a + b),
            rest: b / (a + b),
            step,
            first: 0.0,
            scale: 1.0,
            cells: Vec::new(),
            lost: Vec::new(),
        };
        // Outwards from the middle on both sides, as far as there is anything.
        let outwards = |side: f64| {
            let place = move |k: u32| side * step * f64::from(k);
            (1..).map(place).map(|t| (t, law.log(t))).take_while(|(_, log)| *log > NOTHING).collect::<Vec<_>>()
        };
        let (mut places, right) = (outwards(-1.0), outwards(1.0));
        places.reverse();
        places.push((0.0, 0.0));
        places.extend(right);
        law.first = places.first().map_or(0.0, |(t, _)| *t);
        law.scale = 1.0 / (step * places.iter().map(|(_, log)| log.exp()).sum::<f64>());
        (law.cells, law.lost) = places.iter().map(|(t, log)| law.cell(*t, log.exp() * law.scale)).unzip();
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
        (share / rest * (self.rest / self.middle)).ln()
    }

    /// The series around a point where the density is given.
    fn cell(&self, t: f64, density: f64) -> (Cell, Lost) {
        let n = self.a + self.b;
        let (x0, q0) = self.share(t);
        let slope = {
            let e = if t < 0.0 { t.exp_m1() } else { (-t).exp_m1() };
            let whole = if t < 0.0 { -1.0 - self.middle * e } else { 1.0 + self.rest * e };
            n * self.middle * self.rest * e / whole
        };
        let h = self.step;
        let per = |k: usize| h / (k + 1) as f64;
        // x' = x·(1 − x): the share without its first term, and its slope w.
        let (mut x, mut w, mut squares) = ([0.0; TERMS], [0.0; TERMS], [0.0; 2 * TERMS]);
        for k in 0..TERMS {
            w[k] = if k == 0 { x0 * q0 } else { x[k] * (q0 - x0) - squares[k] };
            if k + 1 < TERMS {
                let term = w[k] * per(k);
                add(&mut squares, k + 1, 2.0 * term, &x);
                squares[2 * k + 2] += term * term;
                x[k + 1] = term;
            }
        }
        // f' = f·(a − n·x): the density.
        let mut growth = x.map(|term| -n * term);
        growth[0] = slope;
        let mut cell = Cell { share: (x0, q0), density, sides: [0.0; 2], between: [0.0; TERMS] };
        let mut lost = Lost { at: [0.0; 2], changes: [[0.0; TERMS]; 2] };
        let (mut f, mut grown, mut crossed) = (cell.density, [0.0; 2 * TERMS], [0.0; 2 * TERMS]);
        for k in 0..TERMS {
            cell.between[k] = f * per(k);
            add(&mut grown, k, f, &growth);
            add(&mut crossed, k + 1, cell.between[k], &w);
            f = grown[k] * per(k);
        }
        // Of the probability between, times the change of the share; the sides are added when they are known.
        for k in 0..TERMS {
            lost.changes[0][k] = crossed[k] * per(k);
            lost.changes[1][k] = w[k] * per(k);
        }
        (cell, lost)
    }

    /// Adds the cells up from both ends.
    fn add_up(&mut self) {
        for side in [0, 1] {
            let (mut outer, mut beyond) = (0.0, 0.0);
            let last = self.cells.len() - 1;
            for k in 0..=last {
                let k = if side == 0 { k } else { last - k };
                let (cell, lost) = (&mut self.cells[k], &mut self.lost[k]);
                // The edge towards the end from which is counted, and the other one.
                let (near, far) = if side == 0 { (-0.5, 0.5) } else { (0.5, -0.5) };
                let (left, right) = (series(&cell.between, near).abs(), series(&cell.between, far).abs());
                cell.sides[side] = outer + left;
                outer += left + right;
                let plain = |u: f64| series(&lost.changes[1], u).abs();
                let crossed = |u: f64| series(&lost.changes[0], u);
                let at = beyond + cell.sides[side] * plain(near) - crossed(near);
                beyond = at + cell.sides[side] * plain(far) + crossed(far);
                lost.at[side] = at;
            }
        }
        for (cell, lost) in self.cells.iter().zip(&mut self.lost) {
            let [crossed, plain] = lost.changes;
            for k in 0..TERMS {
                lost.changes[0][k] = cell.sides[0] * plain[k] + crossed[k];
                lost.changes[1][k] = -cell.sides[1] * plain[k] + crossed[k];
            }
        }
    }

    /// The cell of a place, which one it is, and the distance from its point in steps; outside, which end.
    fn find(&self, t: f64) -> Result<(&Cell, usize, f64), usize> {
        let at = (t - self.first) / self.step + 0.5;
        if at < 0.0 {
            return Err(0);
        }
        let k = at as usize;
        match self.cells.get(k) {
            Some(cell) => Ok((cell, k, at - 0.5 - k as f64)),
            None => Err(1),
        }
    }

    /// Probability below and above a place.
    fn sides_at(&self, t: f64) -> [f64; 2] {
        match self.find(t) {
            Ok((cell, _, u)) => {
                let between = series(&cell.between, u);
                [(cell.sides[0] + between).max(0.0), (cell.sides[1] - between).max(0.0)]
            }
            Err(0) => [0.0, 1.0],
            Err(_) => [1.0, 0.0],
        }
    }

    /// Probability below and above a place, and the density over the logit there.
    fn sides_and_density(&self, t: f64) -> ([f64; 2], f64) {
        match self.find(t) {
            Ok((cell, _, u)) => {
                let (between, slope) = series_and_slope(&cell.between, u);
                let sides = [(cell.sides[0] + between).max(0.0), (cell.sides[1] - between).max(0.0)];
                (sides, slope / self.step)
            }
            Err(0) => ([0.0, 1.0], 0.0),
            Err(_) => ([1.0, 0.0], 0.0),
        }
    }

    /// Mean shortfall below a place, and excess above it, whose share is given.
    fn losses_at(&self, t: f64, share: f64) -> [f64; 2] {
        match self.find(t) {
            Ok((_, k, u)) => {
                let lost = &self.lost[k];
                [0, 1].map(|side| (lost.at[side] + series(&lost.changes[side], u)).max(0.0))
            }
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
            (0.5, 500.5, 0.0001, 0.248_236_377_004_583_9, 1e-12),
            (2.0, 500.0, 0.01, 0.960_577_101_745_512_2, 1e-13),
            (26.0, 1.0, 0.99, 0.770_043_145_805_155_3, 1e-13),
            (1e4, 1e4, 0.5, 0.5, 1e-12),
            (1e6, 1e6, 0.5, 0.5, 1e-11),
            (3e5, 9.7e6, 0.0301, 0.968_012_103_557_702_2, 1e-11),
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
}
