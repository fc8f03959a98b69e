"""Enrolment: makes this box the box of a station."""

from agent.clients.box_keys import BoxKeys
from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.errors import ApiError, CityError, DeclinedError, NoAnswerError
from agent.loops.rotation import keep
from agent.loops.signer import signer_of
from agent.records.enrolment import Enrolment
from agent.stores.box import enrol, read_box
from agent.stores.dates.anchors import add_anchor
from agent.stores.delivery.outbox import note_online
from agent.stores.disk.database import Database
from agent.stores.stick.receipts import keep_platform_key
from study.station import Station


def enrol_box(
    database: Database,
    client: MunicipalClient,
    clock: Clock,
    keys: BoxKeys,
    account: str,
    code: str,
) -> Enrolment:
    """Ask the platform, and keep what it says. Raises ApiError 403, 409, 503.

    A box that is enrolled already can be enrolled again, as the same station and with a new key, once
    the platform has struck off its old one. Its records keep their epochs.
    """
    with database.reading() as tables:
        station = read_box(tables).station
    try:
        if station is not None:
            return _enrol_again(database, client, clock, keys, account, code, station)
        enrolment, told = client.enrol(account.strip(), code.strip(), keys.key)
    except CityError as error:
        raise _in_words(error) from error
    with database.writing() as tables:
        enrol(tables, enrolment.station, enrolment.key_id)
        keep_platform_key(tables, enrolment.platform_key)
        note_online(tables, True)
        if told is not None:
            add_anchor(tables, told.as_anchor(clock.boot))
    return enrolment


def _enrol_again(
    database: Database,
    client: MunicipalClient,
    clock: Clock,
    keys: BoxKeys,
    account: str,
    code: str,
    station: Station,
) -> Enrolment:
    if _is_known(database, client, clock, keys):
        raise ApiError(409, "already", "本机已经开通，不需要再次开通")
    with keys.changing:
        made = keys.begin()
        enrolment, _ = client.enrol(account.strip(), code.strip(), made.key)
        if enrolment.station.number != station.number:
            keys.give_up()
            words = (
                f"本机是“{station.name}”的设备，不能改为“{enrolment.station.name}”；换站点请换新的数据目录"
            )
            raise ApiError(409, "other_station", words)
        keep(database, keys, made, enrolment.key_id)
    with database.writing() as tables:
        keep_platform_key(tables, enrolment.platform_key)
    return enrolment


def _is_known(database: Database, client: MunicipalClient, clock: Clock, keys: BoxKeys) -> bool:
    """Whether the platform still takes what this box signs. Raises CityError."""
    signer = signer_of(database, clock, keys)
    assert signer is not None  # noqa: S101 - an enrolled box has a key id
    try:
        client.name_key(keys.key, signer)
    except DeclinedError as error:
        if error.status in (401, 403):
            return False
        if error.again:
            raise
    return True


def _in_words(error: CityError) -> ApiError:
    match error:
        case NoAnswerError():
            return ApiError(503, "no_network", "连不上市平台，请检查网线或无线网络后再试")
        case DeclinedError(status=409):
            return ApiError(409, "already", error.words)
        case DeclinedError(again=False) | DeclinedError(status=401 | 403):
            return ApiError(403, "wrong_code", error.words)
        case _:
            return ApiError(503, "no_network", error.words)
