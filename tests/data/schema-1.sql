-- The schema, for SQLite and PostgreSQL alike. `src/sink/ddl.rs` puts each one's type for the words
--   DECIMAL     exact decimal:  SQLite TEXT without exponent or trailing zeros, PostgreSQL NUMERIC
--   DAY         ISO 8601 date:  SQLite TEXT, PostgreSQL DATE
--   YES_OR_NO   truth value:    SQLite INTEGER 0 or 1, PostgreSQL BOOLEAN
--   STAMP       moment in UTC:  SQLite TEXT ISO 8601, PostgreSQL TIMESTAMPTZ
--   SERIAL_KEY  key that counts up
--   STRICT      stays in SQLite (no value of another type gets in), goes in PostgreSQL
-- and SORTABLE(x) for what compares and counts as a number: in SQLite the column x_real, in PostgreSQL x itself.
-- A line that begins with `--sqlite:` or `--postgres:` is for that one only.

--postgres:-- The version of the schema (SQLite keeps it in PRAGMA user_version).
--postgres:CREATE TABLE solieu_schema (version BIGINT NOT NULL);

-- One row for each load or extraction that wrote here. Runs are numbered in the order in which they began.
CREATE TABLE runs (
    id       SERIAL_KEY,
    -- What names the run: given with --run, or a hash over the loaded files. Loading the newest run again goes on
    -- under its number, so that it changes nothing.
    name     TEXT,
    -- The version of the program.
    program  TEXT NOT NULL,
    started  STAMP NOT NULL,
    -- Absent while it runs, and for good where it was broken off.
    finished STAMP
) STRICT;

-- One row for each page, in each version of it, that a fact was read from.
CREATE TABLE documents (
    -- 32 hexadecimal digits: XXH3-128 over the columns that follow.
    id        TEXT NOT NULL PRIMARY KEY,
    -- The file, as it was named when it was read.
    path      TEXT NOT NULL,
    -- The record within a container: WARC, JSON Lines, Parquet.
    record    TEXT,
    uri       TEXT,
    title     TEXT,
    published DAY,
    -- SHA-256 of the page as stored, in hexadecimal.
    sha256    TEXT NOT NULL
) STRICT;

-- Canonical metrics that facts refer to. The words of the source stand with the fact.
CREATE TABLE metrics (
    id      TEXT NOT NULL PRIMARY KEY,
    -- Names and unit as the rules give them; absent where a load does not know the rules.
    name_vi TEXT,
    name_en TEXT,
    unit    TEXT
) STRICT;

-- Canonical places and organisations that facts refer to (ISO 3166-2 for provinces).
CREATE TABLE entities (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT
) STRICT;

-- One row for each fact: one measured value and where it stands. What the source does not state is NULL.
CREATE TABLE facts (
    -- Stable name, 32 hexadecimal digits: the same statement on the same page keeps it from run to run.
    id          TEXT NOT NULL PRIMARY KEY,
    document    TEXT NOT NULL REFERENCES documents (id),
    kind        TEXT NOT NULL CHECK (kind IN ('percentage', 'percentage_point', 'count', 'money', 'rank', 'share',
                                              'rate', 'multiple', 'index', 'quantity')),
    -- The value with its magnitude applied (48,8 tỉ is 48800000000); the lower end of a range.
    value       DECIMAL NOT NULL,
    -- The upper end of a range.
    value_max   DECIMAL,
    -- Of a rank or share: 193 in 86/193.
    denominator DECIMAL,
    -- `%`, an ISO 4217 currency code, the counted noun phrase, or the physical unit as written.
    unit        TEXT,
    -- What the value is per.
    per         TEXT,
    qualifier   TEXT CHECK (qualifier IN ('about', 'nearly', 'over', 'under', 'at_least', 'at_most')),
    direction   TEXT CHECK (direction IN ('increase', 'decrease')),
    -- True where the value is the amount of change, not the level reached.
    is_change   YES_OR_NO NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('actual', 'target', 'estimate')),
    -- First and last day of what the value is dated to.
    time_start  DAY,
    time_end    DAY,
    time_role   TEXT CHECK (time_role IN ('during', 'as_of', 'by', 'since')),
    time_text   TEXT,
    time_source TEXT CHECK (time_source IN ('sentence', 'context', 'document')),
    -- What a change or multiple is measured against.
    base_text   TEXT,
    base_start  DAY,
    base_end    DAY,
    metric_id   TEXT REFERENCES metrics (id),
    metric_text TEXT,
    entity_id   TEXT REFERENCES entities (id),
    entity_text TEXT,
    theme       TEXT,
    -- Half-open byte range of the quote in the page as stored; line and column (in characters) count from 1.
    byte_start  BIGINT NOT NULL,
    byte_end    BIGINT NOT NULL,
    line        BIGINT NOT NULL,
    col         BIGINT NOT NULL,
    quote       TEXT NOT NULL,
    sentence    TEXT NOT NULL,
    -- The rule that read it.
    rule        TEXT NOT NULL,
    -- XXH3-64 over all of the above, to see at once whether a fact changed.
    digest      BIGINT NOT NULL,
    -- The first and the latest run that found the fact.
    first_seen  BIGINT NOT NULL REFERENCES runs (id),
    last_seen   BIGINT NOT NULL REFERENCES runs (id),
    -- The run that no longer found it, where that run was told to retire such facts. The views leave these out.
    retired     BIGINT REFERENCES runs (id)
--sqlite: , value_real REAL GENERATED ALWAYS AS (CAST(value AS REAL)) VIRTUAL
--sqlite: , value_max_real REAL GENERATED ALWAYS AS (CAST(value_max AS REAL)) VIRTUAL
) STRICT;

-- Of one column only: further ones would scatter each load over the whole index, which costs a third of its speed.
CREATE INDEX facts_by_metric ON facts (metric_id) WHERE metric_id IS NOT NULL;
CREATE INDEX facts_by_document ON facts (document);

-- What a fact said before a later run read it otherwise.
CREATE TABLE history (
    fact       TEXT NOT NULL REFERENCES facts (id),
    -- The latest run that read it so.
    last_seen  BIGINT NOT NULL REFERENCES runs (id),
    -- The record as JSON.
    record     TEXT NOT NULL,
    PRIMARY KEY (fact, last_seen)
) STRICT;

-- What reviewers decided, in the order in which they did.
CREATE TABLE decisions (
    id        SERIAL_KEY,
    fact      TEXT NOT NULL,
    decided   STAMP NOT NULL,
    reviewer  TEXT NOT NULL,
    verdict   TEXT NOT NULL,
    -- The corrected fields as a JSON object.
    corrected TEXT,
    comment   TEXT
) STRICT;

-- All columns of facts and their pages, without what is retired.
CREATE VIEW current_facts AS
SELECT f.*, d.path, d.record, d.uri, d.title, d.published, d.sha256
FROM facts f JOIN documents d ON d.id = f.document
WHERE f.retired IS NULL;

-- The newest actual level of each metric: by entity, kind and unit; of several of one day, that of the newest page.
CREATE VIEW latest_by_metric AS
SELECT metric_id, entity_id, kind, unit, value, value_max, qualifier, time_start, time_end, published, uri, path,
       quote, sentence, id AS fact
FROM (
    SELECT c.*, row_number() OVER (
        PARTITION BY metric_id, entity_id, kind, unit
        ORDER BY time_end DESC, CASE WHEN published IS NULL THEN 1 ELSE 0 END, published DESC, id) AS place
    FROM current_facts c
    WHERE metric_id IS NOT NULL AND time_end IS NOT NULL AND status = 'actual' AND NOT is_change
) ranked
WHERE place = 1;

-- Levels of each metric by the month in which their period ends, with how many facts and pages say so.
CREATE VIEW metric_by_month AS
SELECT metric_id, entity_id, kind, unit, status, substr(CAST(time_end AS TEXT), 1, 7) AS month,
       count(*) AS facts, count(DISTINCT document) AS pages,
       min(SORTABLE(value)) AS lowest, max(SORTABLE(value)) AS highest, avg(SORTABLE(value)) AS mean
FROM current_facts
WHERE metric_id IS NOT NULL AND time_end IS NOT NULL AND NOT is_change
GROUP BY metric_id, entity_id, kind, unit, status, substr(CAST(time_end AS TEXT), 1, 7);

-- Money and time saved.
CREATE VIEW savings AS
SELECT value, value_max, unit, per,
--sqlite: value_real,
       qualifier, status, time_start, time_end, entity_id, entity_text, metric_id,
       metric_text, published, uri, path, quote, sentence, id AS fact
FROM current_facts
WHERE theme = 'savings';
