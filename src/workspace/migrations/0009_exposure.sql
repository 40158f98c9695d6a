-- Customers of an experiment with the variant that each of them got: one row for an experiment, its columns as JSON.
CREATE TABLE exposure (
    experiment_id INTEGER PRIMARY KEY,
    body          TEXT NOT NULL      -- JSON
) STRICT;
