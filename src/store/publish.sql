-- publish.sql - what a customer may see: each statement for one customer, beginning at its facts.
--
-- Kinds of facts: taken 1, data 2, unread 3. Standing: party 1, mentioned 2. A twin class is shown by the member that
-- names it; whose its findings are holds for every member.

-- Those with something to see; and those to whom something was shown that is theirs no more.
-- name: publish.customers
SELECT e.whom FROM exposure e JOIN customer c ON c.id = e.whom
WHERE e.kind IN (1, 2)
UNION
SELECT r.whom FROM act_release r
ORDER BY 1;
-- With which rules the mail was last read: with others, other spans would be seen.
-- name: publish.rules
SELECT r.rules FROM reader r WHERE r.id = (SELECT max(n.id) FROM reader n);

-- Its mail, and mail that only mentions it and holds data of its own: how it stands to each, whether it is the only party
-- there (an address that customers share may be another's), and where to read it again.
-- name: publish.messages
SELECT e.class, k.key, m.date, m.bare, e.standing,
       CASE WHEN EXISTS (SELECT 1 FROM message_link o WHERE o.class = e.class AND o.whom <> ?1 AND o.standing = 1)
              OR EXISTS (SELECT 1 FROM twin t JOIN address a ON a.content_id = t.content_id
                         JOIN email_whom w ON w.email_id = a.email_id
                         WHERE t.class = e.class AND a.role <> 11 AND w.reason = 'shared-name'
                           AND NOT EXISTS (SELECT 1 FROM email_whom v JOIN message_link o ON o.whom = v.whom
                                           WHERE v.email_id = w.email_id AND o.class = e.class AND o.standing = 1))
              OR EXISTS (SELECT 1 FROM twin t JOIN mention a ON a.content_id = t.content_id
                         JOIN email_whom w ON w.email_id = a.email_id
                         WHERE t.class = e.class AND w.reason = 'shared-name'
                           AND NOT EXISTS (SELECT 1 FROM email_whom v JOIN message_link o ON o.whom = v.whom
                                           WHERE v.email_id = w.email_id AND o.class = e.class AND o.standing = 1))
            THEN 0 ELSE 1 END,
       c.sha256, p.path, i.path, i.kind, c.start, c.length
FROM (SELECT x.content_id AS class, min(CASE WHEN x.kind = 1 THEN 1 ELSE 2 END) AS standing
      FROM exposure x WHERE x.whom = ?1 AND x.kind IN (1, 2) GROUP BY x.content_id) e
JOIN message m ON m.id = e.class
JOIN message_key k ON k.content_id = e.class
LEFT JOIN copy c ON c.content_id = e.class AND NOT EXISTS (
    SELECT 1 FROM copy d
    WHERE d.content_id = c.content_id
      AND (d.item_id < c.item_id OR (d.item_id = c.item_id AND d.start < c.start)))
LEFT JOIN item i ON i.id = c.item_id
LEFT JOIN source_now p ON p.source_id = i.source_id
ORDER BY k.key;

-- From, To, Cc and Bcc; the addresses of others are not shown.
-- name: publish.addresses
SELECT e.content_id, a.role, x.address,
       CASE WHEN EXISTS (SELECT 1 FROM email_whom w WHERE w.email_id = a.email_id AND w.whom IN (?1, '')) THEN 1 ELSE 0 END
FROM exposure e
JOIN address a ON a.content_id = e.content_id
JOIN email x ON x.id = a.email_id
WHERE e.whom = ?1 AND e.kind = 1 AND a.role IN (0, 3, 4, 5)
ORDER BY e.content_id, a.n;

-- What it may see: in its mail its own, and how to reach the vendor (the last column says which); in mail that only
-- mentions it, its own that it is told of.
-- name: publish.own
SELECT e.content_id, k.type, k.fingerprint, coalesce(f.masked, ''), CASE WHEN k.whom = ?1 THEN 1 ELSE 0 END
FROM exposure e
JOIN finding_link k ON k.class = e.content_id AND (k.whom = ?1 OR (k.whom = '' AND k.type LIKE 'contact.%'))
LEFT JOIN finding f ON f.content_id = e.content_id AND f.part_sha256 = k.part_sha256 AND f.type = k.type
                   AND f.fingerprint = k.fingerprint
WHERE e.whom = ?1 AND e.kind = 1
UNION
SELECT e.content_id, e.type, e.mark, coalesce(f.masked, ''), 1
FROM exposure e
LEFT JOIN finding f ON f.content_id = e.content_id AND f.type = e.type AND f.fingerprint = e.mark
WHERE e.whom = ?1 AND e.kind = 2
  AND NOT EXISTS (SELECT 1 FROM exposure o WHERE o.whom = ?1 AND o.kind = 1 AND o.content_id = e.content_id)
ORDER BY 1, 2, 3, 4, 5;

-- The parts of that mail: how many findings in each are not its own, and how many are; how much of it a converter passed
-- over, and the text that was made of it. (best_reading, written out: SQLite would build all of it for each customer.)
-- name: publish.parts
SELECT e.class, p.path, p.media_type, p.sha256, coalesce(v.state, b.state), b.read,
       CASE WHEN p.disposition = 'attachment' OR p.filename_sealed IS NOT NULL OR p.media_type NOT LIKE 'text/%'
            THEN 1 ELSE 0 END,
       (SELECT count(*) FROM finding f
        WHERE f.content_id = p.content_id
          AND (f.part_sha256 = p.sha256 OR substr(f.path, 1, length(p.path) + 1) = p.path || '.')
          AND NOT EXISTS (SELECT 1 FROM finding_link k
                          WHERE k.class = e.class AND k.part_sha256 = f.part_sha256 AND k.type = f.type
                            AND k.fingerprint = f.fingerprint
                            AND (k.whom = ?1 OR (k.whom = '' AND k.type LIKE 'contact.%')))),
       (SELECT count(*) FROM finding f
        WHERE f.content_id = p.content_id
          AND (f.part_sha256 = p.sha256 OR substr(f.path, 1, length(p.path) + 1) = p.path || '.')
          AND EXISTS (SELECT 1 FROM finding_link k
                      WHERE k.class = e.class AND k.part_sha256 = f.part_sha256 AND k.type = f.type
                        AND k.fingerprint = f.fingerprint AND k.whom = ?1)),
       coalesce(v.unscanned, 0), c.name, c.version, coalesce(v.text_bytes, 0)
FROM (SELECT DISTINCT x.content_id AS class FROM exposure x WHERE x.whom = ?1 AND x.kind IN (1, 2)) e
JOIN part p ON p.content_id = e.class
LEFT JOIN best_attempt b ON b.content_id = p.content_id AND b.path = p.path
LEFT JOIN best_conversion v ON v.part_sha256 = p.sha256 AND b.state = 2
LEFT JOIN converter c ON c.id = v.converter_id
WHERE p.kind = 0
ORDER BY e.class, p.path;

-- Holds as last said, each for one message (its key in hex) or all, and for one customer or all.
-- name: publish.holds
SELECT h.content, h.whom FROM act_hold h
WHERE h.state = 'held'
  AND h.act_n = (SELECT max(n.act_n) FROM act_hold n WHERE n.content = h.content AND n.whom = h.whom)
ORDER BY h.act_n;
-- name: publish.class_of_key
SELECT t.class FROM content_key c JOIN twin t ON t.content_id = c.content_id WHERE c.k64 = ?1 AND c.key = ?2
UNION
SELECT t.class FROM content_key_collision x JOIN twin t ON t.content_id = x.content_id WHERE x.key = ?2;

-- name: publish.newest
SELECT r.sha256, (SELECT count(*) FROM act_release n WHERE n.whom = ?1)
FROM act_release r WHERE r.whom = ?1 ORDER BY r.act_n DESC LIMIT 1;
-- name: publish.list
SELECT r.whom, r.messages, r.path, r.sha256
FROM act_release r
WHERE r.act_n = (SELECT max(n.act_n) FROM act_release n WHERE n.whom = r.whom)
ORDER BY r.whom;
