"""Articles of any kind for tests, with letters whose widths are easily told."""

import unicodedata

from hypothesis import strategies as st

from tvclient.state.article_part import Part, PartKind
from tvclient.theme import Type

SIGNS = "学习发酵床，。；！？、“”（）—…·abc 12é\u0301👩\u200d🌾\u3000ئۇ"


def measure(role: Type, text: str) -> float:
    """As fonts have it: a Chinese sign is as wide as it is high, others about half."""
    return sum(role.size_px * (1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.55) for sign in text)


def paragraph(text: str) -> Part:
    return Part(PartKind.PARAGRAPH, text)


def heading(text: str, level: int = 1) -> Part:
    return Part(PartKind.HEADING, text, level=level)


def picture(width_px: int, height_px: int, caption: str = "", url: str = "u") -> Part:
    return Part(PartKind.PICTURE, caption, url=url, width_px=width_px, height_px=height_px)


TEXTS = st.text(alphabet=SIGNS, min_size=1, max_size=400).filter(str.strip)
LONG_TEXTS = st.builds(lambda text, times: text * times, TEXTS, st.integers(1, 8))
LINED_TEXTS = st.lists(TEXTS, min_size=1, max_size=4).map("\n".join)
PARTS = st.lists(
    st.builds(paragraph, LONG_TEXTS | LINED_TEXTS)
    | st.builds(heading, TEXTS, st.integers(1, 4))
    | st.builds(picture, st.integers(1, 1_728), st.integers(1, 960), st.just("") | TEXTS)
    | st.builds(Part, st.sampled_from([PartKind.TITLE, PartKind.BYLINE]), TEXTS),
    max_size=14,
)
