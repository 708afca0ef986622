-- migrate.sql - from one schema to the next: group migrate_N brings a case of N - 1 to N.

-- Version 2 knows what a source is, as a whole.
-- name: migrate_2.source_root
CREATE TABLE IF NOT EXISTS source_root (
    source_id INTEGER NOT NULL,
    run_id    INTEGER NOT NULL,
    root      BLOB NOT NULL,
    PRIMARY KEY (source_id, run_id)
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
