"""Files the demo's cases as applicants would, and carries each, as clerks would, to where it should wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from sqlalchemy import Connection, Engine, select

from certificates.letter_rendering import letter_printer
from certificates.rendering import renderer
from engine.blobs import write_blob
from engine.cases import load_case
from engine.commands.complete import complete
from engine.commands.run_handler import run_handler
from engine.commands.submit import submit
from engine.database import run, transaction
from engine.days import LOCAL, add_working_days, is_working, local_day
from engine.deployments import load
from engine.drafts import fingerprint, prefill, read_draft, save_section, start_draft, wanted_materials
from engine.files import Files
from engine.materials import attach
from engine.people import User
from engine.scenarios import usual_form
from engine.settings import Settings
from engine.shared_data import Registry
from engine.step_forms import asked_in, step_of
from engine.tables import cases, certificate_issues, letters, tasks
from engine.uploads import check_upload
from forms.inputs import Inputs, spread
from forms.source import read_document
from web.demo.doings import mark_what_is_missing, offer_hearings, person_of, promise, stop_clocks
from web.demo.lives import live_on
from web.demo.visits import OF_VISIT, take_step, worker_on

CASES = "processes/demo/cases.yaml"
OPENS = time(9, 10)
CLOSES = time(16, 30)
BETWEEN_STEPS = timedelta(hours=2)
Case = Mapping[str, Any]


@dataclass(frozen=True)
class _Demo:
    """What every part of the filing needs."""

    engine: Engine
    settings: Settings
    files: Files
    usual: Mapping[str, Any]
    now: datetime


def file_cases(engine: Engine, settings: Settings, files: Files, now: datetime) -> None:
    """File every case of processes/demo/cases.yaml; certificates and letters are printed."""
    data: dict[str, Any] = dict(read_document(files, CASES).data)
    demo = _Demo(engine, settings, files, data["usual_form"], now)
    for case in data["cases"]:
        filed = filed_at(now, case["days_ago"])
        with transaction(engine) as db:
            user = person_of(db, case["applicant"])
            draft = _fill(db, demo, user, case, filed)
        if "submit" not in case["leave"]:
            number = run(engine, partial(submit, user=user, draft=draft, token=draft, now=filed))
            run(engine, partial(mark_what_is_missing, number=number, case=case, at=filed))
            moment = _carry(demo, number, case, filed)
            run(engine, partial(stop_clocks, number=number, case=case, at=moment))
            run(engine, partial(offer_hearings, number=number, case=case, at=moment))
            for followed in run(engine, partial(live_on, number=number, case=case, at=now)):
                _carry(demo, followed, case["life"], now)
    with transaction(engine) as db:
        issues = db.execute(select(certificate_issues.c.id)).scalars().all()
        written = db.execute(select(letters.c.id)).scalars().all()
    for issue in issues:
        renderer(settings)(engine, issue, now)
    for letter in written:
        letter_printer(settings)(engine, letter, now)


def filed_at(now: datetime, days_ago: int) -> datetime:
    """Shortly after the offices opened, `days_ago` working days before `now`; today it is just before now."""
    day = local_day(now)
    while days_ago or not is_working(day):
        day -= timedelta(days=1)
        days_ago -= is_working(day) if days_ago else 0
    return min(datetime.combine(day, OPENS, LOCAL), now - timedelta(minutes=5))


def _fill(db: Connection, demo: _Demo, user: User, case: Case, at: datetime) -> str:
    draft = start_draft(db, user=user, industry=case["industry"], answers=case["answers"], now=at)
    prefill(db, user=user, draft=draft, raw={"uscc": case["subject"]}, provider=Registry(demo.files), now=at)
    values = {**demo.usual, **case["form"]}
    for section in [each.id for each in read_draft(db, user, draft, at).form.sections]:
        found = read_draft(db, user, draft, at)
        asked = found.section(section)
        raw: Inputs = {**found.inputs(asked)}
        for one in asked.fields:
            if one.field.id in values:
                raw |= spread(one.field, values[one.field.id])
        seen = fingerprint(found, asked)
        saved = save_section(db, user=user, draft=draft, section=section, raw=raw, seen=seen, now=at)
        if saved.errors:
            raise ValueError(f"{CASES}: {case['title']}: {dict(saved.errors)}")
    if "submit" not in case["leave"]:
        _hand_in(db, demo, user, draft, at)
    promise(db, case, user, draft, at)
    return draft


def _hand_in(db: Connection, demo: _Demo, user: User, draft: str, at: datetime) -> None:
    for wanted in wanted_materials(db, read_draft(db, user, draft, at)):
        if wanted.missing:
            upload = check_upload("file", f"{wanted.name}.pdf", _one_page())
            sha256 = write_blob(demo.settings.blobs, upload.content)
            attach(db, user=user, draft=draft, material=wanted.id, upload=upload, sha256=sha256, now=at)


def _carry(demo: _Demo, number: str, case: Case, filed: datetime) -> datetime:
    """Do every step that is not to be left waiting, each by somebody of its office, a few hours apart.

    Returns when the last was done.
    """
    moment = filed
    done_otherwise = {deed["do"]: deed["form"] for deed in case.get("steps", ())}
    while waiting := _waiting(demo.engine, number, case["leave"]):
        moment = min(_later(moment), demo.now)
        task, kind, step = waiting
        if kind == "service":
            run_handler(demo.engine, task, moment)
        else:
            run(demo.engine, partial(_do, task=task, other=done_otherwise.get(step, {}), now=moment))
    return moment


def _later(moment: datetime) -> datetime:
    """Some hours of office time later: after closing, the next working morning."""
    local = (moment + BETWEEN_STEPS).astimezone(LOCAL)
    if is_working(local.date()) and OPENS <= local.time() <= CLOSES:
        return local
    return datetime.combine(add_working_days(local_day(moment), 1), OPENS, LOCAL)


def _waiting(engine: Engine, number: str, leave: list[str]) -> tuple[str, str, str] | None:
    query = (
        select(tasks.c.id, tasks.c.kind, tasks.c.step)
        .join_from(tasks, cases)
        .where(cases.c.number == number, tasks.c.state == "open", tasks.c.step.not_in(leave))
        .order_by(tasks.c.kind, tasks.c.step)
        .limit(1)
    )
    with transaction(engine) as db:
        row = db.execute(query).one_or_none()
    return None if row is None else (row.id, row.kind, row.step)


def _do(db: Connection, *, task: str, other: Mapping[str, Any], now: datetime) -> None:
    row = db.execute(select(tasks).where(tasks.c.id == task)).one()
    if row.act in OF_VISIT:
        return take_step(db, row, other, now)
    user = worker_on(db, task)
    if user is None:
        raise ValueError(f"{CASES}: nobody of the demo works on {row.step} in {row.region}")
    case = load_case(db, row.case_id)
    deployment = load(db, case.deployment_id)
    asked = asked_in(db, deployment, case, step_of(deployment, case, row.step, row.item))
    complete(db, user=user, task=task, raw=usual_form(asked, other, local_day(now)), now=now)


def _one_page() -> bytes:
    """A blank page: what a demo case hands in has no content."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
