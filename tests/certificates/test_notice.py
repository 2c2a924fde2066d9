"""The one-time notice on paper says what the guide found for this applicant."""

import io
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp

from certificates.fonts import MissingGlyph
from certificates.notice import Notice, notice_of, render_notice
from engine.catalogue import Catalogue
from engine.files import read_folder
from engine.guide import result
from engine.scenarios import read_scenarios
from tests.certificates.pdf_a import faults

DAY = date(2026, 11, 22)
URL = "https://permit.example/guide/restaurant/result/a1b2c3_370303_420_y_y_y_y"
ANSWERS = {
    "district": "370303",
    "area": 420,
    "cold_food": True,
    "greasy_water": True,
    "tobacco": True,
    "signboard": True,
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read(read_folder(Path(__file__).parents[2]), "restaurant")


def notice(catalogue: Catalogue, **answers: object) -> Notice:
    found = result(catalogue, {**ANSWERS, **answers}, DAY)
    return notice_of(
        found, industry="餐饮店", issuer="张店区行政审批服务局", number="GZ-1", version=3, url=URL
    )


def text_of(pdf: bytes) -> str:
    return "".join("".join(each.extract_text().split()) for each in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_notice_names_every_item_with_its_reason_days_and_authority(catalogue: Catalogue) -> None:
    made = notice(catalogue)
    text = text_of(render_notice(made, made_on=DAY))
    assert len(made["items"]) == 5
    for item in made["items"]:
        assert item["why"] in text
        assert f"{item['authority']}决定·承诺{item['committed_days']}个工作日" in text


def test_the_notice_lists_each_material_once_with_where_it_comes_from(catalogue: Catalogue) -> None:
    made = notice(catalogue)
    text = text_of(render_notice(made, made_on=DAY))
    assert len({material["name"] for material in made["materials"]}) == len(made["materials"])
    for material in made["materials"]:
        assert material["name"] in text
        assert material["source"] in text
    assert sum(material["bring"] for material in made["materials"]) == made["to_bring"]


def test_the_notice_says_what_is_not_needed_and_why_not(catalogue: Catalogue) -> None:
    made = notice(catalogue, tobacco=False)
    assert made["not_needed"][0]["why"] in text_of(render_notice(made, made_on=DAY))


def test_a_special_stage_is_told_with_its_time_law_and_whether_it_counts() -> None:
    files = read_folder(Path(__file__).parents[2])
    catalogue = Catalogue.read(files, "karaoke")
    answers = next(each.answers for each in read_scenarios(files, "karaoke") if each.id == "all_granted")
    made = notice_of(
        result(catalogue, answers, DAY), industry="歌舞娱乐场所", issuer="", number="", version=1, url=URL
    )
    text = text_of(render_notice(made, made_on=DAY))
    assert [each["name"] for each in made["special"]] == ["公示", "听证"]
    for each in made["special"]:
        assert f"{each['name']}{each['item']}" in text and each["time"] in text
        assert each["counted"] in ("计入", "不计入")


def test_whom_the_industry_is_not_for_reads_what_to_do_instead(catalogue: Catalogue) -> None:
    made = notice(catalogue, area=30)
    text = text_of(render_notice(made, made_on=DAY))
    assert made["ineligible"] is not None
    assert made["ineligible"]["instead"] in text
    assert "直接开始申请" not in text


def test_the_notice_bears_its_number_version_and_day(catalogue: Catalogue) -> None:
    text = text_of(render_notice(notice(catalogue), made_on=DAY))
    assert "告知书编号GZ-1" in text
    assert "办事指南第3版" in text
    assert "2026年11月22日" in text


def test_the_notice_is_tagged_a4_portrait_pdf_a(catalogue: Catalogue) -> None:
    pdf = render_notice(notice(catalogue), made_on=DAY)
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert faults(pdf) == []


def test_the_notice_s_code_opens_it_again(catalogue: Catalogue) -> None:
    with pypdfium2.PdfDocument(render_notice(notice(catalogue), made_on=DAY)) as document:
        last = document[len(document) - 1].render(scale=150 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(last)] == [URL]


def test_the_same_notice_gives_the_same_bytes(catalogue: Catalogue) -> None:
    made = notice(catalogue)
    assert render_notice(made, made_on=DAY) == render_notice(made, made_on=DAY)


def test_a_character_that_cannot_be_printed_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(MissingGlyph, match=r"U\+1F600"):
        render_notice({**notice(catalogue), "notes": ["请留意😀"]}, made_on=DAY)
