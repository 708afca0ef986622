-- indexes.sql - secondary indexes, dropped before a bulk load into an empty table and built after it.

-- name: index.copy_content
CREATE INDEX IF NOT EXISTS copy_content ON copy (content_id);
-- name: index.copy_item
CREATE INDEX IF NOT EXISTS copy_item ON copy (item_id);
-- name: index.item_source
CREATE INDEX IF NOT EXISTS item_source ON item (source_id, path);
-- name: index.part_content
CREATE INDEX IF NOT EXISTS part_content ON part (content_id);
-- name: index.match_content
CREATE INDEX IF NOT EXISTS match_content ON match (content_id);
-- name: index.gap_content
CREATE INDEX IF NOT EXISTS gap_content ON gap (content_id);
-- name: index.message_message_id
CREATE INDEX IF NOT EXISTS message_message_id ON message (message_id);
-- name: index.address_email
CREATE INDEX IF NOT EXISTS address_email ON address (email_id);
-- name: index.mention_email
CREATE INDEX IF NOT EXISTS mention_email ON mention (email_id);
-- name: index.email_domain
CREATE INDEX IF NOT EXISTS email_domain ON email (domain);
-- name: index.finding_type
CREATE INDEX IF NOT EXISTS finding_type ON finding (type);
