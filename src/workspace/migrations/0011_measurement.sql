-- What was measured outside of the data, by metric and period: typed, or brought by a table. `amount` is minor units of
-- the currency where the metric is money, else millionths.
CREATE TABLE measurement (
    id        INTEGER PRIMARY KEY,
    metric    TEXT NOT NULL,
    day       TEXT NOT NULL,
    until     TEXT NOT NULL,
    origin    INTEGER NOT NULL,      -- label; 0 = typed
    amount    INTEGER NOT NULL,
    currency  TEXT NOT NULL,
    n         INTEGER,
    source    TEXT NOT NULL,
    import_id INTEGER,
    line      INTEGER
) STRICT;
CREATE UNIQUE INDEX measurement_key ON measurement (metric, day, until, origin);
