-- status.sql - what status and run ask of the stages: figures for one screen, each found in a blink on a large case.

-- === counts that are kept ========================================================================================

-- name: counts.kept
SELECT coalesce((SELECT m.value FROM meta m WHERE m.name = ?1), '0');

-- === the screen ==================================================================================================

-- Mails by level: confirmed, presumed, possible, all.
-- name: status.levels
SELECT coalesce(sum(CASE WHEN a.level = 3 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN a.level = 2 THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN a.level = 1 THEN 1 ELSE 0 END), 0), count(*)
FROM class_access a;
-- Customers and persons that are exposed, found by leaps over the facts of each.
-- name: status.exposed
WITH RECURSIVE leap(whom) AS (
    SELECT min(e.whom) FROM exposure e
    UNION ALL
    SELECT (SELECT min(e.whom) FROM exposure e WHERE e.whom > l.whom) FROM leap l WHERE l.whom IS NOT NULL)
SELECT coalesce(sum(CASE WHEN l.whom LIKE 'person:%' THEN 0 ELSE 1 END), 0),
       coalesce(sum(CASE WHEN l.whom LIKE 'person:%' THEN 1 ELSE 0 END), 0)
FROM leap l WHERE l.whom IS NOT NULL;
-- Whom something arrived at; whom only something under way; holds that stand; delays that stand at ?1; whom a notice is
-- owed.
-- name: status.reach
SELECT (SELECT count(DISTINCT r.whom) FROM plan_reach r WHERE r.standing = 2),
       (SELECT count(DISTINCT r.whom) FROM plan_reach r WHERE r.standing = 1
        AND NOT EXISTS (SELECT 1 FROM plan_reach q WHERE q.whom = r.whom AND q.standing = 2)),
       (SELECT count(*) FROM act_hold h WHERE h.state = 'held'
        AND h.act_n = (SELECT max(n.act_n) FROM act_hold n WHERE n.content = h.content AND n.whom = h.whom)),
       (SELECT count(*) FROM plan_notice p WHERE p.state = 'delayed'),
       (SELECT count(DISTINCT p.whom) FROM plan_notice p);
-- What is stated of a log goes before what its records span.
-- name: status.covered
SELECT coalesce(min(coalesce(t.covers_from, l.began)), 0), coalesce(max(coalesce(t.covers_to, l.ended)), 0), count(*),
       coalesce(sum(l.unparsed), 0)
FROM log_file l
LEFT JOIN log_stated t ON t.item_id = l.item_id
     AND t.n = (SELECT max(u.n) FROM log_stated u WHERE u.item_id = l.item_id);
-- name: status.uncovered
SELECT coalesce(sum(u.ended - u.began), 0), count(*)
FROM (SELECT DISTINCT n.began AS began, n.ended AS ended FROM scope_note n WHERE n.kind = 'uncovered') u;
-- name: status.statements
SELECT count(*) FROM act_statement;
-- name: status.deadlines
SELECT d.duty, d.state, count(*), min(d.due), min(d.recipient), min(d.whom) FROM deadline d WHERE d.state <> 'filed'
GROUP BY d.duty, d.state ORDER BY min(d.due), d.duty;

-- === what a person must do =======================================================================================

-- name: todo.notices
SELECT p.state, coalesce(sum(CASE WHEN p.kind = 'first' THEN 1 ELSE 0 END), 0), count(*) FROM plan_notice p GROUP BY p.state
ORDER BY p.state DESC;
-- Approved, and handed to nobody yet.
-- name: todo.outbox
SELECT count(*) FROM act_notice n WHERE NOT EXISTS (SELECT 1 FROM act_delivery d WHERE d.notice = n.act_n);
-- Notices all of whose deliveries came back.
-- name: todo.returned
SELECT count(*) FROM (
    SELECT d.notice FROM act_delivery d JOIN act_notice n ON n.act_n = d.notice
    WHERE d.act_n = (SELECT max(x.act_n) FROM act_delivery x WHERE x.notice = d.notice AND x.delivery = d.delivery)
    GROUP BY d.notice
    HAVING sum(CASE WHEN d.state IN ('bounced', 'refused', 'expired') THEN 0 ELSE 1 END) = 0) r;
-- Those that wait for an answer, in time or late at ?1: how many, the first date, whose that is. The newest word on each
-- holds.
-- name: todo.enquiries
SELECT CASE WHEN n.due < ?1 THEN 1 ELSE 0 END AS late, count(*), min(n.due), min(n.owner), max(n.owner)
FROM act_enquiry o
JOIN act_enquiry n ON n.act_n = (SELECT max(x.act_n) FROM act_enquiry x WHERE x.act_n = o.act_n OR x.enquiry = o.act_n)
WHERE o.enquiry = 0 AND n.state <> 'answered'
GROUP BY late ORDER BY late DESC;
-- Holds that end at ?1 or before (one without an end has ended), and such delays that kept a notice back.
-- name: todo.holds
SELECT count(*), coalesce(min(h.ends), 0) FROM act_hold h
WHERE h.state = 'held' AND h.ends <= ?1
  AND h.act_n = (SELECT max(n.act_n) FROM act_hold n WHERE n.content = h.content AND n.whom = h.whom);
-- name: todo.delays
SELECT count(*), coalesce(min(d.ends), 0) FROM act_delay d
WHERE d.ends <> 0 AND d.ends <= ?1 AND EXISTS (SELECT 1 FROM plan_notice p WHERE d.whom IN ('', p.whom))
  AND d.act_n = (SELECT max(n.act_n) FROM act_delay n WHERE n.whom = d.whom);
