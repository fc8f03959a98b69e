"""What the page lets in, how often, and what it says of itself."""

import base64
import hashlib
import http.client
import logging
import re
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.page.attending import NOT_FOUND
from agent.page.door import BODY_BYTES_MAX
from agent.page.turning_away import REFUSED_AT_ONCE
from study import group_api, local_api
from study.units import HOUR_MS, MINUTE_MS
from tests.agent.page.conftest import PEOPLE, RoomPage
from tests.agent.page.phones import Html

PAGE_BYTES_MAX = 100_000


def test_a_form_without_its_token_changes_nothing(room: RoomPage) -> None:
    phone = room.scanning(2)
    other = room.scanning(3)
    for token in ("", "x", other.form_token):
        answer = phone.post("/check-in", {"card": "001002", "form_token": token})
        assert answer.status_code == 403
    assert room.present() == []


def test_a_form_without_a_cookie_changes_nothing(room: RoomPage) -> None:
    phone = room.scanning(2)
    phone.session.cookies.clear()
    assert phone.post("/check-in", {"card": "001002"}).status_code == 403
    assert room.present() == []


@pytest.mark.parametrize("path", ["/", "/another", "/nothing", "/leave/0", "/" + "A" * 22])
def test_every_answer_has_the_headers(room: RoomPage, path: str) -> None:
    headers = room.scanning(2).get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert "server" not in headers


def test_pages_are_whole_small_and_made_for_everybody(room: RoomPage) -> None:
    phone = room.scanning(2)
    pages = [phone.page]
    phone.comes("000000")
    pages.append(phone.page)
    phone.comes("001002")
    pages.append(phone.page)
    for path in ("/another", "/leave/0", "/nothing"):
        phone.get(path)
        pages.append(phone.page)
    for page in pages:
        html = Html(page)
        assert html.faults == []
        assert html.all("html") == [{"lang": "zh-CN"}]
        assert html.all("script") == []
        assert len(html.all("h1")) == 1
        ids = [found["id"] for _, found in html.tags if "id" in found]
        assert len(ids) == len(set(ids))
        labelled = {label["for"] for label in html.all("label")}
        typed = [field for field in html.all("input") if field["type"] != "hidden"]
        assert {field["id"] for field in typed} == labelled
        assert all(field["autocomplete"] == "off" for field in typed)
        assert len(page.encode()) < PAGE_BYTES_MAX


def test_any_host_name_will_do_and_none_is_repeated(room: RoomPage) -> None:
    phone = room.phone(2)
    answer = phone.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 403
    assert "evil" not in answer.text
    moved = phone.session.get(
        f"{room.url}/{room.token()}", headers={"Host": "evil.example"}, allow_redirects=False, timeout=5
    )
    assert moved.headers["location"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        *(local_api.STATUS, local_api.HOME, local_api.REPORTS, local_api.RECORD, group_api.GROUP),
        *(group_api.GROUP_CHECK_INS, group_api.GROUP_END, "/media/x/5.1", "/openapi.json", "/docs"),
        *("/..%2f..%2fetc/passwd", "/leave/../v1/status", "/style.css", "/favicon.ico", "//", "/%00"),
    ],
)
def test_nothing_of_the_local_api_is_there(room: RoomPage, path: str) -> None:
    phone = room.scanning(2)
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
        answer = phone.session.request(method, room.url + path, timeout=5)
        assert answer.status_code in (404, 405)


def test_a_body_of_more_than_a_form_is_refused(room: RoomPage) -> None:
    phone = room.scanning(2)
    assert phone.post("/check-in", {"card": "1" * BODY_BYTES_MAX}).status_code == 413
    pieces = iter([b"card=", *[b"1" * 1_000] * 6])
    answer = phone.session.post(f"{room.url}/check-in", data=pieces, timeout=5)
    assert answer.status_code == 413
    assert room.present() == []


def test_a_body_that_never_comes_is_given_up(room: RoomPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.connection.ASK_S", 0.3)
    with socket.create_connection(("127.0.0.1", room.parts.port), 5) as slow:
        slow.sendall(b"POST /check-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ncard=")
        said = slow.recv(4_096)
    assert said.startswith(b"HTTP/1.1 408")
    assert b"no-store" in said


def test_what_is_no_http_is_refused_without_a_line_in_the_log(
    room: RoomPage, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_connection(("127.0.0.1", room.parts.port), 5) as strange:
        strange.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert strange.recv(4_096).startswith(b"HTTP/1.1 400")
    assert caplog.records == []


def test_of_quick_requests_from_one_phone_nearly_all_are_refused_and_others_get_in(room: RoomPage) -> None:
    done = threading.Event()
    answers: list[int] = []

    def flood() -> None:
        while not done.is_set():
            line = http.client.HTTPConnection("127.0.0.1", room.parts.port, timeout=0.1)
            line.source_address = ("127.0.0.66", 0)
            try:
                line.request("GET", "/")
                answers.append(line.getresponse().status)
            except (OSError, http.client.HTTPException):
                answers.append(0)
            finally:
                line.close()

    flooding = threading.Thread(target=flood)
    flooding.start()
    while len(answers) < REFUSED_AT_ONCE:
        time.sleep(0.01)
    begun_s = time.monotonic()
    assert room.scanning(2).comes("001002") == "李*芳，签到成功"
    took_s = time.monotonic() - begun_s
    done.set()
    flooding.join(60)
    assert sum(status == 403 for status in answers) == 40
    assert took_s < 3


def test_a_crowd_of_connections_from_one_phone_leaves_room_for_others(room: RoomPage) -> None:
    port = room.parts.port
    held = [
        socket.create_connection(("127.0.0.1", port), 5, source_address=("127.0.0.66", 0)) for _ in range(100)
    ]
    try:
        assert room.scanning(2).comes("001002") == "李*芳，签到成功"
    finally:
        for line in held:
            line.close()


def test_who_floods_is_not_heard_for_a_while_and_everybody_else_is(
    room: RoomPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.page.turning_away.AWAY_S", 1.0)

    def tried(address: str) -> None:
        here = ("127.0.0.1", room.parts.port)
        with socket.create_connection(here, 0.3, source_address=(address, 0)) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            with suppress(ConnectionResetError):
                while line.recv(65_536):
                    pass

    with pytest.raises(TimeoutError):
        for _ in range(1_000):
            with suppress(BrokenPipeError, ConnectionResetError):
                tried("127.0.0.66")
    for _ in range(20):
        tried("127.0.0.67")
    assert room.scanning(2).comes("001002") == "李*芳，签到成功"
    time.sleep(1.2)
    with suppress(BrokenPipeError, ConnectionResetError):
        tried("127.0.0.66")


def test_whoever_tries_numbers_waits_longer_and_longer(room: RoomPage) -> None:
    phone = room.scanning(2)
    said = [phone.comes(f"{n:06}") for n in range(5)]
    assert set(said) == {NOT_FOUND}
    assert "请过 15 秒再试" in phone.comes("001002")
    room.clock.pass_ms(15_000)
    assert phone.comes("999999") == NOT_FOUND
    assert "请过 30 秒再试" in phone.comes("001002")
    room.clock.pass_ms(MINUTE_MS)
    assert phone.comes("001002") == "李*芳，签到成功"


def test_a_new_cookie_does_not_begin_the_tries_anew(room: RoomPage) -> None:
    for _ in range(2):
        phone = room.scanning(2)
        for n in range(5):
            phone.comes(f"{n:06}")
    assert "再试，或者到电视前签到" in room.scanning(2).comes("001002")
    assert room.scanning(3).comes("001002") == "李*芳，签到成功"


@pytest.mark.parametrize("wanted", [{"phones_share_address": True}])
def test_phones_behind_one_address_are_told_apart_by_their_cookies(room: RoomPage) -> None:
    for _, card in PEOPLE:
        assert "签到成功" in room.scanning(2).comes(card)
    assert len(room.present()) == len(PEOPLE)


@pytest.mark.parametrize("wanted", [{"people_per_phone": 3}])
def test_the_operator_allows_more_people_on_a_phone(room: RoomPage) -> None:
    phone = room.scanning(2)
    for _, card in PEOPLE[:3]:
        assert "签到成功" in phone.comes(card)
    assert "不能再加" in phone.comes(PEOPLE[3][1])


def test_neither_names_nor_numbers_nor_tokens_are_in_logs_or_beside_the_roster(
    room: RoomPage, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    token = room.token()
    phone = room.scanning(2)
    phone.comes("001002")
    phone.comes_by_name("王小明", "2003")
    phone.get("/leave/0")
    phone.post("/leave", {"slot": "0"})
    room.scanning(3).comes("4532015112830366")
    room.parts.database.fold()
    held = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    logged = "\n".join(record.getMessage() for record in caplog.records if "urllib3" not in record.name)
    secrets = [*(text for person in PEOPLE for text in person), "4532015112830366", token, phone.form_token]
    for secret in (*secrets, *phone.session.cookies.get_dict().values()):
        assert secret.encode() not in held
        assert secret not in logged


def test_a_fault_is_told_without_what_was_typed(
    room: RoomPage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("of 李秀芳")

    phone = room.scanning(2)
    monkeypatch.setattr("agent.page.attending.find", broken)
    assert phone.post("/check-in", {"card": "001002"}).status_code == 500
    assert "李秀芳" not in phone.page + caplog.text
    assert "RuntimeError at broken" in caplog.text


def test_without_the_roster_everybody_is_sent_to_the_television(room: RoomPage) -> None:
    phone = room.scanning(2)
    phone.comes("001002")
    key = room.parts.settings.roster_key_file
    key.rename(key.with_suffix(".gone"))
    room.parts.roster._seen = type(room.parts.roster._seen)()
    assert phone.get().status_code == 200
    assert "花名册暂时打不开" in room.scanning(3).comes("002003")


_PATHS = st.one_of(
    st.sampled_from(["/", "/another", "/check-in", "/leave", "/leave/0"]),
    st.text(max_size=40).map("/{}".format),
)
_FORM = st.dictionaries(
    st.one_of(st.sampled_from(["card", "name", "last_digits", "slot", "form_token"]), st.text(max_size=8)),
    st.text(max_size=80),
    max_size=6,
)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)
@given(
    path=_PATHS,
    form=st.one_of(_FORM, st.binary(max_size=200)),
    method=st.sampled_from(["GET", "POST", "HEAD", "PUT"]),
    signed=st.booleans(),
)
def test_nothing_that_is_sent_makes_a_fault(
    room: RoomPage, path: str, form: dict[str, str] | bytes, method: str, signed: bool
) -> None:
    room.clock.pass_ms(HOUR_MS // 60)
    phone = room.scanning(2)
    if signed and isinstance(form, dict):
        form = {**form, "form_token": phone.form_token}
    try:
        answer = phone.session.request(method, room.url + path, data=form, timeout=5, allow_redirects=False)
    except requests.exceptions.InvalidURL:
        return
    assert answer.status_code < 500
    assert phone.get().status_code == 200


def test_the_style_is_the_one_that_the_policy_names(room: RoomPage) -> None:
    answer = room.phone(2).get()
    style = re.search("<style>(.*)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]
