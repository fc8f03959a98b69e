"""The player's picture, drawn from its frames among everything else that Kivy draws."""

from typing import Any

from kivy.core.window import Window
from kivy.graphics import BindTexture, Callback, Color, Rectangle, RenderContext
from kivy.graphics.opengl import GL_BLEND, glDisable, glEnable
from kivy.graphics.texture import Texture

from tvclient.playback.frame_colours import Weights, colours_of
from tvclient.playback.frame_format import FrameFormat
from tvclient.playback.frame_picture import FramePicture
from tvclient.remote.rect import Rect
from tvclient.widgets.part import Part

# Numbers are written into the source: as uniforms they cost a software renderer a third more.
SHADER = """
$HEADER$
uniform sampler2D blue_plane;
uniform sampler2D red_plane;

void main(void) {
    float light = texture2D(texture0, %(light_at)s).r;
    float blue = texture2D(blue_plane, %(colour_at)s).r;
    float red = texture2D(red_plane, %(colour_at)s).r;
    gl_FragColor = vec4(%(light)f * light + %(blue)s * blue + (%(red)s * red + %(offset)s), 1.0);
}
"""
NOWHERE = Rect(0, 0, 0, 0)


class MovingPicture(Part):
    """Follows `picture`; draws in the window's own px, wherever it hangs among the parts of the stage.

    A frame is copied to the graphics memory once, when it is new, and nothing is drawn without need.
    `in_software`, a picture of the size of its spot is not smoothed: that would double its cost.
    """

    def __init__(self, picture: FramePicture, in_software: bool, **given: Any) -> None:
        super().__init__(**given)
        self._picture = picture
        self._in_software = in_software
        self._format: FrameFormat | None = None
        self._planes: tuple[Texture, ...] = ()
        self._fresh = False
        self._bars = RenderContext(use_parent_projection=True)
        with self._bars:
            Color(0, 0, 0)
            self._black = Rectangle(size=(0, 0)), Rectangle(size=(0, 0))
        self._light = Rectangle(size=(0, 0))
        self.canvas.add(self._bars)
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
        light, blue, red = self._planes
        pitch, lines = frame_format.sizes[0]
        right, bottom = frame_format.width / pitch, frame_format.height / lines
        screen = RenderContext(fs=_shader(frame_format), use_parent_projection=True)
        with screen:
            Callback(lambda _instruction: glDisable(GL_BLEND))  # nothing shines through; reading it costs
            BindTexture(index=1, texture=blue)
            BindTexture(index=2, texture=red)
            self._light = Rectangle(size=(0, 0), texture=light)
            Callback(lambda _instruction: glEnable(GL_BLEND))
        self._light.tex_coords = (0, bottom, right, bottom, right, 0, 0, 0)
        screen["blue_plane"], screen["red_plane"] = 1, 2
        self.canvas.clear()
        self.canvas.add(self._bars)
        self.canvas.add(screen)

    def _lay_out(self) -> None:
        area = self._picture.area if self._picture.shown else NOWHERE
        spot = NOWHERE
        if self._fresh and self._format is not None:
            spot = self._picture.spot(self._format)
            self._smooth(self._in_software and spot[2:] == (self._format.width, self._format.height))
        _put(self._light, spot)
        for rectangle, bar in zip(self._black, _beside(area, spot), strict=True):
            _put(rectangle, bar)

    def _smooth(self, as_it_is: bool) -> None:
        way = "nearest" if as_it_is else "linear"
        for texture in self._planes:
            if texture.mag_filter != way:
                texture.mag_filter = texture.min_filter = way


def _shader(frame_format: FrameFormat) -> str:
    colours = colours_of(frame_format)
    where = {"light_at": _reading_up_to(frame_format, 0.5), "colour_at": _reading_up_to(frame_format, 1.0)}
    weights = {"blue": colours.blue, "red": colours.red, "offset": colours.offset}
    return SHADER % {**where, **{name: _vec3(each) for name, each in weights.items()}, "light": colours.light}


def _reading_up_to(frame_format: FrameFormat, short_px: float) -> str:
    """Beyond what is seen nothing lies in memory: reading stops half a pixel of the plane before."""
    pitch, lines = frame_format.sizes[0]
    width, height = frame_format.width, frame_format.height
    if (width, height) == (pitch, lines):
        return "tex_coord0"
    return f"min(tex_coord0, vec2({(width - short_px) / pitch:f}, {(height - short_px) / lines:f}))"


def _vec3(weights: Weights) -> str:
    return "vec3({:f}, {:f}, {:f})".format(*weights)


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
