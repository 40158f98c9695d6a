//! Columns of passwords and tokens: shown to nobody, kept nowhere.

use super::row::fold;

/// What the name of such a column contains.
const SECRET: [&str; 3] = ["password", "passwd", "rp_token"];
/// What tells when a secret was made, not the secret itself.
const HARMLESS: &str = "created_at";

/// Whether a column holds passwords or tokens.
pub fn is_secret(column: &str) -> bool {
    let name = fold(column);
    SECRET.iter().any(|word| name.contains(word)) && !name.ends_with(HARMLESS)
}

/// Empties the cells of such columns.
pub fn blank(header: &[String], mut cells: Vec<String>) -> Vec<String> {
    for (_, cell) in header.iter().zip(&mut cells).filter(|(name, _)| is_secret(name)) {
        cell.clear();
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_and_tokens_are_emptied() {
        let header = ["email", "password_hash", "rp_token", "rp_token_created_at", "Password"].map(str::to_owned);
        let cells = ["a@b.test", "1f:salt", "2e", "2026-01-01", "x"].map(str::to_owned).to_vec();
        assert_eq!(blank(&header, cells), ["a@b.test", "", "", "2026-01-01", ""]);
    }
}
