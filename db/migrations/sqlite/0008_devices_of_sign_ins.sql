ALTER TABLE `audit_log` ADD `device` text;--> statement-breakpoint
-- The same guard, with the new column.
DROP TRIGGER audit_log_no_update;--> statement-breakpoint
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log WHEN
	(old.partner_id, old.key, old.at, old.actor_kind, old.actor_id, old.action, old.result, old.target_type, old.target_id, old.target_key, old.reason, old.origin, old.address, old.device, old.request_id)
	IS NOT (new.partner_id, new.key, new.at, new.actor_kind, new.actor_id, new.action, new.result, new.target_type, new.target_id, new.target_key, new.reason, new.origin, new.address, new.device, new.request_id)
	OR EXISTS (
		SELECT 1 FROM json_each(old.changes) AS was FULL JOIN json_each(new.changes) AS is_now ON is_now.key = was.key
		WHERE was.key IS NULL OR is_now.key IS NULL OR (is_now.value IS NOT was.value AND is_now.value IS NOT '{}')
	)
BEGIN
	SELECT raise(abort, 'The audit log is append-only');
END;
