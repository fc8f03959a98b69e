"""Sealing: the key of the roster in its file, and a member's name and number encrypted with it."""

import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from agent.clients.signing import write_secret
from agent.errors import RosterError, RosterKeyError, cause

_KEY_BITS = 256
_NONCE_BYTES = 12
_FORM = b"\x01"
_PADDED_BYTES = 64
"""A sealed row's length says no more of a name than this."""
_KEYS = re.compile(rb"(?:[0-9a-f]{64}\n)+")
_ADVICE = (
    "，姓名暂时打不开，签到要等它恢复，已经签到的和学习时长不受影响；请从备份恢复，"
    "或用 zhanxue-agent roster import 花名册文件 --anew 重新建立"
)

Key = bytes


def new_key() -> Key:
    """Of chance."""
    return AESGCM.generate_key(_KEY_BITS)


def read_keys(file: Path) -> Sequence[Key]:
    """What opens the roster, the one to seal with first; a second one only while members are sealed anew.

    Raises RosterKeyError when there is no usable one.
    """
    try:
        held = file.read_bytes()
    except FileNotFoundError as error:
        raise RosterKeyError(f"花名册的密钥文件 {file} 不见了{_ADVICE}") from error
    except OSError as error:
        raise RosterKeyError(f"花名册的密钥文件 {file} 读不出来（{cause(error)}）{_ADVICE}") from error
    if not _KEYS.fullmatch(held):
        raise RosterKeyError(f"花名册的密钥文件 {file} 已损坏{_ADVICE}")
    return [bytes.fromhex(line.decode("ascii")) for line in held.splitlines()]


def earlier_key_file(file: Path) -> Path:
    """Where a restore keeps the key that it replaces."""
    return file.with_name(f"{file.name}.before-restore")


def foreign_key(file: Path) -> RosterKeyError:
    """No member opens with the keys there are."""
    return RosterKeyError(f"花名册不是用密钥文件 {file} 加密的{_ADVICE}")


def write_keys(file: Path, keys: Iterable[Key]) -> None:
    """On the disk when this returns (mode 0600). Raises RosterError."""
    try:
        write_secret(file, b"".join(key.hex().encode() + b"\n" for key in keys))
    except OSError as error:
        raise RosterError(f"花名册的密钥文件 {file} 写不下（{cause(error)}）；请检查磁盘和权限") from error


def sealed(key: Key, member_id: int, name: str, card: str) -> bytes:
    """Form, nonce, AES-256-GCM of the padded JSON; it opens in this member's row only."""
    plain = json.dumps([name, card], ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // _PADDED_BYTES) * _PADDED_BYTES)
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, padded, _row(member_id))


def opened(keys: Iterable[Key], member_id: int, data: bytes) -> tuple[str, str] | None:
    """Name and number; None where none of the keys opens it."""
    nonce, held = data[1 : 1 + _NONCE_BYTES], data[1 + _NONCE_BYTES :]
    if not data.startswith(_FORM) or len(nonce) < _NONCE_BYTES:
        return None
    for key in keys:
        try:
            name, card = json.loads(AESGCM(key).decrypt(nonce, held, _row(member_id)))
        except InvalidTag:
            continue
        return name, card
    return None


def _row(member_id: int) -> bytes:
    return f"roster {member_id}".encode()
