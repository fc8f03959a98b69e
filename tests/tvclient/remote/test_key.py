from tvclient.remote.key import Key


def test_the_names_are_those_of_the_design() -> None:
    words = "up down left right ok back home menu play_pause stop rewind forward channel_up channel_down"
    colours = "red green yellow blue info"
    digits = " ".join(f"digit_{n}" for n in range(10))
    volume = "volume_up volume_down mute"
    assert {str(key) for key in Key} == set(f"{words} {digits} {colours} {volume}".split())


def test_a_digit_key_knows_its_digit_and_others_have_none() -> None:
    assert [key.digit for key in Key if key.digit is not None] == list(range(10))
    assert Key.RED.digit is None


def test_only_arrows_move_and_only_arrows_winding_and_volume_repeat() -> None:
    assert {key for key in Key if key.is_move} == {Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT}
    others = {Key.REWIND, Key.FORWARD, Key.VOLUME_UP, Key.VOLUME_DOWN}
    assert {key for key in Key if key.repeats and not key.is_move} == others


def test_louder_quieter_and_mute_are_volume_keys() -> None:
    assert {key for key in Key if key.is_volume} == {Key.VOLUME_UP, Key.VOLUME_DOWN, Key.MUTE}
