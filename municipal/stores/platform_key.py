"""The platform's own Ed25519 key in the database: receipts of USB parcels are signed with it."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from municipal.database import Connection, Database, insert_new, select
from municipal.tables import platform

_NAME = "signing_key"


def platform_key(database: Database) -> Ed25519PrivateKey:
    """The key, made when it is first needed: by `init`, or by a database from before parcels.

    It stays for good, because boxes know its public part from their enrolment. Raises StorageError.
    """
    with database.reading() as connection:
        found = _key(connection)
    if found is not None:
        return found
    made = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    with database.writing() as connection:
        insert_new(connection, platform, [{"name": _NAME, "value": made}])
        kept = _key(connection)
    assert kept is not None  # noqa: S101 - written one line above, or by another worker before
    return kept


def public_text(key: Ed25519PrivateKey) -> str:
    """The raw public part in base64, as boxes want it."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _key(connection: Connection) -> Ed25519PrivateKey | None:
    text = connection.execute(select(platform.c.value).where(platform.c.name == _NAME)).scalar()
    return None if text is None else Ed25519PrivateKey.from_private_bytes(base64.b64decode(text))
