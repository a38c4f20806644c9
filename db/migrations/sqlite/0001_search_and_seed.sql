-- Text search: a trigram index over users.search_text, kept by the database itself.
CREATE VIRTUAL TABLE users_search USING fts5(search_text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');--> statement-breakpoint
CREATE TRIGGER users_search_insert AFTER INSERT ON users BEGIN
	INSERT INTO users_search (rowid, search_text) VALUES (new.key, new.search_text);
END;--> statement-breakpoint
CREATE TRIGGER users_search_update AFTER UPDATE OF search_text ON users WHEN old.search_text <> new.search_text BEGIN
	UPDATE users_search SET search_text = new.search_text WHERE rowid = old.key;
END;--> statement-breakpoint
CREATE TRIGGER users_search_delete AFTER DELETE ON users BEGIN
	DELETE FROM users_search WHERE rowid = old.key;
END;--> statement-breakpoint
-- The audit log is append-only.
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN
	SELECT raise(abort, 'The audit log is append-only');
END;--> statement-breakpoint
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN
	SELECT raise(abort, 'The audit log is append-only');
END;--> statement-breakpoint
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
INSERT INTO sqlite_sequence (name, seq) VALUES ('partners', 100);--> statement-breakpoint
UPDATE sqlite_sequence SET seq = 100 WHERE name = 'roles';
