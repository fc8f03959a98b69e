"""The tables, step by step; a step that is out in the field is never changed."""

FIRST = """
CREATE TABLE box (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL,
    next_seq INTEGER NOT NULL,
    chain BLOB,
    number TEXT, name TEXT, district TEXT, type TEXT, key_id TEXT
);
CREATE TABLE boots (
    ordinal INTEGER PRIMARY KEY,
    boot_id TEXT NOT NULL UNIQUE
);
CREATE TABLE anchors (
    seq INTEGER PRIMARY KEY,
    boot_id TEXT NOT NULL,
    mono_ms INTEGER NOT NULL,
    utc_ms INTEGER NOT NULL,
    error_ms INTEGER NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX anchors_by_boot ON anchors (boot_id);
CREATE TABLE televisions (
    run_id TEXT PRIMARY KEY,
    terminal TEXT NOT NULL,
    report_seq INTEGER NOT NULL
);
CREATE TABLE sessions (
    session_id INTEGER PRIMARY KEY,
    screen TEXT NOT NULL,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    boot_id TEXT NOT NULL,
    opened_ms INTEGER NOT NULL,
    opened_utc_ms INTEGER,
    last_boot_id TEXT NOT NULL,
    last_ms INTEGER NOT NULL,
    length_ms INTEGER NOT NULL,
    played_ms INTEGER NOT NULL,
    covered_ms INTEGER NOT NULL,
    effective_ms INTEGER NOT NULL,
    why TEXT NOT NULL,
    open INTEGER NOT NULL,
    seq INTEGER
);
CREATE INDEX sessions_by_item ON sessions (screen, item_id, session_id);
CREATE INDEX sessions_by_time ON sessions (opened_utc_ms, effective_ms);
CREATE INDEX sessions_by_boot ON sessions (boot_id);
CREATE INDEX sessions_open ON sessions (session_id) WHERE open = 1;
CREATE TABLE plays (
    play_id TEXT PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions,
    boot_id TEXT NOT NULL,
    opened_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    left_ms INTEGER,
    open INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX plays_by_boot ON plays (boot_id, last_ms);
CREATE INDEX plays_by_session ON plays (session_id);
CREATE INDEX plays_open ON plays (last_ms) WHERE open = 1;
CREATE TABLE intervals (
    play_id TEXT NOT NULL REFERENCES plays,
    n INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    media_start_ms INTEGER NOT NULL,
    media_end_ms INTEGER NOT NULL,
    rate REAL NOT NULL,
    PRIMARY KEY (play_id, n)
) WITHOUT ROWID;
CREATE TABLE progress (
    item_id TEXT PRIMARY KEY,
    course_id TEXT NOT NULL,
    position_ms INTEGER NOT NULL,
    covered TEXT NOT NULL,
    covered_ms INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    last_session_id INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX progress_by_course ON progress (course_id, last_session_id);
CREATE INDEX progress_by_session ON progress (last_session_id);
CREATE TABLE records (
    seq INTEGER PRIMARY KEY,
    session_id INTEGER REFERENCES sessions,
    content BLOB NOT NULL,
    state TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX records_waiting ON records (seq) WHERE state = 'waiting';
CREATE INDEX records_refused ON records (seq) WHERE state = 'refused';
CREATE TABLE delivery (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    run_first INTEGER NOT NULL,
    run_last INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    online INTEGER NOT NULL,
    words TEXT NOT NULL,
    high_water INTEGER NOT NULL
);
CREATE TABLE mirror (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL
);
CREATE TABLE courses (
    course_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    producer TEXT NOT NULL,
    category TEXT NOT NULL,
    topic TEXT NOT NULL,
    monthly TEXT NOT NULL,
    cover TEXT NOT NULL,
    place INTEGER NOT NULL,
    gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX courses_by_category ON courses (gone, category, place);
CREATE INDEX courses_by_topic ON courses (gone, topic, place);
CREATE INDEX courses_by_month ON courses (gone, monthly, place);
CREATE TABLE episodes (
    item_id TEXT PRIMARY KEY,
    course_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    length_ms INTEGER NOT NULL,
    media TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX episodes_by_course ON episodes (course_id, number);
CREATE INDEX episodes_by_media ON episodes (media);
CREATE TABLE channels (
    channel_id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    playlist TEXT NOT NULL,
    gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE shelf (
    media TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE rankings (
    month TEXT PRIMARY KEY,
    body TEXT NOT NULL
) WITHOUT ROWID
"""

FIRST_ROWS = """
INSERT INTO box (one, epoch, next_seq) VALUES (1, lower(hex(randomblob(8))), 1);
INSERT INTO delivery VALUES (1, 0, 0, 200, 0, 0, '', 0)
"""

EPOCHS = """
CREATE TABLE epochs (
    number INTEGER PRIMARY KEY,
    epoch TEXT NOT NULL UNIQUE,
    next_seq INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    chain BLOB,
    high_water INTEGER NOT NULL,
    pruned INTEGER NOT NULL DEFAULT 0,
    pruned_chain BLOB
);
INSERT INTO epochs (number, epoch, next_seq, settled, chain, high_water)
    SELECT 1, epoch, next_seq, coalesce((SELECT min(seq) FROM records WHERE state = 'waiting'), next_seq) - 1,
    chain, high_water FROM box, delivery;
ALTER TABLE box DROP COLUMN epoch;
ALTER TABLE box DROP COLUMN next_seq;
ALTER TABLE box DROP COLUMN chain;
ALTER TABLE delivery DROP COLUMN high_water;
ALTER TABLE delivery ADD COLUMN run_epoch INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sessions ADD COLUMN epoch_no INTEGER;
ALTER TABLE sessions ADD COLUMN month TEXT;
DROP INDEX sessions_by_time;
CREATE INDEX sessions_by_time ON sessions (opened_utc_ms, month, effective_ms);
UPDATE sessions SET epoch_no = 1 WHERE seq IS NOT NULL;
CREATE TABLE records_by_epoch (
    epoch_no INTEGER NOT NULL REFERENCES epochs,
    seq INTEGER NOT NULL,
    session_id INTEGER REFERENCES sessions,
    content BLOB NOT NULL,
    state TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    exported TEXT,
    settled_utc_ms INTEGER,
    PRIMARY KEY (epoch_no, seq)
) WITHOUT ROWID;
INSERT INTO records_by_epoch (epoch_no, seq, session_id, content, state, code, words)
    SELECT 1, seq, session_id, content, state, code, words FROM records;
DROP TABLE records;
ALTER TABLE records_by_epoch RENAME TO records;
CREATE INDEX records_waiting ON records (state, epoch_no, seq) WHERE state = 'waiting';
CREATE INDEX records_refused ON records (state, epoch_no, seq) WHERE state = 'refused'
"""

NOTICES = """
CREATE TABLE notices (
    notice_id INTEGER PRIMARY KEY,
    words TEXT NOT NULL,
    days_left INTEGER NOT NULL
);
CREATE INDEX records_by_session ON records (session_id)
"""

CORRECTIONS = """
ALTER TABLE sessions ADD COLUMN correction TEXT NOT NULL DEFAULT ''
"""

PARCELS = """
ALTER TABLE box ADD COLUMN platform_key BLOB;
CREATE TABLE receipts (
    parcel TEXT PRIMARY KEY,
    utc_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE stick (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    state TEXT NOT NULL,
    records INTEGER NOT NULL,
    words TEXT NOT NULL,
    at_utc_ms INTEGER
)
"""

COMPANIONS = """
CREATE TABLE companions (
    item_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    language TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (item_id, place)
) WITHOUT ROWID;
CREATE INDEX companions_by_path ON companions (path)
"""

VOIDS = """
CREATE TABLE voided (
    epoch_no INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (epoch_no, seq)
) WITHOUT ROWID
"""

FRESHNESS = """
CREATE TABLE freshness (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    boot_id TEXT NOT NULL,
    mono_ms INTEGER NOT NULL
)
"""

ARTICLES = """
CREATE TABLE articles (
    article_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    producer TEXT NOT NULL,
    category TEXT NOT NULL,
    topic TEXT NOT NULL,
    published_on TEXT NOT NULL,
    body_sha256 TEXT NOT NULL,
    body_bytes INTEGER NOT NULL,
    recording TEXT,
    recording_sha256 TEXT,
    recording_bytes INTEGER,
    recording_ms INTEGER,
    walk INTEGER NOT NULL,
    gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX articles_by_day ON articles (gone, published_on, article_id);
CREATE INDEX articles_by_topic ON articles (gone, topic, published_on, article_id);
CREATE INDEX articles_by_category ON articles (gone, category, published_on, article_id);
CREATE TABLE article_mirror (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL,
    walk INTEGER NOT NULL,
    coming INTEGER,
    place TEXT NOT NULL
);
INSERT INTO article_mirror VALUES (1, 0, 0, NULL, '');
CREATE TABLE kept_articles (
    article_id TEXT PRIMARY KEY,
    body_sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    opened INTEGER NOT NULL
) WITHOUT ROWID
"""

GUIDE = """
CREATE TABLE channel_lists (
    source TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    tag TEXT NOT NULL,
    modified TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE own_channels (
    source TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    wish INTEGER,
    group_name TEXT NOT NULL,
    logo TEXT NOT NULL,
    xmltv_id TEXT NOT NULL,
    guide_name TEXT NOT NULL,
    PRIMARY KEY (source, channel_id)
) WITHOUT ROWID;
CREATE TABLE line_up (
    channel_id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    wish INTEGER,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    group_name TEXT NOT NULL,
    logo TEXT NOT NULL,
    xmltv_id TEXT NOT NULL,
    guide_name TEXT NOT NULL,
    gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX line_up_by_number ON line_up (gone, number);
INSERT INTO line_up SELECT channel_id, number, number, title, playlist, '', '', '', '', gone FROM channels;
CREATE TABLE reminders (
    item_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    starts_utc_ms INTEGER NOT NULL,
    ends_utc_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE watched_programmes (
    item_id TEXT PRIMARY KEY,
    title TEXT NOT NULL
) WITHOUT ROWID;
ALTER TABLE plays ADD COLUMN until_ms INTEGER
"""

SEARCHES = """
CREATE TABLE searches (
    last INTEGER PRIMARY KEY,
    words TEXT NOT NULL UNIQUE,
    times INTEGER NOT NULL
)
"""

LISTINGS = """
CREATE INDEX courses_by_place ON courses (gone, place)
"""

ROSTER = """
CREATE TABLE roster (
    member_id INTEGER PRIMARY KEY,
    sealed BLOB,
    change INTEGER NOT NULL
);
CREATE INDEX roster_by_change ON roster (change)
"""
