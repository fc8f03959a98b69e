"""Three pictures go round between one that writes and one that takes."""

from hypothesis import given
from hypothesis import strategies as st

from tvclient.playback.frame_format import FrameFormat, Matrix
from tvclient.playback.frame_stack import FrameStack, Put

SMALL = FrameFormat(64, 2, Matrix.BT709, full_range=False)


def write(stack: FrameStack, value: int) -> Put:
    number, frame = stack.lend()
    frame.planes[0][0] = value
    return stack.put(number)


def test_the_newest_is_taken_once() -> None:
    stack = FrameStack(SMALL)
    assert stack.take() is None
    assert write(stack, 1) is Put.NEW
    frame = stack.take()
    assert frame is not None and frame.planes[0][0] == 1
    assert stack.take() is None


def test_one_that_nobody_took_is_displaced() -> None:
    stack = FrameStack(SMALL)
    write(stack, 1)
    assert write(stack, 2) is Put.DISPLACED
    frame = stack.take()
    assert frame is not None and frame.planes[0][0] == 2


def test_the_same_pixels_again_are_nothing_new_whether_taken_or_waiting() -> None:
    stack = FrameStack(SMALL)
    write(stack, 1)
    assert write(stack, 1) is Put.NOTHING_NEW
    stack.take()
    assert write(stack, 1) is Put.NOTHING_NEW
    assert stack.take() is None
    assert write(stack, 2) is Put.NEW


def test_what_was_forgotten_is_new_again() -> None:
    stack = FrameStack(SMALL)
    write(stack, 1)
    stack.forget()
    assert stack.take() is None
    assert write(stack, 1) is Put.NEW


@given(st.lists(st.sampled_from(["write", "take"]), max_size=40))
def test_what_is_on_screen_is_never_written_into(steps: list[str]) -> None:
    stack = FrameStack(SMALL)
    on_screen, seen, wrote = None, 0, 0
    for step in steps:
        if step == "write":
            wrote = wrote % 250 + 1
            write(stack, wrote)
        else:
            taken = stack.take()
            if taken is not None:
                on_screen, seen = taken, taken.planes[0][0]
                assert seen == wrote
        assert on_screen is None or on_screen.planes[0][0] == seen


def test_rows_and_planes_lie_as_libvlc_wants_them() -> None:
    odd = FrameFormat(642, 361, Matrix.BT601, full_range=False)
    _number, frame = FrameStack(odd).lend()
    assert odd.sizes == ((704, 362), (352, 181), (352, 181))
    assert [len(plane) for plane in frame.planes] == [704 * 362, 352 * 181, 352 * 181]
    assert frame.addresses[0] % 32 == frame.addresses[1] % 32 == frame.addresses[2] % 32 == 0
