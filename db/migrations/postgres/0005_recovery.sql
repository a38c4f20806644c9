CREATE TABLE "backup_codes" (
	"login_data_id" bigint NOT NULL,
	"code_hash" text collate "C" NOT NULL,
	CONSTRAINT "backup_codes_login_data_id_code_hash_pk" PRIMARY KEY("login_data_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "login_sources" (
	"login_data_id" bigint NOT NULL,
	"source" text collate "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"blocked_until" bigint,
	"signed_in_at" bigint,
	"devices" jsonb NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "login_sources_login_data_id_source_pk" PRIMARY KEY("login_data_id","source")
);
--> statement-breakpoint
CREATE TABLE "otp_enrolments" (
	"login_data_id" bigint NOT NULL,
	"seed" text collate "C" NOT NULL,
	"key_hash" text collate "C",
	"expires_at" bigint NOT NULL,
	CONSTRAINT "otp_enrolments_login_data_id_pk" PRIMARY KEY("login_data_id")
);
--> statement-breakpoint
CREATE TABLE "request_counts" (
	"name" text collate "C" NOT NULL,
	"requests" bigint NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "request_counts_name_pk" PRIMARY KEY("name")
);
--> statement-breakpoint
ALTER TABLE "login_data" ADD COLUMN "login_slowed_until" bigint;--> statement-breakpoint
ALTER TABLE "login_data" ADD COLUMN "hash_key_purpose" text collate "C";--> statement-breakpoint
ALTER TABLE "login_data" ADD COLUMN "former_hash_keys" jsonb;--> statement-breakpoint
ALTER TABLE "backup_codes" ADD CONSTRAINT "backup_codes_login_data_id_login_data_id_fk" FOREIGN KEY ("login_data_id") REFERENCES "public"."login_data"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "login_sources" ADD CONSTRAINT "login_sources_login_data_id_login_data_id_fk" FOREIGN KEY ("login_data_id") REFERENCES "public"."login_data"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "otp_enrolments" ADD CONSTRAINT "otp_enrolments_login_data_id_login_data_id_fk" FOREIGN KEY ("login_data_id") REFERENCES "public"."login_data"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "login_sources_by_seen" ON "login_sources" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "otp_enrolments_by_expiry" ON "otp_enrolments" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "request_counts_by_since" ON "request_counts" USING btree ("since");--> statement-breakpoint
CREATE INDEX "login_data_hash_keys" ON "login_data" USING btree ("hash_key_expires_at") WHERE hash_key_expires_at > 0;