"""Chinese is the source; another language is a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tvclient import words


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    words.speak("zh_CN")


def test_a_language_without_a_file_stays_chinese() -> None:
    words.speak("xx")
    assert words._("播放") == "播放"


def test_a_language_is_added_by_adding_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / f"{words.DOMAIN}.mo").write_bytes(
        _catalogue({"": "Content-Type: text/plain; charset=UTF-8\n", "播放": "Play"})
    )
    monkeypatch.setattr(words, "LOCALES", tmp_path)
    words.speak("en")
    assert words._("播放") == "Play"
    assert words._("返回") == "返回"


def _catalogue(messages: dict[str, str]) -> bytes:
    """A .mo file: two tables of (length, offset) and the texts, sorted by source."""
    pairs = sorted((source.encode(), target.encode()) for source, target in messages.items())
    head_bytes, entry_bytes = 28, 8
    sources_at, targets_at = head_bytes, head_bytes + entry_bytes * len(pairs)
    offset = targets_at + entry_bytes * len(pairs)
    tables: list[list[bytes]] = [[], []]
    texts = b""
    for side in (0, 1):
        for pair in pairs:
            tables[side].append(
                len(pair[side]).to_bytes(4, "little") + (offset + len(texts)).to_bytes(4, "little")
            )
            texts += pair[side] + b"\0"
    head = (0x950412DE, 0, len(pairs), sources_at, targets_at, 0, 0)
    return b"".join(n.to_bytes(4, "little") for n in head) + b"".join(tables[0] + tables[1]) + texts
