"""What a case still owes: the materials promised for later, and what cannot happen before they are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.decisions import decision
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.happenings import Happened
from engine.said import REFUSED
from engine.tables import later_materials


@dataclass(frozen=True)
class Owed:
    """One promised material of a case: which items need it, by when it comes, and whether it came."""

    material: str
    name: str
    items: tuple[str, ...]
    promised_on: date
    signed_as: str
    handed_in_at: datetime | None
    lapsed: bool

    @property
    def open(self) -> bool:
        """Whether it is still waited for."""
        return self.handed_in_at is None and not self.lapsed


def owed_by(db: Connection, case_id: int, catalogue: Catalogue) -> tuple[Owed, ...]:
    """All materials that were promised for a case, in the order of their days."""
    rows = db.execute(
        select(later_materials)
        .where(later_materials.c.case_id == case_id)
        .order_by(later_materials.c.promised_on, later_materials.c.id)
    )
    return tuple(
        Owed(
            row.material,
            catalogue.materials[row.material].name,
            tuple(row.items),
            row.promised_on,
            row.signed_as,
            row.handed_in_at,
            row.lapsed,
        )
        for row in rows
    )


def refuse_while_later(db: Connection, case: Case, deployment: Deployment, item: str) -> None:
    """Invalid at `outcome` while an item waits for a promised material: it may be refused, not granted."""
    catalogue = deployment.catalogue_on(case.filed_on)
    waited = [
        each for each in owed_by(db, case.id, catalogue) if item in each.items and not each.handed_in_at
    ]
    for each in waited[:1]:
        refuse = decision(catalogue.item(item).kind, REFUSED)
        says = (
            f"“{catalogue.item(item).name}”是容缺受理的，申请人承诺最晚{in_words(each.promised_on)}补交“{each.name}”，"
            f"现在还没有交。收到以后才能准予；不符合条件的，可以现在决定{refuse}。"
        )
        raise Invalid({"outcome": says})


def accepted_without(db: Connection, case: Case, deployment: Deployment, actor: str) -> Iterator[Happened]:
    """That a case was accepted although something is to come later: by which day, for which items."""
    for each in owed_by(db, case.id, deployment.catalogue_on(case.filed_on)):
        items = tuple(item for item in each.items if case.items[item].outcome is None)
        said = {"material": each.material, "label": each.name, "promised_on": each.promised_on.isoformat()}
        if each.open and items:
            yield Happened("later_promised", case, deployment, actor, items, said)


def in_words(day: date) -> str:
    """2026年12月1日, as sentences say a day."""
    return f"{day.year}年{day.month}月{day.day}日"
