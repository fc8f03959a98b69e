"""A list of channels in M3U with its usual attributes, read line by line."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from agent.records.guide_words import key_of, shown
from study.address import fault_of
from study.units import ItemId

LINE_MAX = 64 * 1024
CHANNELS_MAX = 20_000
NUMBER_MAX = 9_999
"""Four digits can be dialled."""
_TITLE_MAX, _GROUP_MAX, _ID_MAX, _LOGO_MAX = 100, 60, 200, 1_000
_ATTRIBUTE = re.compile(r'(?<![A-Za-z0-9-])([A-Za-z][A-Za-z0-9-]{0,40})=(?:"([^"]*)"|([^\s",]+))')
_INFO, _GROUP, _TAG = "#EXTINF:", "#EXTGRP:", "#"
_ID_HEX = 12


class ChannelListError(ValueError):
    """What is no list of channels."""


@dataclass(frozen=True, slots=True)
class ListedChannel:
    """One channel of a list; what it does not say is empty."""

    channel_id: ItemId
    """"own-" with twelve hexadecimal digits, the same for as long as its tvg-id or its name is."""
    title: str
    address: str
    number: int | None
    xmltv_id: str
    guide_name: str
    """Its tvg-name."""
    group: str
    logo: str


@dataclass(slots=True)
class ReadList:
    """What a list told so far."""

    channels: list[ListedChannel]
    doubled: int = 0
    """Entries with the id and the address of an earlier one."""
    set_aside: int = 0
    """Entries without a usable address or name, and lines that are too long."""


def channels_in(pieces: Iterable[str]) -> ReadList:
    """Raises ChannelListError for what does not begin as a list or tells of too many channels.

    Taken are tvg-id, tvg-name, tvg-chno, tvg-logo, group-title and #EXTGRP. Left unread is all else,
    #EXTVLCOPT and #KODIPROP too: what they name are the player's own options, by which files could be
    written and programs loaded; none is needed for what fault_of() lets through.
    """
    held = ReadList([])
    lines = _lines(pieces, held)
    if not next(lines, "").lstrip("\ufeff").startswith("#EXTM3U"):
        raise ChannelListError("it does not begin with #EXTM3U")
    seen: set[tuple[str, str]] = set()
    times: Counter[str] = Counter()
    info, group = "", ""
    for line in lines:
        if line.startswith(_INFO):
            info, group = line.removeprefix(_INFO), ""
        elif line.startswith(_GROUP):
            group = line.removeprefix(_GROUP)
        elif line and not line.startswith(_TAG):
            _take(held, info, group, line, seen, times)
            info, group = "", ""
    return held


def _take(
    held: ReadList, info: str, group: str, address: str, seen: set[tuple[str, str]], times: Counter[str]
) -> None:
    told, title = _info_in(info)
    title = title or shown(told.get("tvg-name", ""), _TITLE_MAX)
    if not title or fault_of(address) is not None:
        held.set_aside += 1
        return
    xmltv_id = told.get("tvg-id", "").strip()[:_ID_MAX]
    key = f"{xmltv_id}\n{key_of(title)}"
    if (key, address) in seen:
        held.doubled += 1
        return
    if len(held.channels) == CHANNELS_MAX:
        raise ChannelListError(f"more than {CHANNELS_MAX} channels")
    seen.add((key, address))
    times[key] += 1
    held.channels.append(
        ListedChannel(
            channel_id=_channel_id(key, times[key]),
            title=title,
            address=address,
            number=_number_in(told.get("tvg-chno", "")),
            xmltv_id=xmltv_id,
            guide_name=shown(told.get("tvg-name", ""), _TITLE_MAX),
            group=shown(told.get("group-title", "") or group, _GROUP_MAX),
            logo=_logo_in(told.get("tvg-logo", "")),
        )
    )


def _info_in(info: str) -> tuple[dict[str, str], str]:
    """Attributes and title of an entry: the title follows the first comma that is in no attribute."""
    told: dict[str, str] = {}
    end = 0
    for found in _ATTRIBUTE.finditer(info):
        if "," in _outside_quotes(info[end : found.start()]):
            break
        told.setdefault(found[1].lower(), found[2] if found[2] is not None else found[3])
        end = found.end()
    return told, shown(info[end:].partition(",")[2], _TITLE_MAX)


def _outside_quotes(text: str) -> str:
    return "".join(text.split('"')[::2])


def _channel_id(key: str, time: int) -> ItemId:
    """Channels of one id and name with several addresses are told apart by their order."""
    told = key if time == 1 else f"{key}\n{time}"
    return ItemId(f"own-{sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:_ID_HEX]}")


def _number_in(text: str) -> int | None:
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(NUMBER_MAX)):
        return None
    return int(digits) or None


def _logo_in(text: str) -> str:
    is_web = text.startswith(("http://", "https://")) and len(text) <= _LOGO_MAX
    return text if is_web and fault_of(text) is None else ""


def _lines(pieces: Iterable[str], held: ReadList) -> Iterator[str]:
    """Stripped; a line that is too long is dropped unread."""
    rest, is_dropping = "", False
    for piece in pieces:
        *whole, rest = (rest + piece).replace("\r", "\n").split("\n")
        for line in whole:
            if is_dropping or len(line) > LINE_MAX:
                held.set_aside, is_dropping = held.set_aside + 1, False
            else:
                yield line.strip()
        if len(rest) > LINE_MAX:
            rest, is_dropping = "", True
    if not is_dropping:
        yield rest.strip()
