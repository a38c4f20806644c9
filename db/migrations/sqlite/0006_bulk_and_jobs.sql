CREATE TABLE `bulk_results` (
	`partner_id` integer NOT NULL,
	`upload_key` integer NOT NULL,
	`line` integer NOT NULL,
	`status` integer NOT NULL,
	`action` text,
	`user_id` text,
	`user_key` integer,
	`user_status` integer,
	`error_code` text,
	`error` text,
	PRIMARY KEY(`partner_id`, `upload_key`, `line`),
	FOREIGN KEY (`upload_key`) REFERENCES `bulk_uploads`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `bulk_results_failed` ON `bulk_results` (`partner_id`,`upload_key`,`line`) WHERE status = 1;--> statement-breakpoint
CREATE TABLE `bulk_uploads` (
	`partner_id` integer NOT NULL,
	`key` integer PRIMARY KEY NOT NULL,
	`status` integer NOT NULL,
	`file_name` text NOT NULL,
	`file` text,
	`size` integer NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploader_key` integer,
	`recipients` text NOT NULL,
	`total_rows` integer,
	`rows` integer NOT NULL,
	`failed_rows` integer NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `bulk_uploads_by_time` ON `bulk_uploads` (`partner_id`,`created_at`,`key`);--> statement-breakpoint
CREATE INDEX `bulk_uploads_to_sweep` ON `bulk_uploads` (`finished_at`) WHERE file is not null;--> statement-breakpoint
ALTER TABLE `jobs` ADD `claimed_by` text;--> statement-breakpoint
CREATE INDEX `jobs_by_kind` ON `jobs` (`partner_id`,`kind`,`key`);--> statement-breakpoint
ALTER TABLE `jobs` DROP COLUMN `lease_until`;