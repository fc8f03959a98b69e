"""Asks the agent on this box over its loopback interface."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode, urlsplit

from study import group_api, guide_api, listing_api, local_api, remote_api, search_api
from study.article_api import (
    ARTICLES,
    ArticleReply,
)
from study.group_api import (
    AgendaRequest,
    CheckInReply,
    CheckInRequest,
    ChoicesReply,
    CorrectionRequest,
    DiscussionRequest,
    EndedReply,
    GroupReply,
    MemberQuestion,
    MemberReply,
    MemberRequest,
    PlanChange,
    PlanRequest,
    PresenceEntry,
    TerminalRequest,
)
from study.guide_api import ChannelsReply, GuideReply, RemindersReply
from study.listing_api import ListingOrder, ListingsReply, PageReply
from study.local_api import (
    CourseReply,
    EnrolmentRequest,
    HomeReply,
    RecordReply,
    ReportReply,
    ReportRequest,
    SourceReply,
    StatusReply,
)
from study.operator_api import OPERATOR_PIN, OperatorPinReply, OperatorPinRequest
from study.remote_api import RemoteKeysReply, RemoteRequest
from study.search_api import SearchesReply, SearchNote, SearchReply

if TYPE_CHECKING:
    from tvclient.agent_client.transport import Transport

TRANSPORT = "tvclient.agent_client.transport"
READ_S = 10.0
# A report is one transaction on the same box; one that takes longer is sent again.
REPORT_READ_S = 3.0
# Longer than the agent waits for a press.
PRESS_READ_S = 30.0
# Enrolment and the source of a course that is not on the box wait for the city.
CITY_READ_S = 40.0
CHANNELS_AT_ONCE = 500


class AgentClient:
    """Every method waits for the agent, at most for its time-outs; never call one on the drawing thread.

    Safe to use from several threads. All methods raise AgentAway when nobody answers and AgentRefused
    when the agent says no.
    """

    def __init__(self, base_url: str, token_file: Path, terminal: str = local_api.DEFAULT_TERMINAL) -> None:
        self._base_url = base_url.rstrip("/")
        self._token_file = token_file
        self._terminal = terminal
        self._before_reading: Callable[[], None] = lambda: None
        self._phones_may: Callable[[], None] = lambda: None

    def read_after(self, wait: Callable[[], None]) -> None:
        """Call `wait` before anything is read, so that what was just watched is in the answer."""
        self._before_reading = wait

    def when_phones_may(self, call: Callable[[], None]) -> None:
        """Call `call`, on the thread that asked, whenever a group study lets phones be the remote control."""
        self._phones_may = call

    def status(self) -> StatusReply:
        """The box at a glance."""
        return cast(StatusReply, self._json("GET", local_api.STATUS))

    def enrol(self, account: str, code: str) -> StatusReply:
        """Enrol this box; waits for the city."""
        body: EnrolmentRequest = {"account": account, "code": code}
        return cast(StatusReply, self._json("POST", local_api.ENROLMENT, body, CITY_READ_S))

    def home(self) -> HomeReply:
        """The rows of the home screen."""
        self._before_reading()
        query = urlencode({"terminal": self._terminal})
        return cast(HomeReply, self._json("GET", f"{local_api.HOME}?{query}"))

    def listings(self) -> ListingsReply:
        """The lists in which courses and articles are browsed."""
        return cast(ListingsReply, self._json("GET", listing_api.LISTINGS))

    def listing_page(
        self, listing_id: str, order: ListingOrder, first: int, count: int, around: str | None = None
    ) -> PageReply:
        """`count` tiles from place `first` on, or the page of as many that has the one with this id."""
        self._before_reading()
        asked = {"listing": listing_id, "order": str(order), "first": first, "count": count}
        query = urlencode(asked if around is None else asked | {"around": around})
        return cast(PageReply, self._json("GET", f"{listing_api.LISTING_PAGE}?{query}"))

    def course(self, course_id: str) -> CourseReply:
        """One course with its episodes, as far as they were studied, here or on another television."""
        self._before_reading()
        path = f"{local_api.COURSES}/{quote(course_id, safe='')}?terminal={quote(self._terminal, safe='')}"
        return cast(CourseReply, self._json("GET", path))

    def cover(self, path: str) -> bytes:
        """A picture, by the path that a tile or a course names."""
        return self._transport.content(path, READ_S)

    def sheet(self, url: str) -> bytes:
        """A sheet of thumbnails, by the address a source names; asked of the agent, whomever that names."""
        return self._transport.content(urlsplit(url).path, READ_S)

    def article(self, article_id: str) -> ArticleReply:
        """One article; waits for the city where it was never opened before."""
        path = f"{ARTICLES}/{quote(article_id, safe='')}"
        return cast(ArticleReply, self._json("GET", path, read_s=CITY_READ_S))

    def article_picture(self, url: str) -> bytes:
        """A picture by the address an article names; waits for the city where it is not on the box."""
        return self._transport.content(urlsplit(url).path, CITY_READ_S)

    def source(self, item_id: str) -> SourceReply:
        """Where the player finds an item and where it was left."""
        self._before_reading()
        path = f"{local_api.ITEMS}/{quote(item_id, safe='')}/source"
        return cast(SourceReply, self._json("GET", path, read_s=CITY_READ_S))

    def channels(self, first: int = 0, count: int = CHANNELS_AT_ONCE) -> ChannelsReply:
        """Channels by number, after the `first` ones, with what is on and next."""
        return cast(ChannelsReply, self._json("GET", f"{guide_api.CHANNELS}?first={first}&count={count}"))

    def guide(
        self,
        first: int,
        count: int,
        from_utc_ms: int | None = None,
        to_utc_ms: int | None = None,
        number: int | None = None,
    ) -> GuideReply:
        """A window of the guide; with `number` from the first channel on that has it or a greater one."""
        asked = {"from_utc_ms": from_utc_ms, "to_utc_ms": to_utc_ms, "number": number}
        more = "".join(f"&{name}={value}" for name, value in asked.items() if value is not None)
        return cast(GuideReply, self._json("GET", f"{guide_api.GUIDE}?first={first}&count={count}{more}"))

    def reminders(self) -> RemindersReply:
        """Programmes to be reminded of; those that are due say so."""
        return cast(RemindersReply, self._json("GET", guide_api.REMINDERS))

    def remind(self, item_id: str) -> RemindersReply:
        """Set a reminder of a programme that the guide names."""
        return cast(RemindersReply, self._json("POST", guide_api.REMINDERS, {"item_id": item_id}))

    def forget_reminder(self, item_id: str) -> RemindersReply:
        """Delete a reminder, if there is one; also of one that was shown."""
        return cast(RemindersReply, self._json("DELETE", f"{guide_api.REMINDERS}/{quote(item_id, safe='')}"))

    def record(self, month: str) -> RecordReply:
        """The station's record of a month such as 2026-11."""
        self._before_reading()
        return cast(RecordReply, self._json("GET", f"{local_api.RECORD}?month={quote(month)}"))

    def search(self, typed: str, offset: int = 0, limit: int = search_api.PAGE_MAX) -> SearchReply:
        """What was found for letters, digits or characters, from the answer numbered `offset` on."""
        query = urlencode({"typed": typed, "offset": offset, "limit": limit})
        return cast(SearchReply, self._json("GET", f"{search_api.SEARCH}?{query}"))

    def searches(self) -> SearchesReply:
        """What this box looked for last, and again and again."""
        return cast(SearchesReply, self._json("GET", search_api.SEARCHES))

    def keep_search(self, words: str) -> SearchesReply:
        """These words led to something."""
        body: SearchNote = {"words": words}
        return cast(SearchesReply, self._json("POST", search_api.SEARCHES, body))

    def forget_searches(self, words: str | None = None) -> SearchesReply:
        """These words, or all that were kept."""
        query = "" if words is None else "?" + urlencode({"words": words})
        return cast(SearchesReply, self._json("DELETE", search_api.SEARCHES + query))

    def group(self) -> GroupReply:
        """The group study that goes on in front of this television."""
        self._before_reading()
        query = urlencode({"terminal": self._terminal})
        return self._group("GET", f"{group_api.GROUP}?{query}")

    def begin_group(
        self, kind: str, theme: str, agenda: Sequence[str], facilitator: int | None = None
    ) -> GroupReply:
        """One begins; AgentRefused with the code already_open where one goes on."""
        body: PlanRequest = {
            "terminal": self._terminal,
            "kind": kind,
            "theme": theme,
            "facilitator": facilitator,
            "agenda": [*agenda],
        }
        return cast(GroupReply, self._json("POST", group_api.GROUP, body))

    def plan_group(self, kind: str, theme: str, facilitator: int | None) -> GroupReply:
        """The one that goes on is of this kind, with this theme and facilitator."""
        body: PlanChange = {
            "terminal": self._terminal,
            "kind": kind,
            "theme": theme,
            "facilitator": facilitator,
        }
        return cast(GroupReply, self._json("POST", group_api.GROUP_PLAN, body))

    def plan_choices(self) -> ChoicesReply:
        """Kinds and themes that this station had before."""
        return cast(ChoicesReply, self._json("GET", group_api.GROUP_CHOICES))

    def find_member(self, digits: str) -> MemberReply:
        """Whose card it is; nobody is checked in by it."""
        body: MemberQuestion = {"digits": digits}
        return cast(MemberReply, self._json("POST", group_api.GROUP_MEMBERS, body))

    def ended_groups(self) -> EndedReply:
        """The ended ones that may still be corrected."""
        query = urlencode({"terminal": self._terminal})
        return cast(EndedReply, self._json("GET", f"{group_api.GROUP_ENDED}?{query}"))

    def correct_group(
        self,
        group_id: int,
        reason: str,
        people: Sequence[PresenceEntry] = (),
        *,
        kind: str | None = None,
        theme: str | None = None,
        facilitator: int | None = None,
    ) -> GroupReply:
        """Put right what was wrong about one that has ended; None leaves as it is."""
        body: CorrectionRequest = {
            "terminal": self._terminal,
            "group_id": group_id,
            "reason": reason,
            "people": [*people],
            "kind": kind,
            "theme": theme,
            "facilitator": facilitator,
        }
        return cast(GroupReply, self._json("POST", group_api.GROUP_CORRECTIONS, body))

    def check_in(self, digits: str, member_id: int | None = None) -> CheckInReply:
        """By the digits of a card, or as one of the choices that these digits led to."""
        body: CheckInRequest = {"terminal": self._terminal, "digits": digits, "member_id": member_id}
        return cast(CheckInReply, self._json("POST", group_api.GROUP_CHECK_INS, body))

    def check_out(self, member_id: int) -> GroupReply:
        """Somebody leaves before the end."""
        body: MemberRequest = {"terminal": self._terminal, "member_id": member_id}
        return cast(GroupReply, self._json("POST", group_api.GROUP_CHECK_OUTS, body))

    def undo_check(self) -> GroupReply:
        """The last check-in or check-out did not happen."""
        body: TerminalRequest = {"terminal": self._terminal}
        return cast(GroupReply, self._json("POST", group_api.GROUP_UNDO, body))

    def set_agenda(self, agenda: Sequence[str]) -> GroupReply:
        """Other items, in this order."""
        body: AgendaRequest = {"terminal": self._terminal, "agenda": [*agenda]}
        return cast(GroupReply, self._json("POST", group_api.GROUP_AGENDA, body))

    def discuss(self, on: bool) -> GroupReply:
        """A discussion begins or is over."""
        body: DiscussionRequest = {"terminal": self._terminal, "on": on}
        return cast(GroupReply, self._json("POST", group_api.GROUP_DISCUSSION, body))

    def resume_group(self) -> GroupReply:
        """The one that a power cut interrupted goes on."""
        body: TerminalRequest = {"terminal": self._terminal}
        return self._group("POST", group_api.GROUP_RESUME, body)

    def let_phones(self, on: bool) -> GroupReply:
        """Phones of whoever is in may be remote control and keyboard, or no longer."""
        body: RemoteRequest = {"terminal": self._terminal, "on": on}
        return self._group("POST", remote_api.GROUP_REMOTE, body)

    def remote_keys(self, after: str) -> RemoteKeysReply:
        """What phones press; waits for it as long as the agent does."""
        query = urlencode({"terminal": self._terminal, "after": after})
        path = f"{remote_api.REMOTE_KEYS}?{query}"
        return cast(RemoteKeysReply, self._json("GET", path, read_s=PRESS_READ_S))

    def end_group(self) -> GroupReply:
        """The group study is over; nothing is missing of what was just watched."""
        self._before_reading()
        body: TerminalRequest = {"terminal": self._terminal}
        return cast(GroupReply, self._json("POST", group_api.GROUP_END, body))

    def tell_pin(self, digits: str) -> OperatorPinReply:
        """The administrator's PIN opens the box's page for operators too; raises as `status`."""
        body: OperatorPinRequest = {"digits": digits}
        return cast(OperatorPinReply, self._json("POST", OPERATOR_PIN, body))

    def report(self, body: ReportRequest) -> ReportReply:
        """Tell what was watched; when it returns, the agent has it on disk.

        AgentRefused means that this report will never be taken; whatever ails the agent itself, a full
        disk say, is AgentAway.
        """
        return cast(ReportReply, self._json("POST", local_api.REPORTS, body, REPORT_READ_S))

    def _group(self, method: str, path: str, body: object = None) -> GroupReply:
        reply = cast(GroupReply, self._json(method, path, body))
        if reply["group"] is not None and reply["group"]["remote"]:
            self._phones_may()
        return reply

    def _json(self, method: str, path: str, body: object = None, read_s: float = READ_S) -> dict[str, Any]:
        return self._transport.json(method, path, body, read_s)

    @cached_property
    def _transport(self) -> Transport:
        # What asks takes as long to import as home to draw: with the first question, on the thread that asks.
        made: Transport = importlib.import_module(TRANSPORT).Transport(self._base_url, self._token_file)
        return made
