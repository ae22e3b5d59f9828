-- The archive, version 1. Every span is (start, end): half-open, in code points of documents.text.
-- Where there is no rowid, the columns of the key come first: integrity_check of SQLite 3.40 finds nulls that are not
-- there if they do not. Times of runs are ISO 8601 in UTC; days are ISO dates, both ends of an interval included.

-- What decides the records: one edition for each combination of program, ontology and pipeline.
CREATE TABLE editions (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE, -- of all that follows
  version TEXT NOT NULL,       -- of Byline
  program TEXT NOT NULL,       -- digest of Byline's files that decide the records, ontologies apart
  ontology TEXT NOT NULL,      -- name and version
  ontology_digest TEXT NOT NULL,
  pipeline TEXT NOT NULL,
  pipeline_version TEXT NOT NULL
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

-- Parses that were kept: a document is coded again without being parsed again.
CREATE TABLE parses (
  document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  digest TEXT NOT NULL,        -- of what decides a parse
  parse BLOB NOT NULL
);

-- The tables below hold the current coding of each document: the latest edition's.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL,           -- the same in every edition that finds the event: document, type and trigger
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  edition INTEGER NOT NULL REFERENCES editions (id),
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
  incident TEXT,
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

-- What pages filter and count by: 1,024 cells a block, that of an event in block id / 1024 at place id % 1024.
-- A cell is ten little-endian numbers of four bytes: document, first and last day (from the year 1), latitude and
-- longitude (floats), then outlet, type, status and country (facets.id), and whether the document is a copy.
CREATE TABLE event_cells (
  block INTEGER PRIMARY KEY,
  cells BLOB NOT NULL
);
CREATE TABLE facets (
  id INTEGER PRIMARY KEY,
  facet TEXT NOT NULL,         -- outlet, type, status, country
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

-- The events of one document that are one happening.
CREATE TABLE incidents (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  incident TEXT NOT NULL,
  type TEXT NOT NULL,
  disputed INTEGER NOT NULL,
  killed_low INTEGER,
  killed_high INTEGER,
  wounded_low INTEGER,
  wounded_high INTEGER,
  PRIMARY KEY (document, incident)
) WITHOUT ROWID;

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

CREATE VIEW reports_by_outlet AS
SELECT nullif(o.publication, '') AS publication, o.documents, o.originals, o.events, o.told_as_happened, o.in_its_own_voice,
       (SELECT min(published_start) FROM documents
        WHERE publication IS nullif(o.publication, '') AND replaced_by IS NULL) AS first,
       (SELECT max(published_end) FROM documents
        WHERE publication IS nullif(o.publication, '') AND replaced_by IS NULL) AS last
FROM outlets o
WHERE o.documents > 0;
