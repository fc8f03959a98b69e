"""An article is read aloud on a real display with a real loudspeaker, page after page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.fakes.fake_agent import article_tile, row, running_agent
from tests.fakes.fake_articles import article, paragraph
from tests.tvclient.playback.sound_server import SoundServer, running
from tests.tvclient.television_rig import TelevisionRig, running_television
from tvclient.playback.sound import SoundOutput, SoundPlace

GOLD = (0xE9, 0xBC, 0x55)
RED = (0xFF, 0x9E, 0x86)
NOTICE = (210, 936, 1710, 980)
TITLE_X, TITLE_ROWS = 240, range(150, 300)
HEARD = 0.01
WORDS = ("好。", "不好。") * 12


@pytest.fixture
def loudspeaker(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with TemporaryDirectory(prefix="aloud-") as name, running(SoundServer(Path(name))) as server:
        for variable, value in server.environment.items():
            if variable != "HOME":
                monkeypatch.setenv(variable, value)
        yield server


@contextmanager
def read_aloud(folder: Path) -> Iterator[TelevisionRig]:
    """An article's first page, where up was just pressed."""
    with running_agent() as agent:
        agent.articles = {"7": article(7, "冬管", *(paragraph(words) for words in WORDS))}
        agent.home = {"rows": [row("articles", "最新图文", article_tile(7, "冬管"))]}
        with running_television(agent, folder) as television:
            first = "row:articles/article:7"
            television.wait(lambda: television.focus() == first, "the article on home")
            television.press("Return")
            television.wait(lambda: television.focus() == "page:1", "the first page")
            television.press("Up")
            yield television


def test_up_has_it_read_page_after_page_until_up_is_pressed_again(
    loudspeaker: SoundServer, tmp_path: Path
) -> None:
    with read_aloud(tmp_path) as television:
        television.wait(
            lambda: any(television.pixel(TITLE_X, y) == GOLD for y in TITLE_ROWS), "a stroke at the title"
        )
        assert max(abs(sample) for sample in loudspeaker.hear(1.0)) > HEARD
        television.wait(lambda: television.focus() != "page:1", "the next page by itself")
        focus = television.press("Up")["focus"]
        loudspeaker.hear(1.0)
        assert max(abs(sample) for sample in loudspeaker.hear(1.0)) < HEARD
        assert television.focus() == focus


def test_where_nothing_sounds_the_words_are_followed_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(variable, raising=False)
    if SoundPlace().choose() is not SoundOutput.NONE:
        pytest.skip("this machine has sound")
    with read_aloud(tmp_path) as television:
        television.wait(
            lambda: RED in {colour for _count, colour in television.picture().crop(NOTICE).getcolors(9_999)},
            "the words that say so",
        )
        television.wait(lambda: television.focus() != "page:1", "the next page by itself")
