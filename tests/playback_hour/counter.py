"""The frame counter in the films: black and white blocks on the screen that say which frame is seen."""

from demo.display import SIZE

BITS = 18
"""Nearly three hours at 25 frames a second."""
BLOCK_PX = 16
HEIGHT_PX = 32
LEFT_PX, TOP_PX = 1248, 220
"""Where no panel of the player lies."""
MARGIN_PX = 16
ROW = (LEFT_PX, TOP_PX + HEIGHT_PX // 2, 2 * BITS * BLOCK_PX, 1)
"""The pixels that are looked at, x, y, w, h: one row through the middle of the blocks."""
BLACK_MAX, WHITE_MIN = 90, 165
"""Whatever lies between is no block."""
_PIXEL_BYTES = 4
_MIDDLES = [_PIXEL_BYTES * (BLOCK_PX * n + BLOCK_PX // 2) + 1 for n in range(2 * BITS)]


def drawing() -> str:
    """An ffmpeg filter that draws the number of each frame of a 1920x1080 film.

    ::

        bit      17      16    ...      0
        0 is   black   white
        1 is   white   black      so every bit proves that it is one
    """
    boxes = [
        _box(
            LEFT_PX - MARGIN_PX,
            TOP_PX - MARGIN_PX,
            ROW[2] + 2 * MARGIN_PX,
            HEIGHT_PX + 2 * MARGIN_PX,
            "black",
        )
    ]
    for place in range(BITS):
        first, second = (LEFT_PX + BLOCK_PX * (2 * place + half) for half in (0, 1))
        is_set = f"mod(floor(n/{1 << (BITS - 1 - place)}),2)"
        boxes += [
            _box(second, TOP_PX, BLOCK_PX, HEIGHT_PX, "white"),
            _box(first, TOP_PX, BLOCK_PX, HEIGHT_PX, "white", is_set),
            _box(second, TOP_PX, BLOCK_PX, HEIGHT_PX, "black", is_set),
        ]
    return ",".join(boxes)


def frame_of(row: bytes) -> int | None:
    """The frame whose counter these pixels (ROW, BGRX) show; None if they show none."""
    frame = 0
    for place in range(BITS):
        first, second = row[_MIDDLES[2 * place]], row[_MIDDLES[2 * place + 1]]
        if first >= WHITE_MIN and second <= BLACK_MAX:
            frame = 2 * frame + 1
        elif first <= BLACK_MAX and second >= WHITE_MIN:
            frame = 2 * frame
        else:
            return None
    return frame


def _box(x: int, y: int, width: int, height: int, colour: str, when: str = "1") -> str:
    return f"drawbox=x={x}:y={y}:w={width}:h={height}:color={colour}:t=fill:enable='{when}'"


assert LEFT_PX + ROW[2] + MARGIN_PX <= SIZE[0]
