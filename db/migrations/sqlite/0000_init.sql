CREATE TABLE `audit_log` (
	`partner_id` integer NOT NULL,
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`result` text NOT NULL,
	`target_type` text,
	`target_id` text,
	`target_key` integer,
	`changes` text NOT NULL,
	`reason` text,
	`origin` text NOT NULL,
	`address` text,
	`request_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_log_by_time` ON `audit_log` (`partner_id`,`at`,`key`);--> statement-breakpoint
CREATE INDEX `audit_log_by_target` ON `audit_log` (`partner_id`,`target_type`,`target_key`,`key`);--> statement-breakpoint
CREATE INDEX `audit_log_by_actor` ON `audit_log` (`partner_id`,`actor_id`,`key`);--> statement-breakpoint
CREATE TABLE `browser_sessions` (
	`partner_id` integer NOT NULL,
	`id_hash` text NOT NULL,
	`user_key` integer NOT NULL,
	`login_data_id` integer,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	`address` text,
	`user_agent` text,
	PRIMARY KEY(`partner_id`, `id_hash`),
	FOREIGN KEY (`user_key`) REFERENCES `users`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `browser_sessions_by_user` ON `browser_sessions` (`partner_id`,`user_key`,`started_at`);--> statement-breakpoint
CREATE INDEX `browser_sessions_by_expiry` ON `browser_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`partner_id` integer NOT NULL,
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`unique_key` text,
	`payload` text NOT NULL,
	`status` text NOT NULL,
	`progress` text,
	`attempts` integer NOT NULL,
	`run_at` integer NOT NULL,
	`lease_until` integer,
	`last_error` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`status`,`run_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_unique` ON `jobs` (`partner_id`,`kind`,`unique_key`);--> statement-breakpoint
CREATE TABLE `ks_revocations` (
	`partner_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `token_hash`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `ks_revocations_by_expiry` ON `ks_revocations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `ks_uses` (
	`partner_id` integer NOT NULL,
	`token_hash` text NOT NULL,
	`uses` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `token_hash`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `ks_uses_by_expiry` ON `ks_uses` (`expires_at`);--> statement-breakpoint
CREATE TABLE `login_data` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`login_email` text NOT NULL,
	`first_name` text,
	`last_name` text,
	`config_partner_id` integer NOT NULL,
	`last_login_partner_id` integer,
	`password_hash` text,
	`password_updated_at` integer,
	`previous_passwords` text NOT NULL,
	`login_attempts` integer NOT NULL,
	`login_blocked_until` integer,
	`hash_key_hash` text,
	`hash_key_expires_at` integer,
	`otp_seed` text,
	`otp_confirmed_at` integer,
	`otp_last_step` integer,
	`sessions_valid_from` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `login_data_email` ON `login_data` (`login_email`);--> statement-breakpoint
CREATE TABLE `login_invitations` (
	`partner_id` integer NOT NULL,
	`user_key` integer NOT NULL,
	`login_data_id` integer NOT NULL,
	`key_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `user_key`),
	FOREIGN KEY (`login_data_id`) REFERENCES `login_data`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_key`) REFERENCES `users`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `login_invitations_by_login` ON `login_invitations` (`login_data_id`);--> statement-breakpoint
CREATE TABLE `mail_outbox` (
	`partner_id` integer NOT NULL,
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event` text NOT NULL,
	`recipient` text NOT NULL,
	`language` text,
	`params` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`message_id` text NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `mail_outbox_due` ON `mail_outbox` (`status`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `mail_outbox_by_time` ON `mail_outbox` (`partner_id`,`created_at`,`key`);--> statement-breakpoint
CREATE TABLE `partner_counts` (
	`partner_id` integer PRIMARY KEY NOT NULL,
	`last_user_number` integer NOT NULL,
	`active` integer NOT NULL,
	`blocked` integer NOT NULL,
	`deleted` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `partners` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`status` integer NOT NULL,
	`admin_email` text,
	`admin_secrets` text NOT NULL,
	`user_secret` text NOT NULL,
	`owner_key` integer,
	`settings` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `role_permissions` (
	`partner_id` integer NOT NULL,
	`role_id` integer NOT NULL,
	`permission` text NOT NULL,
	PRIMARY KEY(`partner_id`, `role_id`, `permission`),
	FOREIGN KEY (`role_id`) REFERENCES `roles`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `roles` (
	`partner_id` integer NOT NULL,
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`system_name` text,
	`description` text,
	`tags` text,
	`status` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `roles_by_name` ON `roles` (`partner_id`,`name`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `user_roles` (
	`partner_id` integer NOT NULL,
	`user_key` integer NOT NULL,
	`role_id` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `user_key`, `role_id`),
	FOREIGN KEY (`user_key`) REFERENCES `users`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `user_roles_by_role` ON `user_roles` (`partner_id`,`role_id`,`user_key`);--> statement-breakpoint
CREATE TABLE `user_tags` (
	`partner_id` integer NOT NULL,
	`user_key` integer NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`partner_id`, `user_key`, `tag`),
	FOREIGN KEY (`user_key`) REFERENCES `users`(`key`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `user_tags_by_tag` ON `user_tags` (`partner_id`,`tag`,`user_key`);--> statement-breakpoint
CREATE TABLE `users` (
	`partner_id` integer NOT NULL,
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`id_key` text NOT NULL,
	`external_id` text,
	`is_hashed` integer NOT NULL,
	`type` integer NOT NULL,
	`status` integer NOT NULL,
	`status_updated_at` integer,
	`block_reason` text,
	`blocked_until` integer,
	`screen_name` text,
	`screen_name_key` text NOT NULL,
	`first_name` text,
	`first_name_key` text NOT NULL,
	`last_name` text,
	`last_name_key` text NOT NULL,
	`full_name_key` text NOT NULL,
	`email` text,
	`email_key` text NOT NULL,
	`country` text,
	`state` text,
	`city` text,
	`zip` text,
	`thumbnail_url` text,
	`description` text,
	`tags` text,
	`partner_data` text,
	`language` text,
	`title` text,
	`company` text,
	`date_of_birth` integer,
	`gender` integer,
	`registration_info` text,
	`attendance_info` text,
	`allowed_partner_ids` text,
	`allowed_partner_packages` text,
	`capabilities` text NOT NULL,
	`user_mode` integer NOT NULL,
	`ks_privileges` text,
	`is_admin` integer NOT NULL,
	`is_guest` integer NOT NULL,
	`is_sso_excluded` integer NOT NULL,
	`role_ids` text NOT NULL,
	`login_data_id` integer,
	`last_login_at` integer NOT NULL,
	`sessions_valid_from` integer NOT NULL,
	`search_text` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`login_data_id`) REFERENCES `login_data`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_id` ON `users` (`partner_id`,`id_key`) WHERE status <> 2;--> statement-breakpoint
CREATE UNIQUE INDEX `users_login_data` ON `users` (`partner_id`,`login_data_id`) WHERE status <> 2;--> statement-breakpoint
CREATE INDEX `users_by_id` ON `users` (`partner_id`,`id_key`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_created` ON `users` (`partner_id`,`created_at`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_updated` ON `users` (`partner_id`,`updated_at`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_last_login` ON `users` (`partner_id`,`last_login_at`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_status` ON `users` (`partner_id`,`status`,`created_at`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_admin` ON `users` (`partner_id`,`is_admin`,`created_at`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_type` ON `users` (`partner_id`,`type`,`created_at`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_screen_name` ON `users` (`partner_id`,`screen_name_key`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_first_name` ON `users` (`partner_id`,`first_name_key`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_last_name` ON `users` (`partner_id`,`last_name_key`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_full_name` ON `users` (`partner_id`,`full_name_key`,`key`);--> statement-breakpoint
CREATE INDEX `users_by_email` ON `users` (`partner_id`,`email_key`,`key`);--> statement-breakpoint
CREATE INDEX `users_of_login_data` ON `users` (`login_data_id`);--> statement-breakpoint
CREATE INDEX `users_deleted` ON `users` (`deleted_at`) WHERE deleted_at is not null and login_data_id is not null;--> statement-breakpoint
CREATE INDEX `users_blocked_until` ON `users` (`blocked_until`) WHERE blocked_until is not null;