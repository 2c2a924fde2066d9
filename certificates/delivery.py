"""Promises the receipt of delivery (送达回证) of a letter on paper: to whom it went, how and when."""

from collections.abc import Mapping
from datetime import datetime

from certificates.document import chinese_day, printed
from certificates.fonts import require_drawable
from certificates.notice import texts_in
from certificates.typesetting import typeset
from engine.days import LOCAL, local_day
from engine.queries.letter_lines import Delivery, LetterLine

WAYS: Mapping[str, str] = {
    "electronic": "电子送达",
    "counter": "直接送达（窗口）",
    "post": "邮寄送达",
    "left": "留置送达",
}
OPENED = "受送达人登录系统打开文书"


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
