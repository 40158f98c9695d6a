-- Touchpoints keep what files call people and orders, not who that is: a customer who is imported later is found by the
-- same words. Nothing was ever written to the table before. 0 = not said, everywhere.
DROP TABLE touchpoint;
CREATE TABLE touchpoint (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    email       INTEGER NOT NULL,    -- handle
    account     INTEGER NOT NULL,    -- handle: the shop's id of a customer
    visitor     INTEGER NOT NULL,    -- handle
    order_named INTEGER NOT NULL,    -- handle
    order_id    INTEGER NOT NULL,    -- the order whose row told of it
    kind        INTEGER NOT NULL,    -- label, as the next five
    channel     INTEGER NOT NULL,
    source      INTEGER NOT NULL,
    medium      INTEGER NOT NULL,
    campaign    INTEGER NOT NULL,
    device      INTEGER NOT NULL,
    cost        INTEGER,
    currency    INTEGER NOT NULL,    -- label, of the cost
    landing     TEXT,
    referrer    TEXT,
    import_id   INTEGER NOT NULL,
    line        INTEGER NOT NULL
) STRICT;
-- What a later file says again is the row that is there.
CREATE UNIQUE INDEX touchpoint_key ON touchpoint
    (at, visitor, email, account, order_named, order_id, kind, channel, source, medium, campaign);
CREATE INDEX touchpoint_email ON touchpoint (email) WHERE email > 0;
CREATE INDEX touchpoint_account ON touchpoint (account) WHERE account > 0;
CREATE INDEX touchpoint_visitor ON touchpoint (visitor) WHERE visitor > 0;
CREATE INDEX touchpoint_order_named ON touchpoint (order_named) WHERE order_named > 0;
CREATE INDEX touchpoint_order ON touchpoint (order_id) WHERE order_id > 0;

CREATE TABLE handle (
    id        INTEGER PRIMARY KEY,
    space     INTEGER NOT NULL,      -- 0 e-mail, -1 visitor, -2 order, else the label of the shop system: its customer id
    value     TEXT NOT NULL,
    import_id INTEGER NOT NULL,
    UNIQUE (space, value)
) STRICT;
