-- views.sql - what several statements ask in the same words.

-- The content key of each message; the second place is for keys whose first 64 bits another key had already.
-- name: view.message_key
CREATE VIEW message_key AS
SELECT m.id AS content_id,
       CASE WHEN c.content_id = m.id THEN c.key
            ELSE (SELECT x.key FROM content_key_collision x WHERE x.content_id = m.id) END AS key
FROM message m JOIN content_key c ON c.k64 = m.k64;

-- Where each source is now.
-- name: view.source_now
CREATE VIEW source_now AS
SELECT p.source_id AS source_id, p.path AS path, p.moved AS moved
FROM source_path p
WHERE p.moved = (SELECT max(q.moved) FROM source_path q WHERE q.source_id = p.source_id);

-- The gaps that still stand: a unit that a later run read whole has closed those that could be tried again.
-- `why` is the reason in words: of a file that is not read, also what it looks like.
-- name: view.gap_now
CREATE VIEW gap_now AS
SELECT g.*, CASE WHEN g.reason = 'kind-not-read' AND g.detail IS NOT NULL THEN g.reason || ': ' || g.detail
                 ELSE g.reason END AS why
FROM gap g
WHERE g.retryable = 0
   OR CASE WHEN g.unit_id IS NULL -- of a file that could not be looked at: until it is met again
           THEN NOT EXISTS (SELECT 1 FROM item i JOIN item j ON j.source_id = i.source_id AND j.path = i.path AND j.id > i.id
                            WHERE i.id = g.item_id)
           ELSE NOT EXISTS (SELECT 1 FROM unit_done d WHERE d.unit_id = g.unit_id AND d.run_id > g.run_id) END;

-- Of all attempts to read a part the best one: the most whole state, then the most scanned bytes, then the newest.
-- name: view.best_attempt
CREATE VIEW best_attempt AS
SELECT a.content_id AS content_id, a.path AS path, a.state AS state, a.read AS read, a.scanned AS scanned,
       a.unscanned AS unscanned
FROM reading_attempt a
WHERE NOT EXISTS (
    SELECT 1 FROM reading_attempt b
    WHERE b.content_id = a.content_id AND b.path = a.path
      AND (b.state < a.state
           OR (b.state = a.state AND b.scanned > a.scanned)
           OR (b.state = a.state AND b.scanned = a.scanned AND b.reader_id > a.reader_id)));

-- Of all conversions of a part the best one: read before cut before all else, then the most scanned bytes, then the newest.
-- name: view.best_conversion
CREATE VIEW best_conversion AS
SELECT a.part_sha256 AS part_sha256, a.converter_id AS converter_id, a.state AS state, a.read AS read,
       a.scanned AS scanned, a.unscanned AS unscanned, a.text_bytes AS text_bytes
FROM conversion a
WHERE NOT EXISTS (
    SELECT 1 FROM conversion b
    WHERE b.part_sha256 = a.part_sha256
      AND (CASE WHEN b.state < 2 THEN b.state ELSE 2 END < CASE WHEN a.state < 2 THEN a.state ELSE 2 END
           OR (CASE WHEN b.state < 2 THEN b.state ELSE 2 END = CASE WHEN a.state < 2 THEN a.state ELSE 2 END
               AND (b.scanned > a.scanned OR (b.scanned = a.scanned AND b.converter_id > a.converter_id)))));

-- What is known of a part of a message: where the reader of mail left it unread (2), what a converter made of it.
-- name: view.best_reading
CREATE VIEW best_reading AS
SELECT a.content_id AS content_id, a.path AS path, coalesce(v.state, a.state) AS state, a.read AS read,
       coalesce(v.scanned, a.scanned) AS scanned, coalesce(v.unscanned, a.unscanned) AS unscanned,
       k.name AS converter, k.version AS version
FROM best_attempt a
JOIN part p ON p.content_id = a.content_id AND p.path = a.path
LEFT JOIN best_conversion v ON v.part_sha256 = p.sha256 AND a.state = 2
LEFT JOIN converter k ON k.id = v.converter_id;

-- The gaps of parts that need a converter, as they still stand: those of the best conversion; where there is none yet,
-- why; and those of a kind that no converter reads.
-- name: view.conversion_gap_now
CREATE VIEW conversion_gap_now AS
SELECT g.part_sha256 AS part_sha256, g.reason AS reason, g.detail AS detail, g.bytes AS bytes,
       CASE WHEN g.converter_id = 0 THEN 1 ELSE 0 END AS retryable,
       CASE WHEN g.reason IN ('embedded', 'contents-off') AND g.detail IS NOT NULL THEN g.reason || ': ' || g.detail
            ELSE g.reason END AS why
FROM conversion_gap g
WHERE (g.converter_id <> 0
       AND EXISTS (SELECT 1 FROM best_conversion v
                   WHERE v.part_sha256 = g.part_sha256 AND v.converter_id = g.converter_id))
   OR (g.converter_id = 0
       AND NOT EXISTS (SELECT 1 FROM conversion v WHERE v.part_sha256 = g.part_sha256)
       AND g.run_id = (SELECT max(h.run_id) FROM conversion_gap h
                       WHERE h.part_sha256 = g.part_sha256 AND h.converter_id = 0))
UNION ALL
SELECT p.sha256, 'no-converter', min(p.media_type), min(a.unscanned), 0, 'no-converter: ' || min(p.media_type)
FROM best_attempt a JOIN part p ON p.content_id = a.content_id AND p.path = a.path
WHERE a.state = 2 AND p.sha256 IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM conversion v WHERE v.part_sha256 = p.sha256 AND v.state <> 2)
  AND NOT EXISTS (SELECT 1 FROM conversion_gap g WHERE g.part_sha256 = p.sha256)
GROUP BY p.sha256;

-- One line a message: what lists of messages show of it. The first From address speaks for the message. (No view looks
-- into a table of opinion: those are swapped by name, and a view holds on to the old one.)
-- name: view.message_line
CREATE VIEW message_line AS
SELECT m.id AS content_id, k.key AS key, m.date AS date, m.message_id AS message_id,
       (SELECT e.address FROM address a JOIN email e ON e.id = a.email_id
        WHERE a.content_id = m.id AND a.role = 0 ORDER BY a.n LIMIT 1) AS sender
FROM message m
JOIN message_key k ON k.content_id = m.id;

-- A case has one writing run at a time: an earlier one that did not end was broken off.
-- name: view.run_state
CREATE VIEW run_state AS
SELECT r.id AS run_id,
       CASE WHEN r.state = 'running' AND r.id < (SELECT max(l.id) FROM run l) THEN 'broken off'
            ELSE r.state END AS state
FROM run r;

-- Where to read a message again: the first of its copies, and where its source is now.
-- name: view.first_copy
CREATE VIEW first_copy AS
SELECT c.content_id AS content_id, i.source_id AS source_id, p.path AS root, i.path AS item, i.kind AS kind,
       c.start AS start, c.length AS length, c.sha256 AS sha256
FROM copy c
JOIN item i ON i.id = c.item_id
JOIN source_now p ON p.source_id = i.source_id
WHERE NOT EXISTS (
    SELECT 1 FROM copy d
    WHERE d.content_id = c.content_id
      AND (d.item_id < c.item_id OR (d.item_id = c.item_id AND d.start < c.start)));

-- The gaps of converted parts, for each message that carries the part.
-- name: view.part_gap
CREATE VIEW part_gap AS
SELECT p.content_id AS content_id, p.path AS path, g.reason AS reason, g.detail AS detail, g.why AS why,
       g.bytes AS bytes, g.retryable AS retryable, f.source_id AS source_id, f.item AS item, f.start AS start
FROM conversion_gap_now g
JOIN part p ON p.sha256 = g.part_sha256
JOIN first_copy f ON f.content_id = p.content_id;
