"""From brightness and colour differences to red, green and blue."""

from dataclasses import dataclass

from tvclient.playback.frame_format import FrameFormat

MOST = 255
BLACK, LIGHT_STEPS, COLOUR_STEPS = 16, 219, 224
"""Of the limited range, ITU-R BT.601 2.5.3."""
NO_COLOUR = 128

Weights = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Colours:
    """red, green, blue = light · Y + blue · Cb + red · Cr + offset, all from 0 to 1."""

    light: float
    blue: Weights
    red: Weights
    offset: Weights


def colours_of(frame_format: FrameFormat) -> Colours:
    red_weight, blue_weight = frame_format.matrix.value
    green_weight = 1 - red_weight - blue_weight
    full = frame_format.full_range
    light, black = (1.0, 0.0) if full else (MOST / LIGHT_STEPS, BLACK / MOST)
    colour = 1.0 if full else MOST / COLOUR_STEPS
    per_blue, per_red = 2 * (1 - blue_weight) * colour, 2 * (1 - red_weight) * colour
    blue = (0.0, -per_blue * blue_weight / green_weight, per_blue)
    red = (per_red, -per_red * red_weight / green_weight, 0.0)
    first, second, third = (
        -light * black - (b + r) * NO_COLOUR / MOST for b, r in zip(blue, red, strict=True)
    )
    return Colours(light, blue, red, (first, second, third))
