"""A phone's or a laptop's browser in the room's network: cookies, forms, no JavaScript."""

import re
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from demo.errors import DemoError

_FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_SAID = re.compile(r'<p class="said[^>]*>([^<]*)</p>')


class FromAddress(HTTPAdapter):
    """Connections come from one address: the page tells phones apart by it."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, source_address=(self._address, 0), **kwargs)


class Browser:
    """`page` is what it shows."""

    def __init__(self, front: str, address: str = "127.0.0.1") -> None:
        """`front` is where all paths begin, "http://127.0.0.1:8460"."""
        self._front = front
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("http://", FromAddress(address))
        self._token = ""
        self.page = ""

    def open(self, path: str) -> None:
        """Raises DemoError for a page that is none."""
        self._shown(self._session.get(self._front + path, timeout=10))

    def send(self, path: str, fields: dict[str, Any], **more: Any) -> str:
        """A form, with the token of the last one seen; what is said after it. Raises DemoError."""
        told = {"form_token": self._token, **fields}
        self._shown(self._session.post(self._front + path, data=told, timeout=10, **more))
        return self.said

    def hang_up(self) -> None:
        """The next page comes over a connection of its own; cookies stay."""
        self._session.close()

    @property
    def said(self) -> str:
        """The one sentence that tells what became of the last form."""
        found = _SAID.search(self.page)
        return "" if found is None else found[1]

    def _shown(self, answer: requests.Response) -> None:
        self.page = answer.text
        if not answer.ok:
            raise DemoError(f"网页 {answer.url} 没有打开（{answer.status_code}）：{self.said}")
        if found := _FORM_TOKEN.search(self.page):
            self._token = found[1]
