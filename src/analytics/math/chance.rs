//! Chance that is the same on every computer: numbers by a seed, and draws from a few distributions.

use statrs::function::gamma::ln_gamma;

/// SplitMix64 (Steele, Lea and Flood 2014: Fast splittable pseudorandom number generators).
#[derive(Debug, Clone)]
pub struct Chance(u64);

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A number of chance for a thing.
pub fn scattered(seed: u64, thing: u64) -> u64 {
    mixed(mixed(seed.wrapping_add(GOLDEN)).wrapping_add(thing).wrapping_add(GOLDEN))
}

impl Chance {
    /// Stream number `stream` of a seed.
    pub fn new(seed: u64, stream: u64) -> Self {
        Self(scattered(seed, stream))
    }

    /// 64 bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mixed(self.0)
    }

    /// Evenly from above 0 to below 1.
    #[inline]
    pub fn even(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// From the standard normal distribution (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.even().ln()).sqrt() * (2.0 * std::f64::consts::PI * self.even()).cos()
    }

    /// From Poisson's distribution with mean 1, quickly.
    #[inline]
    pub fn poisson_1(&mut self) -> u8 {
        /// Probabilities of at most 0, 1, 2 … in 2⁻³².
        const AT_MOST: [u32; 12] = [
            1_580_030_169,
            3_160_060_337,
            3_950_075_421,
            4_213_413_783,
            4_279_248_373,
            4_292_415_291,
            4_294_609_777,
            4_294_923_276,
            4_294_962_463,
            4_294_966_817,
            4_294_967_253,
            4_294_967_292,
        ];
        let at = (self.bits() >> 32) as u32;
        AT_MOST.iter().take_while(|most| at >= **most).count() as u8
    }

    /// From Poisson's distribution: by products of even numbers, above a mean of 20 by rejection (Hörmann 1993, PTRS).
    pub fn poisson(&mut self, mean: f64) -> f64 {
        if mean <= 0.0 || !mean.is_finite() {
            return 0.0;
        }
        if mean == 1.0 {
            return f64::from(self.poisson_1());
        }
        if mean < 20.0 {
            let (least, mut product, mut n) = ((-mean).exp(), self.even(), 0.0);
            while product > least {
                product *= self.even();
                n += 1.0;
            }
            return n;
        }
        let root = mean.sqrt();
        let b = 0.931 + 2.53 * root;
        let a = -0.059 + 0.024_83 * b;
        let squeeze = 1.123_9 + 1.132_8 / (b - 3.4);
        let height = 0.927_7 - 3.622_4 / (b - 2.0);
        loop {
            let (u, v) = (self.even() - 0.5, self.even());
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
            if us >= 0.07 && v <= height {
                return k;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            if (v * squeeze / (a / (us * us) + b)).ln() <= k * mean.ln() - mean - ln_gamma(k + 1.0) {
                return k;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_their_mean_and_variance() {
        const N: usize = 200_000;
        let check = |what: &str, mean: f64, variance: f64, mut draw: Box<dyn FnMut() -> f64>| {
            let all: Vec<f64> = (0..N).map(|_| draw()).collect();
            let found = all.iter().sum::<f64>() / N as f64;
            let spread = all.iter().map(|x| (x - found).powi(2)).sum::<f64>() / N as f64;
            assert!((found - mean).abs() < 5.0 * (variance / N as f64).sqrt(), "{what}: mean {found}");
            assert!((spread / variance - 1.0).abs() < 0.03, "{what}: variance {spread}");
        };
        let chance = |stream| Chance::new(3, stream);
        let (mut a, mut b, mut c, mut d, mut e) = (chance(1), chance(2), chance(3), chance(4), chance(5));
        check("even", 0.5, 1.0 / 12.0, Box::new(move || a.even()));
        check("normal", 0.0, 1.0, Box::new(move || b.normal()));
        check("poisson 1", 1.0, 1.0, Box::new(move || f64::from(c.poisson_1())));
        check("poisson 7.5", 7.5, 7.5, Box::new(move || d.poisson(7.5)));
        check("poisson 400", 400.0, 400.0, Box::new(move || e.poisson(400.0)));
    }
}
