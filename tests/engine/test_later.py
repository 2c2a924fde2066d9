"""容缺受理: only what an item's file lists, by a day and with a name; without it nothing is granted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, delete, select, update

from engine.catalogue.merging import merge
from engine.commands.hand_in_later import hand_in_later
from engine.commands.return_overdue import return_due, return_overdue
from engine.commands.submit import submit
from engine.database import run, transaction
from engine.days import local_day
from engine.deployments import load, unpublished
from engine.drafts import read_draft, unfinished_sections, wanted_materials
from engine.errors import Incomplete, Invalid, NotFound
from engine.incidents import LATER
from engine.later.owed import owed_by
from engine.later.signing import latest_day, promise, take_back
from engine.materials import attach
from engine.sweep import sweep
from engine.tables import cases, letters, materials
from engine.uploads import check_upload
from engine.workflow import OtherModel
from tests.engine.clerks import REFUSE, People, carry, case_of, finish, open_kinds, read
from tests.filing import INDUSTRY, NOW, ONLY_FOOD, PDF, files, fill_draft, waiting

PROOF, PLAN, FOOD = "premises_proof", "floor_plan", "food_operation"
TODAY, SIGNER = local_day(NOW), "张春和"
DAY = TODAY + timedelta(days=7)


@pytest.fixture
def draft(desk: Connection, people: People) -> str:
    """A draft that lacks one material, which may come later; rolled back after the test."""
    return without_proof(desk, people)


@pytest.fixture(scope="module")
def number(engine: Engine, people: People) -> str:
    """A case that was filed without it, and waits for its decision."""
    with transaction(engine) as db:
        found = without_proof(db, people)
        put_off(db, people, found)
    filed = run(engine, lambda db: submit(db, user=people["applicant"], draft=found, token=found, now=NOW))
    carry(engine, people, filed, until="decide_food_operation")
    return filed


def without_proof(db: Connection, people: People) -> str:
    found = fill_draft(db, people["applicant"], ONLY_FOOD)
    db.execute(delete(materials).where(materials.c.draft_id == found, materials.c.material == PROOF))
    return found


def put_off(
    db: Connection, people: People, draft: str, material: str = PROOF, day: str = "", by: str = SIGNER
) -> None:
    user, on = people["applicant"], day or DAY.isoformat()
    promise(db, user=user, draft=draft, material=material, day=on, signed_as=by, now=NOW)


def hand_in(db: Connection, people: People, number: str, who: str = "applicant") -> None:
    given = [(check_upload(PROOF, "租房合同.pdf", PDF), "1" * 64)]
    hand_in_later(db, user=people[who], number=number, material=PROOF, files=given, now=NOW)


def test_a_promise_lets_the_draft_be_filed(desk: Connection, people: People, draft: str) -> None:
    user = people["applicant"]
    assert unfinished_sections(desk, read_draft(desk, user, draft, NOW)) == ("materials",)
    put_off(desk, people, draft)
    assert unfinished_sections(desk, read_draft(desk, user, draft, NOW)) == ()
    case = case_of(desk, submit(desk, user=user, draft=draft, token=draft, now=NOW))
    (owed,) = owed_by(desk, case.id, load(desk, case.deployment_id).catalogue)
    assert (owed.material, owed.promised_on, owed.signed_as) == (PROOF, DAY, SIGNER)
    assert owed.items == (FOOD,) and owed.open


def test_a_main_material_cannot_be_put_off(desk: Connection, people: People, draft: str) -> None:
    desk.execute(delete(materials).where(materials.c.draft_id == draft, materials.c.material == PLAN))
    with pytest.raises(NotFound):
        put_off(desk, people, draft, PLAN)
    put_off(desk, people, draft)
    with pytest.raises(Incomplete):
        submit(desk, user=people["applicant"], draft=draft, token=draft, now=NOW)


@pytest.mark.parametrize("days", [-1, 0, 60, None])
def test_the_day_lies_within_what_the_region_allows(
    desk: Connection, people: People, draft: str, days: int | None
) -> None:
    day = "not a day" if days is None else (TODAY + timedelta(days=days)).isoformat()
    with pytest.raises(Invalid) as said:
        put_off(desk, people, draft, day=day)
    assert set(said.value.errors) == {f"{PROOF}-day"}


def test_only_who_applies_can_sign(desk: Connection, people: People, draft: str) -> None:
    with pytest.raises(Invalid) as said:
        put_off(desk, people, draft, by="路人甲")
    assert SIGNER in said.value.errors[f"{PROOF}-signed_as"]


def test_a_promise_taken_back_counts_no_more(desk: Connection, people: People, draft: str) -> None:
    put_off(desk, people, draft)
    take_back(desk, user=people["applicant"], draft=draft, material=PROOF, now=NOW)
    with pytest.raises(Incomplete):
        submit(desk, user=people["applicant"], draft=draft, token=draft, now=NOW)


def test_a_promise_whose_day_has_come_counts_no_more(desk: Connection, people: People, draft: str) -> None:
    put_off(desk, people, draft)
    found = read_draft(desk, people["applicant"], draft, NOW + timedelta(days=7))
    (proof,) = (each for each in wanted_materials(desk, found) if each.id == PROOF)
    assert proof.missing and proof.promised is not None


def test_a_file_in_hand_makes_the_promise_void(desk: Connection, people: People, draft: str) -> None:
    user, upload = people["applicant"], check_upload(PROOF, "合同.pdf", PDF)
    put_off(desk, people, draft)
    attach(desk, user=user, draft=draft, material=PROOF, upload=upload, sha256="2" * 64, now=NOW)
    case = case_of(desk, submit(desk, user=user, draft=draft, token=draft, now=NOW))
    assert owed_by(desk, case.id, load(desk, case.deployment_id).catalogue) == ()


def test_what_one_item_wants_at_once_cannot_come_later() -> None:
    catalogue = unpublished(files(), INDUSTRY, NOW).catalogue
    facts = catalogue.facts({}, list(catalogue.items))

    def may_wait(*items: str) -> bool:
        merged = merge([catalogue.item(each) for each in items], catalogue.materials, facts)
        return next(each.later for each in merged if each.material.id == PROOF)

    assert may_wait(FOOD)
    assert not may_wait(FOOD, "tobacco_retail")


def test_nothing_is_granted_before_it_is_there(desk: Connection, people: People, number: str) -> None:
    with pytest.raises(Invalid) as said:
        finish(desk, people, number, "decide_food_operation")
    assert "经营场所使用证明" in said.value.errors["outcome"] and "11月30日" in said.value.errors["outcome"]


def test_refusing_need_not_wait(desk: Connection, people: People, number: str) -> None:
    finish(desk, people, number, "decide_food_operation", **REFUSE)
    assert case_of(desk, number).items[FOOD].outcome == "refused"


def test_once_it_is_there_the_item_is_granted(desk: Connection, people: People, number: str) -> None:
    hand_in(desk, people, number)
    case = case_of(desk, number)
    (owed,) = owed_by(desk, case.id, load(desk, case.deployment_id).catalogue)
    assert owed.handed_in_at == NOW
    files_there = select(materials.c.label).where(
        materials.c.case_id == case.id, materials.c.material == PROOF
    )
    assert desk.execute(files_there).scalars().all() == ["租房合同.pdf"]
    finish(desk, people, number, "decide_food_operation")
    assert case_of(desk, number).items[FOOD].outcome == "granted"


def test_only_the_applicant_hands_it_in_and_only_once(desk: Connection, people: People, number: str) -> None:
    with pytest.raises(NotFound):
        hand_in(desk, people, number, "other_applicant")
    hand_in(desk, people, number)
    with pytest.raises(NotFound):
        hand_in(desk, people, number)


def test_on_the_promised_day_nothing_is_returned(desk: Connection, number: str) -> None:
    assert return_overdue(desk, case_of(desk, number).id, NOW + timedelta(days=7)) == ()


def test_accepting_without_it_is_told_in_writing(desk: Connection, number: str) -> None:
    case = case_of(desk, number)
    kinds = desk.execute(select(letters.c.kind).where(letters.c.case_id == case.id).order_by(letters.c.id))
    assert kinds.scalars().all()[:2] == ["acceptance", "later_material"]


def test_overdue_sends_the_items_back_once_with_a_letter(
    desk: Connection, people: People, number: str
) -> None:
    case_id, late = case_of(desk, number).id, NOW + timedelta(days=8)
    assert [return_overdue(desk, case_id, late) for _ in range(2)] == [(FOOD,), ()]
    case = case_of(desk, number)
    assert case.items[FOOD].outcome == "returned" and case.status == "returned"
    assert waiting(desk, number) == {}
    written = desk.execute(select(letters.c.kind).where(letters.c.case_id == case_id)).scalars().all()
    assert written.count("later_lapse") == 1
    with pytest.raises(NotFound):
        hand_in(desk, people, number)


def test_the_sweep_finds_it_every_minute_and_queues_it_once(desk: Connection, number: str) -> None:
    late = NOW + timedelta(days=8)
    assert sweep(desk, NOW)["overdue"] == 0
    assert [sweep(desk, late)["overdue"] for _ in range(2)] == [1, 0]


def test_what_was_decided_before_is_not_returned(desk: Connection, people: People, number: str) -> None:
    finish(desk, people, number, "decide_food_operation", **REFUSE)
    assert return_overdue(desk, case_of(desk, number).id, NOW + timedelta(days=8)) == ()
    assert case_of(desk, number).items[FOOD].outcome == "refused"


def test_the_last_day_is_counted_in_working_days() -> None:
    catalogue = unpublished(files(), INDUSTRY, NOW).catalogue
    assert latest_day(catalogue, "370303", date(2026, 11, 23)) == date(2026, 12, 21)


def test_what_cannot_be_returned_is_an_incident_that_its_supervisor_tries_again(
    town: Engine, people: People
) -> None:
    late = NOW + timedelta(days=8)
    with transaction(town) as db:
        draft = without_proof(db, people)
        put_off(db, people, draft)
    user = people["applicant"]
    number = run(town, lambda db: submit(db, user=user, draft=draft, token=draft, now=NOW))
    case = read(town, number)
    with transaction(town) as db:
        db.execute(update(cases).where(cases.c.id == case.id).values(last_hash="", workflow_state=b"broken"))
    with pytest.raises(OtherModel):
        return_due(town, case.id, late)
    with transaction(town) as db:
        assert open_kinds(db, case.id) == {LATER}
        assert sweep(db, late)["overdue"] == 0
        kept = {"last_hash": case.last_hash, "workflow_state": case.state}
        db.execute(update(cases).where(cases.c.id == case.id).values(**kept))
    return_due(town, case.id, late)
    with transaction(town) as db:
        assert open_kinds(db, case.id) == frozenset()
        assert case_of(db, number).status == "returned"
