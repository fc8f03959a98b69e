"""Every panel of the player over moving film, both ways to the screen; build/pictures/ keeps what is seen."""

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from Xlib import XK

from demo.artwork import render_poster
from study.thumbnails import COLUMNS, EVERY_MS, HEIGHT_PX, ROWS, WIDTH_PX
from tests.fakes.fake_agent import channel, episode, row
from tests.tvclient.playback.media import MediaServer, run_ffmpeg
from tests.tvclient.screens.gallery import (
    BLACK,
    FIRST_BUTTON,
    GOLD,
    PAPER,
    STRAY_SHARE,
    Gallery,
    box_px,
    coloured,
    dark_in,
    has,
    share_of,
)
from tests.tvclient.screens.player_agent import PlayerAgent, source
from tests.tvclient.screens.running_television import (
    INK0,
    PICTURE,
    ROOT,
    RunningTelevision,
    Watching,
    wait_for,
)
from tvclient.remote.rect import Rect
from tvclient.screens.player_bar import PLACE as BAR
from tvclient.screens.player_bar import PLACE_AT_TOP as BAR_AT_TOP
from tvclient.screens.player_sight import BUFFERING_S
from tvclient.widgets.ask_card import PLACE as CARD
from tvclient.widgets.seek_panel import PAD, PICTURE_H, PICTURE_W
from tvclient.widgets.volume_panel import PLACE as VOLUME

XK.load_keysym_group("xf86")
QUIETER, MUTE = "XF86_AudioLowerVolume", "XF86_AudioMute"
WAYS = {"window": "plain_x11", "texture": "texture"}
LONG_MS, SHORT_MS = 59_000, 2_000
ASK_AFTER_MS, ANSWER_WITHIN_MS = 3_000, 2_000
SHEET = "/sheet-1.jpg"
PAN = "loop=-1:1,setpts=N/25/TB,crop=960:540:x='120+110*sin(t*1.2)':y='67+60*cos(t*0.9)'"
INK2, GREEN, VERM_TEXT = (0x24, 0x2B, 0x34), (0x74, 0xD6, 0xA4), (0xFF, 0x9E, 0x86)
PILL = (1804, 824)
MENU = Rect(0, 0, 1920, 406)
"""Of three rows, one of them for subtitles."""
PAUSE, PAUSE_OVER_CARD = Rect(884, 308, 152, 152), Rect(884, 256, 152, 152)
LIVE_WORDS, SUBTITLES, OVER_THE_BAR = (
    Rect(96, 864, 128, 56),
    Rect(200, 840, 1520, 200),
    Rect(0, 200, 1920, 568),
)
TOP_LEFT = Rect(60, 40, 1150, 130)
OUTLINE_LOOSE = 20
TOLD_W = 300
UNDER_THE_SEEK = (1120, 640)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film of the design's pictures, panned over, with subtitles and a small picture of it."""
    folder = tmp_path_factory.mktemp("media")
    film = render_poster("video_frame", (1200, 675)).convert("RGB")
    film.save(folder / "film.png")
    still = ("-framerate", "25", "-i", str(folder / "film.png"))
    tone = ("-f", "lavfi", "-i", "sine=frequency=330")
    h264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac")
    for name, length_ms in (("long.mp4", LONG_MS), ("short.mp4", SHORT_MS)):
        length = ("-t", str(length_ms / 1000), "-vf", PAN, "-movflags", "+faststart")
        run_ffmpeg(*still, *tone, *length, *h264, str(folder / name))
    (folder / "broken.mp4").write_bytes(b"")
    words = "先整地再作畦，骨粉直接撒在门口的角落里\n着重注意温度和湿度"
    # libVLC does not go back to the beginning of words that it was asked for in their middle.
    said = [f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{words}\n" for n in range(LONG_MS // 1000)]
    (folder / "words.srt").write_text("\n".join(said), encoding="utf-8")
    return folder


@pytest.fixture
def agent(media: Path) -> Iterator[PlayerAgent]:
    film = source(media / "long.mp4", LONG_MS, title="大球盖菇栽培技术")
    words = {"subtitles": [{"url": str(media / "words.srt"), "language": "zh", "name": ""}]}
    short = film | {"url": str(media / "short.mp4"), "length_ms": SHORT_MS}
    live = film | {"kind": "live", "title": "北京新闻综合频道", "length_ms": None}
    agent = PlayerAgent(
        {"5.1": film | words, "5.2": short, "5.3": film | {"url": str(media / "broken.mp4")}, "L1": live}
    )
    titles = ("场地选择与整畦", "播种与覆土", "发菌期管理")
    episodes = [episode(5, number, title, LONG_MS) for number, title in enumerate(titles, 1)]
    agent.course = {"id": "5", "episodes": episodes}
    agent.home = {"rows": [row("live", "正在直播", channel(1, "北京新闻综合频道"), channel(2, "大兴融媒"))]}
    size = {"columns": COLUMNS, "rows": ROWS, "width_px": WIDTH_PX, "height_px": HEIGHT_PX}
    agent.sheets[SHEET] = _sheet(media / "film.png")
    agent.sources["5.1"]["thumbnails"] = {"sheets": [agent.server.url + SHEET], "every_ms": EVERY_MS} | size
    with agent:
        yield agent


def _sheet(film: Path) -> bytes:
    sheet = Image.new("RGB", (COLUMNS * WIDTH_PX, ROWS * HEIGHT_PX))
    small = Image.open(film).resize((WIDTH_PX, HEIGHT_PX))
    for place in range(LONG_MS // EVERY_MS):
        sheet.paste(small, (place * WIDTH_PX, 0))
    file = BytesIO()
    sheet.save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(way: str) -> Path:
    folder = ROOT / "build" / "pictures" / way
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_course(agent: PlayerAgent, watching: Watching, way: str, folder: Path, tmp_path: Path) -> None:
    with watching(agent, "5.1", video_output=WAYS[way]) as television:
        gallery = Gallery(television, folder)
        television.wait_for_picture()
        gallery.keep("bar_not_counted", BAR, if_so=coloured(PILL, INK2), again="Up")
        _keep_seek(gallery)
        television.press("Return")
        time.sleep(BUFFERING_S + 0.5)  # of the seek no word is left, though it has not moved since
        gallery.keep("pause", BAR, PAUSE, moves=False)
        television.press("Return")
        agent.ledger.earlier_ms = LONG_MS
        gallery.hide_bar(BAR)
        television.press(QUIETER)
        gallery.keep("volume", VOLUME, if_so=has(VOLUME, GOLD, 0.1), again=QUIETER)
        television.press(MUTE)
        gallery.keep("muted", VOLUME, if_so=has(VOLUME, VERM_TEXT, 0.005))
        television.press("Up")
        gallery.keep("bar_counted", BAR, if_so=coloured(PILL, GOLD), again="Up")
        _keep_subtitles(gallery)
        television.press("F1")
        gallery.press("Right", "episode:5.2", "Return", "player:picture")
        wait_for(lambda: not television.shows_picture_at(*PICTURE))
        gallery.keep_page("end_card", counted=True)
        television.press("Return")
        wait_for(lambda: "不能播放" in (tmp_path / "television.log").read_text())
        gallery.keep_page("failed_card", counted=False)


def _keep_seek(gallery: Gallery) -> None:
    """The panel is found by its darkness: where it lies depends on the playhead."""
    television = gallery.television
    gallery.tap("Right", "Right")

    def is_panel(picture: Image.Image) -> bool:
        found = dark_in(picture, OVER_THE_BAR)
        if found is None or abs(found.w - PICTURE_W - 2 * PAD) > 8 or found.h < PICTURE_H:
            return False
        return share_of(picture.crop(box_px(found)), INK2) < STRAY_SHARE

    wait_for(lambda: is_panel(television.picture()), within_s=4)
    television.picture().save(gallery.folder / "seek.png")


def _keep_subtitles(gallery: Gallery) -> None:
    """Bar and subtitles are never in the same place."""
    television = gallery.television
    television.press("F1")
    gallery.keep("menu", MENU)
    gallery.press("Down", "speed:1", "Down", "subtitle:none", "Right", "subtitle:1", "Return", "subtitle:1")
    outlined = has(SUBTITLES, BLACK, 0.01, OUTLINE_LOOSE)
    gallery.keep("subtitles_under_the_menu", MENU, if_so=outlined)
    gallery.tap("Escape", "Up")
    gallery.keep("subtitles_under_the_bar", BAR_AT_TOP, if_so=outlined, again="Up")
    gallery.hide_bar(BAR_AT_TOP)
    gallery.keep("subtitles", if_so=outlined)


def test_a_channel(agent: PlayerAgent, watching: Watching, way: str, folder: Path) -> None:
    with watching(agent, "L1", video_output=WAYS[way]) as television:
        gallery = Gallery(television, folder)
        television.wait_for_picture()
        gallery.keep("live", BAR, _number(television), if_so=has(LIVE_WORDS, GREEN, 0.02))
        gallery.hide_bar(BAR)
        wait_for(lambda: dark_in(television.picture(), TOP_LEFT) is None)  # this channel's own has gone
        gallery.tap("7", "7", "Return")
        gallery.keep("unknown_channel", _number(television, at_least=TOLD_W))


def _number(television: RunningTelevision, at_least: int = 0) -> Rect:
    """Where the number of a channel lies, without its edge, which is not dark: as wide as what it says,
    which is more than digits at first."""
    found: list[Rect] = []

    def is_there() -> bool:
        dark = dark_in(television.picture(), TOP_LEFT)
        found[:] = [dark] if dark and dark.w > at_least else []
        return bool(found)

    wait_for(is_there)
    return found[0]


def test_an_empty_chair_and_a_dead_server(
    agent: PlayerAgent, watching: Watching, media: Path, way: str, folder: Path
) -> None:
    with MediaServer(media).running() as server:
        server.die_with(404)
        agent.sources["5.1"] |= {"url": server.url + "/dying/long.mp4", "subtitles": []}
        asked = {"ask_after_ms": ASK_AFTER_MS, "answer_within_ms": ANSWER_WITHIN_MS}
        with watching(agent, "5.1", video_output=WAYS[way], **asked) as television:
            gallery = Gallery(television, folder)
            television.wait_for_picture()
            gallery.keep("presence", CARD, if_so=coloured(FIRST_BUTTON, PAPER))
            gallery.keep("stopped", CARD, PAUSE_OVER_CARD, moves=False, if_so=coloured(FIRST_BUTTON, PAPER))
            gallery.press("Return", "player:picture")
            _keep_stall(gallery)


def _keep_stall(gallery: Gallery) -> None:
    """Into the half that the server has no more."""
    television = gallery.television
    gallery.hide_bar(BAR)
    gallery.tap(*["Right"] * 3)
    wait_for(lambda: dark_in(television.picture(), TOP_LEFT) is not None)
    television.picture().save(gallery.folder / "stall.png")
    wait_for(lambda: television.pixel(500, 100) == INK0)
    assert television.pixel(*UNDER_THE_SEEK) == INK0
    television.picture().save(gallery.folder / "lost.png")
