"""The words on screen: Chinese in the source, other languages from assets/locales through gettext."""

import gettext
import logging
from io import BytesIO
from pathlib import Path

import polib

log = logging.getLogger(__name__)

LOCALES = Path(__file__).resolve().parent.parent / "assets" / "locales"
DOMAIN = "zhanxue-tv"

_catalogues: list[gettext.NullTranslations] = [gettext.NullTranslations()]


def speak(language: str) -> None:
    """Use `language` (zh_CN, en, …) from now on; one without a file, or with a broken one, is Chinese."""
    _catalogues[:] = [_catalogue(LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po")]


def _(message: str) -> str:
    """The message in the language of the station."""
    return _catalogues[0].gettext(message)


def _catalogue(file: Path) -> gettext.NullTranslations:
    """A file of translations is text that people write; what gettext reads is made of it here."""
    if not file.is_file():
        return gettext.NullTranslations()
    try:
        return gettext.GNUTranslations(BytesIO(polib.pofile(str(file), encoding="utf-8").to_binary()))
    except (OSError, ValueError) as error:
        log.warning("译文文件 %s 读不出来（%s），屏幕仍用中文。", file, error)
        return gettext.NullTranslations()
