-- Names, units and kinds of metrics and entities; in PostgreSQL, identifiers compared byte by byte and no references that slow loads down.

ALTER TABLE metrics ADD COLUMN field TEXT;
ALTER TABLE metrics ADD COLUMN kinds TEXT;
ALTER TABLE entities ADD COLUMN kind TEXT;
ALTER TABLE entities ADD COLUMN iso TEXT;
ALTER TABLE entities ADD COLUMN since DAY;
ALTER TABLE entities ADD COLUMN until DAY;
ALTER TABLE entities ADD COLUMN successor TEXT;

--postgres:ALTER TABLE facts DROP CONSTRAINT facts_document_fkey, DROP CONSTRAINT facts_metric_id_fkey,
--postgres:    DROP CONSTRAINT facts_entity_id_fkey, DROP CONSTRAINT facts_first_seen_fkey,
--postgres:    DROP CONSTRAINT facts_last_seen_fkey, DROP CONSTRAINT facts_retired_fkey;
--postgres:ALTER TABLE history DROP CONSTRAINT history_fact_fkey;
--postgres:ALTER TABLE documents ALTER COLUMN id TYPE IDENTIFIER;
--postgres:ALTER TABLE metrics ALTER COLUMN id TYPE IDENTIFIER;
--postgres:ALTER TABLE entities ALTER COLUMN id TYPE IDENTIFIER;
--postgres:ALTER TABLE facts ALTER COLUMN id TYPE IDENTIFIER, ALTER COLUMN document TYPE IDENTIFIER,
--postgres:    ALTER COLUMN metric_id TYPE IDENTIFIER, ALTER COLUMN entity_id TYPE IDENTIFIER;
--postgres:ALTER TABLE history ALTER COLUMN fact TYPE IDENTIFIER;
--postgres:ALTER TABLE history ADD FOREIGN KEY (fact) REFERENCES facts (id);
