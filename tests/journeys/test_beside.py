"""What a course has beside its film goes from the city's table to the player, with and without the city."""

import io
import time
from typing import Any

import requests
from PIL import Image

from demo.house import House
from study.thumbnails import COLUMNS, HEIGHT_PX, ROWS, WIDTH_PX
from tests.journeys.conftest import LINE, SUBTITLES

STOCKED_WITHIN_S = 60
WHOLE_SHELF = [".jpg", ".jpg", ".mp4", ".mp4", ".srt"]


def stocked_source(house: House, item_id: str) -> dict[str, Any]:
    """Where the player finds an item, once the box has all of it."""
    end = time.monotonic() + STOCKED_WITHIN_S
    while True:
        held = sorted(file.suffix for file in (house.folder / "box" / "shelf").iterdir())
        if held == WHOLE_SHELF:
            return dict(house.ask_agent(f"/v1/items/{item_id}/source"))
        assert time.monotonic() < end, f"the courses did not come onto the box, which has {held}"
        time.sleep(0.2)


def test_subtitles_and_thumbnails_reach_the_player_and_stay_without_the_city(house: House) -> None:
    before = stocked_source(house, "2.1")
    house.city.stop()
    after = house.ask_agent("/v1/items/2.1/source")
    assert after == before

    [subtitles] = after["subtitles"]
    assert (subtitles["language"], subtitles["name"]) == ("zh", "中文")
    assert requests.get(subtitles["url"], timeout=10).content.decode("utf-8") == SUBTITLES
    [sheet] = after["thumbnails"]["sheets"]
    with Image.open(io.BytesIO(requests.get(sheet, timeout=10).content)) as picture:
        assert picture.size == (COLUMNS * WIDTH_PX, ROWS * HEIGHT_PX)
        # Three pictures of a film of 30 s, then nothing.
        lit = [sum(picture.getpixel((n * WIDTH_PX + WIDTH_PX // 2, 60))) > 60 for n in range(5)]
    assert lit == [True, True, True, False, False]


def test_a_channel_of_the_local_line_needs_no_city(house: House) -> None:
    stocked_source(house, "2.1")
    house.city.stop()
    source = house.ask_agent("/v1/items/L2/source")
    assert (source["url"], source["kind"], source["title"]) == (LINE, "live", "本地线路")
