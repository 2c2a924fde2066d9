"""The signed summary in a QR code: small, true, and worthless when anything in it or around it is changed."""

import base64
import io
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from certificates.code.address import code_url, parts_of, without_token
from certificates.code.size import largest_code
from certificates.code.token import NotSigned, read_token, write_token
from certificates.document import render
from certificates.qr import qr_version
from certificates.sealing.pades import sealed
from tests.certificates.examples import RING, certificate
from tests.sealing import trial_seal

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ID = "k7m2p9xq4w"
HOST = "https://permit.example.gov.cn"
LONG = certificate(
    6,
    operator="淄博市张店区柳泉路某某餐饮管理有限责任公司第一百二十八号分公司",
    legal_representative="买买提江·吐尔逊别克",
)
URL = code_url(RING, HOST, ID, LONG, 131_071)


@pytest.fixture(scope="module")
def paper() -> Image.Image:
    """The sealed page with six licences as a scanner of 150 dpi sees it."""
    unsealed = render(LONG, url=without_token(URL), code=URL)
    pdf = sealed(unsealed, trial_seal(), issuer=LONG.issuer, reason=LONG.number, at=NOW)
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()  # draws the seal, too
        return document[0].render(scale=150 / 72).to_pil().convert("L")


def photographed(paper: Image.Image, seed: int) -> Image.Image:
    """The paper through a phone: held at a slant, a little out of focus, saved as a poor JPEG."""
    chance = random.Random(seed)
    width, height = paper.size
    lean = [chance.uniform(0, 0.05) * width for _ in range(8)]
    corners = (lean[0], lean[1], lean[2], height - lean[3], width - lean[4], height - lean[5])
    quad = (*corners, width - lean[6], lean[7])
    seen = paper.transform(paper.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    seen = seen.rotate(chance.uniform(-8, 8), expand=True, fillcolor=220, resample=Image.Resampling.BICUBIC)
    saved = io.BytesIO()
    seen.filter(ImageFilter.GaussianBlur(0.7)).save(saved, "JPEG", quality=45)
    return Image.open(saved)


@pytest.mark.parametrize(
    "last", [None, date(2019, 12, 31), date(2020, 1, 1), date(2199, 6, 6), date(2199, 6, 7), date.max]
)
def test_whatever_the_last_day_the_paper_agrees_with_its_own_code(last: date | None) -> None:
    facts = certificate(2)
    facts = replace(facts, licences=tuple(replace(line, valid_until=last) for line in facts.licences))
    assert read_token(RING, ID, write_token(RING, ID, facts, 0)).agrees_with(facts)
    another = certificate(2)
    assert not read_token(RING, ID, write_token(RING, ID, another, 0)).agrees_with(facts)


@pytest.mark.parametrize("host", [4, 20, 21, 22, 28, 34, 40])
def test_six_licences_with_the_longest_names_fit_version_11(host: int) -> None:
    url = code_url(RING, "https://" + "a" * (host - 3) + ".cn", ID, LONG, 131_071)
    assert qr_version(url) <= 11


def test_a_host_of_34_characters_leaves_eleven_characters_of_the_name() -> None:
    site = "https://zhengwufuwu.yizhenghua.zibo.gov.cn"
    assert len(site) == len("https://") + 34
    url = code_url(RING, site, ID, LONG, 131_071)
    assert qr_version(url) <= 11
    stated = read_token(RING, ID, url.rpartition("/")[2])
    assert stated.operator == LONG.operator[:11] + "…"
    assert stated.agrees_with(LONG)


def test_a_longer_host_is_named_with_its_version_before_anything_is_printed() -> None:
    assert largest_code("https://" + "a" * 37 + ".cn") == 11
    assert largest_code("https://" + "a" * 60 + ".cn") == 12


def test_the_code_is_read_from_the_page_at_150_dpi(paper: Image.Image) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [URL]


@pytest.mark.parametrize("seed", range(5))
def test_the_code_is_read_from_a_photograph(paper: Image.Image, seed: int) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(photographed(paper, seed))] == [URL]


def test_a_token_states_the_facts_of_its_issue() -> None:
    facts = certificate(3, issue=4)
    read = read_token(RING, ID, write_token(RING, ID, facts, 7))
    assert (read.issue, read.number, read.operator) == (4, facts.number, facts.operator)
    assert (read.legal_representative, read.uscc) == ("张三丰", facts.uscc)
    assert [ends for _, ends in read.licences] == [date(2031, 11, 21), None, date(2031, 11, 21)]
    assert read.list_index == 7 and read.agrees_with(facts)


def test_a_long_name_is_cut_and_still_compared() -> None:
    read = read_token(RING, ID, parts_of(URL)[1])
    assert read.operator.endswith("…") and read.agrees_with(LONG)
    assert not read.agrees_with(replace(LONG, operator="另一家店"))


@pytest.mark.parametrize(
    "change",
    [
        {"operator": "另一家店"},
        {"legal_representative": "李四"},
        {"uscc": "91370303MA3T00017Y"},
        {"issue": 2},
        {"issued_on": date(2026, 11, 23)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_fact_is_compared(change: dict[str, object]) -> None:
    read = read_token(RING, ID, write_token(RING, ID, certificate(), 0))
    assert read.agrees_with(certificate())
    assert not read.agrees_with(certificate(**change))  # type: ignore[arg-type]  # any of its facts


def test_the_licences_are_compared_by_name_and_last_day() -> None:
    read = read_token(RING, ID, write_token(RING, ID, certificate(), 0))
    first, *others = certificate().licences
    for line in (replace(first, item="另一项许可"), replace(first, valid_until=date(2031, 11, 22))):
        assert not read.agrees_with(replace(certificate(), licences=(line, *others)))
    assert not read.agrees_with(certificate(2))


def test_a_token_does_not_hold_under_another_certificate_s_id() -> None:
    with pytest.raises(NotSigned, match="签名不对"):
        read_token(RING, "k7m2p9xq4x", parts_of(URL)[1])


@settings(max_examples=60)
@given(place=st.integers(0, 10_000), by=st.integers(1, 255))
def test_a_token_with_any_byte_changed_does_not_hold(place: int, by: int) -> None:
    token = write_token(RING, ID, certificate(), 0)
    raw = bytearray(base64.b32decode(token + "=" * (-len(token) % 8)))
    raw[place % len(raw)] ^= by
    with pytest.raises(NotSigned):
        read_token(RING, ID, base64.b32encode(raw).decode().rstrip("="))


@given(text=st.text(max_size=40))
def test_whatever_stands_in_its_place_is_no_token(text: str) -> None:
    with pytest.raises(NotSigned):
        read_token(RING, ID, text)


@pytest.mark.parametrize("end", ["", "A", "0", "=", "AAAAAAAA", "A" * 2000])
def test_a_token_with_something_added_or_missing_does_not_hold(end: str) -> None:
    token = write_token(RING, ID, certificate(), 0)
    for other in (token + end if end else token[:-1], token[:64], token[64:]):
        with pytest.raises(NotSigned):
            read_token(RING, ID, other)


@pytest.mark.parametrize(
    ("given_", "parts"),
    [
        (f"{HOST}/v/{ID}/ABC234", (ID, "ABC234")),
        (f"{HOST.upper()}/V/{ID.upper()}/ABC234", (ID, "ABC234")),
        (f" {HOST}/v/{ID}/ ", (ID, "")),
        (f"/v/{ID}", (ID, "")),
        (ID.upper(), (ID, "")),
        ("https://[wrong", ("", "")),
    ],
)
def test_an_address_is_read_however_it_is_typed(given_: str, parts: tuple[str, str]) -> None:
    assert parts_of(given_) == parts
