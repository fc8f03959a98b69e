"""Learning-card numbers: as people write them, and their check digit."""

import unicodedata
from typing import NewType

CardNumber = NewType("CardNumber", str)
"""6 to 19 digits 0–9."""

CARD_MIN, CARD_MAX = 6, 19
"""Digits; 19 is the most that a card has (ISO/IEC 7812-1)."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－", "0123456789-")
_HYPHENS = "-‐‑‒–—―−"
_LIKE_DIGITS = frozenset("OoОоlIiＯｏｌＩｉ")
"""Latin, Cyrillic and full-width letters that are typed for 0 and 1."""


class CardError(ValueError):
    """A text that is no card number; `.words` say what is wrong with it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def read_card(text: str) -> CardNumber:
    """A number as it was written, with full-width digits, blanks, hyphens; the check digit is not looked at.

    Raises CardError.
    """
    digits = "".join(character for character in text.translate(_FULL_WIDTH) if not _is_between(character))
    if not digits:
        raise CardError("没有写学习卡号")
    if not (digits.isascii() and digits.isdigit()):
        hint = "；字母 O、l 请改成数字 0、1" if _LIKE_DIGITS.intersection(digits) else ""
        raise CardError(f"学习卡号只能是数字{hint}")
    if not CARD_MIN <= len(digits) <= CARD_MAX:
        raise CardError(f"学习卡号应有 {CARD_MIN} 到 {CARD_MAX} 位数字，这里有 {len(digits)} 位")
    return CardNumber(digits)


def read_typed_card(text: str) -> CardNumber:
    """A number that somebody types from a card; its check digit must be right. Raises CardError."""
    card = read_card(text)
    if not has_right_check_digit(card):
        raise CardError("学习卡号不对，请照卡片再输入一次")
    return card


def has_right_check_digit(card: CardNumber) -> bool:
    """Whether the last digit agrees with the others by the Luhn formula (ISO/IEC 7812-1, annex B).

    It finds every single wrong digit, and all neighbours that changed places but 0 and 9.
    """
    singles = sum(int(digit) for digit in card[-1::-2])
    doubles = sum(sum(divmod(2 * int(digit), 10)) for digit in card[-2::-2])
    return (singles + doubles) % 10 == 0


def last_digits(card: CardNumber) -> str:
    """As much of a number as a list shows."""
    return card[-4:]


def _is_between(character: str) -> bool:
    # Format characters come along when a number is copied from a chat.
    return character.isspace() or character in _HYPHENS or unicodedata.category(character) == "Cf"
