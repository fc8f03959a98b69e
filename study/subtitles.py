"""Subtitles: text files beside an item's media, in SubRip or WebVTT form and any Chinese encoding."""

from dataclasses import dataclass

SUFFIXES = (".srt", ".vtt")
BYTES_MAX = 1024 * 1024
"""A film of two hours has about 150 kB."""

_ARROW = "-->"
"""Stands in every cue of both forms, whatever the language."""
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
"""How the arrow looks in every encoding there is: all others write ASCII as it is."""


@dataclass(frozen=True, slots=True)
class Subtitles:
    """One file of subtitles."""

    language: str
    """BCP 47, "zh" or "en"."""
    name: str
    """As the menu shows it, "中文"."""
    path: str
    """Below the platform's /media/; for the box below the platform's root."""
    sha256: str
    bytes: int


def has_cues(content: bytes) -> bool:
    """Whether at least one cue stands in a file."""
    return any(_ARROW.encode(encoding) in content for encoding in _ENCODINGS)


def is_subtitles_path(path: str) -> bool:
    """Whether a path is named like subtitles."""
    return path.lower().endswith(SUFFIXES)
