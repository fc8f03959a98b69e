"""The roster's routes take people and let go of them; what they refuse is in words and changes nothing."""

from typing import Any

import pytest

from study.roster_api import PEOPLE_MAX, ROSTER_ERASURE, ROSTER_IMPORT
from tests.agent.api.served import Agent

LI = {"name": "李秀芳", "card": "79927398713"}


def test_people_are_taken_and_erased(agent: Agent) -> None:
    told = agent.call("POST", ROSTER_IMPORT, json={"people": [LI]})
    assert told.json() == {"new": 1, "changed": 0, "same": 0}
    [member] = agent.parts.roster.members().by_id.values()
    gone = agent.call("POST", ROSTER_ERASURE, json={"member_id": member.member_id})
    assert gone.json() == {"member_id": member.member_id}
    assert agent.parts.roster.members().by_id == {}
    assert agent.call("POST", ROSTER_ERASURE, json={"member_id": member.member_id}).status_code == 422


@pytest.mark.parametrize(
    "people",
    [
        [LI, {"name": "", "card": "10000008"}],
        [LI, {"name": "王\u202e明", "card": "10000008"}],
        [LI, {"name": "王\ud800明", "card": "10000008"}],
        [LI, {"name": "王小明", "card": "1000000S"}],
        [LI, {"name": "王小明"}],
        [LI, {**LI, "more": 1}],
        [LI] * (PEOPLE_MAX + 1),
        "李秀芳",
    ],
)
def test_one_who_is_no_person_keeps_all_out(agent: Agent, people: Any) -> None:
    told = agent.call("POST", ROSTER_IMPORT, json={"people": people})
    assert told.status_code == 422
    assert "李秀芳" not in told.text and LI["card"] not in told.text
    assert agent.parts.roster.members().by_id == {}


def test_a_lost_key_is_told(agent: Agent) -> None:
    agent.call("POST", ROSTER_IMPORT, json={"people": [LI]}).raise_for_status()
    agent.parts.settings.roster_key_file.unlink()
    told = agent.call("POST", ROSTER_IMPORT, json={"people": [LI]})
    assert (told.status_code, told.json()["code"]) == (409, "roster_key")
    again = agent.call("POST", ROSTER_IMPORT, json={"people": [LI], "anew": True})
    assert again.json() == {"new": 1, "changed": 0, "same": 0}
