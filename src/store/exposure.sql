-- exposure.sql - what commands show and export of customers, links, exposure, review and rulings.

-- === candor attribute ============================================================================================

-- Summed up for each first, in the order in which the table lies, so that nothing is sorted.
-- name: attribute.say_exposed
WITH one AS (
    SELECT e.kind AS kind, CASE WHEN e.whom LIKE 'person:%' THEN 1 ELSE 0 END AS person,
           sum(CASE WHEN e.level = 3 THEN 1 ELSE 0 END) AS sure, sum(CASE WHEN e.level = 2 THEN 1 ELSE 0 END) AS presumed
    FROM exposure e GROUP BY e.whom, e.kind)
SELECT kind, 3 AS level, sum(sure), count(CASE WHEN sure > 0 AND person = 0 THEN 1 END),
       count(CASE WHEN sure > 0 AND person = 1 THEN 1 END)
FROM one GROUP BY kind HAVING sum(sure) > 0
UNION ALL
SELECT kind, 2, sum(presumed), count(CASE WHEN presumed > 0 AND person = 0 THEN 1 END),
       count(CASE WHEN presumed > 0 AND person = 1 THEN 1 END)
FROM one GROUP BY kind HAVING sum(presumed) > 0
ORDER BY 1, 2 DESC;
-- name: attribute.say_asked
SELECT r.cause, count(*), count(DISTINCT r.whom) FROM review r GROUP BY r.cause ORDER BY r.cause;
-- name: attribute.say_nobody
SELECT 'messages', count(*) FROM class_access a
WHERE a.level >= 2 AND NOT EXISTS (SELECT 1 FROM message_link l WHERE l.class = a.class)
UNION ALL
SELECT 'findings', coalesce(sum(
    (SELECT count(*) FROM finding f WHERE f.content_id = t.content_id
     AND NOT EXISTS (SELECT 1 FROM finding_link k WHERE k.class = t.class AND k.part_sha256 = f.part_sha256
                     AND k.type = f.type AND k.fingerprint = f.fingerprint))), 0)
FROM twin t JOIN class_access a ON a.class = t.class
WHERE a.level >= 2 AND NOT EXISTS (SELECT 1 FROM message_link l WHERE l.class = t.class);

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

-- === candor review ===============================================================================================

-- What waits, by cause; and what was told and holds no more (plan_review), by cause and why. Who decides on a group, and
-- until when, is the newest word. ?1: now.
-- name: review.groups
SELECT g.cause, g.items, g.customers,
       (SELECT a.other FROM act_ruling a WHERE a.verb = 'assign' AND a.grouped = g.cause ORDER BY a.act_n DESC LIMIT 1),
       d.due, CASE WHEN d.due > 0 AND d.due < ?1 THEN 'overdue' ELSE '' END
FROM (SELECT r.cause AS cause, count(*) AS items, count(DISTINCT r.whom) AS customers FROM review r GROUP BY r.cause
      UNION ALL
      SELECT p.cause || '/' || p.why, count(*), count(DISTINCT p.whom) FROM plan_review p
      GROUP BY p.cause || '/' || p.why) g
LEFT JOIN (SELECT a.grouped AS cause, CAST(a.subject AS INTEGER) AS due FROM act_ruling a
           WHERE a.verb = 'assign'
             AND a.act_n = (SELECT max(b.act_n) FROM act_ruling b WHERE b.verb = 'assign' AND b.grouped = a.grouped)) d
       ON d.cause = g.cause
ORDER BY g.cause;
-- name: review.waiting
SELECT (SELECT count(*) FROM review r WHERE r.cause = ?1) + (SELECT count(*) FROM plan_review p WHERE p.cause || '/' || p.why = ?1);
-- name: review.assigned
SELECT count(*) FROM act_ruling r
WHERE r.verb = 'assign' AND r.grouped = ?1 AND r.other = ?2 AND r.subject = ?3
  AND NOT EXISTS (SELECT 1 FROM act_ruling n WHERE n.verb = 'assign' AND n.grouped = r.grouped AND n.act_n > r.act_n);
-- name: review.items
SELECT r.whom, r.kind, k.key, r.type, r.level, r.subject, r.mark
FROM review r LEFT JOIN message_key k ON k.content_id = r.content_id
WHERE r.cause = ?1
UNION ALL
SELECT p.whom, p.kind, k.key, p.type, p.level, p.subject, p.mark
FROM plan_review p LEFT JOIN message_key k ON k.content_id = p.content_id
WHERE p.cause || '/' || p.why = ?1
ORDER BY 1, 2, 3, 6, 4, 7;

-- === candor ruling ===============================================================================================

-- name: ruling.list
SELECT r.act_n, r.verb, r.whom, CASE WHEN r.kind > 0 THEN r.kind END, substr(r.content, 1, 12), r.type,
       CASE WHEN r.grouped <> '' THEN r.grouped ELSE r.other END, r.by, r.reason
FROM act_ruling r ORDER BY r.act_n;
-- Whether the newest word on this says just this.
-- An answer to a group holds for what was told before it: once the customer is told more, it may be given again.
-- name: ruling.same
SELECT count(*) FROM act_ruling r
WHERE r.verb = ?1 AND r.whom = ?2 AND r.kind = ?3 AND r.content = ?4 AND r.subject = ?5 AND r.type = ?6 AND r.mark = ?7
  AND r.level = ?8 AND r.other = ?9 AND r.grouped = ?10
  AND NOT EXISTS (SELECT 1 FROM act_ruling n
                  WHERE n.act_n > r.act_n AND n.whom = r.whom AND n.kind = r.kind AND n.content = r.content
                    AND n.subject = r.subject AND n.type = r.type AND n.mark = r.mark AND n.grouped = r.grouped)
  AND (r.grouped = '' OR (r.act_n > (SELECT coalesce(max(n.act_n), 0) FROM act_notice n WHERE n.whom = r.whom)
                          AND r.act_n > (SELECT coalesce(max(t.act_n), 0) FROM act_told t WHERE t.whom = r.whom)));
-- name: ruling.class
SELECT t.class, k.key FROM twin t JOIN message_key k ON k.content_id = t.content_id WHERE t.content_id = ?1;
-- name: ruling.merged_into
SELECT r.other FROM act_ruling r WHERE r.verb = 'merge' AND r.whom = ?1 ORDER BY r.act_n DESC LIMIT 1;
-- name: ruling.names
SELECT count(*) FROM listed_name n
WHERE n.customer = ?1 AND n.value = ?2 AND n.list_id = (SELECT max(d.list_id) FROM listed_customer d WHERE d.id = ?1);
-- The findings of a twin class: of a type ('': any), by the beginning of the fingerprint in hex.
-- name: ruling.findings
SELECT DISTINCT f.type, f.fingerprint FROM twin t JOIN finding f ON f.content_id = t.content_id
WHERE t.class = ?1 AND (?2 = '' OR f.type = ?2)
ORDER BY 1, 2;
-- name: ruling.unread
SELECT DISTINCT '', e.mark FROM exposure e WHERE e.kind = 3 AND e.content_id = ?1 AND ?2 = ''
ORDER BY 2;
-- What is there of somebody that a ruling could be about; what it leaves open (0, '') is any.
-- name: ruling.facts
SELECT (SELECT count(*) FROM exposure e
        WHERE e.whom = ?1 AND (?2 = 0 OR e.kind = ?2) AND (?3 = 0 OR e.content_id = ?3) AND (?4 = '' OR e.subject = ?4)
          AND (?5 = '' OR e.type = ?5))
     + (SELECT count(*) FROM review r
        WHERE r.whom = ?1 AND (?2 = 0 OR r.kind = ?2) AND (?3 = 0 OR r.content_id = ?3) AND (?4 = '' OR r.subject = ?4)
          AND (?5 = '' OR r.type = ?5));
-- A group of told facts that hold no more; '' of everybody.
-- name: ruling.group
SELECT p.whom, p.kind, k.key, p.subject, p.type, p.mark, p.level
FROM plan_review p LEFT JOIN message_key k ON k.content_id = p.content_id
WHERE p.cause || '/' || p.why = ?1 AND (?2 = '' OR p.whom = ?2)
ORDER BY p.whom, p.kind, k.key, p.subject, p.type, p.mark;

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
