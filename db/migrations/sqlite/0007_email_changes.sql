CREATE TABLE `email_changes` (
	`login_data_id` integer PRIMARY KEY NOT NULL,
	`new_email` text NOT NULL,
	`old_key_hash` text NOT NULL,
	`old_confirmed_at` integer,
	`new_key_hash` text NOT NULL,
	`new_confirmed_at` integer,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`login_data_id`) REFERENCES `login_data`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `email_changes_by_expiry` ON `email_changes` (`expires_at`);