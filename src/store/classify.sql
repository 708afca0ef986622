-- classify.sql - findings and masked views from the current matches: for each message, those of the newest reader that
-- read it, and those of the best conversion of each part that it carries, and of the newest: where that reads less,
-- it alone has the rules of today.

-- name: classify.matches
SELECT m.content_id, m.path, m.start, m.stop, m.rule, m.type, m.fingerprint, m.masked, m.confidence, p.sha256,
       coalesce(k.key, c.key)
FROM match m
JOIN message g ON g.id = m.content_id
LEFT JOIN part p ON p.content_id = m.content_id AND p.path = m.path
LEFT JOIN content_key k ON k.k64 = g.k64 AND k.content_id = g.id
LEFT JOIN content_key_collision c ON c.content_id = g.id
WHERE m.reader_id = (SELECT max(a.reader_id) FROM reading_attempt a WHERE a.content_id = m.content_id)
UNION ALL
SELECT p.content_id, p.path, x.start, x.stop, x.rule, x.type, x.fingerprint, x.masked, x.confidence, p.sha256,
       coalesce(k.key, c.key)
FROM part p
JOIN best_conversion v ON v.part_sha256 = p.sha256
JOIN conversion_match x ON x.part_sha256 = v.part_sha256
    AND (x.converter_id = v.converter_id
         OR x.converter_id = (SELECT max(c.converter_id) FROM conversion c WHERE c.part_sha256 = v.part_sha256))
JOIN message g ON g.id = p.content_id
LEFT JOIN content_key k ON k.k64 = g.k64 AND k.content_id = g.id
LEFT JOIN content_key_collision c ON c.content_id = g.id
ORDER BY 1;

-- name: classify.finding_add
INSERT INTO finding_new (content_id, part_sha256, type, fingerprint, path, rule, start, stop, masked, confidence, matches)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- Raw strings, and the matches in them, both in the order of (content, path).
-- name: classify.subjects
SELECT g.id, '', g.subject_sealed FROM message g WHERE g.subject_sealed IS NOT NULL ORDER BY g.id;
-- name: classify.subject_matches
SELECT m.content_id, '', m.start, m.stop, m.masked FROM match m
WHERE m.path = '@subject'
  AND m.reader_id = (SELECT max(a.reader_id) FROM reading_attempt a WHERE a.content_id = m.content_id)
ORDER BY m.content_id, m.start, m.stop;
-- name: classify.subject_view_add
INSERT INTO message_view_new (content_id, subject_sealed) VALUES (?1, ?2);

-- name: classify.filenames
SELECT p.content_id, p.path, p.filename_sealed FROM part p WHERE p.filename_sealed IS NOT NULL
ORDER BY p.content_id, p.path;
-- name: classify.filename_matches
SELECT m.content_id, substr(m.path, 11), m.start, m.stop, m.masked FROM match m
WHERE m.path >= '@filename:' AND m.path < '@filename;'
  AND m.reader_id = (SELECT max(a.reader_id) FROM reading_attempt a WHERE a.content_id = m.content_id)
ORDER BY m.content_id, 2, m.start, m.stop;
-- name: classify.filename_view_add
INSERT INTO part_view_new (content_id, path, filename_sealed) VALUES (?1, ?2, ?3);

-- A broken-off run may have left rows in the shadows.
-- name: classify_clear.finding
DELETE FROM finding_new;
-- name: classify_clear.message_view
DELETE FROM message_view_new;
-- name: classify_clear.part_view
DELETE FROM part_view_new;

-- name: swap.finding_drop
DROP TABLE finding;
-- name: swap.finding_rename
ALTER TABLE finding_new RENAME TO finding;
-- name: swap.message_view_drop
DROP TABLE message_view;
-- name: swap.message_view_rename
ALTER TABLE message_view_new RENAME TO message_view;
-- name: swap.part_view_drop
DROP TABLE part_view;
-- name: swap.part_view_rename
ALTER TABLE part_view_new RENAME TO part_view;
