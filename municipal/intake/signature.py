"""The signature of a run: RFC 9421 over method, path, type and digest, by the box's Ed25519 key."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from municipal.errors import RequestError
from municipal.stores.keys import BoxKey, KeyState
from study.city_api import SIGNED_COMPONENTS

FindKey = Callable[[str], BoxKey | None]


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What was signed: the request as it came in."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    body: bytes


def signer_of(
    request: SignedRequest,
    find_key: FindKey,
    components: Sequence[str] = SIGNED_COMPONENTS,
    states: Sequence[KeyState] = (KeyState.ACTIVE,),
) -> BoxKey:
    """The key, in one of `states`, that signed at least these components of the request.

    Raises RequestError 401 for a signature or digest that does not hold, an unknown key or a
    revoked one: the box tries again later, because a key can be repaired and a line can garble.
    """
    body = request.body if "content-digest" in components else None
    resolver = _Resolver(find_key)
    verifier = _RunVerifier(signature_algorithm=ED25519, key_resolver=resolver)
    message = _Message(request.method, f"http://platform{request.path}", _Fields(request.fields))
    try:
        verifier.verify(message, max_age=None, require_components=components, body=body)
    except HTTPMessageSignaturesException as error:
        raise RequestError(
            401, "bad_signature", "签名或摘要不正确，平台没有接收；设备会稍后重试。"
        ) from error
    key = resolver.found
    if key is not None and key.state is KeyState.REPLACED and KeyState.REPLACED not in states:
        raise RequestError(401, "key_replaced", "这台设备已经换用新的密钥，请用新密钥重新签名。")
    if key is None or key.state not in states:
        raise RequestError(401, "key_revoked", "这台设备的密钥已被注销，请重新激活设备。")
    return key


class _RunVerifier(HTTPMessageVerifier):
    require_created = False

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Never a reason to refuse: boxes have wrong clocks, and intake may be repeated without harm."""


class _Resolver(HTTPSignatureKeyResolver):
    def __init__(self, find_key: FindKey) -> None:
        self._find_key = find_key
        self.found: BoxKey | None = None

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        self.found = self._find_key(key_id)
        return Ed25519PublicKey.from_public_bytes(self.found.public_key) if self.found else None


class _Fields:
    """Header fields in their order, the repeated ones as well."""

    def __init__(self, fields: tuple[tuple[str, str], ...]) -> None:
        self._fields = fields

    def items(self) -> Iterable[tuple[str, str]]:
        return self._fields

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._fields)


@dataclass(frozen=True, slots=True)
class _Message:
    method: str
    url: str
    headers: _Fields
