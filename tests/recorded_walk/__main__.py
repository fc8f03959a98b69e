"""A walk through every screen with the remote alone, one PNG a step: build/walk/<language>-<height>/."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.fakes.fake_agent import running_agent
from tests.recorded_walk.evening import set_the_evening
from tests.recorded_walk.steps import WALK, Step
from tests.tvclient.television_rig import TelevisionRig, running_television

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"1080": "1920x1080", "720": "1280x720"}
LANGUAGES = {"zh": "zh_CN", "en": "en"}


def walk(language: str, height: str, folder: Path) -> int:
    """How many pictures it took."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    size = SIZES[height]
    with tempfile.TemporaryDirectory() as name, running_agent() as agent:
        set_the_evening(agent, Path(name))
        more = ("--language", LANGUAGES[language])
        with running_television(agent, Path(name), size, f"{size}x24", more) as television:
            for number, step in enumerate(WALK, start=1):
                step.happens(agent)
                _take(television, step)
                television.picture().save(folder / f"{number:02}-{step.name}.png")
    return len(WALK)


def _take(television: TelevisionRig, step: Step) -> None:
    if step.keys:
        television.press(*step.keys)

    def is_there() -> bool:
        last = television.lines()[-1]
        focus = str(last.get("focus") or "")
        return last.get("screen", "").startswith(step.screen) and focus.startswith(step.focus)

    television.wait(is_there, f"{step.name}: {step.screen} {step.focus}")
    time.sleep(step.rest_s)


def main(argv: list[str] | None = None) -> int:
    """0 when every step came to what was waited for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.recorded_walk", description="走遍每一屏，每步一张图"
    )
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--heights", nargs="+", choices=SIZES, default=list(SIZES))
    asked = parser.parse_args(argv)
    for language in asked.languages:
        for height in asked.heights:
            folder = ROOT / "build" / "walk" / f"{language}-{height}"
            print(f"{folder}：{walk(language, height, folder)} 张", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
