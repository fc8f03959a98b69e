"""Rotation: the box's key makes way for a new one, whatever is cut off in between."""

import logging

from agent.clients.box_keys import BoxKeys, NextKey
from agent.clients.municipal import MunicipalClient
from agent.clients.signing import Signer
from agent.clock import Clock
from agent.errors import ApiError, CityError, DeclinedError, cause
from agent.loops.signer import signer_of
from agent.stores.box import change_key
from agent.stores.disk.database import Database

log = logging.getLogger(__name__)


def rotate(database: Database, client: MunicipalClient, clock: Clock, keys: BoxKeys) -> str:
    """A new key for this box, named to the platform under the old one's signature; its id.

    Done again after a failure it goes on where it was. Raises ApiError 409 `not_enrolled`,
    403 `key_refused` (struck off: the box has to be enrolled again), 503 `no_network`.
    """
    if signer_of(database, clock, keys) is None:
        raise ApiError(409, "not_enrolled", "本机尚未开通，没有需要更换的密钥")
    try:
        with keys.changing:
            return _follow(database, client, clock, keys, keys.begin())
    except DeclinedError as error:
        if error.status in (401, 403):
            words = f"市平台不承认本机现在的密钥（{error.words}）；请向上级申请新的激活码，重新开通本机"
            raise ApiError(403, "key_refused", words) from error
        raise ApiError(503, "no_network", error.words) from error
    except CityError as error:
        raise ApiError(503, "no_network", f"{error.words}；密钥没有更换，请稍后再试") from error
    except OSError as error:
        raise ApiError(507, "disk", f"新密钥存不下（{cause(error)}）；密钥没有更换，请清理磁盘") from error


def finish(database: Database, client: MunicipalClient, clock: Clock, keys: BoxKeys) -> None:
    """End a change of keys that was cut off; nothing without one. Raises CityError, OSError."""
    with keys.changing:
        made = keys.next
        if made is not None and signer_of(database, clock, keys) is not None:
            _follow(database, client, clock, keys, made)


def keep(database: Database, keys: BoxKeys, made: NextKey, key_id: str) -> None:
    """The platform knows the box by its new key: so does the box, from here on. Raises OSError."""
    # The file says it first and loses its second name last, so that each cut leaves one thing to do again.
    keys.confirm(made, key_id)
    with database.writing() as tables:
        change_key(tables, key_id)
    keys.finish()


def _follow(database: Database, client: MunicipalClient, clock: Clock, keys: BoxKeys, made: NextKey) -> str:
    key_id = made.key_id
    if key_id is None:
        signer = signer_of(database, clock, keys)
        assert signer is not None  # noqa: S101 - both callers have asked
        try:
            key_id = client.name_key(made.key, signer)
        except DeclinedError as error:
            if not error.again and _holds(client, keys, signer):
                keys.give_up()
            raise
    keep(database, keys, made, key_id)
    log.info("the box signs with key %s from now on", key_id)
    return key_id


def _holds(client: MunicipalClient, keys: BoxKeys, signer: Signer) -> bool:
    """Whether the old key surely still signs: an earlier try may have gone through, its answer lost."""
    try:
        client.name_key(keys.key, signer)
    except CityError:
        return False
    return True
