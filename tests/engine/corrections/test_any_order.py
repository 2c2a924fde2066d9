"""Whatever order marks, unmarks and notices come in: one notice a round, each point in exactly one."""

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from engine.corrections.marking import unmark
from engine.corrections.points import Point, corrections_of, marked_points
from engine.corrections.replies import read_reply
from engine.errors import Invalid, Refusal
from tests.engine.clerks import case_of
from tests.engine.corrections.approving import add_head, allow_second
from tests.engine.corrections.noticing import People, ask, note, send_reply
from tests.engine.corrections.test_rechecking import look, tasks_of
from tests.filing import NOW, file_case, waiting

# Who may mark what, in whose name.
MARKS = (
    ("window", "phone", ""),
    ("window", "op_address", ""),
    ("fire", "op_address", "fire_check"),
    ("fire", "fire_exits", "fire_check"),
    ("market", "food_items", "food_operation"),
    ("market", "op_address", "food_operation"),
)
DEPARTMENT = {"window": "approval"}
DEEDS = st.one_of(
    st.tuples(st.just("mark"), st.sampled_from(MARKS)),
    st.tuples(st.just("unmark"), st.sampled_from(MARKS)),
    st.tuples(st.sampled_from(("send", "reply", "approve")), st.none()),
)
Deed = tuple[str, tuple[str, str, str] | None]
Key = tuple[str, str, str]


def key_of(point: Point) -> Key:
    return point.department, point.name, point.item


class Story:
    """A case to which things are done, and what should have become of it."""

    def __init__(self, db: Connection, people: People, number: str) -> None:
        self.db, self.people, self.number = db, people, number
        self.marked: set[Key] = set()
        self.notices: list[set[Key]] = []
        self.on_receipt, self.approved, self.head = True, False, add_head(db)

    def do(self, deed: Deed) -> None:
        name, mark = deed
        refused = False
        try:
            with self.db.begin_nested():
                getattr(self, name)(*(mark or ()))
        except (Invalid, Refusal):
            refused = True
        self.expect(name, mark, refused)

    def mark(self, who: str, name: str, item: str) -> None:
        note(self.db, self.people, self.number, who, name, item)

    def unmark(self, who: str, name: str, item: str) -> None:
        key = (DEPARTMENT.get(who, who), name, item)
        case = case_of(self.db, self.number)
        found = [each.id for each in marked_points(self.db, case.id) if key_of(each) == key]
        unmark(self.db, user=self.people[who], number=self.number, point=(*found, 0)[0], now=NOW)

    def send(self) -> None:
        if "accept" not in waiting(self.db, self.number):
            raise Refusal
        ask(self.db, self.people, self.number)

    def reply(self) -> None:
        round = len(self.notices)
        found = read_reply(self.db, self.people["applicant"], self.number, round)
        words = {f"cannot_field_{flag.thing.name}": "没有错。" for flag in found.flags}
        send_reply(self.db, self.people, self.number, round, **words)
        for who in tasks_of(self.db, self.number):
            look(self.db, self.people, self.number, who, "ok")

    def approve(self) -> None:
        allow_second(self.db, self.people["window"], self.head, self.number)

    def expect(self, name: str, mark: tuple[str, str, str] | None, refused: bool) -> None:
        """What should come of a deed; whether it was refused must be as expected too."""
        key = (DEPARTMENT.get(mark[0], mark[0]), mark[1], mark[2]) if mark else None
        may = {
            "mark": self.on_receipt,
            "unmark": self.on_receipt and key in self.marked,
            "send": self.on_receipt and bool(self.marked) and (not self.notices or self.approved),
            "reply": not self.on_receipt,
            "approve": self.on_receipt and bool(self.notices) and not self.approved,
        }[name]
        assert refused is not may, (name, mark)
        if refused:
            return
        if name == "mark" and key:
            self.marked.add(key)
        elif name == "unmark" and key:
            self.marked.discard(key)
        elif name == "send":
            self.notices.append(self.marked)
            self.marked, self.on_receipt, self.approved = set(), False, False
        else:
            self.on_receipt = True
            self.approved = self.approved or name == "approve"

    def check(self) -> None:
        case = case_of(self.db, self.number)
        found = corrections_of(self.db, case.id)
        assert [each.round for each in found] == list(range(1, len(self.notices) + 1))
        assert [sorted(map(key_of, each.points)) for each in found] == [sorted(each) for each in self.notices]
        assert sorted(map(key_of, marked_points(self.db, case.id))) == sorted(self.marked)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, min_size=4, max_size=14))
def test_there_is_one_notice_a_round_and_each_mark_is_in_exactly_one(
    engine: Engine, people: People, number: str, deeds: Sequence[Deed]
) -> None:
    with engine.connect() as db:
        story = Story(db, people, number)
        for deed in deeds:
            story.do(deed)
            story.check()
        db.rollback()


def test_the_usual_two_rounds(engine: Engine, people: People) -> None:
    number = file_case(engine, people)
    with engine.connect() as db:
        story = Story(db, people, number)
        first: list[Deed] = [("mark", MARKS[3]), ("mark", MARKS[5]), ("send", None), ("reply", None)]
        second: list[Deed] = [("mark", MARKS[0]), ("send", None), ("approve", None), ("send", None)]
        for deed in [*first, *second]:
            story.do(deed)
        story.check()
        assert len(story.notices) == 2
        db.rollback()
