"""A certificate's receipt of delivery says what went to whom, when and how, and bears the signature."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from certificates.delivery import certificate_receipt
from certificates.fonts import MissingGlyph
from engine.days import Calendar
from engine.queries.handouts import Handout, Way
from tests.certificates.pdf_a import faults
from tests.certificates.test_letter import text_of

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)  # 11:00 in China
SIGNED = [[[100, 100], [300, 260], [500, 120]], [[600, 90]]]
HOLDER = "淄博张店春和餐饮有限公司"
PARCEL = ("邮政特快专递", "EA123456789CN")
POSTED = Way(1, "post", "returned", "张春和", False, None, *PARCEL, "无人签收", AT, AT, "林一窗")
LATER = AT + timedelta(days=2)
TAKEN = Way(2, "counter", "delivered", "李代领", True, SIGNED, "", "", "申请人的配偶", AT, LATER, "赵二窗")
OPENED = Way(3, "electronic", "delivered", HOLDER, False, None, "", "", "", AT, AT, "")


def handout(*ways: Way) -> Handout:
    return Handout(
        id=1,
        certificate_id=1,
        case_id=1,
        case_number="370303-YYZ-20261120-0001",
        region="370303",
        number="370303-YZ-2026-000001",
        issue=2,
        reason="变更",
        public_id="abcdefghjk",
        operator=HOLDER,
        wish="post",
        post_address="",
        state="done",
        due_on=date(2026, 12, 7),
        warn_on=date(2026, 12, 2),
        opened_at=AT,
        pdf_sha256="0" * 64,
        issued_at=AT - timedelta(days=1),
        issuer="张店区行政审批服务局",
        calendar=Calendar(),
        renewed=False,
        lapsed=False,
        ways=ways,
    )


def picture(*ways: Way) -> Image.Image:
    with pypdfium2.PdfDocument(certificate_receipt(handout(*ways), AT)) as document:
        return document[0].render(scale=1).to_pil().convert("L")


def test_it_says_what_was_delivered_by_whom_to_whom_when_and_how() -> None:
    pdf = certificate_receipt(handout(POSTED, TAKEN, OPENED), AT + timedelta(days=3))
    assert faults(pdf) == [] and len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    text = text_of(pdf)
    for said in (
        *("送达回证", "行业综合许可证（第2版）", "370303-YZ-2026-000001", "370303-YYZ-20261120-0001"),
        *("张店区行政审批服务局", "淄博张店春和餐饮有限公司", "2026年11月23日", "2026年11月27日"),
        *("邮寄送达", "邮件退回", "EA123456789CN", "无人签收", "张春和", "2026年11月24日", "林一窗"),
        *("直接送达（窗口）", "李代领", "已核对领取人身份证件", "申请人的配偶", "2026年11月26日", "赵二窗"),
        *("电子送达", "11:00", "受送达人登录系统打开文书", "系统"),
    ):
        assert said in text, said


def test_before_anything_was_recorded_it_says_so() -> None:
    assert "还没有登记送达" in text_of(certificate_receipt(handout(), AT))


@pytest.mark.parametrize(
    "strokes", [SIGNED, [[[0, 300], [1000, 310]]], [[[500, 0], [500, 1000]]]], ids=["usual", "flat", "tall"]
)
def test_what_was_signed_on_the_screen_is_drawn_in_the_receiver_s_field(strokes: object) -> None:
    unsigned = picture(replace(TAKEN, signature=None))
    box = ImageChops.difference(unsigned, picture(replace(TAKEN, signature=strokes))).getbbox()
    assert box is not None
    left, top, right, bottom = (edge / 72 * 25.4 for edge in box)  # mm
    assert left > 22 + 32 and right < 22 + 32 + 90, "beside the field's name, before the day"
    assert top > 120 and bottom - top <= 23, "as high as the field"


def test_a_receiver_that_cannot_be_printed_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"U\+1F35C"):
        certificate_receipt(handout(replace(TAKEN, receiver="李🍜")), AT)
