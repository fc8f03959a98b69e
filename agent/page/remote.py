"""A phone as remote control and keyboard: who may press, how often, and what."""

from agent.page.buckets import Buckets
from agent.page.parts import PageParts
from agent.page.posted import Posted
from agent.page.visits import Visit
from agent.stores.groups.group_log import present
from study.remote_api import KEYS, TEXT_MAX

AT_ONCE, PER_S = 12, 4
"""Presses of one phone: as fast as a thumb walks along a row."""
ALL_AT_ONCE, ALL_PER_S = 40, 12
"""Presses of all phones of a group study: forty thumbs must not make the television run wild."""
NOT_ALLOWED = "现在不能用手机遥控。要用，请先签到，再请主持人在电视上打开“手机遥控”"
TOO_QUICK = "按得太快了，请慢一点"
NO_TEXT = f"请输入文字，不超过 {TEXT_MAX} 个字"


class Remote:
    """Raises StoreError. Nothing that is pressed or typed is kept or logged."""

    def __init__(self, parts: PageParts) -> None:
        self._parts = parts
        self._by_visit = Buckets(AT_ONCE, PER_S)
        self._by_group = Buckets(ALL_AT_ONCE, ALL_PER_S)

    def may(self, visit: Visit) -> bool:
        """Whether somebody on this phone is in a group study that lets phones."""
        return self._screen(visit) is not None

    def press(self, visit: Visit, posted: Posted) -> bool:
        """One key, or a text; what stands against it is told by the phone's next page."""
        if posted.key not in KEYS and not posted.text:
            visit.tell(NO_TEXT, is_wrong=True)
            return False
        screen = self._screen(visit)
        if screen is None:
            visit.tell(NOT_ALLOWED, is_wrong=True)
            return False
        now_ms = self._parts.clock.mono_ms()
        group = str(visit.group_id)
        if not (self._by_visit.take(visit.cookie, now_ms) and self._by_group.take(group, now_ms)):
            visit.tell(TOO_QUICK, is_wrong=True)
            return False
        key = posted.key if posted.key in KEYS else ""
        text = "" if key else posted.text
        return self._parts.remote.put(screen, visit.group_id, key, text, now_ms)

    def _screen(self, visit: Visit) -> str | None:
        """The television that this phone may lead."""
        if not visit.members:
            return None
        with self._parts.database.reading() as tables:
            [group] = tables.query("SELECT screen, ended_ms FROM groups WHERE group_id = ?", [visit.group_id])
            if group["ended_ms"] is not None:
                return None
            screen = str(group["screen"])
            if not self._parts.remote.is_allowed(screen, visit.group_id):
                return None
            is_in = any(member_id in visit.members for member_id in present(tables, visit.group_id))
        return screen if is_in else None
