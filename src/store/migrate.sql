-- migrate.sql - from one schema to the next: group migrate_N brings a case of N - 1 to N.

-- Version 2 knows what a source is as a whole, reads units again, and builds opinion in shadow tables.
-- name: migrate_2.source_root
CREATE TABLE IF NOT EXISTS source_root (
    source_id INTEGER NOT NULL,
    run_id    INTEGER NOT NULL,
    root      BLOB NOT NULL,
    PRIMARY KEY (source_id, run_id)
) WITHOUT ROWID;
-- name: migrate_2.unit_again
CREATE TABLE IF NOT EXISTS unit_again (
    unit_id   INTEGER NOT NULL,
    reader_id INTEGER NOT NULL,
    run_id    INTEGER NOT NULL,
    PRIMARY KEY (unit_id, reader_id)
) WITHOUT ROWID;
-- name: migrate_2.finding_new
CREATE TABLE IF NOT EXISTS finding_new (
    content_id  INTEGER NOT NULL,
    part_sha256 BLOB NOT NULL,
    type        TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    path        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    start       INTEGER NOT NULL,
    stop        INTEGER NOT NULL,
    masked      TEXT NOT NULL,
    confidence  INTEGER NOT NULL,
    matches     INTEGER NOT NULL,
    PRIMARY KEY (content_id, part_sha256, type, fingerprint)
) WITHOUT ROWID;
-- name: migrate_2.message_view_new
CREATE TABLE IF NOT EXISTS message_view_new (
    content_id     INTEGER PRIMARY KEY,
    subject_sealed BLOB
);
-- name: migrate_2.part_view_new
CREATE TABLE IF NOT EXISTS part_view_new (
    content_id      INTEGER NOT NULL,
    path            TEXT NOT NULL,
    filename_sealed BLOB,
    PRIMARY KEY (content_id, path)
) WITHOUT ROWID;

-- Version 3 has the tables of the stages from scope to watch: schema_stages.sql makes those that are not there. Of mail
-- that was read before it is not known when it was received.
-- name: migrate_3.message_received
ALTER TABLE message ADD COLUMN received INTEGER;

-- In version 4 a display name stands once, as an address does.
-- name: migrate_4.name
CREATE TABLE IF NOT EXISTS name (
    id     INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL
);
-- name: migrate_4.name_fill
INSERT INTO name (id, sealed)
SELECT row_number() OVER (ORDER BY u.sealed), u.sealed
FROM (SELECT name_sealed AS sealed FROM address WHERE name_sealed IS NOT NULL
      UNION SELECT name_sealed FROM mention WHERE name_sealed IS NOT NULL) u;
-- name: migrate_4.name_sealed
CREATE UNIQUE INDEX IF NOT EXISTS name_sealed ON name (sealed);
-- name: migrate_4.address_name
ALTER TABLE address ADD COLUMN name_id INTEGER;
-- name: migrate_4.address_fill
UPDATE address SET name_id = (SELECT d.id FROM name d WHERE d.sealed = address.name_sealed)
WHERE name_sealed IS NOT NULL;
-- name: migrate_4.address_drop
ALTER TABLE address DROP COLUMN name_sealed;
-- name: migrate_4.mention_name
ALTER TABLE mention ADD COLUMN name_id INTEGER;
-- name: migrate_4.mention_fill
UPDATE mention SET name_id = (SELECT d.id FROM name d WHERE d.sealed = mention.name_sealed)
WHERE name_sealed IS NOT NULL;
-- name: migrate_4.mention_drop
ALTER TABLE mention DROP COLUMN name_sealed;

-- Version 5 knows what converters made of parts.
-- name: migrate_5.converter
CREATE TABLE IF NOT EXISTS converter (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    version TEXT NOT NULL,
    rules   TEXT NOT NULL
);

-- name: migrate_5.conversion
CREATE TABLE IF NOT EXISTS conversion (
    part_sha256  BLOB NOT NULL,
    converter_id INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    read         INTEGER NOT NULL,
    scanned      INTEGER NOT NULL,
    unscanned    INTEGER NOT NULL,
    text_bytes   INTEGER NOT NULL,
    run_id       INTEGER NOT NULL,
    PRIMARY KEY (part_sha256, converter_id)
) WITHOUT ROWID;

-- name: migrate_5.conversion_match
CREATE TABLE IF NOT EXISTS conversion_match (
    part_sha256  BLOB NOT NULL,
    converter_id INTEGER NOT NULL,
    start        INTEGER NOT NULL,
    stop         INTEGER NOT NULL,
    rule         TEXT NOT NULL,
    type         TEXT NOT NULL,
    fingerprint  BLOB NOT NULL,
    masked       TEXT NOT NULL,
    confidence   INTEGER NOT NULL,
    PRIMARY KEY (part_sha256, converter_id, start, stop, rule)
) WITHOUT ROWID;

-- name: migrate_5.conversion_gap
CREATE TABLE IF NOT EXISTS conversion_gap (
    part_sha256  BLOB NOT NULL,
    converter_id INTEGER NOT NULL,
    run_id       INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    detail       TEXT,
    bytes        INTEGER NOT NULL,
    PRIMARY KEY (part_sha256, converter_id, run_id, n)
) WITHOUT ROWID;

-- Version 6 knows folders, kinds and states of copies in a PST.
-- name: migrate_6.copy_place
CREATE TABLE IF NOT EXISTS copy_place (
    item_id INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    folder  TEXT,                      -- within its container; NULL: that of the item
    kind    INTEGER NOT NULL,          -- ItemKind
    state   INTEGER NOT NULL,          -- CopyState
    PRIMARY KEY (item_id, start)
) WITHOUT ROWID;

-- Opinion is not migrated: its stage builds it again.
-- name: opinion_clear.finding
DELETE FROM finding;
-- name: opinion_clear.message_view
DELETE FROM message_view;
-- name: opinion_clear.part_view
DELETE FROM part_view;
-- name: opinion_clear.digest
DELETE FROM digest WHERE name IN ('finding', 'message_view', 'part_view');

-- Version 7 has another first_copy, version 8 another gap_now.
-- Views hold no rows: they are made again as they are now.
-- name: view_drop.message_key
DROP VIEW IF EXISTS message_key;
-- name: view_drop.source_now
DROP VIEW IF EXISTS source_now;
-- name: view_drop.gap_now
DROP VIEW IF EXISTS gap_now;
-- name: view_drop.best_attempt
DROP VIEW IF EXISTS best_attempt;
-- name: view_drop.message_line
DROP VIEW IF EXISTS message_line;
-- name: view_drop.run_state
DROP VIEW IF EXISTS run_state;
-- name: view_drop.first_copy
DROP VIEW IF EXISTS first_copy;
-- name: view_drop.best_conversion
DROP VIEW IF EXISTS best_conversion;
-- name: view_drop.best_reading
DROP VIEW IF EXISTS best_reading;
-- name: view_drop.conversion_gap_now
DROP VIEW IF EXISTS conversion_gap_now;
-- name: view_drop.part_gap
DROP VIEW IF EXISTS part_gap;
