"""After the reply only who asked looks again, and only at what it asked."""

from collections.abc import Mapping

from sqlalchemy import Connection, update

from engine.cases import Case
from engine.corrections.filed import Thing, read_filed
from engine.corrections.points import ANSWERED, Correction, Point, corrections_of
from engine.points import POINTS
from engine.said import Values
from engine.tables import correction_points
from engine.workflow import Step
from forms.checklist import Point as Line


def lines_to_recheck(db: Connection, case: Case, step: Step) -> tuple[Line, ...]:
    """What a department that asked has to say of each of its points, for its form's checklist."""
    things = read_filed(db, case.id).things
    return tuple(_line(things[point.key], point) for point in _own(_answered(db, case), step))


def looked_again(db: Connection, case: Case, step: Step, values: Values) -> None:
    """Keep what a department found at each of its points."""
    results = values.get(POINTS)
    assert isinstance(results, Mapping)
    for point in _own(_answered(db, case), step):
        found = results[str(point.id)]
        row = update(correction_points).where(correction_points.c.id == point.id)
        db.execute(row.values(result=found["result"], found=found["words"]))


def _answered(db: Connection, case: Case) -> Correction | None:
    """The notice that was answered last."""
    found = [each for each in corrections_of(db, case.id) if each.state == ANSWERED]
    return found[-1] if found else None


def _own(correction: Correction | None, step: Step) -> tuple[Point, ...]:
    points = correction.points if correction is not None else ()
    return tuple(point for point in points if point.item == (step.item or ""))


def _line(thing: Thing, point: Point) -> Line:
    return Line(str(point.id), f"{thing.label}：{point.wanted}", f"原来的问题：{point.reason}", (point.item,))
