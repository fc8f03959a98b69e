"""Makes what the player screen plays with: libVLC in a window over the television's own, and the reporter."""

import logging
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

from study.units import BootId, MonotonicMs
from tvclient.agent_client.client import AgentClient
from tvclient.agent_client.kept_report import KeptReports
from tvclient.agent_client.report_book import ReportBook
from tvclient.agent_client.reporter import Reporter
from tvclient.background import Deliver
from tvclient.playback.frame_picture import FramePicture
from tvclient.playback.output import OutputName, choose_output, renders_in_software
from tvclient.playback.parent_window import gl_renderer, parent_window_id
from tvclient.playback.picture import Picture
from tvclient.playback.player import OnEvent, Player, Statistics
from tvclient.playback.sound import VLC_OPTIONS, SoundPlace
from tvclient.playback.video_window import VideoWindow
from tvclient.playback.vlc_player import VlcPlayer
from tvclient.remote.rect import Rect
from tvclient.screens.player_video import PlayerVideo, Studio
from tvclient.settings import Settings
from tvclient.widgets.moving_picture import MovingPicture

log = logging.getLogger(__name__)

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
RUN_BYTES = 8


def make_studio(
    settings: Settings,
    agent: AgentClient,
    clock: Callable[[], MonotonicMs],
    deliver: Deliver,
    size_px: tuple[int, int],
    tell_frames: Callable[[Statistics], None],
    limit: Callable[[Rect | None], None],
) -> Studio:
    """The window has to be open. `stop_studio` undoes it. Raises PlaybackError."""
    xid = parent_window_id()
    renderer = gl_renderer()
    output = choose_output(renderer, settings.video_output, on_x11=xid is not None)
    log.info("画面输出方式：%s（%s）。", output.name, output.why)
    picture: Picture
    widget: MovingPicture | None = None
    if xid is None or output.name is OutputName.TEXTURE:
        picture = frames = FramePicture(deliver)
        widget = MovingPicture(frames, renders_in_software(renderer))
    else:
        picture = VideoWindow(xid, Rect(0, 0, *size_px))

    def make_player(on_event: OnEvent) -> Player:
        return VlcPlayer(on_event, clock, picture.attach, output, VLC_OPTIONS, SoundPlace())

    video = PlayerVideo(make_player, picture, deliver, tell_frames, limit, widget)
    video.place(*size_px)
    boot = BootId(BOOT_ID.read_text(encoding="ascii").strip())
    run_id = token_hex(RUN_BYTES)
    book = ReportBook(run_id, settings.terminal, boot)
    kept = KeptReports(settings.data_folder / "unsent", run_id)
    reporter = Reporter(book, kept, agent.report, clock)
    reporter.start()
    return Studio(video, reporter, boot)


def stop_studio(studio: Studio) -> None:
    """The picture first, then the last report."""
    studio.video.close()
    studio.reporter.stop()
