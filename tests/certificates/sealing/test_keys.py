"""Where the key of the seal lies: made for trial, in a file, in a token; what does not fit is refused."""

import shutil
import stat
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certificates.document import render
from certificates.sealing.checking import SealCheck, check_seal
from certificates.sealing.file_key import FileKey
from certificates.sealing.files import read_certificates
from certificates.sealing.opening import open_seal, seal_opener
from certificates.sealing.pades import sealed
from certificates.sealing.signer import TRIAL, Seal, WrongSeal
from certificates.sealing.state import seal_state
from certificates.sealing.trust import read_trust
from engine.settings import Settings
from tests.certificates.examples import URL, certificate
from tests.sealing import Authority, authority, trial_seal

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SOFT_HSM = "/usr/lib/softhsm/libsofthsm2.so"


def checked(seal: Seal, settings: Settings) -> SealCheck:
    pdf = sealed(render(certificate(1), url=URL), seal, issuer="某局", reason="签发", at=NOW)
    return check_seal(pdf, read_trust(settings), at=NOW, now=NOW)


def pem_of(by: Authority) -> bytes:
    assert isinstance(by.seal.signer, FileKey)
    return by.seal.signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a seal that an authority issued."""
    by, made = authority(), tmp_path / "seal"
    made.mkdir()
    (made / "key.pem").touch(0o600)
    (made / "key.pem").write_bytes(pem_of(by))
    (made / "certificate.pem").write_bytes(by.own.public_bytes(Encoding.PEM))
    (made / "roots.pem").write_bytes(by.root.public_bytes(Encoding.PEM))
    return made


def test_the_first_start_makes_a_seal_for_trial_that_says_so_and_keeps_it(tmp_path: Path) -> None:
    first = open_seal(Settings(var=tmp_path), NOW)
    assert first.trial
    assert first.signer.certificate.subject.native["organizational_unit_name"] == TRIAL
    again = open_seal(Settings(var=tmp_path), NOW)
    assert again.signer.certificate.dump() == first.signer.certificate.dump()
    assert checked(again, Settings(var=tmp_path)).word == "good"


def test_the_key_for_trial_is_for_its_owner_only(tmp_path: Path) -> None:
    open_seal(Settings(var=tmp_path), NOW)
    assert stat.S_IMODE((tmp_path / "seal").stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "seal").iterdir()} == {0o600}


def test_processes_that_start_together_make_one_seal(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: open_seal(Settings(var=tmp_path), NOW), range(8)))
    assert len({each.signer.certificate.dump() for each in made}) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["seal"]


def test_a_seal_that_was_issued_is_not_for_trial(folder: Path) -> None:
    settings = Settings(seal=str(folder))
    seal = open_seal(settings, NOW)
    assert not seal.trial
    assert checked(seal, settings) == SealCheck("good", "电子签章有效。")


def spoil_nothing(folder: Path) -> None:
    shutil.rmtree(folder)


def spoil_key(folder: Path) -> None:
    (folder / "key.pem").write_text("no key")


def spoil_mode(folder: Path) -> None:
    (folder / "key.pem").chmod(0o640)


def spoil_certificate(folder: Path) -> None:
    (folder / "certificate.pem").write_text("no certificate")


def spoil_pair(folder: Path) -> None:
    (folder / "certificate.pem").write_bytes(authority().own.public_bytes(Encoding.PEM))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_nothing, "读不出私钥文件"),
        (spoil_key, "读不出私钥文件"),
        (spoil_mode, "别人也能读"),
        (spoil_certificate, "读不出证书文件"),
        (spoil_pair, "不是一对"),
    ],
)
def test_a_folder_that_is_not_whole_is_refused_and_no_seal_made_instead(
    folder: Path, spoil: Callable[[Path], None], says: str
) -> None:
    spoil(folder)
    with pytest.raises(WrongSeal, match=says):
        open_seal(Settings(seal=str(folder)), NOW)


def test_no_certificate_is_passed_over_silently(folder: Path) -> None:
    own = (folder / "certificate.pem").read_text()
    (folder / "certificate.pem").write_text(own + own)
    assert len(read_certificates(folder / "certificate.pem")) == 2
    (folder / "certificate.pem").write_text(own + own.replace(own.splitlines()[2], "AAAA"))
    with pytest.raises(WrongSeal, match="读不出证书文件"):
        read_certificates(folder / "certificate.pem")


@pytest.mark.parametrize("name", ["roots.pem", "tsa.pem"])
def test_beside_other_files_no_seal_for_trial_is_made_and_the_operator_is_told(
    folder: Path, tmp_path: Path, name: str
) -> None:
    settings = Settings(var=tmp_path / "var")
    settings.seal_folder.mkdir(parents=True)
    (folder / "roots.pem").rename(settings.seal_folder / name)
    with pytest.raises(WrongSeal, match="没有生成试用印章"):
        open_seal(settings, NOW)
    assert "没有生成试用印章" in seal_state(settings, NOW).says
    assert [each.name for each in settings.seal_folder.parent.iterdir()] == ["seal"]


def test_a_renewed_seal_is_taken_without_a_restart_and_a_bad_one_is_not_kept(folder: Path) -> None:
    opened = seal_opener(Settings(seal=str(folder)))
    first = opened(NOW)
    assert opened(NOW) is first
    other = authority()
    (folder / "key.pem").write_bytes(pem_of(other))
    with pytest.raises(WrongSeal, match="不是一对"):
        opened(NOW)
    (folder / "certificate.pem").write_bytes(other.own.public_bytes(Encoding.PEM))
    assert opened(NOW).signer.certificate.dump() == other.own.public_bytes(Encoding.DER)


def test_a_revocation_list_that_cannot_be_read_is_refused(folder: Path, tmp_path: Path) -> None:
    for content in (None, b"", b"no list", (folder / "roots.pem").read_bytes()):
        listed = tmp_path / "seal.crl"
        if content is not None:
            listed.write_bytes(content)
        with pytest.raises(WrongSeal, match="吊销列表"):
            read_trust(Settings(seal=str(folder), seal_crl=str(listed)))


@pytest.fixture
def token(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A token in software that holds the folder's key, which then lies nowhere else."""
    if not Path(SOFT_HSM).exists():
        pytest.fail("softhsm2 is missing: run .ci/browser, or apt-get install softhsm2")
    (tmp_path / "tokens").mkdir()
    conf = tmp_path / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {tmp_path / 'tokens'}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    tool = ("softhsm2-util", "--module", SOFT_HSM)
    made = (*tool, "--init-token", "--free", "--label", "office", "--so-pin", "4321", "--pin", "1234")
    subprocess.run(made, check=True, capture_output=True)
    kept = ("--import", str(folder / "key.pem"), "--label", "seal", "--id", "01", "--pin", "1234")
    subprocess.run((*tool, *kept, "--token", "office"), check=True, capture_output=True)
    (folder / "key.pem").unlink()
    return Settings(
        seal=str(folder),
        pkcs11_module=SOFT_HSM,
        pkcs11_token="office",
        pkcs11_key="seal",
        pkcs11_pin="1234",
    )


def test_a_key_in_a_token_seals_and_one_that_cannot_be_reached_seals_nothing(token: Settings) -> None:
    assert checked(open_seal(token, NOW), token) == SealCheck("good", "电子签章有效。")
    for wrong in ({"pkcs11_pin": "9999"}, {"pkcs11_key": "none"}, {"pkcs11_token": "none"}):
        with pytest.raises(WrongSeal, match="密码机"):
            checked(open_seal(replace(token, **wrong), NOW), token)
    with pytest.raises(WrongSeal, match="密码机"):
        checked(open_seal(replace(token, pkcs11_module="/no/such.so"), NOW), token)


def test_a_token_whose_key_is_another_seals_nothing(token: Settings, folder: Path) -> None:
    (folder / "certificate.pem").write_bytes(authority().own.public_bytes(Encoding.PEM))
    with pytest.raises(WrongSeal, match="不是一对"):
        checked(open_seal(token, NOW), token)


def test_a_seal_is_for_trial_by_its_subject_only() -> None:
    assert trial_seal().trial
    assert not authority(TRIAL).seal.trial
