CREATE TABLE `backup_codes` (
	`login_data_id` integer NOT NULL,
	`code_hash` text NOT NULL,
	PRIMARY KEY(`login_data_id`, `code_hash`),
	FOREIGN KEY (`login_data_id`) REFERENCES `login_data`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `login_sources` (
	`login_data_id` integer NOT NULL,
	`source` text NOT NULL,
	`attempts` integer NOT NULL,
	`blocked_until` integer,
	`signed_in_at` integer,
	`devices` text NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`login_data_id`, `source`),
	FOREIGN KEY (`login_data_id`) REFERENCES `login_data`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `login_sources_by_seen` ON `login_sources` (`seen_at`);--> statement-breakpoint
CREATE TABLE `otp_enrolments` (
	`login_data_id` integer PRIMARY KEY NOT NULL,
	`seed` text NOT NULL,
	`key_hash` text,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`login_data_id`) REFERENCES `login_data`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `otp_enrolments_by_expiry` ON `otp_enrolments` (`expires_at`);--> statement-breakpoint
CREATE TABLE `request_counts` (
	`name` text PRIMARY KEY NOT NULL,
	`requests` integer NOT NULL,
	`since` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `request_counts_by_since` ON `request_counts` (`since`);--> statement-breakpoint
ALTER TABLE `login_data` ADD `login_slowed_until` integer;--> statement-breakpoint
ALTER TABLE `login_data` ADD `hash_key_purpose` text;--> statement-breakpoint
ALTER TABLE `login_data` ADD `former_hash_keys` text;--> statement-breakpoint
CREATE INDEX `login_data_hash_keys` ON `login_data` (`hash_key_expires_at`) WHERE hash_key_expires_at > 0;