-- The archive, version 1. Every span is (start, end): half-open, in code points of documents.text.
-- Where there is no rowid, the columns of the key come first: integrity_check of SQLite 3.40 finds nulls that are not
-- there if they do not. Times of runs are ISO 8601 in UTC; days are ISO dates, both ends of an interval included.

-- What decides the records: one edition for each combination of program, ontology, pipeline and plug-ins.
CREATE TABLE editions (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE, -- of all that follows
  version TEXT NOT NULL,       -- of Byline
  program TEXT NOT NULL,       -- digest of Byline's files that decide the records, ontologies apart
  ontology TEXT NOT NULL,      -- name and version
  ontology_digest TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  pipeline_version TEXT NOT NULL,
  plugins TEXT NOT NULL        -- finders and gazetteers of other packages, each with version and digest
);

-- Each time that documents were coded into the archive.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  edition INTEGER NOT NULL REFERENCES editions (id),
  settings TEXT NOT NULL,      -- JSON: where the ontology was found, the pipeline, whether parses are kept
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

-- What `byline watch` knows of the addresses that it asks: what has not changed is not read again.
CREATE TABLE visits (
  address TEXT NOT NULL PRIMARY KEY, -- of a feed, an article or a server; the path of a folder or file
  checked TEXT NOT NULL,       -- when, ISO 8601 in UTC
  version TEXT,                -- what was there: digest of a body; size and time of change of a file
  etag TEXT,                   -- by which the server knows it
  modified TEXT,               -- Last-Modified, as the server wrote it
  tries INTEGER NOT NULL DEFAULT 0,  -- how often in a row it could not be had
  closed TEXT                  -- of a server that asks for it: nothing is fetched before
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
  replaced_by INTEGER REFERENCES documents (id),  -- the same text with other facts, read later from the same source
  run INTEGER NOT NULL REFERENCES runs (id),      -- that entered it
  -- Of its current coding:
  events INTEGER NOT NULL DEFAULT 0,
  told_as_happened INTEGER NOT NULL DEFAULT 0,
  in_its_own_voice INTEGER NOT NULL DEFAULT 0     -- told as having happened with nobody quoted for it
);
CREATE INDEX documents_document ON documents (document);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_run ON documents (run);
CREATE INDEX documents_copy_of ON documents (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX documents_published ON documents (publication, published_start) WHERE replaced_by IS NULL;
CREATE INDEX documents_published_end ON documents (publication, published_end) WHERE replaced_by IS NULL;

-- What each outlet reports; documents that were read again with other facts are left out.
CREATE TABLE outlets (
  publication TEXT PRIMARY KEY,       -- empty: not known
  documents INTEGER NOT NULL,
  originals INTEGER NOT NULL,
  events INTEGER NOT NULL,
  told_as_happened INTEGER NOT NULL,
  in_its_own_voice INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER documents_counted AFTER INSERT ON documents WHEN new.replaced_by IS NULL BEGIN
  INSERT INTO outlets VALUES (
    coalesce(new.publication, ''), 1, new.copy_of IS NULL, new.events, new.told_as_happened, new.in_its_own_voice
  )
  ON CONFLICT DO UPDATE SET documents = documents + 1, originals = originals + excluded.originals,
    events = events + excluded.events, told_as_happened = told_as_happened + excluded.told_as_happened,
    in_its_own_voice = in_its_own_voice + excluded.in_its_own_voice;
END;
CREATE TRIGGER documents_recounted AFTER UPDATE OF replaced_by, events, told_as_happened, in_its_own_voice ON documents
BEGIN
  UPDATE outlets SET
    documents = documents + (new.replaced_by IS NULL) - (old.replaced_by IS NULL),
    originals = originals + ((new.replaced_by IS NULL) - (old.replaced_by IS NULL)) * (new.copy_of IS NULL),
    events = events + new.events - old.events,
    told_as_happened = told_as_happened + new.told_as_happened - old.told_as_happened,
    in_its_own_voice = in_its_own_voice + new.in_its_own_voice - old.in_its_own_voice
  WHERE publication = coalesce(new.publication, '');
END;
CREATE TRIGGER documents_uncounted AFTER DELETE ON documents BEGIN
  UPDATE outlets SET
    documents = documents - (old.replaced_by IS NULL),
    originals = originals - (old.replaced_by IS NULL AND old.copy_of IS NULL),
    events = events - old.events,
    told_as_happened = told_as_happened - old.told_as_happened,
    in_its_own_voice = in_its_own_voice - old.in_its_own_voice
  WHERE publication = coalesce(old.publication, '');
END;

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
  lexicon TEXT,                -- digest of what the ontology says of the document's words; null: not known
  PRIMARY KEY (document, edition)
);

-- What was kept of documents: they are coded again without being parsed again, or searched for more than events.
CREATE TABLE kept (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  what TEXT NOT NULL,          -- parse, findings
  digest TEXT NOT NULL,        -- of what decides it
  content BLOB NOT NULL,
  PRIMARY KEY (document, what)
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
  actors TEXT,                 -- names, several parted by "; "; each of them is a row of `participants`
  actor_codes TEXT,            -- country and sector of each, as far as known
  recipients TEXT,
  recipient_codes TEXT,
  place TEXT,                  -- the one with the point, else the first
  places TEXT,                 -- all of them
  country TEXT,
  latitude REAL,
  longitude REAL,
  place_precision TEXT,
  killed_low INTEGER,
  killed_high INTEGER,
  wounded_low INTEGER,
  wounded_high INTEGER,
  arrested_low INTEGER,
  arrested_high INTEGER,
  abducted_low INTEGER,
  abducted_high INTEGER,
  missing_low INTEGER,
  missing_high INTEGER,
  displaced_low INTEGER,
  displaced_high INTEGER,
  participants_low INTEGER,
  participants_high INTEGER,
  other_low INTEGER,
  other_high INTEGER,
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
CREATE INDEX events_document ON events (document);
CREATE INDEX events_time ON events (start, "end");
CREATE INDEX events_type ON events (type, happened, start);
CREATE INDEX events_country ON events (country, start);
CREATE INDEX events_uid ON events (uid);
CREATE INDEX events_report ON events (report);
CREATE INDEX events_confidence ON events (confidence);
CREATE INDEX events_start ON events (coalesce(start, '9999')); -- in the order of time, those without a day last

-- What pages filter and count by: 1,024 cells a block, that of an event in block id / 1024 at place id % 1024.
-- A cell is thirteen little-endian numbers of four bytes: document, first and last day (from the year 1), latitude and
-- longitude (floats), then outlet, type, mode, status, country and precision (facets.id), whether the document is a
-- copy, and whether somebody was hurt.
CREATE TABLE event_cells (
  block INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,    -- counts how often it was written: who keeps cells at hand reads what has changed
  cells BLOB NOT NULL
);
CREATE TABLE facets (
  id INTEGER PRIMARY KEY,
  facet TEXT NOT NULL,         -- outlet, type, mode, status, country, precision; sector, name, voice: those who take part, or say so
  value TEXT NOT NULL,
  UNIQUE (facet, value)
);

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
CREATE INDEX participants_name ON participants (name, kind, country, sector, role);
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

-- What is said of an incident, and who says it: every toll, and each other field of which more than one thing is said.
CREATE TABLE incident_values (
  incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  field TEXT NOT NULL,         -- killed, wounded ..., date, place, actor, recipient, type, status, purpose
  value INTEGER NOT NULL,      -- which one of its field, from 1: the same for all who say it
  text TEXT NOT NULL,          -- in words
  low INTEGER,                 -- of a toll; high is null where the top is open
  best INTEGER,
  high INTEGER,
  mark TEXT,                   -- of a toll: latest, running (a later figure took its place), contradictory
  source TEXT NOT NULL,        -- who stands behind it: the same in all reports of the incident
  sayer TEXT NOT NULL,
  official INTEGER NOT NULL,   -- whether the sayer speaks for a state
  independent INTEGER NOT NULL, -- whether the source counts among the independent ones
  outlet TEXT,
  published TEXT,              -- first day
  report INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  event TEXT,                  -- events.uid
  PRIMARY KEY (incident, number)
) WITHOUT ROWID;
CREATE INDEX incident_values_report ON incident_values (report);

-- An incident and one that it is a part of have a key in common.
CREATE TABLE incident_keys (
  key INTEGER NOT NULL,        -- digest of days and country
  incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  whole INTEGER NOT NULL,      -- whether it may have parts
  PRIMARY KEY (key, whole, incident)
) WITHOUT ROWID;
CREATE INDEX incident_keys_incident ON incident_keys (incident);

-- What of an incident with keys tells what it is a part of.
CREATE TABLE incident_outlines (
  incident TEXT NOT NULL PRIMARY KEY REFERENCES incidents (id) ON DELETE CASCADE,
  outline TEXT NOT NULL        -- JSON
) WITHOUT ROWID;

-- Incidents of which it is to be found out what they are a part of, and what is a part of them.
CREATE TABLE unplaced_incidents (
  incident TEXT NOT NULL PRIMARY KEY REFERENCES incidents (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TRIGGER incidents_come AFTER INSERT ON incidents BEGIN
  INSERT INTO unplaced_incidents VALUES (new.id);
END;
CREATE TRIGGER incidents_go AFTER DELETE ON incidents BEGIN
  INSERT OR IGNORE INTO unplaced_incidents SELECT id FROM incidents WHERE part_of = old.id;
  UPDATE incidents SET part_of = NULL WHERE part_of = old.id;
END;

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

-- What reviewers say of events: added to, never changed, tied to one another as decisions are.
CREATE TABLE reviews (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,          -- accept, reject, edit, add, skip, adjudicate, undo
  event TEXT NOT NULL,         -- events.uid; of an event that a reviewer added the uid that it would have
  document TEXT NOT NULL,      -- documents.document
  verdict TEXT,                -- accept, reject; null: nothing is said of the event
  undoes TEXT,                 -- reviews.id
  reviewer TEXT NOT NULL,
  model TEXT,                  -- the language model that says it; null: a person does
  time TEXT NOT NULL,
  reason TEXT NOT NULL,
  record TEXT NOT NULL,        -- JSON
  chained TEXT NOT NULL
);
CREATE INDEX reviews_event ON reviews (event);
CREATE INDEX reviews_undoes ON reviews (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER reviews_stay AFTER DELETE ON reviews BEGIN
  SELECT RAISE(ABORT, 'reviews are undone, not deleted');
END;
CREATE TRIGGER reviews_are_final BEFORE UPDATE ON reviews BEGIN
  SELECT RAISE(ABORT, 'reviews are undone, not changed');
END;

-- What language models have answered, so that no question is asked, and paid for, twice.
CREATE TABLE answers (
  question TEXT NOT NULL PRIMARY KEY,  -- digest of the model, of what it was told and of what it was asked
  task TEXT NOT NULL,          -- check, add
  document TEXT NOT NULL,      -- documents.document, for which it was asked first
  start INTEGER NOT NULL,      -- of the sentence
  "end" INTEGER NOT NULL,
  model TEXT NOT NULL,
  prompt TEXT NOT NULL,        -- digest of what it was told
  endpoint TEXT NOT NULL,      -- the host that was asked
  time TEXT NOT NULL,
  tokens_in INTEGER,           -- null: the endpoint does not say
  tokens_out INTEGER,
  content TEXT NOT NULL,       -- the answer, as it came
  refused TEXT NOT NULL        -- JSON: why parts of it were not taken, or all of it
) WITHOUT ROWID;

-- The last of the records that are tied to one another, so that it shows if the last ones are taken out.
CREATE TABLE chains (
  records TEXT NOT NULL PRIMARY KEY,   -- decisions, reviews
  last TEXT NOT NULL                   -- its `chained`
) WITHOUT ROWID;

-- With what the archive was linked: one row, the digest of Byline's files that decide how reports are linked.
CREATE TABLE linking (
  program TEXT NOT NULL
);
INSERT INTO linking VALUES ('');

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

-- What `byline digest` has told, so that nothing is told twice. A digest is of a series: the same recipients and
-- filters. `finished` is null while it is on its way: if it stays so, nobody knows whether it has arrived.
CREATE TABLE digests (
  id INTEGER PRIMARY KEY,
  series TEXT NOT NULL,        -- JSON: how it is delivered, to whom, with which filters
  first TEXT NOT NULL,         -- the period, ISO 8601 in UTC
  last TEXT NOT NULL,
  begun TEXT NOT NULL,
  finished TEXT,
  reported TEXT                -- when it was said that nobody knows
);
CREATE INDEX digests_series ON digests (series);

-- What a digest told of an incident, one row for all that was known then: `what` is new, contested, denied, or what is
-- counted, with the largest figure as `value`. `item` is what was printed, JSON, in the row of the first of them.
CREATE TABLE announcements (
  digest INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
  report TEXT NOT NULL,        -- reports.uid of the incident's report that came into the archive first
  what TEXT NOT NULL,
  value INTEGER NOT NULL,
  item TEXT,
  PRIMARY KEY (digest, report, what)
) WITHOUT ROWID;
CREATE INDEX announcements_report ON announcements (report);

-- Views for people.
CREATE VIEW events_happened AS
SELECT e.*, r.incident, d.source, d.publication, d.published_start, d.title, d.url,
       substr(d.text, e.evidence_start + 1, e.evidence_end - e.evidence_start) AS evidence
FROM events e JOIN documents d ON d.id = e.document LEFT JOIN reports r ON r.id = e.report
WHERE e.happened = 1;

-- What each person holds of each event now: the last review that is not undone; beside it, how each settled it.
CREATE VIEW judgements AS
SELECT number, id, kind, event, document, verdict, reviewer, time, reason, record FROM (
  SELECT r.*, row_number() OVER (PARTITION BY r.reviewer, r.event, r.kind = 'adjudicate' ORDER BY r.number DESC) AS place
  FROM reviews r WHERE r.model IS NULL AND r.kind != 'undo' AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.undoes = r.id)
) WHERE place = 1;

-- What each language model holds of each event: the last that it said.
CREATE VIEW opinions AS
SELECT number, id, kind, event, document, verdict, reviewer, model, time, reason, record FROM (
  SELECT r.*, row_number() OVER (PARTITION BY r.reviewer, r.event ORDER BY r.number DESC) AS place
  FROM reviews r WHERE r.model NOTNULL
) WHERE place = 1;

CREATE VIEW claims AS
SELECT a.source, a.country, a.sector, a.stance, a.quoted, a.words, a.via, d.publication, d.published_start, d.source AS file,
       (SELECT group_concat(e.event || ' ' || e.type || ' ' || e.status, '; ')
        FROM voices v JOIN events e ON e.id = v.event WHERE v.attribution = a.id) AS events
FROM attributions a JOIN documents d ON d.id = a.document;

-- Tolls of incidents by rules with names. All of them rest on what is said; none is stored.
-- What each source said last: the larger of two figures of one day.
CREATE VIEW tolls_said_last AS
SELECT incident, field, value, text, low, size, high, source, sayer, official, independent, outlet, published, report FROM (
  SELECT *, coalesce(best, low) AS size, row_number() OVER (
    PARTITION BY incident, field, source
    ORDER BY coalesce(published, '') DESC, coalesce(best, low) DESC, low DESC, high IS NULL DESC, high DESC
  ) AS place
  FROM incident_values WHERE low IS NOT NULL
) WHERE place = 1;

CREATE VIEW tolls_range AS
SELECT DISTINCT incident, field, min(low) OVER all_of_it AS low,
       CASE WHEN count(high) OVER all_of_it = count(*) OVER all_of_it THEN max(high) OVER all_of_it END AS high
FROM tolls_said_last WINDOW all_of_it AS (PARTITION BY incident, field);

CREATE VIEW tolls_median AS
SELECT incident, field, low, high, size AS best FROM (
  SELECT *, row_number() OVER (PARTITION BY incident, field ORDER BY size, low, high IS NULL, high) AS place,
         count(*) OVER (PARTITION BY incident, field) AS sources
  FROM tolls_said_last
) WHERE place = (sources + 1) / 2;

CREATE VIEW tolls_lowest_independent AS
SELECT incident, field, low, high, size AS best, sayer, published FROM (
  SELECT *, row_number() OVER (
    PARTITION BY incident, field ORDER BY independent DESC, size, low, high IS NULL, high
  ) AS place
  FROM tolls_said_last
) WHERE place = 1;

-- What was said last: by anybody, and by those alone who speak for a state; of several figures of that day the one
-- that most sources give.
CREATE VIEW tolls_last_day AS
SELECT incident, field, officials, low, high, best, published FROM (
  SELECT incident, field, officials, low, high, coalesce(best, low) AS best, published, row_number() OVER (
    PARTITION BY incident, field, officials
    ORDER BY coalesce(published, '') DESC, count(DISTINCT source) DESC, coalesce(best, low) DESC, low DESC,
             high IS NULL DESC, high DESC
  ) AS place
  FROM incident_values JOIN (SELECT 0 AS officials UNION ALL SELECT 1) ON official >= officials
  WHERE low IS NOT NULL GROUP BY incident, field, officials, value, published
) WHERE place = 1;

CREATE VIEW tolls_latest AS
SELECT incident, field, low, high, best, published FROM tolls_last_day WHERE NOT officials;

CREATE VIEW tolls_latest_official AS
SELECT incident, field, low, high, best, published FROM tolls_last_day WHERE officials;

-- The figure that most outlets tell; of several the lowest.
CREATE VIEW tolls_most_told AS
SELECT incident, field, low, high, best, outlets FROM (
  SELECT incident, field, low, high, coalesce(best, low) AS best, count(DISTINCT coalesce(outlet, '')) AS outlets,
         row_number() OVER (
           PARTITION BY incident, field
           ORDER BY count(DISTINCT coalesce(outlet, '')) DESC, coalesce(best, low), low, high IS NULL, high
         ) AS place
  FROM incident_values WHERE low IS NOT NULL GROUP BY incident, field, value
) WHERE place = 1;

CREATE VIEW reports_by_outlet AS
SELECT nullif(o.publication, '') AS publication, o.documents, o.originals, o.events, o.told_as_happened, o.in_its_own_voice,
       (SELECT min(published_start) FROM documents
        WHERE publication IS nullif(o.publication, '') AND replaced_by IS NULL) AS first,
       (SELECT max(published_end) FROM documents
        WHERE publication IS nullif(o.publication, '') AND replaced_by IS NULL) AS last
FROM outlets o
WHERE o.documents > 0;
