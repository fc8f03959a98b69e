"""The two font files of the television, with mainland glyph forms."""

from pathlib import Path

from tvclient.errors import CannotStart

FONT_NAMES = {False: "NotoSansSC-Regular.otf", True: "NotoSansSC-Bold.otf"}
ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = (ROOT / "build" / "fonts", Path("/usr/share/zhanxue/fonts"))


def find_fonts(folders: tuple[Path, ...] = FOLDERS) -> dict[bool, Path]:
    """Bold or not → its file, from the first folder that has both.

    Raises CannotStart: without them Chinese would show as boxes or in the glyph forms of another region.
    """
    for folder in folders:
        found = {bold: folder / name for bold, name in FONT_NAMES.items()}
        if all(path.is_file() for path in found.values()):
            return found
    raise CannotStart(
        f"找不到字体 {FONT_NAMES[False]} 和 {FONT_NAMES[True]}（找过 {'、'.join(str(f) for f in folders)}），"
        "电视无法显示汉字。请先运行 make demo 或安装步骤来准备字体。"
    )
