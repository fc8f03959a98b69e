"""The form of records on the wire: one compressed run in columns, the same bytes at every try.

A run is JSON in columns (values of one field stand together, times as differences), compressed
with zlib: alike values side by side are what makes 200 records fit in 6 kB.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Generic, TypeVar

from study.anchor import Anchor, AnchorSource
from study.coverage import Stretch
from study.group.form import fields_of, of_fields
from study.group.record import GroupRecord
from study.offline.form import fields_of as offline_fields
from study.offline.form import of_fields as offline_of
from study.offline.record import OfflineRecord
from study.record import AnchorRecord, ChainHash, Record, StudyRecord
from study.rules import Kind, Terminal, Why
from study.units import BootId, Epoch, ItemId, Milliseconds, MonotonicMs, Seq, StationNumber

VERSION = 1
CONTENT_TYPE = "application/vnd.zhanxue.run"
RECORDS_MAX = 200
RUN_BYTES_MAX = 64 * 1024
"""Compressed."""
_PLAIN_BYTES_MAX = 4 * 1024 * 1024
_TEXT_MAX = 500
_INT_MAX = 2**53

T = TypeVar("T")

_Boot = tuple[BootId, int]
"""A boot with its ordinal."""

_Item = tuple[ItemId, Milliseconds]
"""An item with its length."""

_Kind = tuple[Kind, Terminal, str, str, Why]
"""Kind, terminal, screen, rule, why."""


class WireError(ValueError):
    """Bytes that are no run; trying again cannot help."""


@dataclass(frozen=True, slots=True)
class Run:
    """Records of one epoch with consecutive numbers, and the chain's hash before the first."""

    station: StationNumber
    epoch: Epoch
    before: ChainHash
    records: tuple[Record, ...]


def encode(run: Run) -> bytes:
    """A run as bytes; equal runs give equal bytes. Raises ValueError if the numbers are not consecutive."""
    seqs = [record.seq for record in run.records]
    if not seqs or any(after != before + 1 for before, after in pairwise(seqs)):
        raise ValueError("a run holds records with consecutive numbers")
    boots = _Table[_Boot]()
    head = {
        "v": VERSION,
        "station": run.station,
        "epoch": run.epoch,
        "first": seqs[0],
        "count": len(seqs),
        "before": run.before.hex(),
        "anchors": _anchor_columns([r for r in run.records if isinstance(r, AnchorRecord)], boots),
        "study": _study_columns([r for r in run.records if isinstance(r, StudyRecord)], boots),
        "boots": [boot for boot, _ in boots.values],
        "ordinals": [ordinal for _, ordinal in boots.values],
    }
    if groups := [fields_of(r) for r in run.records if isinstance(r, GroupRecord)]:
        head["groups"] = groups
    if offline := [offline_fields(r) for r in run.records if isinstance(r, OfflineRecord)]:
        head["offline"] = offline
    plain = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(plain, 9)


def decode(data: bytes) -> Run:
    """The run that `encode` made. Raises WireError for anything else, however malformed or large."""
    try:
        return _run_of(json.loads(_plain(data)))
    except WireError:
        raise
    except (ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError) as error:
        raise WireError(f"not a run of records: {error!r}"[:200]) from error


class _Table(Generic[T]):
    """Values written once and named by their index."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._index: dict[T, int] = {}

    def index(self, value: T) -> int:
        if value not in self._index:
            self._index[value] = len(self.values)
            self.values.append(value)
        return self._index[value]


def _anchor_columns(records: Sequence[AnchorRecord], boots: _Table[_Boot]) -> dict[str, Any]:
    return {
        "seq": [r.seq for r in records],
        "boot": [boots.index((r.anchor.boot, r.boot_ordinal)) for r in records],
        "mono": [r.anchor.mono_ms for r in records],
        "utc": [r.anchor.utc_ms for r in records],
        "error": [r.anchor.error_ms for r in records],
        "source": [r.anchor.source for r in records],
    }


def _study_columns(records: Sequence[StudyRecord], boots: _Table[_Boot]) -> dict[str, Any]:
    # Most fields are the same for most records; items come back, each with its length.
    items, kinds = _Table[_Item](), _Table[_Kind]()
    return {
        "item": [items.index((r.item_id, r.length_ms)) for r in records],
        "kind": [kinds.index((r.kind, r.terminal, r.screen, r.rule, r.why)) for r in records],
        "boot": [boots.index((r.boot, r.boot_ordinal)) for r in records],
        "opened": _differences(r.opened_ms for r in records),
        "played": [r.played_ms - _seen_ms(r.covered) for r in records],
        "effective": [_short(r.effective_ms, r.played_ms) for r in records],
        "overlap": [r.overlap_ms for r in records],
        "covered": [_differences(edge for stretch in r.covered for edge in stretch) for r in records],
        "replaces": [0 if r.replaces is None else r.seq - r.replaces for r in records],
        "reason": [r.reason for r in records],
        "items": [item for item, _ in items.values],
        "lengths": [length for _, length in items.values],
        "kinds": kinds.values,
    }


def _seen_ms(stretches: Iterable[Stretch]) -> int:
    """What is played once through at normal speed is a few milliseconds off this: it is told as that."""
    return sum(end - start for start, end in stretches)


def _short(effective: int, played: int) -> int:
    """-1 where all that was played counts, which is the most frequent result."""
    return -1 if effective == played else effective


def _differences(values: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *values])]


def _plain(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(data, _PLAIN_BYTES_MAX)
    except zlib.error as error:
        raise WireError(f"not compressed data: {error}") from error
    if not inflater.eof or inflater.unused_data:
        raise WireError("cut off, too large or with something behind it")
    return plain


def _run_of(head: dict[str, Any]) -> Run:
    if head["v"] != VERSION:
        raise WireError(f"version {head['v']!r} is not known here")
    first, count = _int(head["first"]), _int(head["count"])
    if not 1 <= count <= RECORDS_MAX or first < 1:
        raise WireError("a run holds 1 to 200 records, numbered from 1")
    before = bytes.fromhex(head["before"])
    if len(before) != 32:
        raise WireError("the chain's hash has 32 bytes")
    boots = _boots(head)
    anchors = {record.seq: record for record in _anchors(head["anchors"], boots)}
    groups = {record.seq: record for record in map(of_fields, head.get("groups", []))}
    offline = {record.seq: record for record in map(offline_of, head.get("offline", []))}
    told: dict[Seq, Record] = {**anchors, **groups, **offline}
    rest = [Seq(seq) for seq in range(first, first + count) if seq not in told]
    study = {record.seq: record for record in _studies(head["study"], rest, boots)}
    by_seq = {**told, **study}
    if sorted(by_seq) != list(range(first, first + count)):
        raise WireError("numbers are missing or stand twice")
    records = tuple(by_seq[seq] for seq in sorted(by_seq))
    return Run(StationNumber(_text(head["station"])), Epoch(_text(head["epoch"])), before, records)


def _boots(head: dict[str, Any]) -> list[_Boot]:
    pairs = zip(head["boots"], head["ordinals"], strict=True)
    return [(BootId(_text(boot)), _index(ordinal)) for boot, ordinal in pairs]


def _anchors(columns: dict[str, Any], boots: list[_Boot]) -> list[AnchorRecord]:
    names = ("seq", "boot", "mono", "utc", "error", "source")
    records = []
    for seq, index, mono, utc, error, source in zip(*(columns[name] for name in names), strict=True):
        boot, ordinal = boots[_index(index)]
        error_ms = Milliseconds(_int(error))
        anchor = Anchor(boot, MonotonicMs(_int(mono)), _int(utc), error_ms, AnchorSource(source))
        records.append(AnchorRecord(Seq(_int(seq)), anchor, ordinal))
    return records


def _studies(columns: dict[str, Any], seqs: list[Seq], boots: list[_Boot]) -> list[StudyRecord]:
    opened = accumulate(_int(value) for value in columns["opened"])
    items = list(zip(columns["items"], columns["lengths"], strict=True))
    names = ("item", "kind", "boot", "played", "effective", "overlap", "covered", "replaces", "reason")
    rows = zip(seqs, opened, *(columns[name] for name in names), strict=True)
    records = []
    for seq, opened_ms, item, kind, boot, more, effective, overlap, covered, replaces, reason in rows:
        boot_id, ordinal = boots[_index(boot)]
        item_id, length = items[_index(item)]
        item_kind, terminal, screen, rule, why = columns["kinds"][_index(kind)]
        stretches = _stretches(covered)
        played_ms = _int(_int(more) + _seen_ms(stretches))
        records.append(
            StudyRecord(
                seq=seq,
                item_id=ItemId(_text(item_id)),
                kind=Kind(item_kind),
                terminal=Terminal(terminal),
                screen=_text(screen),
                boot=boot_id,
                opened_ms=MonotonicMs(opened_ms),
                length_ms=Milliseconds(_int(length)),
                played_ms=Milliseconds(played_ms),
                covered=stretches,
                overlap_ms=Milliseconds(_int(overlap)),
                rule=_text(rule),
                effective_ms=Milliseconds(played_ms if _int(effective) == -1 else effective),
                why=Why(why),
                replaces=Seq(seq - replaces) if _int(replaces) else None,
                reason=_text(reason),
                boot_ordinal=ordinal,
            )
        )
    return records


def _stretches(differences: list[Any]) -> tuple[Stretch, ...]:
    edges = list(accumulate(_int(value) for value in differences))
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def _int(value: Any) -> int:
    if type(value) is not int or not -_INT_MAX < value < _INT_MAX:
        raise WireError(f"a whole number is expected, not {value!r}"[:100])
    return value


def _index(value: Any) -> int:
    if _int(value) < 0:
        raise WireError("an index is not negative")
    return int(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _TEXT_MAX:
        raise WireError("a short text is expected")
    # JSON can carry half a surrogate pair, which has no bytes to hash or to store.
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise WireError("a text with half a character")
    return value
