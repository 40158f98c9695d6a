-- One file holds one shop. Money is minor units, moments are UTC seconds, quantities thousandths of a unit.
-- `import_id` and `line` say which import and which line of its file a row came from.
-- Foreign keys are not declared on the tables that hold millions of rows: the writer keeps them, `check` proves them.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Counts up with every change of a part (shop, products, settings …); keys of computed results.
CREATE TABLE revision (
    part TEXT PRIMARY KEY,
    n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Texts that repeat: countries, channels, categories, origins, currencies, codes.
CREATE TABLE label (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE import (
    id          INTEGER PRIMARY KEY,
    path        TEXT NOT NULL,
    file        TEXT NOT NULL,
    source      TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    choices     TEXT NOT NULL,   -- JSON: what the user decided, for "refresh"
    header      TEXT NOT NULL,   -- JSON: column names, for the file of rejected rows
    summary     TEXT NOT NULL    -- JSON: rows and counts
) STRICT;

CREATE TABLE rejected_row (
    import_id   INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    column_name TEXT,
    reason      TEXT NOT NULL,
    repair      TEXT NOT NULL,
    cells       TEXT NOT NULL    -- JSON
) STRICT;
CREATE INDEX rejected_row_import ON rejected_row (import_id, line);

-- How a header was mapped the last time.
CREATE TABLE mapping (
    header_key TEXT PRIMARY KEY,
    choices    TEXT NOT NULL     -- JSON
) STRICT, WITHOUT ROWID;

-- What rows were before an import changed them, for its undoing.
CREATE TABLE import_image (
    import_id INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    row_id    INTEGER NOT NULL,
    body      TEXT NOT NULL,     -- JSON
    PRIMARY KEY (import_id, kind, row_id)
) STRICT, WITHOUT ROWID;

-- Steps that can be undone, newest last. An import is a step; an edit keeps the values it replaced.
CREATE TABLE journal (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    label     TEXT NOT NULL,
    import_id INTEGER,
    inverse   TEXT NOT NULL      -- JSON: [[table, key, old value or null]]
) STRICT;

CREATE TABLE customer (
    id          INTEGER PRIMARY KEY,
    name        TEXT,
    phone       TEXT,
    country     INTEGER,         -- label
    created_at  INTEGER,
    birth_date  TEXT,
    tags        TEXT,            -- JSON
    merged_into INTEGER,         -- the account that this one turned out to be
    import_id   INTEGER NOT NULL,
    line        INTEGER NOT NULL
) STRICT;

CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;

-- How sources name a customer. `origin` is the label of the shop system, 0 for e-mail addresses.
CREATE TABLE identity (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL,
    origin      INTEGER NOT NULL,
    value       TEXT NOT NULL,
    import_id   INTEGER NOT NULL
) STRICT;
CREATE INDEX identity_customer ON identity (customer_id);

CREATE TABLE consent (
    customer_id INTEGER NOT NULL,
    channel     TEXT NOT NULL,
    granted     INTEGER NOT NULL,
    at          INTEGER,
    source      TEXT NOT NULL,
    import_id   INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    PRIMARY KEY (customer_id, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
    id        INTEGER PRIMARY KEY,
    sku       TEXT,
    title     TEXT,
    category  INTEGER,           -- label
    brand     TEXT,
    tags      TEXT,              -- JSON
    price     INTEGER,
    cost      INTEGER,
    stock     INTEGER,           -- thousandths
    currency  INTEGER,           -- label; of price and cost
    observed  INTEGER,           -- when price, cost and stock were read
    import_id INTEGER NOT NULL,
    line      INTEGER NOT NULL
) STRICT;

CREATE TABLE orders (
    id           INTEGER PRIMARY KEY,
    origin       INTEGER NOT NULL,   -- label of the shop system
    key          TEXT NOT NULL,
    number       TEXT,
    customer_id  INTEGER,
    placed_at    INTEGER NOT NULL,
    status       INTEGER NOT NULL,
    flags        INTEGER NOT NULL,   -- 1 test, 2 return, 4 the source states the total
    currency     INTEGER NOT NULL,   -- label
    country      INTEGER,            -- label
    channel      INTEGER,            -- label
    discount     INTEGER NOT NULL,   -- on lines and order together
    shipping     INTEGER NOT NULL,
    tax          INTEGER NOT NULL,
    total        INTEGER NOT NULL,
    import_id    INTEGER NOT NULL,
    line         INTEGER NOT NULL,
    lines_import INTEGER NOT NULL    -- the import that its lines came with
) STRICT;
CREATE UNIQUE INDEX orders_key ON orders (key, origin);

-- id = order id × 2^20 + position: an order's lines lie together, without an index of their own.
CREATE TABLE line (
    id         INTEGER PRIMARY KEY,
    product_id INTEGER,
    quantity   INTEGER NOT NULL,     -- thousandths
    amount     INTEGER NOT NULL,     -- before discounts
    discount   INTEGER NOT NULL,
    line       INTEGER NOT NULL
) STRICT;

CREATE TABLE refund (
    id        INTEGER PRIMARY KEY,
    order_id  INTEGER NOT NULL,
    at        INTEGER,
    amount    INTEGER NOT NULL,
    reason    TEXT,
    import_id INTEGER NOT NULL,
    line      INTEGER NOT NULL
) STRICT;
CREATE INDEX refund_order ON refund (order_id);

-- Discount codes as used on orders …
CREATE TABLE code_use (
    order_id INTEGER NOT NULL,
    code     INTEGER NOT NULL,       -- label
    amount   INTEGER,
    PRIMARY KEY (order_id, code)
) STRICT, WITHOUT ROWID;

-- … and as the shop defines them.
CREATE TABLE discount (
    id        INTEGER PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    kind      TEXT NOT NULL,
    value     INTEGER,
    starts_at INTEGER,
    ends_at   INTEGER,
    used      INTEGER,
    status    TEXT,
    import_id INTEGER NOT NULL,
    line      INTEGER NOT NULL
) STRICT;

CREATE TABLE cart (
    id          INTEGER PRIMARY KEY,
    origin      INTEGER NOT NULL,
    key         TEXT NOT NULL,
    customer_id INTEGER,
    at          INTEGER,
    currency    INTEGER NOT NULL,
    total       INTEGER,
    lines       TEXT NOT NULL,       -- JSON: [product id, thousandths, amount]
    import_id   INTEGER NOT NULL,
    line        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cart_key ON cart (key, origin);

-- Further columns that the user chose to keep.
CREATE TABLE attribute (
    entity    TEXT NOT NULL,         -- customer, orders, product
    row_id    INTEGER NOT NULL,
    name      TEXT NOT NULL,
    value     TEXT NOT NULL,
    import_id INTEGER NOT NULL,
    PRIMARY KEY (entity, row_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign (
    id        INTEGER PRIMARY KEY,
    origin    INTEGER NOT NULL,
    key       TEXT NOT NULL,
    name      TEXT NOT NULL,
    channel   TEXT,
    body      TEXT NOT NULL,         -- JSON
    import_id INTEGER,
    line      INTEGER,
    UNIQUE (origin, key)
) STRICT;
CREATE TABLE send (
    id          INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    at          INTEGER NOT NULL,
    recipients  INTEGER,
    figures     TEXT NOT NULL,       -- JSON: delivered, opens, clicks …
    import_id   INTEGER,
    line        INTEGER
) STRICT;
CREATE TABLE spend (
    id          INTEGER PRIMARY KEY,
    campaign_id INTEGER REFERENCES campaign (id),
    channel     TEXT NOT NULL,
    day         TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    currency    INTEGER NOT NULL,
    import_id   INTEGER,
    line        INTEGER
) STRICT;
CREATE TABLE touchpoint (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER,
    order_id    INTEGER,
    at          INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    channel     INTEGER,             -- label
    campaign_id INTEGER,
    cost        INTEGER,
    import_id   INTEGER,
    line        INTEGER
) STRICT;
CREATE TABLE event (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER,
    at          INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    body        TEXT NOT NULL,       -- JSON
    import_id   INTEGER,
    line        INTEGER
) STRICT;
CREATE TABLE experiment (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    body TEXT NOT NULL               -- JSON
) STRICT;
CREATE TABLE segment (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL               -- JSON: the rule
) STRICT;
CREATE TABLE plan (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    body TEXT NOT NULL               -- JSON
) STRICT;
CREATE TABLE answer (
    field TEXT PRIMARY KEY,          -- field of the framework
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
