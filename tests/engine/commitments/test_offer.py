"""Where an item may be promised follows from its file and from what the applicant says."""

from datetime import date

from sqlalchemy import Connection

from engine.catalogue import Catalogue
from engine.commitments.offer import offered
from engine.drafts import read_draft, start_draft
from tests.engine.clerks import People
from tests.filing import EVERYTHING, INDUSTRY, NOW, files

CLASS_B, PRESCRIPTION = "乙类非处方药", "处方药"


def test_items_of_the_kind_full_are_offered_and_no_others(desk: Connection, people: People) -> None:
    draft = start_draft(desk, user=people["applicant"], industry=INDUSTRY, answers=EVERYTHING, now=NOW)
    found = {each.item.id: each for each in offered(read_draft(desk, people["applicant"], draft, NOW))}
    assert set(found) == {"fire_check", "signboard"}
    fire = found["fire_check"]
    assert (fire.days, fire.usual_days, fire.check_days, fire.visit) == (1, 5, 20, True)
    assert (fire.authority, fire.checker) == ("张店区消防救援大队", "张店区消防救援大队")
    assert found["signboard"].check_days == 40  # its file names no days
    assert found["signboard"].checker == "张店区综合行政执法局"


def test_an_item_that_is_not_applied_for_is_not_offered(desk: Connection, people: People) -> None:
    answers = {**EVERYTHING, "area": 120, "signboard": False}
    draft = start_draft(desk, user=people["applicant"], industry=INDUSTRY, answers=answers, now=NOW)
    assert offered(read_draft(desk, people["applicant"], draft, NOW)) == ()


def test_drugs_may_be_promised_only_while_nothing_but_class_b_is_sold() -> None:
    catalogue = Catalogue.read(files(), "pharmacy")
    item = catalogue.item("drug_retail")
    facts = {"answers": {}, "items": ["drug_retail"], "settings": {}, "rules": {}}
    assert item.may_be_promised(facts, {"drug_class": [CLASS_B]})
    assert not item.may_be_promised(facts, {"drug_class": [PRESCRIPTION, CLASS_B]})
    assert not item.may_be_promised(facts, {})
    before = catalogue.as_of(date(2020, 1, 1)).item("drug_retail")
    assert not before.may_be_promised(facts, {"drug_class": [CLASS_B]})


def test_a_partial_item_without_a_condition_and_one_of_the_kind_none_are_never_offered() -> None:
    catalogue = Catalogue.read(files(), INDUSTRY)
    for name in ("food_operation", "tobacco_retail"):
        assert not catalogue.item(name).may_be_promised({}, {})
