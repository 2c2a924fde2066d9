"""Promises the seal that the settings name; the first time, without any, one to try the program with."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from certificates.sealing.file_key import read_file_key
from certificates.sealing.files import CERTIFICATE, KEY
from certificates.sealing.signer import Seal
from certificates.sealing.stamps import HttpStamps
from certificates.sealing.token_key import read_token_key
from certificates.sealing.trial import make_trial_seal
from engine.settings import Settings


def open_seal(settings: Settings, now: datetime) -> Seal:
    """Raises WrongSeal when what is set cannot be used: nothing is sealed with another key instead."""
    folder = settings.seal_folder
    stamps = HttpStamps(settings.tsa_url) if settings.tsa_url else None
    if settings.pkcs11_module:
        return Seal(read_token_key(folder, settings), stamps)
    if not settings.seal and not (folder / KEY).exists() and not (folder / CERTIFICATE).exists():
        make_trial_seal(folder, now)
    return Seal(read_file_key(folder), stamps)


def seal_opener(settings: Settings) -> Callable[[datetime], Seal]:
    """Gives the seal of that moment: opened when it is first wanted, and anew once its files are others.

    So a seal that cannot be used stops only what is to be sealed, and a renewed one needs no restart. What it
    gives raises WrongSeal as `open_seal` does.
    """
    kept: dict[tuple[object, ...], Seal] = {}

    def seal(now: datetime) -> Seal:
        files = tuple(_mark(settings.seal_folder / name) for name in (KEY, CERTIFICATE))
        if files not in kept:
            opened = open_seal(settings, now)
            kept.clear()
            kept[files] = opened
        return kept[files]

    return seal


def _mark(path: Path) -> tuple[int, ...]:
    """What is another when the file is; nothing without it."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode
