"""Enrolment: makes this box the box of a station."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agent.clients.municipal import MunicipalClient
from agent.clock import Clock
from agent.errors import ApiError, CityError, DeclinedError, NoAnswerError
from agent.records.enrolment import Enrolment
from agent.stores.anchors import add_anchor
from agent.stores.box import enrol, read_box
from agent.stores.database import Database
from agent.stores.outbox import note_online


def enrol_box(
    database: Database,
    client: MunicipalClient,
    clock: Clock,
    key: Ed25519PrivateKey,
    account: str,
    code: str,
) -> Enrolment:
    """Ask the platform, and keep what it says. Raises ApiError 403, 409, 503."""
    with database.reading() as tables:
        if read_box(tables).station is not None:
            raise ApiError(409, "already", "本机已经开通，不需要再次开通")
    try:
        enrolment, told = client.enrol(account.strip(), code.strip(), key)
    except CityError as error:
        raise _in_words(error) from error
    with database.writing() as tables:
        enrol(tables, enrolment.station, enrolment.key_id)
        note_online(tables, True)
        if told is not None:
            add_anchor(tables, told.as_anchor(clock.boot))
    return enrolment


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
