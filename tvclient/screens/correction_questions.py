"""Cards that ask how a group study that has ended is to be put right, and whether it is meant."""

from collections.abc import Callable
from functools import partial

from study.group_api import AttendeeEntry, GroupEntry
from tvclient.remote.key import Key
from tvclient.screens.group_cards import CLOSES, Answer, GroupCards, back_answer
from tvclient.state.day_words import day_and_time
from tvclient.state.durations import clock_text
from tvclient.state.plan_state import plan_words
from tvclient.state.presence_times import PresenceTimes
from tvclient.words import _

STEPS = {Key.LEFT: -1, Key.RIGHT: 1}


class CorrectionQuestions:
    """Nothing is put right before somebody said yes; Back leaves it as it is."""

    def __init__(self, cards: GroupCards) -> None:
        self._cards = cards
        self._times: PresenceTimes | None = None
        self._then: Callable[[PresenceTimes], None] = lambda _times: None

    def about_person(self, one: AttendeeEntry, times: Callable[[], None], strike: Callable[[], None]) -> None:
        """What was wrong about somebody's being there."""
        self._cards.ask(
            one["name"],
            _("现在记 {}").format(clock_text(one["person_ms"])),
            [
                back_answer(),
                Answer("clock", _("改到场和离场时间"), times),
                Answer("minus_circle", _("这个人没有来"), strike),
            ],
        )

    def whether(self, words: str, yes: Callable[[], None], *more: Answer) -> None:
        """What it was and what it will be; the last thing before it is done."""
        self._cards.ask(_("确认更正？"), words, [back_answer(), Answer("check", _("更正"), yes), *more])

    def about_times(
        self, one: AttendeeEntry, times: PresenceTimes, then: Callable[[PresenceTimes], None]
    ) -> None:
        """Left and right set the minutes of the answer that has the focus."""
        self._times, self._then = times, then
        self._cards.ask(
            _("{} 什么时候在？").format(one["name"]),
            _("现在记 {}，左右键改分钟").format(clock_text(one["person_ms"])),
            self._time_answers(times),
            otherwise=CLOSES,
        )

    def step(self, key: Key, focus_id: str | None) -> bool:
        """An arrow over the card of times; True if it was used."""
        step, times = STEPS.get(key), self._times
        if step is None or times is None or not self._cards.is_open:
            return False
        doings = {"card:0": times.came, "card:1": times.left}
        if focus_id in doings:
            self._times = doings[focus_id](step)
            self._cards.reword(self._time_answers(self._times))
        return True

    def which(self, groups: list[GroupEntry], then: Callable[[GroupEntry], None]) -> None:
        """Several have ended today."""
        answers = [Answer("group", group_words(group), partial(then, group)) for group in groups]
        self._cards.ask(_("更正哪一场？"), "", [*answers, back_answer()], otherwise=CLOSES)

    def _time_answers(self, times: PresenceTimes) -> list[Answer]:
        return [
            Answer("clock", f"◀ {times.came_words} ▶", partial(self._cards.go_to, 1), stays=True),
            Answer("clock", f"◀ {times.left_words} ▶", partial(self._cards.go_to, 2), stays=True),
            Answer("check", _("更正"), self._settle),
            Answer("back", _("返回"), self._forget),
        ]

    def _settle(self) -> None:
        times, self._times = self._times, None
        if times is not None:
            self._then(times)

    def _forget(self) -> None:
        self._times = None


def group_words(group: GroupEntry) -> str:
    """三会一课·秋收怎么办·今天 20:41."""
    heard = group["heard_utc_ms"]
    return "·".join(words for words in (plan_words(group), day_and_time(heard) if heard else "") if words)
