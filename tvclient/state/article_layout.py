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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from math import ceil

from tvclient.state.article_look import Look
from tvclient.state.article_page import Line, Page, PlacedPicture
from tvclient.state.article_part import Part, PartKind
from tvclient.theme import Type
from tvclient.widgets.line_break import line_end

MeasureIn = Callable[[Type, str], float]
"""The width in px of a piece of text in letters of a kind."""

Indents = tuple[int, int]
"""Px before the first line of a text, with those before each further one."""

_AT_THE_EDGE: Indents = (0, 0)
_MARK = re.compile(r"• |[0-9]{1,3}\. ")
_WIDE = 2.0
"""A picture wider than this, by its height, stands by itself."""
_LARGER_MOST = 2
"""No picture is shown larger than so many times its own size: it would only be blurred."""
_ALONE_PER_CENT, _BESIDE_PER_CENT = 60, 90
"""A picture goes to the next page rather than be made smaller than this by what is above it.

One that stands beside text does so sooner, unless only headings are above it, which would be left alone.
"""
_CAPTION_LINES = 3
"""A longer caption is text that follows the picture."""
_TOGETHER_LINES = 2
"""A paragraph or what follows a heading begins with at least so many lines on one page."""
_LAST_LINES = 3
"""With fewer of them on the last page, the page before gives some of its own."""


def laid_out(parts: Sequence[Part], look: Look, measure: MeasureIn) -> tuple[Page, ...]:
    """At least one page, be it an empty one; the last one is no mere rest of a few lines if that can be."""
    pages = _set(parts, _Setting(look, measure))
    for lines in range(1, _LAST_LINES + 1):
        if not _ends_short(pages):
            break
        lower_px = look.height_px - lines * look.text.line_px
        evener = _set(parts, _Setting(look, measure, lower_page=len(pages) - 2, lower_px=lower_px))
        if len(evener) == len(pages) and not _ends_short(evener):
            return evener
    return pages


def _ends_short(pages: tuple[Page, ...]) -> bool:
    last = pages[-1]
    return len(pages) > 1 and not last.pictures and len(last.lines) < _LAST_LINES


def _set(parts: Sequence[Part], setting: "_Setting") -> tuple[Page, ...]:
    for number, part in enumerate(parts):
        following = parts[number + 1] if number + 1 < len(parts) else None
        setting.add(number, part, following)
    return setting.pages()


@dataclass(slots=True)
class _Setting:
    """The page being filled, from the top down."""

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
        if not self._is_fresh or not self.done:
            self._turn()
        return tuple(self.done)

    def add(self, number: int, part: Part, following: Part | None) -> None:
        if not self._is_fresh and not self._is_at_pictures_top:
            self.y_px += self.look.gap_before(part)
        if part.kind is PartKind.PICTURE:
            self._add_picture(number, part)
            return
        if not self._has_room(self._least_px(part, following)):
            self._turn()
        self._add_text(number, part.text, self.look.role(part), self._indents(part))
        self.has_body = self.has_body or part.kind is PartKind.PARAGRAPH

    @property
    def _height_px(self) -> int:
        return self.lower_px if len(self.done) == self.lower_page else self.look.height_px

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

    def _least_px(self, part: Part, following: Part | None) -> int:
        """What of a part must find room below what is there, lest a new page is better."""
        role = self.look.role(part)
        lines = self._broken(part.text, role, self._width_px(), self._indents(part))
        if part.kind is PartKind.PARAGRAPH:
            return len(list(islice(lines, _TOGETHER_LINES))) * role.line_px
        own_px = len(list(lines)) * role.line_px
        if following is None or part.kind is not PartKind.HEADING:
            return min(own_px, self._height_px)
        gap_px = self.look.gap_before(following)
        if following.kind is not PartKind.PICTURE:
            return own_px + gap_px + _TOGETHER_LINES * self.look.role(following).line_px
        _, best_px = self._fitted(following, self._height_px - self._caption_px(following))
        return own_px + gap_px + self._least_picture_px(following, best_px) + self._caption_px(following)

    def _width_px(self) -> int:
        """Of a line at the present height."""
        return self.beside_left_px if self.y_px < self.beside_bottom_px else self.look.width_px

    def _indents(self, part: Part) -> Indents:
        """Two signs before a paragraph; what begins with a mark has its further lines behind the mark."""
        if part.kind is not PartKind.PARAGRAPH or part.text[:1].isspace():
            return _AT_THE_EDGE
        if (mark := _MARK.match(part.text)) is not None:
            return 0, ceil(self.measure(self.look.text, mark[0]))
        return 2 * self.look.text.size_px, 0

    def _add_text(self, number: int, text: str, role: Type, indents: Indents = _AT_THE_EDGE) -> None:
        start = 0
        while start < len(text):
            if not self._has_room(role.line_px):
                self._turn()
            left_px = indents[start > 0]
            start, end = self._next_line(text, start, role, self._width_px() - left_px)
            if start < end:
                words = text[start:end].rstrip()
                self.lines.append(Line(words, role, left_px, self.y_px, number, start, end))
                self.y_px += role.line_px
            start = end + 1 if text[end : end + 1] == "\n" else end

    def _next_line(self, text: str, start: int, role: Type, width_px: int) -> tuple[int, int]:
        """First character and end of the line that begins at `start`; blanks that end a line are its own."""
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if start == stop:
            return start, start
        end = start + line_end(text[start:stop], width_px, partial(self.measure, role))
        while end < stop and text[end].isspace():
            end += 1
        return start, end

    def _broken(self, text: str, role: Type, width_px: int, indents: Indents) -> Iterator[tuple[int, int]]:
        """The lines that a text takes in one width."""
        start = 0
        while start < len(text):
            line = self._next_line(text, start, role, width_px - indents[start > 0])
            yield line
            start = line[1] + 1 if text[line[1] : line[1] + 1] == "\n" else line[1]

    def _add_picture(self, number: int, part: Part) -> None:
        self.y_px = max(self.y_px, self.beside_bottom_px + self.look.gap_px if self.beside_bottom_px else 0)
        caption_px = self._caption_px(part)
        _, best_px = self._fitted(part, self._height_px - caption_px)
        room_px = self._height_px - caption_px - self.y_px
        width_px, height_px = self._fitted(part, room_px)
        if min(room_px, height_px) < self._least_picture_px(part, best_px) and not self._is_fresh:
            self._turn()
            width_px, height_px = self._fitted(part, self._height_px - caption_px)
        is_beside = self._is_beside(part)
        free_px = self.look.width_px - (self._column_px(part, width_px) if is_beside else width_px)
        x_px = free_px if is_beside else free_px // 2
        self.has_body = True
        self.pictures.append(PlacedPicture(part.url, x_px, self.y_px, width_px, height_px, number))
        bottom_px = self.y_px + height_px
        if caption_px:
            bottom_px = self._add_caption(number, part, bottom_px)
        if is_beside:
            self.beside_left_px = self.look.width_px - self._column_px(part, width_px) - self.look.gap_px
            self.beside_bottom_px = bottom_px
        else:
            self.y_px = bottom_px
        if part.text and not caption_px:
            self.y_px = max(self.y_px, bottom_px)
            self._add_text(number, part.text, self.look.caption)

    def _least_picture_px(self, part: Part, best_px: int) -> int:
        may_wait = self._is_beside(part) and self.has_body
        return -(-best_px * (_BESIDE_PER_CENT if may_wait else _ALONE_PER_CENT) // 100)

    def _is_beside(self, part: Part) -> bool:
        return part.width_px < _WIDE * part.height_px

    def _fitted(self, part: Part, room_px: int) -> tuple[int, int]:
        """Width and height of a picture that may be so high."""
        widest_px = self.look.beside_px if self._is_beside(part) else self.look.width_px
        scale = min(widest_px / part.width_px, max(1, room_px) / part.height_px, _LARGER_MOST)
        return max(1, int(part.width_px * scale)), max(1, int(part.height_px * scale))

    def _column_px(self, part: Part, width_px: int) -> int:
        """What a picture beside text takes with its caption."""
        return self.look.beside_px if self._caption_px(part) else width_px

    def _caption_lines(self, part: Part) -> list[tuple[int, int]]:
        width_px = self.look.beside_px if self._is_beside(part) else self.look.width_px
        lines: list[tuple[int, int]] = []
        for line in self._broken(part.text, self.look.caption, width_px, _AT_THE_EDGE):
            lines.append(line)
            if len(lines) > _CAPTION_LINES:
                return []
        return lines

    def _caption_px(self, part: Part) -> int:
        return len(self._caption_lines(part)) * self.look.caption.line_px

    def _add_caption(self, number: int, part: Part, top_px: int) -> int:
        """The caption below its picture; where it ends."""
        role, is_beside = self.look.caption, self._is_beside(part)
        for start, end in self._caption_lines(part):
            words = part.text[start:end].rstrip()
            space_px = self.look.width_px - ceil(self.measure(role, words))
            left_px = self.look.width_px - self.look.beside_px if is_beside else space_px // 2
            self.lines.append(Line(words, role, max(0, left_px), top_px, number, start, end))
            top_px += role.line_px
        return top_px
