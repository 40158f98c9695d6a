//! Small symmetric matrices, such as the covariance of a handful of parameters.

/// A square matrix by rows.
pub type Matrix<const N: usize> = [[f64; N]; N];

/// The lower triangle L with L·Lᵀ = `m`; `None` unless `m` is positive definite beyond rounding.
pub fn cholesky<const N: usize>(m: &Matrix<N>) -> Option<Matrix<N>> {
    let mut lower = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let rest = m[i][j] - (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            if i != j {
                lower[i][j] = rest / lower[j][j];
            } else if rest > 1e-13 * m[i][i].abs() {
                lower[i][i] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    Some(lower)
}

/// The solution x of L·Lᵀ·x = `right`, for a result of [`cholesky`].
pub fn solve<const N: usize>(lower: &Matrix<N>, right: &[f64; N]) -> [f64; N] {
    let mut x = *right;
    for i in 0..N {
        x[i] = (x[i] - (0..i).map(|k| lower[i][k] * x[k]).sum::<f64>()) / lower[i][i];
    }
    for i in (0..N).rev() {
        x[i] = (x[i] - (i + 1..N).map(|k| lower[k][i] * x[k]).sum::<f64>()) / lower[i][i];
    }
    x
}

/// The inverse of a symmetric positive definite matrix; `None` for any other.
pub fn inverse<const N: usize>(m: &Matrix<N>) -> Option<Matrix<N>> {
    let lower = cholesky(m)?;
    Some(std::array::from_fn(|i| solve(&lower, &std::array::from_fn(|k| f64::from(u8::from(i == k))))))
}

/// xᵀ·`m`·x: the variance of a sum weighted by x, where `m` is the covariance.
pub fn quadratic_form<const N: usize>(m: &Matrix<N>, x: &[f64; N]) -> f64 {
    (0..N).map(|i| x[i] * (0..N).map(|k| m[i][k] * x[k]).sum::<f64>()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_undoes_its_matrix() {
        let m = [[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.5, -0.2, 2.0]];
        let inverse = inverse(&m).unwrap();
        for (i, row) in m.iter().enumerate() {
            let unit: [f64; 3] = std::array::from_fn(|k| (0..3).map(|j| row[j] * inverse[j][k]).sum());
            assert!(unit.iter().enumerate().all(|(k, v)| (v - f64::from(u8::from(i == k))).abs() < 1e-14), "{unit:?}");
        }
        assert!((quadratic_form(&m, &[1.0, 0.0, 2.0]) - 14.0).abs() < 1e-14);
        assert_eq!(cholesky(&[[1.0, 2.0], [2.0, 1.0]]), None);
    }
}
