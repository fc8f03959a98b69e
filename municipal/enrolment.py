"""Enrolment: an account with an activation code and a public key becomes a station's box."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from municipal.activation import HashedCode, matches
from municipal.database import Connection, Database
from municipal.errors import RequestError, TryLaterError
from municipal.stores.codes import CodeState, IssuedCode, codes_of, use_code
from municipal.stores.failures import failures_since, forget_failures, note_failure
from municipal.stores.keys import BoxKey, KeyState, add_key, key_of
from municipal.stores.stations import StationRow, hold_station, station_of_account
from study.anchor import to_utc_ms
from study.station import Station
from study.units import StationNumber

WINDOW = timedelta(minutes=15)
ACCOUNT_FAILURES_MAX = 10
ADDRESS_FAILURES_MAX = 60
"""Higher: a whole street of stations may sit behind one address."""

_NOBODY = HashedCode(bytes(16), bytes(32))
"""Compared when the account is unknown, so that the time of the answer does not tell."""


@dataclass(frozen=True, slots=True)
class Application:
    """What a box sends to become a station's box."""

    account: str
    code: str
    public_key: bytes
    address: str
    """Network address that it came from."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The station a box now is, and the name of its key."""

    station: Station
    key_id: str


def enrol(database: Database, application: Application, now: datetime) -> Enrolled:
    """Spend the account's code on the box's key; the same key with the same code gets the same answer.

    Raises RequestError (bad_key, wrong_code, key_revoked), TryLaterError after too many, StorageError.
    """
    check_key(application.public_key)
    now_ms = to_utc_ms(now)
    with database.reading() as connection:
        _check_rate(connection, application, now_ms)
        row = station_of_account(connection, application.account)
        codes = codes_of(connection, row.station.number) if row else ()
    # The slow comparison is done outside of any transaction; what it found is looked at again inside.
    code = _matching(codes, application.code)
    with database.writing() as connection:
        if row is not None and code is not None:
            return _spend(connection, row, code, application.public_key, now_ms)
        note_failure(connection, application.account, application.address, now_ms)
        forget_failures(connection, now_ms - WINDOW // timedelta(milliseconds=1))
    raise RequestError(403, "wrong_code", "账号或激活码不正确，请核对后再试。")


def key_name(station: str, public_key: bytes) -> str:
    """A key's id: its station and a digest, so that the same key always has the same name."""
    return f"{station}-{hashlib.sha256(public_key).hexdigest()[:16]}"


def _spend(
    connection: Connection, row: StationRow, code: IssuedCode, public_key: bytes, now_ms: int
) -> Enrolled:
    station = row.station
    hold_station(connection, station.number)
    key_id = key_name(station.number, public_key)
    known = key_of(connection, key_id)
    if known is not None and known.state is not KeyState.ACTIVE:
        raise RequestError(403, "key_revoked", "这台设备的密钥已被注销，请重新初始化设备后再激活。")
    current = next(c for c in codes_of(connection, station.number) if c.issue == code.issue)
    if current.state is CodeState.USED and current.key_id == key_id:
        return Enrolled(station, key_id)
    if current.state is not CodeState.OPEN:
        raise RequestError(403, "wrong_code", "这个激活码已经用过或已作废，请向上级申请新的激活码。")
    if known is None:
        add_key(
            connection, BoxKey(StationNumber(station.number), key_id, public_key, KeyState.ACTIVE), now_ms
        )
    use_code(connection, current, key_id)
    return Enrolled(station, key_id)


def _matching(codes: tuple[IssuedCode, ...], code: str) -> IssuedCode | None:
    found = [issued for issued in codes if matches(code, issued.code)]
    if not codes:
        matches(code, _NOBODY)
    return found[0] if found else None


def _check_rate(connection: Connection, application: Application, now_ms: int) -> None:
    window_ms = WINDOW // timedelta(milliseconds=1)
    since_ms = now_ms - window_ms
    on_account, from_address = failures_since(connection, application.account, application.address, since_ms)
    if on_account >= ACCOUNT_FAILURES_MAX or from_address >= ADDRESS_FAILURES_MAX:
        raise TryLaterError("too_many_tries", "试错次数过多，请 15 分钟后再试。", window_ms // 1000)


def check_key(public_key: bytes) -> None:
    """Raises RequestError bad_key for bytes that are no Ed25519 public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise RequestError(400, "bad_key", "设备公钥格式不正确，应为 32 字节 Ed25519 公钥。") from error
