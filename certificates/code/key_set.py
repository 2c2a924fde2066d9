"""Promises the public halves of the keys of codes in the form that any program can read."""

from certificates.code.packing import base64url
from certificates.code.ring import HALF, Ring


def public_keys(ring: Ring) -> dict[str, object]:
    """The ring as a JSON Web Key Set (RFC 7517 §5); withdrawn keys are named as such, without the key."""
    return {
        "keys": [
            {"kty": "EC", "crv": "P-256", "use": "sig", "alg": key.alg, "kid": str(key.kid)}
            | {"x": base64url(key.x.to_bytes(HALF)), "y": base64url(key.y.to_bytes(HALF))}
            for key in ring.keys.values()
            if key.withdrawn_at is None
        ],
        "withdrawn": [str(key.kid) for key in ring.keys.values() if key.withdrawn_at is not None],
    }
