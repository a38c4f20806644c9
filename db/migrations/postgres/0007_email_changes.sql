CREATE TABLE "email_changes" (
	"login_data_id" bigint NOT NULL,
	"new_email" text collate "C" NOT NULL,
	"old_key_hash" text collate "C" NOT NULL,
	"old_confirmed_at" bigint,
	"new_key_hash" text collate "C" NOT NULL,
	"new_confirmed_at" bigint,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "email_changes_login_data_id_pk" PRIMARY KEY("login_data_id")
);
--> statement-breakpoint
ALTER TABLE "email_changes" ADD CONSTRAINT "email_changes_login_data_id_login_data_id_fk" FOREIGN KEY ("login_data_id") REFERENCES "public"."login_data"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "email_changes_by_expiry" ON "email_changes" USING btree ("expires_at");