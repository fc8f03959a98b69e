"""XMLTV, read as it comes: channels and programmes one by one, nothing kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from agent.records.guide_words import shown
from agent.records.xmltv_time import utc_ms_in

ID_MAX = 200
_TITLE_MAX, _ABOUT_MAX, _NAME_MAX = 200, 500, 100
_NAMES_MAX = 20
_SILENT_MAX = 4 * 1024 * 1024
"""So many characters in which no element begins or ends are no guide; expat would hold all of them."""
_DEPTH_MAX = 50
_KEPT_OF_TEXT = 4
"""Times what is shown: of a text without end the rest is not even kept."""
_CHINESE = "zh"


class XmltvError(ValueError):
    """What is no XMLTV, ends in the middle, or is made to do harm."""


@dataclass(frozen=True, slots=True)
class ToldChannel:
    """A channel as a guide calls it."""

    xmltv_id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldProgramme:
    """A programme as it is told; `stop_ms` is None where the guide does not say, or says no time."""

    xmltv_id: str
    start_ms: int
    stop_ms: int | None
    title: str
    about: str


Told = ToldChannel | ToldProgramme


def told_in(pieces: Iterable[str]) -> Iterator[Told]:
    """What a guide tells, in its order. Raises XmltvError, after what came before the fault.

    A programme without channel, readable start or title is left out.
    """
    reader = _Reader()
    silent = 0
    for piece in pieces:
        silent = 0 if reader.takes(piece) else silent + len(piece)
        if silent > _SILENT_MAX:
            raise XmltvError("millions of characters without an element")
        yield from reader.found
        reader.found.clear()
    reader.end()
    yield from reader.found


class _Reader:
    """Feeds expat. Entities are refused, external ones never fetched: so a few bytes stay a few bytes."""

    def __init__(self) -> None:
        self.found: list[Told] = []
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._says
        parser.EntityDeclHandler = _refuse_entity
        parser.UnparsedEntityDeclHandler = _refuse_entity
        self._path: list[str] = []
        self._moved = False
        self._attributes: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._names: list[str] = []
        self._text: list[str] | None = None
        self._room = 0
        self._language = ""
        self._is_xmltv = False

    def takes(self, piece: str) -> bool:
        """Whether an element began or ended in it."""
        self._moved = False
        self._feed(piece, is_last=False)
        return self._moved

    def end(self) -> None:
        """The guide must be whole by now."""
        self._feed("", is_last=True)
        if not self._is_xmltv:
            raise XmltvError("no <tv> element")

    def _feed(self, piece: str, *, is_last: bool) -> None:
        try:
            self._parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise XmltvError(str(error)) from error

    def _starts(self, name: str, attributes: dict[str, str]) -> None:
        self._moved = True
        self._path.append(name)
        depth = len(self._path)
        if depth == 1:
            self._is_xmltv = name == "tv"
        elif depth == 2:
            self._attributes, self._texts, self._names = attributes, {}, []
        elif depth == 3 and name in _WANTED.get(self._path[1], ()):
            self._text, self._room = [], _ABOUT_MAX * _KEPT_OF_TEXT
            self._language = attributes.get("lang", "")
        elif depth > _DEPTH_MAX:
            raise XmltvError("elements within elements without end")

    def _says(self, text: str) -> None:
        if self._text is not None and self._room > 0:
            self._text.append(text[: self._room])
            self._room -= len(text)

    def _ends(self, name: str) -> None:
        self._moved = True
        depth = len(self._path)
        self._path.pop()
        if depth == 3 and self._text is not None:
            self._keep(name, "".join(self._text))
            self._text = None
        elif depth == 2 and self._is_xmltv:
            self._tell(name)

    def _keep(self, name: str, text: str) -> None:
        if name == "display-name":
            if len(self._names) < _NAMES_MAX:
                self._names.append(shown(text, _NAME_MAX))
        elif name not in self._texts or self._language.startswith(_CHINESE):
            self._texts[name] = text

    def _tell(self, name: str) -> None:
        told = self._attributes
        if name == "channel" and (xmltv_id := _id_in(told.get("id", ""))):
            self.found.append(ToldChannel(xmltv_id, tuple(filter(None, self._names))))
        elif name == "programme" and (xmltv_id := _id_in(told.get("channel", ""))):
            start_ms = utc_ms_in(told.get("start", ""))
            title = shown(self._texts.get("title", ""), _TITLE_MAX)
            if start_ms is not None and title:
                about = shown(self._texts.get("desc") or self._texts.get("sub-title", ""), _ABOUT_MAX)
                stop_ms = utc_ms_in(told.get("stop", ""))
                self.found.append(ToldProgramme(xmltv_id, start_ms, stop_ms, title, about))


_WANTED = {"channel": ("display-name",), "programme": ("title", "sub-title", "desc")}


def _id_in(text: str) -> str:
    return text.strip() if len(text) <= ID_MAX else ""


def _refuse_entity(*_: Any) -> None:
    raise XmltvError("it defines entities")
