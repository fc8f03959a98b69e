"""The demo's subtitles, put beside its films in the encodings that Chinese editors save in."""

from pathlib import Path

from demo.errors import DemoError


def put_subtitles(source: Path, films: Path) -> list[Path]:
    """Copy every `<name>.<language>.<encoding>.srt` from UTF-8 into the encoding its name tells.

    Raises DemoError for an encoding that is none, or that lacks a character of the text.
    """
    put = []
    for file in sorted(source.glob("*.srt")):
        encoding = Path(file.stem).suffix.removeprefix(".")
        try:
            content = file.read_text(encoding="utf-8").encode(encoding)
        except (LookupError, UnicodeError) as error:
            raise DemoError(f"字幕 {file.name} 不能写成文件名里的编码，请改正文件名。") from error
        put.append(films / file.name)
        put[-1].write_bytes(content)
    return put
