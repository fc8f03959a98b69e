"""Batch size: how many records one request may carry on this line."""

from study.wire import RECORDS_MAX


def halved(limit: int) -> int:
    """After a time-out: half as many, at least one."""
    return max(1, limit // 2)


def grown(limit: int) -> int:
    """After a delivery: twice as many, up to a full run."""
    return min(RECORDS_MAX, limit * 2)
