"""Promises what an operator asks about the seal: whether it seals, for how long, and whether in earnest."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from certificates.paper import Paper
from certificates.sealing.checking import GOOD, check_seal
from certificates.sealing.opening import open_seal
from certificates.sealing.pades import sealed
from certificates.sealing.signer import Seal, WrongSeal
from certificates.sealing.trust import read_trust
from engine.settings import Settings

SOON = timedelta(days=30)  # to order another certificate
NOT_YET = "还没有印章，后台进程第一次启动时生成试用的。"
FOR_TRIAL = "这是程序自己生成的试用印章，没有法律效力，章上有“试用”二字。"
ASSIGN = "正式使用前请换成依法制发的印章证书，见 docs/operators/running.md。"


@dataclass(frozen=True)
class SealState:
    """Whether papers are sealed now and will be for a month; `trial` even when they are."""

    seals: bool
    trial: bool
    says: str
    do: str


def seal_state(settings: Settings, now: datetime) -> SealState:
    """Found out by sealing an empty page and checking it; makes no seal where there is none yet."""
    if not settings.pkcs11_module and not settings.seal and not _anything_in(settings.seal_folder):
        return SealState(True, True, NOT_YET, ASSIGN)
    try:
        seal = open_seal(settings, now)
        page = sealed(Paper(_empty_page(), None), seal, issuer="试签", reason="检查印章", at=now)
        found = check_seal(page, read_trust(settings), at=now, now=now)
    except WrongSeal as error:
        return SealState(False, False, error.says, error.do)
    except OSError as error:
        return SealState(False, False, f"时间戳服务没有应答（{error}）。", "请检查 TSA_URL 和网络。")
    if found.word != GOOD:
        return SealState(False, seal.trial, f"试签没有通过：{found.says}", WrongSeal.do)
    return _lasting(seal, now)


def _anything_in(folder: Path) -> bool:
    return folder.exists() and any(folder.iterdir())


def _lasting(seal: Seal, now: datetime) -> SealState:
    ends = seal.signer.certificate.not_valid_after
    until = f"证书 {ends:%Y-%m-%d} 到期。"
    if ends - now < SOON:
        return SealState(False, seal.trial, until, "请换上新的印章证书，旧的根证书留在 roots.pem。")
    return SealState(True, seal.trial, (FOR_TRIAL if seal.trial else "") + until, ASSIGN)


@cache
def _empty_page() -> bytes:
    writer, made = PdfFileWriter(), io.BytesIO()
    contents = writer.add_object(StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=contents, media_box=(0, 0, 100, 100)))
    writer.write(made)
    return made.getvalue()
