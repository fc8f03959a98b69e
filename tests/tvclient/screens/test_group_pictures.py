"""Group study in Chinese and English, at both heights; build/pictures/group keeps what is seen."""

import subprocess
import time
from pathlib import Path

import pytest

from tests.fakes.fake_agent import FakeAgent, running_agent
from tests.recorded_walk.evening import set_the_evening
from tests.tvclient.television_rig import TelevisionRig, running_television

FOLDER = Path(__file__).resolve().parents[3] / "build" / "pictures" / "group"
STANDS_S = 0.3
POLLED_S = 2.5
HEARD_UTC_MS = 1_795_260_720_000
PAGE = "http://192.168.100.120:8460/mGDvBaSzXn3JvHlTzqRzVw"
NAMES = "李*芳 王*明 张*国 刘*英 陈* 赵*兰 杨*军 孙*华 周*梅 吴*海 郑* 马*田 高*云 韩*山 冯*香 许*"
LONG_NAME = "买*提·艾*力江"
LONG_TITLE = "基层公共文化服务体系建设与乡村文化振兴的实践探索与思考汇编（上）"


class Album:
    """Keeps pictures of one television."""

    def __init__(self, rig: TelevisionRig, mark: str) -> None:
        self._rig = rig
        self._mark = mark

    def keep(self, name: str, *keys: str, rest_s: float = STANDS_S) -> None:
        """After these keys, once nothing changes any more; a picture has the paper of a focus."""
        if keys:
            self._rig.press(*keys)
        time.sleep(rest_s)
        picture = self._rig.picture()
        picture.save(FOLDER / f"{name}-{self._mark}.png")
        colours = picture.getcolors(picture.width * picture.height) or []
        assert any(colour == (0xFF, 0xF8, 0xE8) and count > 300 for count, colour in colours)

    def code_in(self, name: str) -> str:
        """What a phone reads in a picture."""
        file = FOLDER / f"{name}-{self._mark}.png"
        read = subprocess.run(
            ["zbarimg", "-q", "--raw", str(file)], capture_output=True, text=True, check=True
        )
        return read.stdout.strip()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", ["1920x1080", "1280x720"])
def test_an_evening_together_is_kept_in_pictures(language: str, size: str, tmp_path: Path) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    mark = f"{language}-{size.rpartition('x')[2]}"
    with running_agent() as agent:
        set_the_evening(agent, tmp_path)
        more = ("--language", language)
        with running_television(agent, tmp_path, size, f"{size}x24", more) as rig:
            rig.wait(lambda: str(rig.focus()).startswith("row:"), "the first courses")
            rig.press("Return")
            rig.wait_for_screen("course")
            album = Album(rig, mark)
            album.keep("01-course", "Right", "Right")
            rig.press("Return")
            rig.wait_for_screen("group_study")
            _check_in(album)
            _plan(album)
            _many(album, agent)
            _running(album, agent)
            assert rig.lines()[-1]["screen"] == "station_record"
            rig.press("Home")
            _trouble(album, rig, agent)


def _check_in(album: Album) -> None:
    album.keep("02-empty")
    album.keep("03-typing", "1", "0", "7")
    album.keep("04-first", "0", "0", "1")
    album.keep("05-already", *"107001")
    album.keep("06-unknown", *"999999")
    album.keep("07-whole", *"6217000099990000001")
    album.keep("08-mistyped", "Return")
    album.keep("09-visitor", "Escape", "0", "Return")
    album.keep("10-choose", *"108001")
    album.keep("11-chosen", "Down", "Return")
    album.keep("12-undone", "F5")


def _plan(album: Album) -> None:
    album.keep("30-pill", "Left", "Up", "Up", "Up", "Up")
    album.keep("31-plan", "Return")
    album.keep("32-kinds", "Left", "Up", "Up", "Up", "Up", "Return")
    album.keep("33-kind", "Down", "Return")
    album.keep("34-themes", "Down", "Return")
    album.keep("35-theme", "Down", "Down", "Return")
    album.keep("36-leaders", "Down", "Return")
    album.keep("37-member", "Return")
    album.keep("38-leader", *"107002", rest_s=0.8)
    album.keep("39-adding", "Right", "Down", "Down", "Down", "Return")
    album.keep("40-listing", "Return", rest_s=0.8)
    album.keep("41-course", "Return", "Return", rest_s=0.8)
    album.keep(
        "42-discussion", "Escape", "Escape", "Return", "Down", "Down", "Down", "Down", "Return", rest_s=1
    )
    album.keep("43-item", "Return")
    album.keep("44-checked_in", "Escape", "Escape", rest_s=POLLED_S)


def _many(album: Album, agent: FakeAgent) -> None:
    for number, name in enumerate([LONG_NAME, *NAMES.split()[::-1]]):
        agent.group.come(number + 100, name)
    album.keep("13-many", rest_s=POLLED_S)
    for number in range(300):
        agent.group.come(number + 200, NAMES.split()[number % 16])
    album.keep("14-three_hundred", rest_s=POLLED_S)
    album.keep("15-names", "Up", "Up", "Down")
    album.keep("16-leaves_early", "Return")
    album.keep("17-back", "Escape", "Right", "Escape")


def _running(album: Album, agent: FakeAgent) -> None:
    running = agent.group.open
    assert running is not None
    running["agenda"][0]["studied_ms"] = 30_000
    running["studied_ms"] = 30_000
    running["page"], running["network"] = PAGE, "埝坛学习站"
    album.keep("18-go_on", "Escape", rest_s=POLLED_S)
    assert album.code_in("18-go_on") == PAGE
    album.keep("18a-phones", "F1")
    album.keep("18b-phones_allowed", "Down", "Return", rest_s=POLLED_S)
    album.keep("18c-phones_off", "F1")
    album.keep("18d-closed", "Return")
    running["agenda"][0]["studied_ms"] = 59_000
    album.keep("19-discussion", "Right", "Return", rest_s=POLLED_S)
    album.keep("20-ending", "Right", "Return")
    running["agenda"][1]["studied_ms"] = 59_000
    running["studied_ms"] = running["effective_ms"] = 2_475_000
    album.keep("21-summary", "Down", "Return", rest_s=1.0)
    album.keep("21a-correction", "Right", "Right", "Return", rest_s=1.0)
    album.keep("21b-person", "Right", "Return")
    album.keep("21c-times", "Down", "Return", "Right", "Right", "Down", "Left")
    album.keep("21d-told", "Down", "Return", rest_s=0.8)
    album.keep("21e-strike", "Return", "Down", "Down", "Return")
    album.keep("21f-plan", "Escape", "Left", "Up", "Up", "Up", "Return", "Down", "Return")
    album.keep("21g-corrected", "Down", "Return", rest_s=0.8)
    album.keep("21h-summary", "Escape", rest_s=0.8)
    album.keep("22-hours", "Right", "Return", rest_s=1.0)


def _trouble(album: Album, rig: TelevisionRig, agent: FakeAgent) -> None:
    agent.courses["1"]["title"] = LONG_TITLE
    agent.group.refusal = (507, {"code": "disk_full", "words": "磁盘已满，集体学习记不下来。请找管理员。"})
    rig.press("Return")
    rig.wait_for_screen("course")
    time.sleep(STANDS_S)
    album.keep("23-disk_full", "Right", "Right", "Return", rest_s=1.0)
    agent.group.refusal = None
    rig.press("Return")
    rig.wait_for_screen("course")
    album.keep("24-long_title", "Return", rest_s=1.0)
    agent.down = True
    album.keep("25-agent_away", *"107002", rest_s=POLLED_S)
    agent.down = False
    assert agent.group.open is not None
    agent.group.open["goes_on_from_earlier"] = True
    agent.group.open["heard_utc_ms"] = HEARD_UTC_MS
    rig.press("Home", "Home", "Return")
    rig.wait_for_screen("course")
    time.sleep(STANDS_S)
    album.keep("26-earlier", "Right", "Right", "Return", rest_s=1.0)
    album.keep("27-nothing_counted", "Down", "Return", rest_s=1.0)
