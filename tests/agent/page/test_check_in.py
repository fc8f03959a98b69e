"""People check in with their phones, see themselves, and leave."""

from concurrent.futures import ThreadPoolExecutor

from agent.stores.groups.group_log import check_in, undo_check
from agent.stores.groups.standing import standing_of
from study.group.attendance import Via
from study.units import MINUTE_MS
from tests.agent.page.conftest import PEOPLE, RoomPage


def test_a_code_is_scanned_a_card_is_typed_and_somebody_is_in(room: RoomPage) -> None:
    phone = room.phone(2)
    entered = phone.get(f"/{room.token()}")
    assert entered.url == room.url + "/"
    assert "农民夜校，防灾减灾" in phone.words
    assert phone.comes("001002") == "李*芳，签到成功"
    assert "秀" not in phone.page
    assert "1002" not in phone.page
    assert room.present() == [1]
    room.clock.pass_ms(MINUTE_MS)
    with room.parts.database.reading() as tables:
        [group] = tables.query("SELECT * FROM groups")
        assert [one.via for one in standing_of(tables, group, room.now).attendances] == [Via.PHONE]


def test_the_whole_number_does_too_however_it_is_written(room: RoomPage) -> None:
    assert room.scanning(2).comes("6212 2600 0000 2003") == "王*明，签到成功"
    assert room.scanning(3).comes("６２１２２６００００００１００２") == "李*芳，签到成功"


def test_a_name_counts_only_whole_and_with_the_digits_of_the_card(room: RoomPage) -> None:
    phone = room.scanning(2)
    wrong = {
        phone.comes_by_name("李秀", "1002"),
        phone.comes_by_name("李秀芳", "1003"),
        phone.comes_by_name("李秀芳", ""),
        phone.comes_by_name("", "1002"),
    }
    assert len(wrong) == 1
    assert room.present() == []
    assert phone.comes_by_name(" 李 秀芳", "１００２") == "李*芳，签到成功"
    assert room.scanning(3).comes_by_name("阿依古丽•买买提", "3004") == "阿*提，签到成功"
    assert room.scanning(4).comes_by_name("陈静", "4006") == "陈*，签到成功"


def test_what_is_wrong_is_not_told(room: RoomPage) -> None:
    """A number of nobody, of two people, a wrong name, a wrong check digit: the same page."""
    phone = room.scanning(2)
    said = {phone.comes("123456"), phone.comes("771007"), phone.comes_by_name("李四", "1002")}
    said |= {phone.comes("6212260000009999"), room.scanning(3).comes("abc")}
    assert len(said) == 1
    assert "没有找到" in said.pop()
    assert room.present() == []


def test_a_visitor_checks_in_by_the_whole_number(room: RoomPage) -> None:
    assert room.scanning(2).comes("4532015112830366") == "访客，签到成功"
    assert len(room.present()) == 1


def test_one_person_is_in_once(room: RoomPage) -> None:
    first, second = room.scanning(2), room.scanning(3)
    assert first.comes("001002") == "李*芳，签到成功"
    assert first.comes("001002") == "李*芳，已经签到"
    assert second.comes("001002") == "这张卡已经签到"
    assert "李" not in second.page
    assert room.present() == [1]


def test_a_phone_brings_two_people_and_no_third(room: RoomPage) -> None:
    phone = room.scanning(2)
    assert phone.comes("001002") == "李*芳，签到成功"
    phone.get("/another")
    assert phone.comes("002003") == "王*明，签到成功"
    assert "李*芳" in phone.page
    assert phone.get("/another").url == room.url + "/"
    assert "不能再加" in phone.comes("003004")
    assert room.present() == [2, 1]


def test_a_phone_without_its_cookie_is_the_same_phone(room: RoomPage) -> None:
    room.scanning(2).comes("001002")
    other = room.scanning(2)
    assert other.comes("002003") == "王*明，签到成功"
    assert "不能再加" in room.scanning(2).comes("003004")
    assert len(room.present()) == 2


def test_whoever_lost_the_cookie_finds_themselves_again(room: RoomPage) -> None:
    room.scanning(2).comes("001002")
    again = room.scanning(2)
    assert again.comes("001002") == "李*芳，已经签到"
    assert "我要先走" in again.page


def test_somebody_leaves_after_being_asked_and_comes_back(room: RoomPage) -> None:
    phone = room.scanning(2)
    phone.comes("001002")
    phone.get("/leave/0")
    assert "要先走吗" in phone.page
    assert room.present() == [1]
    phone.post("/leave", {"slot": "0"})
    assert "已经签退" in phone.said
    assert room.present() == []
    phone.post("/check-in", {"slot": "0"})
    assert phone.said == "李*芳，签到成功"
    assert room.present() == [1]


def test_a_phone_checks_out_nobody_else(room: RoomPage) -> None:
    room.scanning(2).comes("001002")
    stranger = room.scanning(3)
    for slot in ("0", "1", "-1", "²", "999999999999", ""):
        assert stranger.post("/leave", {"slot": slot}).status_code == 200
        assert stranger.get(f"/leave/{slot}").status_code in (200, 404)
        stranger.get()
    assert room.present() == [1]


def test_after_the_end_nobody_comes_any_more(room: RoomPage) -> None:
    phone, late = room.scanning(2), room.scanning(3)
    phone.comes("001002")
    room.ends()
    late.comes("002003")
    assert "已经结束" in late.words
    phone.get()
    assert "已经结束" in phone.page
    assert "我要先走" not in phone.page
    assert phone.get("/another").url == room.url + "/"


def test_two_people_of_one_name_and_one_end_are_told_apart_by_the_whole_number(room: RoomPage) -> None:
    assert room.scanning(2).comes(PEOPLE[5][1]) == "赵*，签到成功"
    assert room.scanning(3).comes(PEOPLE[6][1]) == "钱*，签到成功"


def test_a_phone_that_sends_four_people_at_once_brings_two(room: RoomPage) -> None:
    phone = room.scanning(2)
    sent = {"form_token": phone.form_token}
    cookies = phone.session.cookies.get_dict()

    def comes(card: str) -> int:
        other = room.phone(2)
        answer = other.session.post(
            f"{room.url}/check-in", {**sent, "card": card}, cookies=cookies, timeout=10, allow_redirects=False
        )
        return answer.status_code

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(comes, [card for _, card in PEOPLE[:4]])) == {303}
    assert len(room.present()) == 2


def test_who_is_in_by_card_sees_themselves_on_their_phone(room: RoomPage) -> None:
    with room.parts.database.writing() as tables:
        check_in(tables, room.group_id, 1, Via.CARD, room.now)
    phone = room.scanning(2)
    assert phone.comes("001002") == "李*芳，已经签到"
    assert "我要先走" in phone.page


def test_what_the_television_undoes_the_phone_shows(room: RoomPage) -> None:
    phone = room.scanning(2)
    phone.comes("001002")
    with room.parts.database.writing() as tables:
        undo_check(tables, room.group_id, room.now)
    phone.get()
    assert "已经签退" in phone.words
