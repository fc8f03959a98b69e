"""What a card over the picture says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskLook:
    """What the card says. `share` None shows the icon in place of the ring."""

    question: str
    line1: str
    line2: str
    first: str
    first_icon: str
    second: str
    second_icon: str
    foot: str = ""
    studied_label: str = ""
    studied: str = ""
    studied_words: str = ""
    counted: bool = False
    icon: str = "check_circle"
    share: float | None = None
    figure: str = ""
    unit: str = ""


NOTHING = AskLook("", "", "", "", "play", "", "back")
