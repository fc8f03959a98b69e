"""The same line with TLS: it works, it ends, and it trusts nobody else."""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests.adapters
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from agent.clients.municipal import MunicipalClient
from agent.clients.playlists import PlaylistClient
from agent.errors import ApiError, NoAnswerError
from tests.fakes.dull_server import Conversation, dull_server
from tests.fakes.fake_clock import FakeClock

BODY = b'{"state": "ok", "time": "2026-11-21T08:00:00+00:00"}'
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)

Wrapped = Callable[[Conversation], Conversation]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Key and certificate of 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "city")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "city.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def wrapped(certificate: Path) -> Wrapped:
    """Lets a conversation be held over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def over_tls(talk: Conversation) -> Conversation:
        def talked(line: socket.socket) -> None:
            with context.wrap_socket(line, server_side=True) as tls:
                talk(tls)

        return talked

    return over_tls


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The box's list of authorities knows the city's."""
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(certificate))


@pytest.mark.usefixtures("trusted")
def test_a_call_over_tls_is_answered_and_the_line_serves_the_next(wrapped: Wrapped, clock: FakeClock) -> None:
    def talk(line: socket.socket) -> None:
        for _ in range(2):
            line.recv(65_536)
            line.sendall(REPLY)

    with dull_server(wrapped(talk)) as server:
        client = MunicipalClient(f"https://{server.address}", clock, connect_s=2.0, read_s=2.0)
        assert [client.health() is not None for _ in range(2)] == [True, True]
        client.close()
    assert server.calls == 1


def test_a_certificate_that_nobody_vouches_for_ends_the_call(wrapped: Wrapped, clock: FakeClock) -> None:
    with dull_server(wrapped(lambda line: line.sendall(REPLY))) as server:
        client = MunicipalClient(f"https://{server.address}", clock, connect_s=2.0, read_s=2.0)
        with pytest.raises(NoAnswerError):
            client.health()
        client.close()


def test_a_playlist_is_taken_from_nobody_else_either(
    wrapped: Wrapped, clock: FakeClock, request: pytest.FixtureRequest
) -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n#EXTM3U\n")

    with dull_server(wrapped(talk)) as server, closing(PlaylistClient(clock)) as client:
        with pytest.raises(ApiError, match="没有应答"):
            client.fetch(f"https://{server.address}/1.m3u8")
        request.getfixturevalue("trusted")
        assert client.fetch(f"https://{server.address}/1.m3u8").content == b"#EXTM3U\n"


@pytest.mark.usefixtures("trusted")
def test_what_trickles_inside_tls_ends_at_the_deadline(wrapped: Wrapped, clock: FakeClock) -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(b"HTTP/1.1 200 OK\r\nX-Trickle: ")
        while True:
            clock.pass_ms(1_000)
            line.sendall(b"a")

    asked_ms = clock.mono_ms()
    with dull_server(wrapped(talk)) as server:
        client = MunicipalClient(f"https://{server.address}", clock, connect_s=2.0, read_s=2.0)
        with pytest.raises(NoAnswerError) as caught:
            client.health()
        client.close()
    assert caught.value.timed_out
    assert clock.mono_ms() - asked_ms >= 30_000
