-- notify.sql - what is known, what is owed, whom to tell: the steps of the plan, then what acts and notices ask.
--
-- plan.c runs the steps in the order in which they stand here. Each is one statement over whole tables.

-- === who is who now ==============================================================================================

-- name: plan.rename_clear
DELETE FROM plan_rename;
-- name: plan.rename_add
INSERT INTO plan_rename (was, now) VALUES (?1, ?2);

-- name: plan.heir_clear
DELETE FROM plan_heir;
-- A customer that was merged into one that was merged itself has the last one as heir; a circle has none.
-- name: plan.heir
INSERT INTO plan_heir (was, now)
WITH RECURSIVE way(was, now) AS (
    SELECT c.id, c.into_id FROM customer c WHERE c.state = 'merged' AND c.into_id <> ''
    UNION
    SELECT w.was, c.into_id FROM way w JOIN customer c ON c.id = w.now WHERE c.state = 'merged' AND c.into_id <> '')
SELECT w.was, min(w.now) FROM way w
WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.id = w.now AND c.state = 'merged' AND c.into_id <> '')
GROUP BY w.was;

-- === what arrived ================================================================================================

-- The newest state of a delivery holds; but an acknowledgement is never taken back.
-- name: plan.delivery_clear
DELETE FROM plan_delivery;
-- name: plan.delivery
INSERT INTO plan_delivery (notice, delivery, contact, standing)
SELECT d.notice, d.delivery, d.contact,
       CASE WHEN g.acknowledged = 1 OR d.state = 'accepted' THEN 2 WHEN d.state = 'handed' THEN 1 ELSE 0 END
FROM (SELECT notice, delivery, max(act_n) AS last,
             max(CASE WHEN state = 'acknowledged' THEN 1 ELSE 0 END) AS acknowledged
      FROM act_delivery GROUP BY notice, delivery) g
JOIN act_delivery d ON d.act_n = g.last;

-- An approved notice is under way, until a delivery says otherwise; what was told outside candor has arrived.
-- name: plan.telling_clear
DELETE FROM plan_telling;
-- name: plan.telling
INSERT INTO plan_telling (act_n, whom, contact, standing)
SELECT n.act_n, n.whom, n.contact, 1 FROM act_notice n
UNION ALL
SELECT t.act_n, t.whom, t.contact, 2 FROM act_told t;

-- After a split, what was told follows the contact: one that is the new customer's by the newest list, else by the
-- ruling. Customers that were split or merged again lead on to those that came of them.
-- name: plan.successor_clear
DELETE FROM plan_successor;
-- name: plan.successor
INSERT INTO plan_successor (whom, contact, other)
WITH RECURSIVE step(was, now) AS (
    SELECT r.whom, r.other FROM act_ruling r WHERE r.verb = 'split'
    UNION
    SELECT h.was, h.now FROM plan_heir h),
way(was, now) AS (
    SELECT s.was, s.now FROM step s
    UNION
    SELECT w.was, s.now FROM way w JOIN step s ON s.was = w.now),
fit(whom, contact, other, listed) AS (
    SELECT c.whom, c.contact, w.now,
           CASE WHEN EXISTS (SELECT 1 FROM listed_contact l
                             WHERE l.list_id = (SELECT max(id) FROM customer_list) AND l.customer = w.now
                               AND lower(l.address) = lower(c.contact))
                  OR EXISTS (SELECT 1 FROM listed_name n
                             WHERE n.list_id = (SELECT max(id) FROM customer_list) AND n.customer = w.now
                               AND ((n.kind = 'domain'
                                     AND (lower(c.contact) LIKE '%@' || n.value
                                          OR lower(c.contact) LIKE '%@%.' || n.value))
                                    OR (n.kind = 'account' AND lower(c.contact) = n.value)))
                THEN 1 ELSE 0 END
    FROM (SELECT t.whom AS whom, d.contact AS contact FROM plan_telling t JOIN plan_delivery d ON d.notice = t.act_n
          UNION
          SELECT t.whom, t.contact FROM plan_telling t) c
    JOIN way w ON w.was = c.whom AND w.now <> c.whom)
SELECT f.whom, f.contact, f.other
FROM fit f
WHERE f.listed = 1
   OR (NOT EXISTS (SELECT 1 FROM fit o WHERE o.whom = f.whom AND o.contact = f.contact AND o.listed = 1)
       AND EXISTS (SELECT 1 FROM act_ruling r
                   WHERE r.verb = 'split' AND r.other = f.other AND r.subject <> ''
                     AND (r.whom = f.whom OR EXISTS (SELECT 1 FROM way w WHERE w.was = f.whom AND w.now = r.whom))
                     AND (lower(f.contact) = r.subject OR lower(f.contact) LIKE '%@' || r.subject
                          OR lower(f.contact) LIKE '%@%.' || r.subject)))
GROUP BY f.whom, f.contact, f.other;

-- name: plan.reach_clear
DELETE FROM plan_reach;
-- name: plan.reach
INSERT INTO plan_reach (act_n, whom, standing)
SELECT x.act_n, coalesce(h.now, x.whom), max(x.standing)
FROM (SELECT t.act_n AS act_n, coalesce(s.other, t.whom) AS whom, d.standing AS standing
      FROM plan_telling t
      JOIN plan_delivery d ON d.notice = t.act_n
      LEFT JOIN plan_successor s ON s.whom = t.whom AND s.contact = d.contact
      UNION ALL
      SELECT t.act_n, coalesce(s.other, t.whom), t.standing
      FROM plan_telling t
      LEFT JOIN plan_successor s ON s.whom = t.whom AND s.contact = t.contact
      WHERE NOT EXISTS (SELECT 1 FROM plan_delivery d WHERE d.notice = t.act_n)) x
LEFT JOIN plan_heir h ON h.was = x.whom
WHERE x.standing > 0
GROUP BY x.act_n, coalesce(h.now, x.whom);

-- === what is known ===============================================================================================

-- name: plan.tellings_before
SELECT count(*) FROM act_told WHERE covers = 'before';
-- name: plan.twin_clear
DELETE FROM plan_twin;
-- name: plan.twin
INSERT INTO plan_twin (class, content_id) SELECT w.class, w.content_id FROM twin w WHERE w.class <> w.content_id;
-- name: plan.held_clear
DELETE FROM plan_held;
-- name: plan.held
INSERT INTO plan_held (class, since)
SELECT coalesce(w.class, c.content_id), min(s.collected)
FROM copy c
JOIN item i ON i.id = c.item_id
JOIN source s ON s.id = i.source_id
LEFT JOIN twin w ON w.content_id = c.content_id
GROUP BY coalesce(w.class, c.content_id);

-- name: plan.closed_clear
DELETE FROM plan_closed;
-- name: plan.closed
INSERT INTO plan_closed (whom, kind, content_id, subject, type, mark, act_n)
SELECT r.whom, s.kind, coalesce(w.class, s.content_id), s.subject, coalesce(n.now, s.type), s.mark, max(s.act_n)
FROM (SELECT act_n, kind, content_id, subject, type, mark FROM act_notice_set
      WHERE change IN ('corrected', 'resolved')
      UNION ALL
      SELECT act_n, kind, content_id, subject, type, mark FROM act_told_set
      WHERE change IN ('corrected', 'resolved')) s
JOIN plan_reach r ON r.act_n = s.act_n AND r.standing = 2
LEFT JOIN twin w ON w.content_id = s.content_id
LEFT JOIN plan_rename n ON n.was = s.type
GROUP BY 1, 2, 3, 4, 5, 6;

-- Every line of every telling, by the names that things have now. What "all before" covers is every fact of today in
-- mail that was held by then, as sure as it is today.
-- name: plan.known_clear
DELETE FROM plan_known;
-- name: plan.known
INSERT INTO plan_known (whom, kind, content_id, subject, type, mark, told, act_n, pending, closing, touched)
SELECT l.whom, l.kind, l.class, l.subject, l.type, l.mark,
       max(CASE WHEN l.standing = 2 AND l.change <> 'resolved' AND l.act_n >= coalesce(c.act_n, 0)
                THEN l.level ELSE 0 END),
       max(CASE WHEN l.standing = 2 AND l.act_n >= coalesce(c.act_n, 0) THEN l.act_n ELSE 0 END),
       max(CASE WHEN l.standing = 1 AND l.change NOT IN ('corrected', 'resolved') THEN l.level ELSE 0 END),
       max(CASE WHEN l.standing = 1 AND l.change IN ('corrected', 'resolved') THEN 1 ELSE 0 END),
       max(l.act_n)
FROM (SELECT r.whom AS whom, s.kind AS kind, coalesce(w.class, s.content_id) AS class, s.subject AS subject,
             coalesce(n.now, s.type) AS type, s.mark AS mark, s.level AS level, s.change AS change,
             r.act_n AS act_n, r.standing AS standing
      FROM plan_reach r
      JOIN act_notice_set s ON s.act_n = r.act_n
      LEFT JOIN twin w ON w.content_id = s.content_id
      LEFT JOIN plan_rename n ON n.was = s.type
      UNION ALL
      SELECT r.whom, s.kind, coalesce(w.class, s.content_id), s.subject, coalesce(n.now, s.type), s.mark, s.level,
             s.change, r.act_n, r.standing
      FROM plan_reach r
      JOIN act_told_set s ON s.act_n = r.act_n
      LEFT JOIN twin w ON w.content_id = s.content_id
      LEFT JOIN plan_rename n ON n.was = s.type
      UNION ALL
      SELECT r.whom, e.kind, e.content_id, e.subject, e.type, e.mark, e.level, 'new', r.act_n, r.standing
      FROM act_told t
      JOIN plan_reach r ON r.act_n = t.act_n
      JOIN exposure e ON e.whom = r.whom
      JOIN plan_held b ON b.class = e.content_id
      WHERE t.covers = 'before' AND b.since < t.until) l
LEFT JOIN plan_closed c ON c.whom = l.whom AND c.kind = l.kind AND c.content_id = l.class AND c.subject = l.subject
                       AND c.type = l.type AND c.mark = l.mark
GROUP BY l.whom, l.kind, l.class, l.subject, l.type, l.mark;

-- === what is owed ================================================================================================

-- name: plan.owed
INSERT INTO plan_fact_new (whom, kind, content_id, subject, type, mark, level, change)
SELECT e.whom, e.kind, e.content_id, e.subject, e.type, e.mark, e.level,
       CASE WHEN coalesce(k.told, 0) + coalesce(k.pending, 0) > 0 THEN 'raised' ELSE 'new' END
FROM exposure e
LEFT JOIN plan_known k ON k.whom = e.whom AND k.kind = e.kind AND k.content_id = e.content_id
                      AND k.subject = e.subject AND k.type = e.type AND k.mark = e.mark
WHERE e.level > coalesce(k.told, 0) AND e.level > coalesce(k.pending, 0);

-- === rulings, holds, delays ======================================================================================

-- name: plan.ruling_clear
DELETE FROM plan_ruling;
-- name: plan.rulings
SELECT act_n, verb, whom, kind, content, subject, type, mark, level, grouped FROM act_ruling
WHERE verb IN ('add', 'remove', 'level', 'keep', 'correct')
ORDER BY act_n;
-- name: plan.ruling_add
INSERT INTO plan_ruling (whom, kind, content_id, subject, type, mark, telling, act_n, verb, level, grouped)
VALUES (coalesce((SELECT h.now FROM plan_heir h WHERE h.was = ?1), ?1), ?2,
        coalesce((SELECT w.class FROM twin w WHERE w.content_id = ?3), ?3), ?4,
        coalesce((SELECT n.now FROM plan_rename n WHERE n.was = ?5), ?5), ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (whom, kind, content_id, subject, type, mark, telling) DO UPDATE
SET act_n = excluded.act_n, verb = excluded.verb, level = excluded.level, grouped = excluded.grouped;

-- name: plan.hold_clear
DELETE FROM plan_hold;
-- name: plan.holds
SELECT act_n, content, whom, state, owner, ends FROM act_hold ORDER BY act_n;
-- name: plan.hold_again
UPDATE plan_hold SET owner = ?3, ends = ?4
WHERE class = coalesce((SELECT w.class FROM twin w WHERE w.content_id = ?1), ?1)
  AND whom = coalesce((SELECT h.now FROM plan_heir h WHERE h.was = ?2), ?2) AND lifted = 0;
-- name: plan.hold_add
INSERT INTO plan_hold (class, whom, held, lifted, owner, ends)
VALUES (coalesce((SELECT w.class FROM twin w WHERE w.content_id = ?1), ?1),
        coalesce((SELECT h.now FROM plan_heir h WHERE h.was = ?2), ?2), ?3, 0, ?4, ?5);
-- name: plan.hold_lift
UPDATE plan_hold SET lifted = ?3
WHERE class = coalesce((SELECT w.class FROM twin w WHERE w.content_id = ?1), ?1)
  AND whom = coalesce((SELECT h.now FROM plan_heir h WHERE h.was = ?2), ?2) AND lifted = 0;

-- name: plan.delay_clear
DELETE FROM plan_delay;
-- name: plan.delay
INSERT INTO plan_delay (whom, ends)
SELECT coalesce(h.now, d.whom), max(d.ends)
FROM act_delay d LEFT JOIN plan_heir h ON h.was = d.whom
WHERE d.act_n IN (SELECT max(x.act_n) FROM act_delay x GROUP BY x.whom)
GROUP BY coalesce(h.now, d.whom);

-- === what was told and holds no more =============================================================================

-- name: plan.gone_clear
DELETE FROM plan_gone;
-- What may be a reason is asked in the order of its strength: a ruling (which rules in whole on what it leaves open),
-- then what the fact stands on.
-- name: plan.gone
INSERT INTO plan_gone (whom, kind, content_id, subject, type, mark, told, act_n, level, cause, why)
SELECT g.whom, g.kind, g.content_id, g.subject, g.type, g.mark, g.told, g.act_n, g.level,
       CASE WHEN g.level = 0 THEN 'vanished' ELSE 'lowered' END,
       CASE WHEN g.reason = 'ruling'
              OR EXISTS (SELECT 1 FROM plan_ruling r
                         WHERE r.whom = g.whom AND r.kind IN (0, g.kind) AND r.content_id IN (0, g.content_id)
                           AND r.subject IN ('', g.subject) AND r.type IN ('', g.type)
                           AND (length(r.mark) = 0 OR r.mark = g.mark) AND r.telling = 0
                           AND r.verb IN ('remove', 'level') AND r.act_n > g.act_n) THEN 'ruling'
            WHEN EXISTS (SELECT 1 FROM customer c WHERE c.id = g.whom AND c.state = 'gone') THEN 'list'
            WHEN g.kind = 5 THEN 'log'
            WHEN g.content_id > 0 AND g.level = 0
                 AND NOT EXISTS (SELECT 1 FROM class_access a WHERE a.class = g.content_id AND a.level >= 2)
                 THEN 'scope'
            WHEN g.level > 0 OR g.content_id = 0 THEN 'scope'
            WHEN g.kind = 2 AND NOT EXISTS (SELECT 1 FROM twin w JOIN finding f ON f.content_id = w.content_id
                                            WHERE w.class = g.content_id AND f.type = g.type
                                              AND f.fingerprint = g.mark) THEN 'rules'
            WHEN g.kind = 2 THEN 'owner'
            ELSE 'link' END
FROM (SELECT k.whom AS whom, k.kind AS kind, k.content_id AS content_id, k.subject AS subject, k.type AS type,
             k.mark AS mark, k.told AS told, k.act_n AS act_n, coalesce(e.level, 0) AS level, e.reason AS reason
      FROM plan_known k
      LEFT JOIN exposure e ON e.whom = k.whom AND e.kind = k.kind AND e.content_id = k.content_id
                          AND e.subject = k.subject AND e.type = k.type AND e.mark = k.mark
      WHERE k.told > 0 AND k.closing = 0 AND coalesce(e.level, 0) < k.told) g;

-- name: plan.read_clear
DELETE FROM plan_read;
-- name: plan.read
INSERT INTO plan_read (class, mark)
SELECT g.content_id, g.mark
FROM plan_gone g
JOIN twin w ON w.class = g.content_id
JOIN part p ON p.content_id = w.content_id AND p.sha256 = g.mark
JOIN best_reading a ON a.content_id = p.content_id AND a.path = p.path AND a.state <= 1
WHERE g.kind = 3 AND g.level = 0
GROUP BY g.content_id, g.mark;
-- A part without bytes of its own goes by the hash of its message's key and its path, which SQL cannot take.
-- name: plan.unhashed
SELECT DISTINCT g.content_id, k.key, p.path
FROM plan_gone g
JOIN twin w ON w.class = g.content_id
JOIN message_key k ON k.content_id = w.content_id
JOIN part p ON p.content_id = w.content_id AND p.sha256 IS NULL
JOIN best_reading a ON a.content_id = p.content_id AND a.path = p.path AND a.state <= 1
WHERE g.kind = 3 AND g.level = 0
ORDER BY g.content_id, k.key, p.path;
-- name: plan.read_add
INSERT INTO plan_read (class, mark) VALUES (?1, ?2) ON CONFLICT (class, mark) DO NOTHING;

-- name: plan.resolved
INSERT INTO plan_fact_new (whom, kind, content_id, subject, type, mark, level, change)
SELECT g.whom, g.kind, g.content_id, g.subject, g.type, g.mark, g.told, 'resolved'
FROM plan_gone g JOIN plan_read p ON p.class = g.content_id AND p.mark = g.mark
WHERE g.kind = 3 AND g.level = 0
  AND EXISTS (SELECT 1 FROM exposure e WHERE e.whom = g.whom AND e.content_id = g.content_id);

-- Told while a hold stood that was lifted since, and no other hold stands on it. Of a message whose taking they were
-- not told of, what they were told of it speaks for it.
-- name: plan.available
INSERT INTO plan_fact_new (whom, kind, content_id, subject, type, mark, level, change)
SELECT k.whom, k.kind, k.content_id, k.subject, k.type, k.mark, k.told, 'available'
FROM plan_known k
JOIN exposure e ON e.whom = k.whom AND e.kind = k.kind AND e.content_id = k.content_id
               AND e.subject = k.subject AND e.type = k.type AND e.mark = k.mark
WHERE k.told > 0 AND k.content_id > 0 AND k.kind IN (1, 2)
  AND (k.kind = 1 OR NOT EXISTS (SELECT 1 FROM plan_known t WHERE t.whom = k.whom AND t.kind = 1
                                                             AND t.content_id = k.content_id AND t.told > 0))
  AND EXISTS (SELECT 1 FROM plan_hold h WHERE h.class IN (0, k.content_id) AND h.whom IN ('', k.whom)
                                          AND h.held < k.touched AND h.lifted > k.touched)
  AND NOT EXISTS (SELECT 1 FROM plan_hold h WHERE h.class IN (0, k.content_id) AND h.whom IN ('', k.whom)
                                              AND h.lifted = 0)
  AND NOT EXISTS (SELECT 1 FROM plan_fact_new f WHERE f.whom = k.whom AND f.kind = k.kind
                                                  AND f.content_id = k.content_id AND f.subject = k.subject
                                                  AND f.type = k.type AND f.mark = k.mark);

-- A correction wants a ruling about this fact, newer than the telling, and, where it answered a group, about the cause
-- that is the cause now.
-- name: plan.corrected
INSERT INTO plan_fact_new (whom, kind, content_id, subject, type, mark, level, change)
SELECT g.whom, g.kind, g.content_id, g.subject, g.type, g.mark, g.level, 'corrected'
FROM plan_gone g
JOIN plan_ruling r ON r.whom = g.whom AND r.kind = g.kind AND r.content_id = g.content_id
                  AND r.subject = g.subject AND r.type = g.type AND r.mark = g.mark AND r.telling = 1
WHERE r.verb = 'correct' AND r.act_n > g.act_n AND r.grouped IN ('', g.cause || '/' || g.why)
  AND NOT EXISTS (SELECT 1 FROM plan_fact_new f WHERE f.whom = g.whom AND f.kind = g.kind
                                                  AND f.content_id = g.content_id AND f.subject = g.subject
                                                  AND f.type = g.type AND f.mark = g.mark);

-- name: plan.review
INSERT INTO plan_review_new (cause, whom, kind, content_id, subject, type, mark, told, level, why)
SELECT g.cause, g.whom, g.kind, g.content_id, g.subject, g.type, g.mark, g.told, g.level, g.why
FROM plan_gone g
WHERE NOT EXISTS (SELECT 1 FROM plan_fact_new f WHERE f.whom = g.whom AND f.kind = g.kind
                                                  AND f.content_id = g.content_id AND f.subject = g.subject
                                                  AND f.type = g.type AND f.mark = g.mark
                                                  AND f.change IN ('resolved', 'corrected'))
  AND NOT EXISTS (SELECT 1 FROM plan_ruling r
                  WHERE r.whom = g.whom AND r.kind = g.kind AND r.content_id = g.content_id
                    AND r.subject = g.subject AND r.type = g.type AND r.mark = g.mark AND r.telling = 1
                    AND r.verb = 'keep'
                    AND r.act_n > g.act_n AND r.level = g.level AND r.grouped IN ('', g.cause || '/' || g.why));

-- Approved, handed to nobody yet, and not so any more: a fact that is gone or lower, or a correction of what is true
-- again. Nobody should be sent it. A part that was read since is answered by the notice after it.
-- name: plan.waiting
INSERT INTO plan_review_new (cause, whom, kind, content_id, subject, type, mark, told, level, why)
SELECT 'waiting', q.whom, q.kind, q.content_id, q.subject, q.type, q.mark, q.said, q.level, 'no-longer-so'
FROM (SELECT k.whom AS whom, k.kind AS kind, k.content_id AS content_id, k.subject AS subject, k.type AS type,
             k.mark AS mark, k.touched AS act_n, CASE WHEN k.pending > 0 THEN k.pending ELSE k.told END AS said,
             coalesce(e.level, 0) AS level
      FROM plan_known k
      JOIN act_notice n ON n.act_n = k.touched
      LEFT JOIN exposure e ON e.whom = k.whom AND e.kind = k.kind AND e.content_id = k.content_id
                          AND e.subject = k.subject AND e.type = k.type AND e.mark = k.mark
      WHERE k.kind <> 3 AND NOT EXISTS (SELECT 1 FROM act_delivery d WHERE d.notice = k.touched)
        AND ((k.pending > k.told AND coalesce(e.level, 0) < k.pending)
             OR (k.closing = 1 AND k.pending = 0 AND k.told > 0 AND coalesce(e.level, 0) >= k.told))) q
WHERE NOT EXISTS (SELECT 1 FROM plan_ruling r
                  WHERE r.whom = q.whom AND r.kind = q.kind AND r.content_id = q.content_id
                    AND r.subject = q.subject AND r.type = q.type AND r.mark = q.mark AND r.telling = 1
                    AND r.verb = 'keep' AND r.act_n > q.act_n AND r.level = q.level
                    AND r.grouped = 'waiting/no-longer-so');

-- === whom to tell ================================================================================================

-- Verified before unverified; then by what the contact is there for; then as the list prefers. One that bounced last is
-- not used. A person is told at the address that names it.
-- name: plan.contact_clear
DELETE FROM plan_contact;
-- name: plan.contact
INSERT INTO plan_contact (whom, channel, contact)
SELECT c.whom, c.channel, c.address
FROM (SELECT l.customer AS whom, l.channel AS channel, l.address AS address,
             row_number() OVER (PARTITION BY l.customer
                                ORDER BY CASE WHEN l.verified IS NULL THEN 1 ELSE 0 END,
                                         CASE l.role WHEN 'security' THEN 0 WHEN 'privacy' THEN 1
                                                     WHEN 'legal' THEN 2 ELSE 3 END, l.n) AS place
      FROM listed_contact l
      WHERE l.list_id = (SELECT max(id) FROM customer_list)
        AND lower(l.address) NOT IN (
            SELECT lower(d.contact) FROM act_delivery d
            WHERE d.state = 'bounced'
              AND d.act_n IN (SELECT max(x.act_n) FROM act_delivery x GROUP BY lower(x.contact)))) c
WHERE c.place = 1;
-- name: plan.contact_person
INSERT INTO plan_contact (whom, channel, contact)
SELECT f.whom, 'mail', substr(f.whom, 8)
FROM plan_fact_new f
WHERE f.whom LIKE 'person:%'
  AND lower(substr(f.whom, 8)) NOT IN (
      SELECT lower(d.contact) FROM act_delivery d
      WHERE d.state = 'bounced'
        AND d.act_n IN (SELECT max(x.act_n) FROM act_delivery x GROUP BY lower(x.contact)))
GROUP BY f.whom;

-- A retraction withdraws everything that is known. Whoever was told anything, or is about to be, gets no "first" again.
-- name: plan.notice
INSERT INTO plan_notice_new (whom, kind, facts, state, channel, contact, delayed)
SELECT f.whom,
       CASE WHEN f.corrected > 0 AND f.corrected = f.facts
                 AND NOT EXISTS (SELECT 1 FROM plan_known k WHERE k.whom = f.whom AND k.told > 0
                                 AND NOT EXISTS (SELECT 1 FROM plan_fact_new x
                                                 WHERE x.whom = k.whom AND x.kind = k.kind
                                                   AND x.content_id = k.content_id AND x.subject = k.subject
                                                   AND x.type = k.type AND x.mark = k.mark AND x.level = 0))
                 THEN 'retraction'
            WHEN f.corrected > 0 THEN 'correction'
            WHEN EXISTS (SELECT 1 FROM plan_reach r WHERE r.whom = f.whom) THEN 'more'
            ELSE 'first' END,
       f.facts,
       CASE WHEN coalesce(d.ends, 0) > ?1 THEN 'delayed' WHEN c.whom IS NULL THEN 'no-contact' ELSE 'ready' END,
       coalesce(c.channel, ''), coalesce(c.contact, ''),
       CASE WHEN coalesce(d.ends, 0) > ?1 THEN d.ends ELSE 0 END
FROM (SELECT whom, count(*) AS facts, sum(CASE WHEN change = 'corrected' THEN 1 ELSE 0 END) AS corrected
      FROM plan_fact_new GROUP BY whom) f
LEFT JOIN plan_contact c ON c.whom = f.whom
LEFT JOIN (SELECT x.whom AS whom, max(a.ends) AS ends
           FROM (SELECT whom FROM plan_fact_new GROUP BY whom) x
           JOIN plan_delay a ON a.whom IN ('', x.whom)
           GROUP BY x.whom) d ON d.whom = f.whom;

-- name: plan.no_contact
INSERT INTO plan_review_new (cause, whom, kind, content_id, subject, type, mark, told, level, why)
SELECT 'no-contact', n.whom, 0, 0, '', '', ?1, 0, 0,
       CASE WHEN n.whom LIKE 'person:%'
              OR EXISTS (SELECT 1 FROM listed_contact l
                         WHERE l.list_id = (SELECT max(id) FROM customer_list) AND l.customer = n.whom)
            THEN 'bounced' ELSE 'none' END
FROM plan_notice_new n WHERE n.contact = '';

-- === notices =====================================================================================================

-- In the order of whom: of one (?1), or of everybody (?1 is '').
-- name: notice.all
SELECT n.whom, n.kind, n.facts, n.state, n.channel, n.contact, n.delayed, coalesce(c.name, ''),
       coalesce(c.language, '')
FROM plan_notice n LEFT JOIN customer c ON c.id = n.whom
WHERE ?1 IN ('', n.whom)
ORDER BY n.whom;

-- Asked for each notice: grouped for all of them at once, millions of facts would have to be held in memory.
-- name: notice.counts
SELECT f.kind, f.change, f.level, count(*), min(m.date), max(m.date)
FROM plan_fact f LEFT JOIN message m ON m.id = f.content_id
WHERE f.whom = ?1
GROUP BY f.kind, f.change, f.level
ORDER BY f.kind, f.change, f.level;
-- name: notice.mailboxes
SELECT s.mailbox, count(DISTINCT x.class)
FROM (SELECT f.content_id AS class, f.content_id AS content_id FROM plan_fact f
      WHERE f.whom = ?1 AND f.kind = 1 AND f.change IN ('new', 'raised')
      UNION ALL
      SELECT f.content_id, w.content_id FROM plan_fact f JOIN plan_twin w ON w.class = f.content_id
      WHERE f.whom = ?1 AND f.kind = 1 AND f.change IN ('new', 'raised')) x
JOIN copy c ON c.content_id = x.content_id
JOIN access a ON a.item_id = c.item_id AND a.start = c.start AND a.level >= 2
JOIN item i ON i.id = c.item_id
JOIN source s ON s.id = i.source_id
GROUP BY s.mailbox
ORDER BY s.mailbox;
-- name: notice.types
SELECT f.type, count(DISTINCT f.mark), count(DISTINCT f.content_id)
FROM plan_fact f
WHERE f.whom = ?1 AND f.kind = 2 AND f.change IN ('new', 'raised')
GROUP BY f.type
ORDER BY f.type;
-- name: notice.secrets
SELECT f.type, coalesce(max(x.masked), ''), min(m.date)
FROM plan_fact f
LEFT JOIN message m ON m.id = f.content_id
LEFT JOIN twin w ON w.class = f.content_id
LEFT JOIN finding x ON x.content_id = w.content_id AND x.type = f.type AND x.fingerprint = f.mark
WHERE f.whom = ?1 AND f.kind = 2 AND f.type LIKE 'secret.%' AND f.change IN ('new', 'raised')
GROUP BY f.type, f.mark
ORDER BY 3, f.type, 2;
-- name: notice.targeted
SELECT f.subject, f.type FROM plan_fact f
WHERE f.whom = ?1 AND f.kind = 5 AND f.change IN ('new', 'raised')
ORDER BY f.subject, f.type;
-- What was found in parts that are read now, in any twin of the mail: of this one's facts only, not of what is others'.
-- name: notice.resolved
SELECT count(*), coalesce(sum(CASE WHEN r.found > 0 THEN 1 ELSE 0 END), 0), coalesce(sum(r.found), 0)
FROM (SELECT f.content_id AS content_id, f.mark AS mark,
             (SELECT count(*) FROM (SELECT DISTINCT x.type, x.fingerprint
                                    FROM exposure e
                                    JOIN twin w ON w.class = e.content_id
                                    JOIN finding x ON x.content_id = w.content_id AND x.type = e.type
                                                  AND x.fingerprint = e.mark
                                    WHERE e.whom = f.whom AND e.kind = 2 AND e.content_id = f.content_id
                                      AND x.part_sha256 = f.mark) d) AS found
      FROM plan_fact f
      WHERE f.whom = ?1 AND f.change = 'resolved') r;
-- name: notice.holds
SELECT h.owner, count(DISTINCT f.content_id)
FROM plan_hold h
JOIN plan_fact f ON h.class IN (0, f.content_id) AND h.whom IN ('', f.whom)
WHERE f.whom = ?1 AND h.lifted = 0 AND f.kind IN (1, 2) AND f.change IN ('new', 'raised')
GROUP BY h.owner
ORDER BY h.owner;
-- name: notice.earlier
SELECT coalesce(n.reference, ''), coalesce(t.at, 0), coalesce(t.channel, '')
FROM plan_reach r
LEFT JOIN act_notice n ON n.act_n = r.act_n
LEFT JOIN act_told t ON t.act_n = r.act_n
WHERE r.whom = ?1
ORDER BY r.act_n;

-- === approval and delivery =======================================================================================

-- name: notify.whom_is
SELECT (SELECT count(*) FROM customer WHERE id = ?1) + (SELECT count(*) FROM plan_notice WHERE whom = ?1)
     + (SELECT count(*) FROM act_notice WHERE whom = ?1);
-- name: notify.wave_named
SELECT coalesce(max(act_n), 0) FROM act_wave WHERE name = ?1;
-- name: notify.notices
SELECT count(*) FROM act_notice;
-- name: notify.notice_facts_add
INSERT INTO act_notice_set (act_n, kind, content_id, subject, type, mark, level, change)
SELECT ?1, kind, content_id, subject, type, mark, level, change FROM plan_fact WHERE whom = ?2;
-- name: notify.reference_is
SELECT count(*) FROM act_notice WHERE reference = ?1;
-- name: notify.notice_of
SELECT n.act_n, n.channel, n.contact, n.text, w.name, n.whom, n.html
FROM act_notice n JOIN act_wave w ON w.act_n = n.wave
WHERE n.reference = ?1;
-- name: notify.deliveries_of
SELECT d.delivery, d.contact, d.state, d.detail FROM act_delivery d WHERE d.notice = ?1 ORDER BY d.act_n;
-- name: notify.channel_of
SELECT l.channel FROM listed_contact l
WHERE l.list_id = (SELECT max(id) FROM customer_list) AND l.customer = ?1 AND lower(l.address) = lower(?2)
ORDER BY l.n;

-- name: notify.hold_now
SELECT state, owner, ends, reason FROM act_hold WHERE content = ?1 AND whom = ?2 ORDER BY act_n DESC LIMIT 1;
-- name: notify.delay_now
SELECT authority, basis, ends FROM act_delay WHERE whom = ?1 ORDER BY act_n DESC LIMIT 1;
-- name: notify.class_of
SELECT coalesce((SELECT w.class FROM twin w WHERE w.content_id = ?1), ?1);
-- name: notify.class_of_id
SELECT coalesce(min(coalesce(w.class, m.id)), 0)
FROM message m LEFT JOIN twin w ON w.content_id = m.id
WHERE m.message_id = ?1;
-- name: notify.told_exposed_add
INSERT INTO act_told_set (act_n, kind, content_id, subject, type, mark, level, change)
SELECT ?1, e.kind, e.content_id, e.subject, e.type, e.mark, CASE WHEN ?7 = 0 THEN e.level ELSE ?7 END, 'new'
FROM exposure e
WHERE e.whom = ?2 AND e.kind = ?3 AND e.content_id = ?4 AND ?5 IN ('', e.subject) AND ?6 IN ('', e.type)
ON CONFLICT (act_n, kind, content_id, subject, type, mark) DO UPDATE SET level = excluded.level;
-- name: notify.told_add
INSERT INTO act_told_set (act_n, kind, content_id, subject, type, mark, level, change)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'new')
ON CONFLICT (act_n, kind, content_id, subject, type, mark) DO UPDATE SET level = excluded.level;
-- The same telling with the same facts (levels apart: those that were not said are those of the day).
-- name: notify.told_same
SELECT count(*) FROM act_told t
WHERE t.whom = ?1 AND t.at = ?2 AND t.channel = ?3 AND t.contact = ?4 AND t.covers = ?5 AND t.until = ?6
  AND t.copy = ?7
  AND (SELECT count(*) FROM act_told_set s WHERE s.act_n = t.act_n)
    = (SELECT count(*) FROM act_told_set s WHERE s.act_n = ?8)
  AND NOT EXISTS (
      SELECT 1 FROM act_told_set s WHERE s.act_n = ?8
      AND NOT EXISTS (SELECT 1 FROM act_told_set o
                      WHERE o.act_n = t.act_n AND o.kind = s.kind AND o.content_id = s.content_id
                        AND o.subject = s.subject AND o.type = s.type AND o.mark = s.mark));

-- name: notify.rendered
SELECT w.name, n.reference, n.text, n.html FROM act_notice n JOIN act_wave w ON w.act_n = n.wave ORDER BY n.act_n;
-- name: notify.key_of
SELECT k.key FROM message_key k WHERE k.content_id = ?1;

-- === lists =======================================================================================================

-- name: show.plan
SELECT n.whom, n.kind, n.state, f.taken, f.data, f.unread, f.contacted, f.targeted
FROM plan_notice n
JOIN (SELECT whom, sum(CASE kind WHEN 1 THEN 1 ELSE 0 END) AS taken,
             sum(CASE kind WHEN 2 THEN 1 ELSE 0 END) AS data,
             sum(CASE kind WHEN 3 THEN 1 ELSE 0 END) AS unread,
             sum(CASE kind WHEN 4 THEN 1 ELSE 0 END) AS contacted,
             sum(CASE kind WHEN 5 THEN 1 ELSE 0 END) AS targeted
      FROM plan_fact GROUP BY whom) f ON f.whom = n.whom
ORDER BY CASE n.state WHEN 'ready' THEN 0 WHEN 'delayed' THEN 1 ELSE 2 END, n.whom;
-- name: show.plan_reviews
SELECT cause || '/' || why, count(DISTINCT whom), count(*)
FROM plan_review GROUP BY cause, why ORDER BY cause, why;
-- What is past its time: holds that still stand, and delays that are over while something is owed.
-- name: show.plan_alarms
SELECT 'hold', h.owner, h.ends FROM plan_hold h
WHERE h.lifted = 0 AND h.ends > 0 AND h.ends <= ?1
UNION ALL
SELECT 'delay', d.whom, d.ends FROM plan_delay d
WHERE d.ends > 0 AND d.ends <= ?1 AND EXISTS (SELECT 1 FROM plan_notice n WHERE d.whom IN ('', n.whom))
ORDER BY 1, 3, 2;
-- Of each notice that delivery which came furthest speaks; "failed" when none is under way any more.
-- name: show.waves
SELECT w.name, count(*), sum(CASE WHEN d.state IS NULL THEN 1 ELSE 0 END),
       sum(CASE d.state WHEN 1 THEN 1 ELSE 0 END), sum(CASE d.state WHEN 2 THEN 1 ELSE 0 END),
       sum(CASE d.state WHEN 3 THEN 1 ELSE 0 END), sum(CASE d.state WHEN 0 THEN 1 ELSE 0 END),
       sum(CASE WHEN d.state = 0 AND p.state = 'no-contact' THEN 1 ELSE 0 END)
FROM act_notice n
JOIN act_wave w ON w.act_n = n.wave
LEFT JOIN (SELECT x.notice AS notice,
                  max(CASE WHEN x.acknowledged = 1 THEN 3 WHEN l.state = 'accepted' THEN 2
                           WHEN l.state = 'handed' THEN 1 ELSE 0 END) AS state
           FROM (SELECT notice, delivery, max(act_n) AS last,
                        max(CASE WHEN state = 'acknowledged' THEN 1 ELSE 0 END) AS acknowledged
                 FROM act_delivery GROUP BY notice, delivery) x
           JOIN act_delivery l ON l.act_n = x.last
           GROUP BY x.notice) d ON d.notice = n.act_n
LEFT JOIN plan_notice p ON p.whom = n.whom
GROUP BY w.act_n, w.name
ORDER BY w.act_n;
-- name: show.notices_of_wave
SELECT n.reference, n.whom, n.kind,
       CASE coalesce(d.reach, -1) WHEN 3 THEN 'acknowledged' WHEN 2 THEN 'accepted' WHEN 1 THEN 'handed'
            WHEN 0 THEN (SELECT x.state FROM act_delivery x WHERE x.notice = n.act_n ORDER BY x.act_n DESC LIMIT 1)
            ELSE 'waiting' END,
       n.contact
FROM act_notice n
JOIN act_wave w ON w.act_n = n.wave
LEFT JOIN (SELECT x.notice AS notice,
                  max(CASE WHEN x.acknowledged = 1 THEN 3 WHEN l.state = 'accepted' THEN 2
                           WHEN l.state = 'handed' THEN 1 ELSE 0 END) AS reach
           FROM (SELECT notice, delivery, max(act_n) AS last,
                        max(CASE WHEN state = 'acknowledged' THEN 1 ELSE 0 END) AS acknowledged
                 FROM act_delivery GROUP BY notice, delivery) x
           JOIN act_delivery l ON l.act_n = x.last
           GROUP BY x.notice) d ON d.notice = n.act_n
WHERE w.name = ?1
ORDER BY n.act_n;

-- === export ======================================================================================================

-- name: export.notices
SELECT n.act_n, a.at, w.name, n.reference, n.whom, n.kind, n.language, n.channel, n.contact, n.by, n.text, n.html
FROM act_notice n JOIN act a ON a.n = n.act_n JOIN act_wave w ON w.act_n = n.wave
ORDER BY n.act_n;
-- name: export.notice_facts
SELECT n.reference, n.whom, s.kind, k.key, s.subject, s.type, s.mark, s.level, s.change
FROM act_notice n
JOIN act_notice_set s ON s.act_n = n.act_n
LEFT JOIN message_key k ON k.content_id = s.content_id
ORDER BY n.act_n, s.kind, k.key, s.subject, s.type, s.mark;
-- name: export.deliveries
SELECT d.act_n, a.at, n.reference, n.whom, d.delivery, d.channel, d.contact, d.state, d.detail
FROM act_delivery d JOIN act a ON a.n = d.act_n LEFT JOIN act_notice n ON n.act_n = d.notice
ORDER BY d.act_n;
-- name: export.told
SELECT t.act_n, a.at, t.whom, t.at, t.channel, t.contact, t.covers,
       CASE WHEN t.until = 0 THEN NULL ELSE t.until END,
       (SELECT count(*) FROM act_told_set s WHERE s.act_n = t.act_n), t.copy, t.by
FROM act_told t JOIN act a ON a.n = t.act_n
ORDER BY t.act_n;
-- name: export.holds
SELECT h.act_n, a.at, h.content, h.whom, h.state, h.owner, CASE WHEN h.ends = 0 THEN NULL ELSE h.ends END, h.reason
FROM act_hold h JOIN act a ON a.n = h.act_n
ORDER BY h.act_n;
-- name: export.delays
SELECT d.act_n, a.at, d.whom, d.authority, d.basis, CASE WHEN d.ends = 0 THEN NULL ELSE d.ends END, d.by
FROM act_delay d JOIN act a ON a.n = d.act_n
ORDER BY d.act_n;
-- name: export.plan
SELECT n.whom, n.kind, n.state, n.facts, n.channel, n.contact, CASE WHEN n.delayed = 0 THEN NULL ELSE n.delayed END
FROM plan_notice n
ORDER BY n.whom;
-- name: export.plan_facts
SELECT f.whom, f.kind, k.key, f.subject, f.type, f.mark, f.level, f.change
FROM plan_fact f LEFT JOIN message_key k ON k.content_id = f.content_id
ORDER BY f.whom, f.kind, k.key, f.subject, f.type, f.mark;

-- === digests =====================================================================================================

-- name: digest_of.plan_notice
SELECT whom, kind, facts, state, channel, contact, delayed FROM plan_notice;
-- name: digest_of.plan_fact
SELECT f.whom, f.kind, k.key, f.subject, f.type, f.mark, f.level, f.change
FROM plan_fact f LEFT JOIN message_key k ON k.content_id = f.content_id;
-- name: digest_of.plan_review
SELECT r.cause, r.whom, r.kind, (SELECT k.key FROM message_key k WHERE k.content_id = r.content_id), r.subject, r.type,
       r.mark, r.told, r.level, r.why
FROM plan_review r;
