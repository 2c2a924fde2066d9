"""What phones noted makes the same sheet in any order and however often it arrives."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.inspections.fold import Entry, Sheet, fold

AT = datetime(2026, 11, 24, 1, tzinfo=UTC)


def entry(id: str, person: int, kind: str, body: dict[str, Any], **other: Any) -> Entry:
    given = {"device": "one", "subject": "p1" if kind == "point" else "", "edit": 1, "noted_at": AT}
    return Entry(id=id, person=person, kind=kind, body=body, **{**given, **other})


def point(id: str, person: int, result: str, words: str = "", **other: Any) -> Entry:
    return entry(id, person, "point", {"result": result, "words": words}, **other)


def signature(id: str, person: int, *covers: str, edit: int = 9) -> Entry:
    return entry(id, person, "signature", {"strokes": [[[1, 1]]], "covers": [*covers]}, edit=edit)


def party(id: str, person: int, *covers: str, answer: str = "signed", edit: int = 9) -> Entry:
    body = {"answer": answer, "name": "甲", "words": "不签", "strokes": [], "covers": [*covers]}
    return entry(id, person, "party", body, edit=edit)


POINTS = [f"p{n}" for n in range(3)]
IDS = [f"e{n}" for n in range(9)]
COVERS = st.lists(st.sampled_from(IDS), max_size=4, unique=True)
BODIES = {
    "point": st.fixed_dictionaries({"result": st.sampled_from(["pass", "fail", "na"]), "words": st.just("")}),
    "signature": st.fixed_dictionaries({"strokes": st.just([[[1, 1]]]), "covers": COVERS}),
    "party": st.fixed_dictionaries(
        {"answer": st.sampled_from(["signed", "refused"]), "name": st.just("甲"), "covers": COVERS}
    ),
}


@st.composite
def noted(draw: st.DrawFn) -> list[Entry]:
    """Entries of three people with two phones each, every id once: edits meet, and phones as well."""
    made = []
    for id in draw(st.lists(st.sampled_from(IDS), unique=True)):
        kind = draw(st.sampled_from(["point", "point", "point", "signature", "party"]))
        subject = draw(st.sampled_from(POINTS)) if kind == "point" else ""
        device, edit = draw(st.sampled_from(["a", "b"])), draw(st.integers(0, 3))
        person, body = draw(st.integers(1, 3)), draw(BODIES[kind])
        made.append(entry(id, person, kind, body, subject=subject, device=device, edit=edit))
    return made


@settings(max_examples=80)
@given(noted(), st.randoms(use_true_random=False))
def test_order_and_repetition_make_no_difference(entries: list[Entry], chance: Any) -> None:
    again = entries + [chance.choice(entries) for _ in entries]
    chance.shuffle(again)
    assert fold(again) == fold(entries)


@settings(max_examples=80)
@given(noted(), noted())
def test_a_sheet_is_that_of_what_holds_and_of_what_comes_after(one: list[Entry], other: list[Entry]) -> None:
    known = {each.id for each in one}
    new = [each for each in other if each.id not in known]
    kept = [each for each in one if each in held(fold(one))]
    points = fold([*kept, *new]).points
    assert points == fold([*one, *new]).points


def held(sheet: Sheet) -> list[Entry]:
    return [each for found in sheet.points.values() for each in found.said]


@settings(max_examples=80)
@given(noted())
def test_nobody_overwrites_what_somebody_else_found(entries: list[Entry]) -> None:
    sheet = fold(entries)
    people = {(each.subject, each.person) for each in entries if each.kind == "point"}
    assert {(point, each.person) for point, found in sheet.points.items() for each in found.said} == people
    for found in sheet.points.values():
        results = {each.body["result"] for each in found.said}
        assert (found.result == "fail") == ("fail" in results)
        assert (found.result == "na") == (results == {"na"})


def test_the_later_edit_of_one_person_holds_whatever_the_clocks_say() -> None:
    earlier = point("z9", 1, "fail", "油烟", edit=2, noted_at=AT)
    later = point("a1", 1, "pass", edit=3, noted_at=AT.replace(year=2025))
    assert fold([later, earlier]).points["p1"].result == "pass"


def test_what_one_found_wrong_stays_wrong_and_the_sheet_says_that_they_differ() -> None:
    sheet = fold([point("e1", 1, "pass"), point("e2", 2, "fail", "没有灭火器")])
    assert (sheet.points["p1"].result, sheet.points["p1"].divided) == ("fail", True)
    assert [each.body["words"] for each in sheet.points["p1"].said] == ["", "没有灭火器"]


def test_a_signature_holds_while_it_covers_exactly_what_holds() -> None:
    first = [point("e1", 1, "pass"), point("e2", 2, "pass", subject="p2"), signature("s1", 1, "e2", "e1")]
    assert fold(first).signed.keys() == {1}
    changed = [*first, point("e3", 2, "fail", "坏了", subject="p2", edit=5)]
    assert (fold(changed).signed, fold(changed).outdated) == ({}, {1})
    again = [*changed, signature("s2", 1, "e1", "e3", edit=10)]
    assert fold(again).signed.keys() == {1} and not fold(again).outdated


def test_an_empty_sheet_cannot_be_signed() -> None:
    assert fold([signature("s1", 1)]).signed == {}


def test_the_later_answer_of_the_applicants_person_holds_whoever_took_it_down() -> None:
    there = [point("e1", 1, "pass"), party("q1", 1, "e1", edit=4), party("q2", 2, "e1", answer="refused")]
    assert (found := fold(there).party) is not None and found.body["answer"] == "refused"
    outdated = fold([*there, point("e2", 1, "pass", edit=12)])
    assert outdated.party is None and outdated.party_outdated
