-- page.sql - what the page of a case asks: figures for a person who looks, masked and counted, no mail.

-- Mails (twin classes) by level; a case without scope has none.
-- name: page.levels
SELECT a.level, count(*) FROM class_access a GROUP BY a.level ORDER BY a.level;
-- Customers, persons, first notices owed, further ones owed, told at least once, distinct secrets, mails read.
-- name: page.figures
SELECT (SELECT count(DISTINCT e.whom) FROM exposure e WHERE e.whom NOT LIKE 'person:%'),
       (SELECT count(DISTINCT e.whom) FROM exposure e WHERE e.whom LIKE 'person:%'),
       (SELECT count(*) FROM plan_notice p WHERE p.kind = 'first'),
       (SELECT count(*) FROM plan_notice p WHERE p.kind = 'more'),
       (SELECT count(DISTINCT n.whom) FROM act_notice n),
       (SELECT count(*) FROM (SELECT DISTINCT e.type, e.mark FROM exposure e
                              WHERE e.kind = 2 AND e.type LIKE 'secret.%') s),
       (SELECT count(*) FROM message);
-- name: page.as_of
SELECT coalesce(max(r.began), 0) FROM run r;

-- === what was taken when =========================================================================================

-- The date of the message of that rank, by date.
-- name: page.dated
SELECT count(*) FROM message m WHERE m.date IS NOT NULL;
-- name: page.date_of_rank
SELECT m.date FROM message m WHERE m.date IS NOT NULL ORDER BY m.date LIMIT 1 OFFSET ?1;
-- Copies by mailbox, interval from ?1 of the width ?2 (?3 of them; what lies outside counts in the outermost), level.
-- name: page.timeline
SELECT s.mailbox, CASE WHEN m.date IS NULL OR m.date < ?1 THEN 0
                       WHEN m.date >= ?1 + CAST(?2 AS INTEGER) * ?3 THEN ?3 - 1
                       ELSE (m.date - ?1) / ?2 END AS bin, coalesce(a.level, 0), count(*)
FROM copy c JOIN item i ON i.id = c.item_id JOIN source s ON s.id = i.source_id
JOIN message m ON m.id = c.content_id
LEFT JOIN access a ON a.item_id = c.item_id AND a.start = c.start
GROUP BY s.mailbox, bin, coalesce(a.level, 0) ORDER BY s.mailbox;
-- When the intruders were there, as they are named now.
-- name: page.windows
SELECT s.intruder, s.began, s.ended FROM act_intruders_set s
WHERE s.act_n = (SELECT max(n.act_n) FROM act_intruders n) AND (s.began <> 0 OR s.ended <> 0)
GROUP BY s.intruder, s.began, s.ended ORDER BY s.began, s.ended;
-- name: page.uncovered
SELECT n.began, n.ended FROM scope_note n WHERE n.kind = 'uncovered' GROUP BY n.began, n.ended ORDER BY n.began;

-- === whose it is =================================================================================================

-- One line for each who is exposed: highest level, mails, secrets, money, health, persons, contacts, other values,
-- unread parts, written to, attacked, the notice that is planned, and the last that was approved.
-- name: page.customers
SELECT q.whom, coalesce(c.name, ''), coalesce(c.sector, ''), q.level, q.mails, q.secrets, q.money, q.health, q.persons,
       q.contacts, q.found - q.secrets - q.money - q.health - q.persons - q.contacts, q.unread, q.contacted, q.targeted,
       coalesce((SELECT p.kind FROM plan_notice p WHERE p.whom = q.whom), ''),
       coalesce((SELECT p.state FROM plan_notice p WHERE p.whom = q.whom), ''),
       (SELECT count(*) FROM act_notice n WHERE n.whom = q.whom)
FROM (SELECT e.whom AS whom, max(e.level) AS level, count(*) AS facts,
             sum(CASE WHEN e.kind = 1 THEN 1 ELSE 0 END) AS mails,
             sum(CASE WHEN e.kind = 2 THEN 1 ELSE 0 END) AS found,
             sum(CASE WHEN e.kind = 2 AND e.type LIKE 'secret.%' THEN 1 ELSE 0 END) AS secrets,
             sum(CASE WHEN e.kind = 2 AND e.type LIKE 'financial.%' THEN 1 ELSE 0 END) AS money,
             sum(CASE WHEN e.kind = 2 AND e.type LIKE 'health.%' THEN 1 ELSE 0 END) AS health,
             sum(CASE WHEN e.kind = 2 AND e.type LIKE 'person.%' THEN 1 ELSE 0 END) AS persons,
             sum(CASE WHEN e.kind = 2 AND e.type LIKE 'contact.%' THEN 1 ELSE 0 END) AS contacts,
             sum(CASE WHEN e.kind = 3 THEN 1 ELSE 0 END) AS unread,
             sum(CASE WHEN e.kind = 4 THEN 1 ELSE 0 END) AS contacted,
             sum(CASE WHEN e.kind = 5 THEN 1 ELSE 0 END) AS targeted
      FROM exposure e GROUP BY e.whom) q
LEFT JOIN customer c ON c.id = q.whom
ORDER BY q.secrets DESC, q.health + q.persons DESC, q.money DESC, q.facts DESC, q.whom LIMIT ?1;

-- === waves =======================================================================================================

-- Notices of each wave by how far they came, the best of their deliveries: 4 acknowledged, 3 accepted, 2 handed over,
-- 1 came back, 0 nothing yet.
-- name: page.waves
SELECT w.act_n, w.name, n.kind, coalesce(r.reach, 0) AS reach, count(*)
FROM act_wave w JOIN act_notice n ON n.wave = w.act_n
LEFT JOIN (SELECT d.notice AS notice,
                  max(CASE d.state WHEN 'acknowledged' THEN 4 WHEN 'accepted' THEN 3 WHEN 'handed' THEN 2
                                   WHEN 'replanned' THEN 0 ELSE 1 END) AS reach
           FROM act_delivery d
           WHERE d.act_n = (SELECT max(x.act_n) FROM act_delivery x
                            WHERE x.notice = d.notice AND x.delivery = d.delivery)
           GROUP BY d.notice) r ON r.notice = n.act_n
GROUP BY w.act_n, w.name, n.kind, coalesce(r.reach, 0) ORDER BY w.act_n, reach DESC;
-- name: page.told_outside
SELECT count(*), count(DISTINCT t.whom) FROM act_told t;

-- === what changed, what is open ==================================================================================

-- name: page.changes
SELECT f.change, f.kind, count(*), count(DISTINCT f.whom) FROM plan_fact f
GROUP BY f.change, f.kind ORDER BY f.change, f.kind;
-- Whose notice grew by what: further notices only.
-- name: page.grown
SELECT f.whom, coalesce(c.name, ''), p.kind,
       sum(CASE WHEN f.change = 'new' AND f.kind = 1 THEN 1 ELSE 0 END),
       sum(CASE WHEN f.change = 'new' AND f.kind = 2 THEN 1 ELSE 0 END),
       sum(CASE WHEN f.change = 'new' AND f.kind > 2 THEN 1 ELSE 0 END),
       sum(CASE WHEN f.change = 'raised' THEN 1 ELSE 0 END), sum(CASE WHEN f.change = 'resolved' THEN 1 ELSE 0 END),
       sum(CASE WHEN f.change NOT IN ('new', 'raised', 'resolved') THEN 1 ELSE 0 END)
FROM plan_fact f JOIN plan_notice p ON p.whom = f.whom LEFT JOIN customer c ON c.id = f.whom
GROUP BY f.whom, c.name, p.kind ORDER BY p.kind, count(*) DESC, f.whom LIMIT ?1;
-- What waits for a ruling.
-- name: page.reviews
SELECT q.cause, q.why, count(*), count(DISTINCT q.whom)
FROM (SELECT r.cause AS cause, '' AS why, r.whom AS whom FROM review r
      UNION ALL SELECT p.cause, p.why, p.whom FROM plan_review p) q
GROUP BY q.cause, q.why ORDER BY count(*) DESC, q.cause, q.why;
-- A line for all customers of a duty that are in the same state; the earliest speaks for them.
-- name: page.deadlines
SELECT g.duty, coalesce(c.name, g.whom), g.recipient, g.customers, g.due, g.state
FROM (SELECT d.duty AS duty, min(d.whom) AS whom, min(d.recipient) AS recipient, count(*) AS customers, min(d.due) AS due,
             d.state AS state
      FROM deadline d GROUP BY d.duty, d.state) g
LEFT JOIN customer c ON c.id = g.whom ORDER BY g.due, g.duty, g.state LIMIT ?1;

-- === what is not known ===========================================================================================

-- name: page.gaps
SELECT g.why, count(*), sum(g.bytes) FROM gap_now g GROUP BY g.why ORDER BY count(*) DESC, g.why LIMIT ?1;
-- name: page.notes
SELECT n.kind, count(*), sum(n.count), sum(n.ended - n.began) FROM scope_note n GROUP BY n.kind ORDER BY n.kind;
