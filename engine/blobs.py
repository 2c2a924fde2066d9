"""Keeps files by what is in them: the SHA-256 of the content is its name, so nothing is ever overwritten.

A file is written before the transaction that names it. A transaction that fails leaves an orphan behind,
which is harmless: the same content later is the same file.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


def write_blob(folder: Path, content: bytes) -> str:
    """Keep `content` under `folder` and return its SHA-256 in hex; durable and whole when this returns."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(folder, sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, content)
    return sha256


def read_blob(folder: Path, sha256: str) -> bytes:
    """The content with this SHA-256. Raises FileNotFoundError without it, ValueError when altered on disk."""
    content = _path(folder, sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"the stored file {sha256} was altered")
    return content


def _path(folder: Path, sha256: str) -> Path:
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hex")
    return folder / sha256[:2] / sha256[2:]


def _write_whole(path: Path, content: bytes) -> None:
    """A reader sees the whole file or none, also after a power cut: temporary file, fsync, rename, fsync."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
