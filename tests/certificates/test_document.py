"""The printed certificate says what it was given, and only that."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pypdf
import pypdfium2
import pytest
from PIL import Image

from certificates.document import attachment, render, render_draft
from certificates.facts import CertificateData, LicenceLine
from certificates.fonts import MissingGlyph
from certificates.sealing.pades import sealed
from tests.certificates.examples import LINES, URL, certificate
from tests.certificates.pdf_a import faults
from tests.sealing import trial_seal

DPI = 300
CODES = {"type_code": "11370300MB3703000U901", "issuer_code": "11370303MB3703035R"}


def pages_of(pdf: bytes) -> list[str]:
    return ["".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def lines_across(page: Image.Image, x: int, top: float, bottom: float) -> int:
    """How many lines a cut meets that goes down the page at `x`; all in millimetres."""
    column = [
        page.getpixel((int(x * DPI / 25.4), y))
        for y in range(int(top * DPI / 25.4), int(bottom * DPI / 25.4))
    ]
    dark = [value < 240 for value in column]
    return sum(now and not before for before, now in pairwise([False, *dark]))


def assert_states(text: str, made: CertificateData) -> None:
    for fact in (made.number, made.operator, made.legal_representative, made.address, made.uscc, made.issuer):
        assert "".join(fact.split()) in text
    assert made.industry in text
    assert made.title in text


def test_every_fact_can_be_read_back_from_the_paper() -> None:
    made = certificate()
    (text,) = pages_of(render(made, url=URL).pdf)
    assert_states(text, made)
    assert "第1版" in text
    assert "2026年11月22日" in text
    for line in made.licences:
        for fact in (line.item, line.number, line.decider, line.scope):
            assert "".join(fact.split()) in text


@pytest.mark.parametrize(("layout", "size"), [("landscape", (842, 595)), ("portrait", (595, 842))])
def test_each_layout_is_a4_and_states_the_same(layout: str, size: tuple[int, int]) -> None:
    made = certificate(6, layout=layout, **CODES)
    pdf = render(made, url=URL).pdf
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size
    (text,) = pages_of(pdf)
    assert_states(text, made)
    assert f"电子证照标识{made.identifier}" in text
    for line in made.licences:
        assert "".join(line.number.split()) in text
    assert_inside_the_margins(pdf, 24)
    assert faults(pdf) == []


def test_without_codes_no_identifier_is_printed() -> None:
    (text,) = pages_of(render(certificate(), url=URL).pdf)
    assert "电子证照标识" not in text


def test_a_draft_is_marked_and_has_nothing_that_could_pass_for_a_certificate() -> None:
    made = certificate(12, **CODES)
    draft = render_draft(made)
    face, annex = pages_of(draft)
    for text in (face, annex):
        assert "样稿" in text
        assert made.number not in text and "第1版" not in text and made.identifier not in text
    assert made.operator in face and "扫码查询" + "扫描" not in face and URL not in face
    reader = pypdf.PdfReader(io.BytesIO(draft))
    assert dict(reader.attachments) == {}
    assert not any("二维码" in text for text in alternative_texts(reader.root_object["/StructTreeRoot"]))


def test_validity_is_given_as_two_days_or_as_without_end() -> None:
    (text,) = pages_of(render(certificate(), url=URL).pdf)
    assert "2026-11-22至2031-11-21" in text
    assert "2026-11-22起长期有效" in text


def test_the_paper_points_to_the_live_answer_and_names_no_state() -> None:
    (text,) = pages_of(render(certificate(), url=URL).pdf)
    assert "本证信息以扫码查询结果为准" in text
    assert URL in text
    assert "状态：" not in text


@pytest.mark.parametrize("licences", range(1, 13))
def test_one_to_twelve_licences_all_stand_on_the_pages(licences: int) -> None:
    made = certificate(licences)
    pages = pages_of(render(made, url=URL).pdf)
    assert len(pages) <= 2
    assert_states(pages[0], made)
    for line in made.licences:
        assert "".join(line.number.split()) in "".join(pages)


def test_licences_that_do_not_fit_on_the_face_are_named_there_and_listed_in_an_annex() -> None:
    made = certificate(12)
    face, annex = pages_of(render(made, url=URL).pdf)
    assert "共12项，详见附页" in face
    assert made.issuer in face
    assert "行业综合许可证附页" in annex
    assert made.number in annex
    assert "第2页，共2页" in annex


def test_long_names_and_addresses_wrap_inside_the_page() -> None:
    made = certificate(
        2,
        operator="淄博市张店区" + "很长的名字" * 16,
        address="山东省淄博市" + "一条很长的街道" * 20,
        legal_representative="Maximilian " * 8,
    )
    pdf = render(made, url=URL).pdf
    assert_states("".join(pages_of(pdf)), made)
    assert_inside_the_margins(pdf)


@pytest.mark.parametrize("layout", ["landscape", "portrait"])
def test_a_word_longer_than_a_line_is_broken_inside_the_page(layout: str) -> None:
    lines = tuple(replace(line, scope="S" * 300, number="N" * 60) for line in LINES)
    pdf = render(replace(certificate(operator="A" * 300, layout=layout), licences=lines), url=URL).pdf
    assert_inside_the_margins(pdf, 24)


def assert_inside_the_margins(pdf: bytes, millimetres: float = 26) -> None:
    margin = millimetres / 25.4 * 72
    with pypdfium2.PdfDocument(pdf) as document:
        for each in document:
            text, width = each.get_textpage(), each.get_width()
            boxes = [text.get_charbox(i) for i in range(text.count_chars())]
            assert min(left for left, _, right, _ in boxes if right > left) > margin
            assert max(right for left, _, right, _ in boxes if right > left) < width - margin


@pytest.mark.parametrize("character", "䶮㛃𬱖𫖯𠮷𰻝")
def test_a_rare_character_of_a_name_is_drawn_and_can_be_extracted(character: str) -> None:
    (text,) = pages_of(render(certificate(1, legal_representative=f"张{character}"), url=URL).pdf)
    assert f"张{character}" in text


def test_rare_names_can_be_extracted_from_the_sealed_file() -> None:
    names = "䶮㛃𬱖𫖯𠮷𰻝"
    paper = render(certificate(1, operator=f"张店{names}菜馆"), url=URL)
    at = datetime(2026, 11, 22, tzinfo=UTC)
    (text,) = pages_of(sealed(paper, trial_seal(), issuer=certificate().issuer, reason="签发", at=at))
    assert names in text


@pytest.mark.parametrize("layout", ["landscape", "portrait"])
def test_the_guilloche_frame_runs_round_the_page(layout: str) -> None:
    """Fine lines are woven in a band along all four sides, and end there."""
    with pypdfium2.PdfDocument(render(certificate(1, layout=layout), url=URL).pdf) as document:
        page = document[0].render(scale=DPI / 72).to_pil().convert("L")
    for degrees in (0, 90, 180, 270):
        turned = page.rotate(degrees, expand=True)
        # Between the hairlines, 9 to 14 mm from the edge, wherever one cuts across.
        across = [lines_across(turned, x, 9.2, 13.8) for x in range(30, int(turned.width / DPI * 25.4) - 30)]
        assert min(across) >= 2
        assert sum(across) / len(across) > 4
        assert lines_across(turned, 100, 15.5, 19) == 0


@pytest.mark.parametrize(("licences", "size"), [(3, 9.5), (5, 9.2), (6, 8.5)])
def test_the_type_is_the_largest_in_which_everything_stands_on_the_face(licences: int, size: float) -> None:
    scope = "热食类食品制售；冷食类食品制售；自制饮品制售"
    line = LicenceLine(
        "食品经营许可", "JY2370303000001", LINES[0].decider, scope, LINES[0].valid_from, date(2031, 11, 21)
    )
    paper = render(replace(certificate(**CODES), licences=(line,) * licences), url=URL)
    sizes: list[float] = []

    def note(text: str, _matrix: object, _place: object, _font: object, size: float) -> None:
        if "热食" in text:
            sizes.append(round(size, 1))

    (page,) = pypdf.PdfReader(io.BytesIO(paper.pdf)).pages
    page.extract_text(visitor_text=note)
    assert sizes == [size] * licences


@pytest.mark.parametrize("character", ["😀", "❤", "\ue000", "\u202e", "\u200b", "\x07", "\ufe0f"])
def test_a_character_that_no_font_draws_is_refused_by_name(character: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        render(certificate(1, operator=f"张店{character}菜馆"), url=URL)
    assert refused.value.character == character
    assert f"U+{ord(character):04X}" in refused.value.says
    assert refused.value.do


def test_markup_in_a_name_is_printed_and_not_obeyed() -> None:
    name = '#read("/etc/passwd") *粗* $x$ \\u{41} "引号" {{ }}'
    (text,) = pages_of(render(certificate(1, operator=name), url=URL).pdf)
    assert "".join(name.split()) in text


def test_line_ends_in_an_address_become_spaces() -> None:
    (text,) = pages_of(render(certificate(1, address="山东省淄博市\n张店区\t柳泉路"), url=URL).pdf)
    assert "山东省淄博市张店区柳泉路" in text


def test_the_attached_json_states_the_same_facts() -> None:
    made = certificate()
    attached = pypdf.PdfReader(io.BytesIO(render(made, url=URL).pdf)).attachments["certificate.json"][0]
    facts = json.loads(attached)
    assert facts["number"] == made.number
    assert facts["verify_at"] == URL
    assert facts["issued_on"] == "2026-11-22"
    assert [line["number"] for line in facts["licences"]] == [line.number for line in made.licences]
    assert facts["licences"][1]["valid_until"] is None


def test_the_attached_json_has_the_names_that_systems_of_certificates_exchange() -> None:
    made = certificate(issue=2, **CODES)
    facts = json.loads(attachment(made, url=URL))
    assert facts["identifier"] == facts["ZZBS"] == made.identifier
    assert (facts["ZZMC"], facts["ZZBH"], facts["ZZLXDM"]) == (made.title, made.number, made.type_code)
    assert (facts["ZZBFJG"], facts["ZZBFJGDM"], facts["ZZBFRQ"]) == (
        made.issuer,
        made.issuer_code,
        "2026-11-22",
    )
    assert (facts["CZZT"], facts["CZZTDM"], facts["CZZTDMLX"]) == (made.operator, made.uscc, "001")
    assert (facts["ZZYXQQSRQ"], facts["ZZYXQJZRQ"]) == ("2026-11-22", None)  # one licence has no end
    ending = replace(made, licences=(LINES[0], replace(LINES[2], valid_until=date(2030, 1, 1))))
    assert json.loads(attachment(ending, url=URL))["ZZYXQJZRQ"] == "2031-11-21"


def test_the_same_certificate_gives_the_same_bytes() -> None:
    assert render(certificate(), url=URL) == render(certificate(), url=URL)


def test_another_day_of_issue_gives_other_bytes() -> None:
    assert render(certificate(), url=URL) != render(certificate(issued_on=date(2026, 11, 23)), url=URL)


@pytest.mark.parametrize("licences", [1, 12])
def test_the_file_is_pdf_a_3a(licences: int) -> None:
    assert faults(render(certificate(licences), url=URL).pdf) == []


def test_the_file_is_tagged_chinese_and_says_what_its_picture_is() -> None:
    catalogue = pypdf.PdfReader(io.BytesIO(render(certificate(), url=URL).pdf)).root_object
    assert catalogue["/MarkInfo"]["/Marked"]
    assert str(catalogue["/Lang"]).lower().startswith("zh")
    assert any("二维码" in text for text in alternative_texts(catalogue["/StructTreeRoot"]))


def alternative_texts(node: object) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for child in node for text in alternative_texts(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + alternative_texts(node.get("/K", []))


def test_two_threads_print_at_once_what_one_prints() -> None:
    made = [certificate(number=f"370303-YZ-2026-{i:06d}") for i in range(20)]
    with ThreadPoolExecutor(2) as pool:
        printed = list(pool.map(lambda each: render(each, url=URL).pdf, made))
    assert printed == [render(each, url=URL).pdf for each in made]
