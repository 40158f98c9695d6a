-- Spend on advertising comes from files: each of a source, known by day, channel, campaign and currency. What a later
-- file says of the same replaces it.
ALTER TABLE spend ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;   -- label
ALTER TABLE spend ADD COLUMN impressions INTEGER;
ALTER TABLE spend ADD COLUMN clicks INTEGER;
CREATE UNIQUE INDEX spend_key ON spend (day, channel, coalesce(campaign_id, 0), currency, origin);
