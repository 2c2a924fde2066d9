"""What is applied for later joins the same certificate: its id stays, the next issue lists it too."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pypdf
import pytest
from sqlalchemy import Engine, insert, select, update

from certificates.draft import draft_of
from certificates.life.adding import start_addition
from certificates.life.changing import ask_change
from certificates.life.history import CANCELLED, Cause
from certificates.life.possible import NotNow
from certificates.life.writing import Change, write
from certificates.register import AnotherHolder, issue
from engine.commands.submit import submit
from engine.commands.withdraw import withdraw
from engine.database import run, transaction
from engine.drafts import fingerprint, read_draft, save_section, wanted_materials
from engine.errors import Invalid
from engine.events import SYSTEM
from engine.lifecycle.joining import CannotJoin
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


def fill(engine: Engine, town: Town, draft: str, **other: str) -> None:
    """Confirm what is filled in, answer what is new or `other`, hand in what is wanted."""
    user = town[0]["applicant"]
    upload = check_upload("file", "材料.pdf", PDF)
    with transaction(engine) as db:
        for section in [each.id for each in read_draft(db, user, draft, NOW).form.sections]:
            found = read_draft(db, user, draft, NOW)
            seen = fingerprint(found, found.section(section))
            raw = {**ANSWERS, "area": "420", **other}
            save_section(db, user=user, draft=draft, section=section, raw=raw, seen=seen, now=NOW)
        for material in wanted_materials(db, read_draft(db, user, draft, NOW)):
            if material.missing:
                attach(
                    db, user=user, draft=draft, material=material.id, upload=upload, sha256="0" * 64, now=NOW
                )


def fill_and_file(engine: Engine, town: Town, draft: str, **other: str) -> str:
    """The same, and file it; the number of the case."""
    fill(engine, town, draft, **other)
    return file(engine, town, draft)


def file(engine: Engine, town: Town, draft: str) -> str:
    user = town[0]["applicant"]
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


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("ent_name", "别的餐饮有限公司"),
        ("legal_rep", "李四"),
        ("op_address", "淄博市张店区人民路1号"),
        ("uscc", "91370303MA3T00025R"),
    ],
)
def test_what_is_added_is_for_the_holder_and_the_place_on_the_certificate(
    engine: Engine, town: Town, question: str, other: str
) -> None:
    draft = add(engine, town, tobacco="yes")
    with pytest.raises(Invalid) as refused:
        fill_and_file(engine, town, draft, **{question: other})
    assert list(refused.value.errors) == [question]
    assert "重新申请" in refused.value.errors[question] or "申请变更" in refused.value.errors[question]


def test_two_additions_of_one_item_become_one_case(engine: Engine, town: Town) -> None:
    drafts = [add(engine, town, tobacco="yes") for _ in range(2)]
    for draft in drafts:
        fill(engine, town, draft)

    def once(draft: str) -> str:
        try:
            return file(engine, town, draft)
        except CannotJoin as refusal:
            return refusal.says

    with ThreadPoolExecutor(2) as pool:
        filed = sorted(pool.map(once, drafts))
    assert [each[:6] for each in filed] == ["370303", "要增加的许可"]
    carry(engine, town[0], filed[0])
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        assert sorted(row.item for row in licences_of(db, certificate)) == [
            "fire_check",
            "food_operation",
            "tobacco_retail",
        ]


def test_what_was_granted_meanwhile_is_not_filed_again(engine: Engine, town: Town) -> None:
    first, second = (add(engine, town, tobacco="yes") for _ in range(2))
    carry(engine, town[0], fill_and_file(engine, town, first))
    with pytest.raises(CannotJoin, match="已经在证上"):
        fill_and_file(engine, town, second)


def test_nothing_is_filed_for_a_certificate_that_lapsed_meanwhile(engine: Engine, town: Town) -> None:
    draft = add(engine, town, tobacco="yes")
    with transaction(engine) as db:
        certificate = certificate_of(db, town[1])
        ends = [Change(row.id, CANCELLED, {"state": CANCELLED}) for row in licences_of(db, certificate)]
        write(db, certificate, ends, Cause("测试", SYSTEM, None, NOW))
    with pytest.raises(CannotJoin, match="失效"):
        fill_and_file(engine, town, draft)


def test_a_licence_never_joins_the_certificate_of_another_holder(engine: Engine, town: Town) -> None:
    number = fill_and_file(engine, town, add(engine, town, tobacco="yes"))
    with transaction(engine) as db:
        db.execute(update(cases).where(cases.c.number == number).values(uscc="91370303MA3T00025R"))
        case_id = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
        row = {
            "case_id": case_id,
            "item": "tobacco_retail",
            "name": "烟草",
            "document": "烟草",
            "number": "T",
        }
        said = {"decider": "烟草局", "scope": "", "valid_from": NOW.date()}
        db.execute(insert(licences).values(**row, **said))
        with pytest.raises(AnotherHolder):
            issue(db, case_id=case_id, department="approval", reason="增加", now=NOW, random_bytes=bytes)


STANDS = {name: str(ANSWERS[name]) for name in ("ent_name", "legal_rep", "op_address")}
ELSEWHERE = {**STANDS, "op_address": "淄博市张店区人民路1号"}


def change(engine: Engine, town: Town, raw: dict[str, str]) -> str:
    """What the holder asks to change; the number of the case."""
    user = town[0]["applicant"]
    asked = partial(ask_change, user=user, public_id=town[1], licence=None, raw=raw, evidence=(), now=NOW)
    return run(engine, asked)


def test_the_place_does_not_change_while_something_is_added_for_it(engine: Engine, town: Town) -> None:
    number = fill_and_file(engine, town, add(engine, town, tobacco="yes"))
    with pytest.raises(Invalid) as refused:
        change(engine, town, ELSEWHERE)
    assert number in refused.value.errors["op_address"]
    change(engine, town, {**STANDS, "legal_rep": "李四"})


def test_nothing_is_added_for_a_place_while_the_certificate_moves_from_it(engine: Engine, town: Town) -> None:
    draft = add(engine, town, tobacco="yes")
    number = change(engine, town, ELSEWHERE)
    with pytest.raises(CannotJoin, match=number):
        fill_and_file(engine, town, draft)
    with pytest.raises(CannotJoin, match=number):
        add(engine, town, tobacco="yes")
    run(engine, partial(withdraw, user=town[0]["applicant"], number=number, items=None, reasons="", now=NOW))
    file(engine, town, draft)


def test_something_is_added_while_only_the_name_changes(engine: Engine, town: Town) -> None:
    change(engine, town, {**STANDS, "ent_name": "淄博张店秋实餐饮有限公司"})
    fill_and_file(engine, town, add(engine, town, tobacco="yes"))
