"""The local API's part about group study, as the television and the agent read it.

Every call about the group study going on answers a GroupReply: what there is after it.
"""

from typing import TypedDict

GROUP = "/v1/group"
"""GET with ?terminal=tv-1: the one going on in front of it, or null. POST a PlanRequest: one begins (409
`already_open` where one goes on)."""
GROUP_PLAN = "/v1/group/plan"
"""POST a PlanChange: kind, theme and facilitator are these from now on."""
GROUP_CHOICES = "/v1/group/choices"
"""GET: a ChoicesReply, what a plan may say without anybody typing."""
GROUP_MEMBERS = "/v1/group/members"
"""POST a MemberQuestion: a MemberReply; nobody is checked in by it."""
GROUP_CHECK_INS = "/v1/group/check-ins"
"""POST a CheckInRequest: a CheckInReply."""
GROUP_CHECK_OUTS = "/v1/group/check-outs"
"""POST a MemberRequest: somebody leaves before the end."""
GROUP_UNDO = "/v1/group/undo"
"""POST a TerminalRequest: the last check-in or check-out did not happen."""
GROUP_AGENDA = "/v1/group/agenda"
"""POST an AgendaRequest."""
GROUP_DISCUSSION = "/v1/group/discussion"
"""POST a DiscussionRequest."""
GROUP_RESUME = "/v1/group/resume"
"""POST a TerminalRequest: one that goes on from earlier goes on; any other stays as it is."""
GROUP_END = "/v1/group/end"
"""POST a TerminalRequest: it ends; the reply's group has `ended` set."""

GROUP_ENDED = "/v1/group/ended"
"""GET with ?terminal=tv-1: an EndedReply."""
GROUP_CORRECTIONS = "/v1/group/corrections"
"""POST a CorrectionRequest: the GroupReply of the one that was corrected."""

DISCUSSION = "discussion"
"""An item of an agenda and its kind: talked over, nothing plays."""

SUFFIX_DIGITS = 6
"""So many last digits of a card are typed at the television."""


class AgendaEntry(TypedDict):
    """One item of the agenda; of what the catalogue does not know the title is its id."""

    item_id: str
    kind: str
    """"vod", "live" or "article"; DISCUSSION where nothing plays."""
    title: str
    episode: int | None
    episode_title: str
    length_ms: int | None
    course_id: str | None
    """Whose cover it has."""
    studied_ms: int
    """Of it in this group study, real time."""
    effective_ms: int
    counted: bool


class AttendeeEntry(TypedDict):
    """Somebody who checked in; the name is masked, 李*芳, or 访客 for a card that is in no roster."""

    member_id: int
    name: str
    digits: str
    """The last four of the card; of one of `choices`, the four before those that all of them share."""
    via: str
    """"phone", "card" or "operator"."""
    is_in: bool
    person_ms: int


class GroupEntry(TypedDict):
    """One group study."""

    group_id: int
    kind: str
    kind_words: str
    theme: str
    facilitator: AttendeeEntry | None
    """Who leads it, whether or not they checked in."""
    opened_ms: int
    """CLOCK_BOOTTIME; of an earlier boot where `goes_on_from_earlier`."""
    goes_on_from_earlier: bool
    """The power was cut in the middle: it may go on or be ended."""
    heard_utc_ms: int | None
    """When something was last done or told in it; null where no clock can say."""
    agenda: list[AgendaEntry]
    attendees: list[AttendeeEntry]
    """Who is in, the last to come first; then who has left."""
    present: int
    studied_ms: int
    effective_ms: int
    """What counts so far, of items that count already."""
    discussion_ms: int
    discussing: bool
    page: str | None
    """Address of the page for phones, for the QR code; null where there is none."""
    network: str
    """Name of the station's wireless network; empty where the box does not know it."""
    remote: bool
    """Whether phones may be remote control and keyboard."""
    ended: bool


class GroupReply(TypedDict):
    """What goes on, or what has just ended; null for nothing."""

    group: GroupEntry | None
    waiting: int
    """Records that wait for the city."""


class EndedReply(TypedDict):
    """The ended group studies that may still be corrected, the last first."""

    groups: list[GroupEntry]


class PresenceEntry(TypedDict):
    """Somebody was there, or was not: takes the place of all their check-ins."""

    member_id: int | None
    """None for who is named by `digits`, the last six of a card or all of them."""
    digits: str
    is_there: bool
    from_min: int
    """Of the time studied together, `studied_ms` of the group."""
    until_min: int | None
    """None for the end."""


class CorrectionRequest(TypedDict):
    """What is to be put right; null leaves as it is."""

    terminal: str
    group_id: int
    reason: str
    """"forgot_check_in", "wrong_check_in", "wrong_time" or "wrong_plan"."""
    people: list[PresenceEntry]
    kind: str | None
    theme: str | None
    facilitator: int | None


class PlanChange(TypedDict):
    """What a group study is; the agenda has a request of its own."""

    terminal: str
    kind: str
    """See study/group/kind.py; "free" for one that nobody planned."""
    theme: str
    facilitator: int | None
    """A member of the roster, or somebody who checked in; None for nobody."""


class PlanRequest(PlanChange):
    """A group study that begins now; everything but the television may be left empty."""

    agenda: list[str]


class KindEntry(TypedDict):
    """A kind of group study and what it is called."""

    kind: str
    words: str


class ChoicesReply(TypedDict):
    """The kinds that every station holds and this one's own; themes it had, the last first."""

    kinds: list[KindEntry]
    themes: list[str]


class MemberQuestion(TypedDict):
    """Whose card ends in these six digits, or has this whole number."""

    digits: str


class MemberReply(TypedDict):
    """Who it may be: one, several whose cards end so, or nobody."""

    outcome: str
    """"found", "choose", "unknown" (in no roster: type the whole number), "mistyped"."""
    words: str
    members: list[AttendeeEntry]


class TerminalRequest(TypedDict):
    terminal: str


class CheckInRequest(TypedDict):
    """By the digits of a card, the last six or all of them, or as one of `choices` of an earlier reply."""

    terminal: str
    digits: str
    member_id: int | None


class CheckInReply(TypedDict):
    """What became of a check-in, with words for the screen."""

    outcome: str
    """"in", "already", "choose" (several cards end so), "unknown" (in no roster: type the whole number),
    "mistyped" (the check digit is wrong)."""
    words: str
    choices: list[AttendeeEntry]
    group: GroupEntry | None


class MemberRequest(TypedDict):
    terminal: str
    member_id: int


class AgendaRequest(TypedDict):
    terminal: str
    agenda: list[str]


class DiscussionRequest(TypedDict):
    terminal: str
    on: bool
