from tvclient.remote.key import Key
from tvclient.state.key_words import key_words


def test_every_key_has_a_name_of_its_own() -> None:
    assert len({key_words(key) for key in Key}) == len(Key)
    assert [key_words(key) for key in (Key.BACK, Key.DIGIT_5)] == ["返回", "5"]
