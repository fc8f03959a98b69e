"""The demo's articles, put beside its films: Markdown files with the drawings that they name."""

import re
import shutil
from pathlib import Path

from demo.artwork import render_poster
from demo.errors import DemoError

PICTURE_SIZE = (1280, 720)
FOLDER = "texts"
"""Of the Markdown files, below the tables and below the films."""

_PICTURE = re.compile(r"!\[[^\]]*\]\(([a-z_]+)\.png\)")


def put_articles(tables: Path, films: Path) -> list[Path]:
    """Copy every Markdown file; draw the posters they name, each once. Raises DemoError."""
    folder = films / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    put = []
    for file in sorted((tables / FOLDER).glob("*.md")):
        put.append(Path(shutil.copy(file, folder)))
        for poster in pictures_in(file):
            target = folder / f"{poster}.png"
            if not target.exists():
                render_poster(poster, PICTURE_SIZE).save(target)
    if not put:
        raise DemoError(f"演示目录 {tables / FOLDER} 里没有图文，请重新取一份代码。")
    return put


def pictures_in(file: Path) -> list[str]:
    """The names of the posters that an article shows, in order."""
    return _PICTURE.findall(file.read_text(encoding="utf-8"))
