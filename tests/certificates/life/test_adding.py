"""What is applied for later joins the same certificate: its id stays, the next issue lists it too."""

import io
from functools import partial

import pypdf
import pytest
from sqlalchemy import Engine, insert, select

from certificates.draft import draft_of
from certificates.life.adding import start_addition
from certificates.life.history import CANCELLED, Cause
from certificates.life.possible import NotNow
from certificates.life.writing import Change, write
from engine.commands.submit import submit
from engine.database import run, transaction
from engine.drafts import fingerprint, read_draft, save_section, wanted_materials
from engine.errors import Invalid
from engine.events import SYSTEM
from engine.materials import attach
from engine.queries.cases import applicants_case
from engine.tables import cases, certificates, licences
from engine.uploads import check_upload
from tests.certificates.life.holders import People, certificate_of
from tests.certificates.life.lives import holds_together, issues_of, licences_of, newest
from tests.engine.clerks import carry
from tests.filing import ANSWERS, NOW, PDF

Town = tuple[People, str]
SAME = {
    "district": "370303",
    "area": "420",
    "cold_food": "yes",
    "greasy_water": "no",
    "signboard": "no",
    "tobacco": "no",
}


def add(engine: Engine, town: Town, **raw: str) -> str:
    """The draft of an addition."""
    people, public_id = town
    asked = partial(
        start_addition, user=people["applicant"], public_id=public_id, raw={**SAME, **raw}, now=NOW
    )
    return run(engine, asked)


def fill_and_file(engine: Engine, town: Town, draft: str) -> str:
    """Confirm what is filled in, answer what is new, hand in what is wanted; the number of the case."""
    user = town[0]["applicant"]
    upload = check_upload("file", "材料.pdf", PDF)
    with transaction(engine) as db:
        for section in [each.id for each in read_draft(db, user, draft, NOW).form.sections]:
            found = read_draft(db, user, draft, NOW)
            seen = fingerprint(found, found.section(section))
            raw = {**ANSWERS, "area": "420"}
            save_section(db, user=user, draft=draft, section=section, raw=raw, seen=seen, now=NOW)
        for material in wanted_materials(db, read_draft(db, user, draft, NOW)):
            if material.missing:
                attach(
                    db, user=user, draft=draft, material=material.id, upload=upload, sha256="0" * 64, now=NOW
                )
    return run(engine, lambda db: submit(db, user=user, draft=draft, token=draft, now=NOW))


def test_an_item_is_added_to_the_same_certificate(engine: Engine, town: Town) -> None:
    people, public_id = town
    draft = add(engine, town, tobacco="yes")
    with transaction(engine) as db:
        found = read_draft(db, people["applicant"], draft, NOW)
        assert found.items == ("tobacco_retail",)
        assert found.record.answers["ent_name"] == ANSWERS["ent_name"]
    number = fill_and_file(engine, town, draft)
    carry(engine, people, number)
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        assert db.execute(select(certificates.c.id)).scalars().all() == [certificate]
        assert db.execute(select(cases.c.status).where(cases.c.number == number)).scalar_one() == "granted"
        assert [each.reason for each in issues_of(db, certificate)] == ["首次签发", "增加烟草专卖零售许可证"]
        assert len(newest(db, certificate).licences) == 3
        holds_together(db, certificate, {})


def test_the_draft_of_an_addition_shows_the_whole_certificate_as_it_will_be(
    engine: Engine, town: Town
) -> None:
    people, public_id = town
    number = fill_and_file(engine, town, add(engine, town, tobacco="yes"))
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        page = applicants_case(db, people["applicant"], number)
        row = {"case_id": page.id, "item": "tobacco_retail", "name": "烟草专卖零售许可", "document": "许可证"}
        row |= {"number": "YC-1", "decider": "张店区烟草专卖局", "scope": "卷烟", "state": "valid"}
        db.execute(insert(licences).values(**row, valid_from=NOW.date()))
        reader = pypdf.PdfReader(io.BytesIO(draft_of(db, page, NOW)))
        text = "".join("".join(each.extract_text() for each in reader.pages).split())
        stated = newest(db, certificate)
        assert "YC-1" in text and stated.issuer in text
        assert all(line.number in text for line in stated.licences) and len(stated.licences) == 2
        db.rollback()


def test_what_is_on_the_certificate_already_is_not_applied_for_again(engine: Engine, town: Town) -> None:
    with pytest.raises(Invalid):
        add(engine, town)


def test_another_place_is_no_addition(engine: Engine, town: Town) -> None:
    with pytest.raises(Invalid) as refused:
        add(engine, town, tobacco="yes", district="370302")
    assert list(refused.value.errors) == ["district"]


def test_nothing_is_added_to_a_certificate_that_has_lapsed(engine: Engine, town: Town) -> None:
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        ends = [Change(row.id, CANCELLED, {"state": CANCELLED}) for row in licences_of(db, certificate)]
        write(db, certificate, ends, Cause("测试", SYSTEM, None, NOW))
    with pytest.raises(NotNow):
        add(engine, town, tobacco="yes")
