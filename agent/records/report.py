"""A television's report as it comes in over loopback, checked for form."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from study.rules import Kind
from study.units import LONGEST_MS, BootId, ItemId, PlayId

Whole = Annotated[int, Field(ge=0, le=LONGEST_MS)]
_NAME = Field(min_length=1, max_length=200)


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class IntervalForm(_Form):
    """One watch interval; one that runs backwards is kept and counts nothing."""

    n: Whole
    start_ms: Whole
    end_ms: Whole
    media_start_ms: Whole
    media_end_ms: Whole
    rate: Annotated[float, Field(allow_inf_nan=False)] = 1.0


class PlayForm(_Form):
    """One opening of the player."""

    play_id: Annotated[PlayId, _NAME]
    item_id: Annotated[ItemId, _NAME]
    kind: Kind
    opened_ms: Whole
    left_ms: Whole | None = None
    position_ms: Whole = 0
    length_ms: Whole | None = None
    intervals: Annotated[tuple[IntervalForm, ...], Field(max_length=5_000)] = ()


class Report(_Form):
    """`study.local_api.ReportRequest`, checked."""

    run_id: Annotated[str, _NAME]
    terminal: Annotated[str, _NAME]
    report_seq: Annotated[int, Field(ge=1, le=LONGEST_MS)]
    boot_id: Annotated[BootId, _NAME]
    at_ms: Whole
    plays: Annotated[tuple[PlayForm, ...], Field(max_length=500)] = ()
