"""Real media with two sounds and with subtitles, in every shape that the player has to know."""

from pathlib import Path

from tests.tvclient.playback.media import CLIP_MS, run_ffmpeg

WORDS = "骨直门"
MANDARIN_HZ, CANTONESE_HZ = 440, 880
CONTAINERS = ("srt.mkv", "ass.mkv", "text.mp4", "sounds.ts", "hls/master.m3u8")


def make_track_media(folder: Path) -> None:
    """Black pictures, Mandarin at 440 Hz and Cantonese at 880 Hz, one Chinese and one English subtitle."""
    (folder / "chinese.srt").write_text(_srt(WORDS), encoding="utf-8")
    (folder / "english.srt").write_text(_srt("study"), encoding="utf-8")
    run_ffmpeg("-i", str(folder / "chinese.srt"), str(folder / "chinese.vtt"))
    _make_sounds(folder)
    for name, codec in (("srt.mkv", "srt"), ("ass.mkv", "ass"), ("text.mp4", "mov_text")):
        _add_subtitles(folder, name, codec)
    run_ffmpeg("-i", str(folder / "sounds.mp4"), "-map", "0", "-c", "copy", str(folder / "sounds.ts"))
    _make_hls(folder)


def _srt(words: str) -> str:
    seconds = CLIP_MS // 1000
    lines = (
        ("00:00:00,100", f"00:00:{seconds - 1:02},000", words),
        (f"00:00:{seconds - 1:02},000", f"00:00:{seconds:02},000", "完"),
    )
    return "\n".join(
        f"{number}\n{begin} --> {end}\n{text}\n" for number, (begin, end, text) in enumerate(lines, 1)
    )


def _make_sounds(folder: Path) -> None:
    tones = [
        option
        for pitch_hz in (MANDARIN_HZ, CANTONESE_HZ)
        for option in ("-f", "lavfi", "-i", f"sine=frequency={pitch_hz}:sample_rate=48000")
    ]
    run_ffmpeg(
        *("-f", "lavfi", "-i", "color=black:size=640x360:rate=25", *tones),
        *("-t", str(CLIP_MS / 1000), "-map", "0", "-map", "1", "-map", "2"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"),
        *("-metadata:s:a:0", "language=chi", "-metadata:s:a:0", "title=普通话"),
        *("-metadata:s:a:1", "language=yue", "-metadata:s:a:1", "title=粤语"),
        str(folder / "sounds.mp4"),
    )


def _add_subtitles(folder: Path, name: str, codec: str) -> None:
    """The Chinese one is marked as shown by default."""
    sources = ("sounds.mp4", "chinese.srt", "english.srt")
    run_ffmpeg(
        *(option for source in sources for option in ("-i", str(folder / source))),
        *("-map", "0", "-map", "1", "-map", "2", "-c", "copy", "-c:s", codec),
        *("-metadata:s:s:0", "language=chi", "-disposition:s:0", "default"),
        *("-metadata:s:a:0", "title=普通话", "-metadata:s:a:1", "title=粤语"),
        *("-metadata:s:s:1", "language=eng", "-movflags", "+faststart", str(folder / name)),
    )


def _make_hls(folder: Path) -> None:
    """The sounds beside the pictures, each in a playlist of its own."""
    (folder / "hls").mkdir()
    sounds = "a:0,agroup:sound,language:chi,default:yes a:1,agroup:sound,language:yue"
    run_ffmpeg(
        *("-i", str(folder / "sounds.mp4"), "-map", "0:v", "-map", "0:a:0", "-map", "0:a:1", "-c", "copy"),
        *("-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"),
        *("-hls_segment_filename", str(folder / "hls" / "%v_%d.ts"), "-master_pl_name", "master.m3u8"),
        *("-var_stream_map", f"v:0,agroup:sound {sounds}", str(folder / "hls" / "%v.m3u8")),
    )
