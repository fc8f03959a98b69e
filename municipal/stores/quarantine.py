"""The quarantine in the database: records that were set aside, each with its reason, none thrown away."""

from municipal.database import Connection, insert_new
from municipal.stores.records import Arrival
from municipal.tables import quarantine
from study.record import Refusal


def set_aside(
    connection: Connection,
    station: str,
    epoch: str,
    refused: list[tuple[Arrival, Refusal]],
    received_at_ms: int,
) -> int:
    """Keep refused records; the same content again changes nothing. How many were new."""
    rows = [
        {
            "station": station,
            "epoch": epoch,
            "seq": refusal.seq,
            "content_sha256": arrival.content_sha256,
            "content": arrival.content,
            "chain_before": arrival.chain_before,
            "chain_after": arrival.chain_after,
            "code": refusal.code,
            "words": refusal.words,
            "received_at_ms": received_at_ms,
        }
        for arrival, refusal in refused
    ]
    return insert_new(connection, quarantine, rows)
