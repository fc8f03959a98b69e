"""While keys of seeking are pressed, the real television shows where they lead over the real film."""

import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from study.thumbnails import COLUMNS, EVERY_MS, HEIGHT_PX, ROWS, WIDTH_PX
from tests.tvclient.screens.player_agent import CLIP_MS, PlayerAgent, source
from tests.tvclient.screens.running_television import INK0, RunningTelevision, Watching, wait_for
from tvclient.screens.player_bar import PLACE, TRACK
from tvclient.widgets.seek_panel import PAD, PICTURE_W, seek_panel_place

SHEET = "/media/pass/5-1.jpg"
NEAR = 12


@pytest.fixture
def agent(clip: Path) -> Iterator[PlayerAgent]:
    with PlayerAgent({"5.1": source(clip)}) as agent:
        yield agent


def _colour(place: int) -> tuple[int, int, int]:
    return (250 - 30 * place, 40 * place, 120)


def _sheet() -> bytes:
    image = Image.new("RGB", (COLUMNS * WIDTH_PX, ROWS * HEIGHT_PX))
    for place in range(CLIP_MS // EVERY_MS):
        image.paste(_colour(place), (place * WIDTH_PX, 0, (place + 1) * WIDTH_PX, HEIGHT_PX))
    file = BytesIO()
    image.save(file, "JPEG", quality=95)
    return file.getvalue()


def _told(agent: PlayerAgent) -> dict[str, Any]:
    size = {"columns": COLUMNS, "rows": ROWS, "width_px": WIDTH_PX, "height_px": HEIGHT_PX}
    return {"sheets": [agent.server.url + SHEET], "every_ms": EVERY_MS} | size


def _looks_like(television: RunningTelevision, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(television.pixel(x, y), colour, strict=True)) <= NEAR


def _inside(target_ms: int, pictured: bool) -> tuple[int, int]:
    """The panel's middle near its upper edge, above the figures; a second beside it is still inside."""
    place = seek_panel_place(target_ms / CLIP_MS, TRACK, PLACE, pictured)
    return place.x + place.w // 2, place.y + (2 * PAD if pictured else PAD)


def test_the_small_picture_of_the_target_comes_when_its_sheet_has_come(
    agent: PlayerAgent, watching: Watching
) -> None:
    agent.sources["5.1"]["thumbnails"] = _told(agent)
    agent.sheets[SHEET] = _sheet()
    agent.sheets_may_go = threading.Event()
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        television.press("Right")
        first = _inside(12_000, pictured=True)
        wait_for(lambda: not television.shows_picture_at(*first), within_s=1)
        television.press("Right")
        agent.sheets_may_go.set()
        second = _inside(22_000, pictured=True)
        wait_for(lambda: _looks_like(television, *second, _colour(2)), within_s=1)
        television.press("Right")
        third = _inside(32_000, pictured=True)
        wait_for(lambda: _looks_like(television, *third, _colour(3)), within_s=1)
        wait_for(lambda: television.shows_picture_at(*third) and _is_film(television, third), within_s=4)


def _is_film(television: RunningTelevision, at: tuple[int, int]) -> bool:
    return not _looks_like(television, *at, _colour(3))


def _time_stands_alone(television: RunningTelevision, target_ms: int) -> bool:
    """The panel is seen in the place of the time, the film in that of the small picture."""
    middle, top = _inside(target_ms, pictured=True)
    return _looks_like(television, *_inside(target_ms, pictured=False), INK0) and any(
        television.shows_picture_at(middle + x, top) for x in range(-PICTURE_W // 3, PICTURE_W // 3, 20)
    )


def test_without_small_pictures_the_time_stands_alone(agent: PlayerAgent, watching: Watching) -> None:
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        television.press("Right")
        wait_for(lambda: _time_stands_alone(television, 12_000), within_s=1)


def test_a_sheet_that_can_not_be_had_leaves_the_time(agent: PlayerAgent, watching: Watching) -> None:
    agent.sources["5.1"]["thumbnails"] = _told(agent)
    with watching(agent, "5.1") as television:
        television.wait_for_picture()
        television.press("Right")
        wait_for(lambda: _time_stands_alone(television, 12_000), within_s=1)
