CREATE TABLE conversations (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    created INTEGER NOT NULL,        -- milliseconds since 1970
    updated INTEGER NOT NULL
);

CREATE INDEX conversations_by_owner ON conversations (owner, updated DESC, number DESC);

CREATE TABLE messages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations (number),
    parent TEXT,
    is_answer INTEGER NOT NULL,
    scope TEXT,                      -- of the run; null for a question
    created INTEGER NOT NULL,
    parts TEXT,                      -- JSON; null while the run is writing
    run_end TEXT                     -- JSON; null for a question, and while the run is writing
);

CREATE UNIQUE INDEX messages_by_id ON messages (conversation, id);
CREATE INDEX answers_by_run ON messages (id) WHERE is_answer = 1;

-- Full text: rows have the numbers of conversations and of messages. The owner is a word of the index, so that only that owner's rows are looked at.
CREATE VIRTUAL TABLE title_search USING fts5 (owner, text, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE text_search USING fts5 (owner, text, tokenize = 'unicode61 remove_diacritics 2');

-- What is deleted leaves no traces in the index (https://sqlite.org/fts5.html#the_secure_delete_configuration_option).
INSERT INTO title_search (title_search, rank) VALUES ('secure-delete', 1);
INSERT INTO text_search (text_search, rank) VALUES ('secure-delete', 1);
