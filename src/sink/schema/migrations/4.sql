-- Since when a fact was read so, and which run read it otherwise. Of what is in the history already, only the first reading
-- of a fact has a beginning that is known, and that of a run which came after a later one has none.

ALTER TABLE history ADD COLUMN first_seen BIGINT REFERENCES runs (id);
ALTER TABLE history ADD COLUMN run BIGINT REFERENCES runs (id);
UPDATE history SET first_seen =
    (SELECT f.first_seen FROM facts f WHERE f.id = history.fact AND f.first_seen <= history.last_seen)
WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.fact = history.fact AND h.last_seen < history.last_seen);
