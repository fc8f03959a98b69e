"""Backoff: how long to wait before the platform is called again after a failure."""

from collections.abc import Callable

_DOUBLINGS_MAX = 30
"""Keeps 2**n small; the longest wait is reached long before."""


def delay_s(
    failures: int,
    *,
    min_s: float,
    max_s: float,
    retry_after_s: float | None,
    draw: Callable[[float, float], float],
) -> float:
    """Full jitter: anything between 0 and the ceiling, which doubles from `min_s` to `max_s`.

    `failures` counts those in a row, from 1. What the platform asked for (Retry-After) is the
    least that is waited; the jitter comes on top, so that boxes told the same do not return as one.
    """
    ceiling = min(max_s, min_s * 2 ** min(max(0, failures - 1), _DOUBLINGS_MAX))
    jitter = draw(0.0, ceiling)
    if retry_after_s is None:
        return jitter
    return max(0.0, retry_after_s) + min(jitter, max_s)
