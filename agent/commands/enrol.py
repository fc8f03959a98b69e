"""Enrolling from the command line."""

from agent.api.enrolment import enrol_box
from agent.clients.local import LocalAgent
from agent.commands.answer import Answer
from agent.commands.call import Call
from agent.commands.hands import hands
from agent.data_folder import locked, prepare, token
from agent.settings import Settings
from study.local_api import ENROLMENT


def enrol(call: Call) -> Answer:
    """Make this box a station's. Raises ApiError with the platform's no, StartError, StoreError."""
    settings, account, code = call.settings, call.args.account, call.args.code
    prepare(settings)
    with locked(settings) as is_mine:
        data = (
            _enrolled_here(settings, call, account, code) if is_mine else _by_agent(settings, account, code)
        )
    return Answer(f"已开通：{data['name']}（{data['district']}）", data)


def _by_agent(settings: Settings, account: str, code: str) -> dict[str, str]:
    told = {"account": account, "code": code}
    station: dict[str, str] = LocalAgent(settings, token(settings)).post(ENROLMENT, told)["station"]
    return station


def _enrolled_here(settings: Settings, call: Call, account: str, code: str) -> dict[str, str]:
    with hands(settings, call.clock) as own:
        client = own.new_client()
        try:
            station = enrol_box(own.database, client, call.clock, own.keys, account, code).station
        finally:
            client.close()
    return {
        "number": station.number,
        "name": station.name,
        "district": station.district,
        "type": station.type,
    }
