-- show.sql - what status, show, search and verify ask.

-- === status ======================================================================================================

-- What the containers announced (a file that is no mail announces one thing) against what was read of it.
-- name: status.accounting
-- Records of logs are counted apart.
SELECT (SELECT coalesce(sum(d.declared), 0) FROM unit_done d JOIN unit u ON u.id = d.unit_id
        WHERE u.kind IN ('mbox', 'eml', 'pst', 'archive'))
           + (SELECT count(*) FROM gap_now WHERE whole = 1 AND unit_id IS NULL),
       coalesce((SELECT d.rows FROM digest d WHERE d.name = 'copy'), 0),
       (SELECT count(*) FROM gap_now g WHERE g.whole = 1
        AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = g.unit_id AND u.kind IN ('audit-log', 'signin-log'))),
       coalesce((SELECT d.rows FROM digest d WHERE d.name = 'message'), 0),
       (SELECT count(*) FROM gap_now WHERE whole = 0) + (SELECT count(*) FROM conversion_gap_now),
       (SELECT count(*) FROM gap_now WHERE retryable = 1)
           + (SELECT count(*) FROM conversion_gap_now WHERE retryable = 1);
-- name: status.bytes
SELECT coalesce(sum(read), 0), coalesce(sum(scanned), 0), coalesce(sum(unscanned), 0) FROM best_reading;
-- name: status.units
SELECT (SELECT count(*) FROM unit), (SELECT count(*) FROM unit_done);
-- name: status.findings
SELECT count(*), count(DISTINCT content_id) FROM finding;
-- name: status.meta
SELECT value FROM meta WHERE name = ?1;
-- name: status.gap_reasons
SELECT g.why, count(*) FROM (SELECT why FROM gap_now UNION ALL SELECT why FROM conversion_gap_now) g
GROUP BY g.why ORDER BY count(*) DESC, g.why;
-- name: status.sources
SELECT s.name, s.mailbox, p.path FROM source s JOIN source_now p ON p.source_id = s.id ORDER BY s.name, p.path;
-- name: status.runs
SELECT r.id, r.stage, r.state, r.began, r.ended FROM run r ORDER BY r.id DESC LIMIT ?1;
-- name: status.last_done
SELECT coalesce(max(id), 0) FROM run WHERE stage = ?1 AND state = 'done';
-- name: status.digests
SELECT name FROM digest ORDER BY name;

-- === show ========================================================================================================

-- name: show.keys_between
SELECT c.content_id, c.key FROM content_key c WHERE c.k64 BETWEEN ?1 AND ?2
UNION ALL
SELECT x.content_id, x.key FROM content_key_collision x
ORDER BY 2;

-- name: show.message
SELECT l.key, v.subject_sealed, l.date, l.message_id, m.in_reply_to, m.size, m.defects, m.bare
FROM message_line l JOIN message m ON m.id = l.content_id
LEFT JOIN message_view v ON v.content_id = l.content_id
WHERE l.content_id = ?1;
-- name: show.addresses_of
SELECT a.role, e.address FROM address a LEFT JOIN email e ON e.id = a.email_id
WHERE a.content_id = ?1 ORDER BY a.n;
-- name: show.copies_of
SELECT s.mailbox, coalesce(o.folder, i.folder), s.name, c.start, i.path
FROM copy c
LEFT JOIN copy_place o ON o.item_id = c.item_id AND o.start = c.start
JOIN item i ON i.id = c.item_id JOIN source s ON s.id = i.source_id
WHERE c.content_id = ?1
ORDER BY s.mailbox, s.name, i.path, c.start;
-- name: show.parts_of
SELECT p.path, p.media_type, b.read, b.state, b.converter, v.filename_sealed
FROM part p
LEFT JOIN best_reading b ON b.content_id = p.content_id AND b.path = p.path
LEFT JOIN part_view v ON v.content_id = p.content_id AND v.path = p.path
WHERE p.content_id = ?1
ORDER BY p.path;
-- Of an archive itself the detail is the member that could not be read.
-- name: show.gaps
SELECT g.why, k.key, g.path, g.bytes, s.name, CASE WHEN i.kind = 'archive' THEN NULL ELSE g.start END,
       coalesce(CASE WHEN i.kind = 'archive' AND g.unit_id IS NOT NULL AND g.detail <> '' THEN i.path || '//' || g.detail END,
                i.path, g.detail)
FROM gap_now g
JOIN source s ON s.id = g.source_id
LEFT JOIN item i ON i.id = g.item_id
LEFT JOIN message_key k ON k.content_id = g.content_id
UNION ALL
SELECT g.why, k.key, g.path, g.bytes, s.name, g.start, g.item
FROM part_gap g
JOIN source s ON s.id = g.source_id
JOIN message_key k ON k.content_id = g.content_id
ORDER BY 1, 5, 7, 6, 3;
-- name: show.gaps_of
SELECT g.why, k.key, g.path, g.bytes, s.name, g.start, coalesce(i.path, g.detail)
FROM gap_now g
JOIN source s ON s.id = g.source_id
LEFT JOIN item i ON i.id = g.item_id
LEFT JOIN message_key k ON k.content_id = g.content_id
WHERE g.content_id = ?1
UNION ALL
SELECT g.why, k.key, g.path, g.bytes, s.name, g.start, g.item
FROM part_gap g
JOIN source s ON s.id = g.source_id
JOIN message_key k ON k.content_id = g.content_id
WHERE g.content_id = ?1
ORDER BY 1, 5, 7, 6, 3;
-- name: show.findings
SELECT k.key, f.path, f.type, f.confidence, f.masked
FROM finding f JOIN message_key k ON k.content_id = f.content_id
ORDER BY k.key, f.path, f.start, f.stop, f.type, f.fingerprint;
-- name: show.findings_of
SELECT k.key, f.path, f.type, f.confidence, f.masked
FROM finding f JOIN message_key k ON k.content_id = f.content_id
WHERE f.content_id = ?1
ORDER BY f.path, f.start, f.stop, f.type, f.fingerprint;
-- Why each copy has its level: the highest of its reasons holds.
-- name: show.access
SELECT k.key, s.mailbox, coalesce(r.level, 0), r.reason, r.record
FROM copy c
JOIN item i ON i.id = c.item_id
JOIN source s ON s.id = i.source_id
JOIN message_key k ON k.content_id = c.content_id
LEFT JOIN access_reason r ON r.item_id = c.item_id AND r.start = c.start
ORDER BY k.key, s.mailbox, s.name, i.path, c.start, r.level DESC, r.at, r.reason, r.record;
-- name: show.access_of
SELECT k.key, s.mailbox, coalesce(r.level, 0), r.reason, r.record
FROM copy c
JOIN item i ON i.id = c.item_id
JOIN source s ON s.id = i.source_id
JOIN message_key k ON k.content_id = c.content_id
LEFT JOIN access_reason r ON r.item_id = c.item_id AND r.start = c.start
WHERE c.content_id = ?1
ORDER BY k.key, s.mailbox, s.name, i.path, c.start, r.level DESC, r.at, r.reason, r.record;
-- name: show.contacts
SELECT c.address, c.level, k.key, c.record
FROM intruder_contact c LEFT JOIN message_key k ON k.content_id = c.class
ORDER BY c.address, k.key, c.record;
-- name: show.notes
SELECT n.kind, n.mailbox, nullif(n.began, 0), nullif(n.ended, 0), n.count, n.record
FROM scope_note n ORDER BY n.kind, n.mailbox, n.began, n.ended, n.record;
-- name: show.sources
SELECT s.name, s.mailbox, s.kind,
       (SELECT coalesce(sum(d.messages), 0) FROM unit u JOIN unit_done d ON d.unit_id = u.id WHERE u.source_id = s.id),
       (SELECT count(*) FROM gap_now g WHERE g.source_id = s.id), p.path
FROM source s JOIN source_now p ON p.source_id = s.id
ORDER BY s.name, s.mailbox, p.path;
-- name: show.runs
SELECT r.id, r.stage, n.state, r.began, r.ended FROM run r JOIN run_state n ON n.run_id = r.id ORDER BY r.id;
-- name: show.custody
SELECT a.n, a.at, s.name, c.handed_by, c.taken_by, c.acquired, c.note
FROM custody c JOIN act a ON a.n = c.act_n JOIN source s ON s.id = c.source_id
ORDER BY a.n;

-- === search ======================================================================================================
-- Each begins at the condition that leaves least; those that a later one would have begun at are then not given, so each
-- takes the first few of the same parameters: ?1 1 when dates are asked for, ?2 from, ?3 before, ?4 type, ?5 address in
-- lower case, ?6 its domain, ?7 Message-ID. '' = any. What follows the subject says where to read the message again.

-- name: search.by_date
SELECT l.key, l.date, l.sender, v.subject_sealed, c.source_id, c.root, c.item, c.kind, c.start, c.length,
       c.sha256
FROM message_line l
JOIN first_copy c ON c.content_id = l.content_id
LEFT JOIN message_view v ON v.content_id = l.content_id
WHERE (?1 = 0 OR (l.date >= ?2 AND l.date < ?3))
ORDER BY l.key;

-- name: search.by_type
SELECT l.key, l.date, l.sender, v.subject_sealed, c.source_id, c.root, c.item, c.kind, c.start, c.length,
       c.sha256
FROM message_line l
JOIN first_copy c ON c.content_id = l.content_id
LEFT JOIN message_view v ON v.content_id = l.content_id
WHERE l.content_id IN (SELECT f.content_id FROM finding f WHERE f.type = ?4)
  AND (?1 = 0 OR (l.date >= ?2 AND l.date < ?3))
ORDER BY l.key;

-- name: search.by_address
SELECT l.key, l.date, l.sender, v.subject_sealed, c.source_id, c.root, c.item, c.kind, c.start, c.length,
       c.sha256
FROM message_line l
JOIN first_copy c ON c.content_id = l.content_id
LEFT JOIN message_view v ON v.content_id = l.content_id
WHERE l.content_id IN (
    SELECT a.content_id FROM email e JOIN address a ON a.email_id = e.id
    WHERE e.domain = ?6 AND (?5 = '' OR lower(e.address) = ?5)
    UNION
    SELECT n.content_id FROM email e JOIN mention n ON n.email_id = e.id
    WHERE e.domain = ?6 AND (?5 = '' OR lower(e.address) = ?5))
  AND (?4 = '' OR EXISTS (SELECT 1 FROM finding f WHERE f.content_id = l.content_id AND f.type = ?4))
  AND (?1 = 0 OR (l.date >= ?2 AND l.date < ?3))
ORDER BY l.key;

-- name: search.by_message_id
SELECT l.key, l.date, l.sender, v.subject_sealed, c.source_id, c.root, c.item, c.kind, c.start, c.length,
       c.sha256
FROM message_line l
JOIN first_copy c ON c.content_id = l.content_id
LEFT JOIN message_view v ON v.content_id = l.content_id
WHERE l.message_id = ?7
  AND (?6 = '' OR EXISTS (SELECT 1 FROM address a JOIN email e ON e.id = a.email_id
       WHERE a.content_id = l.content_id AND e.domain = ?6 AND (?5 = '' OR lower(e.address) = ?5))
    OR EXISTS (SELECT 1 FROM mention n JOIN email e ON e.id = n.email_id
       WHERE n.content_id = l.content_id AND e.domain = ?6 AND (?5 = '' OR lower(e.address) = ?5)))
  AND (?4 = '' OR EXISTS (SELECT 1 FROM finding f WHERE f.content_id = l.content_id AND f.type = ?4))
  AND (?1 = 0 OR (l.date >= ?2 AND l.date < ?3))
ORDER BY l.key;

-- === verify ======================================================================================================

-- The units that were read, with what they hashed to and where their source is now.
-- name: evidence.units
SELECT u.id, u.kind, u.first_item, u.last_item, u.range_from, u.range_to, p.path, d.sha256, d.bytes
FROM unit u
JOIN unit_done d ON d.unit_id = u.id
JOIN source_now p ON p.source_id = u.source_id
ORDER BY u.id;
-- name: evidence.copies
SELECT c.item_id, i.path, c.start, c.sha256
FROM copy c JOIN item i ON i.id = c.item_id
WHERE c.item_id BETWEEN ?1 AND ?2 AND c.unit_id = ?3
ORDER BY c.item_id, c.start;
