//! The minimum of a smooth function of a few parameters: limited-memory BFGS from a start, then Newton's method.

use std::cell::RefCell;

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

use super::matrix::{Matrix, cholesky, solve};

/// A minimum inside the domain.
#[derive(Debug, Clone, Copy)]
pub struct Minimum<const N: usize> {
    /// Where it is.
    pub at: [f64; N],
    /// The value there.
    pub value: f64,
    /// Second derivatives there; positive definite.
    pub hessian: Matrix<N>,
}

/// Value and gradient at a place.
pub type Evaluation<const N: usize> = (f64, [f64; N]);

/// What argmin asks for: value and gradient come from one evaluation, so the last one is kept.
struct Problem<'a, F, const N: usize> {
    function: &'a F,
    last: RefCell<Option<([f64; N], Evaluation<N>)>>,
}

impl<F: Fn(&[f64; N]) -> Evaluation<N>, const N: usize> Problem<'_, F, N> {
    fn evaluate(&self, at: &[f64]) -> Evaluation<N> {
        let at: [f64; N] = std::array::from_fn(|i| at.get(i).copied().unwrap_or(f64::NAN));
        if let Some((_, known)) = self.last.borrow().as_ref().filter(|(place, _)| *place == at) {
            return *known;
        }
        let found = (self.function)(&at);
        self.last.replace(Some((at, found)));
        found
    }
}

impl<F: Fn(&[f64; N]) -> Evaluation<N>, const N: usize> CostFunction for Problem<'_, F, N> {
    type Param = Vec<f64>;
    type Output = f64;
    fn cost(&self, at: &Vec<f64>) -> Result<f64, Error> {
        Ok(self.evaluate(at).0)
    }
}

impl<F: Fn(&[f64; N]) -> Evaluation<N>, const N: usize> Gradient for Problem<'_, F, N> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;
    fn gradient(&self, at: &Vec<f64>) -> Result<Vec<f64>, Error> {
        Ok(self.evaluate(at).1.to_vec())
    }
}

/// The lowest place that limited-memory BFGS reaches from `start`; `None` where its line search fails at once.
pub fn descend<const N: usize>(function: &impl Fn(&[f64; N]) -> Evaluation<N>, start: [f64; N]) -> Option<[f64; N]> {
    const STEPS: u64 = 200;
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7).with_tolerance_grad(1e-6).ok()?;
    let problem = Problem { function, last: RefCell::new(None) };
    let run =
        Executor::new(problem, solver).configure(|state| state.param(start.to_vec()).max_iters(STEPS)).run().ok()?;
    let best = run.state().get_best_param()?;
    let at: [f64; N] = best.as_slice().try_into().ok()?;
    at.iter().all(|v| v.is_finite()).then_some(at)
}

/// Newton's method from near a minimum, with differences of the gradient as second derivatives. They are used for
/// several steps, since they cost as much as N steps; the first steps use those of `like`, the minimum of a
/// similar function, where there is one. `None` when it does not arrive at a minimum.
pub fn polish<const N: usize>(
    function: &impl Fn(&[f64; N]) -> Evaluation<N>,
    start: [f64; N],
    like: Option<&Minimum<N>>,
) -> Option<Minimum<N>> {
    const ROUNDS: usize = 30;
    const STEPS: usize = 8;
    let mut at = start;
    let (mut value, mut gradient) = function(&at);
    let mut known = like.map(|like| like.hessian);
    for _ in 0..ROUNDS {
        let (own, hessian) = (known.is_none(), known.take().unwrap_or_else(|| hessian(function, &at, &gradient)));
        let exact = cholesky(&hessian);
        let lower = exact.or_else(|| damped(&hessian))?;
        let (begin, mut arrived) = (at, false);
        for _ in 0..STEPS {
            let step = solve(&lower, &gradient);
            let (moved, found) = backtrack(function, &at, value, &step)?;
            (at, value, gradient) = (moved, found.0, found.1);
            arrived = exact.is_some() && largest(&step) < 1e-7;
            if arrived {
                break;
            }
        }
        let moved: [f64; N] = std::array::from_fn(|i| at[i] - begin[i]);
        if own && arrived && largest(&moved) < 1e-3 {
            return Some(Minimum { at, value, hessian });
        }
    }
    None
}

fn largest<const N: usize>(step: &[f64; N]) -> f64 {
    step.iter().fold(0.0, |most, v| f64::max(most, v.abs()))
}

/// Goes back along a step until the value does not rise; `None` for a value that is not finite.
fn backtrack<const N: usize>(
    function: &impl Fn(&[f64; N]) -> Evaluation<N>,
    at: &[f64; N],
    value: f64,
    step: &[f64; N],
) -> Option<([f64; N], Evaluation<N>)> {
    // No step of more than e² in a logarithm: second derivatives tell nothing of so far away.
    let mut share = (2.0 / largest(step)).min(1.0);
    for _ in 0..40 {
        let trial = std::array::from_fn(|i| at[i] - share * step[i]);
        let found = function(&trial);
        // Near the minimum rounding may lift the value a little.
        if found.0.is_finite() && found.0 <= value + 1e-12 * value.abs().max(1.0) {
            return Some((trial, found));
        }
        share /= 4.0;
    }
    None
}

/// Second derivatives by how the gradient changes a step away.
fn hessian<const N: usize>(
    function: &impl Fn(&[f64; N]) -> Evaluation<N>,
    at: &[f64; N],
    gradient: &[f64; N],
) -> Matrix<N> {
    const STEP: f64 = 1e-5;
    let rows: [[f64; N]; N] = std::array::from_fn(|i| {
        let mut beside = *at;
        beside[i] += STEP;
        let (_, there) = function(&beside);
        std::array::from_fn(|k| (there[k] - gradient[k]) / STEP)
    });
    std::array::from_fn(|i| std::array::from_fn(|k| (rows[i][k] + rows[k][i]) / 2.0))
}

/// The matrix with enough added to its diagonal to be positive definite.
fn damped<const N: usize>(m: &Matrix<N>) -> Option<Matrix<N>> {
    (-6..=6).find_map(|power| {
        let mut more = *m;
        for (i, row) in more.iter_mut().enumerate() {
            row[i] += 10_f64.powi(power);
        }
        cholesky(&more)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_valley_of_rosenbrock_is_walked_to_its_end() {
        let valley = |p: &[f64; 2]| {
            let [x, y] = *p;
            let (u, v) = (1.0 - x, y - x * x);
            (u * u + 100.0 * v * v, [-2.0 * u - 400.0 * x * v, 200.0 * v])
        };
        let near = descend(&valley, [-1.2, 1.0]).unwrap();
        let found = polish(&valley, near, None).unwrap();
        assert!(found.at.iter().all(|v| (v - 1.0).abs() < 1e-9), "{found:?}");
        assert!((found.hessian[0][0] - 802.0).abs() < 0.1);
        let slope = |p: &[f64; 1]| (p[0].exp(), [p[0].exp()]);
        assert!(polish(&slope, [0.0], None).is_none(), "a slope without end has no minimum");
    }
}
