"""What was done to a sealed file is found out and called by its name: the whole matrix of tampering."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certificates.document import render
from certificates.sealing.checking import SealCheck, check_seal
from certificates.sealing.pades import sealed
from certificates.sealing.trust import Trust
from tests.certificates.examples import URL, certificate
from tests.sealing import Authority, authority, later, trial_seal, trust

SET, NOW = later(100), later(200)
OURS, OTHER = authority(), authority("另一根")


def made(by: Authority) -> bytes:
    paper = render(certificate(1), url=URL)
    return sealed(paper, by.seal, issuer="某区行政审批服务局", reason="签发", at=SET)


@pytest.fixture(scope="module")
def file() -> bytes:
    return made(OURS)


def check(content: bytes, trusted: Trust = OURS.trust, at: datetime = NOW, now: datetime = NOW) -> SealCheck:
    return check_seal(content, trusted, at=at, now=now)


def byte_flipped(content: bytes) -> bytes:
    at = content.index(b"stream") + 40
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def page_edited(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stream = writer.add_object(generic.StreamObject(stream_data=b"q 0 0 400 400 re f Q"))
    writer.add_stream_to_page(0, stream)
    return written(writer)


def title_edited(content: bytes) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(content), incremental=True)
    writer.add_metadata({"/Title": "另一个标题"})
    saved = io.BytesIO()
    writer.write(saved)
    assert saved.getvalue().startswith(content)
    return saved.getvalue()


def saved_again(content: bytes) -> bytes:
    saved = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(content)).write(saved)
    return saved.getvalue()


def appended(content: bytes) -> bytes:
    return content + b"% nothing to see\n"


def written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_as_it_was_sealed_is_good(file: bytes) -> None:
    assert check(file) == SealCheck("good", "电子签章有效。")


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (byte_flipped, "签章以后内容被改动过"),
        (saved_again, "签章以后内容被改动过"),
        (page_edited, "又追加了内容"),
        (title_edited, "又追加了内容"),
        (appended, "又追加了内容"),
    ],
)
def test_a_file_that_was_changed_is_altered_however_it_was_done(
    file: bytes, tamper: Callable[[bytes], bytes], says: str
) -> None:
    found = check(tamper(file))
    assert found.word == "altered"
    assert says in found.says


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no pdf at all"])
def test_a_file_that_breaks_the_reader_is_said_to_be_damaged_in_words_for_citizens(content: bytes) -> None:
    assert check(content) == SealCheck("altered", "电子签章已损坏，读不出来。")


def test_a_seal_under_another_root_is_foreign() -> None:
    assert check(made(OTHER)).word == "foreign"
    assert "不是本系统信任的" in check(made(OTHER)).says


def test_a_revoked_seal_is_revoked_from_that_day_and_good_before(file: bytes) -> None:
    listed = OURS.revocations(revoked_at=later(150), until=later(300))
    trusted = replace(OURS.trust, revocations=[listed])
    assert check(file, trusted, at=SET).word == "good"  # set before, by the register's word
    assert check(file, trusted, at=NOW) == SealCheck("revoked", "印章的证书已被吊销。")


def test_a_list_that_names_others_leaves_a_seal_good(file: bytes) -> None:
    listed = OURS.revocations(revoked_at=None, until=later(300))
    assert check(file, replace(OURS.trust, revocations=[listed])).word == "good"


def test_a_list_that_is_too_old_leaves_the_matter_uncertain(file: bytes) -> None:
    listed = OURS.revocations(revoked_at=None, until=later(150))
    found = check(file, replace(OURS.trust, revocations=[listed]), at=SET)
    assert found.word == "uncertain" and "已经过期" in found.says


def test_a_list_of_another_root_does_not_count_as_asked(file: bytes) -> None:
    listed = OTHER.revocations(revoked_at=None, until=later(300))
    assert check(file, replace(OURS.trust, revocations=[listed])).word != "good"


def test_without_a_root_nothing_is_believed(file: bytes) -> None:
    assert check(file, Trust([])).word == "uncertain"


def test_a_paper_without_a_seal_has_none() -> None:
    assert check(render(certificate(1), url=URL).pdf).word == "none"


def test_a_seal_for_trial_is_said_to_be_one() -> None:
    paper = render(certificate(1), url=URL)
    pdf = sealed(paper, trial_seal(), issuer="某局", reason="签发", at=SET)
    assert check(pdf, trust()) == SealCheck("good", "电子签章有效（试用印章，没有法律效力）。")


@settings(max_examples=25)
@given(st.data())
def test_no_file_with_a_byte_changed_or_cut_is_good(file: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(file) - 1))
    cut = data.draw(st.integers(0, 40))
    other = bytes([file[at] ^ data.draw(st.integers(1, 255))]) if cut == 0 else b""
    assert check(file[:at] + other + file[at + max(1, cut) :]).word != "good"


def test_a_program_that_runs_a_loop_seals_and_checks_as_well() -> None:
    async def program() -> SealCheck:
        return check(made(OURS))

    assert asyncio.run(program()).word == "good"
