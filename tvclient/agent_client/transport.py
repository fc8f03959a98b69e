"""Carries the questions to the agent and its answers back, over HTTP on this box."""

import logging
import threading
from pathlib import Path
from typing import Any

import requests

from study import local_api
from tvclient.errors import AgentAway, AgentRefused
from tvclient.words import _

log = logging.getLogger(__name__)

CONNECT_S = 2.0
UNAUTHORIZED = 401
SERVER_ERROR = 500
NO_CODE = "no_code"


class Transport:
    """Every method waits; safe to use from several threads. All raise AgentAway and AgentRefused.

    The token is read from its file at the first request, and again when the agent doesn't know it any more
    (a new database has a new token).
    """

    def __init__(self, base_url: str, token_file: Path) -> None:
        self._base_url = base_url
        self._token_file = token_file
        self._token: str | None = None
        self._per_thread = threading.local()

    def content(self, path: str, read_s: float) -> bytes:
        """The bytes that are behind a path."""
        return self._answer("GET", path, None, read_s).content

    def json(self, method: str, path: str, body: object, read_s: float) -> dict[str, Any]:
        """The object that the agent answers."""
        try:
            found = self._answer(method, path, body, read_s).json()
        except requests.JSONDecodeError as error:
            log.warning("%s %s: the agent's answer is not JSON", method, path.partition("?")[0])
            raise AgentAway(_nonsense()) from error
        if not isinstance(found, dict):
            log.warning("%s %s: the agent's answer is not an object", method, path.partition("?")[0])
            raise AgentAway(_nonsense())
        return found

    def _answer(self, method: str, path: str, body: object, read_s: float) -> requests.Response:
        answer = self._ask(method, path, body, read_s, self._token or self._read_token())
        if answer.status_code == UNAUTHORIZED:
            answer = self._ask(method, path, body, read_s, self._read_token())
        if answer.status_code == requests.codes.ok:
            return answer
        refusal = _refusal(answer)
        if answer.status_code >= SERVER_ERROR and (refusal.code == NO_CODE or path == local_api.REPORTS):
            raise AgentAway(refusal.words)
        raise refusal

    def _ask(self, method: str, path: str, body: object, read_s: float, token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        url = self._base_url + path
        try:
            return self._session().request(
                method, url, json=body, headers=headers, timeout=(CONNECT_S, read_s), allow_redirects=False
            )
        except requests.RequestException as error:
            # What somebody looked for is nobody else's business.
            bare = path.partition("?")[0]
            log.info("%s %s: %s", method, bare, str(error).replace(path, bare))
            raise AgentAway(_away()) from error

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._per_thread, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False  # a proxy of the surroundings has no business on loopback
            self._per_thread.session = session
        return session

    def _read_token(self) -> str:
        try:
            self._token = self._token_file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            log.warning("token %s: %s", self._token_file, error)
            raise AgentAway(_away()) from error
        return self._token


def _away() -> str:
    return _("本机的学习服务暂时没有响应。已学的内容不会丢，正在重新连接，请稍候。")


def _nonsense() -> str:
    return _("本机的学习服务答复不完整，已记入日志。请稍后再试。")


def _refusal(answer: requests.Response) -> AgentRefused:
    try:
        told = answer.json()
        return AgentRefused(str(told["code"]), str(told["words"]))
    except (requests.JSONDecodeError, KeyError, TypeError):
        log.warning("status %d without words from %s", answer.status_code, answer.url.partition("?")[0])
        return AgentRefused(NO_CODE, _nonsense())
