//! Small shops of which the answer is known, and laws that every shop obeys.
