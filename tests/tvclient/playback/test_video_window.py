"""The video window on a real X server, pixel by pixel."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.ext import shape

from study.units import Milliseconds
from tests.tvclient.playback.conftest import PARENT_COLOUR, SCREEN
from tests.tvclient.playback.player_rig import RealRig, play_until
from tvclient.playback.errors import VideoWindowError
from tvclient.playback.player import OnEvent
from tvclient.playback.player_event import Paused
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.remote.rect import Rect

BLACK = (0, 0, 0)
PANEL = Rect(100, 760, 1720, 240)


def pixel(display: Display, x: int, y: int) -> tuple[int, int, int]:
    """What is on screen at a point, all windows together."""
    image = display.screen().root.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFFFF)
    blue, green, red = image.data[:3]
    return red, green, blue


def row(display: Display, y: int) -> list[tuple[int, int, int]]:
    """What is on screen in one line of pixels, at one moment."""
    data = display.screen().root.get_image(0, y, SCREEN.w, 1, X.ZPixmap, 0xFFFFFFFF).data
    return list(zip(data[2::4], data[1::4], data[::4], strict=True))


def playing(make_player: Callable[[OnEvent], VlcPlayer], media_folder: Path) -> RealRig:
    """Real 1080p, a second of which has been seen."""
    rig = RealRig(make_player)
    rig.player.open(str(media_folder / "hd.mp4"), Milliseconds(0), live=False)
    play_until(rig, 1_000)
    return rig


def test_lies_over_the_parent_when_shown_and_not_when_hidden(
    display: Display, video_window: VideoWindow
) -> None:
    assert pixel(display, 960, 540) == BLACK
    video_window.hide()
    assert pixel(display, 960, 540) == PARENT_COLOUR
    video_window.show([])
    assert pixel(display, 960, 540) == BLACK


def test_the_parent_shows_through_the_cutouts_and_only_there(
    display: Display, video_window: VideoWindow
) -> None:
    badge = Rect(1_600, 40, 280, 80)
    video_window.show([PANEL, badge])
    for cut in (PANEL, badge):
        assert pixel(display, cut.x, cut.y) == PARENT_COLOUR
        assert pixel(display, cut.right - 1, cut.bottom - 1) == PARENT_COLOUR
        assert pixel(display, cut.x - 1, cut.y) == BLACK
        assert pixel(display, cut.right, cut.bottom - 1) == BLACK
    video_window.show([])
    assert pixel(display, PANEL.x, PANEL.y) == BLACK


def test_full_coverage_shows_the_parent_everywhere(display: Display, video_window: VideoWindow) -> None:
    video_window.show([SCREEN])
    assert pixel(display, 0, 0) == PARENT_COLOUR
    assert pixel(display, 1_919, 1_079) == PARENT_COLOUR


def test_cutouts_stay_on_the_parent_when_the_window_moves(
    display: Display, video_window: VideoWindow
) -> None:
    video_window.show([Rect(300, 300, 100, 100)])
    video_window.place(Rect(200, 200, 800, 450))
    assert pixel(display, 350, 350) == PARENT_COLOUR
    assert pixel(display, 250, 250) == BLACK
    assert pixel(display, 150, 150) == PARENT_COLOUR
    assert pixel(display, 999, 649) == BLACK
    assert pixel(display, 1_000, 650) == PARENT_COLOUR


def test_takes_no_input(display: Display, video_window: VideoWindow) -> None:
    window = display.create_resource_object("window", video_window.xid)
    assert window.shape_get_rectangles(shape.SK.Input).rectangles == []
    assert window.get_attributes().all_event_masks == 0
    assert display.screen().root.query_pointer().child != 0


def test_video_is_seen_beside_the_panel_and_the_parent_in_it(
    display: Display,
    video_window: VideoWindow,
    make_player: Callable[[OnEvent], VlcPlayer],
    media_folder: Path,
) -> None:
    video_window.show([PANEL])
    playing(make_player, media_folder)
    inside = [pixel(display, x, PANEL.y + 100) for x in range(PANEL.x, PANEL.right, 200)]
    assert set(inside) == {PARENT_COLOUR}
    beside = {pixel(display, x, 400) for x in range(0, SCREEN.w, 60)}
    assert len(beside) > 5, "no moving picture beside the panel"
    assert PARENT_COLOUR not in beside


def test_where_a_panel_goes_nothing_is_black_until_the_next_picture(
    display: Display,
    video_window: VideoWindow,
    make_player: Callable[[OnEvent], VlcPlayer],
    media_folder: Path,
) -> None:
    rig = playing(make_player, media_folder)
    rig.player.pause()
    rig.until(Paused)
    rig.settle()
    bright = [x for x, colour in enumerate(row(display, 800)) if max(colour) > 64 and x >= PANEL.x]
    assert len(bright) > SCREEN.w // 4
    for _ in range(5):
        video_window.show([PANEL])
        video_window.show([])
        seen = row(display, 800)
        assert BLACK not in {seen[x] for x in bright}


def test_beside_a_narrow_picture_it_is_black_where_a_panel_was(
    display: Display,
    video_window: VideoWindow,
    make_player: Callable[[OnEvent], VlcPlayer],
    media_folder: Path,
) -> None:
    video_window.place(Rect(0, 0, SCREEN.w, SCREEN.h // 2))
    rig = playing(make_player, media_folder)
    video_window.show([Rect(0, 200, SCREEN.w, 200)])
    video_window.show([])
    rig.settle()
    seen = row(display, 300)
    assert set(seen[:400]) == set(seen[-400:]) == {BLACK}
    assert len(set(seen[500:-500])) > 5


def test_after_a_film_everything_is_black(
    display: Display,
    video_window: VideoWindow,
    make_player: Callable[[OnEvent], VlcPlayer],
    media_folder: Path,
) -> None:
    rig = playing(make_player, media_folder)
    video_window.show([PANEL])
    video_window.show([])
    rig.player.close()
    assert {colour for y in (40, 400, 800) for colour in row(display, y)} == {BLACK}


@pytest.mark.filterwarnings("ignore:Exception ignored in.*socket:pytest.PytestUnraisableExceptionWarning")
def test_without_a_display_it_says_so_in_words(parent_xid: int) -> None:
    with pytest.raises(VideoWindowError, match="连不上显示服务"):
        VideoWindow(parent_xid, SCREEN, ":250")
    gc.collect()  # python-xlib leaves the sockets it could not connect to the garbage collector


def test_without_its_parent_it_says_so_in_words(display_name: str) -> None:
    with pytest.raises(VideoWindowError, match="主窗口"):
        VideoWindow(0x7F0000, SCREEN, display_name)


def test_closing_after_the_parent_is_gone_is_quiet(
    display: Display, display_name: str, parent_xid: int, capfd: pytest.CaptureFixture[str]
) -> None:
    window = VideoWindow(parent_xid, SCREEN, display_name)
    display.create_resource_object("window", parent_xid).destroy()
    display.sync()
    window.close()
    assert capfd.readouterr().err == ""
