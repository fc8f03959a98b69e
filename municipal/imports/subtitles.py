"""The subtitles that a cell of the courses' CSV file names."""

import re
from pathlib import Path

from municipal.errors import MediaError, RowError
from municipal.imports.sheet import Row, shown
from municipal.media.probe import inside, sha256_of
from study.subtitles import BYTES_MAX, SUFFIXES, Subtitles, has_cues, is_subtitles_path

COLUMN = ("subtitles", "字幕")
"""A further column, by either name."""
FILES_MAX = 16

_LANGUAGES = {
    **{"中文": "zh", "普通话": "zh", "简体中文": "zh-Hans", "繁体中文": "zh-Hant", "粤语": "yue"},
    **{"英文": "en", "English": "en", "藏文": "bo", "维吾尔文": "ug", "蒙古文": "mn"},
    **{"哈萨克文": "kk", "朝鲜文": "ko", "彝文": "ii", "壮文": "za"},
}
"""Names that say the language by themselves."""
_NAMELESS = "中文"
_NAME_LENGTH_MAX = 20
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_FULL_WIDTH = str.maketrans("；＝：", ";=:")


def has_column(row: Row) -> bool:
    """Whether the file has the column, filled or not."""
    return any(name in row.values for name in COLUMN)


def subtitles_of(row: Row, folder: Path) -> tuple[Subtitles, ...]:
    """The files of a cell, parted by semicolons, each `file`, `name=file` or `language:name=file`.

    Raises RowError that names the column.
    """
    column, cell = row.optional(*COLUMN)
    entries = [entry.strip() for entry in re.split(r"[;；\r\n]+", cell) if entry.strip()]
    if len(entries) > FILES_MAX:
        raise RowError(f"“{column}”一列有 {len(entries)} 个字幕，最多 {FILES_MAX} 个")
    try:
        found = tuple(_subtitles(entry, folder) for entry in entries)
    except (RowError, MediaError) as error:
        raise RowError(f"“{column}”一列：{error.words}") from error
    names = [each.name for each in found]
    if len(set(names)) < len(names):
        raise RowError(f"“{column}”一列有两个字幕同名，请写成 名称=文件 并用不同的名称")
    return found


def _subtitles(entry: str, folder: Path) -> Subtitles:
    language, name, path = _parts(entry)
    if not is_subtitles_path(path):
        raise RowError(f"字幕“{shown(path)}”应是 {' 或 '.join(SUFFIXES)} 文件")
    file = inside(folder, path)
    size = file.stat().st_size
    if size > BYTES_MAX:
        raise RowError(f"字幕“{shown(path)}”超过 {BYTES_MAX // 1024} kB，不像字幕")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise MediaError(f"字幕“{shown(path)}”读不出来（{error.strerror}）") from error
    if not has_cues(content):
        raise RowError(f"字幕“{shown(path)}”里没有一条字幕（没有“-->”），请核对文件")
    return Subtitles(language, name, path, sha256_of(file), size)


def _parts(entry: str) -> tuple[str, str, str]:
    """Language, name and file."""
    head, equals, path = entry.replace("＝", "=", 1).partition("=")
    if not equals:
        return _LANGUAGES[_NAMELESS], _NAMELESS, entry
    code, colon, name = head.translate(_FULL_WIDTH).partition(":")
    if not colon:
        code, name = "", code
    code, name = code.strip(), name.strip()
    if not name or len(name) > _NAME_LENGTH_MAX or not name.isprintable():
        raise RowError(f"字幕的名称应为 1 到 {_NAME_LENGTH_MAX} 个字，现为“{shown(name)}”")
    language = code or _LANGUAGES.get(name, "")
    if not _CODE.fullmatch(language):
        raise RowError(f"不认识字幕“{shown(name)}”的语言，请写成 语言代码:名称=文件，如 en:{shown(name)}=…")
    return language, name, path.strip()
