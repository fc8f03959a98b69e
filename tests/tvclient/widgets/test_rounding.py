"""Corners are smooth where they are round and full where they are not."""

from tvclient.widgets.rounding import ALL, BOTTOM, mask


def test_a_filled_corner_grows_from_nothing_to_full() -> None:
    rows = mask(12, ALL)
    diagonal = [rows[n][n] for n in range(13)]
    assert diagonal[0] == 0 and diagonal[-1] == 255
    assert diagonal == sorted(diagonal)
    assert any(0 < alpha < 255 for row in rows for alpha in row)


def test_only_the_corners_that_are_asked_for_are_round() -> None:
    rows = mask(12, BOTTOM)
    assert (rows[0][0], rows[0][-1], rows[-1][0], rows[-1][-1]) == (255, 255, 0, 0)


def test_an_outline_is_empty_inside() -> None:
    rows = mask(22, ALL, 6)
    middle = rows[22]
    assert middle[0] == middle[5] == 255
    assert middle[6] == 0 and middle[22] == 0
