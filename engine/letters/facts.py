"""What a letter may say: of the case, of the item and of what happened, as people write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.catalogue import Catalogue
from engine.catalogue.item import Item
from engine.catalogue.region import Region
from engine.days import LOCAL, local_day
from engine.facts import received_at
from engine.happenings import Happened
from engine.letters.names import OFFERED_AS, ROWS, SAID
from engine.letters.sheet import WINDOW, LetterKind
from engine.linked import told_of
from engine.promised import promised_days

Facts = dict[str, object]
PEOPLE_GOVERNMENT = "人民政府"
SUPERIOR = "上一级主管部门"  # where the data name no region above


@dataclass(frozen=True)
class Issuer:
    """The office that a letter comes from, whose `region` also counts its letters."""

    department: str
    region: Region

    def name(self, catalogue: Catalogue) -> str:
        return catalogue.office_name(self.department, self.region.code)


def issuer_of(kind: LetterKind, happened: Happened, item: str) -> Issuer:
    """Who issues a letter of this kind; the city's office where the item is the city's."""
    catalogue, region = catalogue_of(happened), happened.case.region
    if not item or kind.issuer == WINDOW:
        return Issuer(catalogue.window, catalogue.region(region))
    found = catalogue.item(item)
    department = found.authority if kind.issuer == "authority" else found.reviewer
    return Issuer(department, catalogue.region(catalogue.region_for(item, region)))


def facts_for(kind: LetterKind, happened: Happened, item: str, issuer: Issuer, now: datetime) -> Facts:
    """Everything that the wording of a letter may name, by its name; "" for what was not said."""
    catalogue, case = catalogue_of(happened), happened.case
    facts: Facts = {
        "operator": case.operator,
        "uscc": case.uscc,
        "case_number": case.number,
        "industry": catalogue.industry.name,
        "region": catalogue.region(case.region).name,
        "office": issuer.name(catalogue),
        "government": government_over(catalogue, issuer.region),
        "superior": _superior(catalogue, issuer),
        "items": "、".join(catalogue.item(each).name for each in items_of(happened)),
        "today": in_chinese(local_day(now)),
        "submitted_on": in_chinese(local_day(case.submitted_at)),
        "received_on": in_chinese(local_day(received_at(case))),
        "whole": not happened.items,
        **_said(kind, happened),
    }
    return {**facts, **(_of_item(catalogue, catalogue.item(item), case.region) if item else {})}


def rows_of(rows: str, happened: Happened) -> list[Facts]:
    """The rows of a table: one for each item, or for each entry of what the happening lists."""
    if rows == "items":
        shown = [catalogue_of(happened).item(item) for item in items_of(happened)]
        promised = promised_days(happened.case, shown)
        found = [_item_row(happened, item, promised[item.id]) for item in shown]
    else:
        given = happened.values.get(rows)
        listed = given if isinstance(given, list | tuple) else ()
        found = [_row(rows, entry) for entry in listed]
    return [{"n": number, **row} for number, row in enumerate(found, 1)]


def items_of(happened: Happened) -> tuple[str, ...]:
    """The items that a happening is about, in the industry's order; about the whole it is all of them."""
    about = happened.items or tuple(happened.case.items)
    order = [entry.id for entry in catalogue_of(happened).industry.items]
    return tuple(sorted(about, key=order.index))


def catalogue_of(happened: Happened) -> Catalogue:
    """The catalogue by the law that the case goes by."""
    return happened.deployment.catalogue_on(happened.case.filed_on)


def government_over(catalogue: Catalogue, region: Region) -> str:
    """The people's government that reviews what a department of this region decides.

    行政复议法 art. 24. A zone has a committee, no government of its own: that of the city which set it up.
    """
    above = catalogue.region(region.parent) if region.kind == "zone" and region.parent else region
    return f"{above.name}{PEOPLE_GOVERNMENT}"


def in_chinese(value: object) -> object:
    """Days and moments as on a Chinese letter, in Beijing time; a bool or number as it is, nothing as ""."""
    if isinstance(value, datetime):
        local = value.astimezone(LOCAL)
        return f"{in_chinese(local.date())}{local.hour}时" + (f"{local.minute:02d}分" if local.minute else "")
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if value is None:
        return ""
    return in_chinese(_moment(value)) if isinstance(value, str) and _moment(value) else value


def _moment(text: str) -> datetime | date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-22") else datetime.fromisoformat(text)
    except ValueError:
        return None


def _superior(catalogue: Catalogue, issuer: Issuer) -> str:
    above = issuer.region.parent
    return catalogue.office_name(issuer.department, above) if above else SUPERIOR


def _said(kind: LetterKind, happened: Happened) -> Facts:
    """What is said of such a happening, codes in the words of the letter."""
    values = {**told_of(happened.case.process), **happened.values}
    return {
        name: _in_words(kind, name, values.get(OFFERED_AS.get(name, name)))
        for name in SAID.get(happened.kind, ())
    }


def _in_words(kind: LetterKind, name: str, value: object) -> object:
    words = kind.words.get(name)
    if words is None or not value:
        return in_chinese(value)
    return words.get(str(value), str(value))  # words already


def _of_item(catalogue: Catalogue, item: Item, region: str) -> Facts:
    where = catalogue.region_for(item.id, region)
    return {
        "item": item.name,
        "kind": item.kind,
        "authority": catalogue.office_name(item.authority, where),
        "reviewer": catalogue.office_name(item.reviewer, where),
        "item_basis": "、".join(map(str, item.basis)),
        "document": item.licence.document if item.licence else "",
        "statutory_days": item.statutory_days,
        "committed_days": item.committed_days,
        "post_check_days": item.post_check_days or "",
    }


def _item_row(happened: Happened, item: Item, promised: int) -> Facts:
    return {
        "name": item.name,
        "kind": item.kind,
        "authority": catalogue_of(happened).authority_of(item.id, happened.case.region),
        "statutory": _limit(item.statutory_days),
        "committed": _limit(promised),
    }


def _limit(days: int) -> str:
    return f"{days}个工作日" if days else "当场"


def _row(rows: str, entry: Mapping[str, object]) -> Facts:
    """An entry comes in words already (engine.corrections.notice, engine.inspections.minutes)."""
    return {name: entry.get(name) or "" for name in ROWS[rows] if name != "n"}
