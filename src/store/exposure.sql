-- exposure.sql - what commands show and export of customers, links, exposure, review and rulings.

-- === candor attribute ============================================================================================

-- name: attribute.say_exposed
SELECT e.kind, e.level, count(*), count(DISTINCT CASE WHEN e.whom NOT LIKE 'person:%' THEN e.whom END),
       count(DISTINCT CASE WHEN e.whom LIKE 'person:%' THEN e.whom END)
FROM exposure e GROUP BY e.kind, e.level ORDER BY e.kind, e.level DESC;
-- name: attribute.say_asked
SELECT r.cause, count(*), count(DISTINCT r.whom) FROM review r GROUP BY r.cause ORDER BY r.cause;
-- name: attribute.say_nobody
SELECT 'messages', count(*) FROM class_access a
WHERE a.level >= 2 AND NOT EXISTS (SELECT 1 FROM message_link l WHERE l.class = a.class)
UNION ALL
SELECT 'findings', count(*) FROM finding f JOIN twin t ON t.content_id = f.content_id
JOIN class_access a ON a.class = t.class
WHERE a.level >= 2 AND NOT EXISTS (SELECT 1 FROM message_link l WHERE l.class = a.class)
  AND NOT EXISTS (SELECT 1 FROM finding_link k WHERE k.class = t.class AND k.part_sha256 = f.part_sha256
                  AND k.type = f.type AND k.fingerprint = f.fingerprint);

-- === candor customer =============================================================================================

-- Before attribute has run, as the newest list names them.
-- name: show.customers
SELECT c.id, c.name, c.state,
       (SELECT count(*) FROM exposure e WHERE e.whom = c.id AND e.kind = 1),
       (SELECT count(*) FROM exposure e WHERE e.whom = c.id AND e.kind <> 1),
       (SELECT count(*) FROM listed_contact k WHERE k.customer = c.id
        AND k.list_id = (SELECT max(d.list_id) FROM listed_customer d WHERE d.id = c.id)), c.into_id
FROM customer c
UNION ALL
SELECT l.id, l.name, 'listed', 0, 0,
       (SELECT count(*) FROM listed_contact k WHERE k.list_id = l.list_id AND k.customer = l.id), ''
FROM listed_customer l
WHERE l.list_id = (SELECT max(v.id) FROM customer_list v)
  AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = l.id)
ORDER BY 1;
-- A customer, or a person that is exposed to something.
-- name: customer.known
SELECT (SELECT count(*) FROM customer c WHERE c.id = ?1) + (SELECT count(*) FROM exposure e WHERE e.whom = ?1)
     + (SELECT count(*) FROM listed_customer l WHERE l.id = ?1);
-- name: customer.card
SELECT c.id, c.name, c.state, c.into_id, c.sector, c.country, c.language FROM customer c WHERE c.id = ?1
UNION ALL
SELECT l.id, l.name, 'listed', '', l.sector, l.country, l.language FROM listed_customer l
WHERE l.id = ?1 AND l.list_id = (SELECT max(v.id) FROM customer_list v)
  AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = ?1);
-- name: customer.names
SELECT n.kind, n.value FROM listed_name n
WHERE n.customer = ?1 AND n.list_id = (SELECT max(d.list_id) FROM listed_customer d WHERE d.id = ?1)
ORDER BY n.kind, n.value;
-- name: customer.contacts
SELECT k.n, k.role, k.channel, k.address, k.name, k.verified, k.source FROM listed_contact k
WHERE k.customer = ?1 AND k.list_id = (SELECT max(d.list_id) FROM listed_customer d WHERE d.id = ?1)
ORDER BY k.n;
-- name: customer.told
SELECT e.kind, e.level, e.type, count(*) FROM exposure e WHERE e.whom = ?1
GROUP BY e.kind, e.level, e.type ORDER BY e.kind, e.level DESC, e.type;
-- name: customer.findings
SELECT k.key, f.type, f.masked, f.path, l.reason
FROM finding_link l
JOIN exposure e ON e.whom = l.whom AND e.kind = 2 AND e.content_id = l.class AND e.subject = '' AND e.type = l.type
               AND e.mark = l.fingerprint
JOIN twin t ON t.class = l.class
JOIN finding f ON f.content_id = t.content_id AND f.part_sha256 = l.part_sha256 AND f.type = l.type
              AND f.fingerprint = l.fingerprint
JOIN message_key k ON k.content_id = f.content_id
WHERE l.whom = ?1
ORDER BY k.key, f.path, f.start, f.type, f.fingerprint;

-- === export ======================================================================================================

-- name: export.customers
SELECT c.id, c.name, c.sector, c.country, c.language, c.state, c.into_id FROM customer c ORDER BY c.id;
-- name: export.links
SELECT k.key, l.whom, l.reason, l.standing, l.weight
FROM message_link l JOIN message_key k ON k.content_id = l.class ORDER BY k.key, l.whom, l.reason;
-- name: export.finding_links
SELECT k.key, l.part_sha256, l.type, l.fingerprint, l.whom, l.reason
FROM finding_link l JOIN message_key k ON k.content_id = l.class
ORDER BY k.key, l.part_sha256, l.type, l.fingerprint, l.whom;
-- name: export.exposure
SELECT e.whom, e.kind, k.key, e.subject, e.type, e.mark, e.level, e.reason
FROM exposure e LEFT JOIN message_key k ON k.content_id = e.content_id
ORDER BY e.whom, e.kind, k.key, e.subject, e.type, e.mark;
-- name: export.review
SELECT r.cause, r.whom, r.kind, k.key, r.subject, r.type, r.mark, r.level
FROM review r LEFT JOIN message_key k ON k.content_id = r.content_id
ORDER BY r.cause, r.whom, r.kind, k.key, r.subject, r.type, r.mark;
-- name: export.rulings
SELECT r.act_n, a.at, r.verb, r.whom, r.kind, r.content, r.subject, r.type, r.mark, r.level, r.other, r.grouped, r.by,
       r.reason
FROM act_ruling r JOIN act a ON a.n = r.act_n ORDER BY r.act_n;
