"""Promises the seal that the settings name; the first time, without any, one to try the program with."""

from datetime import datetime

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
