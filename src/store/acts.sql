-- acts.sql - the sets of acts, a line each as it enters the act's digest (act_record.c sorts them).

-- name: act_next
SELECT coalesce(max(n), 0) + 1 FROM act;
-- name: act_set.intruders
SELECT intruder, kind, value, began, ended FROM act_intruders_set WHERE act_n = ?1;
-- The key is asked for row by row: joined to, the view would be made whole for each act.
-- name: act_set.notice
SELECT s.kind, (SELECT k.key FROM message_key k WHERE k.content_id = s.content_id), s.subject, s.type, s.mark,
       s.level, s.change
FROM act_notice_set s
WHERE s.act_n = ?1;
-- name: act_set.told
SELECT s.kind, (SELECT k.key FROM message_key k WHERE k.content_id = s.content_id), s.subject, s.type, s.mark,
       s.level, s.change
FROM act_told_set s
WHERE s.act_n = ?1;

-- === what was stated last ========================================================================================

-- name: acts.intruders
SELECT s.intruder, s.kind, s.value, s.began, s.ended FROM act_intruders_set s
WHERE s.act_n = (SELECT max(i.act_n) FROM act_intruders i);
-- name: acts.intruder_add
INSERT INTO act_intruders_set (act_n, intruder, kind, value, began, ended) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
