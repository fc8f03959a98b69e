"""Raw sockets: what no client library would send, and crowds of clients."""

import json
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.connection import ASK_S, CONNECTIONS_MAX
from tests.agent.fuzz.box import Box, heard
from tests.agent.fuzz.examples import thorough

OWN = "Host: 127.0.0.1:8431"
REFUSED = ((400, "http_400"), (401, "no_token"), (421, "wrong_host"), (0, None))
SOON_S = 2.0
LATE_S = 5.0
OWN_FILES = 60
LISTENS = "0A"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:1", "localhost", "LOCALHOST:65535", "LocalHost:8431"],
)
def test_this_box_is_known_by_its_own_names(box: Box, host: str) -> None:
    assert box.says(box.asked(f"Host: {host}"))[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8431",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example/127.0.0.1",
        "evil@127.0.0.1",
        "127.0.0.1@evil",
        "127.0.0.1:evil",
        "127.0.0.1:80:80",
        "127.0.0.1:",
        "localhost.",
        "127.0.0.1.",
        "127.1",
        "0",
        "2130706433",
        "0x7f000001",
        "127.0.0.2",
        "[::1]",
        "[::1]:8431",
        "[::ffff:127.0.0.1]",
        "::1",
        "127.0.0.1, evil.example",
        "127.0.0.1 evil.example",
        "localhost\t:1",
        "ｌｏｃａｌｈｏｓｔ",
        "本机",
    ],
)
def test_another_name_for_this_box_is_turned_away_with_the_token_too(box: Box, host: str) -> None:
    status, told = box.says(box.asked(f"Host: {host}"))
    assert (status, told["code"]) in ((421, "wrong_host"), (400, "http_400"))


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [OWN, OWN],
        [OWN, "Host: evil.example"],
        ["Host: evil.example", OWN],
        ["Host : 127.0.0.1"],
        [" " + OWN],
    ],
)
def test_a_name_is_told_once(box: Box, hosts: list[str]) -> None:
    status, told = box.says(box.asked(*hosts))
    assert (status, told["code"]) == (400, "http_400")


def test_a_name_in_the_address_is_turned_away_though_the_header_is_right(box: Box) -> None:
    for target in ("http://evil.example/v1/status", "//evil.example/v1/status", "evil.example:80", "*"):
        status, _ = box.says(box.asked(OWN, target=target))
        assert status in (404, 421), target
    assert box.says(box.asked(target="/v1/status").replace(b"HTTP/1.1", b"HTTP/1.0"))[0] == 421


@pytest.mark.parametrize(
    "spoilt",
    [
        [],
        ["Bearer"],
        ["Bearer "],
        ["bearer {token}"],
        ["Bearer  {token}"],
        ["Bearer {token}x"],
        ["{token}"],
        ["Basic {token}"],
        ["Bearer {token}, Bearer {token}"],
        ["Bearer {token}", "Bearer {token}"],
        ["Bearer other", "Bearer {token}"],
        ["Bearer {media_pass}"],
        ["Bearer \N{SNOWMAN}"],
    ],
)
def test_the_token_is_told_once_and_whole(box: Box, spoilt: list[str]) -> None:
    told = [f"Authorization: {s.format(token=box.token, media_pass=box.media_pass)}" for s in spoilt]
    for target in ("/v1/status", "/v1/reports", "/openapi.json", "/", f"/v1/status?token={box.token}"):
        lines = [f"GET {target} HTTP/1.1", OWN, *told, "Connection: close", "", ""]
        status, answer = box.says("\r\n".join(lines).encode())
        assert (status, answer["code"]) == (401, "no_token")


@pytest.mark.parametrize(
    "target", ["/v1/status", "/openapi.json", "/media/../v1/status", "/v1/../media/x/v1/status"]
)
def test_a_media_pass_opens_media_only(box: Box, target: str) -> None:
    for path in (target, f"/media/{box.media_pass}{target}", f"/media/{box.media_pass}/media/..{target}"):
        lines = [f"GET {path} HTTP/1.1", OWN, "Connection: close", "", ""]
        status, _ = box.says("\r\n".join(lines).encode())
        assert status in (401, 404)


def test_a_body_beyond_the_limit_is_left_whether_declared_or_not(box: Box) -> None:
    beyond = b"x" * 1_048_577
    chunked = box.asked(OWN, "Transfer-Encoding: chunked", method="POST", target="/v1/reports")
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (beyond[:700_000], beyond[700_000:]))
    assert box.says(chunked + pieces + b"0\r\n\r\n")[0] in (413, 0)
    for length in (len(beyond), 10**15, 10**30):
        declared = box.asked(OWN, f"Content-Length: {length}", method="POST", target="/v1/reports")
        assert box.says(declared)[0] in (413, 400)
    with_media = [f"GET /media/{box.media_pass}/media/5.mp4 HTTP/1.1", OWN, "Content-Length: 1", "", "x"]
    with box.line() as line:
        line.sendall("\r\n".join(with_media).encode())
        assert b" 413 " in line.recv(100)


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n\r\n\r\nGARBAGE\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \x00\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(20_000)),
        b"G" * 200_000,
        b"POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_in_the_form_of_all_refusals(box: Box, sent: bytes) -> None:
    with box.line() as line:
        try:
            line.sendall(sent)
        except ConnectionError:
            return
        status, told = heard(line)
    assert (status, told.get("code")) in REFUSED


def test_smuggling_a_second_request_in_a_body_gets_nobody_in(box: Box) -> None:
    inner = b"GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"
    outer = ["POST /v1/reports HTTP/1.1", OWN, f"Content-Length: {len(inner)}", "Transfer-Encoding: chunked"]
    both = "\r\n".join([*outer, "", ""])
    with box.line() as line:
        line.sendall(both.encode() + b"0\r\n\r\n" + inner)
        line.shutdown(socket.SHUT_WR)
        told = b"".join(iter(lambda: line.recv(65_536), b""))
    assert b" 200 " not in told


@thorough
@given(data=st.data())
def test_a_request_with_bytes_changed_never_breaks_anything(box: Box, data: st.DataObject) -> None:
    body = b'{"account":"a","code":"b"}'
    whole = box.asked(OWN, f"Content-Length: {len(body)}", method="POST", target="/v1/enrolment") + body
    sent = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(sent) - 1))
        sent[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with box.line() as line:
        line.settimeout(0.2)
        line.sendall(sent)
        try:
            status, _ = heard(line)
        except TimeoutError:
            return  # it waits for the rest
    assert status < 500 or status == 503


def test_a_request_that_trickles_is_given_up_without_keeping_the_television_waiting(box: Box) -> None:
    post = b"POST /v1/reports HTTP/1.1\r\nHost: localhost\r\n"
    token = b"Authorization: Bearer " + box.token.encode() + b"\r\n"
    long = b"Content-Length: 9999\r\n\r\n"
    starts = [
        b"",
        b"POST /v1/rep",
        post + b"X: ",
        post + long,
        post + token + long,
        post + token + long + b"{",
    ]
    began = time.monotonic()
    with ExitStack() as all_lines:
        lines = [all_lines.enter_context(box.line()) for _ in starts]
        for line, start in zip(lines, starts, strict=True):
            line.sendall(start)
        while lines and time.monotonic() - began < ASK_S + LATE_S:
            lines = [line for line in lines if trickles_on(line)]
            box.is_well()
            time.sleep(0.5)
        assert not lines
    assert time.monotonic() - began > ASK_S / 2


def trickles_on(line: socket.socket) -> bool:
    """One more byte is said; False once the box has hung up."""
    try:
        line.sendall(b"x")
        line.settimeout(0.01)
        return bool(line.recv(4_096))
    except TimeoutError:
        return True
    except ConnectionError:
        return False


def test_crowds_of_silent_and_trickling_clients_do_not_keep_the_television_waiting(box: Box) -> None:
    with ExitStack() as crowd:
        for number in range(3 * CONNECTIONS_MAX):
            line = crowd.enter_context(box.line())
            line.sendall(b"POST /v1/reports HTTP/1.1\r\n" if number % 2 else b"")
            if number % 50 == 0:
                began = time.monotonic()
                box.is_well()
                assert time.monotonic() - began < SOON_S
        # Those sent away are closed in the server's next turn.
        box.agent.wait_for(lambda: open_files(box) < CONNECTIONS_MAX + OWN_FILES, SOON_S)


def open_files(box: Box) -> int:
    return len(list(Path(f"/proc/{box.agent.process.pid}/fd").iterdir()))


def test_it_listens_on_loopback_only(box: Box) -> None:
    doors = []
    for table in ("tcp", "tcp6"):
        rows = [
            line.split()
            for line in Path(f"/proc/{box.agent.process.pid}/net/{table}").read_text().splitlines()
        ]
        doors += [row[1] for row in rows if row[3] == LISTENS and row[1].endswith(f":{box.agent.port:04X}")]
    assert doors == [f"0100007F:{box.agent.port:04X}"]
    for other in ("127.0.0.2", *socket.gethostbyname_ex(socket.gethostname())[2]):
        if other != "127.0.0.1":
            with socket.socket() as probe:
                assert probe.connect_ex((other, box.agent.port)) != 0


def test_neither_token_nor_pass_stands_in_the_log_or_in_an_answer(box: Box) -> None:
    for sent in (box.asked(OWN), box.asked(OWN, target="/nothing"), box.asked(OWN) + b"\xff" * 9):
        _, told = box.says(sent)
        assert box.token not in json.dumps(told)
    box.agent.get("/v1/items/5.1/source")
    assert box.token not in box.log
    assert box.media_pass not in box.log
