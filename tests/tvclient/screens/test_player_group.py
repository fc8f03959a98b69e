"""The film goes on while people come late, leave early and talk it over; build/pictures/strip keeps what is
seen."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ImageChops

from study import group_api
from tests.fakes.fake_agent import episode
from tests.fakes.fake_group import agenda_entry, attendee, group_entry
from tests.tvclient.screens.gallery import GOLD, Gallery, has, share_of
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import ROOT, RunningTelevision, Watching, wait_for
from tvclient.remote.rect import Rect
from tvclient.screens.player_group import POLLED_EVERY, SHOWN_S

GREEN, VERM_TEXT = (0x74, 0xD6, 0xA4), (0xFF, 0x9E, 0x86)
STRIP = Rect(96, 54, 700, 96)
BESIDE_MARK = Rect(300, 60, 300, 80)
INK0 = (0x0E, 0x12, 0x17)
FILM = (0, 110, 1280, 400)
"""Of the screen, px: where neither the strip nor the bar is."""
ASK_AFTER_MS = 3_000


@pytest.fixture
def agent(clip: Path) -> Iterator[PlayerAgent]:
    agent = PlayerAgent({"5.1": source(clip), "5.2": source(clip)})
    agent.course = {"id": "5", "episodes": [episode(5, n, f"题{n}", CLIP_MS) for n in (1, 2)]}
    people = [attendee(n, name) for n, name in enumerate(("李*芳", "王*明", "张*国"))]
    agent.group.open = group_entry(agenda_entry("5.1", "题", 1, CLIP_MS), people=people)
    with agent:
        yield agent


@pytest.fixture
def folder() -> Path:
    folder = ROOT / "build" / "pictures" / "strip"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def asked(agent: PlayerAgent, path: str) -> int:
    return agent.group.asked.count(path)


def is_dark(television: RunningTelevision, place: Rect) -> bool:
    """A panel lies there."""
    scale = 1280 / 1920
    box = [round(side * scale) for side in (place.x, place.y, place.right, place.bottom)]
    return share_of(television.picture().crop((box[0], box[1], box[2], box[3])), INK0) > 0.3


DRAWN_S = 0.5
"""The hole over the film is made smaller first, then drawn in."""


def moves(television: RunningTelevision) -> bool:
    before = television.picture()
    time.sleep(0.3)
    changed = ImageChops.difference(before, television.picture()).crop(FILM)
    return changed.getbbox() is not None


def test_the_strip_tells_steps_aside_and_comes_back_with_whoever_comes(
    agent: PlayerAgent, watching: Watching, folder: Path
) -> None:
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        wait_for(lambda: is_dark(television, STRIP))
        television.picture().save(folder / "strip.png")
        wait_for(lambda: not is_dark(television, BESIDE_MARK), within_s=SHOWN_S + 8)
        time.sleep(DRAWN_S)
        television.picture().save(folder / "mark.png")
        agent.group.come(9, "赵*兰")
        assert agent.group.open is not None
        agent.group.open["effective_ms"] = 2_520_000
        wait_for(lambda: is_dark(television, BESIDE_MARK), within_s=POLLED_EVERY + 3)
        wait_for(lambda: has(STRIP, GOLD, 0.002)(television.picture()))
        television.picture().save(folder / "came.png")
        wait_for(lambda: not is_dark(television, BESIDE_MARK), within_s=SHOWN_S + 8)
        television.press("Up")
        wait_for(lambda: is_dark(television, BESIDE_MARK), within_s=1)
        television.picture().save(folder / "with_bar.png")


def test_a_card_is_typed_while_the_film_plays_and_taken_back(
    agent: PlayerAgent, watching: Watching, folder: Path
) -> None:
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        wait_for(lambda: is_dark(television, STRIP))
        gallery = Gallery(television, folder)
        gallery.tap(*"107")
        television.picture().save(folder / "typing.png")
        gallery.tap(*"001")
        wait_for(lambda: asked(agent, group_api.GROUP_CHECK_INS) == 1)
        wait_for(lambda: has(STRIP, GREEN, 0.01)(television.picture()))
        assert moves(television)
        television.picture().save(folder / "checked_in.png")
        assert agent.group.open is not None
        assert agent.group.open["present"] == 4
        television.press("F5")
        wait_for(lambda: agent.group.open is not None and agent.group.open["present"] == 3)
        time.sleep(0.3)
        television.picture().save(folder / "undone.png")
        gallery.tap(*"999999")
        wait_for(lambda: has(STRIP, VERM_TEXT, 0.01)(television.picture()))
        television.picture().save(folder / "unknown.png")
        gallery.tap(*"6217000099990000000")
        television.picture().save(folder / "whole.png")
        gallery.tap("Return")
        wait_for(lambda: asked(agent, group_api.GROUP_CHECK_INS) == 3)
        assert moves(television)  # OK sent the number, and did not pause
        gallery.tap(*"108001")
        wait_for(lambda: television.lines()[-1].get("focus") == "card:0")
        time.sleep(0.3)
        television.picture().save(folder / "choose.png")
        assert moves(television)
        gallery.tap("Down", "Return")
        wait_for(lambda: agent.group.open is not None and agent.group.open["present"] == 5)
        assert television.screens()[-1] == "player"


def test_somebody_leaves_early_and_it_is_talked_over(
    agent: PlayerAgent, watching: Watching, folder: Path
) -> None:
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        wait_for(lambda: is_dark(television, STRIP))
        gallery = Gallery(television, folder)
        gallery.press("F1", "together:discuss", "Down", "leaving:0", "Right", "leaving:1")
        time.sleep(0.3)
        television.picture().save(folder / "menu.png")
        gallery.tap("Return")
        wait_for(lambda: asked(agent, group_api.GROUP_CHECK_OUTS) == 1)
        wait_for(lambda: agent.group.open is not None and agent.group.open["present"] == 2)
        time.sleep(0.5)
        television.picture().save(folder / "left_early.png")
        assert moves(television)
        gallery.tap("F1", "Return")
        wait_for(lambda: agent.group.open is not None and agent.group.open["discussing"])
        wait_for(lambda: not moves(television))
        time.sleep(2)
        television.picture().save(folder / "discussion.png")
        assert agent.group.open is not None
        assert agent.group.open["discussing"]
        television.press("Return")
        wait_for(lambda: agent.group.open is not None and not agent.group.open["discussing"], within_s=3)
        wait_for(lambda: moves(television))
        assert asked(agent, group_api.GROUP_DISCUSSION) == 2


def test_presence_is_asked_for_less_often_and_a_phones_check_in_is_an_answer(
    agent: PlayerAgent, watching: Watching, folder: Path
) -> None:
    with watching(agent, "5.1", ask_after_ms=ASK_AFTER_MS) as television:
        began = television.wait_for_picture()
        at = wait_for(lambda: television.lines()[-1].get("focus") == "card:first", within_s=20)
        assert at - began > ASK_AFTER_MS + 1_500
        agent.group.come(9, "赵*兰")
        wait_for(lambda: television.lines()[-1].get("focus") == "player:picture", within_s=POLLED_EVERY + 3)
        assert moves(television)


def test_digits_are_no_cards_where_nobody_studies_together(agent: PlayerAgent, watching: Watching) -> None:
    agent.group.open = None
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        television.press("1")
        time.sleep(1.5)
        assert agent.group.asked == []
        assert not is_dark(television, Rect(96, 54, 200, 64))
