"""Debian's Chromium in front of the box's pages; pictures go to build/pictures/browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.agent.page.browser.chromium import running_chromium

PICTURES = Path(__file__).parents[4] / "build" / "pictures" / "browser"
SMALL, PHONE, LAPTOP = (320, 640), (360, 740), (1280, 800)
PATIENCE_MS = 15_000

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for longer: while Playwright is there, nothing else of this process can run an event loop."""
    with running_chromium() as running:
        yield running


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens a page in a browser of its own; whatever the browser complains of fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(size: tuple[int, int] = PHONE, *, scripts: bool = True, zoom: float = 2.0) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=zoom,
            locale="zh-CN",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda told: troubles.append(told.text) if _is_trouble(told) else None)
        page.on("requestfailed", lambda request: troubles.append(f"{request.url} {request.failure}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(told: object) -> bool:
    # What the page refuses on purpose the browser calls an error too.
    text = str(getattr(told, "text", ""))
    return getattr(told, "type", "") in ("error", "warning") and "status of 4" not in text


def keep_picture(page: Page, name: str) -> Path:
    """The whole page, for people to look at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, full_page=True)
    return file
