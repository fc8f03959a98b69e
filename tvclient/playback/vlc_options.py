"""What libVLC is started with, whatever the media and the screen."""

import os

from tvclient.playback.transport import CACHED_MS

OPTIONS = (
    "--quiet",
    "--no-video-title-show",
    "--no-osd",
    "--no-snapshot-preview",
    "--no-disable-screensaver",  # the kiosk session does that; VLC would start a session bus for it
    "--no-sub-autodetect-file",
    "--sub-language=none",  # also those that the media mark as shown by default
    "--no-metadata-network-access",
    "--no-lua",
    "--swscale-mode=0",  # the finer way to enlarge a film costs two fifths more; nobody tells it apart
    f"--network-caching={CACHED_MS}",
    # One more, as libVLC has it, holds 12 MB of 1080p for nothing.
    f"--avcodec-threads={len(os.sched_getaffinity(0))}",
    # Chasing the sender's clock, libVLC throws a third of the pictures away on a line with jitter that its
    # store would bridge. Without it a sender slower by 0.01 % costs a pause of two seconds in three hours.
    "--clock-synchro=0",
    "--freetype-font=Noto Sans CJK SC",
    "--no-ts-es-id-pid",  # tracks of a transport stream by the numbers that their names are filed under
)
GLYPHS_OF = {"FC_LANG": "zh-cn"}
"""Where a subtitle names a font without Chinese, 骨 and 直 have their mainland forms, not the Japanese."""
