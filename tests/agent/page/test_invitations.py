"""The code on the television lets phones in for a few minutes, and nobody else."""

from collections.abc import Callable

import pytest

from agent.page.invitations import ROTATE_MS, TOKEN_LENGTH, VALID_MS, Invitations
from tests.agent.page.conftest import RoomPage


def test_a_token_is_another_after_five_minutes_and_lives_ten(room: RoomPage) -> None:
    first = room.token()
    room.clock.pass_ms(ROTATE_MS - 1)
    assert room.token() == first
    room.clock.pass_ms(1)
    second = room.token()
    assert second != first
    assert room.phone(2).get(f"/{first}").url == room.url + "/"
    room.clock.pass_ms(VALID_MS - ROTATE_MS)
    late = room.phone(3)
    assert late.get(f"/{first}").status_code == 403
    assert "重新扫描" in late.page
    assert late.get(f"/{second}").status_code == 200


def test_a_token_that_nobody_made_lets_nobody_in(room: RoomPage) -> None:
    real = room.token()
    phone = room.phone(2)
    for forged in (real[::-1], real[:-1] + "_", "A" * TOKEN_LENGTH):
        assert phone.get(f"/{forged}").status_code == 403
    assert phone.get(f"/{real}x").status_code == 404
    assert phone.session.cookies.get_dict() == {}
    assert phone.get().status_code == 403
    assert "请重新扫描电视上的二维码" in phone.page


def test_the_token_leaves_the_address_for_a_cookie_that_no_script_reads(room: RoomPage) -> None:
    answer = room.phone(2).session.get(f"{room.url}/{room.token()}", allow_redirects=False, timeout=5)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "expires" not in cookie.lower(), "a phone with a wrong clock would drop it"
    assert room.token() not in cookie


def test_a_replayed_token_makes_no_second_phone_of_one(room: RoomPage) -> None:
    phone = room.scanning(2)
    cookie = phone.session.cookies.get_dict()
    phone.get(f"/{room.token()}")
    assert phone.session.cookies.get_dict() == cookie


def test_a_phone_that_is_in_may_scan_an_old_code(room: RoomPage) -> None:
    phone, old = room.scanning(2), room.token()
    room.clock.pass_ms(VALID_MS)
    assert phone.get(f"/{old}").url == room.url + "/"


def test_a_cookie_belongs_to_one_group_study(room: RoomPage) -> None:
    phone = room.scanning(2)
    phone.comes("001002")
    room.ends()
    room.begins()
    phone.get()
    assert "已经结束" in phone.page
    phone.get(f"/{room.token()}")
    assert "用学习卡号签到" in phone.page
    assert phone.comes("001002") == "李*芳，签到成功"


def test_two_televisions_have_each_their_own_code(room: RoomPage) -> None:
    first = room.group_id
    second = room.begins("tv-2")
    phone = room.phone(2)
    phone.get(f"/{room.token(first)}")
    phone.comes("001002")
    assert room.present() == []
    other = room.phone(3)
    other.get(f"/{room.token(second)}")
    other.comes("002003")
    assert room.present() == [2]


def test_a_restart_makes_tokens_and_cookies_void(room: RoomPage, start: Callable[[], RoomPage]) -> None:
    phone, token = room.scanning(2), room.token()
    again = start()
    phone.url = again.url
    assert phone.get().status_code == 403
    assert phone.get(f"/{token}").status_code == 403


def test_a_clock_that_runs_backwards_lets_nobody_in() -> None:
    held = Invitations()
    token = held.token(1, 1_000_000)
    assert held.group_of(token, 999_999) is None
    assert held.group_of("", 1_000_000) is None
    assert held.group_of(token, 1_000_000) == 1


@pytest.mark.parametrize("now_ms", [0, 1_000_000])
def test_no_two_tokens_are_the_same(now_ms: int) -> None:
    held = Invitations()
    assert len({held.token(group_id, now_ms) for group_id in range(50)}) == 50
