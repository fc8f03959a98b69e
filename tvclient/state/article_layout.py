"""The layout of an article: its parts are set into lines and pages, in order, with nothing lost or cut.

```
┌──────────────────────────────┐   ┌──────────────────────────────┐
│ 标题                          │   │  ┌────────────────────────┐  │
│ 　　文字文字文字文   ┌─────────┐ │   │  │      a wide picture    │  │
│ 文字文字文字文字     │ picture │ │   │  └────────────────────────┘  │
│ 文字文字文字文字     └─────────┘ │   │  caption                     │
│ 文字文字文字文字      caption    │   │ 　　文字文字文字文字文字文字文字文字  │
└──────────────────────────────┘   └──────────────────────────────┘
```
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from math import ceil

from tvclient.state.article_frame import Frame, frames_of
from tvclient.state.article_lines import AT_THE_EDGE, Indents, Measure, behind, line_from, lines_of
from tvclient.state.article_look import Look
from tvclient.state.article_page import Line, Page, PlacedPicture
from tvclient.state.article_part import Part, PartKind
from tvclient.theme import Type

MeasureIn = Callable[[Type, str], float]
"""The width in px of a piece of text in letters of a kind."""

_MARK = re.compile(r"• |[0-9]{1,3}\. ")
_TOGETHER_LINES = 2
"""A paragraph or what follows a heading begins with at least so many lines on one page."""
_LAST_LINES = 3
"""With fewer of them on the last page, the page before gives some of its own."""


def laid_out(parts: Sequence[Part], look: Look, measure: MeasureIn) -> tuple[Page, ...]:
    """At least one page, be it an empty one; the last one is no mere rest of a few lines if that can be."""
    frames = frames_of(parts, look, partial(measure, look.caption))
    pages = _Setting(parts, frames, look, measure).pages()
    for lines in range(1, _LAST_LINES + 1):
        if not _ends_short(pages):
            break
        lower_px = look.height_px - lines * look.text.line_px
        evener = _Setting(parts, frames, look, measure, len(pages) - 2, lower_px).pages()
        if len(evener) == len(pages) and not _ends_short(evener):
            return evener
    return pages


def _ends_short(pages: tuple[Page, ...]) -> bool:
    last = pages[-1]
    return len(pages) > 1 and not last.pictures and len(last.lines) < _LAST_LINES


@dataclass(slots=True)
class _Setting:
    """The page being filled, from the top down."""

    parts: Sequence[Part]
    frames: Mapping[int, Frame]
    look: Look
    measure: MeasureIn
    lower_page: int | None = None
    """A page that is not filled to its foot, counted from 0."""
    lower_px: int = 0
    done: list[Page] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)
    has_body: bool = False
    """Whether anything but titles and headings is on the page."""
    y_px: int = 0
    beside_left_px: int = 0
    """Text above `beside_bottom_px` ends here."""
    beside_bottom_px: int = 0

    def pages(self) -> tuple[Page, ...]:
        for number, part in enumerate(self.parts):
            if not self._is_fresh and not self._is_at_pictures_top:
                self.y_px += self.look.gap_before(part)
            if number in self.frames:
                self._add_picture(number, self.frames[number])
            else:
                self._add_part(number, part)
        if not self._is_fresh or not self.done:
            self._turn()
        return tuple(self.done)

    def _add_part(self, number: int, part: Part) -> None:
        if not self._has_room(self._least_px(number, part)):
            self._turn()
        self._add_text(number, self.look.role(part), self._indents(part))
        self.has_body = self.has_body or part.kind is PartKind.PARAGRAPH

    @property
    def _height_px(self) -> int:
        return self.lower_px if len(self.done) == self.lower_page else self.look.height_px

    @property
    def _width_px(self) -> int:
        """Of a line at the present height."""
        return self.beside_left_px if self.y_px < self.beside_bottom_px else self.look.width_px

    @property
    def _is_fresh(self) -> bool:
        return not self.lines and not self.pictures

    @property
    def _is_at_pictures_top(self) -> bool:
        return self.y_px < self.beside_bottom_px and self.y_px == self.pictures[-1].y_px

    def _turn(self) -> None:
        self.done.append(Page(tuple(self.lines), tuple(self.pictures)))
        self.lines, self.pictures, self.has_body = [], [], False
        self.y_px = self.beside_bottom_px = 0

    def _has_room(self, height_px: int) -> bool:
        return self._is_fresh or self.y_px + height_px <= self._height_px

    def _least_px(self, number: int, part: Part) -> int:
        """What of a part must find room below what is there, lest a new page is better."""
        role = self.look.role(part)
        lines = lines_of(part.text, self._width_px, self._measure(role), self._indents(part))
        if part.kind is PartKind.PARAGRAPH:
            return len(list(islice(lines, _TOGETHER_LINES))) * role.line_px
        own_px = len(list(lines)) * role.line_px
        if number + 1 == len(self.parts) or part.kind is not PartKind.HEADING:
            return min(own_px, self._height_px)
        following, frame = self.parts[number + 1], self.frames.get(number + 1)
        gap_px = self.look.gap_before(following)
        if frame is None:
            return own_px + gap_px + _TOGETHER_LINES * self.look.role(following).line_px
        return own_px + gap_px + frame.least_px(self._height_px, self.has_body) + frame.caption_px

    def _measure(self, role: Type) -> Measure:
        return partial(self.measure, role)

    def _indents(self, part: Part) -> Indents:
        """Two signs before a paragraph; what begins with a mark has its further lines behind the mark."""
        if part.kind is not PartKind.PARAGRAPH or part.text[:1].isspace():
            return AT_THE_EDGE
        if (mark := _MARK.match(part.text)) is not None:
            return 0, ceil(self.measure(self.look.text, mark[0]))
        return 2 * self.look.text.size_px, 0

    def _add_text(self, number: int, role: Type, indents: Indents = AT_THE_EDGE) -> None:
        text, start = self.parts[number].text, 0
        while start < len(text):
            if not self._has_room(role.line_px):
                self._turn()
            left_px = indents[start > 0]
            line = line_from(text, start, self._width_px - left_px, self._measure(role))
            if line[0] < line[1]:
                self._add_line(number, line, role, left_px, self.y_px)
                self.y_px += role.line_px
            start = behind(text, line)

    def _add_line(self, number: int, line: tuple[int, int], role: Type, x_px: int, y_px: int) -> None:
        start, end = line
        words = self.parts[number].text[start:end].rstrip()
        self.lines.append(Line(words, role, x_px, y_px, number, start, end))

    def _add_picture(self, number: int, frame: Frame) -> None:
        if self.beside_bottom_px:
            self.y_px = max(self.y_px, self.beside_bottom_px + self.look.gap_px)
        room_px = self._height_px - frame.caption_px - self.y_px
        width_px, height_px = frame.fitted(room_px)
        least_px = frame.least_px(self._height_px, self.has_body)
        if min(room_px, height_px) < least_px and not self._is_fresh:
            self._turn()
            width_px, height_px = frame.fitted(self._height_px - frame.caption_px)
        self.has_body = True
        x_px = frame.left_px(width_px)
        self.pictures.append(PlacedPicture(frame.part.url, x_px, self.y_px, width_px, height_px, number))
        bottom_px = self._add_caption(number, frame, self.y_px + height_px)
        if frame.is_beside:
            self.beside_left_px, self.beside_bottom_px = x_px - self.look.gap_px, bottom_px
        else:
            self.y_px = bottom_px
        if frame.part.text and not frame.caption:
            self.y_px = max(self.y_px, bottom_px)
            self._add_text(number, self.look.caption)

    def _add_caption(self, number: int, frame: Frame, top_px: int) -> int:
        """The caption below its picture; where it ends."""
        role = self.look.caption
        for start, end in frame.caption:
            own_px = ceil(self.measure(role, frame.part.text[start:end].rstrip()))
            left_px = frame.left_px(own_px)
            self._add_line(number, (start, end), role, max(0, left_px), top_px)
            top_px += role.line_px
        return top_px
