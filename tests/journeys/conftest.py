"""A small city with short films, and one box with its television, all of them real processes."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.display import RemoteAndEyes, virtual_display
from demo.events import EventFile
from demo.house import BOX_STATION, House, Media
from demo.operator import Operator
from tests.agent.real_city import set_up
from tests.journeys.machine import why_no_machine
from tests.journeys.village import Village

COURSES = """course_id,title,producer,category,topic,monthly,episode,episode_title,media,cover,subtitles
1,长课,讲师团,党的建设,,,1,长课,long.mp4,,
2,短课,讲师团,实用技术,,,1,短课,short.mp4,,短课.srt
"""
STATIONS = f"""number,name,district,street,type,due,account,activation_code
{BOX_STATION},大兴区黄村镇埝坛村,大兴,黄村镇,village,1,{BOX_STATION},806459231748
"""
SUBTITLES = "1\r\n00:00:01,000 --> 00:00:04,000\r\n选料要新鲜、干燥\r\n"
LINE = "udp://@239.255.42.1:5000"
CHANNELS = f"channel_id,number,title,media,address\nL1,1,直播课堂,short.mp4,\nL2,2,本地线路,,{LINE}\n"
FILMS = {"long.mp4": 120, "short.mp4": 30}


def make_film(path: Path, seconds: int) -> None:
    """H.264 and AAC with a picture that moves everywhere."""
    sources = [f"testsrc2=size=640x360:rate=25:duration={seconds}", f"sine=frequency=330:duration={seconds}"]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    command = ["ffmpeg", "-y", "-v", "error", *inputs, *coding, "-movflags", "+faststart", str(path)]
    subprocess.run(command, check=True)


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Media:
    folder = tmp_path_factory.mktemp("city")
    media = Media(folder / "films", folder / "covers", folder)
    media.films.mkdir()
    media.covers.mkdir()
    for name, seconds in FILMS.items():
        make_film(media.films / name, seconds)
    (media.films / "短课.srt").write_bytes(SUBTITLES.encode("gb18030"))
    tables = {"districts": "district\n大兴\n", "stations": STATIONS, "courses": COURSES, "channels": CHANNELS}
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return media


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtual_display(tmp_path_factory.mktemp("xvfb") / "xvfb.log") as display:
        yield display


@pytest.fixture
def house(tmp_path: Path, small_city: Media, screen: str) -> Iterator[House]:
    """City and enrolled box run; the television is off."""
    house = House(tmp_path / "house", small_city, screen)
    try:
        house.open_city()
        house.start_agent()
        house.enrol_box()
        yield house
    finally:
        house.stop()


@pytest.fixture
def operator(house: House, screen: str, tmp_path: Path) -> Iterator[Operator]:
    """A person with the remote in front of the running television, at home with the courses there."""
    house.start_tv()
    with RemoteAndEyes(screen) as remote:
        operator = Operator(remote, EventFile(house.events), tmp_path)
        operator.wait_for_screen("home", 40)
        yield operator


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    if lacking := why_no_machine():
        pytest.fail(lacking)
    # A channel's encoder is waited for with a sleep, which libfaketime refuses.
    set_up(tmp_path, with_channel=False)
    held = Village(tmp_path)
    yield held
    if held.boot is not None:
        held.boot.agent.kill()
    held.city.stop()
