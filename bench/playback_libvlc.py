"""The bare peer of bench/playback.py: libVLC through python-vlc in a plain X window, same options.

Run as `playback_libvlc.py MEDIA SECONDS`; prints the frames shown and lost as JSON at the end.
"""

import json
import sys
import threading

import vlc
from Xlib import X
from Xlib.display import Display

from tvclient.playback.output import choose_output
from tvclient.playback.sound import sound_options
from tvclient.playback.vlc_player import OPTIONS


def main(media: str, seconds: float) -> None:
    display = Display()
    window = display.screen().root.create_window(0, 0, 1920, 1080, 0, X.CopyFromParent, background_pixel=0)
    window.map()
    display.sync()
    instance = vlc.Instance([*OPTIONS, *choose_output("llvmpipe", None).vlc_options, *sound_options()])
    player = instance.media_player_new(media)
    player.set_xwindow(window.id)
    player.play()
    threading.Event().wait(seconds)
    counted = vlc.MediaStats()
    player.get_media().get_stats(counted)
    player.stop()
    frames = {"frames_shown": counted.displayed_pictures, "frames_lost": counted.lost_pictures}
    print(json.dumps(frames), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
