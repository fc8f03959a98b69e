"""Placing with few anchors decides as the rule with all of them does."""

from hypothesis import given
from hypothesis import strategies as st

from municipal.placing import NOWHERE, BootCalendar
from study.anchor import Anchor, AnchorSource, place, to_utc_ms
from study.month import month_of
from study.units import BootId, Milliseconds, MonotonicMs

BOOT, OTHER = BootId("one"), BootId("two")

anchors = st.builds(
    Anchor,
    boot=st.sampled_from((BOOT, OTHER)),
    mono_ms=st.integers(0, 50).map(MonotonicMs),
    utc_ms=st.integers(1_700_000_000_000, 1_700_000_000_050),
    error_ms=st.sampled_from((Milliseconds(5), Milliseconds(9))),
    source=st.sampled_from(AnchorSource),
)


@given(st.lists(anchors, max_size=12), st.integers(0, 50).map(MonotonicMs))
def test_the_nearest_anchors_decide_as_all_of_them_do(known, opened_ms):
    at = place(known, BOOT, opened_ms)
    found = BootCalendar(BOOT, known).place(opened_ms)
    if at is None:
        assert found == NOWHERE
    else:
        assert (found.started_at_ms, found.month) == (to_utc_ms(at), month_of(at))
