"""What `make bench-flood` says of the floods, and that its phone floods."""

import socket
import threading

from bench.flood import PHONES, Measured, Room, targets_of
from bench.flooding import Flood, Sent, flooding


def measured(requests: int, came: int, answer_s: float) -> Measured:
    room = Room(0, "/", answers_s=[answer_s] * 40, came_s=[0.1] * came)
    return Measured("a flood", room, (Sent(requests, requests, requests, 0),))


def test_the_worst_of_the_floods_is_told() -> None:
    targets = targets_of([measured(210_000, PHONES, 0.02), measured(105_000, PHONES - 1, 2.0)])
    assert [(one.id, round(one.value, 3), one.met) for one in targets] == [
        ("requests_per_s", 10_000, True),
        ("phones_kept_out", 1, False),
        ("phones_p95_s", 2.0, False),
    ]


def test_a_phone_floods_whoever_hangs_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as box:
        port = box.getsockname()[1]

        def hang_up() -> None:
            while True:
                try:
                    box.accept()[0].close()
                except OSError:
                    return

        hanging = threading.Thread(target=hang_up)
        hanging.start()
        with flooding(port, Flood("two", pipelined=2, at_once=8), 0.5) as sent:
            pass
        box.shutdown(socket.SHUT_RDWR)
        hanging.join()
    connections = sum(one.connections for one in sent)
    assert connections > 100
    assert sum(one.requests for one in sent) == 2 * connections
