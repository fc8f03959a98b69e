"""The text of an article: a Markdown file becomes blocks, and nothing of it is ever passed on as it was."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from municipal.errors import RowError
from study.article_body import (
    BLOCKS_MAX,
    LEVELS,
    PICTURES_MAX,
    TEXT_MAX,
    Block,
    Heading,
    Paragraph,
    Picture,
    paragraph_of,
    pictures_of,
)
from study.plain_text import plain_line

TEXT_BYTES_MAX = 512 * 1024
"""A book of 170,000 Chinese characters."""

_DEEPEST = 12
"""Levels of lists in lists; the parser leaves out without a word what lies deeper than 20."""
_BULLET = "• "
_CELL_GAP = "\u3000"
_UNREAD_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
"""A picture that no Markdown program takes for one."""
_WIDE_FROM = "\u2e80"
"""From here on scripts are written without blanks between words."""

FindPicture = Callable[[str, str], Sequence[Picture]]
"""The picture that a text names, or the pieces of a long one, with its caption.

Raises RowError or MediaError.
"""


def blocks_in(text: str, title: str, find_picture: FindPicture) -> tuple[Block, ...]:
    """The blocks of a Markdown text, without a heading that only says the title again.

    HTML is text as any other. Raises RowError in words, and what `find_picture` raises.
    """
    # A new one each time: it is quickly made and keeps what it has met.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    if any(token.level >= _DEEPEST for token in tokens):
        raise RowError("正文的列表或引用套得太深，请改浅一些")
    named = sum(child.type == "image" for token in tokens for child in token.children or ())
    if named > PICTURES_MAX:
        # Told before the first of them is looked into.
        raise RowError(f"正文超过 {PICTURES_MAX} 张图片，请分成几篇")
    blocks = list(_Reading(tokens, find_picture).blocks())
    if blocks and blocks[0] == Heading(title, 1):
        del blocks[0]
    for block in blocks:
        if isinstance(block, Heading | Paragraph) and len(block.text) > TEXT_MAX:
            raise RowError(f"正文有一段超过 {TEXT_MAX} 字，请分段")
    if len(pictures_of(blocks)) > PICTURES_MAX:
        raise RowError(f"长图裁开以后，正文超过 {PICTURES_MAX} 张图片，请分成几篇")
    if len(blocks) > BLOCKS_MAX:
        raise RowError(f"正文超过 {BLOCKS_MAX} 段，请分成几篇")
    if not blocks:
        raise RowError("正文是空的")
    return tuple(blocks)


@dataclass(slots=True)
class _Reading:
    """One walk over the parser's tokens."""

    tokens: Sequence[Token]
    find_picture: FindPicture
    mark: str = ""
    """What the next paragraph begins with."""
    cells: list[str] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        for place, token in enumerate(self.tokens):
            if token.type == "list_item_open":
                # Of a numbered list its own number, as it stands in the file, be they in order or not.
                self.mark = f"{token.info}. " if token.info else _BULLET
            elif token.type == "inline":
                yield from self._inline(token, self.tokens[place - 1])
            elif token.type in ("fence", "code_block"):
                yield from _code(token.content)
            elif token.type == "tr_close":
                yield from _paragraph(_CELL_GAP.join(self.cells))
                self.cells.clear()

    def _inline(self, token: Token, opening: Token) -> Iterator[Block]:
        if opening.type in ("th_open", "td_open"):
            self.cells.append(plain_line("".join(_pieces(token.children or []))))
            return
        if opening.type == "heading_open":
            text = plain_line("".join(_pieces(token.children or [])))
            if text:
                yield Heading(text, min(LEVELS, int(opening.tag[1:])))
            return
        mark, self.mark = self.mark, ""
        held: list[Token] = []
        for child in token.children or []:
            if child.type != "image":
                held.append(child)
                continue
            yield from _paragraph("".join(_pieces(held)), mark)
            held, mark = [], ""
            source = str(child.attrs.get("src", ""))
            caption = str(child.attrs.get("title") or child.content)
            yield from self.find_picture(source, plain_line(caption))
        yield from _paragraph("".join(_pieces(held)), mark)


def _paragraph(text: str, mark: str = "") -> Iterator[Paragraph]:
    found = paragraph_of(text.strip())
    if found is None:
        return
    if unread := _UNREAD_PICTURE.search(found.text):
        raise RowError(f"图片“{unread[0][:60]}”认不出文件名（里面可能有空格），请改写成 ![说明](<文件名>)")
    yield Paragraph(mark + found.text)


def _code(text: str) -> Iterator[Paragraph]:
    if (found := paragraph_of(text)) is not None:
        yield found


def _pieces(children: Sequence[Token]) -> Iterator[str]:
    """The text of inline tokens; what only dresses it up is left out."""
    before = ""
    for place, child in enumerate(children):
        if child.type == "softbreak":
            after = next((other.content for other in children[place + 1 :] if other.content), "")
            piece = "" if before[-1:] >= _WIDE_FROM or after[:1] >= _WIDE_FROM else " "
        elif child.type == "hardbreak":
            piece = "\n"
        else:
            piece = child.content if child.type in ("text", "code_inline", "text_special", "image") else ""
        before = piece or before
        yield piece
