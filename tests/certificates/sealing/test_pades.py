"""A sealed paper stays what it was, PDF/A and all, and carries one certification that draws the seal."""

import io
from datetime import UTC, datetime

import pypdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from certificates.document import render
from certificates.letter import render_letter
from certificates.paper import Paper
from certificates.sealing.pades import sealed
from certificates.sealing.signer import WrongSeal
from engine.letters.content import Content
from engine.letters.reading import LAYOUT
from tests.certificates.examples import URL, certificate
from tests.certificates.pdf_a import faults
from tests.engine.letters.samples import happened, letter
from tests.filing import files
from tests.sealing import authority, later, trial_seal

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ISSUER = certificate().issuer


@pytest.fixture(scope="module")
def paper() -> Paper:
    return render(certificate(), url=URL)


@pytest.fixture(scope="module")
def signed(paper: Paper) -> bytes:
    return seal_it(paper)


def seal_it(paper: Paper) -> bytes:
    return sealed(paper, trial_seal(), issuer=ISSUER, reason="签发", at=AT)


def words() -> Content:
    return letter("refusal", happened("refused"))


def signature(pdf: bytes) -> EmbeddedPdfSignature:
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return found


def test_nothing_of_the_paper_is_changed_by_the_signature(paper: Paper, signed: bytes) -> None:
    assert signed.startswith(paper.pdf + b"\n")
    before, after = (pypdf.PdfReader(io.BytesIO(each)) for each in (paper.pdf, signed))
    # pyHanko 0.38 would write the metadata anew, and no longer as PDF/A wants them: see pades._Unchanged.
    assert after.root_object["/Metadata"].get_data() == before.root_object["/Metadata"].get_data()
    assert after.pages[0].extract_text() == before.pages[0].extract_text()
    assert after.attachments == before.attachments


def test_the_first_object_of_the_signature_stands_on_a_line_of_its_own(paper: Paper, signed: bytes) -> None:
    # typst ends without a line end, and pyHanko would go on right behind it.
    assert not paper.pdf.endswith(b"\n")
    rest = signed[len(paper.pdf) :]
    assert rest.startswith(b"\n") and rest[1:2].isdigit()


@pytest.mark.parametrize("layout", ["landscape", "portrait"])
def test_a_sealed_certificate_is_pdf_a_3a(layout: str) -> None:
    # tests.certificates.pdf_a names the two false alarms of the validator that are left out.
    assert faults(seal_it(render(certificate(12, layout=layout), url=URL))) == []


def test_a_sealed_letter_is_pdf_a_3a_and_its_seal_stands_where_the_layout_says() -> None:
    paper = render_letter(words(), files()[LAYOUT], url=URL)
    pdf = seal_it(paper)
    assert faults(pdf) == []
    assert paper.seal is not None
    left, bottom, right, top = signature(pdf).sig_field["/Rect"]
    assert abs(float(left + right) / 2 - paper.seal.x) <= 1
    assert abs(842 - float(bottom + top) / 2 - paper.seal.y) <= 1


def test_the_seal_is_one_certification_that_allows_no_change(signed: bytes) -> None:
    found = signature(signed)
    assert found.docmdp_level == MDPPerm.NO_CHANGES
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert (found.sig_object["/Name"], found.sig_object["/Reason"]) == (ISSUER, "签发")
    assert found.self_reported_timestamp == AT


@pytest.mark.parametrize("layout", ["landscape", "portrait"])
def test_the_seal_lies_between_the_issuers_name_and_the_day_and_inside_the_frame(layout: str) -> None:
    made = certificate(layout=layout)
    with pypdfium2.PdfDocument(seal_it(render(made, url=URL))) as document:
        document.init_forms()
        page = document[0]
        text, height = page.get_textpage(), page.get_height()
        left, bottom, right, top = map(float, signature(seal_it(render(made, url=URL))).sig_field["/Rect"])
        name = text.get_charbox(text.search(made.issuer).get_next()[0])
        day = text.get_charbox(text.search("2026年11月22日").get_next()[0])
        middle = (bottom + top) / 2
        assert day[3] < middle < name[1]
        assert left > 40 and right < page.get_width() - 40 and bottom > 40 and top < height
        picture = page.render(scale=1, may_draw_forms=True).to_pil().convert("RGB")
        red, green, _ = picture.getpixel((round((left + right) / 2), round(height - middle)))
        assert red > 150 and green < 100


def test_a_paper_that_marks_no_place_is_signed_without_a_drawing() -> None:
    layout = files()[LAYOUT].replace(" <seal>", "")
    paper = render_letter(words(), layout, url=URL)
    assert paper.seal is None
    pdf = seal_it(paper)
    assert [float(each) for each in signature(pdf).sig_field["/Rect"]] == [0, 0, 0, 0]
    assert faults(pdf) == []


@pytest.mark.parametrize("days", [-10_000, 10_000])
def test_no_paper_is_sealed_outside_the_days_of_the_certificate(paper: Paper, days: int) -> None:
    with pytest.raises(WrongSeal, match="有效期"):
        sealed(paper, authority().seal, issuer=ISSUER, reason="签发", at=later(days))
