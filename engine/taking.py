"""Says how a case takes a step that its diagram draws: about which item, in which way, or not at all."""

from dataclasses import replace

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.said import COMMITMENT
from engine.workflow import Step

PROMISE, CHECK = "promise", "check"
ABOUT_ONE_ITEM = frozenset({"recheck", "review", PROMISE, "announce", "call", "hear", "decide"})
DECIDED_AT_ONCE = frozenset({"review", "decide"})
AT_ONCE = 1  # working days for a decision on the spot: somebody has to take it, by the next day


def as_taken(step: Step, case: Case, catalogue: Catalogue, item: str | None = None) -> Step:
    """The step as this case takes it; `item` is the entry that a repeated step is for.

    What follows a case later is about its only item. Where an applicant promised to meet the conditions, the
    authority decides at the step at which others are reviewed (告知承诺: 国办发〔2020〕42号).
    """
    about = step.item or item or (next(iter(case.items)) if case.parent_id is not None else None)
    if about is None:
        return step
    found = catalogue.item(about)
    if case.parent_id is None and case.items[about].way == COMMITMENT and step.act in DECIDED_AT_ONCE:
        return replace(
            step,
            item=about,
            act=PROMISE,
            form=PROMISE,
            title=f"{found.short}：告知承诺决定",
            limit=found.committed_days_on_commitment or AT_ONCE,
        )
    if step.act == CHECK:
        return replace(step, item=about, limit=found.post_check_days or step.limit)
    return replace(step, item=about)


def is_moot(step: Step, case: Case, visited: bool) -> bool:
    """Whether nothing is left to do at a step: its item has its outcome, or nothing is to be visited."""
    if step.act == "inspect" and step.item is None:
        return not visited
    if step.act not in ABOUT_ONE_ITEM or step.item is None or case.parent_id is not None:
        return False
    return case.items[step.item].outcome is not None
