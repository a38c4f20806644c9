-- Text search: a trigram index over users.search_text.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE INDEX users_search ON users USING gin (search_text gin_trgm_ops);--> statement-breakpoint
-- The audit log is append-only.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is append-only'; END $$;--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();--> statement-breakpoint
-- The roles that every partner has.
INSERT INTO roles (partner_id, key, name, system_name, description, tags, status, created_at, updated_at) VALUES
	(0, 1, 'Publisher Administrator', 'PUBLISHER_ADMINISTRATOR', 'May do everything in the account', 'kmc,partner_admin', 1, 0, 0),
	(0, 2, 'Basic User Session Role', 'BASE_USER_SESSION_ROLE', 'What a signed-in person without a role may do', NULL, 1, 0, 0),
	(0, 3, 'No Session', 'NO_SESSION_ROLE', 'What may be done without a session', NULL, 1, 0, 0),
	(0, 4, 'Widget Session', 'WIDGET_SESSION_ROLE', 'What an anonymous widget may do', NULL, 1, 0, 0),
	(0, 5, 'Playback Base', 'PLAYBACK_BASE_ROLE', 'What a player may do', NULL, 1, 0, 0);--> statement-breakpoint
INSERT INTO role_permissions (partner_id, role_id, permission) VALUES
	(0, 1, '*'),
	(0, 2, 'BASE_USER_SESSION_PERMISSION'),
	(0, 3, 'ALWAYS_ALLOWED_ACTIONS'),
	(0, 4, 'WIDGET_SESSION_PERMISSION'),
	(0, 5, 'PLAYBACK_BASE_PERMISSION');--> statement-breakpoint
-- Own roles and partners count from here.
ALTER TABLE partners ALTER COLUMN id RESTART WITH 101;--> statement-breakpoint
ALTER TABLE roles ALTER COLUMN key RESTART WITH 101;
