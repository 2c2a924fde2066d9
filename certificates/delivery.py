"""Promises the receipt of delivery (送达回证) of a letter or a certificate: to whom it went, how and when."""

from collections.abc import Mapping
from datetime import datetime

from certificates.document import chinese_day, printed
from certificates.fonts import require_drawable
from certificates.notice import texts_in
from certificates.typesetting import typeset
from engine.days import LOCAL, local_day
from engine.inspections.strokes import svg_of
from engine.queries.handouts import Handout, Way
from engine.queries.letter_lines import Delivery, LetterLine

WAYS: Mapping[str, str] = {
    "electronic": "电子送达",
    "counter": "直接送达（窗口）",
    "post": "邮寄送达",
    "left": "留置送达",
}
OPENED = "受送达人登录系统打开文书"


def certificate_receipt(found: Handout, now: datetime) -> bytes:
    """The same for an issue of a certificate, with what the receiver signed on the screen.

    Raises MissingGlyph naming the first character that the fonts cannot draw.
    """
    signed = next((each.signature for each in reversed(found.ways) if each.signature), None)
    values: dict[str, object] = {
        "number": found.number,
        "name": f"行业综合许可证（第{found.issue}版）",
        "issuer": found.issuer,
        "operator": printed(found.operator),
        "case_number": found.case_number,
        "issued_on": chinese_day(local_day(found.issued_at)),
        "made_on": chinese_day(local_day(now)),
        "deliveries": [_row_of(each) for each in found.ways],
        "signature": svg_of(signed) if signed else "",
    }
    require_drawable(*texts_in({name: value for name, value in values.items() if name != "signature"}))
    return typeset("delivery.typ", values, local_day(now))


def _row_of(way: Way) -> list[str]:
    """A way that was taken, as the receipt shows it: what the post did, too."""
    at = way.ended_at or way.begun_at
    words = {"underway": "已寄出，尚未签收", "returned": "邮件退回"}.get(way.state, "")
    parcel = f"{way.carrier} {way.tracking}".strip()
    checked = "已核对领取人身份证件" if way.identity_checked else ""
    said = "；".join(each for each in (words, parcel, checked, way.words) if each)
    return _row(Delivery(way.way, way.receiver, said, at, way.recorded_by))


def delivery_receipt(letter: LetterLine, now: datetime) -> bytes:
    """The receipt as PDF/A-3a on one sheet of A4, with every delivery so far and room for a signature.

    Raises MissingGlyph naming the first character that the fonts cannot draw.
    """
    values: dict[str, object] = {
        "number": letter.number,
        "name": letter.name,
        "issuer": letter.issuer,
        "operator": printed(letter.operator),
        "case_number": letter.case_number,
        "issued_on": chinese_day(local_day(letter.issued_at)),
        "made_on": chinese_day(local_day(now)),
        "deliveries": [_row(each) for each in letter.deliveries],
    }
    require_drawable(*texts_in(values))
    return typeset("delivery.typ", values, local_day(now))


def _row(delivery: Delivery) -> list[str]:
    local = delivery.delivered_at.astimezone(LOCAL)
    by_hand = delivery.way != "electronic"
    said = delivery.words or ("" if by_hand else OPENED)
    moment = chinese_day(local.date()) + ("" if by_hand else f"{local:%H:%M}")
    return [
        WAYS[delivery.way],
        printed(delivery.receiver),
        moment,
        printed(said),
        delivery.recorded_by or "系统",
    ]
