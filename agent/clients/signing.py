"""The box's Ed25519 key, and RFC 9421 signatures made with it."""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, algorithms
from http_message_signatures.resolvers import MappingKeyResolver

from agent.errors import StartError

LABEL = "zhanxue"


def box_key(file: Path) -> Ed25519PrivateKey:
    """The key kept in `file` (mode 0600), made at the first start. Raises StartError if it cannot be used."""
    try:
        if not file.exists():
            write_secret(file, key_text(Ed25519PrivateKey.generate()))
    except OSError as error:
        raise StartError(f"本机密钥文件 {file} 写不下（{error}）；请检查磁盘和权限") from error
    return read_key(file)[0]


def read_key(file: Path) -> tuple[Ed25519PrivateKey, bytes]:
    """The key in a file, and what stands before it there. Raises StartError if it cannot be used."""
    try:
        head, mark, rest = file.read_bytes().rpartition(b"-----BEGIN")
        key = serialization.load_pem_private_key(mark + rest, password=None)
    except (OSError, ValueError) as error:
        raise StartError(f"本机密钥文件 {file} 不能使用（{error}）；请恢复备份，或删除后重新开通") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StartError(f"本机密钥文件 {file} 不是本程序生成的密钥；请恢复备份，或删除后重新开通")
    return key, head


def key_text(key: Ed25519PrivateKey) -> bytes:
    """A private key as it is kept."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_text(key: Ed25519PrivateKey) -> str:
    """The raw public key in base64, as the platform wants it."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode("ascii")


@dataclass(frozen=True, slots=True)
class Signer:
    """With what a call is signed."""

    key: Ed25519PrivateKey
    key_id: str
    created: datetime
    """This box's best guess of the time."""


def sign(
    request: requests.PreparedRequest, signer: Signer, components: Sequence[str], body: bytes | None
) -> None:
    """Add the signature over `components`, and for a body its Content-Digest."""
    handler = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={signer.key_id: signer.key}),
    )
    # The library adds the digest to what is covered itself.
    covered = [name for name in components if name != "content-digest"]
    handler.sign(
        request,
        key_id=signer.key_id,
        created=signer.created,
        label=LABEL,
        covered_component_ids=covered,
        body=body,
    )


def write_secret(file: Path, text: bytes) -> None:
    """A new file that only its owner reads, whole on the disk or not there. Raises OSError.

    What root writes is the folder's owner's: the service must read it after a command of the operator's.
    """
    unfinished = file.with_name(file.name + ".part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        if os.geteuid() == 0:
            owner = file.parent.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(file)
    # Until the folder is on the disk too, a power cut could take the name back: a box without its key.
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
