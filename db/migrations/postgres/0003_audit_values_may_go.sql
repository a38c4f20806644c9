-- The audit log stays append-only, but values may be taken out of its changes: personal data of people who must be forgotten.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'changes' = to_jsonb(OLD) - 'changes' AND NOT EXISTS (
		SELECT 1 FROM jsonb_each(OLD.changes) AS was FULL JOIN jsonb_each(NEW.changes) AS is_now USING (key)
		WHERE was.value IS NULL OR is_now.value IS NULL OR (is_now.value <> was.value AND is_now.value <> '{}')
	) THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'The audit log is append-only';
END $$;
