-- The schema, for SQLite and PostgreSQL alike; a change of it needs a migration (migrations/).
-- `src/sink/ddl.rs` puts each one's type for the words
--   DECIMAL     exact decimal:  SQLite TEXT without exponent or trailing zeros, PostgreSQL NUMERIC
--   DAY         ISO 8601 date:  SQLite TEXT, PostgreSQL DATE
--   YES_OR_NO   truth value:    SQLite INTEGER 0 or 1, PostgreSQL BOOLEAN
--   STAMP       moment in UTC:  SQLite TEXT ISO 8601, PostgreSQL TIMESTAMPTZ
--   SERIAL_KEY  key that counts up
--   IDENTIFIER  text that is compared byte by byte, whatever the language of the database
--   POINTS_TO_x reference to the key of x. In PostgreSQL nothing: it would look up each reference of each row, which
--               takes two thirds of a load; the merge puts in what a batch refers to, in the same transaction. SQLite
--               declares it, and checks it for others than this program.
--   STRICT      stays in SQLite (no value of another type gets in), goes in PostgreSQL
-- and SORTABLE(x) for what compares and counts as a number: in SQLite the column x_real, in PostgreSQL x itself.
-- A line that begins with `--sqlite:` or `--postgres:` is for that one only. What stands above a table or column describes it in
-- docs/tables.md and in PostgreSQL (\d+), so each has such lines, and a line of its own.

--postgres:-- The version of the schema (SQLite keeps it in PRAGMA user_version).
--postgres:CREATE TABLE solieu_schema (version BIGINT NOT NULL);

-- One row for each load or extraction that wrote here. Runs are numbered in the order in which they began.
CREATE TABLE runs (
    -- Its number.
    id       SERIAL_KEY,
    -- What names the run: given with --run, or, of a load, a hash over the loaded files. Loading the newest run again goes on
    -- under its number, so that it changes nothing.
    name     TEXT,
    -- The version of the program.
    program  TEXT NOT NULL,
    -- When it began.
    started  STAMP NOT NULL,
    -- When it ended. NULL while the run goes on, and for good if it was interrupted.
    finished STAMP,
    -- Of an extraction, as JSON: what was run, and how many units of pages are in the tables. --resume goes on there.
    progress TEXT
) STRICT;

-- One row for each page, in each version of it, that a fact was read from.
CREATE TABLE documents (
    -- 32 hexadecimal digits: XXH3-128 over the columns that follow.
    id        IDENTIFIER NOT NULL PRIMARY KEY,
    -- The file, as it was named when it was read, without `./` and doubled slashes.
    path      TEXT NOT NULL,
    -- The record within a container: WARC, JSON, CSV, Parquet, ZIP, tar.
    record    TEXT,
    -- Its address, where the archive or the page says it.
    uri       TEXT,
    -- Its headline.
    title     TEXT,
    -- Its day of publication.
    published DAY,
    -- SHA-256 of the page as stored, in hexadecimal.
    sha256    TEXT NOT NULL
) STRICT;

-- Canonical metrics: all that the rules know, and all others that facts refer to (with the identifier alone). The words of
-- the source stand with the fact.
CREATE TABLE metrics (
    -- Dotted, the field first: egov.online-services.level4.share
    id      IDENTIFIER NOT NULL PRIMARY KEY,
    -- The field: egov, economy, health …
    field   TEXT,
    -- Its name in Vietnamese.
    name_vi TEXT,
    -- Its name in English.
    name_en TEXT,
    -- Kinds of value that state its level, with commas between them.
    kinds   TEXT,
    -- The usual unit, where the rules name units.
    unit    TEXT
) STRICT;

-- Canonical places and organisations: all that the rules know, and all others that facts refer to (with the identifier alone).
-- The words of the source stand with the fact.
CREATE TABLE entities (
    -- The ISO 3166 code of a country or province; of others a sort and a slug: org:bo-y-te
    id        IDENTIFIER NOT NULL PRIMARY KEY,
    -- province, country, region, agency, company …
    kind      TEXT,
    -- Its name in Vietnamese.
    name      TEXT,
    -- ISO 3166-1 alpha-2 code of a country, ISO 3166-2 code of a province.
    iso       TEXT,
    -- First day on which the name stood for the present unit.
    since     DAY,
    -- Last day of a unit that is no more.
    until     DAY,
    -- The unit that it went into.
    successor TEXT
) STRICT;

-- One row for each fact: one measured value and where it stands. What the source does not state is NULL.
CREATE TABLE facts (
    -- Stable name, 32 hexadecimal digits: the same statement on the same page keeps it from run to run.
    id          IDENTIFIER NOT NULL PRIMARY KEY,
    -- The page it stands in.
    document    IDENTIFIER NOT NULL POINTS_TO_documents,
    -- What sort of value it is.
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
    -- How exact the value is said to be; NULL: exactly this.
    qualifier   TEXT CHECK (qualifier IN ('about', 'nearly', 'over', 'under', 'at_least', 'at_most')),
    -- Whether it rose or fell, where that is said.
    direction   TEXT CHECK (direction IN ('increase', 'decrease')),
    -- True where the value is the amount of change, not the level reached.
    is_change   YES_OR_NO NOT NULL,
    -- Whether it is so, is aimed at, or is estimated or forecast.
    status      TEXT NOT NULL CHECK (status IN ('actual', 'target', 'estimate')),
    -- First day of what the value is dated to.
    time_start  DAY,
    -- Last day of that.
    time_end    DAY,
    -- Whether it is of the whole time, of its last day, reached by then, or counted from then.
    time_role   TEXT CHECK (time_role IN ('during', 'as_of', 'by', 'since')),
    -- The words that say when.
    time_text   TEXT,
    -- Where they stand: in the sentence, in what was said before, or for the page as a whole.
    time_source TEXT CHECK (time_source IN ('sentence', 'context', 'document')),
    -- What a change or multiple is measured against, in words.
    base_text   TEXT,
    -- First day of that.
    base_start  DAY,
    -- Last day of that.
    base_end    DAY,
    -- What is measured, where the rules know it.
    metric_id   IDENTIFIER POINTS_TO_metrics,
    -- What is measured, in the words of the source.
    metric_text TEXT,
    -- Whom or what it is measured of, where the rules know it.
    entity_id   IDENTIFIER POINTS_TO_entities,
    -- Whom or what it is measured of, in the words of the source.
    entity_text TEXT,
    -- What the fact is about beside its metric, such as `savings`.
    theme       TEXT,
    -- Where the quote begins in the page as stored, in bytes from 0.
    byte_start  BIGINT NOT NULL,
    -- Offset of the byte after its last.
    byte_end    BIGINT NOT NULL,
    -- The line in which it begins, from 1.
    line        BIGINT NOT NULL,
    -- The column in which it begins, in characters from 1.
    col         BIGINT NOT NULL,
    -- The number expression, word for word.
    quote       TEXT NOT NULL,
    -- The sentence it stands in.
    sentence    TEXT NOT NULL,
    -- The rule that read it.
    rule        TEXT NOT NULL,
    -- XXH3-64 over the record, to see at once whether a fact changed.
    digest      BIGINT NOT NULL,
    -- The first run that found the fact.
    first_seen  BIGINT NOT NULL POINTS_TO_runs,
    -- The latest run that found it.
    last_seen   BIGINT NOT NULL POINTS_TO_runs,
    -- The run that no longer found it, where that run was told to retire such facts, or whose reviewers rejected it. The views
    -- leave these out.
    retired     BIGINT POINTS_TO_runs
--sqlite: , value_real REAL GENERATED ALWAYS AS (CAST(value AS REAL)) VIRTUAL
--sqlite: , value_max_real REAL GENERATED ALWAYS AS (CAST(value_max AS REAL)) VIRTUAL
) STRICT;

-- Of one column only: further ones would scatter each load over the whole index, which costs a third of its speed.
CREATE INDEX facts_by_metric ON facts (metric_id) WHERE metric_id IS NOT NULL;
CREATE INDEX facts_by_document ON facts (document);

-- What a fact said before a later run read it otherwise.
CREATE TABLE history (
    -- Which fact.
    fact       IDENTIFIER NOT NULL REFERENCES facts (id),
    -- The latest run that read it so.
    last_seen  BIGINT NOT NULL REFERENCES runs (id),
    -- The record as JSON.
    record     TEXT NOT NULL,
    -- The first run that read it so. NULL where a version of the program put the row in that did not keep it.
    first_seen BIGINT REFERENCES runs (id),
    -- The run that read it otherwise. NULL likewise.
    run        BIGINT REFERENCES runs (id),
    PRIMARY KEY (fact, last_seen)
) STRICT;

-- What reviewers decided, in the order in which they did.
CREATE TABLE decisions (
    -- Its number.
    id        SERIAL_KEY,
    -- The identifier of the fact, which need not be here.
    fact      TEXT NOT NULL,
    -- When.
    decided   STAMP NOT NULL,
    -- Who.
    reviewer  TEXT NOT NULL,
    -- `accept`, `reject`, `correct` or `comment`.
    verdict   TEXT NOT NULL,
    -- The corrected fields as a JSON object.
    corrected TEXT,
    -- Why, in free words.
    comment   TEXT
) STRICT;
