"""A person tells the box the time."""

from study.anchor import from_utc_ms
from tests.agent.api.served import Agent
from tests.agent.api.test_app import enrol
from tests.fakes.fake_clock import NOVEMBER_UTC_MS

YEAR = 365 * 24 * 3_600_000


def tell(agent: Agent, utc_ms: object, **more: object) -> tuple[int, dict[str, str]]:
    answer = agent.call("POST", "/v1/clock", json={"utc_ms": utc_ms, "source": "phone", **more})
    return answer.status_code, answer.json()


def test_a_phone_tells_the_time_and_the_box_knows_it(agent: Agent) -> None:
    status, told = tell(agent, NOVEMBER_UTC_MS)
    assert (status, told["source"]) == (200, "phone")
    assert told["utc"] == from_utc_ms(NOVEMBER_UTC_MS).isoformat(timespec="milliseconds")
    assert agent.get("/v1/status").json()["clock"] == told


def test_a_mistyped_time_can_be_put_right_at_once(agent: Agent) -> None:
    tell(agent, NOVEMBER_UTC_MS + YEAR)
    agent.parts.clock.pass_ms(5_000)
    status, told = tell(agent, NOVEMBER_UTC_MS)
    assert (status, told["utc"]) == (200, from_utc_ms(NOVEMBER_UTC_MS).isoformat(timespec="milliseconds"))


def test_a_time_that_cannot_be_is_refused_in_words(agent: Agent) -> None:
    for utc_ms in (0, NOVEMBER_UTC_MS - YEAR, NOVEMBER_UTC_MS + 30 * YEAR):
        status, said = tell(agent, utc_ms)
        assert (status, said["code"]) == (422, "implausible")
        assert "请检查手机的日期" in said["words"]
    assert agent.get("/v1/status").json()["clock"]["source"] == "none"


def test_a_better_clock_is_not_contradicted(agent: Agent) -> None:
    enrol(agent)
    status, said = tell(agent, NOVEMBER_UTC_MS)
    assert (status, said["code"]) == (409, "better_clock")
    assert agent.get("/v1/status").json()["clock"]["source"] == "platform"


def test_another_source_or_no_number_is_no_telling(agent: Agent) -> None:
    assert tell(agent, "soon")[1]["code"] == "bad_request"
    assert tell(agent, NOVEMBER_UTC_MS, source="platform")[1]["code"] == "bad_request"
    assert tell(agent, 2**70)[1]["code"] == "bad_request"
