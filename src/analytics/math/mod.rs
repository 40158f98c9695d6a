//! Numerical tools that more than one analysis needs: minima, small matrices, integrals, shares.

pub mod beta;
pub mod beta_law;
pub mod binomial;
pub mod chance;
pub mod dual;
pub mod matrix;
pub mod minimise;
pub mod normal;
pub mod quadrature;
pub mod reckoned;
pub mod root;
pub mod two;
