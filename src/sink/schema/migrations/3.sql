-- How far an extraction has come, so that it can go on where it was interrupted.

ALTER TABLE runs ADD COLUMN progress TEXT;
