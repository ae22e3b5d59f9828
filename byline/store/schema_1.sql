-- The archive, version 1. Every span is (start, end): half-open, in code points of documents.text.
-- Where there is no rowid, the columns of the key come first: integrity_check of SQLite 3.40 finds nulls that are not
-- there if they do not. Times of runs are ISO 8601 in UTC; days are ISO dates, both ends of an interval included.

-- What decides the records: one edition for each combination of program, ontology and pipeline.
CREATE TABLE editions (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE, -- of all that follows
  version TEXT NOT NULL,       -- of Byline
  program TEXT NOT NULL,       -- digest of Byline's files that decide the records
  ontology TEXT NOT NULL,      -- name and version
  ontology_digest TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  pipeline_version TEXT NOT NULL
);

-- Each time that documents were coded into the archive.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES editions (id),
  settings TEXT NOT NULL,      -- JSON: where the ontology was found, the pipeline
  started TEXT NOT NULL,
  finished TEXT,               -- null: still going on, or ended before all was read
  coded INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,   -- documents that were in the archive already
  failed INTEGER NOT NULL DEFAULT 0
);

-- The files that a run was given.
CREATE TABLE inputs (
  run INTEGER NOT NULL REFERENCES runs (id),
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  digest TEXT NOT NULL,        -- sha256:...
  PRIMARY KEY (run, path)
) WITHOUT ROWID;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL,      -- the record's id: the same text has the same, unless a manifest gives another
  key TEXT NOT NULL UNIQUE,    -- digest of the text and of all that its coding depends on
  source TEXT NOT NULL,
  title TEXT,
  publication TEXT,
  url TEXT,
  language TEXT,
  published_start TEXT,
  published_end TEXT,
  published_basis TEXT,
  copy_of TEXT,                -- documents.document of the original
  copy_kind TEXT,
  text TEXT NOT NULL,
  record TEXT NOT NULL,        -- JSON of the record without text and without what coding found
  replaced_by INTEGER REFERENCES documents (id)   -- the same text with other facts, read later from the same source
);
CREATE INDEX documents_document ON documents (document);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_publication ON documents (publication, published_start, published_end, copy_of, replaced_by);

-- Further places at which a document of the same text and facts was found.
CREATE TABLE appearances (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  origin TEXT,                 -- JSON
  PRIMARY KEY (document, source)
) WITHOUT ROWID;

-- A document as one edition coded it: JSON of everything that coding found.
CREATE TABLE codings (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  edition INTEGER NOT NULL REFERENCES editions (id),
  run INTEGER NOT NULL REFERENCES runs (id),
  events INTEGER NOT NULL,     -- how many
  record TEXT NOT NULL,
  PRIMARY KEY (document, edition)
);

-- The tables below hold the current coding of each document: the latest edition's.
-- A happening, as all its reports have it: how many there are, and of how many outlets and independent sources. How
-- many it killed is no column: see `incident_values`, and the views of tolls.
CREATE TABLE incidents (
  id TEXT NOT NULL PRIMARY KEY,   -- reports.uid of the one that was published first
  type TEXT NOT NULL,
  start TEXT,
  "end" TEXT,
  place TEXT,
  country TEXT,
  latitude REAL,
  longitude REAL,
  reports INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  sources INTEGER NOT NULL,    -- independent of one another
  asserting INTEGER NOT NULL,  -- reports that tell it in their own voice
  attributing INTEGER NOT NULL,
  denying INTEGER NOT NULL,
  contested INTEGER NOT NULL,
  part_of TEXT                 -- id of the incident that this one is a part of
) WITHOUT ROWID;
CREATE INDEX incidents_time ON incidents (start, "end");
CREATE INDEX incidents_type ON incidents (type, start);
CREATE INDEX incidents_country ON incidents (country, start);
CREATE INDEX incidents_part_of ON incidents (part_of) WHERE part_of IS NOT NULL;

-- What one document says of one happening: reports that are of the same happening have one incident.
CREATE TABLE reports (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,           -- of its first event: documents of the very same text share it
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  report TEXT NOT NULL,        -- id within the document
  type TEXT NOT NULL,
  disputed INTEGER NOT NULL,
  killed_low INTEGER,
  killed_high INTEGER,
  wounded_low INTEGER,
  wounded_high INTEGER,
  incident TEXT REFERENCES incidents (id) ON DELETE SET NULL   -- null: not linked yet, or to be linked anew
);
CREATE INDEX reports_uid ON reports (uid);
CREATE INDEX reports_document ON reports (document);
CREATE INDEX reports_incident ON reports (incident);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,           -- the same in every edition that finds the event: document, type and trigger
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  edition INTEGER NOT NULL REFERENCES editions (id),
  report INTEGER REFERENCES reports (id) ON DELETE CASCADE,
  event TEXT NOT NULL,         -- id within the document
  type TEXT NOT NULL,
  mode TEXT,
  cameo TEXT,
  status TEXT NOT NULL,
  happened INTEGER NOT NULL,
  start TEXT,
  "end" TEXT,
  time_basis TEXT,
  place TEXT,
  country TEXT,
  latitude REAL,
  longitude REAL,
  place_precision TEXT,
  killed_low INTEGER,
  killed_high INTEGER,
  wounded_low INTEGER,
  wounded_high INTEGER,
  said_by TEXT,                -- voices, the innermost first; null: the outlet itself
  stance TEXT,
  denied INTEGER NOT NULL,     -- whether somebody in the document denies it
  confidence REAL NOT NULL,
  confidence_happened REAL,
  trigger_text TEXT NOT NULL,
  trigger_start INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL,
  evidence_start INTEGER NOT NULL,
  evidence_end INTEGER NOT NULL
);
CREATE INDEX events_document ON events (document, happened, said_by);
CREATE INDEX events_time ON events (start, "end");
CREATE INDEX events_type ON events (type, happened, start);
CREATE INDEX events_country ON events (country, start);
CREATE INDEX events_uid ON events (uid);
CREATE INDEX events_report ON events (report);

-- How many events there are of each kind: what a page counts, ready to be added up.
CREATE TABLE event_counts (
  month TEXT NOT NULL,         -- of the first day; empty: not known
  type TEXT NOT NULL,
  country TEXT NOT NULL,       -- empty: not known
  status TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (month, type, country, status)
) WITHOUT ROWID;
CREATE TRIGGER events_counted AFTER INSERT ON events BEGIN
  INSERT INTO event_counts
  VALUES (coalesce(substr(new.start, 1, 7), ''), new.type, coalesce(new.country, ''), new.status, 1)
  ON CONFLICT DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER events_uncounted AFTER DELETE ON events BEGIN
  UPDATE event_counts SET events = events - 1
  WHERE month = coalesce(substr(old.start, 1, 7), '') AND type = old.type AND country = coalesce(old.country, '')
    AND status = old.status;
  DELETE FROM event_counts
  WHERE month = coalesce(substr(old.start, 1, 7), '') AND type = old.type AND country = coalesce(old.country, '')
    AND status = old.status AND events = 0;
END;

-- Who acts and who is acted upon in an event.
CREATE TABLE participants (
  event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  role TEXT NOT NULL,          -- actor, recipient
  number INTEGER NOT NULL,     -- in the order of the record
  name TEXT NOT NULL,
  country TEXT,
  sector TEXT,
  kind TEXT,
  text TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (event, role, number)
) WITHOUT ROWID;
CREATE INDEX participants_name ON participants (name, role);
CREATE INDEX participants_code ON participants (country, sector, role);

-- All numbers of an event; those of the whole incident are in `tolls`.
CREATE TABLE counts (
  event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  what TEXT NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER,                -- null: an open top
  text TEXT NOT NULL,
  PRIMARY KEY (event, number)
) WITHOUT ROWID;

-- Who says what. `voices` ties an event to the attributions that tell it (place 0 the innermost) or deny it.
CREATE TABLE attributions (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  attribution TEXT NOT NULL,   -- id within the document
  source TEXT,
  country TEXT,
  sector TEXT,
  stance TEXT NOT NULL,
  quoted TEXT NOT NULL,
  cue TEXT,
  via TEXT,
  inside TEXT,
  words TEXT NOT NULL
);
CREATE INDEX attributions_document ON attributions (document);
CREATE INDEX attributions_source ON attributions (source);
CREATE TABLE voices (
  event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  attribution INTEGER NOT NULL REFERENCES attributions (id) ON DELETE CASCADE,
  denies INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (event, attribution, denies)
) WITHOUT ROWID;
CREATE INDEX voices_attribution ON voices (attribution);

-- What is said of an incident, field by field, and who says it.
CREATE TABLE incident_values (
  incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  field TEXT NOT NULL,         -- killed, wounded, start, place, actor ...
  low INTEGER,                 -- of a number, its bounds; high is null where the top is open
  high INTEGER,
  value TEXT NOT NULL,         -- in words
  sayer TEXT,                  -- null: the outlet itself
  official INTEGER NOT NULL,   -- whether the sayer speaks for a state
  source TEXT NOT NULL,        -- the independent source that stands behind it
  published TEXT,
  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  PRIMARY KEY (incident, number)
) WITHOUT ROWID;
CREATE INDEX incident_values_report ON incident_values (report);

-- What linking compares. `first`: the report stands for all with its uid, as the first that was published.
CREATE TABLE report_records (
  report INTEGER PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
  first INTEGER NOT NULL DEFAULT 0,
  record TEXT NOT NULL         -- JSON
);

-- Reports with a key in common are compared, unless too many have it: then it is crowded.
CREATE TABLE report_keys (
  key INTEGER NOT NULL,        -- digest of days and place, days and name ...
  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  PRIMARY KEY (key, report)
) WITHOUT ROWID;
CREATE INDEX report_keys_report ON report_keys (report);
CREATE TABLE crowded_keys (
  key INTEGER PRIMARY KEY,
  shrunk INTEGER NOT NULL DEFAULT 0   -- whether reports with it have gone since
);
CREATE TRIGGER report_keys_gone AFTER DELETE ON report_keys BEGIN
  UPDATE crowded_keys SET shrunk = 1 WHERE key = old.key;
END;

-- How likely two reports are of one happening, 0 to 1, where it is not next to nought.
CREATE TABLE affinities (
  one INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,   -- the larger id
  score REAL NOT NULL,
  PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX affinities_other ON affinities (other);

-- What reviewers have said of incidents: added to, never changed. `chained` is a digest of the record and of the
-- decision before it, so that it shows if one was changed or taken out.
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,          -- merge, split, exclude, undo
  reviewer TEXT NOT NULL,
  time TEXT NOT NULL,
  reason TEXT NOT NULL,
  record TEXT NOT NULL,        -- JSON
  chained TEXT NOT NULL
);
CREATE TRIGGER decisions_stay AFTER DELETE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions are undone, not deleted');
END;
CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions BEGIN
  SELECT RAISE(ABORT, 'decisions are undone, not changed');
END;

-- With what the archive was linked: one row.
CREATE TABLE linking (
  program TEXT NOT NULL,       -- digest of Byline's files that decide how reports are linked
  decisions TEXT NOT NULL      -- decisions.chained of the last
);
INSERT INTO linking VALUES ('', '');

-- Points of events on the map: a whole country or region is none. `first` and `last` are julianday(start) and
-- julianday(end); where the days are not known, all days.
CREATE VIRTUAL TABLE event_points USING rtree (id, west, east, south, north, first, last);

-- Words of the documents: SELECT rowid FROM words WHERE words MATCH 'bridge NEAR guard'.
CREATE VIRTUAL TABLE words USING fts5 (title, text, content = 'documents', content_rowid = 'id');
CREATE TRIGGER documents_words_in AFTER INSERT ON documents BEGIN
  INSERT INTO words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER documents_words_out AFTER DELETE ON documents BEGIN
  INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;

-- Events of a document that an earlier edition had and the one that replaced it has not.
CREATE TABLE tombstones (
  uid TEXT NOT NULL,
  edition INTEGER NOT NULL REFERENCES editions (id),   -- the one that no longer has it
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  trigger_text TEXT NOT NULL,
  PRIMARY KEY (uid, edition)
) WITHOUT ROWID;

-- What could not be read or coded, with its reason.
CREATE TABLE failures (
  source TEXT NOT NULL,
  container TEXT NOT NULL,     -- the file on disk
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES runs (id),   -- the latest that met it
  edition INTEGER NOT NULL REFERENCES editions (id),
  key TEXT NOT NULL,           -- as documents.key where the text was read and coding failed; else empty
  record TEXT,                 -- JSON of the document, to try again
  PRIMARY KEY (source, kind, reason, key, edition)
);
CREATE INDEX failures_key ON failures (key);

-- Views for people.
CREATE VIEW events_happened AS
SELECT e.*, d.source, d.publication, d.published_start, d.title, d.url,
       substr(d.text, e.evidence_start + 1, e.evidence_end - e.evidence_start) AS evidence
FROM events e JOIN documents d ON d.id = e.document
WHERE e.happened = 1;

CREATE VIEW claims AS
SELECT a.source, a.country, a.sector, a.stance, a.quoted, a.words, a.via, d.publication, d.published_start, d.source AS file,
       (SELECT group_concat(e.event || ' ' || e.type || ' ' || e.status, '; ')
        FROM voices v JOIN events e ON e.id = v.event WHERE v.attribution = a.id) AS events
FROM attributions a JOIN documents d ON d.id = a.document;

-- Tolls of incidents by named rules: `field` is killed, wounded ...
CREATE VIEW tolls_range AS
SELECT incident, field, min(low) AS low, CASE WHEN count(high) = count(*) THEN max(high) END AS high
FROM incident_values WHERE low IS NOT NULL GROUP BY incident, field;

-- Documents that were read again with other facts are left out.
CREATE VIEW reports_by_outlet AS
SELECT d.publication, count(*) AS documents, sum(d.copy_of IS NULL) AS originals,
       coalesce(sum(e.events), 0) AS events, coalesce(sum(e.happened), 0) AS told_as_happened,
       coalesce(sum(e.own), 0) AS in_its_own_voice, min(d.published_start) AS first, max(d.published_end) AS last
FROM documents d LEFT JOIN (
  SELECT document, count(*) AS events, sum(happened) AS happened, sum(happened AND said_by IS NULL) AS own
  FROM events GROUP BY document
) e ON e.document = d.id
WHERE d.replaced_by IS NULL
GROUP BY d.publication;
