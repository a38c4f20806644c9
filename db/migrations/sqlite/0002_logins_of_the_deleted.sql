DROP INDEX `login_data_email`;--> statement-breakpoint
ALTER TABLE `login_data` ADD `set_aside_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `login_data_email` ON `login_data` (`login_email`) WHERE set_aside_at is null;--> statement-breakpoint
ALTER TABLE `partners` ADD `admin_name` text;--> statement-breakpoint
ALTER TABLE `users` ADD `former_status` integer;