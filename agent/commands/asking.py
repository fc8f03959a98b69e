"""The commands that look at a box without being its agent: status and sessions."""

import json
from collections.abc import Sequence

from agent.api.status import status_of
from agent.clock import Clock
from agent.commands.sessions_table import sessions_table
from agent.commands.status_text import status_text
from agent.data_folder import free_bytes
from agent.errors import StartError
from agent.settings import Settings
from agent.stores.database import Database
from agent.stores.outbox import refusals
from agent.stores.session_list import last_sessions


def status(settings: Settings, clock: Clock, told: Sequence[str], *, running: bool, as_json: bool) -> str:
    """The status as text or JSON. Raises StartError where no agent ever ran, StoreError."""
    database = _opened(settings)
    try:
        with database.reading() as tables:
            held, refused = status_of(tables, clock, None, free_bytes(settings), told), refusals(tables)
    finally:
        database.close()
    if as_json:
        named = [{"seq": r.seq, "code": r.code, "words": r.words} for r in refused]
        return json.dumps({**held, "running": running, "refusals": named}, ensure_ascii=False, indent=2)
    return status_text(held, refused, running=running)


def sessions(settings: Settings, *, limit: int, as_json: bool) -> str:
    """The last sessions as a table or JSON. Raises StartError where no agent ever ran, StoreError."""
    database = _opened(settings)
    try:
        with database.reading() as tables:
            held = last_sessions(tables, limit)
    finally:
        database.close()
    return json.dumps(held, ensure_ascii=False, indent=2) if as_json else sessions_table(held)


def _opened(settings: Settings) -> Database:
    if not settings.database_file.exists():
        raise StartError(
            f"目录 {settings.data_folder} 里还没有学习数据；请先运行 zhanxue-agent，或用 --data-dir 指定"
        )
    return Database(settings.database_file)
