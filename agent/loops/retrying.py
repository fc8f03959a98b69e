"""Retrying: when the platform is called again after a failure, as the settings bound it."""

from collections.abc import Callable

from agent.records.backoff import delay_s
from agent.settings import Settings


def retry_s(
    failures: int,
    settings: Settings,
    draw: Callable[[float, float], float],
    retry_after_s: float | None,
) -> float:
    """See `delay_s`."""
    return delay_s(
        failures,
        min_s=settings.retry_min_s,
        max_s=settings.retry_max_s,
        retry_after_s=retry_after_s,
        draw=draw,
    )
