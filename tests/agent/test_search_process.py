"""Searching in the real agent process: what the mirror brings is found, and after a restart at once."""

from pathlib import Path

from tests.agent.ports import free_port
from tests.agent.test_process import Running, running
from tests.fakes.fake_city import ACCOUNT, CODE, running_city


def found(agent: Running, typed: str) -> list[str]:
    return [result["tile"]["id"] for result in agent.get(f"/v1/search?typed={typed}")["results"]]


def test_what_the_city_offers_is_found_while_it_is_there_and_after_it(tmp_path: Path) -> None:
    with running_city() as city:
        city.add_course("5", title="发酵床养猪")
        city.add_course("6", title="政务礼仪")
        with running(tmp_path / "box", city.url, free_port()) as agent:
            agent.wait_for(lambda: bool(agent.get("/v1/search?typed=fjc")["ready"]))
            assert found(agent, "fjc") == []
            agent.call("POST", "/v1/enrolment", json={"account": ACCOUNT, "code": CODE}).raise_for_status()
            agent.wait_for(lambda: found(agent, "352") == ["course:5"])
            agent.call("POST", "/v1/searches", json={"words": "发酵床养猪"}).raise_for_status()
    with running(tmp_path / "box", city.url, free_port()) as agent:
        agent.wait_for(lambda: found(agent, "zwly") == ["course:6"])
        assert agent.get("/v1/searches")["recent"] == ["发酵床养猪"]
    log = (tmp_path / "box" / "agent.log").read_text()
    assert "search index" in log
    assert not any(words in log for words in ("fjc", "zwly", "发酵床"))
