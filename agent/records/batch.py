"""Batch size: how many records one request may carry on this line."""

from dataclasses import replace

from study.wire import RECORDS_MAX, RUN_BYTES_MAX, Run, encode


def halved(limit: int) -> int:
    """After a time-out: half as many, at least one."""
    return max(1, limit // 2)


def grown(limit: int) -> int:
    """After a delivery: twice as many, up to a full run."""
    return min(RECORDS_MAX, limit * 2)


def loaded(run: Run) -> tuple[Run, bytes]:
    """The run, or the first part of it that a request carries, with its bytes."""
    data = encode(run)
    while len(data) > RUN_BYTES_MAX and len(run.records) > 1:
        run = replace(run, records=run.records[: halved(len(run.records))])
        data = encode(run)
    return run, data
