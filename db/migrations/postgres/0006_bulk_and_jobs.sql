CREATE TABLE "bulk_results" (
	"partner_id" bigint NOT NULL,
	"upload_key" bigint NOT NULL,
	"line" bigint NOT NULL,
	"status" bigint NOT NULL,
	"action" text collate "C",
	"user_id" text collate "C",
	"user_key" bigint,
	"user_status" bigint,
	"error_code" text collate "C",
	"error" text collate "C",
	CONSTRAINT "bulk_results_partner_id_upload_key_line_pk" PRIMARY KEY("partner_id","upload_key","line")
);
--> statement-breakpoint
CREATE TABLE "bulk_uploads" (
	"partner_id" bigint NOT NULL,
	"key" bigint NOT NULL,
	"status" bigint NOT NULL,
	"file_name" text collate "C" NOT NULL,
	"file" text collate "C",
	"size" bigint NOT NULL,
	"uploaded_by" text collate "C" NOT NULL,
	"uploader_key" bigint,
	"recipients" jsonb NOT NULL,
	"total_rows" bigint,
	"rows" bigint NOT NULL,
	"failed_rows" bigint NOT NULL,
	"error" text collate "C",
	"created_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "bulk_uploads_partner_id_key_pk" PRIMARY KEY("partner_id","key")
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "claimed_by" text collate "C";--> statement-breakpoint
ALTER TABLE "bulk_results" ADD CONSTRAINT "bulk_results_partner_id_upload_key_bulk_uploads_partner_id_key_fk" FOREIGN KEY ("partner_id","upload_key") REFERENCES "public"."bulk_uploads"("partner_id","key") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_results_failed" ON "bulk_results" USING btree ("partner_id","upload_key","line") WHERE status = 1;--> statement-breakpoint
CREATE INDEX "bulk_uploads_by_time" ON "bulk_uploads" USING btree ("partner_id","created_at","key");--> statement-breakpoint
CREATE INDEX "bulk_uploads_to_sweep" ON "bulk_uploads" USING btree ("finished_at") WHERE file is not null;--> statement-breakpoint
CREATE INDEX "jobs_by_kind" ON "jobs" USING btree ("partner_id","kind","key");--> statement-breakpoint
ALTER TABLE "jobs" DROP COLUMN "lease_until";