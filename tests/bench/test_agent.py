"""What bench/agent.py makes of what it measured."""

from bench.agent import targets_of


def test_medians_and_the_dearer_way_to_be_at_rest() -> None:
    measured = {
        "store": [{"ratio": ratio} for ratio in (0.9, 0.7, 0.6)],
        "growth": [{"reports": growth} for growth in (1.0, 1.4, 1.1)],
        "box": [{"rss_mb": 80.0, "start_s": start, "idle_core": 0.001} for start in (9.0, 1.0, 1.2)],
        "online": [{"idle_core": idle} for idle in (0.004, 0.003, 0.009)],
    }

    assert {one.id: (one.value, one.met) for one in targets_of(measured)} == {
        "reports_vs_sqlite": (0.7, True),
        "rss_mb_1e6": (80.0, True),
        "start_s_1e6": (1.2, True),
        "idle_core": (0.004, True),
        "report_cost_growth": (1.1, True),
    }
