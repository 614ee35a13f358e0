-- What analysts ask for. Views are made anew with each migration. The words are those of tables.sql.

-- All columns of facts and their pages, without what is retired.
CREATE VIEW current_facts AS
SELECT f.*, d.path, d.record, d.uri, d.title, d.published, d.sha256
FROM facts f JOIN documents d ON d.id = f.document
WHERE f.retired IS NULL;

-- The newest actual level of each metric: by entity (its words, where it has no id), kind, unit and what it is per; of several
-- of one day, that of the newest page.
CREATE VIEW latest_by_metric AS
SELECT metric_id, entity_id, entity_text, kind, unit, per, value, value_max, qualifier, time_start, time_end, published, uri, path,
       quote, sentence, id AS fact
FROM (
    SELECT c.*, row_number() OVER (
        PARTITION BY metric_id, entity_id, CASE WHEN entity_id IS NULL THEN entity_text END, kind, unit, per
        ORDER BY time_end DESC, CASE WHEN published IS NULL THEN 1 ELSE 0 END, published DESC, id) AS place
    FROM current_facts c
    WHERE metric_id IS NOT NULL AND time_end IS NOT NULL AND status = 'actual' AND NOT is_change
) ranked
WHERE place = 1;

-- Levels of each metric by the month in which their period ends, with how many facts and pages say so; apart as in
-- latest_by_metric.
CREATE VIEW metric_by_month AS
SELECT metric_id, entity_id, min(entity_text) AS entity_text, kind, unit, per, status, substr(CAST(time_end AS TEXT), 1, 7) AS month,
       count(*) AS facts, count(DISTINCT document) AS pages,
       min(SORTABLE(value)) AS lowest, max(SORTABLE(value)) AS highest, avg(SORTABLE(value)) AS mean
FROM current_facts
WHERE metric_id IS NOT NULL AND time_end IS NOT NULL AND NOT is_change
GROUP BY metric_id, entity_id, CASE WHEN entity_id IS NULL THEN entity_text END, kind, unit, per, status,
         substr(CAST(time_end AS TEXT), 1, 7);

-- Money and time saved.
CREATE VIEW savings AS
SELECT value, value_max, unit, per,
--sqlite: value_real,
       qualifier, status, time_start, time_end, entity_id, entity_text, metric_id,
       metric_text, published, uri, path, quote, sentence, id AS fact
FROM current_facts
WHERE theme = 'savings';
