"""What television and agent say to each other over loopback, as both sides read it."""

from typing import NotRequired, TypedDict

STATUS = "/v1/status"
ENROLMENT = "/v1/enrolment"
HOME = "/v1/home"
COURSES = "/v1/courses"
COVERS = "/v1/covers"
ITEMS = "/v1/items"
REPORTS = "/v1/reports"
RECORD = "/v1/record"
CLOCK = "/v1/clock"
OUTBOX = "/v1/outbox"
EXPORT = "/v1/export"
IMPORT = "/v1/import"
CORRECTION = "/v1/correction"
KEY_ROTATION = "/v1/keys/rotation"

DEFAULT_PORT = 8431
DEFAULT_TERMINAL = "tv-1"
"""A station's only television; a second one needs a name of its own."""
REPORT_EVERY_MS = 5_000
"""The television reports this often while it plays, and at every change."""
SILENT_AFTER_MS = 30_000
"""A television unheard of for so long has gone: its plays are closed at their last report."""


class StationEntry(TypedDict):
    """The station this box is."""

    number: str
    name: str
    district: str
    type: str


class SendingEntry(TypedDict):
    """How far an upload that is under way has come."""

    done: int
    total: int


class MonthEntry(TypedDict):
    """This month's hours of the station, with those that no clock could place apart."""

    month: str
    effective_ms: int
    unplaced_ms: int


class CatalogueEntry(TypedDict):
    """What the box knows of the catalogue."""

    revision: int
    courses: int


class ClockEntry(TypedDict):
    """The trustworthy time, if one is known, and who told it."""

    utc: str | None
    source: str


class StorageEntry(TypedDict):
    """The disk that the box keeps everything on."""

    total_bytes: int
    free_bytes: int
    courses_bytes: int
    """Of it are courses, with what lies beside them."""


class StickEntry(TypedDict):
    """The USB stick in the slot: whether it may be pulled out, and what was done with it."""

    state: str
    """"busy", "done" or "trouble"."""
    words: str


class StatusReply(TypedDict):
    """The box at a glance."""

    version: str
    """Of the program."""
    enrolled: bool
    station: StationEntry | None
    online: bool
    waiting: int
    refused: int
    sending: SendingEntry | None
    month: MonthEntry
    catalogue: CatalogueEntry
    clock: ClockEntry
    disk_full: bool
    """There may be no room for what is studied next."""
    storage: StorageEntry
    stick: StickEntry | None
    """None while no stick is in the slot."""
    warnings: list[str]
    operator_page: NotRequired[str | None]
    """Where the operator's page is in the room's network; null where there is none."""
    page_port: NotRequired[int | None]
    """Of the page for phones, the one that was really taken; null where there is none."""


class EnrolmentRequest(TypedDict):
    """What the operator typed."""

    account: str
    code: str


class Tile(TypedDict):
    """One course, channel or article on a row, or the group study that goes on."""

    id: str
    """"course:5", "live:L1", "article:1" or "group:7"."""
    number: int | None
    """Of a channel, as typed on the remote control; None for all else."""
    kind: str
    title: str
    category: str
    producer: str
    length_ms: int
    episodes: int  # of a group study: how many people are in
    episode: int | None
    """The episode being studied."""
    position_ms: int
    covered_ms: int
    done: bool
    on_box: bool
    cover: str | None
    """Path on the agent, "/v1/covers/5"."""
    published_on: str | None
    """Of an article, ISO 8601, "2026-11-03"; None for all else."""


class Row(TypedDict):
    """One row of the home screen; `done` of `total` only where it is a month's task."""

    id: str
    title: str
    done: int | None
    total: int | None
    tiles: list[Tile]


class HomeReply(TypedDict):
    """The home screen."""

    rows: list[Row]


class EpisodeReply(TypedDict):
    """One episode with what this station has studied of it."""

    item_id: str
    number: int
    title: str
    length_ms: int
    position_ms: int
    played_ms: int
    """In the session that would go on now; 0 if a new one would begin."""
    effective_ms: int
    counted: bool
    """In any session so far."""
    done: bool
    covered: list[list[int]]
    on_box: bool


class CourseReply(TypedDict):
    """One course with its episodes."""

    id: str
    title: str
    producer: str
    category: str
    length_ms: int
    cover: str | None
    episodes: list[EpisodeReply]


class SubtitleEntry(TypedDict):
    """Subtitles beside the media, in UTF-8."""

    url: str
    language: str
    name: str


class ThumbnailsEntry(TypedDict):
    """Small pictures of an item, one every `every_ms`, row by row on sheets of `columns` × `rows`."""

    sheets: list[str]
    """Addresses of JPEG files, in order."""
    every_ms: int
    columns: int
    rows: int
    width_px: int
    height_px: int


class SourceReply(TypedDict):
    """Where the player finds an item."""

    url: str
    """On loopback for what the agent keeps or relays, and for every HLS playlist; else a channel's own full
    address (udp, rtp, rtsp, http, https)."""
    file: str | None
    """The same on the box's own disk, whole, for those who may read it there."""
    kind: str
    title: str
    episode_title: str
    length_ms: int | None
    on_box: bool
    resume_ms: int
    subtitles: list[SubtitleEntry]
    thumbnails: ThumbnailsEntry | None


class IntervalEntry(TypedDict):
    """A watch interval; (play_id, n) names it and it only ever grows. The boot is the report's."""

    n: int
    start_ms: int
    end_ms: int
    media_start_ms: int
    media_end_ms: int
    rate: float


class PlayEntry(TypedDict):
    """One opening of the player, with all intervals that the agent has not acknowledged yet."""

    play_id: str
    item_id: str
    kind: str
    opened_ms: int
    left_ms: int | None
    position_ms: int
    length_ms: int | None
    """As the player saw it; the catalogue's length is what the rule uses."""
    intervals: list[IntervalEntry]


class ReportRequest(TypedDict):
    """What the television watched; numbered within one run of its process."""

    run_id: str
    terminal: str
    report_seq: int
    boot_id: str
    at_ms: int
    plays: list[PlayEntry]


class PlayReply(TypedDict):
    """What the agent makes of a play's session so far."""

    play_id: str
    session_id: str
    played_ms: int
    covered_ms: int
    effective_ms: int
    counted: bool
    why: str
    need_ms: int | None


class ReportReply(TypedDict):
    """The report is durable."""

    accepted: int
    plays: list[PlayReply]


class DayEntry(TypedDict):
    """One local day's counted time."""

    day: str
    effective_ms: int


class RankRow(TypedDict):
    """One station of the district."""

    rank: int
    station: str
    effective_ms: int
    own: bool


class RankEntry(TypedDict):
    """The own district's ranking as the platform last told it."""

    district: str
    stations: int
    rows: list[RankRow]


class SessionEntry(TypedDict):
    """One viewing session and how far its record has come."""

    session_id: str
    opened_at: str | None
    title: str
    episode: int | None
    kind: str
    played_ms: int
    covered_ms: int
    length_ms: int
    effective_ms: int
    counted: bool
    why: str
    state: str
    correction: str
    """Who corrected it, with the reason; empty for nobody."""


class RecordReply(TypedDict):
    """The station's record of a month, newest session first."""

    month: str
    effective_ms: int
    unplaced_ms: int
    days: list[DayEntry]
    rank: RankEntry | None
    sessions: list[SessionEntry]


class OutboxReply(TypedDict):
    """What only the running agent knows of its deliveries."""

    next_try_s: float
    """0 for at once."""
    sending: SendingEntry | None


class ExportReply(TypedDict):
    """What an export has written."""

    file: str | None
    """None when nothing waits."""
    records: int
    bytes: int
    left: int
    """Records that did not fit."""
    words: str


class ImportEntry(TypedDict):
    """What became of one receipt."""

    file: str
    fate: str
    delivered: int
    refused: int
    words: str


class ImportReply(TypedDict):
    """Every receipt that was found."""

    receipts: list[ImportEntry]


class CorrectionRequest(TypedDict):
    """A session's time lowered, or with 0 struck off; by whom and why."""

    session_id: int
    played_ms: int
    who: str
    why: str


class CorrectionReply(TypedDict):
    """What the session counts for now."""

    session_id: int
    seq: int
    played_ms: int
    effective_ms: int


class KeyReply(TypedDict):
    """The box's new key as the platform knows it."""

    key_id: str


class ErrorReply(TypedDict):
    """Why a call was not done; `words` are for a person."""

    code: str
    words: str
