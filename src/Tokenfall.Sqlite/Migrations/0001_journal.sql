-- The lowest version of the schema that may use this file; a migration that older code cannot live with raises it.
CREATE TABLE schema_compatibility (lowest INTEGER NOT NULL);
INSERT INTO schema_compatibility VALUES (1);

CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    scope TEXT NOT NULL,
    request_id TEXT NOT NULL,
    model TEXT,
    created INTEGER NOT NULL,        -- milliseconds since 1970
    day INTEGER NOT NULL,            -- of its creation, counted in UTC from 0001-01-01
    idempotency_key TEXT,
    fingerprint TEXT,
    run_end TEXT                     -- JSON; null while the run is alive
);

CREATE UNIQUE INDEX runs_by_key ON runs (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX runs_alive ON runs (number) WHERE run_end IS NULL;
CREATE INDEX runs_by_day ON runs (day);

-- Appended, never rewritten.
CREATE TABLE segments (
    run INTEGER NOT NULL,
    first INTEGER NOT NULL,
    data BLOB NOT NULL
);

CREATE UNIQUE INDEX segments_by_run ON segments (run, first);

-- What the segments of a day's runs take. It is counted, because looking would mean reading them all: up by whoever adds a batch, down by this.
CREATE TABLE days (
    day INTEGER PRIMARY KEY,
    bytes INTEGER NOT NULL
);

CREATE TRIGGER segments_deleted AFTER DELETE ON segments BEGIN
    UPDATE days SET bytes = bytes - length(OLD.data) WHERE day = (SELECT day FROM runs WHERE number = OLD.run);
END;
