"""Promises the one-time notice (一次性告知书) on paper: what this applicant needs, why, with what, how long.

行政许可法第三十条 asks the office to publish conditions, limits and materials; the notice says them for one
applicant's answers.
"""

from datetime import date
from typing import TypedDict

from certificates.document import chinese_day
from certificates.facts import tidy
from certificates.fonts import require_drawable
from certificates.qr import qr_svg
from certificates.typesetting import typeset
from engine.catalogue.material import APPLICANT
from engine.guide import GuideResult, NeededItem
from engine.guide.public_guide import SpecialStage, special_of


class NoticeItem(TypedDict):
    """An item that is needed, and why; working days, `fee` in yuan, `visit` in words."""

    name: str
    why: str
    authority: str
    committed_days: int
    statutory_days: int
    fee: int
    visit: str


class NoticeMaterial(TypedDict):
    """A material: where it comes from, which items use it, and whether the applicant has to `bring` it."""

    name: str
    hint: str
    source: str
    used_for: str
    bring: bool


class NoticeSpecial(TypedDict):
    """A special stage (特殊环节) of an item, in words."""

    name: str
    item: str
    time: str
    counted: str
    charged: str
    basis: str


class Unneeded(TypedDict):
    """An item that is not needed, and why not."""

    name: str
    why: str


class Ineligible(TypedDict):
    """Why the industry's certificate is not for this applicant, and what to do instead."""

    because: str
    instead: str


class Notice(TypedDict):
    """Everything that the notice states; with `ineligible` the lists are empty. `url` opens it again."""

    number: str
    version: int
    industry: str
    region: str
    issuer: str
    url: str
    ineligible: Ineligible | None
    items: list[NoticeItem]
    special: list[NoticeSpecial]
    not_needed: list[Unneeded]
    materials: list[NoticeMaterial]
    spared: list[Unneeded]
    to_bring: int
    committed_days: int
    statutory_days: int
    fee: int
    notes: list[str]


def render_notice(notice: Notice, *, made_on: date) -> bytes:
    """The notice as PDF/A-3a, A4 portrait; the same notice and day give the same bytes.

    Raises MissingGlyph naming the first character that the fonts cannot draw.
    """
    require_drawable(*texts_in(notice))
    values = {**notice, "fee": f"{notice['fee']:,}", "made_on": chinese_day(made_on)}
    return typeset("notice.typ", values, made_on, qr=qr_svg(notice["url"]))


def _item(needed: NeededItem) -> NoticeItem:
    return NoticeItem(
        name=needed.item.name,
        why=needed.why,
        authority=needed.authority,
        committed_days=needed.item.committed_days,
        statutory_days=needed.item.statutory_days,
        fee=needed.item.fee,
        visit="需要现场踏勘（与其他事项一次完成）" if needed.visit else "不需要现场踏勘",
    )


def notice_of(
    result: GuideResult, *, industry: str, issuer: str, number: str, version: int, url: str
) -> Notice:
    """What the guide found for an applicant, as the notice states it.

    `industry` is its name, `issuer` the office that informs, `version` the deployment's.
    """
    names = {each.item.id: each.item.name for each in result.items}
    return Notice(
        number=number,
        version=version,
        industry=industry,
        region=result.region.name,
        issuer=issuer,
        url=url,
        ineligible=_ineligible(result),
        items=[_item(each) for each in result.items],
        special=[_special(stage) for each in result.items for stage in special_of(each.item)],
        not_needed=[Unneeded(name=each.item.name, why=each.why) for each in result.not_needed],
        materials=[
            NoticeMaterial(
                name=each.material.name,
                hint=each.material.hint,
                source=each.where,
                used_for="全部事项"
                if len(each.items) > 1 and set(each.items) == set(names)
                else "；".join(names[item] for item in each.items),
                bring=each.source == APPLICANT,
            )
            for each in result.materials
        ],
        spared=[Unneeded(name=each.material.name, why=each.why) for each in result.spared],
        to_bring=result.to_bring,
        committed_days=result.committed_days,
        statutory_days=result.statutory_days,
        fee=result.fee_total,
        notes=list(result.notes),
    )


def _special(stage: SpecialStage) -> NoticeSpecial:
    return NoticeSpecial(
        name=stage.name,
        item=stage.item,
        time=stage.time,
        counted=stage.counted,
        charged=stage.charged,
        basis=stage.basis,
    )


def _ineligible(result: GuideResult) -> Ineligible | None:
    found = result.ineligible
    return None if found is None else Ineligible(because=found.because, instead=found.instead)


def texts_in(value: object) -> list[str]:
    """Every text in a structure of dicts and lists, white space tidied."""
    if isinstance(value, str):
        return [tidy(value)]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts_in(part)]
