//! Where a function crosses zero.

/// Where a function that is below zero at `low` and above it at `high`, or the reverse, crosses zero.
///
/// T. R. Chandrupatla (1997), "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
/// without using derivatives", Advances in Engineering Software 28, 145–149.
pub fn root(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    root_within(low, high, 0.0, f)
}

/// The same to within so much, or to the last digits.
pub fn root_within(low: f64, high: f64, off: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    let mut at = 0.5;
    for _ in 0..200 {
        let x = a + at * (b - a);
        let fx = f(x);
        let (c, fc);
        if (fx > 0.0) == (fa > 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, fx);
        let (best, f_best) = if fa.abs() < fb.abs() { (a, fa) } else { (b, fb) };
        let close = (2e-16 * best.abs() + 1e-18 + off / 2.0) / (b - a).abs();
        if f_best == 0.0 || close > 0.5 {
            return best;
        }
        let (xi, phi) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
        at = if phi * phi < xi && (1.0 - phi).powi(2) < 1.0 - xi {
            fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        } else {
            0.5
        };
        at = at.clamp(close, 1.0 - close);
    }
    a
}

/// Where an increasing function crosses zero, of which value and slope are known, near `start`: Newton's method within
/// bounds that close, until a step is shorter than `step` (the next one would be its square).
pub fn newton(start: f64, (mut low, mut high): (f64, f64), step: f64, f: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = start.clamp(low, high);
    for _ in 0..100 {
        let (value, slope) = f(x);
        if value > 0.0 {
            high = x
        } else {
            low = x
        }
        let next = x - value / slope;
        if (next - x).abs() <= step {
            return next;
        }
        x = if next > low && next < high { next } else { f64::midpoint(low, high) };
        if high - low <= step {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_found_to_the_last_digits() {
        assert!((root(0.0, 2.0, |x| x * x - 2.0) - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((newton(3.0, (0.0, 9.0), 1e-6, |x| (x * x - 2.0, 2.0 * x)) - 2.0_f64.sqrt()).abs() < 1e-11);
        assert!((newton(8.0, (-9.0, 9.0), 1e-6, |x| (x.atan(), 1.0 / (1.0 + x * x)))).abs() < 1e-11);
        assert!((root(0.0, 9.0, |x| 1.0 - x.exp() / 7.0) - 7.0_f64.ln()).abs() < 1e-14);
    }
}
