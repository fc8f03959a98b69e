"""The commands that have the box do something."""

from agent.commands.operating import FATES
from agent.loops.importing import ReceiptFate


def test_whatever_becomes_of_a_receipt_has_its_word_in_the_table() -> None:
    assert set(FATES) == set(ReceiptFate)
