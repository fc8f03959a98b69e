"""The form of a guide's own database file."""

from typing import NamedTuple

from agent.records.validators import Validators

TABLES = """
CREATE TABLE guide (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    form INTEGER NOT NULL,
    tag TEXT NOT NULL,
    modified TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL,
    goes_on INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    programmes INTEGER NOT NULL
);
CREATE TABLE keys (
    key TEXT PRIMARY KEY,
    channel INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE programmes (
    channel INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    stop_ms INTEGER NOT NULL,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (channel, start_ms)
) WITHOUT ROWID
"""

RAW = """
CREATE TABLE raw.told (
    channel INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    stop_ms INTEGER,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (channel, start_ms)
) WITHOUT ROWID
"""
"""What a guide tells, before it is arranged; of two programmes of one channel and start the last one told."""

FORM = 1
"""A file of another form is made anew."""


class Window(NamedTuple):
    """The days that are kept, in milliseconds since 1970; its end is outside."""

    from_ms: int
    to_ms: int


class GuideFacts(NamedTuple):
    """What is known of a guide as a whole."""

    validators: Validators
    window: Window
    goes_on: bool
    """It told of programmes after the window."""
    channels: int
    """With programmes in the window."""
    programmes: int
