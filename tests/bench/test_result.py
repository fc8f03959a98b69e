"""When a benchmark's target is met."""

import pytest

from bench.result import Target


@pytest.mark.parametrize(
    ("value", "better", "met"),
    [
        (0.5, "more", True),
        (0.51, "more", True),
        (0.49, "more", False),
        (0.5, "less", True),
        (0.49, "less", True),
        (0.51, "less", False),
    ],
)
def test_the_limit_itself_is_good_enough(value: float, better: str, met: bool) -> None:
    assert Target("id", value, 0.5, better).met is met  # type: ignore[arg-type]
