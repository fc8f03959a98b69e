"""Looks at panels over a film on a television's screen, and keeps what it saw as PNG files."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from demo.display import FINGER_S
from tests.tvclient.screens.running_television import DESIGN_W, INK0, SIZE, RunningTelevision, wait_for
from tvclient.remote.rect import Rect
from tvclient.widgets.ask_card import PLACE as CARD

Colour = tuple[int, int, int]
SCALE = SIZE[0] / DESIGN_W
GOLD, PAPER, BLACK = (0xE9, 0xBC, 0x55), (0xFF, 0xF8, 0xE8), (0, 0, 0)
FIRST_BUTTON = (1330, 760)
INSIDE = 6
STRAY_SHARE = 0.001
"""Of the film, which has hardly anything as dark as a panel."""
GOLD_WORDS = 0.0005


@dataclass(frozen=True, slots=True)
class Gallery:
    """Looks at one television and keeps what it saw."""

    television: RunningTelevision
    folder: Path

    def keep(
        self,
        name: str,
        *panels: Rect,
        moves: bool = True,
        if_so: Callable[[Image.Image], bool] = lambda _: True,
        again: str = "",
    ) -> None:
        """Once the panels stand and all else moves, or stands too; nothing else is as dark as a panel.

        `again` is a key that brings them back when they went before it was so: they do after seconds.
        """
        last, been_there = self.television.picture(), False

        def is_so() -> bool:
            nonlocal last, been_there
            before, last = last, self.television.picture()
            is_there = any(_is_there(last, panel) for panel in panels)
            if again and been_there and not is_there:
                self.television.press(again)
            been_there = is_there
            others = [_without(one, panels) for one in (before, last)]
            moved = ImageChops.difference(*others).getbbox() is not None
            if not moves and share_of(others[1], BLACK) > STRAY_SHARE:
                return False  # where a panel was, a film that stands comes back a moment later
            stand = all(_stands(before, last, panel) for panel in panels)
            return stand and moved == moves and share_of(others[1], INK0) < STRAY_SHARE and if_so(last)

        try:
            wait_for(is_so)
        finally:
            last.save(self.folder / f"{name}.png")

    def keep_page(self, name: str, counted: bool) -> None:
        """A card over the page that is seen in place of a film, with its first button in focus; gold if
        it tells what counts."""
        gold = has(CARD, GOLD, GOLD_WORDS)
        wait_for(lambda: _near(self._pixel(*FIRST_BUTTON), PAPER) and self._pixel(960, 200) == INK0)
        wait_for(lambda: gold(self.television.picture()) == counted)
        self.television.picture().save(self.folder / f"{name}.png")

    def press(self, *keys_and_focus: str) -> None:
        """Keys, each followed by what has the focus after it; the next comes no quicker than a finger."""
        for key, focus in zip(keys_and_focus[::2], keys_and_focus[1::2], strict=True):
            self.television.press(key)
            wait_for(lambda focus=focus: self.television.focused() == focus)
            time.sleep(FINGER_S)

    def tap(self, *keys: str) -> None:
        """As quickly as fingers do it."""
        for key in keys:
            self.television.press(key)
            time.sleep(FINGER_S)

    def hide_bar(self, place: Rect) -> None:
        """If it has not gone by itself."""
        self.tap("Up")
        inside = (place.x + INSIDE, place.y + INSIDE)
        wait_for(lambda: self._pixel(*inside) == INK0)
        self.television.press("Escape")
        wait_for(lambda: self._pixel(*inside) != INK0)

    def _pixel(self, x: int, y: int) -> Colour:
        return self.television.pixel(x, y)


def box_px(place: Rect) -> tuple[int, int, int, int]:
    left, top, right, bottom = place.x, place.y, place.x + place.w, place.y + place.h
    return round(left * SCALE), round(top * SCALE), round(right * SCALE), round(bottom * SCALE)


def _without(picture: Image.Image, panels: tuple[Rect, ...]) -> Image.Image:
    film = picture.copy()
    for panel in panels:
        left, top, right, bottom = box_px(panel)
        ImageDraw.Draw(film).rectangle((left, top, right - 1, bottom - 1), PAPER)
    return film


def _stands(before: Image.Image, after: Image.Image, panel: Rect) -> bool:
    """It is there, up to its corners, and nothing in it changes."""
    here = [one.crop(box_px(panel)) for one in (before, after)]
    return _is_there(after, panel) and here[0].tobytes() == here[1].tobytes()


def _is_there(picture: Image.Image, panel: Rect) -> bool:
    """Up to its corners."""
    left, top, right, bottom = box_px(panel)
    corners = [(x, y) for x in (left + INSIDE, right - INSIDE) for y in (top + INSIDE, bottom - INSIDE)]
    return all(picture.getpixel(corner) == INK0 for corner in corners)


def _mask(picture: Image.Image, colour: Colour, loose: int = 0) -> Image.Image:
    """White where it is this colour."""
    bands = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return most.point(lambda value: 0 if value > loose else 255)


def share_of(picture: Image.Image, colour: Colour, loose: int = 0) -> float:
    mask = _mask(picture, colour, loose)
    return mask.histogram()[255] / (mask.width * mask.height)


def _near(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 4


def coloured(place: tuple[int, int], colour: Colour) -> Callable[[Image.Image], bool]:
    at = round(place[0] * SCALE), round(place[1] * SCALE)
    return lambda picture: _near(picture.getpixel(at), colour)  # type: ignore[arg-type]


def has(place: Rect, colour: Colour, share: float, loose: int = 0) -> Callable[[Image.Image], bool]:
    return lambda picture: share_of(picture.crop(box_px(place)), colour, loose) >= share


def dark_in(picture: Image.Image, place: Rect) -> Rect | None:
    """The rectangle, in design px, that everything as dark as a panel lies in."""
    found = _mask(picture.crop(box_px(place)), INK0).getbbox()
    if found is None:
        return None
    left, top, right, bottom = (round(edge / SCALE) for edge in found)
    return Rect(place.x + left, place.y + top, right - left, bottom - top)
