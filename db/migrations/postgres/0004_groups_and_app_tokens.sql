CREATE TABLE "group_users" (
	"partner_id" bigint NOT NULL,
	"group_key" bigint NOT NULL,
	"user_key" bigint NOT NULL,
	"creation_mode" bigint NOT NULL,
	"user_role" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "group_users_partner_id_group_key_user_key_pk" PRIMARY KEY("partner_id","group_key","user_key")
);
--> statement-breakpoint
CREATE TABLE "app_tokens" (
	"partner_id" bigint NOT NULL,
	"id" text collate "C" NOT NULL,
	"secret" text collate "C" NOT NULL,
	"user_key" bigint,
	"session_type" bigint,
	"session_duration" bigint NOT NULL,
	"session_privileges" text collate "C",
	"hash_type" text collate "C" NOT NULL,
	"description" text collate "C",
	"expires_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "app_tokens_partner_id_id_pk" PRIMARY KEY("partner_id","id")
);
--> statement-breakpoint
DROP INDEX "roles_by_name";--> statement-breakpoint
ALTER TABLE "group_users" ADD CONSTRAINT "group_users_partner_id_group_key_users_partner_id_key_fk" FOREIGN KEY ("partner_id","group_key") REFERENCES "public"."users"("partner_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_users" ADD CONSTRAINT "group_users_partner_id_user_key_users_partner_id_key_fk" FOREIGN KEY ("partner_id","user_key") REFERENCES "public"."users"("partner_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_tokens" ADD CONSTRAINT "app_tokens_partner_id_user_key_users_partner_id_key_fk" FOREIGN KEY ("partner_id","user_key") REFERENCES "public"."users"("partner_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "group_users_by_user" ON "group_users" USING btree ("partner_id","user_key");--> statement-breakpoint
CREATE INDEX "app_tokens_by_created" ON "app_tokens" USING btree ("partner_id","created_at","id");--> statement-breakpoint
CREATE INDEX "app_tokens_by_user" ON "app_tokens" USING btree ("partner_id","user_key");--> statement-breakpoint
CREATE UNIQUE INDEX "roles_name" ON "roles" USING btree ("partner_id","name") WHERE status <> 3;