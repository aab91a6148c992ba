BEGIN TRANSACTION;
CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL,
            at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')),
            service TEXT NOT NULL, model TEXT NOT NULL, state TEXT NOT NULL,
            cost TEXT NOT NULL, amount TEXT NOT NULL, currency TEXT NOT NULL, note TEXT NOT NULL
        ) STRICT;
INSERT INTO "event" VALUES(1,'01a2008e5e60-00000001','2026-11-22T22:13:07.544+00:00','https://api.venice.ai/api/v1','wan','intended','not charged','0.44','USD','');
INSERT INTO "event" VALUES(2,'01a2008f48c0-00000002','2026-11-22T22:13:07.544+00:00','https://api.venice.ai/api/v1','wan','intended','not charged','0.44','USD','');
INSERT INTO "event" VALUES(3,'01a200903320-00000003','2026-11-22T22:13:07.544+00:00','https://api.venice.ai/api/v1','wan','intended','not charged','0.44','USD','');
INSERT INTO "event" VALUES(4,'01a200911d80-00000004','2026-11-22T22:13:07.608+00:00','https://api.venice.ai/api/v1','wan','intended','not charged','0.44','USD','');
INSERT INTO "event" VALUES(5,'01a2009207e0-00000005','2026-11-22T22:13:07.697+00:00','https://api.venice.ai/api/v1','wan','intended','not charged','0.44','USD','');
INSERT INTO "event" VALUES(6,'01a2008e5e60-00000001','2026-11-22T22:13:07.708+00:00','https://api.venice.ai/api/v1','wan','intended','may have been charged','0.44','USD','');
INSERT INTO "event" VALUES(7,'01a2008e5e60-00000001','2026-11-22T22:13:07.716+00:00','https://api.venice.ai/api/v1','wan','rendering','charged','0.44','USD','');
INSERT INTO "event" VALUES(8,'01a2008e5e60-00000001','2026-11-22T22:13:07.767+00:00','https://api.venice.ai/api/v1','wan','saved','charged','0.44','USD','');
INSERT INTO "event" VALUES(9,'01a2008f48c0-00000002','2026-11-22T22:13:07.770+00:00','https://api.venice.ai/api/v1','wan','rendering','charged','0.44','USD','');
INSERT INTO "event" VALUES(10,'01a2008f48c0-00000002','2026-11-22T22:13:07.774+00:00','https://api.venice.ai/api/v1','wan','rendering','charged','0.44','USD','');
INSERT INTO "event" VALUES(11,'01a200903320-00000003','2026-11-22T22:13:07.792+00:00','https://api.venice.ai/api/v1','wan','doubtful','may have been charged','0.44','USD','cut: The connection broke.');
INSERT INTO "event" VALUES(12,'01a200903320-00000003','2026-11-22T22:13:07.796+00:00','https://api.venice.ai/api/v1','wan','doubtful','may have been charged','0.44','USD','Balance before it $24.30, after it $23.86.');
INSERT INTO "event" VALUES(13,'01a200911d80-00000004','2026-11-22T22:13:07.799+00:00','https://api.venice.ai/api/v1','wan','failed','refunded','0.44','USD','content (HTTP 422): Refused: it''s not allowed');
INSERT INTO "event" VALUES(14,'01a2009207e0-00000005','2026-11-22T22:13:07.804+00:00','https://api.venice.ai/api/v1','wan','refused','not charged','0.44','USD','');
INSERT INTO "event" VALUES(15,'01a2009207e0-00000005','2026-11-22T22:13:07.807+00:00','https://api.venice.ai/api/v1','wan','removed','not charged','0.44','USD','');
CREATE TABLE job (
            id TEXT PRIMARY KEY, press TEXT NOT NULL, take INTEGER NOT NULL, created_at TEXT NOT NULL,
            service TEXT NOT NULL, fingerprint TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL,
            state TEXT NOT NULL, cost TEXT NOT NULL, amount TEXT NOT NULL, currency TEXT NOT NULL,
            request TEXT NOT NULL, payload TEXT NOT NULL, outcome TEXT NOT NULL, hidden INTEGER NOT NULL
        ) STRICT;
INSERT INTO "job" VALUES('01a2008e5e60-00000001','press-1',1,'2026-11-22T00:01:00+00:00','https://api.venice.ai/api/v1','f1n9e4','wan','Gondola drifts towards camera','saved','charged','0.44','USD','{"model": "wan", "prompt": "Gondola drifts towards camera", "negative_prompt": "rain", "duration": "5s", "resolution": "720p", "aspect_ratio": "16:9", "sound": true, "seed": 7, "start_frame": {"sha256": "1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b", "mime": "image/png", "width": 16, "height": 9, "size": 999, "name": "gondola.png", "as_is": true, "located": true, "address": null, "link": false, "fit": "crop", "fitted_to": "16:9", "original": {"sha256": "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", "mime": "image/png", "width": 9, "height": 16, "size": 999, "name": "gondola.png", "as_is": true, "located": true, "address": null, "link": false, "fit": null, "fitted_to": null, "original": null}}, "end_frame": null}','{"model":"wan"}','{"ticket": {"queue_id": "q-1", "model": "wan", "dialect": "live", "download_url": "https://clips.example/1?secret"}, "clip": {"path": "/clips/2026-11-22 Gondola 1.mp4", "size": 2400000, "duration_ms": 5000, "width": 1280, "height": 720, "fps": 24.0, "frames": 120, "sound": true, "thumbnail": "/thumbnails/1.jpg"}, "saved_at": "2026-11-22T09:32:00+00:00", "rendered_ms": 58000, "copy_deleted": true, "state": "saved"}',0);
INSERT INTO "job" VALUES('01a2008f48c0-00000002','press-1',1,'2026-11-22T00:02:00+00:00','https://api.venice.ai/api/v1','f1n9e4','wan','Gondola drifts towards camera','rendering','charged','0.44','USD','{"model": "wan", "prompt": "Gondola drifts towards camera", "negative_prompt": "", "duration": "5s", "resolution": null, "aspect_ratio": null, "sound": null, "seed": null, "start_frame": null, "end_frame": null}','{"prompt": "…"}','{"ticket": {"queue_id": "q-1", "model": "wan", "dialect": "live", "download_url": "https://clips.example/1?secret"}, "queued_at": "2026-11-22T09:30:00+00:00", "progress": {"elapsed_ms": 1000, "estimate_ms": 60000}, "trouble": null, "state": "rendering"}',1);
INSERT INTO "job" VALUES('01a200903320-00000003','press-1',1,'2026-11-22T00:03:00+00:00','https://api.venice.ai/api/v1','f1n9e4','wan','Gondola drifts towards camera','doubtful','may have been charged','0.44','USD','{"model": "wan", "prompt": "Gondola drifts towards camera", "negative_prompt": "", "duration": "5s", "resolution": null, "aspect_ratio": null, "sound": null, "seed": null, "start_frame": null, "end_frame": null}','{"prompt": "…"}','{"problem": {"kind": "cut", "message": "The connection broke.", "cost": "may have been charged", "status": null, "fields": {}, "retry_after_s": null, "code": null, "suggested_prompt": null, "recommended_model": null}, "state": "doubtful"}',0);
INSERT INTO "job" VALUES('01a200911d80-00000004','press-1',1,'2026-11-22T00:04:00+00:00','https://api.venice.ai/api/v1','f1n9e4','wan','Gondola drifts towards camera','failed','refunded','0.44','USD','{"model": "wan", "prompt": "Gondola drifts towards camera", "negative_prompt": "", "duration": "5s", "resolution": null, "aspect_ratio": null, "sound": null, "seed": null, "start_frame": null, "end_frame": null}','{"prompt": "…"}','{"ticket": {"queue_id": "q-1", "model": "wan", "dialect": "live", "download_url": "https://clips.example/1?secret"}, "problem": {"kind": "content", "message": "Refused: it''s not allowed", "cost": "refunded", "status": 422, "fields": {"prompt": "no"}, "retry_after_s": null, "code": "x", "suggested_prompt": "A calm sea", "recommended_model": null}, "state": "failed"}',0);
CREATE INDEX event_of_job ON event (job_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('event',15);
COMMIT;
PRAGMA user_version = 1;
