from tests.tvclient.remote.trees import column, off, row
from tvclient.remote.dump import dump
from tvclient.remote.focus import Focus


def test_it_shows_the_way_to_the_focus_and_what_cannot_take_it() -> None:
    focus = Focus(column("home", row("a", "a0", "a1"), row("b", off("b0"))), "a1")
    focus.push_modal(row("sure", "yes", "no"))
    assert dump(focus).splitlines() == [
        "> column home",
        "  > row a",
        "      a0",
        "    > a1",
        "  - row b",
        "    - b0",
        "> row sure",
        "  > yes",
        "    no",
    ]
