"""A signed request, as it came in."""

from fastapi import Request

from municipal.intake.signature import SignedRequest


def signed_by(request: Request, body: bytes) -> SignedRequest:
    """What the signature may cover, the repeated header fields as well."""
    fields = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw)
    return SignedRequest(request.method, request.url.path, fields, body)
