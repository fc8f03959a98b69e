"""Presence: when the card asks, when playback pauses."""

from study.presence import ANSWER_WITHIN_MS, ASK_AFTER_GROUP_MS, ASK_AFTER_MS, Presence, PresenceStep
from study.units import MonotonicMs


def at(ms: int) -> MonotonicMs:
    return MonotonicMs(1_000 + ms)


def test_the_card_asks_once_after_an_hour_without_a_key_and_pauses_two_minutes_later() -> None:
    presence, step = Presence(at(0)).step(at(ASK_AFTER_MS - 1))
    assert step is PresenceStep.NOTHING
    presence, step = presence.step(at(ASK_AFTER_MS))
    assert step is PresenceStep.ASK
    assert presence.asked_at_ms == at(ASK_AFTER_MS)
    presence, step = presence.step(at(ASK_AFTER_MS + ANSWER_WITHIN_MS - 1))
    assert (step, presence.seconds_left(at(ASK_AFTER_MS + ANSWER_WITHIN_MS - 1))) == (PresenceStep.NOTHING, 1)
    presence, step = presence.step(at(ASK_AFTER_MS + ANSWER_WITHIN_MS))
    assert (step, presence.seconds_left(at(ASK_AFTER_MS + ANSWER_WITHIN_MS))) == (PresenceStep.PAUSE, 0)


def test_a_key_answers_the_card_and_the_hour_begins_again() -> None:
    presence, _ = Presence(at(0)).step(at(ASK_AFTER_MS))
    answered = presence.sign_of_life(at(ASK_AFTER_MS + 5_000))
    assert answered.step(at(2 * ASK_AFTER_MS))[1] is PresenceStep.NOTHING
    assert answered.step(at(2 * ASK_AFTER_MS + 5_000))[1] is PresenceStep.ASK


def test_during_group_study_the_interval_is_two_hours() -> None:
    presence = Presence(at(0), ask_after_ms=ASK_AFTER_GROUP_MS)
    assert presence.step(at(ASK_AFTER_MS))[1] is PresenceStep.NOTHING
    assert presence.step(at(ASK_AFTER_GROUP_MS))[1] is PresenceStep.ASK
