DROP INDEX "login_data_email";--> statement-breakpoint
ALTER TABLE "login_data" ADD COLUMN "set_aside_at" bigint;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "admin_name" text collate "C";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "former_status" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "login_data_email" ON "login_data" USING btree ("login_email") WHERE set_aside_at is null;