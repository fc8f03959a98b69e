"""Validators: what the state of a source is known by, so that what has not changed is not read again."""

from typing import NamedTuple


class Validators(NamedTuple):
    """Of HTTP its ETag and Last-Modified, of a file its size and time; empty for what is not told."""

    tag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """How a server is asked only for what is newer."""
        asked = {"If-None-Match": self.tag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}
