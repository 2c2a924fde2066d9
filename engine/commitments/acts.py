"""What is said at the three steps of a promise: decided on the spot, checked afterwards, revoked or not."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.days import end_of
from engine.errors import Invalid
from engine.needed import refuse_without_what_it_needs
from engine.people import User
from engine.points import POINTS, points_of
from engine.said import FAIL, GRANTED, Said, Values, item_of
from engine.tables import tasks
from engine.taking import CHECK
from engine.workflow import Step
from forms.checklist import findings

KEPT, MEND, FALSE = "kept", "mend", "false"  # what a check finds
REVOKE = "revoke"


def promise(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority decides at once on an item whose conditions the applicant promised to meet."""
    item, outcome = catalogue.item(item_of(step)), str(values["outcome"])
    if outcome == GRANTED:
        refuse_without_what_it_needs(case, item, catalogue)
    return Said(outcome, {item.id: {"outcome": outcome, "reasons": str(values.get("reasons") or "") or None}})


def check(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The regulator finds a promise kept, sets a day by which to mend, or finds it false.

    Mending is ordered once: who has not mended by then has not kept the promise (国办发〔2020〕42号).
    """
    outcome = str(values["outcome"])
    results = values[POINTS]
    assert isinstance(results, Mapping)
    failed = FAIL in findings(points_of(case, step, catalogue), results).values()
    if outcome == KEPT and failed:
        raise Invalid({"outcome": "有条件不属实，不能认定承诺属实：请选择限期整改，或者承诺不属实。"})
    if outcome == MEND and not failed:
        raise Invalid({POINTS: "要整改的，请先指明哪一条不属实。"})
    if outcome == MEND and case.words.get("mend_ends"):
        raise Invalid({"outcome": "已经责令整改过一次。改好了的选“承诺属实”，仍不符合的选“承诺不属实”。"})
    words: dict[str, object] = {"checked": outcome, "check_words": str(values.get("words") or "")}
    if outcome == MEND:
        words["mend_ends"] = end_of(date.fromisoformat(str(values["mend_until"]))).isoformat()
    return Said(outcome, case=words)


def revoke(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority revokes what was granted on a false promise, or does not (行政许可法第六十九条)."""
    outcome = str(values["outcome"])
    said = {name: str(values.get(name) or "") for name in ("reasons", "remedies")}
    return Said(outcome, case={"revoked": outcome == REVOKE, "revocation": said})


def refuse_own_check(db: Connection, case: Case, user: User) -> None:
    """Raise Invalid when this person checked the promise whose revocation is to be decided."""
    checked = select(tasks.c.id).where(
        tasks.c.case_id == case.id, tasks.c.act == CHECK, tasks.c.state == "done", tasks.c.done_by == user.id
    )
    if db.execute(checked.limit(1)).first() is not None:
        raise Invalid(
            {"outcome": "这件承诺是您核查的，是否撤销要由另一个人决定。"},
            "核查和决定撤销不能是同一个人。",
        )
