//! Numerical tools that more than one analysis needs: minima, small matrices, integrals.

pub mod matrix;
pub mod minimise;
pub mod quadrature;
