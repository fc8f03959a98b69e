"""High-water marks in the database: up to where the platform holds an epoch without a gap."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from municipal.database import Connection, put, select
from municipal.tables import high_water, quarantine, records
from study.record import ChainHash, chain_start
from study.units import Epoch, StationNumber

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Mark:
    """Every record up to `seq` is held, the set-aside ones included; none above it is promised.

    The mark never passes a gap. So a USB parcel that arrives before the one it follows leaves the
    mark where it is: the box goes on keeping both, and the mark jumps over both when the gap closes.
    """

    station: StationNumber
    epoch: Epoch
    seq: int
    chain: ChainHash
    """The chain's hash after `seq`."""
    repeated: int = 0
    """Records that were delivered once more than needed."""


@dataclass(frozen=True, slots=True)
class Break:
    """The chain does not run on from the record before `seq` to `seq`: something was lost or edited."""

    seq: int


def mark_of(connection: Connection, station: StationNumber, epoch: Epoch) -> Mark:
    """The mark of an epoch; 0 at its beginning."""
    own = (high_water.c.station == station) & (high_water.c.epoch == epoch)
    row = connection.execute(high_water.select().where(own)).first()
    if row is None:
        return Mark(station, epoch, 0, chain_start(station, epoch))
    return Mark(station, epoch, row.seq, row.chain, row.repeated)


def raise_mark(connection: Connection, before: Mark, repeated: int) -> tuple[Mark, list[Break]]:
    """Move a mark over all that now follows it without a gap; where the chain broke on the way."""
    mark = replace(before, repeated=before.repeated + repeated)
    breaks: list[Break] = []
    for seq, chain_before, chain_after in _following(connection, mark):
        if chain_before != mark.chain:
            breaks.append(Break(seq))
        mark = replace(mark, seq=seq, chain=chain_after)
    values = {
        "station": mark.station,
        "epoch": mark.epoch,
        "seq": mark.seq,
        "chain": mark.chain,
        "repeated": mark.repeated,
    }
    put(connection, high_water, values)
    return mark, breaks


def _following(connection: Connection, mark: Mark) -> Iterator[tuple[int, ChainHash, ChainHash]]:
    """Links from just above the mark up to the first gap."""
    upto = mark.seq
    while True:
        links = _page(connection, mark, upto)
        while upto + 1 in links:
            upto += 1
            yield upto, *links[upto]
        if not links or upto < max(links):
            return


def _page(connection: Connection, mark: Mark, after: int) -> dict[int, tuple[ChainHash, ChainHash]]:
    """Up to _PAGE links above `after` of what was taken and of what was set aside; the former come first."""
    links: dict[int, tuple[ChainHash, ChainHash]] = {}
    for table in (quarantine, records):
        own = (table.c.station == mark.station) & (table.c.epoch == mark.epoch)
        within = table.c.seq.between(after + 1, after + _PAGE)
        query = select(table.c.seq, table.c.chain_before, table.c.chain_after).where(own & within)
        order = (table.c.seq, table.c.content_sha256)
        links |= {
            row.seq: (row.chain_before, row.chain_after) for row in connection.execute(query.order_by(*order))
        }
    return links
