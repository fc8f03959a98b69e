"""Large mode 大字: whether it is on, kept over restarts."""

from tvclient.kept_choices import KeptChoices

CHOICE = "large_mode"


def is_large(choices: KeptChoices) -> bool:
    """Off until somebody turns it on."""
    return choices.get(CHOICE) is True


def set_large(choices: KeptChoices, on: bool) -> None:
    """From the next start of home on."""
    choices.keep(CHOICE, on)
