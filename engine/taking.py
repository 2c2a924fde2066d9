"""Says how a case takes a step that its diagram draws: about which item, in which way, or not at all."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.points import by_office, failing, visited
from engine.said import COMMITMENT
from engine.workflow import Step

PROMISE, CHECK = "promise", "check"
EXAMINE, SETTLE, ATTEST = "examine", "settle", "attest"
ABOUT_ONE_ITEM = frozenset(
    {"recheck", "review", PROMISE, "announce", "call", "hear", "decide", EXAMINE, SETTLE}
)
ABOUT_THE_WHOLE = frozenset({ATTEST})
BEFORE_VISIT = frozenset({"arrange", "confirm", "inspect"})  # of the joint visit as a whole
AFTER_VISIT = frozenset({"rectify", "reinspect"})
NAME = "name"  # of one office of it
OF_VISIT = BEFORE_VISIT | AFTER_VISIT | {NAME}
DECIDED_AT_ONCE = frozenset({"review", "decide"})
AT_ONCE = 1  # working days for a decision on the spot: somebody has to take it, by the next day


def as_taken(step: Step, case: Case, catalogue: Catalogue, item: str | None = None) -> Step:
    """The step as this case takes it; `item` is the entry that a repeated step is for.

    What follows a case later is about its only item, where it has one, and each of its steps says which
    item it is about, since the same diagram serves all. Where an applicant promised to meet
    the conditions, the authority decides at the step at which others are reviewed (国办发〔2020〕42号).
    """
    about = step.item or item or _only_item(step, case)
    if about is None:
        return step
    found = catalogue.item(about)
    if not case.process and case.items[about].way == COMMITMENT and step.act in DECIDED_AT_ONCE:
        return replace(
            step,
            item=about,
            act=PROMISE,
            form=PROMISE,
            title=f"{found.short}：告知承诺决定",
            limit=found.committed_days_on_commitment or AT_ONCE,
        )
    title = f"{found.short}：{step.title}" if case.process else step.title
    if step.act == CHECK:
        return replace(step, item=about, title=title, limit=found.post_check_days or step.limit)
    return replace(step, item=about, title=title)


@dataclass(frozen=True)
class Visit:
    """What is left of a case's joint visit: the items of offices that look at something, and what failed."""

    looked_at: Collection[str]
    failing: Collection[str]

    def is_moot(self, act: str, item: str | None) -> bool:
        """Whether nothing is left to do at a step of the visit; False for all other steps."""
        if act in AFTER_VISIT:
            return not self.failing
        if act == NAME:
            return item not in self.looked_at
        return act in BEFORE_VISIT and item is None and not self.looked_at


def visit_of(case: Case, catalogue: Catalogue) -> Visit:
    """The joint visit of a case as it stands."""
    if not (found := visited(case)):
        return Visit((), ())
    offices = by_office(found, catalogue, case.region)
    known = (item for item in case.items if item in catalogue.items)
    of_them = by_office(known, catalogue, case.region).items()
    return Visit([item for office, items in of_them if office in offices for item in items], failing(case))


def is_moot(step: Step, case: Case, visit: Visit) -> bool:
    """Whether nothing is left to do at a step: its item has its outcome, or nothing is to be visited."""
    if step.act in OF_VISIT:
        return visit.is_moot(step.act, step.item)
    if step.act not in ABOUT_ONE_ITEM or step.item is None:
        return False
    return case.items[step.item].outcome is not None


def _only_item(step: Step, case: Case) -> str | None:
    follows = case.process and len(case.items) == 1 and step.act not in ABOUT_THE_WHOLE
    return next(iter(case.items)) if follows else None
