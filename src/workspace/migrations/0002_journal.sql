-- Steps of the one history. Those done are undone from the newest on, those undone are redone from the oldest on;
-- a new step drops the undone ones.
CREATE TABLE step (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    label     TEXT NOT NULL,
    undone    INTEGER NOT NULL DEFAULT 0,
    import_id INTEGER,           -- the import, when it was one
    again     TEXT,              -- JSON: how that import is done again; NULL when it cannot be
    bytes     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What a step changed in tables that users edit: the row before and after, as JSON objects; NULL = there was no row.
CREATE TABLE row_change (
    id         INTEGER PRIMARY KEY,
    step       INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    was        TEXT,
    became     TEXT
) STRICT;
CREATE INDEX row_change_step ON row_change (step, id);

-- What is true of this file rather than of the shop: when it was handed over as a copy for reading, how many old
-- steps the limit of the history has dropped.
CREATE TABLE file_fact (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Version 1 kept only what settings had been; what they became is what the next step on them found, or what they are.
INSERT INTO step (id, at, label, import_id, bytes) SELECT id, at, label, import_id, length(inverse) FROM journal;
WITH entry AS (
    SELECT j.id AS step, e.key AS place, e.value ->> 1 AS name, e.value ->> 2 AS old FROM journal j, json_each(j.inverse) e
), paired AS (
    SELECT step, place, name, old,
        lead(step) OVER later AS next, lead(old) OVER later AS found
    FROM entry WINDOW later AS (PARTITION BY name ORDER BY step, place)
), imaged AS (
    SELECT step, place, name, old, iif(next IS NULL, (SELECT value FROM setting s WHERE s.name = paired.name), found) AS new
    FROM paired
)
INSERT INTO row_change (step, table_name, was, became)
SELECT step, 'setting', iif(old IS NULL, NULL, json_object('name', name, 'value', old)),
    iif(new IS NULL, NULL, json_object('name', name, 'value', new))
FROM imaged ORDER BY step, place;
DROP TABLE journal;
