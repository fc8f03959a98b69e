"""A bulletin as a page for browsers and for paper, readable without JavaScript and from a file."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from municipal.bulletin.sheets import Cell, Sheet, printed
from municipal.bulletin.text import NOTES, heading
from municipal.hours import SUM

_FOLDER = Path(__file__).with_name("templates")
_PAGES = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)


def as_page(month: str, sheets: tuple[Sheet, ...]) -> str:
    """HTML that asks for nothing else."""
    return _PAGES.get_template("bulletin.html").render(
        heading=heading(month),
        style=(_FOLDER / "bulletin.css").read_text(encoding="utf-8"),
        sheets=sheets,
        notes=NOTES,
        printed=printed,
        is_text=_is_text,
        sum_words=SUM,
    )


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str)
