"""The box's Ed25519 key, and RFC 9421 signatures made with it."""

import base64
import os
from datetime import datetime
from pathlib import Path

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, algorithms
from http_message_signatures.resolvers import MappingKeyResolver

from agent.errors import StartError
from study.city_api import SIGNED_COMPONENTS

LABEL = "zhanxue"


def box_key(file: Path) -> Ed25519PrivateKey:
    """The key kept in `file` (mode 0600), made at the first start. Raises StartError if it cannot be used."""
    try:
        if not file.exists():
            _write_new(file)
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise StartError(f"本机密钥文件 {file} 不能使用（{error}）；请恢复备份，或删除后重新开通") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise StartError(f"本机密钥文件 {file} 不是本程序生成的密钥；请恢复备份，或删除后重新开通")
    return key


def public_text(key: Ed25519PrivateKey) -> str:
    """The raw public key in base64, as the platform wants it."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode("ascii")


def sign(
    request: requests.PreparedRequest, key: Ed25519PrivateKey, key_id: str, body: bytes, created: datetime
) -> None:
    """Add Content-Digest and signature to a request; `created` is this box's best guess of the time."""
    signer = HTTPMessageSigner(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={key_id: key}),
    )
    components = [name for name in SIGNED_COMPONENTS if name != "content-digest"]
    signer.sign(
        request, key_id=key_id, created=created, label=LABEL, covered_component_ids=components, body=body
    )


def _write_new(file: Path) -> None:
    text = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_secret(file, text)


def write_secret(file: Path, text: bytes) -> None:
    """A new file that only its owner reads, whole on the disk or not there. Raises OSError."""
    unfinished = file.with_name(file.name + ".part")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(file)
