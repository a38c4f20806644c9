CREATE TABLE `group_users` (
	`partner_id` integer NOT NULL,
	`group_key` integer NOT NULL,
	`user_key` integer NOT NULL,
	`creation_mode` integer NOT NULL,
	`user_role` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `group_key`, `user_key`),
	FOREIGN KEY (`group_key`) REFERENCES `users`(`key`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_key`) REFERENCES `users`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `group_users_by_user` ON `group_users` (`partner_id`,`user_key`);--> statement-breakpoint
CREATE TABLE `app_tokens` (
	`partner_id` integer NOT NULL,
	`id` text NOT NULL,
	`secret` text NOT NULL,
	`user_key` integer,
	`session_type` integer,
	`session_duration` integer NOT NULL,
	`session_privileges` text,
	`hash_type` text NOT NULL,
	`description` text,
	`expires_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `id`),
	FOREIGN KEY (`user_key`) REFERENCES `users`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `app_tokens_by_created` ON `app_tokens` (`partner_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `app_tokens_by_user` ON `app_tokens` (`partner_id`,`user_key`);--> statement-breakpoint
DROP INDEX `roles_by_name`;--> statement-breakpoint
CREATE UNIQUE INDEX `roles_name` ON `roles` (`partner_id`,`name`) WHERE status <> 3;