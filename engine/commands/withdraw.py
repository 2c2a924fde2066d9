"""An applicant withdraws what is undecided: all of an application or single items; what follows it whole."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from engine.advance import close_items
from engine.cases import Case, load_case
from engine.catalogue import Catalogue
from engine.commitments.standing import SIGNED
from engine.commitments.standing import WITHDRAWN as TAKEN_BACK
from engine.consequences import follow
from engine.deployments import load
from engine.errors import Invalid, NotFound, Refusal
from engine.events import actor_of
from engine.happenings import Happened
from engine.inspections.convening import settled_if_all_agree
from engine.lifecycle.settling import refuse_to_withdraw_renewed
from engine.linked import KINDS
from engine.outcomes import ending_of
from engine.people import User
from engine.receipt import refuse_without_what_needs_it
from engine.said import WITHDRAWN, Said
from engine.tables import cases, commitments

ITEMS = "items"
LONGEST_REASON = 200  # characters
OWN_WILL = "申请人自愿撤回。"


class NothingToWithdraw(Refusal):
    """Every item of the case has its decision, or the case is over."""

    says = "这个办件没有可以撤回的事项。"
    do = "已经作出的决定不能撤回申请；不想继续经营的，可以向作出决定的机关申请注销。"


def withdraw(
    db: Connection,
    *,
    user: User,
    number: str,
    items: Collection[str] | None,
    reasons: str,
    now: datetime,
) -> str:
    """Withdraw `items` of the person's own case, or with None all that is undecided; returns the status.

    What follows a case later, like a change, takes effect as a whole: it is withdrawn whole, whatever `items`
    says. Raises NotFound, NothingToWithdraw, RenewedByLaw for a renewal whose term is over, or Invalid at
    `items` for one that has been decided meanwhile.
    """
    case = load_case(db, _own(db, user, number))
    deployment = load(db, case.deployment_id)
    catalogue = deployment.catalogue_on(case.filed_on)
    chosen, all_of_it = _what_goes(case, items, catalogue, now)
    words = {item: {"outcome": WITHDRAWN, "reasons": reasons or OWN_WILL} for item in chosen}
    said = Said(WITHDRAWN, words, case={"withdrawn": True} if all_of_it else {})
    title = "、".join(catalogue.item(item).name for item in chosen)
    payload = {"items": list(chosen), "title": title}
    after = close_items(db, case, deployment, said, "withdrawn", payload, user.id, now)
    promised = (commitments.c.case_id == case.id) & commitments.c.item.in_(chosen)
    db.execute(update(commitments).where(promised, commitments.c.state == SIGNED).values(state=TAKEN_BACK))
    actor = actor_of(user.id)
    follow(db, Happened("withdrawn", after, deployment, actor, chosen, {"reasons": reasons}), now)
    for happened in (
        *settled_if_all_agree(db, after, deployment, actor),
        *ending_of(after, deployment, actor),
    ):
        follow(db, happened, now)
    return after.status


def open_items(case: Case) -> tuple[str, ...]:
    """The items of a case that may still be withdrawn: those without an outcome, while it runs.

    Of what follows a case later only what its holder asked for.
    """
    if case.ended_at is not None or (case.process and not KINDS[case.process].asked):
        return ()
    return tuple(item for item in sorted(case.items) if case.items[item].outcome is None)


def _own(db: Connection, user: User, number: str) -> int:
    own = select(cases.c.id).where(cases.c.number == number, cases.c.applicant_id == user.id)
    row = db.execute(own).one_or_none()
    if row is None:
        raise NotFound("没有找到这个办件。", "请从“我的办件”进入。")
    return int(row.id)


def _what_goes(
    case: Case, items: Collection[str] | None, catalogue: Catalogue, now: datetime
) -> tuple[tuple[str, ...], bool]:
    """The items that are withdrawn, and whether nothing is left to go on."""
    undecided = open_items(case)
    if not undecided:
        raise NothingToWithdraw
    if case.process:  # nothing of it has taken effect, so nothing of it stays
        refuse_to_withdraw_renewed(case.process, case.words, now)
        return tuple(sorted(case.items)), True
    chosen = undecided if items is None else _chosen(case, undecided, items, catalogue)
    return chosen, chosen == undecided


def _chosen(
    case: Case, undecided: Collection[str], items: Collection[str], catalogue: Catalogue
) -> tuple[str, ...]:
    """The chosen items, all of them undecided and none of them needed by one that stays."""
    if not items:
        raise Invalid({ITEMS: "请选择要撤回的事项。"})
    decided = [item for item in items if item in case.items and item not in undecided]
    if decided:
        name = catalogue.item(decided[0]).name
        raise Invalid({ITEMS: f"“{name}”已经有了结果，不能撤回。请查看最新情况后重新选择。"})
    if not set(items) <= set(undecided):
        raise Invalid({ITEMS: "请从给出的事项中选择。"})
    why = "撤回“{needed}”，“{name}”也就办不成"
    refuse_without_what_needs_it(undecided, items, catalogue, ITEMS, why)
    return tuple(item for item in undecided if item in items)
