"""Promises the keys of codes: one signs, and what any of them ever signed can be checked for good.

A key has a number (kid, 0–255), which says by which algorithm it signs: ES256 today, room for others. In the
folder `<kid>.json` is its public half, which stays, and `<kid>.pem` its private half, readable by its owner
only, which the next rotation removes. Several machines share the folder.
"""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from engine.errors import Refusal

ES256 = "ES256"  # ECDSA on P-256 with SHA-256, RFC 7518 §3.4
HALF = 32  # bytes of each of the two numbers in a signature
LAST_KID = 255


class NoRoom(Refusal):
    """All numbers of keys are used up."""

    says = "二维码密钥的编号已经用完（0 至 255）。"
    do = "请联系开发人员。"


class NotToBeWithdrawn(Refusal):
    """Only a key that signs no more may be withdrawn."""

    says = "没有这把密钥，或者它正在使用。"
    do = "请先运行 onepermit keys rotate 换一把新的，再停用旧的。"


@dataclass(frozen=True)
class Key:
    """The public half of a key; `withdrawn_at` when nothing that it signed is to be believed any more."""

    kid: int
    alg: str
    made_at: datetime
    x: int
    y: int
    withdrawn_at: datetime | None = None

    def holds(self, message: bytes, signature: bytes) -> bool:
        """Whether this key signed the message, as far as it may still be believed."""
        if self.alg != ES256 or self.withdrawn_at is not None or len(signature) != 2 * HALF:
            return False
        r, s = int.from_bytes(signature[:HALF]), int.from_bytes(signature[HALF:])
        public = ec.EllipticCurvePublicNumbers(self.x, self.y, ec.SECP256R1()).public_key()
        try:
            public.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Ring:
    """All keys by number; `private` reads the private half of the newest, only when something is signed."""

    keys: Mapping[int, Key]
    private: Callable[[], ec.EllipticCurvePrivateKey]

    @property
    def kid(self) -> int:
        """The number of the key that signs."""
        return max(self.keys)

    def sign(self, message: bytes) -> bytes:
        """r‖s, 64 bytes; the same message gives the same signature (RFC 6979).

        FileNotFoundError when the private half was removed by a rotation since the ring was opened.
        """
        signature = self.private().sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = decode_dss_signature(signature)
        return r.to_bytes(HALF) + s.to_bytes(HALF)

    def holds(self, kid: int, message: bytes, signature: bytes) -> bool:
        """Whether the key of this number signed the message; never for a number that nobody knows."""
        key = self.keys.get(kid)
        return key is not None and key.holds(message, signature)


def open_ring(folder: Path) -> Ring:
    """The ring in `folder`; its first key is made when there is none."""
    following = 1 + max(_read_keys(folder), default=-1)  # before looking, so all make the same
    kids = _numbered(folder, "pem")
    if not kids:
        _make(folder, following)
        return open_ring(folder)
    newest = max(kids)
    try:
        _write_public(folder, newest)
    except FileNotFoundError:  # rotated a moment ago
        return open_ring(folder)
    keys = {kid: key for kid, key in _read_keys(folder).items() if kid <= newest}
    return Ring(keys, partial(_read_private, folder, newest))


def read_ring(folder: Path) -> Ring:
    """The ring to check with: it touches no private half and makes no key, so it may be empty."""
    keys = _read_keys(folder)
    return Ring(keys, partial(_read_private, folder, max(keys, default=0)))


def rotate(folder: Path) -> int:
    """Make the next key, which signs from now on, and remove the older private halves; its number."""
    old = open_ring(folder).kid
    _make(folder, old + 1)
    for kid in _numbered(folder, "pem"):
        if kid <= old:
            (folder / f"{kid}.pem").unlink(missing_ok=True)
    return open_ring(folder).kid


def withdraw(folder: Path, kid: int, now: datetime) -> None:
    """Believe nothing that this key signed any more: its private half was stolen or lost.

    Raises NotToBeWithdrawn for the key that signs, and for a number that nobody knows.
    """
    ring = open_ring(folder)
    if kid not in ring.keys or kid == ring.kid:
        raise NotToBeWithdrawn
    said = json.loads((folder / f"{kid}.json").read_text()) | {"withdrawn_at": now.isoformat()}
    os.replace(_written(folder, json.dumps(said).encode()), folder / f"{kid}.json")


def _make(folder: Path, kid: int) -> None:
    """A private half of this number; when another process was quicker, it is that one's. Raises NoRoom."""
    if kid > LAST_KID:
        raise NoRoom
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _keep(folder, f"{kid}.pem", pem)
    _write_public(folder, kid)


def _write_public(folder: Path, kid: int) -> None:
    """The public half beside the private one, unless it is there."""
    if (folder / f"{kid}.json").exists():
        return
    numbers = _read_private(folder, kid).public_key().public_numbers()
    made_at = datetime.fromtimestamp(int((folder / f"{kid}.pem").stat().st_mtime), UTC)
    said = {"kid": kid, "alg": ES256, "made_at": made_at.isoformat(), "x": numbers.x, "y": numbers.y}
    _keep(folder, f"{kid}.json", json.dumps(said).encode())


def _keep(folder: Path, name: str, content: bytes) -> None:
    """A new file, whole from its first moment; one of this name that is there already stays."""
    new = _written(folder, content)
    with suppress(FileExistsError):
        os.link(new, folder / name)
    new.unlink()


def _written(folder: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=folder)  # readable by its owner only
    with open(handle, "wb") as file:
        file.write(content)
    return Path(name)


def _read_private(folder: Path, kid: int) -> ec.EllipticCurvePrivateKey:
    private = serialization.load_pem_private_key((folder / f"{kid}.pem").read_bytes(), password=None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    return private


def _read_keys(folder: Path) -> dict[int, Key]:
    return {kid: _read_key(folder / f"{kid}.json") for kid in _numbered(folder, "json")}


def _numbered(folder: Path, ending: str) -> list[int]:
    """The numbers of the files that are ours; what an operator put beside them (backup.pem) is left alone."""
    names = {path.name for path in folder.glob(f"*.{ending}")}
    return [kid for kid in range(LAST_KID + 1) if f"{kid}.{ending}" in names]


def _read_key(path: Path) -> Key:
    said = json.loads(path.read_text())
    withdrawn = said.get("withdrawn_at")
    return Key(
        said["kid"],
        said["alg"],
        datetime.fromisoformat(said["made_at"]),
        said["x"],
        said["y"],
        datetime.fromisoformat(withdrawn) if withdrawn else None,
    )
