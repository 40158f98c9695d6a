-- What mailing tools sent, what advertising brought, and visits as web analytics count them.

ALTER TABLE campaign ADD COLUMN kind TEXT;                        -- campaign, flow; NULL = known by its spend only
ALTER TABLE send ADD COLUMN part TEXT NOT NULL DEFAULT '';        -- tells sends of one campaign apart
ALTER TABLE send ADD COLUMN variant TEXT;
ALTER TABLE send ADD COLUMN subject TEXT;
ALTER TABLE send ADD COLUMN currency INTEGER NOT NULL DEFAULT 0;  -- label; of its revenue
CREATE UNIQUE INDEX send_key ON send (campaign_id, part);

-- Spend of a period is one sum and stays one: `until` is its last day, NULL where the row is of a day.
ALTER TABLE spend ADD COLUMN until TEXT;
ALTER TABLE spend ADD COLUMN conversions INTEGER;                 -- thousandths: platforms count fractions
ALTER TABLE spend ADD COLUMN value INTEGER;                       -- of the conversions, in the currency of the amount
DROP INDEX spend_key;
CREATE UNIQUE INDEX spend_key ON spend (day, coalesce(until, day), channel, coalesce(campaign_id, 0), currency, origin);

-- Visits, by whatever of campaign, channel and source their report was split by; empty = not split by it.
CREATE TABLE visit (
    id          INTEGER PRIMARY KEY,
    day         TEXT NOT NULL,
    until       TEXT NOT NULL,
    campaign    TEXT NOT NULL,
    channel     TEXT NOT NULL,
    source      TEXT NOT NULL,
    origin      INTEGER NOT NULL,    -- label
    users       INTEGER,
    sessions    INTEGER,
    conversions INTEGER,             -- thousandths
    purchases   INTEGER,
    revenue     INTEGER,
    currency    INTEGER NOT NULL,    -- label
    import_id   INTEGER,
    line        INTEGER
) STRICT;
CREATE UNIQUE INDEX visit_key ON visit (day, until, campaign, channel, source, origin);
