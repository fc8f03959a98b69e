"""The demo's evening: what the operator does with the remote control, key by key."""

from collections.abc import Callable

from demo.home_screen import HomeScreen
from demo.house import BOX_STATION, House, activation_code
from demo.operator import Operator, Stopwatch
from demo.room import Room
from demo.together import Together
from demo.watched import Watched

DOWNLOADED_WITHIN_S = 60
DELIVERED_WITHIN_S = 60


class Evening:
    """One evening at the station; `tell` says each step aloud as it begins."""

    def __init__(self, operator: Operator, house: House, room: Room, tell: Callable[[str], None]) -> None:
        self._operator = operator
        self._house = house
        self._tell = tell
        self._home = HomeScreen(operator, house)
        self.together = Together(operator, house, room, tell)
        self.watched: list[Watched] = []
        self.waiting_while_down = 0

    def play(self) -> None:
        """Everything, from home to the last delivery, on an enrolled box."""
        self.browse()
        self.study_past_the_mark()
        self.leave_before_the_mark()
        self.watch_live()
        self.watched.append(self.together.play())
        self.study_while_the_city_is_down()
        self.look_at_the_record()

    def enrol(self) -> None:
        """On a box that is no station's yet; then home."""
        self._tell("登记：输入站点账号和激活码")
        operator = self._operator
        account, code = activation_code(BOX_STATION)
        operator.wait_for_screen("enrolment", 30)
        operator.type(account)
        operator.find("Down", "key:delete")
        operator.find("Right", "key:next")
        operator.press("Return")
        operator.type(code)
        operator.photograph("登记")
        operator.find("Down", "submit")
        operator.press("Return")
        operator.wait_for_screen("home", 30)
        operator.wait(self._stocked, "课程没有全部下载到本机", DOWNLOADED_WITHIN_S)
        operator.look_on(3)
        operator.press("Right")
        operator.photograph("首页")

    def wait_for_home_again(self) -> None:
        """After the television was switched off at home and on again."""
        self._operator.wait_for_screen_again("home", 30)
        self._operator.wait(lambda: self._operator.focus.startswith("row:"), "首页上没有课程", 30)

    def browse(self) -> None:
        self._tell("首页：上下左右看一遍")
        operator = self._operator
        operator.press("Right")
        operator.press("Left")
        operator.find("Down", "row:category")
        operator.look_on(0.7)
        operator.photograph("首页_分类")
        operator.find("Up", "row:monthly")

    def study_past_the_mark(self) -> None:
        self._tell("第一门课：看过 20%，暂停，快进，继续，退出")
        operator, watch = self._operator, Stopwatch()
        self._open_course("10", "课程")
        self._start(watch)
        operator.look_on(2)
        operator.photograph("播放_未计入")
        operator.look_on(18)
        operator.press("space")
        watch.stands()
        operator.look_on(1.5)
        operator.photograph("播放_暂停")
        operator.press("space")
        watch.runs()
        operator.look_on(2)
        operator.press("Right")
        operator.look_on(4)
        operator.press("Up")
        operator.look_on(0.5)
        operator.photograph("播放_已计入")
        self._leave(watch)
        self._saw("大球盖菇栽培技术", "vod", watch, counts=True)
        operator.look_on(1.5)
        operator.photograph("课程_已计入")
        self._back_home()

    def leave_before_the_mark(self) -> None:
        self._tell("第二门课：不到 20% 就退出")
        watch = Stopwatch()
        self._open_course("2", "")
        self._start(watch)
        self._operator.look_on(7)
        self._leave(watch)
        self._saw("政务礼仪", "vod", watch, counts=False)
        self._back_home()

    def watch_live(self) -> None:
        self._tell("看一会儿直播")
        operator, watch = self._operator, Stopwatch()
        self._home.find("live:L1")
        operator.press("Return")
        self._start(watch)
        operator.look_on(3)
        operator.photograph("直播")
        operator.look_on(9)
        self._leave(watch)
        self._saw("长城网直播课堂", "live", watch, counts=True)

    def study_while_the_city_is_down(self) -> None:
        self._tell("平台停掉，再看一门课")
        operator, watch = self._operator, Stopwatch()
        operator.wait(self._delivered, "前面的学习没有全部送达", DELIVERED_WITHIN_S)
        self._house.city.stop()
        operator.wait(lambda: not self._online(), "本机没有发现平台停了", 60)
        operator.look_on(6)
        operator.photograph("首页_离线")
        self._open_course("8", "")
        self._start(watch)
        operator.look_on(14)
        self._leave(watch)
        self._saw("蚕丝被制作工艺", "vod", watch, counts=True)
        operator.wait(lambda: self._waiting() > 0, "断网时的学习没有留在本机", 20)
        self.waiting_while_down = self._waiting()
        self._back_home()
        operator.look_on(6)
        operator.photograph("首页_离线_待上传")
        self._tell("平台恢复，等待送达")
        self._house.start_city()
        operator.wait(self._delivered, "平台恢复以后没有送达", DELIVERED_WITHIN_S)

    def look_at_the_record(self) -> None:
        self._tell("本站学时")
        operator = self._operator
        operator.press("Home")
        operator.find("Up", "tab:")
        operator.find("Right", "tab:record")
        operator.press("Return")
        operator.wait_for_screen("station_record")
        operator.look_on(3)
        operator.photograph("本站学时")
        self._back_home()
        operator.press("Home")
        operator.look_on(1)
        operator.photograph("首页_继续学习")

    def _open_course(self, course: str, picture: str) -> None:
        operator = self._operator
        self._home.open_course(course)
        if picture:
            operator.look_on(1)
            operator.photograph(picture)
        operator.press("Return")

    def _start(self, watch: Stopwatch) -> None:
        self._operator.wait_for_screen("player")
        self._operator.wait_until_moving()
        watch.runs()

    def _leave(self, watch: Stopwatch) -> None:
        """End key: out at once, whatever is shown."""
        self._operator.press("End")
        watch.stands()
        self._operator.wait(lambda: self._operator.screen != "player", "没有退出播放", 10)

    def _saw(self, title: str, kind: str, watch: Stopwatch, counts: bool) -> None:
        self.watched.append(Watched(title, kind, watch.total_ms, counts))

    def _back_home(self) -> None:
        self._operator.press("Escape")
        self._operator.wait_for_screen("home")

    def _waiting(self) -> int:
        return int(self._house.ask_agent("/v1/status")["waiting"])

    def _online(self) -> bool:
        return bool(self._house.ask_agent("/v1/status")["online"])

    def _delivered(self) -> bool:
        return self._waiting() == 0

    def _stocked(self) -> bool:
        tiles = [tile for row in self._home.rows() for tile in row["tiles"] if tile["kind"] == "vod"]
        return bool(tiles) and all(tile["on_box"] for tile in tiles)
