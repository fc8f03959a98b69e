"""The tables of group studies."""

GROUPS = """
CREATE TABLE groups (
    group_id INTEGER PRIMARY KEY,
    screen TEXT NOT NULL,
    kind TEXT NOT NULL,
    theme TEXT NOT NULL,
    facilitator INTEGER,
    boot_id TEXT NOT NULL,
    opened_ms INTEGER NOT NULL,
    opened_utc_ms INTEGER,
    heard_boot_id TEXT NOT NULL,
    heard_ms INTEGER NOT NULL,
    ended_boot_id TEXT,
    ended_ms INTEGER,
    epoch_no INTEGER,
    seq INTEGER
);
CREATE INDEX groups_open ON groups (screen) WHERE ended_ms IS NULL;
CREATE INDEX groups_by_boot ON groups (boot_id, opened_ms);
CREATE TABLE group_agenda (
    group_id INTEGER NOT NULL REFERENCES groups,
    place INTEGER NOT NULL,
    item_id TEXT NOT NULL,
    PRIMARY KEY (group_id, place)
) WITHOUT ROWID;
CREATE TABLE group_checks (
    check_id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES groups,
    member_id INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    is_in INTEGER NOT NULL,
    via TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX group_checks_by_group ON group_checks (group_id, member_id);
CREATE TABLE group_discussions (
    group_id INTEGER NOT NULL REFERENCES groups,
    boot_id TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (group_id, boot_id, start_ms)
) WITHOUT ROWID;
CREATE TABLE group_sessions (
    group_id INTEGER NOT NULL REFERENCES groups,
    session_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (group_id, session_id)
) WITHOUT ROWID;
CREATE TABLE group_pseudonyms (
    group_id INTEGER NOT NULL REFERENCES groups,
    member_id INTEGER NOT NULL,
    pseudonym TEXT NOT NULL,
    PRIMARY KEY (group_id, member_id)
) WITHOUT ROWID
"""

GROUP_CORRECTIONS = """
CREATE TABLE group_corrections (
    correction_id INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES groups,
    boot_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    told TEXT NOT NULL
);
ALTER TABLE groups ADD COLUMN correction TEXT;
"""

GROUP_NOTICING = """
ALTER TABLE groups ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN noticed_boot_id TEXT;
ALTER TABLE groups ADD COLUMN noticed_ms INTEGER
"""
