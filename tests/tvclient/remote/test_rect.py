from tvclient.remote.rect import NOWHERE, Rect, bounds


def test_touching_rectangles_do_not_overlap() -> None:
    left = Rect(0, 0, 10, 10)
    assert not left.overlaps(Rect(10, 0, 10, 10))
    assert not left.overlaps(Rect(0, 10, 10, 10))
    assert left.overlaps(Rect(9, 9, 10, 10))


def test_cutting_keeps_the_shared_part_or_nothing() -> None:
    assert Rect(0, 0, 10, 10).cut_to(Rect(5, -5, 10, 10)) == Rect(5, 0, 5, 5)
    assert Rect(0, 0, 10, 10).cut_to(Rect(10, 0, 10, 10)) is None


def test_bounds_leave_out_what_has_no_size() -> None:
    assert bounds([Rect(5, 5, 10, 10), NOWHERE, Rect(30, 0, 5, 5)]) == Rect(5, 0, 30, 15)
    assert bounds([]) == NOWHERE
