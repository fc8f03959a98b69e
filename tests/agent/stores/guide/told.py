"""Guides and lists as a test tells them."""

from collections.abc import Iterable

from agent.records.xmltv import Told, ToldChannel, ToldProgramme
from agent.stores.guide.guide_form import Window
from study.anchor import from_utc_ms
from study.units import HOUR_MS, MINUTE_MS

SEVEN_MS = 1_795_345_200_000
"""2026-11-22, 19:00 in Shanghai."""
WINDOW = Window(SEVEN_MS - 43 * HOUR_MS, SEVEN_MS + 15 * 24 * HOUR_MS)


def programme(start_min: int, stop_min: int | None, title: str, xmltv_id: str = "c1") -> ToldProgramme:
    """On the channel, so many minutes after seven."""
    stop_ms = None if stop_min is None else SEVEN_MS + stop_min * MINUTE_MS
    return ToldProgramme(xmltv_id, SEVEN_MS + start_min * MINUTE_MS, stop_ms, title, "")


def channel(xmltv_id: str, *names: str) -> ToldChannel:
    return ToldChannel(xmltv_id, names)


def xmltv(told: Iterable[Told]) -> str:
    """The same as a file has it."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<tv>", *map(_element, told), "</tv>"])


def _element(told: Told) -> str:
    if isinstance(told, ToldChannel):
        names = "".join(f"<display-name>{name}</display-name>" for name in told.names)
        return f'<channel id="{told.xmltv_id}">{names}</channel>'
    stop = "" if told.stop_ms is None else f'stop="{_time(told.stop_ms)}" '
    return (
        f'<programme start="{_time(told.start_ms)}" {stop}channel="{told.xmltv_id}">'
        f"<title>{told.title}</title><desc>{told.about}</desc></programme>"
    )


def _time(utc_ms: int) -> str:
    return f"{from_utc_ms(utc_ms):%Y%m%d%H%M%S} +0000"
