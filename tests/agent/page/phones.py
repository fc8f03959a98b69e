"""Phones in the room, each with an address and a browser of its own."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import requests

from demo.browser import FromAddress

_VOID = frozenset(("meta", "input", "hr", "br", "link"))


class Html(HTMLParser):
    """Reads a page strictly: what is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()
        self.faults += [f"{tag} is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"{tag} is closed out of order")

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@dataclass
class Phone:
    """A browser without JavaScript; `page` is what it shows."""

    url: str
    address: str
    session: requests.Session = field(default_factory=requests.Session)
    page: str = ""
    form_token: str = ""
    """Of the last form seen."""

    def __post_init__(self) -> None:
        self.session.mount("http://", FromAddress(self.address))
        self.session.trust_env = False

    def get(self, path: str = "/", **more: Any) -> requests.Response:
        return self._shown(self.session.get(self.url + path, timeout=10, **more))

    def post(self, path: str, fields: dict[str, str], **more: Any) -> requests.Response:
        """With the form's token, unless another is given."""
        sent = {"form_token": self.form_token, **fields}
        return self._shown(self.session.post(self.url + path, sent, timeout=10, **more))

    def comes(self, card: str) -> str:
        """The words of the page after it."""
        self.post("/check-in", {"card": card})
        return self.said

    def comes_by_name(self, name: str, digits: str) -> str:
        self.post("/check-in", {"name": name, "last_digits": digits})
        return self.said

    @property
    def said(self) -> str:
        found = re.search(r'<p class="said[^>]*>([^<]*)</p>', self.page)
        return "" if found is None else found[1]

    @property
    def words(self) -> str:
        return " ".join(Html(self.page).words.split())

    def _shown(self, response: requests.Response) -> requests.Response:
        self.page = response.text
        found = re.search(r'name="form_token" value="([^"]+)"', self.page)
        self.form_token = found[1] if found else self.form_token
        return response
