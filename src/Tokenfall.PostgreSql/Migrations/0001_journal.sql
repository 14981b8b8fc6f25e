-- The lowest version of the schema that may use this database; a migration that older code cannot live with raises it.
CREATE TABLE tokenfall.schema_compatibility (lowest integer NOT NULL);
INSERT INTO tokenfall.schema_compatibility VALUES (1);

-- A process takes one when it starts, and holds an advisory lock on it.
CREATE SEQUENCE tokenfall.node_numbers AS integer CYCLE;

-- Not partitioned: an idempotency key must be unique beyond a day.
CREATE TABLE tokenfall.runs (
    number bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    id text COLLATE "C" NOT NULL UNIQUE,
    node integer NOT NULL,
    day date NOT NULL,               -- of its creation, in UTC: where its segments are
    owner text NOT NULL,
    scope text NOT NULL,
    request_id text NOT NULL,
    model text,
    created timestamptz NOT NULL,
    idempotency_key text,
    fingerprint text,
    run_end text                     -- JSON; null while the run is alive
);

CREATE UNIQUE INDEX runs_by_key ON tokenfall.runs (owner, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX runs_alive ON tokenfall.runs (number) WHERE run_end IS NULL;
CREATE INDEX runs_by_day ON tokenfall.runs (day);

-- Appended, never rewritten. Each day is a partition, segments_20261231, created ahead and dropped as a whole.
CREATE TABLE tokenfall.segments (
    day date NOT NULL,
    run bigint NOT NULL,
    first integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (run, first, day)
) PARTITION BY RANGE (day);
