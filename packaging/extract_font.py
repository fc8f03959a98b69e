"""Takes the mainland Chinese face out of Debian's Noto Sans CJK collections into build/fonts.

Kivy opens a font file without a face index, and face 0 of the collections has Japanese glyph forms.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTCollection, TTLibError

SC_FACE = 2
FAMILY = "Noto Sans CJK SC"
FAMILY_NAME_ID = 1
SOURCE_FOLDER = Path("/usr/share/fonts/opentype/noto")
WEIGHTS = ("Regular", "Bold")


class FontMissingError(Exception):
    """No mainland Chinese face where Debian's fonts-noto-cjk puts it; the message is for a person."""


def target_name(weight: str) -> str:
    return f"NotoSansSC-{weight}.otf"


def extract(source: Path, target: Path) -> None:
    """Writes the SC face of the collection `source` to `target`; raises FontMissingError."""
    if not source.is_file():
        raise FontMissingError(
            f"找不到中文字体 {source}，没有它屏幕上的汉字会变成方块。"
            "请安装软件包 fonts-noto-cjk 后再运行一次。"
        )
    try:
        face = TTCollection(str(source), lazy=True).fonts[SC_FACE]
        family = face["name"].getDebugName(FAMILY_NAME_ID)
    except (TTLibError, IndexError, KeyError) as error:
        raise FontMissingError(
            f"字体文件 {source} 读不出来（{error}）。请重新安装软件包 fonts-noto-cjk 后再运行一次。"
        ) from error
    if not family.startswith(FAMILY):
        raise FontMissingError(
            f"字体文件 {source} 的第 {SC_FACE} 个字面是“{family}”，不是大陆字形“{FAMILY}”。"
            "请安装 Debian 12 的软件包 fonts-noto-cjk 后再运行一次。"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    face.save(str(unfinished))
    unfinished.replace(target)


def main() -> int:
    folder = Path(sys.argv[1])
    try:
        for weight in WEIGHTS:
            target = folder / target_name(weight)
            if not target.is_file():
                extract(SOURCE_FOLDER / f"NotoSansCJK-{weight}.ttc", target)
    except FontMissingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
