"""The bare peer of bench/playback.py: libVLC through python-vlc in a plain X window, same options.

Run as `python -m bench.playback_libvlc FILM`; ends at SIGTERM and prints the frames shown and lost.
"""

import signal
import sys

import vlc
from Xlib import X
from Xlib.display import Display

from tvclient.playback.output import choose_output
from tvclient.playback.sound import VLC_OPTIONS as SOUND_OPTIONS
from tvclient.playback.vlc_player import OPTIONS


def main(film: str) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    display = Display()
    window = display.screen().root.create_window(0, 0, 1920, 1080, 0, X.CopyFromParent, background_pixel=0)
    window.map()
    display.sync()
    output = choose_output("llvmpipe", None)
    instance = vlc.Instance([*OPTIONS, *output.vlc_options, *SOUND_OPTIONS])
    media = instance.media_new(film)
    for option in output.media_options:
        media.add_option(option)
    player = instance.media_player_new()
    player.set_media(media)
    player.set_xwindow(window.id)
    player.play()
    signal.sigwait({signal.SIGTERM})
    counted = vlc.MediaStats()
    media.get_stats(counted)
    player.stop()
    print(counted.displayed_pictures, counted.lost_pictures, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
