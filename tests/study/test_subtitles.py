"""Subtitles are known by their name and their cues, in any encoding."""

import pytest

from study.subtitles import has_cues, is_subtitles_path

CUE = "1\r\n00:00:01,000 --> 00:00:02,000\r\n大家好\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-be"])
def test_a_cue_is_seen_in_every_encoding(encoding: str) -> None:
    assert has_cues(CUE.encode(encoding))


@pytest.mark.parametrize("content", [b"", b"WEBVTT\n\n", b"<html></html>", bytes(1000), "选料".encode()])
def test_what_has_no_cue_is_not_taken_for_subtitles(content: bytes) -> None:
    assert not has_cues(content)


def test_the_name_tells_subtitles_in_either_form() -> None:
    assert is_subtitles_path("/media/a.SRT") and is_subtitles_path("a.vtt")
    assert not is_subtitles_path("/media/a.mp4") and not is_subtitles_path("/media/srt")
