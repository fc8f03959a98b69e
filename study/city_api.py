"""What boxes and the municipal platform say to each other over HTTP, as both sides read it."""

from typing import NotRequired, TypedDict

ENROL = "/v1/enrol"
CATALOGUE = "/v1/catalogue"
ARTICLES = "/v1/articles"
"""The headers of articles, in the catalogue's revisions but page by page: there are 107,500."""
RECORDS = "/v1/records"
RANKING = "/v1/ranking"
HEALTH = "/v1/health"
PARCELS = "/v1/parcels"
"""A USB parcel, from any office and without a log-in: its box has signed it. The reply is its receipt."""
PARCELS_PAGE = "/parcels"
KEYS = "/v1/keys"
PSEUDONYM_KEY = "/v1/pseudonym-key"
"""POST, signed by the box: the key of its station's pseudonyms, see study/group/pseudonym.py."""

OFFLINE_STANDINGS = "/v1/offline-standings"
"""POST, signed by the box: what was decided about the offline study of its station."""

SIGNED_COMPONENTS = ("@method", "@path", "content-type", "content-digest")
"""What the RFC 9421 signature of a call with a body covers, by Ed25519 with the box's key id.

Its `created` is told but never a reason to refuse: boxes have wrong clocks, and intake may be
repeated without harm.
"""

BACKLOG_HEADER = "Zhanxue-Backlog"
"""How many records still wait on the box after this call, on every signed one."""

HEALTH_HEADER = "Zhanxue-Health"
"""How the box is, on every signed call: a dictionary of RFC 8941 with version (string), free_mb,
refused, warnings (whole numbers) and clock (string: who told this boot the time, or "none")."""


class StationEntry(TypedDict):
    """A station as the platform knows it."""

    number: str
    name: str
    district: str
    type: str


class OfflineStandingEntry(TypedDict):
    """What was decided about one registration; those that wait have none."""

    epoch: str
    seq: int
    standing: str
    """"approved" or "returned"."""
    words: str
    """Why it was returned."""
    decided_utc_ms: int


class OfflineStandingsReply(TypedDict):
    standings: list[OfflineStandingEntry]
    time: str


class EnrolRequest(TypedDict):
    """A box asks to be the box of an account; the same key with the same code may ask again."""

    account: str
    code: str
    public_key: str
    """Raw Ed25519 public key, base64."""


class EnrolReply(TypedDict):
    """The station the box now is, the name of its key, and the platform's own key."""

    station: StationEntry
    key_id: str
    platform_key: str
    """Raw Ed25519 public key, base64: what the receipts of USB parcels are signed with."""
    time: str


class HealthReply(TypedDict):
    """Whether the platform is well; any box may ask for its time and its key."""

    state: str
    time: str
    revision: int
    alarms: int
    platform_key: str


class KeyRequest(TypedDict):
    """A box names the key that follows the one it signs with; its own again changes nothing."""

    public_key: str
    """Raw Ed25519 public key, base64."""


class KeyReply(TypedDict):
    """The name of the key that signs from now on."""

    key_id: str
    time: str


class PseudonymKeyReply(TypedDict):
    """With what card numbers of the station become pseudonyms."""

    pseudonym_key: str
    """32 bytes, base64."""
    time: str


class SubtitlesEntry(TypedDict):
    """One file of subtitles beside an episode's media."""

    language: str
    name: str
    path: str
    """Below the platform's root, "/media/…"."""
    sha256: str
    bytes: int


class EpisodeEntry(TypedDict):
    """One episode in the catalogue."""

    item_id: str
    number: int
    title: str
    length_ms: int
    media: str
    """Path below the platform's root, "/media/…"."""
    sha256: str
    bytes: int
    subtitles: NotRequired[list[SubtitlesEntry]]
    thumbnails: NotRequired[str]
    """What the paths of its sheets begin with, below the platform's root; see study/thumbnails.py."""


class CourseEntry(TypedDict):
    """One course in the catalogue."""

    course_id: str
    title: str
    producer: str
    category: str
    topic: str
    monthly: str
    cover: str
    """Path below the platform's root, "/covers/…"; empty for none."""
    episodes: list[EpisodeEntry]


class ChannelEntry(TypedDict):
    """One live channel."""

    channel_id: str
    number: int
    title: str
    playlist: str
    """Path below the platform's root, "/live/…/index.m3u8"; or a full address, "udp://@239.1.1.1:5000"."""


class CatalogueReply(TypedDict):
    """The whole catalogue (`full`), or what changed after `since`."""

    revision: int
    since: int
    full: bool
    courses: list[CourseEntry]
    channels: list[ChannelEntry]
    removed: list[str]
    """Course and channel ids that are gone."""


class RecordingEntry(TypedDict):
    """An article read aloud, as a sound file."""

    media: str
    """Path below the platform's root, "/media/…"."""
    sha256: str
    bytes: int
    length_ms: int


class ArticleEntry(TypedDict):
    """The header of one article; its body lies where study/article.py says, below the platform's /media/."""

    article_id: str
    title: str
    producer: str
    category: str
    topic: str
    published_on: str
    """ISO 8601, "2026-11-03"."""
    body: str
    """SHA-256 of the body, in hexadecimal."""
    bytes: int
    recording: NotRequired[RecordingEntry]


class ArticlesReply(TypedDict):
    """One page of all articles (`full`), or of those that changed after `since`; newest first."""

    revision: int
    since: int
    full: bool
    articles: list[ArticleEntry]
    removed: list[str]
    """Ids of articles that are gone."""
    next: str
    """What to ask for as `before` to get the page behind this one; empty where this is the last."""


class RefusalEntry(TypedDict):
    """One record that was set aside; the others of the run are taken."""

    seq: int
    code: str
    words: str


class RecordsReply(TypedDict):
    """What became of a run: each of its records is now held, or named in `refusals`."""

    high_water: int
    """The largest number up to which every record of this epoch is held or set aside."""
    refusals: list[RefusalEntry]
    time: str
    """The platform's time, ISO 8601 UTC."""
    call_again_s: int


class RankingRow(TypedDict):
    """One station's hours of a month."""

    rank: int
    number: str
    station: str
    effective_ms: int


class RankingReply(TypedDict):
    """A district's stations of all types by hours, most first; equal hours share a rank."""

    district: str
    month: str
    stations: int
    """How many stations the district has."""
    rows: list[RankingRow]


class ErrorReply(TypedDict):
    """Why a call was not done; `words` are for a person."""

    code: str
    words: str
    retry_after_s: NotRequired[int]
