"""Tonight's group study: begun with the remote control, people at the television and on their phones."""

from collections.abc import Callable

from demo.browser import Browser
from demo.home_screen import HomeScreen
from demo.house import House
from demo.operator import Operator, Stopwatch
from demo.room import Person, Room
from demo.watched import Watched

COURSE, TITLE = "5", "发酵床养猪"
AT_TELEVISION, ON_PHONES = 3, 4
BEFORE_LEAVING_S, AFTER_LEAVING_S = 12, 8


class Together:
    """One group study of one course."""

    def __init__(self, operator: Operator, house: House, room: Room, tell: Callable[[str], None]) -> None:
        self._operator = operator
        self._house = house
        self._room = room
        self._tell = tell
        self.people = 0
        self.keys_to_begin = 0
        """From home on, without those that find the course."""

    def play(self) -> Watched:
        """From home to the summary and back; what was seen."""
        self._begin()
        phones = self._check_in()
        watch = self._study(phones)
        self._end()
        return Watched(TITLE, "vod", watch.total_ms, counts=True)

    def _begin(self) -> None:
        self._tell("集体学习：从课程页开始")
        operator = self._operator
        HomeScreen(operator, self._house).open_course(COURSE)
        before = operator.sent - 1
        operator.find("Right", "button:group", 4)
        operator.press("Return")
        operator.wait_for_screen("group_study")
        self.keys_to_begin = operator.sent - before

    def _check_in(self) -> dict[Person, Browser]:
        operator, people = self._operator, self._room.people
        self._tell(f"签到：{AT_TELEVISION} 人在电视上按卡号后六位")
        for one in people[:AT_TELEVISION]:
            operator.type(one.digits)
            operator.look_on(0.6)
        phones = {}
        if self._room.has_phones:
            self._tell(f"签到：{ON_PHONES} 人扫码用手机")
            with_phones = people[AT_TELEVISION : AT_TELEVISION + ON_PHONES]
            phones = {one: self._room.comes_by_phone(one) for one in with_phones}
        self.people = AT_TELEVISION + len(phones)
        operator.wait(lambda: self._room.going_on["present"] == self.people, "没有全部签到", 15)
        operator.look_on(2)
        operator.photograph("集体学习_签到")
        return phones

    def _study(self, phones: dict[Person, Browser]) -> Stopwatch:
        operator, watch = self._operator, Stopwatch()
        self._tell("一起看，有一人用手机先走")
        operator.press("Return")
        operator.wait_for_screen("player")
        operator.wait_until_moving()
        watch.runs()
        operator.look_on(4)
        operator.photograph("集体学习_播放")
        operator.look_on(BEFORE_LEAVING_S - 4)
        for phone in list(phones.values())[-1:]:
            phone.open("/leave/0")
            phone.send("/leave", {"slot": "0"})
        operator.look_on(AFTER_LEAVING_S)
        operator.press("End")
        watch.stands()
        operator.wait_for_screen("group_study")
        return watch

    def _end(self) -> None:
        operator = self._operator
        operator.find("Right", "button:end", 4)
        operator.press("Return")
        operator.look_on(0.5)
        operator.press("Down")
        operator.press("Return")
        operator.wait_for_screen("group_summary")
        operator.look_on(3)
        operator.photograph("集体学习_小结")
        operator.press("Home")
        operator.wait_for_screen("home")
