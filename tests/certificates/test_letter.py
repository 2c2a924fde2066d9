"""A letter on paper says what was frozen, as PDF/A in its layout, and its layout can reach nothing else."""

import io
import json
from datetime import UTC, datetime

import pypdf
import pypdfium2
import pytest
import zxingcpp

from certificates.delivery import delivery_receipt
from certificates.fonts import MissingGlyph
from certificates.letter import ATTACHED, render_letter
from certificates.letter_check import check_printing
from certificates.typesetting import NotTypeset
from engine.letters.content import Content
from engine.letters.reading import LAYOUT
from engine.letters.sheet import LetterKind
from engine.queries.letter_lines import Delivery, LetterLine
from tests.certificates.pdf_a import faults
from tests.engine.letters.samples import LONG, happened, kinds, letter, sample_of
from tests.filing import files

URL = "https://permit.example/cases/370303-YYZ-20261120-0001"
KINDS = kinds()


def printed(content: Content, layout: str = "") -> bytes:
    return render_letter(content, layout or files()[LAYOUT], url=URL).pdf


def text_of(pdf: bytes) -> str:
    return "".join("".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def tight(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_letter_is_pdf_a_with_all_its_words_on_at_most_two_pages(kind: LetterKind) -> None:
    content = letter(kind.id, sample_of(kind))
    pdf = printed(content)
    assert faults(pdf) == []
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) <= 2
    text = text_of(pdf)
    for part in content["body"]:
        assert tight(part["text"]) in text
        assert all(tight(cell) in text for row in part["rows"] for cell in row)
    for said in (
        content["title"],
        content["number"],
        content["issuer"],
        content["remedies"],
        "2026年11月23日",
    ):
        assert tight(said) in text


def test_a_refusal_is_read_back_with_number_reasons_remedies_and_office() -> None:
    text = text_of(printed(letter("refusal", happened("refused"))))
    assert "张店区一证不准字〔2026〕第0001号" in text
    assert LONG in text
    assert "六十日内" in text and "向张店区人民政府申请行政复议" in text and "六个月内" in text
    assert text.count("张店区行政审批服务局") == 2  # in red above, and where the seal will be


def test_a_letter_carries_its_content_for_machines() -> None:
    content = letter("refusal", happened("refused"))
    (attached,) = pypdf.PdfReader(io.BytesIO(printed(content))).attachments[ATTACHED]
    assert json.loads(attached) == {"format": "onepermit.letter.1", **content}


def test_the_code_of_a_letter_opens_its_case() -> None:
    with pypdfium2.PdfDocument(printed(letter("refusal", happened("refused")))) as document:
        image = document[0].render(scale=200 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [URL]


def test_the_same_letter_gives_the_same_bytes() -> None:
    content = letter("refusal", happened("refused"))
    assert printed(content) == printed(content)


def test_a_long_letter_goes_on_to_further_pages_and_keeps_office_and_date_together() -> None:
    content = letter("refusal", happened("refused", reasons="\n".join([LONG] * 20)))
    pages = pypdf.PdfReader(io.BytesIO(printed(content))).pages
    last = tight(pages[-1].extract_text())
    assert len(pages) > 1
    assert "张店区行政审批服务局" in last and "2026年11月23日" in last
    assert "行政诉讼" in last  # a seal never stands on a page without words


def test_what_a_person_typed_cannot_act_in_the_layout() -> None:
    sly = '#read("/etc/passwd") #pagebreak() *x* $y$'
    assert tight(sly) in text_of(printed(letter("refusal", happened("refused", reasons=sly))))


@pytest.mark.parametrize(
    "reach",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.2.0": *',
        '#include "paper.typ"',
        '#eval("1 + 1")',
        '#dictionary(std).at("ev" + "al")("1")',
        '#image("/certificate.typ")',
        '#json("../../pyproject.toml")',
    ],
)
def test_a_layout_that_reaches_beyond_its_data_prints_nothing(reach: str) -> None:
    with pytest.raises(NotTypeset):
        printed(letter("refusal", happened("refused")), f"{files()[LAYOUT]}\n{reach}\n")


def test_a_character_that_cannot_be_printed_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+1F35C"):
        printed(letter("refusal", happened("refused", reasons="没有🍜")))


def test_a_receipt_of_delivery_names_letter_receiver_way_and_witness() -> None:
    at = datetime(2026, 11, 24, 3, tzinfo=UTC)
    line = LetterLine(
        1,
        1,
        "370303-YYZ-20261120-0001",
        "370303",
        "淄博张店春和餐饮有限公司",
        "refusal",
        "",
        "张店区一证不准字〔2026〕第0001号",
        "不予行政许可决定书",
        "张店区行政审批服务局",
        at,
        "0" * 64,
        (
            Delivery("electronic", "淄博张店春和餐饮有限公司", "", at, ""),
            Delivery("left", "张春和", "本人拒收，见证人李明，留置于经营场所", at, "林一窗"),
        ),
    )
    pdf = delivery_receipt(line, at)
    text = text_of(pdf)
    assert faults(pdf) == [] and len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    for said in ("送达回证", line.number, "电子送达", "11:00", "留置送达", "张春和", "见证人李明", "林一窗"):
        assert said in text


def test_a_layout_that_cannot_be_set_is_found_by_the_check() -> None:
    assert check_printing(files()) == ()
    (mistake,) = check_printing({**files(), LAYOUT: files()[LAYOUT].replace("d.title", "d.titel")})
    assert mistake.file == LAYOUT and "titel" in mistake.says


def test_a_layout_without_a_place_for_the_seal_is_found_by_the_check() -> None:
    (mistake,) = check_printing({**files(), LAYOUT: files()[LAYOUT].replace(" <seal>", "")})
    assert (mistake.file, mistake.says) == (LAYOUT, "版式没有标出盖章的地方。")
