"""The frame of a picture in an article: beside text or alone, in which size, with which caption."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from tvclient.state.article_lines import Measure, Span, lines_of
from tvclient.state.article_look import Look
from tvclient.state.article_part import Part, PartKind

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


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture with what of its caption stands below it."""

    part: Part
    is_beside: bool
    caption: tuple[Span, ...]
    look: Look

    @property
    def caption_px(self) -> int:
        return len(self.caption) * self.look.caption.line_px

    @property
    def widest_px(self) -> int:
        return self.look.beside_px if self.is_beside else self.look.width_px

    def fitted(self, room_px: int) -> tuple[int, int]:
        """Width and height of the picture where it may be so high."""
        part = self.part
        scale = min(self.widest_px / part.width_px, max(1, room_px) / part.height_px, _LARGER_MOST)
        return max(1, int(part.width_px * scale)), max(1, int(part.height_px * scale))

    def least_px(self, page_px: int, has_body: bool) -> int:
        """How high it must be on a page so high that has anything but headings, or has not."""
        _, best_px = self.fitted(page_px - self.caption_px)
        return -(-best_px * (_BESIDE_PER_CENT if self.is_beside and has_body else _ALONE_PER_CENT) // 100)

    def left_px(self, width_px: int) -> int:
        """Where the picture begins, if it is so wide: on the right, or in the middle."""
        if not self.is_beside:
            return (self.look.width_px - width_px) // 2
        return self.look.width_px - (self.look.beside_px if self.caption else width_px)


def frames_of(parts: Sequence[Part], look: Look, measure: Measure) -> dict[int, Frame]:
    """The frames of all pictures by the numbers of their parts; `measure` is of letters of captions.

    A picture that no text follows has nothing to stand beside.
    """
    frames = {}
    for number, part in enumerate(parts):
        if part.kind is PartKind.PICTURE:
            following = parts[number + 1].kind if number + 1 < len(parts) else PartKind.PICTURE
            is_beside = following is not PartKind.PICTURE and part.width_px < _WIDE * part.height_px
            width_px = look.beside_px if is_beside else look.width_px
            caption = tuple(islice(lines_of(part.text, width_px, measure), _CAPTION_LINES + 1))
            frames[number] = Frame(part, is_beside, caption if len(caption) <= _CAPTION_LINES else (), look)
    return frames
