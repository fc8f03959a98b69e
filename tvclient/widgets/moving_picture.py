"""The player's picture, drawn from its frames among everything else that Kivy draws."""

from typing import Any

from kivy.core.window import Window
from kivy.graphics import BindTexture, Color, Rectangle, RenderContext
from kivy.graphics.texture import Texture

from tvclient.playback.frame_colours import colours_of
from tvclient.playback.frame_format import FrameFormat
from tvclient.playback.frame_picture import FramePicture
from tvclient.remote.rect import Rect
from tvclient.widgets.part import Part

# Beyond its seen width a plane holds nothing; reading stops half a pixel before.
SHADER = """
$HEADER$
uniform sampler2D blue_plane;
uniform sampler2D red_plane;
uniform vec2 light_edge;
uniform vec2 colour_edge;
uniform float light;
uniform vec3 blue;
uniform vec3 red;
uniform vec3 offset;

void main(void) {
    vec2 at = min(tex_coord0, colour_edge);
    vec3 sum = light * vec3(texture2D(texture0, min(tex_coord0, light_edge)).r) + offset;
    sum += blue * texture2D(blue_plane, at).r + red * texture2D(red_plane, at).r;
    gl_FragColor = vec4(sum, 1.0);
}
"""
NOWHERE = Rect(0, 0, 0, 0)
BARS = 2


class MovingPicture(Part):
    """Follows `picture`; draws in the window's own px, wherever it hangs among the parts of the stage.

    A frame is copied to the graphics memory once, when it is new, and nothing is drawn without need.
    """

    def __init__(self, picture: FramePicture, **given: Any) -> None:
        super().__init__(**given)
        self._picture = picture
        self._format: FrameFormat | None = None
        self._planes: tuple[Texture, ...] = ()
        self._fresh = False
        self._bars = RenderContext(use_parent_projection=True)
        self._screen = RenderContext(fs=SHADER, use_parent_projection=True)
        with self._bars:
            Color(0, 0, 0)
            self._black = [Rectangle(size=(0, 0)) for _ in range(BARS)]
        with self._screen:
            self._blue, self._red = BindTexture(index=1), BindTexture(index=2)
            self._light = Rectangle(size=(0, 0))
        self._screen["blue_plane"], self._screen["red_plane"] = 1, 2
        self.canvas.add(self._bars)
        self.canvas.add(self._screen)
        picture.follow(self.follow_up)

    def follow_up(self) -> None:
        """Draw what is to be seen now: the newest frame in its spot, or nothing."""
        frame = self._picture.take()
        self._fresh = self._picture.shown and (self._fresh or frame is not None)
        if frame is not None:
            if frame.format != self._format:
                self._prepare(frame.format)
            for texture, plane in zip(self._planes, frame.planes, strict=True):
                texture.blit_buffer(plane, colorfmt="luminance", bufferfmt="ubyte")
        self._lay_out()
        self.canvas.ask_update()

    def _prepare(self, frame_format: FrameFormat) -> None:
        self._format = frame_format
        self._planes = tuple(Texture.create(size=size, colorfmt="luminance") for size in frame_format.sizes)
        self._light.texture, self._blue.texture, self._red.texture = self._planes
        colours, screen = colours_of(frame_format), self._screen
        screen["light"] = colours.light
        screen["blue"], screen["red"], screen["offset"] = map(
            list, (colours.blue, colours.red, colours.offset)
        )
        pitch, lines = frame_format.sizes[0]
        right, bottom = frame_format.width / pitch, frame_format.height / lines
        self._light.tex_coords = (0, bottom, right, bottom, right, 0, 0, 0)
        for name, px in (("light_edge", 0.5), ("colour_edge", 1.0)):
            screen[name] = [right - px / pitch, bottom - px / lines]

    def _lay_out(self) -> None:
        spot = self._picture.spot(self._format) if self._fresh and self._format else NOWHERE
        area = self._picture.area if self._picture.shown else NOWHERE
        _put(self._light, spot)
        for rectangle, bar in zip(self._black, _beside(area, spot), strict=True):
            _put(rectangle, bar)


def _beside(area: Rect, spot: Rect) -> tuple[Rect, Rect]:
    """What `spot` leaves of `area` left and right of it, or above and below."""
    if spot.w < area.w:
        right = Rect(spot.right, area.y, area.right - spot.right, area.h)
        return Rect(area.x, area.y, spot.x - area.x, area.h), right
    below = Rect(area.x, spot.bottom, area.w, area.bottom - spot.bottom)
    return Rect(area.x, area.y, area.w, spot.y - area.y), below


def _put(rectangle: Rectangle, place: Rect) -> None:
    pos, size = (place.x, Window.height - place.bottom), (place.w, place.h)
    if (rectangle.pos, rectangle.size) != (pos, size):
        rectangle.pos, rectangle.size = pos, size
