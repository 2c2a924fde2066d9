"""Public guide and manual on paper say what the page says, bear version and digest, and never change."""

from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from certificates.manual import manual_pdf
from certificates.public_guide import public_guide_pdf
from engine.deployments import Deployment, unpublished
from engine.files import read_folder
from engine.guide.manual import manual
from engine.guide.public_guide import public_guide
from tests.certificates.pdf_a import faults
from tests.certificates.test_notice import text_of

DAY = date(2026, 11, 22)
URL = "https://permit.example/industries/x"
HOTLINE = "12345"


@pytest.fixture(scope="module")
def deployment() -> Deployment:
    """An industry with items that wait for each other, special stages and materials that stand in."""
    made = datetime(2026, 11, 22, 2, tzinfo=UTC)
    return unpublished(read_folder(Path(__file__).parents[2]), "karaoke", made)


@pytest.fixture(scope="module")
def guide_pdf(deployment: Deployment) -> bytes:
    return public_guide_pdf(public_guide(deployment, DAY), URL, HOTLINE)


@pytest.fixture(scope="module")
def manual_paper(deployment: Deployment) -> bytes:
    return manual_pdf(manual(deployment, DAY))


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_guide_on_paper_holds_every_item_stage_and_question(
    deployment: Deployment, guide_pdf: bytes
) -> None:
    guide, text = public_guide(deployment, DAY), text_of(guide_pdf)
    words = [each.name for each in guide.items] + [each.name for each in guide.materials]
    words += [each.title for each in guide.stages] + [each.name for each in guide.special]
    words += [each.ask for each in guide.faq] + list(guide.remedies)
    assert [each for each in words if squeezed(each) not in text] == []


def test_the_guide_on_paper_has_every_part_that_the_law_asks_for(guide_pdf: bytes) -> None:
    text = text_of(guide_pdf)
    for part in (
        *("基本信息", "办理地点和时间", "受理条件", "申报材料", "办理流程", "特殊环节", "收费标准"),
        *("设定依据", "服务承诺", "常见问题", "简版指南", "咨询、投诉和救济", "是否计入法定办结时限"),
    ):
        assert part in text, part


def test_both_papers_bear_version_day_and_digest(
    deployment: Deployment, guide_pdf: bytes, manual_paper: bytes
) -> None:
    for pdf in (guide_pdf, manual_paper):
        text = text_of(pdf)
        assert deployment.sha256 in text
        assert f"第{deployment.version}版" in text and "2026年11月22日发布" in text


def test_the_code_on_the_guide_opens_its_page(guide_pdf: bytes) -> None:
    with pypdfium2.PdfDocument(guide_pdf) as document:
        picture = document[0].render(scale=3).to_pil()
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [URL]


def test_the_manual_on_paper_holds_every_step_point_and_number(
    deployment: Deployment, manual_paper: bytes
) -> None:
    found, text = manual(deployment, DAY), text_of(manual_paper)
    words = [f"{step.number}. {step.title}" for step in found.steps]
    words += [each.number for each in found.items] + [sheet.title for sheet in found.sheets]
    words += [point.text for step in found.steps for point in step.checks if len(point.text) < 20]
    assert [each for each in words if squeezed(each) not in text] == []


@pytest.mark.parametrize("paper", ["guide_pdf", "manual_paper"])
def test_the_papers_are_pdf_a_and_tagged(paper: str, request: pytest.FixtureRequest) -> None:
    assert faults(request.getfixturevalue(paper)) == []


def test_the_same_deployment_gives_the_same_bytes(deployment: Deployment, guide_pdf: bytes) -> None:
    again = unpublished(deployment.files, deployment.industry, deployment.published_at)
    public_guide_pdf.cache_clear()
    assert public_guide_pdf(public_guide(again, DAY), URL, HOTLINE) == guide_pdf


def test_nothing_that_is_not_for_the_public_is_printed(guide_pdf: bytes) -> None:
    assert "待核实" not in text_of(guide_pdf) and "内部使用" not in text_of(guide_pdf)


def test_a_code_of_its_own_for_renewal_or_change_stands_in_the_manual() -> None:
    made = datetime(2026, 11, 22, 2, tzinfo=UTC)
    pharmacy = unpublished(read_folder(Path(__file__).parents[2]), "pharmacy", made)
    paper = text_of(manual_pdf(manual(pharmacy, DAY)))
    assert "业务办理项" in paper and "换发00017211100302" in "".join(paper.split())
