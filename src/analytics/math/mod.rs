//! Numerical tools that more than one analysis needs: minima, small matrices, integrals, shares.

pub mod beta;
pub mod dual;
pub mod matrix;
pub mod minimise;
pub mod quadrature;
pub mod reckoned;
pub mod two;
