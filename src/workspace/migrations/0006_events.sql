-- Looks at products and other events come from files. What a later file says again is the row that is there.
CREATE UNIQUE INDEX event_key ON event (at, kind, body, coalesce(customer_id, 0));

-- What a product cost and had in stock when; `product` holds the newest of it.
CREATE TABLE observation (
    product_id INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    price      INTEGER,
    stock      INTEGER,
    import_id  INTEGER NOT NULL,
    line       INTEGER NOT NULL,
    PRIMARY KEY (product_id, at)
) STRICT, WITHOUT ROWID;
INSERT INTO observation SELECT id, observed, price, stock, import_id, line FROM product
    WHERE observed IS NOT NULL AND (price IS NOT NULL OR stock IS NOT NULL);
