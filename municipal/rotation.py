"""Rotation: a box names the key that follows the one it signs with."""

import logging

from municipal.database import Database
from municipal.enrolment import check_key, key_name
from municipal.errors import RequestError
from municipal.stores.keys import BoxKey, KeyState, add_key, key_of, replace_key
from municipal.stores.stations import hold_station

log = logging.getLogger(__name__)


def name_key(database: Database, signer: BoxKey, public_key: bytes, now_ms: int) -> str:
    """Let `public_key` follow the signer; the id of the key. The same again gets the same answer.

    A key that was replaced may only repeat who follows it: its box was cut off before it heard the
    answer. What it signed before is still good in a parcel; runs it signs now are turned away.
    Raises RequestError 400 bad_key, 401 key_replaced, 401 key_revoked.
    """
    check_key(public_key)
    key_id = key_name(signer.station, public_key)
    with database.writing() as connection:
        hold_station(connection, signer.station)
        known, own = key_of(connection, key_id), key_of(connection, signer.key_id)
        if known is not None and known.state is KeyState.ACTIVE:
            if key_id != signer.key_id:
                replace_key(connection, signer.key_id)
            return key_id
        if known is not None or own is None or own.state is not KeyState.ACTIVE:
            raise RequestError(401, "key_replaced", "这台设备的密钥已经更换过或已被注销，请重新激活设备。")
        add_key(connection, BoxKey(signer.station, key_id, public_key, KeyState.ACTIVE), now_ms)
        replace_key(connection, signer.key_id)
    log.info("key followed station=%s old=%s new=%s", signer.station, signer.key_id, key_id)
    return key_id
