"""Makes the demo's media files with ffmpeg: real H.264/AAC that move, sound, and show what they are."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

from demo import artwork, lettering
from demo.articles import put_articles
from demo.catalogue import Clip, read_catalogue
from demo.covers import make_covers
from demo.errors import DemoError
from demo.subtitles import put_subtitles

FRAME_SIZE = (1920, 1080)
PICTURE_SIZE = (2400, 1350)
FRAMES_PER_S = 25
KEYFRAME_EVERY = 2 * FRAMES_PER_S
SAMPLES_PER_S = 48_000
# Whole, even pixels a frame: the encoder then finds every block again as it was, which is quick and sharp.
PAN_PX_PER_FRAME = 2
# Degrees of the pentatonic scale above A3, in semitones: any two clips in a row sound different.
PENTATONIC = (0, 2, 4, 7, 9)
LOWEST_TONE_HZ = 220.0
COUNTER_SIZE_PX = 112
LANGUAGES = {"普通话": "zho", "粤语": "yue"}
"""Of the sounds that a clip may have several of, as MP4 names languages."""
SEMITONES_APART = 5
"""Of one sound of a clip above the one before, so that the ear tells them apart."""

NO_SPACE = "No space left on device"
LAST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where clips are made: finished files, the pictures they are made from, and the encoder's name."""

    media: Path
    parts: Path
    ffmpeg: str = "ffmpeg"


class ProgressLine:
    """Shows n/m while clips are made: a bar drawn anew on a terminal, one line a clip in a log."""

    def __init__(self, total: int, write: Callable[[str], object], terminal: bool) -> None:
        self._total = total
        self._write = write
        self._terminal = terminal
        self._done = 0

    def finished(self, clip: Clip, took_s: float | None) -> None:
        """`took_s` is None for a clip that was there already."""
        self._done += 1
        words = "已有" if took_s is None else f"{took_s:.1f} 秒"
        text = f"视频 {self._done}/{self._total} {clip.file} 《{clip.title}》 {words}"
        if self._terminal:
            filled = 24 * self._done // self._total
            end = "\n" if self._done == self._total else ""
            self._write(f"\r\033[K{'█' * filled}{'░' * (24 - filled)} {text}{end}")
        else:
            self._write(text + "\n")


def make_media(clips: Sequence[Clip], shop: Workshop, progress: ProgressLine) -> list[Path]:
    """Makes every clip that is not there yet from the same inputs; raises DemoError at the first failure."""
    shop.media.mkdir(parents=True, exist_ok=True)
    shop.parts.mkdir(parents=True, exist_ok=True)
    waiting = []
    for clip in clips:
        if _is_made(clip, shop):
            progress.finished(clip, None)
        else:
            waiting.append(clip)
    # The longest first, so that no core is left alone with one at the end.
    waiting.sort(key=lambda clip: clip.length_s, reverse=True)
    # One encoder thread a core: whole clips side by side waste less than threads inside one clip.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        running = {pool.submit(_make_timed, clip, shop): clip for clip in waiting}
        try:
            for done in as_completed(running):
                progress.finished(running[done], done.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [shop.media / clip.file for clip in clips]


def make_clip(clip: Clip, shop: Workshop) -> Path:
    """Draws the clip's pictures and encodes it; the file appears under its name only when it is whole."""
    target = shop.media / clip.file
    stamp = _stamp(clip, shop)
    stamp.unlink(missing_ok=True)
    pictures = _draw_parts(clip, shop)
    unfinished = target.with_suffix(".part")
    try:
        _run(_command(clip, pictures, unfinished, shop.ffmpeg), clip)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
        for picture in pictures:
            picture.unlink(missing_ok=True)
    stamp.write_text(_inputs_digest(clip), encoding="ascii")
    return target


def _make_timed(clip: Clip, shop: Workshop) -> float:
    started_s = time.monotonic()
    make_clip(clip, shop)
    return time.monotonic() - started_s


def _is_made(clip: Clip, shop: Workshop) -> bool:
    stamp = _stamp(clip, shop)
    there = stamp.is_file() and (shop.media / clip.file).is_file()
    return there and stamp.read_text(encoding="ascii") == _inputs_digest(clip)


def _stamp(clip: Clip, shop: Workshop) -> Path:
    return shop.parts / f"{clip.file}.sha256"


def _inputs_digest(clip: Clip) -> str:
    """Changes with whatever changes the file: the clip's data, its poster, and the code that draws it."""
    digest = hashlib.sha256(repr(sorted(asdict(clip).items())).encode())
    sources = [Path(__file__), Path(artwork.__file__), Path(lettering.__file__)]
    if clip.poster:
        sources.append(artwork.POSTERS / f"{clip.poster}.svg")
    for source in sources:
        if source.is_file():
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _draw_parts(clip: Clip, shop: Workshop) -> list[Path]:
    """The inputs of the video graph, in its order, as PNG files."""
    drawn = {
        "picture": lettering.with_grain(artwork.background(clip.poster, clip.category, PICTURE_SIZE)),
        "panel": lettering.draw_panel(clip, FRAME_SIZE),
        "bead": lettering.draw_bead(),
    }
    paths = []
    for name, image in drawn.items():
        paths.append(shop.parts / f"{clip.file}.{name}.png")
        image.save(paths[-1], compress_level=1)
    return paths


def _command(clip: Clip, pictures: Iterable[Path], target: Path, ffmpeg: str) -> list[str]:
    inputs = [part for picture in pictures for part in ("-i", str(picture))]
    sounds = range(max(1, len(clip.sounds)))
    graph = ";".join([_video_graph(clip), *(_audio_graph(clip, sound) for sound in sounds)])
    return [
        *(ffmpeg, "-hide_banner", "-nostdin", "-loglevel", "error", "-y", *inputs),
        *("-filter_complex_threads", "1", "-filter_complex", graph),
        *("-map", "[video]", *(part for sound in sounds for part in ("-map", f"[audio{sound}]"))),
        *_sound_names(clip),
        *("-t", f"{clip.length_s:.3f}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", "-pix_fmt", "yuv420p"),
        *("-profile:v", "high", "-x264-params", "8x8dct=1:cabac=1:bframes=2:b-adapt=0"),
        *("-crf", "24"),
        *("-g", str(KEYFRAME_EVERY), "-keyint_min", str(KEYFRAME_EVERY), "-sc_threshold", "0"),
        *("-c:a", "aac", "-b:a", "96k", "-ac", "2"),
        *("-metadata", f"title={clip.title}", "-movflags", "+faststart", "-f", "mp4", str(target)),
    ]


def _sound_names(clip: Clip) -> Iterable[str]:
    """The first is what plays unasked."""
    for sound, name in enumerate(clip.sounds):
        yield from (f"-metadata:s:a:{sound}", f"language={LANGUAGES[name]}")
        yield from (f"-metadata:s:a:{sound}", f"handler_name={name}")
        yield from (f"-disposition:a:{sound}", "0" if sound else "default")


def _video_graph(clip: Clip) -> str:
    """Inputs: 0 picture, 1 panel, 2 bead. Each is decoded once and repeated, never read again."""
    room_px = PICTURE_SIZE[0] - FRAME_SIZE[0]
    start = clip.number * 60
    pan = f"abs(mod({PAN_PX_PER_FRAME}*(n+{start}),{2 * room_px})-{room_px})"
    panel_top = FRAME_SIZE[1] - lettering.PANEL_HEIGHT_PX
    # The middle of the picture lies in the middle of what the panel leaves free; even, for the chroma.
    top = (PICTURE_SIZE[1] - panel_top) // 4 * 2
    bead_top = panel_top - lettering.BEAD_PX // 2 + lettering.RAIL_PX // 2
    swing = (FRAME_SIZE[0] - lettering.BEAD_PX) // 2
    counter = (
        f"fontfile={artwork.FONTS / 'NotoSansSC-Bold.otf'}:text='%{{pts\\:gmtime\\:0\\:%M\\\\\\:%S}}'"
        f":fontsize={COUNTER_SIZE_PX}:fontcolor=0xF6F1E6:x=w-text_w-{lettering.MARGIN_PX}"
        f":y={panel_top + (lettering.PANEL_HEIGHT_PX - COUNTER_SIZE_PX) // 2 + 16}"
    )
    still = "loop=loop=-1:size=1"
    return (
        f"[0]format=yuv420p,{still},fps={FRAMES_PER_S},"
        f"crop={FRAME_SIZE[0]}:{FRAME_SIZE[1]}:x='{pan}':y={top}[moving];"
        f"[1]format=yuva420p,{still}[panel];[2]format=yuva420p,{still}[bead];"
        f"[moving][panel]overlay=0:{panel_top}[named];"
        f"[named][bead]overlay=x='{swing}-{swing}*cos(t/2)':y={bead_top}:eval=frame[swung];"
        f"[swung]drawtext={counter}[video]"
    )


def _audio_graph(clip: Clip, sound: int) -> str:
    """A soft tone with its fifth, swelling every two seconds, at a pitch of its own for each clip."""
    octave, degree = divmod(clip.number % (2 * len(PENTATONIC)), len(PENTATONIC))
    tone_hz = LOWEST_TONE_HZ * 2 ** (octave + (PENTATONIC[degree] + SEMITONES_APART * sound) / 12)
    return (
        f"sine=frequency={tone_hz:.2f}:sample_rate={SAMPLES_PER_S}[ground{sound}];"
        f"sine=frequency={tone_hz * 1.5:.2f}:sample_rate={SAMPLES_PER_S},volume=0.4[fifth{sound}];"
        f"[ground{sound}][fifth{sound}]amix=inputs=2,tremolo=f=0.5:d=0.7,volume=1.2[audio{sound}]"
    )


def _run(command: list[str], clip: Clip) -> None:
    """Runs ffmpeg; raises DemoError in words that say what to do."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except FileNotFoundError as error:
        raise DemoError("缺少 ffmpeg，做不出演示视频。请先运行 make setup。") from error
    if done.returncode == 0:
        return
    if NO_SPACE in done.stderr:
        raise DemoError(
            f"磁盘满了，做不出视频 {clip.file}。请腾出至少 1 GB 空间后再运行一次，已做好的不会重做。"
        )
    raise DemoError(
        f"ffmpeg 没有做出视频 {clip.file}（返回 {done.returncode}）：{done.stderr.strip()[-LAST_WORDS:]}\n"
        "请先运行 make setup 补齐软件，再运行一次，已做好的不会重做。"
    )


def main() -> int:
    """Makes all media and covers of the demo under build/demo."""
    build = artwork.ROOT / "build" / "demo"
    try:
        catalogue = read_catalogue(artwork.ROOT / "assets" / "demo")
        make_covers(catalogue.covers, build / "covers", print)
        progress = ProgressLine(len(catalogue.clips), _write_at_once, sys.stdout.isatty())
        make_media(catalogue.clips, Workshop(build / "media", build / "parts"), progress)
        put_articles(artwork.ROOT / "assets" / "demo", build / "media")
        put_subtitles(artwork.ROOT / "assets" / "demo" / "subtitles", build / "media")
    except DemoError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def _write_at_once(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
