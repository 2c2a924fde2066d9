"""What tests file: a restaurant with every item, as an applicant types it, and the people who handle it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, select

from certificates import handlers as certificate_handlers
from engine.commands.claim import claim
from engine.commands.complete import complete
from engine.commands.run_handler import run_handler
from engine.commands.submit import submit
from engine.database import run, transaction
from engine.deployments import Deployment, publish
from engine.drafts import fingerprint, read_draft, save_section, start_draft, wanted_materials
from engine.files import Files, read_folder
from engine.materials import attach
from engine.people import Hashed, Membership, User, add_user, find_user
from engine.tables import cases, tasks
from engine.uploads import check_upload

assert certificate_handlers  # registers the handler that diagrams call

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # a Monday morning in Beijing
INDUSTRY = "restaurant"
DISTRICT = "370303"
OTHER_DISTRICT = "370302"
EVERYTHING: Mapping[str, bool | float | str] = {
    "district": DISTRICT,
    "area": 420,
    "cold_food": True,
    "greasy_water": True,
    "tobacco": True,
    "signboard": True,
}
ONLY_FOOD = {**EVERYTHING, "area": 120, "greasy_water": False, "tobacco": False, "signboard": False}
ANSWERS: Mapping[str, str | list[str]] = {
    "uscc": "91370303MA3T00017Y",
    "ent_name": "淄博张店春和餐饮有限公司",
    "ent_type": "企业法人",
    "legal_rep": "张春和",
    "legal_rep_id_type": "居民身份证",
    "legal_rep_id_no": "370303190001010016",
    "phone": "13805335678",
    "reg_address": "淄博市张店区柳泉路100号",
    "business_scope": "餐饮服务；食品销售。",
    "op_address": "淄博市张店区柳泉路100号1层",
    "district": DISTRICT,
    "floors": "1 层",
    "property_type": "商业",
    "tenure": "租赁",
    "staff_count": "12",
    "has_agent": "no",
    "delivery": "仅电子证照",
    "want_separate_certs": "no",
    "food_biz_type": "餐饮服务经营者",
    "food_items": ["热食类制售", "冷食类制售"],
    "food_safety_mgr-0-name": "王安全",
    "food_safety_mgr-0-id_no": "370303190001010016",
    "food_safety_mgr-0-phone": "13805331234",
    "food_online": "no",
    "food_chain": "no",
    "fire_building": "六层框架结构，耐火等级二级，本店在一层。",
    "fire_exits": "3",
    "fire_facilities": ["灭火器"],
    "fire_duty-0-duty": "消防安全责任人",
    "fire_duty-0-name": "张春和",
    "fire_duty-0-id_no": "370303190001010016",
    "fire_duty-0-phone": "13805335678",
    "tob_scope": ["卷烟"],
    "tob_separate_home": "yes",
    "tob_special": "无",
    "dr_volume": "3.5",
    "dr_pretreat": ["隔油池"],
    "sign_size": "长 6 米、高 1.2 米",
}
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
PEOPLE: Mapping[str, tuple[Membership, ...]] = {
    "applicant": (Membership("applicant"),),
    "other_applicant": (Membership("applicant"),),
    "window": (Membership("window", "approval", DISTRICT),),
    "window2": (Membership("window", "approval", DISTRICT),),
    "approval": (Membership("clerk", "approval", DISTRICT),),
    "market": (Membership("clerk", "market", DISTRICT),),
    "fire": (Membership("clerk", "fire", DISTRICT),),
    "tobacco": (Membership("clerk", "tobacco", DISTRICT),),
    "housing": (Membership("clerk", "housing", DISTRICT),),
    "urban": (Membership("clerk", "urban", DISTRICT),),
    "inspector": (Membership("inspector", "approval", DISTRICT),),
    "supervisor": (Membership("supervisor", "", DISTRICT),),
    "elsewhere": (Membership("window", "approval", OTHER_DISTRICT),),
    "regulator": (Membership("regulator", "market", DISTRICT),),
    "fire_regulator": (Membership("regulator", "fire", DISTRICT),),
    "regulator_elsewhere": (Membership("regulator", "market", OTHER_DISTRICT),),
}
PASSWORD = "onepermit"
# Kept with the least work that Argon2id knows, which the check reads from what is kept: tests sign in often.
QUICK = Hashed(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD))


@cache
def files() -> Files:
    """The designers' files as they stand in the repository."""
    return read_folder(ROOT)


def publish_restaurant(db: Connection) -> Deployment:
    """The industry as it stands in the repository, published."""
    return publish(db, files(), INDUSTRY, NOW)[0]


def add_people(db: Connection, *logins: str) -> dict[str, User]:
    """The people named (all of PEOPLE without names), by login."""
    ids = {
        login: add_user(db, login=login, name=f"{login}·甲", password=QUICK, roles=PEOPLE[login], now=NOW)
        for login in logins or PEOPLE
    }
    found = {login: find_user(db, id) for login, id in ids.items()}
    return {login: user for login, user in found.items() if user is not None}


def fill_draft(db: Connection, user: User, answers: Mapping[str, bool | float | str] = EVERYTHING) -> str:
    """A draft that is ready to be filed: every section answered, every wanted material handed in."""
    draft = start_draft(db, user=user, industry=INDUSTRY, answers=answers, now=NOW)
    for section in [each.id for each in read_draft(db, user, draft, NOW).form.sections]:
        found = read_draft(db, user, draft, NOW)
        raw = {**ANSWERS, "area": str(answers["area"]), "district": str(answers["district"])}
        seen = fingerprint(found, found.section(section))
        save_section(db, user=user, draft=draft, section=section, raw=raw, seen=seen, now=NOW)
    upload = check_upload("file", "材料.pdf", PDF)
    for material in wanted_materials(db, read_draft(db, user, draft, NOW)):
        if material.missing:
            attach(db, user=user, draft=draft, material=material.id, upload=upload, sha256="0" * 64, now=NOW)
    return draft


def file_case(
    engine: Engine, people: Mapping[str, User], answers: Mapping[str, bool | float | str] = EVERYTHING
) -> str:
    """A case that was just filed; returns its number."""
    user = people["applicant"]
    with transaction(engine) as db:
        draft = fill_draft(db, user, answers)
    return run(engine, lambda db: submit(db, user=user, draft=draft, token=f"token-{draft}", now=NOW))


def open_steps(engine: Engine, number: str) -> dict[str, str]:
    """The steps of a case that wait now: step → task id."""
    with transaction(engine) as db:
        return waiting(db, number)


def waiting(db: Connection, number: str) -> dict[str, str]:
    """The same, seen by this connection."""
    rows = db.execute(
        select(tasks.c.step, tasks.c.id)
        .join_from(tasks, cases)
        .where(cases.c.number == number, tasks.c.state == "open")
    )
    return {row.step: row.id for row in rows}


def do(
    engine: Engine, people: Mapping[str, User], number: str, step: str, who: str, **form: str | list[str]
) -> None:
    """One clerk claims a step of a case and finishes it; the machine's steps that follow are run too."""
    task = open_steps(engine, number)[step]
    raw = {name.replace("__", "-"): value for name, value in form.items()}
    run(engine, lambda db: claim(db, user=people[who], task=task, now=NOW))
    run(engine, lambda db: complete(db, user=people[who], task=task, raw=raw, now=NOW))
    run_machines(engine, number)


def run_machines(engine: Engine, number: str) -> None:
    """Run the handlers that the case waits for, until only people are waited for."""
    while found := _machine_tasks(engine, number):
        for task in found:
            run_handler(engine, task, NOW)


def _machine_tasks(engine: Engine, number: str) -> list[str]:
    with transaction(engine) as db:
        query = select(tasks.c.id).join_from(tasks, cases).where(cases.c.number == number)
        return list(db.execute(query.where(tasks.c.state == "open", tasks.c.kind == "service")).scalars())
