-- What sources call people who were erased, as salted hashes, so that a later import leaves them out.
CREATE TABLE erased_key (
    hash TEXT PRIMARY KEY            -- SHA-256, hexadecimal
) STRICT, WITHOUT ROWID;

-- The salt of these hashes, this file's own.
CREATE TABLE erased_salt (
    salt TEXT NOT NULL
) STRICT;
INSERT INTO erased_salt (salt) VALUES (lower(hex(randomblob(32))));

-- What was erased and when; nothing of whom.
CREATE TABLE erasure (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    summary TEXT NOT NULL            -- JSON: counts
) STRICT;

-- What a person left beside orders is found without reading all of it.
CREATE INDEX cart_customer ON cart (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX touchpoint_customer ON touchpoint (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX event_customer ON event (customer_id) WHERE customer_id IS NOT NULL;
