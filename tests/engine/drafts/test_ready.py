"""Only a whole application can be filed, and it is filed once."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from engine.commands.submit import submit
from engine.drafts import AlreadySubmitted, read_draft, ready
from engine.errors import Incomplete, NotFound
from engine.materials import earlier_files, materials_of, pick_again
from engine.people import User
from tests.engine.drafts.filling import NOW, SECTIONS, USCC, add_applicant, begin, fill, fill_everything


def test_an_empty_draft_names_every_section_that_needs_work(
    db: Connection, applicant: User, draft: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        ready(db, applicant, draft, NOW)
    assert refused.value.sections == (*SECTIONS, "materials")


def test_a_whole_draft_says_what_a_case_needs(db: Connection, applicant: User, tmp_path: Path) -> None:
    draft = fill_everything(db, applicant, tmp_path)
    filed = ready(db, applicant, draft, NOW)
    assert [item for item, _ in filed.items] == [
        *("food_operation", "fire_check", "tobacco_retail", "drainage", "signboard")
    ]
    assert (filed.uscc, filed.phone, filed.region) == (USCC, "13800000001", "370303")
    assert filed.answers["area"] == 320
    assert filed.committed_on > NOW.date()


def test_answers_to_questions_of_items_no_longer_asked_for_are_not_filed(
    db: Connection, applicant: User, tmp_path: Path
) -> None:
    draft = fill_everything(db, applicant, tmp_path)
    fill(db, applicant, draft, "premises", area="200")
    assert "fire_exits" not in ready(db, applicant, draft, NOW).answers


def test_an_item_that_comes_late_makes_the_draft_incomplete_again(
    db: Connection, applicant: User, tmp_path: Path
) -> None:
    draft = fill_everything(db, applicant, tmp_path, area=120)
    fill(db, applicant, draft, "premises", area="320")
    with pytest.raises(Incomplete) as refused:
        ready(db, applicant, draft, NOW)
    assert refused.value.sections == ("fire_check", "materials")


def test_a_filed_draft_is_a_case_and_says_so(db: Connection, applicant: User, tmp_path: Path) -> None:
    draft = fill_everything(db, applicant, tmp_path)
    number = submit(db, user=applicant, draft=draft, token="once", now=NOW)
    assert submit(db, user=applicant, draft=draft, token="once", now=NOW) == number
    assert submit(db, user=applicant, draft=draft, token="another tab", now=NOW) == number
    with pytest.raises(AlreadySubmitted, match=number):
        read_draft(db, applicant, draft, NOW)


def test_a_file_handed_in_for_the_same_subject_can_be_picked_again(
    db: Connection, applicant: User, tmp_path: Path
) -> None:
    first = fill_everything(db, applicant, tmp_path)
    submit(db, user=applicant, draft=first, token="first", now=NOW)
    second = begin(db, applicant)
    offered = earlier_files(db, applicant, second, USCC)
    plan = next(file for file in offered if file.material == "floor_plan")
    pick_again(db, user=applicant, draft=second, material="floor_plan", uscc=USCC, chosen=plan.id, now=NOW)
    assert [file.sha256 for file in materials_of(db, second)] == [plan.sha256]


def test_nobody_picks_anothers_files_not_even_for_the_same_subject(
    db: Connection, applicant: User, tmp_path: Path
) -> None:
    first = fill_everything(db, applicant, tmp_path)
    submit(db, user=applicant, draft=first, token="first", now=NOW)
    [file, *_] = materials_of(db, first)
    stranger = add_applicant(db, "stranger")
    own = begin(db, stranger)
    assert earlier_files(db, stranger, own, USCC) == ()
    with pytest.raises(NotFound):
        pick_again(db, user=stranger, draft=own, material="floor_plan", uscc=USCC, chosen=file.id, now=NOW)
