-- collect.sql - sources, their files, and the units that they are read in.

-- name: collect.source_at
SELECT s.id, s.name, s.mailbox FROM source s
JOIN source_path p ON p.source_id = s.id
WHERE p.path = ?1 AND p.moved = (SELECT max(q.moved) FROM source_path q WHERE q.source_id = s.id);
-- name: collect.source_last
SELECT coalesce(max(id), 0) FROM source;
-- name: collect.source_add
INSERT INTO source (id, name, kind, mailbox, collected) VALUES (?1, ?2, ?3, ?4, ?5);
-- name: collect.source_path_add
INSERT INTO source_path (source_id, moved, path) VALUES (?1, ?2, ?3);
-- name: collect.custody_add
INSERT INTO custody (act_n, source_id, handed_by, acquired, taken_by, note)
SELECT max(n), ?1, ?2, ?3, ?4, ?5 FROM act;

-- The newest row of each file of a source.
-- name: collect.items_known
SELECT i.path, i.size, i.mtime FROM item i
WHERE i.source_id = ?1
  -- What could not be looked at for want of time is not known.
  AND i.id NOT IN (SELECT g.item_id FROM gap g
                   WHERE g.retryable = 1 AND g.unit_id IS NULL AND g.item_id IS NOT NULL)
  AND i.id = (SELECT max(j.id) FROM item j WHERE j.source_id = i.source_id AND j.path = i.path)
ORDER BY i.path;
-- name: collect.item_last
SELECT coalesce(max(id), 0) FROM item;
-- name: collect.item_add
INSERT INTO item (id, source_id, path, folder, kind, looks, size, mtime, inode)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
-- name: collect.unit_last
SELECT coalesce(max(id), 0) FROM unit;
-- name: collect.unit_add
INSERT INTO unit (id, source_id, kind, first_item, last_item, range_from, range_to)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- Units that nobody has read yet, with where their source is now.
-- name: collect.units_open
SELECT u.id, u.source_id, u.kind, u.first_item, u.last_item, u.range_from, u.range_to, p.path,
       s.name, s.mailbox,
       -- Places of a PST are no bytes, but those of its last unit count them: 8589934592 is PLACES_RECOVERED.
       CASE WHEN u.kind = 'pst' AND u.range_to <= 8589934592 THEN 0
            WHEN u.kind = 'pst' THEN u.range_to - 8589934592
            WHEN u.range_to > 0 THEN u.range_to - u.range_from
            ELSE (SELECT sum(i.size) FROM item i WHERE i.id BETWEEN u.first_item AND u.last_item) END
FROM unit u
JOIN source s ON s.id = u.source_id
JOIN source_path p ON p.source_id = u.source_id
 AND p.moved = (SELECT max(q.moved) FROM source_path q WHERE q.source_id = u.source_id)
WHERE NOT EXISTS (SELECT 1 FROM unit_done d WHERE d.unit_id = u.id)
ORDER BY u.id;
-- name: collect.items_of_unit
SELECT id, path, size FROM item WHERE id BETWEEN ?1 AND ?2 ORDER BY id;

-- The units of a source in order, with their hashes; a unit not yet read has none.
-- name: collect.unit_hashes
SELECT d.sha256 FROM unit u LEFT JOIN unit_done d ON d.unit_id = u.id WHERE u.source_id = ?1 ORDER BY u.id;
-- name: collect.sources
SELECT id FROM source ORDER BY id;
-- name: collect.root_known
SELECT root FROM source_root WHERE source_id = ?1 ORDER BY run_id DESC LIMIT 1;
-- name: collect.root_add
INSERT INTO source_root (source_id, run_id, root) VALUES (?1, ?2, ?3);

-- Units whose newest reading is not by this reader (?1), with where their source is now.
-- name: collect.units_stale
SELECT u.id, u.source_id, u.kind, u.first_item, u.last_item, u.range_from, u.range_to, p.path,
       s.name, s.mailbox, d.bytes
FROM unit u
JOIN unit_done d ON d.unit_id = u.id
JOIN source s ON s.id = u.source_id
JOIN source_path p ON p.source_id = u.source_id
 AND p.moved = (SELECT max(q.moved) FROM source_path q WHERE q.source_id = u.source_id)
WHERE d.reader < ?1 AND u.kind IN ('mbox', 'eml', 'pst')
  AND NOT EXISTS (SELECT 1 FROM unit_again a WHERE a.unit_id = u.id AND a.reader_id = ?1)
ORDER BY u.id;

-- === logs ========================================================================================================

-- Logs that are read whole, and what they hold; those that are in log_file stand there already.
-- name: collect.logs_read
SELECT i.id, s.name, i.path, i.kind, sum(d.messages), sum(d.gaps),
       (SELECT min(t.at) FROM (SELECT min(e.at) AS at FROM event e WHERE e.item_id = i.id
                               UNION ALL SELECT min(g.at) FROM signin g WHERE g.item_id = i.id) t),
       (SELECT max(t.at) FROM (SELECT max(e.at) AS at FROM event e WHERE e.item_id = i.id
                               UNION ALL SELECT max(g.at) FROM signin g WHERE g.item_id = i.id) t)
FROM item i
JOIN source s ON s.id = i.source_id
JOIN unit u ON u.source_id = i.source_id AND u.first_item = i.id
LEFT JOIN unit_done d ON d.unit_id = u.id
WHERE i.kind IN ('audit-log', 'signin-log') AND NOT EXISTS (SELECT 1 FROM log_file l WHERE l.item_id = i.id)
GROUP BY i.id, s.name, i.path, i.kind
HAVING count(*) = count(d.unit_id);
-- name: collect.log_file_add
INSERT INTO log_file (item_id, kind, records, unparsed, began, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- The logs of a source that nobody has stated these bounds for yet.
-- name: collect.logs_to_state
SELECT i.id, s.name, i.path
FROM item i JOIN source s ON s.id = i.source_id
WHERE i.source_id = ?1 AND i.kind IN ('audit-log', 'signin-log')
  AND NOT EXISTS (SELECT 1 FROM log_stated l WHERE l.item_id = i.id AND l.covers_from = ?2 AND l.covers_to = ?3
                  AND l.n = (SELECT max(k.n) FROM log_stated k WHERE k.item_id = i.id));
-- name: collect.log_stated_add
INSERT INTO log_stated (item_id, n, covers_from, covers_to)
SELECT ?1, (SELECT coalesce(max(l.n), 0) + 1 FROM log_stated l WHERE l.item_id = ?1), ?2, ?3;
-- name: collect.logs_of_source
SELECT count(*) FROM item i WHERE i.source_id = ?1 AND i.kind IN ('audit-log', 'signin-log');
-- name: digest_of.log_file
SELECT s.name, i.path, l.kind, l.records, l.unparsed, l.began, l.ended
FROM log_file l JOIN item i ON i.id = l.item_id JOIN source s ON s.id = i.source_id;
-- name: digest_of.log_stated
SELECT s.name, i.path, l.n, l.covers_from, l.covers_to
FROM log_stated l JOIN item i ON i.id = l.item_id JOIN source s ON s.id = i.source_id;
