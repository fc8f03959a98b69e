"""Coming and going by phone: check-in of whoever finds themselves, check-out of who is on this phone."""

from agent.api.group_entries import shown_name
from agent.errors import DiskFullError, GroupError, RosterError, StoreError
from agent.page.finding import find
from agent.page.parts import PageParts
from agent.page.posted import Posted
from agent.page.tries import Tries
from agent.page.visits import Visit, Visits
from agent.stores.groups.group_log import Now, check_in, check_out
from agent.stores.roster.members import Members
from study.group.attendance import Via
from study.group.card import CardNumber

VISITORS_MAX = 200
"""Of one group study: whoever is in no roster is put into it, and a phone could do that all evening."""
NOT_FOUND = "没有找到，请核对后再试。输入卡号后 6 位没有找到的，请输入完整的学习卡号"
_FULL = "这部手机已经为 {} 个人签到，不能再加。请到电视前用学习卡号签到"
_ELSEWHERE = "这张卡已经签到"
_SECOND_MS = 1_000


class Attending:
    """Every call ends in words that the phone's next page tells."""

    def __init__(self, parts: PageParts, visits: Visits, by_visit: Tries, by_address: Tries) -> None:
        self._parts = parts
        self._visits = visits
        self._by_visit = by_visit
        self._by_address = by_address
        self._visitors: dict[int, int] = {}

    def come(self, visit: Visit, posted: Posted) -> None:
        """Somebody types a card, or a name with digits; or whoever is on this phone comes back."""
        try:
            if posted.slot is not None:
                self._come_back(visit, posted.slot)
            else:
                self._come_new(visit, posted)
        except (GroupError, RosterError, StoreError) as error:
            self._tell_fault(visit, error)

    def leave(self, visit: Visit, slot: int | None) -> None:
        """Whoever is on this phone leaves before the end."""
        member_id = _member(visit, slot)
        if member_id is None:
            return
        try:
            people = self._parts.roster.members_if_open()
            with self._parts.database.writing() as tables:
                check_out(tables, visit.group_id, member_id, Via.PHONE, self._now)
            visit.tell(f"{shown_name(people, member_id)}，已经签退，请慢走")
        except (GroupError, RosterError, StoreError) as error:
            self._tell_fault(visit, error)

    def _come_back(self, visit: Visit, slot: int) -> None:
        member_id = _member(visit, slot)
        if member_id is not None:
            self._check_in(visit, self._parts.roster.members_if_open(), member_id)

    def _come_new(self, visit: Visit, posted: Posted) -> None:
        now_ms = self._parts.clock.mono_ms()
        wait_ms = max(
            self._by_visit.wait_ms(visit.cookie, now_ms), self._by_address.wait_ms(visit.address, now_ms)
        )
        if wait_ms:
            seconds = -(-wait_ms // _SECOND_MS)
            visit.tell(f"输错的次数太多，请过 {seconds} 秒再试，或者到电视前签到", is_wrong=True)
            return
        # Before anything is looked up: a phone that is full learns nothing about anybody.
        if self._visits.is_full(visit):
            visit.tell(_FULL.format(self._parts.settings.people_per_phone), is_wrong=True)
            return
        people = self._parts.roster.members()
        found = find(people, posted)
        if found is None:
            self._note_wrong(visit)
            visit.tell(NOT_FOUND, is_wrong=True)
        elif isinstance(found, str):
            self._come_as_visitor(visit, found)
        else:
            self._check_in(visit, people, found.member_id)

    def _come_as_visitor(self, visit: Visit, card: CardNumber) -> None:
        known = self._visitors.get(visit.group_id, 0)
        if known >= VISITORS_MAX:
            visit.tell("请到电视前用学习卡号签到", is_wrong=True)
            return
        self._visitors = {visit.group_id: known + 1, **self._visitors_elsewhere(visit.group_id)}
        member = self._parts.roster.visitor(card)
        self._check_in(visit, self._parts.roster.members(), member.member_id)

    def _visitors_elsewhere(self, group_id: int) -> dict[int, int]:
        return {held: count for held, count in self._visitors.items() if held != group_id}

    def _check_in(self, visit: Visit, people: Members, member_id: int) -> None:
        was_here = member_id in visit.members
        if not self._visits.bring(visit, member_id):
            # Whoever tries numbers learns by this too.
            self._note_wrong(visit)
            visit.tell(_ELSEWHERE, is_wrong=True)
            return
        try:
            with self._parts.database.writing() as tables:
                is_new = check_in(tables, visit.group_id, member_id, Via.PHONE, self._now)
        except (GroupError, StoreError):
            if not was_here:
                self._visits.let_go(visit, member_id)
            raise
        visit.tell(f"{shown_name(people, member_id)}，{'签到成功' if is_new else '已经签到'}")

    def _note_wrong(self, visit: Visit) -> None:
        now_ms = self._parts.clock.mono_ms()
        self._by_visit.note_wrong(visit.cookie, now_ms)
        self._by_address.note_wrong(visit.address, now_ms)

    def _tell_fault(self, visit: Visit, error: GroupError | RosterError | StoreError) -> None:
        self._parts.heard(error)
        visit.tell(fault_words(error), is_wrong=True)

    @property
    def _now(self) -> Now:
        return Now(self._parts.clock.boot, self._parts.clock.mono_ms())


def fault_words(error: Exception) -> str:
    """What somebody with a phone should know of it; the rest is for the operator."""
    match error:
        case GroupError(code="not_open"):
            return "这场集体学习已经结束，不能再签到或签退"
        case GroupError(words=words):
            return words
        case RosterError():
            return "花名册暂时打不开，请到电视前签到"
        case DiskFullError():
            return "站里的机器存满了，没有签上，请告诉管理员"
        case _:
            return "没有签上，请稍等再试，或者到电视前签到"


def _member(visit: Visit, slot: int | None) -> int | None:
    members = tuple(visit.members)
    return members[slot] if slot is not None and slot < len(members) else None
