"""What the applicant's page of the joint visit shows: the date, what is looked at, and what to put right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from engine.cases import Case, load_case
from engine.inspections.inspection import RECHECK, Inspection, Inspector, JoiningOffice, Slot, inspections_of
from engine.inspections.rectification import FailedPoint, Rectification, rectification_of
from engine.people import User
from engine.points import visited
from engine.queries.cases import CasePage, applicants_case
from engine.queries.parts import ItemState
from engine.step_forms import asked_in, step_of
from forms.checklist import Point, merge_points
from forms.describe import describe_all
from forms.fields import Option
from forms.inputs import Inputs
from forms.page import Question, Showing
from web import visits

CONFIRM, ARRANGE, RECTIFY = "confirm", "arrange", "rectify"  # acts
SLOT = "slot"  # the question of confirm's form whose options are the half days that were offered
OFFERED = "offered"  # the input that carries these half days as the page showed them


@dataclass(frozen=True)
class VisitPage:
    """The visit of one's own case and its re-check; `questions` is the form to answer the date, if it waits.

    `points` is what will be looked at: of all items before the visit, of what failed before a re-check.
    """

    case: CasePage
    rounds: tuple[Inspection, ...]
    rectification: Rectification | None
    points: tuple[Point, ...]
    questions: tuple[Question, ...]

    @property
    def newest(self) -> Inspection | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def acts(self) -> frozenset[str]:
        """What the case waits for now."""
        return frozenset(each.act for each in self.case.waiting)

    @property
    def may_rectify(self) -> bool:
        return self.rectification is not None and RECTIFY in self.acts

    @property
    def prepares(self) -> bool:
        """Whether there is somebody to prepare for: a visit of which nothing was found yet."""
        return bool(self.points) and self.rectification is None and not self.found and not self.case.ended_at

    @property
    def found(self) -> tuple[ItemState, ...]:
        """The items that were looked at, with what was found."""
        return tuple(each for each in self.case.items if each.finding is not None and self.rounds)

    @property
    def waits_for_recheck(self) -> bool:
        return self.newest is not None and self.newest.round == RECHECK and self.newest.is_open

    def counts(self, point: FailedPoint) -> bool:
        """Whether an item of it still waits for it: others were decided or withdrawn meanwhile."""
        return any(each.item in point.items and each.outcome is None for each in self.case.items)

    def office(self, found: JoiningOffice | Inspector) -> str:
        return self.case.deployment.catalogue.office_name(found.department, found.region)

    def names(self, items: tuple[str, ...]) -> str:
        """These items in words."""
        return "、".join(each.name for each in self.case.items if each.item in items)


def read_visit(
    db: Connection, user: User, number: str, typed: Inputs | None = None, errors: Mapping[str, str] = {}
) -> VisitPage:
    """The page for this applicant, with `typed` as just sent; NotFound for anybody else's case."""
    page = applicants_case(db, user, number)
    case, rounds = load_case(db, page.id), inspections_of(db, page.id)
    rectification = rectification_of(db, page.id)
    waits = next((each for each in page.waiting if each.act == CONFIRM), None)
    questions = () if waits is None else _questions(db, page, case, waits.step, rounds, typed or {}, errors)
    return VisitPage(page, rounds, rectification, _points(page, case, rounds, rectification), questions)


def _questions(
    db: Connection,
    page: CasePage,
    case: Case,
    step: str,
    rounds: tuple[Inspection, ...],
    typed: Inputs,
    errors: Mapping[str, str],
) -> tuple[Question, ...]:
    asked = asked_in(db, page.deployment, case, step_of(page.deployment, case, step, None))
    if typed and rounds and typed.get(OFFERED) != rounds[0].offered:
        typed = {**typed, SLOT: ""}  # it was chosen among others
    showing = Showing(raw=typed, errors=errors, facts=asked.context | typed)
    slots = rounds[0].slots if rounds else ()
    return tuple(_with_slots(each, slots) for each in describe_all(asked.form.fields, showing))


def _with_slots(question: Question, slots: tuple[Slot, ...]) -> Question:
    """The question which of the offered half days it shall be, with these half days as its options."""
    if question.name != SLOT:
        return question
    offered = tuple(Option(str(number), visits.slot(each)) for number, each in enumerate(slots, 1))
    return replace(question, options=offered)


def _points(
    page: CasePage, case: Case, rounds: tuple[Inspection, ...], rectification: Rectification | None
) -> tuple[Point, ...]:
    if rectification is not None:
        return tuple(Point(p.point, p.text, p.basis, p.items) for p in rectification.points)
    catalogue = page.deployment.catalogue_on(case.filed_on)
    items = [item for each in rounds for office in each.offices for item in office.items] or visited(case)
    return merge_points(
        Point(point.id, point.text, point.basis, (item,))
        for item in items
        for point in catalogue.item(item).checklist
    )
