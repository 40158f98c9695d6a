//! The strategy framework: its sections, and how analyses fill them.
