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
--sqlite: , value_real, value_max_real
FROM (
    SELECT c.*, row_number() OVER (
        PARTITION BY metric_id, entity_id, CASE WHEN entity_id IS NULL THEN entity_text END, kind, unit, per
        ORDER BY time_end DESC, CASE WHEN published IS NULL THEN 1 ELSE 0 END, published DESC, id) AS place
    FROM current_facts c
    WHERE metric_id IS NOT NULL AND time_end IS NOT NULL AND status = 'actual' AND NOT is_change
) ranked
WHERE place = 1;

-- Levels of each metric by the month in which their period ends, with how many facts and pages (copies are one) say so; apart as
-- in latest_by_metric. Of a range the lower end counts as lowest, the upper as highest, its middle in the mean.
CREATE VIEW metric_by_month AS
SELECT metric_id, entity_id, min(entity_text) AS entity_text, kind, unit, per, status, month,
       count(*) AS facts, count(DISTINCT sha256) AS pages,
--postgres: min(value) AS lowest, max(coalesce(value_max, value)) AS highest,
-- Behind their length before the point, digits without a sign are in the order of texts as they are in that of numbers.
--sqlite: CASE WHEN min(value_real) < 0 THEN '-' || substr(max(CASE WHEN value_real < 0 THEN low END), 3)
--sqlite:      ELSE substr(min(low), 3) END AS lowest,
--sqlite: CASE WHEN max(top_real) < 0 THEN '-' || substr(min(top), 3)
--sqlite:      ELSE substr(max(CASE WHEN top_real >= 0 THEN top END), 3) END AS highest,
       avg((SORTABLE(value) + coalesce(SORTABLE(value_max), SORTABLE(value))) / 2) AS mean
--sqlite: , min(value_real) AS lowest_real, max(top_real) AS highest_real
FROM (
    SELECT c.*, substr(CAST(time_end AS TEXT), 1, 7) AS month
--sqlite: , printf('%02d', instr(ltrim(value, '-') || '.', '.')) || ltrim(value, '-') AS low
--sqlite: , printf('%02d', instr(ltrim(coalesce(value_max, value), '-') || '.', '.')) || ltrim(coalesce(value_max, value), '-') AS top
--sqlite: , coalesce(value_max_real, value_real) AS top_real
    FROM current_facts c
    WHERE metric_id IS NOT NULL AND time_end IS NOT NULL AND NOT is_change
) levels
GROUP BY metric_id, entity_id, CASE WHEN entity_id IS NULL THEN entity_text END, kind, unit, per, status, month;

-- Money and time saved.
CREATE VIEW savings AS
SELECT value, value_max, unit, per,
--sqlite: value_real,
       qualifier, status, time_start, time_end, entity_id, entity_text, metric_id,
       metric_text, published, uri, path, quote, sentence, id AS fact
FROM current_facts
WHERE theme = 'savings';
