"""Group studies of an agent in memory: cards by number, one television."""

from collections.abc import Callable
from typing import Any

from study import group_api, remote_api
from study.group.kind import GroupKind, kind_words
from study.group_api import (
    AgendaEntry,
    AttendeeEntry,
    CheckInReply,
    ChoicesReply,
    GroupEntry,
    GroupReply,
    MemberReply,
)
from study.local_api import CourseReply

OK, CONFLICT = 200, 409
ALREADY_OPEN = {"code": "already_open", "words": "这台电视前已经有一场集体学习。"}
NONE_OPEN = {"code": "none_open", "words": "没有正在进行的集体学习。"}
ROSTER = {
    "6217000000000107001": "李*芳",
    "6217000000000107002": "王*明",
    "6217000000000107003": "张*国",
    "6217000011110108001": "张*国",
    "6217000022220108001": "张*军",
}


def _member_id(card: str) -> int:
    return int(card[-8:])


def agenda_entry(item_id: str, title: str, episode: int | None, length_ms: int | None) -> AgendaEntry:
    """Nothing of it was studied yet."""
    return {
        "item_id": item_id,
        "kind": "vod",
        "title": title,
        "episode": episode,
        "episode_title": "",
        "length_ms": length_ms,
        "course_id": item_id.partition(".")[0],
        "studied_ms": 0,
        "effective_ms": 0,
        "counted": False,
    }


def attendee(member_id: int, name: str, via: str = "card", *, is_in: bool = True) -> AttendeeEntry:
    """Somebody with a card that ends in their number."""
    digits = f"{member_id:04}"[-4:]
    return {
        "member_id": member_id,
        "name": name,
        "digits": digits,
        "via": via,
        "is_in": is_in,
        "person_ms": 0,
    }


def group_entry(*agenda: AgendaEntry, people: list[AttendeeEntry] | None = None, **other: Any) -> GroupEntry:
    """One that has just begun."""
    attendees = people or []
    found: dict[str, Any] = {
        "group_id": 1,
        "kind": str(GroupKind.FREE),
        "kind_words": kind_words(GroupKind.FREE),
        "theme": "",
        "facilitator": None,
        "opened_ms": 0,
        "goes_on_from_earlier": False,
        "heard_utc_ms": None,
        "agenda": list(agenda),
        "attendees": attendees,
        "present": sum(one["is_in"] for one in attendees),
        "studied_ms": 0,
        "effective_ms": 0,
        "discussion_ms": 0,
        "discussing": False,
        "page": None,
        "network": "",
        "remote": False,
        "ended": False,
    }
    return found | other  # type: ignore[return-value]


class FakeGroup:
    """`courses` are those of the agent; `open` is the one that goes on, and may be changed at any time."""

    def __init__(self, courses: Callable[[], dict[str, CourseReply]]) -> None:
        self._courses = courses
        self.open: GroupEntry | None = None
        self.waiting = 13
        self.refusal: tuple[int, Any] | None = None
        """What every call but GET gets in place of an answer."""
        self.ended: list[GroupEntry] = []
        """Those that may be corrected, the last first."""
        self.corrections: list[dict[str, Any]] = []
        self.choices: ChoicesReply = {
            "kinds": [{"kind": str(kind), "words": kind_words(kind)} for kind in (*GroupKind, "读书会")],
            "themes": ["秋收怎么办"],
        }
        self.asked: list[str] = []
        """The calls that changed something, in order."""

    def get(self) -> GroupReply:
        return {"group": self.open, "waiting": self.waiting}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any] | None:
        """None for what is no call about group study."""
        if not path.startswith(group_api.GROUP):
            return None
        self.asked.append(path)
        if self.refusal is not None:
            return self.refusal
        if path == group_api.GROUP:
            return self._begin(body)
        if path == group_api.GROUP_MEMBERS:
            return OK, self._find(body["digits"])
        if path == group_api.GROUP_CORRECTIONS:
            return self._correct(body)
        if self.open is None:
            return CONFLICT, NONE_OPEN
        if path == group_api.GROUP_CHECK_INS:
            return OK, self._check_in(self.open, body)
        return OK, self._change(self.open, path, body)

    def come(self, member_id: int, name: str, via: str = "phone") -> None:
        """Somebody checks in."""
        assert self.open is not None
        self.open["attendees"].insert(0, attendee(member_id, name, via))
        self.open["present"] += 1

    def _begin(self, body: dict[str, Any]) -> tuple[int, Any]:
        if self.open is not None:
            return CONFLICT, ALREADY_OPEN
        entries = [self._entry(item_id) for item_id in body["agenda"]]
        self.open = group_entry(*entries)
        self._plan(self.open, body)
        return OK, self.get()

    def _check_in(self, group: GroupEntry, body: dict[str, Any]) -> CheckInReply:
        found = {number: name for number, name in ROSTER.items() if number.endswith(body["digits"])}
        known = {_member_id(number): name for number, name in found.items()}
        if body["member_id"] is not None:
            known = {body["member_id"]: known[body["member_id"]]}
        if len(body["digits"]) > group_api.SUFFIX_DIGITS and not known:
            if int(body["digits"]) % 10:
                return self._said("mistyped")
            known = {_member_id(body["digits"]): "访客"}
        if not known:
            return self._said("unknown")
        if len(known) > 1:
            return {**self._said("choose"), "choices": [attendee(key, name) for key, name in known.items()]}
        [(member_id, name)] = known.items()
        if any(one["member_id"] == member_id and one["is_in"] for one in group["attendees"]):
            return self._said("already")
        self.come(member_id, name, "card")
        return self._said("in")

    def _plan(self, group: GroupEntry, body: dict[str, Any]) -> None:
        group["kind"], group["kind_words"] = body["kind"], kind_words(body["kind"])
        group["theme"], number = body["theme"], body["facilitator"]
        known = {_member_id(card): name for card, name in ROSTER.items()}
        known |= {one["member_id"]: one["name"] for one in group["attendees"]}
        group["facilitator"] = None if number is None else attendee(number, known[number], "", is_in=False)

    def _find(self, digits: str) -> MemberReply:
        found = [(_member_id(card), name) for card, name in ROSTER.items() if card.endswith(digits)]
        members = [attendee(member_id, name, "", is_in=False) for member_id, name in found]
        outcome = {0: "unknown", 1: "found"}.get(len(members), "choose")
        return {"outcome": outcome, "words": outcome, "members": members}

    def _correct(self, body: dict[str, Any]) -> tuple[int, Any]:
        self.corrections.append(body)
        [group] = [one for one in self.ended if one["group_id"] == body["group_id"]]
        known = {_member_id(card): name for card, name in ROSTER.items()}
        for put in body["people"]:
            number = put["member_id"]
            known |= {one["member_id"]: one["name"] for one in group["attendees"]}
            rest = [one for one in group["attendees"] if one["member_id"] != number]
            came = [attendee(number, known[number], "operator")] if put["is_there"] else []
            group["attendees"] = [*came, *rest]
        group["kind"] = body["kind"] or group["kind"]
        group["kind_words"] = kind_words(group["kind"])
        group["theme"] = group["theme"] if body["theme"] is None else body["theme"]
        if body["facilitator"] is not None:
            group["facilitator"] = attendee(body["facilitator"], known[body["facilitator"]], "", is_in=False)
        group["present"] = len(group["attendees"])
        return OK, {"group": group, "waiting": self.waiting}

    def _said(self, outcome: str) -> CheckInReply:
        return {"outcome": outcome, "words": outcome, "choices": [], "group": self.open}

    def _change(self, group: GroupEntry, path: str, body: dict[str, Any]) -> GroupReply:
        if path == group_api.GROUP_CHECK_OUTS:
            left = [one for one in group["attendees"] if one["member_id"] == body["member_id"]]
            rest = [one for one in group["attendees"] if one["member_id"] != body["member_id"]]
            group["attendees"] = [*rest, *({**one, "is_in": False} for one in left)]  # type: ignore[list-item]
        elif path == group_api.GROUP_UNDO:
            del group["attendees"][:1]
        elif path == group_api.GROUP_AGENDA:
            known = {entry["item_id"]: entry for entry in group["agenda"]}
            group["agenda"] = [known.get(item_id) or self._entry(item_id) for item_id in body["agenda"]]
        elif path == group_api.GROUP_DISCUSSION:
            group["discussing"] = body["on"]
            group["discussion_ms"] += 0 if body["on"] else 60_000
        elif path == group_api.GROUP_RESUME:
            group["goes_on_from_earlier"] = False
        elif path == remote_api.GROUP_REMOTE:
            group["remote"] = body["on"]
        elif path == group_api.GROUP_END:
            self.open = None
            group["ended"] = True
            self.ended.insert(0, group)
            return {"group": group, "waiting": self.waiting}
        elif path == group_api.GROUP_PLAN:
            self._plan(group, body)
        group["present"] = sum(one["is_in"] for one in group["attendees"])
        return self.get()

    def _entry(self, item_id: str) -> AgendaEntry:
        if item_id == "discussion":
            return {**agenda_entry(item_id, item_id, None, None), "kind": "discussion"}  # type: ignore[return-value]
        for course in self._courses().values():
            for episode in course["episodes"]:
                if episode["item_id"] == item_id:
                    entry = agenda_entry(item_id, course["title"], episode["number"], episode["length_ms"])
                    entry["episode_title"] = episode["title"]
                    entry["course_id"] = course["id"]
                    return entry
        return agenda_entry(item_id, item_id, None, None)
