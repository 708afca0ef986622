-- indexes.sql - secondary indexes.  The first group follows the order in which mail comes in and is always there; the
-- second is random in that order: collect drops it before a load, classify builds it after.

-- name: index.copy_content
CREATE INDEX IF NOT EXISTS copy_content ON copy (content_id);
-- name: index.collision_content
CREATE INDEX IF NOT EXISTS collision_content ON content_key_collision (content_id);
-- name: index.item_source
CREATE INDEX IF NOT EXISTS item_source ON item (source_id, path);
-- name: index.unit_source
CREATE INDEX IF NOT EXISTS unit_source ON unit (source_id);
-- name: index.gap_content
CREATE INDEX IF NOT EXISTS gap_content ON gap (content_id);
-- name: index.event_at
CREATE INDEX IF NOT EXISTS event_at ON event (item_id, at);
-- name: index.signin_at
CREATE INDEX IF NOT EXISTS signin_at ON signin (item_id, at);
-- name: index.email_address
CREATE UNIQUE INDEX IF NOT EXISTS email_address ON email (address);
-- name: index.name_sealed
CREATE UNIQUE INDEX IF NOT EXISTS name_sealed ON name (sealed);

-- name: search_index.message_message_id
CREATE INDEX IF NOT EXISTS message_message_id ON message (message_id);
-- name: search_index.message_date
CREATE INDEX IF NOT EXISTS message_date ON message (date);
-- name: search_index.address_email
CREATE INDEX IF NOT EXISTS address_email ON address (email_id);
-- name: search_index.mention_email
CREATE INDEX IF NOT EXISTS mention_email ON mention (email_id);
-- name: search_index.email_domain
CREATE INDEX IF NOT EXISTS email_domain ON email (domain);
-- name: search_index.finding_type
CREATE INDEX IF NOT EXISTS finding_type ON finding (type);

-- name: search_drop.message_message_id
DROP INDEX IF EXISTS message_message_id;
-- name: search_drop.message_date
DROP INDEX IF EXISTS message_date;
-- name: search_drop.address_email
DROP INDEX IF EXISTS address_email;
-- name: search_drop.mention_email
DROP INDEX IF EXISTS mention_email;
-- name: search_drop.email_domain
DROP INDEX IF EXISTS email_domain;
