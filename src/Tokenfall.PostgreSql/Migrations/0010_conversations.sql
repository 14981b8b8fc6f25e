-- The words of a text, to be found from their beginning: without accents. The caller has split and lowered them; no word depends on the locale here.
CREATE FUNCTION tokenfall.plain(words text) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT regexp_replace(normalize(words, NFD), '[\u0300-\u036f]', '', 'g') $$;
CREATE FUNCTION tokenfall.search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE
    AS $$ SELECT array_to_tsvector(array_remove(string_to_array(tokenfall.plain(words), ' '), '')) $$;

CREATE TABLE tokenfall.conversations (
    number bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    id text NOT NULL UNIQUE,
    owner text NOT NULL,
    title text NOT NULL,
    created bigint NOT NULL,         -- milliseconds since 1970
    updated bigint NOT NULL,
    words tsvector NOT NULL
);

CREATE INDEX conversations_by_owner ON tokenfall.conversations (owner, updated DESC, number DESC);
CREATE INDEX conversations_by_word ON tokenfall.conversations USING gin (words);

CREATE TABLE tokenfall.messages (
    number bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    id text NOT NULL,
    conversation bigint NOT NULL REFERENCES tokenfall.conversations (number),
    parent text,
    is_answer boolean NOT NULL,
    scope text,                      -- of the run; null for a question
    created bigint NOT NULL,
    parts text,                      -- JSON; null while the run is writing
    run_end text,                    -- JSON; null for a question, and while the run is writing
    words tsvector
);

CREATE UNIQUE INDEX messages_by_id ON tokenfall.messages (conversation, id);
CREATE INDEX answers_by_run ON tokenfall.messages (id) WHERE is_answer;
CREATE INDEX messages_by_word ON tokenfall.messages USING gin (words);
