"""What the set cuts off at the edges of the picture (overscan): how far everything keeps away from them."""

from tvclient.kept_choices import KeptChoices

CHOICE = "inset_pct"
MOST_PCT = 5
"""Old sets cut off two to five of a hundred at each edge."""


def inset_pct(choices: KeptChoices) -> int:
    """Of width and height, at each edge; 0 until somebody chose otherwise."""
    kept = choices.get(CHOICE)
    return kept if isinstance(kept, int) and 0 <= kept <= MOST_PCT else 0


def keep_inset(choices: KeptChoices, pct: int) -> None:
    """Bounded by 0 and MOST_PCT."""
    choices.keep(CHOICE, max(0, min(pct, MOST_PCT)))
