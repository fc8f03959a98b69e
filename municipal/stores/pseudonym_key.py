"""The city's own key, from which each station's pseudonym key is made."""

import base64
import secrets

from municipal.database import Connection, Database, insert_new, select
from municipal.tables import platform

_NAME = "pseudonym_key"
_BYTES = 32


def pseudonym_key(database: Database) -> bytes:
    """Made when it is first needed, and kept for good: with another one nobody could be recognised again.

    Raises StorageError.
    """
    with database.reading() as connection:
        found = _key(connection)
    if found is not None:
        return found
    made = base64.b64encode(secrets.token_bytes(_BYTES)).decode()
    with database.writing() as connection:
        insert_new(connection, platform, [{"name": _NAME, "value": made}])
        kept = _key(connection)
    assert kept is not None  # noqa: S101 - written one line above, or by another worker before
    return kept


def _key(connection: Connection) -> bytes | None:
    text = connection.execute(select(platform.c.value).where(platform.c.name == _NAME)).scalar()
    return None if text is None else base64.b64decode(text)
