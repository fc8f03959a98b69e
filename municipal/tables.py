"""The platform's tables."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
)

metadata = MetaData()

# Moments are whole milliseconds since 1970-01-01 UTC, so that every database keeps the same value.

platform = Table(
    "platform",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

districts = Table(
    "districts",
    metadata,
    Column("name", String, primary_key=True),
    Column("position", Integer, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("number", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("district", ForeignKey("districts.name"), nullable=False, index=True),
    Column("street", String, nullable=False),
    Column("type", String, nullable=False),
    Column("due", Boolean, nullable=False),
    Column("account", String, nullable=False, unique=True),
    Column("last_seen_at_ms", BigInteger),
    Column("backlog", Integer),
)

activation_codes = Table(
    "activation_codes",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("issue", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("issued_at_ms", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("key_id", String),
    PrimaryKeyConstraint("station", "issue"),
)

failed_enrolments = Table(
    "failed_enrolments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String, nullable=False, index=True),
    Column("address", String, nullable=False, index=True),
    Column("failed_at_ms", BigInteger, nullable=False, index=True),
)

keys = Table(
    "keys",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("key_id", String, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("state", String, nullable=False),
    Column("enrolled_at_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "key_id"),
)

box_health = Table(
    "box_health",
    metadata,
    Column("station", ForeignKey("stations.number"), primary_key=True),
    Column("version", String, nullable=False),
    Column("free_mb", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("clock", String, nullable=False),
    Column("warnings", BigInteger, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("made_at_ms", BigInteger, nullable=False),
    Column("source", String, nullable=False),
)

courses = Table(
    "courses",
    metadata,
    Column("course_id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("producer", String, nullable=False),
    Column("category", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("monthly", String, nullable=False),
    Column("cover_path", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("revision", Integer, nullable=False, index=True),
    Column("removed", Boolean, nullable=False),
)

episodes = Table(
    "episodes",
    metadata,
    Column("course_id", ForeignKey("courses.course_id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("length_ms", BigInteger, nullable=False),
    Column("media_path", String, nullable=False),
    Column("media_sha256", String, nullable=False),
    Column("media_bytes", BigInteger, nullable=False),
    Column("codec", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    PrimaryKeyConstraint("course_id", "number"),
)

channels = Table(
    "channels",
    metadata,
    Column("channel_id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("media_path", String, nullable=False),
    Column("media_sha256", String, nullable=False),
    Column("revision", Integer, nullable=False, index=True),
    Column("removed", Boolean, nullable=False),
)

# The next four stand by themselves instead of as columns: `create_tables` adds them to an older database.

subtitles = Table(
    "subtitles",
    metadata,
    Column("course_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("language", String, nullable=False),
    Column("name", String, nullable=False),
    Column("path", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    PrimaryKeyConstraint("course_id", "number", "place"),
)

thumbnails = Table(
    "thumbnails",
    metadata,
    Column("course_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("prefix", String, nullable=False),
    PrimaryKeyConstraint("course_id", "number"),
)

channel_addresses = Table(
    "channel_addresses",
    metadata,
    Column("channel_id", String, primary_key=True),
    Column("address", String, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("producer", String, nullable=False),
    Column("category", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("published_on", String(10), nullable=False),
    Column("body_sha256", String, nullable=False),
    Column("body_bytes", BigInteger, nullable=False),
    # All four or none.
    Column("recording_path", String),
    Column("recording_sha256", String),
    Column("recording_bytes", BigInteger),
    Column("recording_ms", BigInteger),
    Column("revision", Integer, nullable=False, index=True),
    Column("removed", Boolean, nullable=False),
)
Index("articles_newest", articles.c.published_on, articles.c.article_id)

records = Table(
    "records",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("chain_before", LargeBinary, nullable=False),
    Column("chain_after", LargeBinary, nullable=False),
    Column("received_at_ms", BigInteger, nullable=False),
    # "study", "group", "offline" or "anchor"; what follows is empty for an anchor, whose facts stand in
    # `anchors`, and mostly for the two that add no hours of themselves: their facts are their content.
    Column("record_kind", String, nullable=False),
    Column("item_id", String),
    Column("kind", String),
    Column("terminal", String),
    Column("screen", String),
    Column("boot", String),
    Column("opened_ms", BigInteger),
    Column("length_ms", BigInteger),
    Column("played_ms", BigInteger),
    Column("covered_ms", BigInteger),
    Column("overlap_ms", BigInteger),
    Column("rule", String),
    Column("effective_ms", BigInteger),
    Column("why", String),
    Column("counted", Boolean),
    Column("replaces", BigInteger),
    # What follows is derived from other records and recomputed when they arrive.
    Column("stands", Boolean, nullable=False),
    Column("started_at_ms", BigInteger),
    Column("month", String(7)),
    PrimaryKeyConstraint("station", "epoch", "seq"),
)
# All that a bulletin asks of a record, so that the records themselves, with their content, are not read.
Index(
    "records_bulletin",
    *(records.c.month, records.c.station, records.c.record_kind, records.c.kind, records.c.stands),
    *(records.c.counted, records.c.effective_ms, records.c.played_ms, records.c.item_id),
)
FORMER_INDEXES = ("records_month",)
"""Of older versions; others do their work."""
Index("records_boot", records.c.station, records.c.boot)
Index(
    "records_replaces",
    records.c.station,
    records.c.epoch,
    records.c.replaces,
    sqlite_where=records.c.replaces.is_not(None),
    postgresql_where=records.c.replaces.is_not(None),
)

# Who was in a group study, by pseudonym, and for how long.
attendances = Table(
    "attendances",
    metadata,
    Column("station", String, nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("pseudonym", String(32), nullable=False),
    Column("via", String, nullable=False),
    Column("person_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "epoch", "seq", "pseudonym"),
)

# What was decided about offline study, for good: the last row of a record holds.
offline_decisions = Table(
    "offline_decisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("station", String, nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("approved", Boolean, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("words", String, nullable=False),
    Column("decided_at_ms", BigInteger, nullable=False),
)
Index(
    "offline_decisions_record",
    offline_decisions.c.station,
    offline_decisions.c.epoch,
    offline_decisions.c.seq,
)

anchors = Table(
    "anchors",
    metadata,
    Column("station", String, nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("boot", String, nullable=False),
    Column("mono_ms", BigInteger, nullable=False),
    Column("utc_ms", BigInteger, nullable=False),
    Column("error_ms", BigInteger, nullable=False),
    Column("source", String, nullable=False),
    PrimaryKeyConstraint("station", "epoch", "seq"),
)
Index("anchors_boot", anchors.c.station, anchors.c.boot)

boots = Table(
    "boots",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("boot", String, nullable=False),
    Column("ordinal", BigInteger, nullable=False),
    # The last monotonic time that is known of it, and when it began at the latest, by what has arrived.
    Column("known_ms", BigInteger, nullable=False),
    Column("ceiling_ms", BigInteger, nullable=False),
    # Derived from the boots around it: between which moments it began, where that may name a month.
    Column("earliest_ms", BigInteger),
    Column("latest_ms", BigInteger),
    PrimaryKeyConstraint("station", "epoch", "boot"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("chain_before", LargeBinary, nullable=False),
    Column("chain_after", LargeBinary, nullable=False),
    Column("code", String, nullable=False),
    Column("words", String, nullable=False),
    Column("received_at_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "epoch", "seq", "content_sha256"),
)

high_water = Table(
    "high_water",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("repeated", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "epoch"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("station", ForeignKey("stations.number"), nullable=False),
    Column("epoch", String(16), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("code", String, nullable=False),
    Column("words", String, nullable=False),
    Column("raised_at_ms", BigInteger, nullable=False),
    PrimaryKeyConstraint("station", "epoch", "seq", "code"),
)
