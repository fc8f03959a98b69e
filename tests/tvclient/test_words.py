"""Chinese is the source; another language is a file, and English lacks nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import polib
import pytest

from study.group.kind import WORDS as KIND_WORDS
from tvclient import words
from tvclient.playback.player_event import FailReason
from tvclient.screens.bar_words import WEEKDAYS
from tvclient.screens.category_words import DIALLING, HERE, ORDERS, TITLES
from tvclient.screens.home import TABS
from tvclient.screens.home_large import LARGE_DOORS
from tvclient.screens.player_card import REASONS
from tvclient.screens.tile_words import DONE, FROM_THE_AGENT, ON_AIR
from tvclient.screens.way_on import WayOn
from tvclient.state.group_state import VIA, Main
from tvclient.state.session_state import KINDS, WHY_NOT
from tvclient.state.track_names import SPOKEN, WRITTEN

SOURCES = Path(words.__file__).parent
ENGLISH = words.LOCALES / "en" / "LC_MESSAGES" / f"{words.DOMAIN}.po"
IN_KV = re.compile(r'\b_\(("(?:[^"\\]|\\.)*")\)')
CHINESE = re.compile("[一-鿿]")
STAYS_CHINESE = ("For 发酵床养猪",)
FROM_TABLES = {
    *WEEKDAYS,
    *DIALLING.values(),
    *TITLES.values(),
    HERE[1],
    *ORDERS.values(),
    *(text for _name, _icon, text in (*TABS, *LARGE_DOORS)),
    *(REASONS[reason] for reason in FailReason),
    DONE[1],
    ON_AIR[1],
    *FROM_THE_AGENT,
    *(way.value[1] for way in WayOn),
    *VIA.values(),
    *(main.value[1] for main in Main),
    *KINDS.values(),
    *KIND_WORDS.values(),
    *WHY_NOT.values(),
    *SPOKEN.values(),
    *WRITTEN.values(),
}
"""What is looked up by a name; the rest stands where it is said."""


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    words.speak("zh_CN")


def said() -> set[str]:
    """Every message that stands in the sources."""
    found = set(FROM_TABLES)
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    for file in SOURCES.rglob("*.kv"):
        found |= {ast.literal_eval(text) for text in IN_KV.findall(file.read_text(encoding="utf-8"))}
    return found


def test_a_language_without_a_file_stays_chinese() -> None:
    words.speak("xx")
    assert words._("播放") == "播放"


@pytest.mark.parametrize("content", [b"\xff\xfe", b'msgid "a"\nmsgid "b"\n', b'msgstr "x\n'])
def test_a_broken_file_stays_chinese(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "xx" / "LC_MESSAGES" / f"{words.DOMAIN}.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    monkeypatch.setattr(words, "LOCALES", tmp_path)
    words.speak("xx")
    assert words._("播放") == "播放"


def test_english_says_everything() -> None:
    words.speak("en")
    assert words._("播放") == "Play"
    missing = [message for message in said() if message.strip() and words._(message) == message]
    assert [message for message in missing if CHINESE.search(message)] == []


def test_english_has_the_same_places_to_fill_in_and_no_chinese() -> None:
    for entry in polib.pofile(str(ENGLISH)):
        assert _places(entry.msgid) == _places(entry.msgstr), entry.msgid
        left = CHINESE.search(entry.msgstr) and not entry.msgstr.startswith(STAYS_CHINESE)
        assert not left, entry.msgstr


def test_english_says_nothing_that_nobody_asks_for() -> None:
    marks = {"正在学习", "待上传", "已导出到U盘", "已上传", "市平台未收", "未计入", "已下载", "需联网"}
    assert {entry.msgid for entry in polib.pofile(str(ENGLISH))} - said() - marks == set()


def _places(text: str) -> list[tuple[str | None, str | None]]:
    return sorted(
        (name, how) for _text, name, how, _conversion in Formatter().parse(text) if name is not None
    )
