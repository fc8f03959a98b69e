"""The words on screen: Chinese in the source, other languages from assets/locales through gettext."""

import gettext
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "assets" / "locales"
DOMAIN = "zhanxue-tv"

_catalogues: list[gettext.NullTranslations] = [gettext.NullTranslations()]


def speak(language: str) -> None:
    """Use `language` (zh_CN, en, …) from now on; a language without a file falls back to Chinese."""
    _catalogues[:] = [gettext.translation(DOMAIN, LOCALES, languages=[language], fallback=True)]


def _(message: str) -> str:
    """The message in the language of the station."""
    return _catalogues[0].gettext(message)
