//! The normal distribution, also far out where probabilities are tiny, and Student's t by it.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc;

/// Above this many degrees of freedom Student's t is had from the normal distribution: the library loses digits there.
const MANY: f64 = 1e4;

/// Density.
pub fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (2.0 * PI).sqrt()
}

/// Probability above `z`.
pub fn above(z: f64) -> f64 {
    erfc(z * FRAC_1_SQRT_2) / 2.0
}

/// Probability below `z`.
pub fn below(z: f64) -> f64 {
    above(-z)
}

/// The logarithm of the probability above `z`, also where the probability itself is too small for a number.
pub fn ln_above(z: f64) -> f64 {
    if z < 25.0 {
        return above(z).ln();
    }
    // Abramowitz & Stegun 26.2.12.
    let w = 1.0 / (z * z);
    let series = 1.0 - w * (1.0 - w * (3.0 - w * (15.0 - w * (105.0 - w * 945.0))));
    -z * z / 2.0 - (z * (2.0 * PI).sqrt()).ln() + series.ln()
}

/// The value below which `p` lies.
pub fn quantile(p: f64) -> f64 {
    // From the nearer end, where digits are.
    if p > 0.5 { -Normal::standard().inverse_cdf(1.0 - p) } else { Normal::standard().inverse_cdf(p) }
}

/// The value that is exceeded in either direction with probability `p`.
pub fn two_sided(p: f64) -> f64 {
    -Normal::standard().inverse_cdf(p / 2.0)
}

/// The mean of what a normal value with mean `z` and deviation 1 has above zero: E[max(Z, 0)].
pub fn mean_above_zero(z: f64) -> f64 {
    if z > -6.0 {
        return density(z) + z * below(z);
    }
    // φ(z) + zΦ(z) loses its digits; from the series of Φ (Abramowitz & Stegun 26.2.12).
    let w = 1.0 / (z * z);
    density(z) * w * (1.0 - w * (3.0 - w * (15.0 - w * (105.0 - w * (945.0 - w * 10_395.0)))))
}

/// Probability that Student's t exceeds `t` in either direction.
///
/// Above 10,000 degrees of freedom by G. W. Hill (1970), "Algorithm 395: Student's t-distribution", Communications of the
/// ACM 13, 617–619.
pub fn student_two_sided(t: f64, freedom: f64) -> f64 {
    let square = t * t;
    if freedom < MANY {
        return if square == 0.0 { 1.0 } else { beta_reg(freedom / 2.0, 0.5, freedom / (freedom + square)) };
    }
    2.0 * above(as_normal(square, freedom))
}

/// The normal value that is as far out as Student's t of this square.
fn as_normal(square: f64, freedom: f64) -> f64 {
    if freedom.is_infinite() {
        return square.sqrt();
    }
    let a = freedom - 0.5;
    let b = 48.0 * a * a;
    let y = a * (square / freedom).ln_1p();
    let tail = (((-0.4 * y - 3.3) * y - 24.0) * y - 85.5) / (0.8 * y * y + 100.0 + b);
    ((tail + y + 3.0) / b + 1.0) * y.sqrt()
}

/// The value that Student's t exceeds in either direction with probability `p`.
pub fn student_quantile(p: f64, freedom: f64) -> f64 {
    let z = two_sided(p);
    // Cornish and Fisher's expansion (Abramowitz & Stegun 26.7.5), polished by Newton's method where it is coarse.
    let (s, n) = (z * z, freedom);
    let first = z * (s + 1.0) / 4.0;
    let second = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let third = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let fourth = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
    let t = z + first / n + second / (n * n) + third / n.powi(3) + fourth / n.powi(4);
    if freedom >= MANY { t } else { halved(p, freedom, t) }
}

/// The quantile near `start`, by Newton's method within bounds that close.
fn halved(p: f64, freedom: f64, start: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, f64::INFINITY);
    let mut t = start.abs();
    let scale = beta_scale(freedom);
    for _ in 0..80 {
        let excess = student_two_sided(t, freedom) - p;
        if excess > 0.0 {
            low = t
        } else {
            high = t
        }
        let slope = 2.0 * scale * (-(freedom + 1.0) / 2.0 * (t * t / freedom).ln_1p()).exp();
        let next = t + excess / slope;
        let next = if next > low && next < high {
            next
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            2.0 * t + 1.0
        };
        if (next - t).abs() <= 1e-15 * t {
            return next;
        }
        t = next;
    }
    t
}

/// Density of Student's t at zero.
fn beta_scale(freedom: f64) -> f64 {
    use statrs::function::gamma::ln_gamma;
    (ln_gamma((freedom + 1.0) / 2.0) - ln_gamma(freedom / 2.0)).exp() / (freedom * PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, truth: f64, within: f64) {
        assert!((found / truth - 1.0).abs() < within, "{found} is not {truth}");
    }

    /// mpmath at 50 digits.
    #[test]
    fn tails_keep_their_digits() {
        close(2.0 * above(22.486_040_827_192_82), 5.685_165_482_802_552e-112, 1e-9);
        close(ln_above(40.0), -804.608_442_013_753_8, 1e-13);
        close(ln_above(24.9), -314.140_412_761_613_2, 1e-12);
        close(quantile(0.975), 1.959_963_984_540_054, 1e-15);
        close(two_sided(1e-20), 9.336_044_849_234_06, 1e-12);
        close(mean_above_zero(-5.0), 5.346_165_533_832_815e-8, 1e-8);
        close(mean_above_zero(-8.0), 7.550_262_411_946_499e-17, 1e-5);
        close(mean_above_zero(-30.0), 1.631_956_734_091_4e-199, 1e-10);
    }

    /// mpmath at 40 digits, the last two SciPy 1.17 (`stats.t`); statrs 0.19.1 gives 1.95985 and 1.82656 for these.
    #[test]
    fn students_t_has_its_quantiles_at_every_freedom() {
        for (freedom, truth) in [
            (1.0, 12.706_204_736_174_705),
            (2.94, 3.219_506_066_349_278),
            (30.0, 2.042_272_456_301_238),
            (999.0, 1.962_341_461_133_45),
            (10_000.0, 1.960_201_239_890_626_3),
            (1e6, 1.959_966_356_814_107_2),
            (1e7, 1.959_964_221_767_205_5),
        ] {
            close(student_quantile(0.05, freedom), truth, 1e-11);
            close(student_two_sided(truth, freedom), 0.05, 1e-9);
        }
        close(student_quantile(1e-6, 2.94), 141.128_550_512_981_6, 1e-10);
        close(student_quantile(1e-6, 30.0), 6.119_075_620_384_217, 1e-10);
        close(student_two_sided(25.0, 2e4), 7.419_403_324_771_886e-136, 1e-8);
        close(student_two_sided(12.0, 12_000.0), 5.486_560_767_818_358e-33, 1e-8);
    }
}
