"""Slots: when in a window a station's turn is, so that thousands of boxes do not call as one."""

from hashlib import sha256

from study.units import StationNumber

_PLACES = 2**32


def offset_s(station: StationNumber, window_s: float) -> float:
    """The station's place in a window, from 0 to `window_s`, always the same.

    ```
    class ends ├─ V17 ── V3 ────── V9 ─ V4 ──┤ window_s
    ```
    Drawn from a digest of the number: numbers run on within a district, and so would their slots.
    """
    return window_s * int.from_bytes(sha256(station.encode()).digest()[:4]) / _PLACES


def rest_s(station: StationNumber, period_s: float, now_s: float) -> float:
    """How long until the station's slot in the next period; half a period at least, one and a half at most.

    Between two calls in their slot lies exactly one period, by whatever clock `now_s` is told.
    """
    ahead_s = (offset_s(station, period_s) - now_s) % period_s if period_s > 0 else 0.0
    return ahead_s if ahead_s >= period_s / 2 else ahead_s + period_s
