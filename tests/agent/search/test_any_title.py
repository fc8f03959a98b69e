"""Whatever a title is and in whichever of its readings it is typed, it is found."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.search.index import SearchIndex
from agent.search.readings import Readings
from agent.search.spelling import DIGITS
from tests.agent.search.catalogue import entries, found, index_of

CHARACTERS = "发酵床养猪政务礼仪长乐重行的中国农业大学科技防治病虫害女绿安西岸额啊俄嗯"
POOL = st.text(st.sampled_from(CHARACTERS + "5GgWwPS"), min_size=1, max_size=8)
FEW_DIGITS = 5
"""Of more, not every way to read them is tried."""
ANY_TEXT = st.text(st.characters(), max_size=30)


@cache
def syllables(character: str) -> tuple[str, ...]:
    readings = Readings()
    readings.learn(character.lower())
    sign = readings.signs(character.lower())
    return tuple(sorted({read for held, other in readings.sets if other == sign for read in held}))


@cache
def many() -> SearchIndex:
    """Other titles among which it has to be found."""
    return index_of(*entries("course", *(CHARACTERS[n:] + CHARACTERS[:n] for n in range(len(CHARACTERS)))))


@settings(deadline=None, max_examples=150)
@given(title=POOL, data=st.data())
def test_it_is_found_in_any_of_its_readings(title: str, data: st.DataObject) -> None:
    read = [data.draw(st.sampled_from(syllables(character))) for character in title]
    index = index_of(*entries("course", title))
    initials = "".join(one[0] for one in read)
    ways = [initials, "".join(read), title, initials.translate(DIGITS)]
    if len(title) <= FEW_DIGITS and not any(map(str.isascii, title)):
        ways.append("".join(read).translate(DIGITS))
    for typed in ways:
        assert found(index, typed) == ["c1"], typed
        end = data.draw(st.integers(1, len(typed)))
        assert found(index, typed[:end]) == ["c1"], typed[:end]


@settings(deadline=None, max_examples=150)
@given(
    titles=st.lists(ANY_TEXT | POOL, max_size=12), typed=ANY_TEXT | POOL | st.text("fjczwly3529", max_size=12)
)
def test_any_question_to_any_titles_has_an_answer(titles: list[str], typed: str) -> None:
    index = index_of(*entries("course", *titles))
    asked = index.question(typed)
    answers = index.find(asked, 0, 20)
    assert len(answers.entries) == min(20, answers.total)
    for _, entry_id in answers.entries:
        title = titles[int(entry_id[1:]) - 1]
        stretches = asked.matched(title)
        assert all(0 <= start < end <= len(title) for start, end in stretches)
        assert stretches == sorted(stretches)


@settings(deadline=None, max_examples=50)
@given(typed=st.text("abcdefghijklmnopqrstuvwxyz23456789", min_size=1, max_size=40))
def test_any_letters_have_an_answer_among_many_titles(typed: str) -> None:
    found(many(), typed)
