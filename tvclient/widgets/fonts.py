"""The two font files of the television, with mainland glyph forms."""

from pathlib import Path

from tvclient.errors import CannotStart

FONT_NAMES = {False: "NotoSansSC-Regular.otf", True: "NotoSansSC-Bold.otf"}
ROOT = Path(__file__).resolve().parent.parent.parent
SIGNATURES = (b"OTTO", b"\0\1\0\0")
FOLDERS = (ROOT / "build" / "fonts", Path("/usr/share/zhanxue/fonts"))


def find_fonts(folders: tuple[Path, ...] = FOLDERS) -> dict[bool, Path]:
    """Bold or not → its file, from the first folder that has both unharmed.

    Raises CannotStart: without them Chinese would show as boxes or in the glyph forms of another region.
    """
    for folder in folders:
        found = {bold: folder / name for bold, name in FONT_NAMES.items()}
        if all(_is_font(path) for path in found.values()):
            return found
    names, where = " 和 ".join(FONT_NAMES.values()), "、".join(str(folder) for folder in folders)
    raise CannotStart(
        f"找不到字体 {names}，或文件已损坏（找过 {where}），电视无法显示汉字。"
        "请先运行 make demo 或安装步骤来准备字体。"
    )


def _is_font(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in SIGNATURES
    except OSError:
        return False
