"""One key signs codes; what older ones signed stays good, unless they are withdrawn."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest

from certificates.code.ring import Key, NoRoom, NotToBeWithdrawn, open_ring, read_ring, rotate, withdraw
from certificates.code.token import NotSigned, read_token, write_token
from tests.certificates.examples import certificate

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ID = "k7m2p9xq4w"


def test_the_first_key_is_made_by_itself_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    ring = open_ring(tmp_path / "keys")
    assert ring.kid == 0 and list(ring.keys) == [0]
    modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {".pem": 0o600, ".json": 0o600}


def test_opened_again_it_is_the_same_ring(tmp_path: Path) -> None:
    assert open_ring(tmp_path).keys == open_ring(tmp_path).keys


@pytest.mark.parametrize("again", range(30))
def test_ten_at_once_make_one_key(tmp_path: Path, again: int) -> None:
    """Thirty times, since it once failed in one of four."""
    start = Barrier(10)

    def open_with_the_others(_: int) -> Key:
        start.wait()
        return open_ring(tmp_path).keys[0]

    with ThreadPoolExecutor(10) as pool:
        made = list(pool.map(open_with_the_others, range(10)))
    assert len(set(made)) == 1
    assert sorted(os.listdir(tmp_path)) == ["0.json", "0.pem"]


def test_after_a_rotation_old_codes_hold_and_the_old_key_can_sign_no_more(tmp_path: Path) -> None:
    old = write_token(open_ring(tmp_path), ID, certificate(), 0)
    assert rotate(tmp_path) == 1
    ring = open_ring(tmp_path)
    assert read_token(ring, ID, old).agrees_with(certificate())
    assert write_token(ring, ID, certificate(), 0) != old
    assert sorted(os.listdir(tmp_path)) == ["0.json", "1.json", "1.pem"]


def test_a_withdrawn_key_is_believed_no_more_and_the_others_are(tmp_path: Path) -> None:
    stolen = write_token(open_ring(tmp_path), ID, certificate(), 0)
    rotate(tmp_path)
    good = write_token(open_ring(tmp_path), ID, certificate(), 0)
    withdraw(tmp_path, 0, NOW)
    ring = open_ring(tmp_path)
    assert ring.keys[0].withdrawn_at == NOW
    with pytest.raises(NotSigned, match="停用"):
        read_token(ring, ID, stolen)
    assert read_token(ring, ID, good)


@pytest.mark.parametrize("kid", [0, 1, 200])
def test_neither_the_signing_key_nor_an_unknown_one_is_withdrawn(tmp_path: Path, kid: int) -> None:
    open_ring(tmp_path)
    with pytest.raises(NotToBeWithdrawn):
        withdraw(tmp_path, kid, NOW)


def test_a_lost_private_half_is_followed_by_a_new_key(tmp_path: Path) -> None:
    old = write_token(open_ring(tmp_path), ID, certificate(), 0)
    (tmp_path / "0.pem").unlink()
    ring = open_ring(tmp_path)
    assert ring.kid == 1 and read_token(ring, ID, old)


def test_the_256th_key_is_the_last(tmp_path: Path) -> None:
    open_ring(tmp_path)
    for end in ("pem", "json"):
        (tmp_path / f"0.{end}").rename(tmp_path / f"255.{end}")
    (tmp_path / "255.json").write_text((tmp_path / "255.json").read_text().replace('"kid": 0', '"kid": 255'))
    with pytest.raises(NoRoom):
        rotate(tmp_path)


def test_a_lost_256th_private_half_has_no_follower_and_what_it_signed_still_holds(tmp_path: Path) -> None:
    old = write_token(open_ring(tmp_path), ID, certificate(), 0)
    said = (tmp_path / "0.json").read_text()
    (tmp_path / "255.json").write_text(said.replace('"kid": 0', '"kid": 255'))
    (tmp_path / "0.pem").unlink()
    with pytest.raises(NoRoom):
        open_ring(tmp_path)
    assert read_token(read_ring(tmp_path), ID, old)


def test_a_file_that_an_operator_put_beside_the_keys_is_left_alone(tmp_path: Path) -> None:
    first = open_ring(tmp_path)
    for name in ("backup.pem", "backup.json", "00.pem", "²56.pem", "999.pem"):
        (tmp_path / name).write_text("not ours")
    assert open_ring(tmp_path).keys == read_ring(tmp_path).keys == first.keys
    rotate(tmp_path)
    assert (tmp_path / "backup.pem").exists()


def test_to_check_nobody_reads_a_private_half_and_no_key_is_made(tmp_path: Path) -> None:
    assert read_ring(tmp_path / "none").keys == {} and not (tmp_path / "none").exists()
    token = write_token(open_ring(tmp_path), ID, certificate(), 0)
    (tmp_path / "0.pem").write_text("no key")
    for ring in (open_ring(tmp_path), read_ring(tmp_path)):
        assert read_token(ring, ID, token)
    with pytest.raises(ValueError, match="PEM"):
        open_ring(tmp_path).sign(b"")
