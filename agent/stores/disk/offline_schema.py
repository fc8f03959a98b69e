"""The tables of offline study: what was registered, by whom it was attended, what the city said of it."""

OFFLINE = """
CREATE TABLE offline (
    offline_id INTEGER PRIMARY KEY,
    boot_id TEXT NOT NULL,
    registered_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    day TEXT NOT NULL,
    begins TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    facilitator INTEGER,
    due INTEGER NOT NULL,
    epoch_no INTEGER,
    seq INTEGER,
    first_seq INTEGER,
    UNIQUE (boot_id, registered_ms)
);
CREATE TABLE offline_attendees (
    offline_id INTEGER NOT NULL REFERENCES offline,
    member_id INTEGER NOT NULL,
    PRIMARY KEY (offline_id, member_id)
) WITHOUT ROWID;
CREATE TABLE offline_pseudonyms (
    offline_id INTEGER NOT NULL REFERENCES offline,
    member_id INTEGER NOT NULL,
    pseudonym TEXT NOT NULL,
    PRIMARY KEY (offline_id, member_id)
) WITHOUT ROWID;
CREATE TABLE offline_standings (
    epoch TEXT NOT NULL,
    seq INTEGER NOT NULL,
    standing TEXT NOT NULL,
    words TEXT NOT NULL,
    decided_utc_ms INTEGER NOT NULL,
    PRIMARY KEY (epoch, seq)
) WITHOUT ROWID;
"""
