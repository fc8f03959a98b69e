from hypothesis import given
from hypothesis import strategies as st

from tests.tvclient.key_sources.recorded import INFRARED_HELD, stream
from tvclient.key_sources.input_event import LAYOUT, InputEvent, InputStream


def test_the_bytes_of_the_kernel_are_read() -> None:
    events = list(InputStream().feed(stream("1.5 KEY OK 1; 1.5 SYN REPORT 0; 1.6 REL X -3")))
    assert events == [InputEvent(1, 0x160, 1), InputEvent(0, 0, 0), InputEvent(2, 0, -3)]


@given(st.lists(st.integers(1, 60), max_size=40))
def test_however_it_is_cut_nothing_is_lost(pieces: list[int]) -> None:
    data, cut, events = stream(INFRARED_HELD), InputStream(), []
    whole = list(InputStream().feed(data))
    for size in (*pieces, len(data)):
        events += cut.feed(data[:size])
        data = data[size:]
    assert events == whole


def test_half_an_event_is_none_yet() -> None:
    assert list(InputStream().feed(stream("0 KEY OK 1")[: LAYOUT.size - 1])) == []
