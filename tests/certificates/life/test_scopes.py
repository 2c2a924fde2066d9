"""A scope's words read more than a change asks for: what is not asked stays as it stands."""

from functools import partial

from sqlalchemy import Connection, Engine, insert, select

from certificates.life.changing import ask_change
from certificates.register import issue
from engine.database import run, transaction
from engine.deployments import publish
from engine.people import Hashed, Membership, User, add_user, find_user
from engine.tables import case_items, cases, licences, subjects
from tests.certificates.life.holders import People, licence_of, settle
from tests.certificates.life.lives import issues_of, licences_of, newest
from tests.filing import ANSWERS, DISTRICT, NOW, files

PRESS = (Membership("clerk", "press", DISTRICT), Membership("clerk", "approval", DISTRICT))
SELLS = {"pub_kinds": ["图书"], "pub_rental": True, "pub_online": True, "pub_site": "春和书店"}
ITEM = "publication_retail"


def bookshop(db: Connection, applicant: User) -> tuple[int, str]:
    """A bookshop that also rents out and sells online, with its certificate: its id and public id."""
    deployment, _ = publish(db, files(), "bookstore", NOW)
    item = deployment.catalogue.item(ITEM)
    subject = db.execute(
        insert(subjects).values(uscc="92370303MA3T0001X", name="春和书店").returning(subjects.c.id)
    ).scalar_one()
    case = {
        **{"number": "370303-YYZ-20261123-9001", "industry": "bookstore", "region": DISTRICT},
        **{"subject_id": subject, "applicant_id": applicant.id, "deployment_id": deployment.id},
        **{"operator": "春和书店", "uscc": "92370303MA3T0001X", "phone": "13805335678"},
        **{"status": "granted", "guide": {}, "sources": {}, "workflow_state": b"", "ended_at": NOW},
        **{"answers": {**ANSWERS, **SELLS}, "committed_on": NOW.date(), "submitted_at": NOW},
    }
    case_id = int(db.execute(insert(cases).values(case).returning(cases.c.id)).scalar_one())
    named = {"case_id": case_id, "item": ITEM, "name": item.name, "region": DISTRICT}
    offices = {"authority": item.authority, "reviewer": item.reviewer}
    db.execute(insert(case_items).values(**named, **offices, visit=False, outcome="granted"))
    said = {"document": "出版物经营许可证", "number": "新出发0001", "decider": "张店区行政审批服务局"}
    held = {"scope": "图书零售；出租；网络销售", "valid_from": NOW.date(), "authority": item.authority}
    db.execute(insert(licences).values(**named, **said, **held))
    made = issue(
        db,
        case_id=case_id,
        department="approval",
        reason="首次签发",
        now=NOW,
        random_bytes=lambda n: bytes(n),
    )
    query = select(licences.c.certificate_id).where(licences.c.case_id == case_id)
    return int(db.execute(query).scalar_one()), made.public_id


def clerk(db: Connection) -> User:
    """Who reviews for the press and decides."""
    id_ = add_user(db, login="press", name="丙", password=Hashed("nobody signs in"), roles=PRESS, now=NOW)
    found = find_user(db, id_)
    assert found is not None
    return found


def test_what_a_change_of_scope_does_not_ask_for_stays(engine: Engine, town: tuple[People, str]) -> None:
    people = town[0]
    with transaction(engine) as db:
        certificate, public_id = bookshop(db, people["applicant"])
        licence, press = licence_of(db, public_id, ITEM), clerk(db)
    scopes = []
    for kinds in (["图书", "期刊"], ["音像制品"]):
        asked = partial(ask_change, user=people["applicant"], public_id=public_id, licence=licence, now=NOW)
        number = run(engine, partial(asked, raw={"pub_kinds": kinds}, evidence=()))
        assert settle(engine, people, number, by=press).status == "changed"
        with transaction(engine) as db:
            scopes.append(newest(db, certificate).licences[0].scope)
            assert licences_of(db, certificate)[0].answers == {"pub_kinds": kinds}
            assert len(issues_of(db, certificate)) == 1 + len(scopes)
    assert scopes == ["图书、期刊零售；出租；网络销售", "音像制品零售；出租；网络销售"]
