"""Whatever happens to its licences in whatever order, the certificate says the same as they do."""

import hashlib
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from certificates.life.asking import ask_cancellation, ask_reissue, ask_renewal
from certificates.life.changing import ask_change
from certificates.life.expiry import expire, expire_all
from certificates.life.holding import held_for
from certificates.life.possible import NotNow
from certificates.life.proposing import propose
from certificates.life.reminding import remind_all
from certificates.life.showing import issue_pdf
from certificates.rendering import render_issue
from certificates.states import LIVE
from engine.blobs import read_blob
from engine.commands.fire_timers import fire_timers
from engine.commands.withdraw import NothingToWithdraw, withdraw
from engine.database import run, transaction
from engine.errors import Invalid, NotFound
from engine.linked import RESUMPTION, REVOCATION, SUSPENSION
from engine.tables import cases, certificates, events, licence_events, messages, timers
from tests.certificates.examples import RING
from tests.certificates.life.holders import AGREE, DECLINE, People, licence_of, number_of, settle
from tests.certificates.life.lives import holds_together, issues_of, licences_of, row_of
from tests.certificates.life.test_adding import add, file, fill
from tests.engine.clerks import carry
from tests.filing import ANSWERS, NOW
from tests.sealing import trial_seal

STANDS = {name: str(ANSWERS[name]) for name in ("ent_name", "legal_rep", "op_address")}
REVOKE = {
    **{"outcome": "revoke", "heard": "waived", "statement": "书面表示放弃。"},
    **{"reasons": "以欺骗取得。", "remedies": "government"},
}
KEEP = {**REVOKE, "outcome": "keep"}
ITEMS = ("food_operation", "fire_check")
EVENTS = (
    *("name", "address", "scope", "renew", "cancel", "copy", "suspend", "suspend_all"),
    *("resume", "revoke", "expire", "add"),
)
URL = "https://permit.example/"
Town = tuple[People, str]
# How what is asked ends; `suspended` and `revoked`: an office does that first, while it is under way.
OUTCOMES = ("agree", "decline", "withdraw", "wait", "suspended", "revoked")
FIRST = {"suspended": "suspend", "revoked": "revoke"}
step = st.tuples(st.sampled_from(EVENTS), st.integers(0, 1), st.sampled_from(OUTCOMES))


class Life:
    """One certificate, and a clock that only goes forward."""

    def __init__(self, engine: Engine, town: Town) -> None:
        self.engine, (self.people, self.public_id) = engine, town
        self.now, self.seen, self.count = NOW, dict[int, str](), 0
        with transaction(engine) as db:
            self.id = int(db.execute(select(certificates.c.id)).scalar_one())
            self.number, self.added = number_of(db, self.public_id), False
            self.licences = [licence_of(db, self.public_id, item) for item in ITEMS]

    def happen(self, event: str, which: int, outcome: str) -> None:
        """Something is asked or proposed, where it is possible, and ends in this way."""
        self.count += 1
        if event == "expire":
            return self.pass_years()
        if event == "suspend_all":
            for each in (0, 1):
                self.happen("suspend", each, "agree")
            return None
        if event == "add":
            return self.add()
        try:
            number = run(self.engine, partial(self.ask, event, self.licences[which]))
        except (NotNow, NotFound, Invalid):
            return None
        if outcome in FIRST and event not in FIRST.values():
            self.happen(FIRST[outcome], which, "agree")
        if outcome == "withdraw":
            return self.take_back(event, number)
        if outcome == "wait" and event == "renew":
            return self.say_nothing()
        self.decide(event, number, outcome)
        return None

    def ask(self, event: str, licence: int, db: Connection) -> str:
        mine = {"user": self.people["applicant"], "public_id": self.public_id, "now": self.now}
        new = f"新{self.count}"
        if event in ("name", "address"):
            changed = {"ent_name": f"{new}餐饮有限公司"} if event == "name" else {"op_address": f"{new}路1号"}
            return ask_change(db, licence=None, raw={**STANDS, **changed}, evidence=(), **mine)
        if event == "scope":
            items: dict[str, str | list[str]] = {"food_items": [("热食类制售", "冷食类制售")[self.count % 2]]}
            return ask_change(db, licence=licence, raw=items, evidence=(), **mine)
        if event == "renew":
            return ask_renewal(db, licence=licence, evidence=(), **mine)
        if event == "cancel":
            return ask_cancellation(db, chosen=[licence], reasons="", **mine)
        if event == "copy":
            return ask_reissue(db, reasons="遗失", **mine)
        process = {"suspend": SUSPENSION, "resume": RESUMPTION, "revoke": REVOCATION}[event]
        who = self.people["market" if licence == self.licences[0] else "fire2"]
        return propose(
            db, user=who, number=self.number, licence=licence, process=process, reasons="检查", now=self.now
        )

    def add(self) -> None:
        """Once in a life a further item is applied for as the certificate now stands, and granted."""
        if self.added:
            return
        with transaction(self.engine) as db:
            stands = row_of(db, self.id)
        town, face = (self.people, self.public_id), (stands.operator, stands.legal_representative)
        try:
            draft = add(self.engine, town, tobacco="yes")
        except (NotNow, Invalid):
            return
        self.added = True
        fill(self.engine, town, draft, ent_name=face[0], legal_rep=face[1], op_address=stands.address)
        carry(self.engine, self.people, file(self.engine, town, draft))

    def decide(self, event: str, number: str, outcome: str) -> None:
        raw = (
            REVOKE if event == "revoke" else DECLINE if outcome == "decline" else {**AGREE, "reasons": "符合"}
        )
        offices = dict.fromkeys(("approval", "fire", "market"), raw)
        settle(self.engine, self.people, number, self.now, **offices)

    def take_back(self, event: str, number: str) -> None:
        user = self.people["applicant"]
        back = partial(withdraw, user=user, number=number, items=None, reasons="", now=self.now)
        try:
            run(self.engine, back)
        except (NothingToWithdraw, NotFound):
            offices = dict.fromkeys(("approval", "fire"), KEEP if event == "revoke" else DECLINE)
            settle(self.engine, self.people, number, self.now, **offices)

    def say_nothing(self) -> None:
        """Nobody answers until the term is over: silence renews."""
        with transaction(self.engine) as db:
            due = db.execute(select(timers.c.case_id, timers.c.due_at)).one()
            number = str(db.execute(select(cases.c.number).where(cases.c.id == due.case_id)).scalar_one())
        self.now = max(self.now, due.due_at)
        run(self.engine, lambda db: fire_timers(db, due.case_id, self.now))
        settle(self.engine, self.people, number, self.now)

    def pass_years(self) -> None:
        """Time goes on until some licence is in its window, or has ended."""
        with transaction(self.engine) as db:
            ends = [
                row.valid_until for row in licences_of(db, self.id) if row.state in LIVE and row.valid_until
            ]
        if ends:
            last = datetime.combine(min(ends), NOW.time(), NOW.tzinfo)
            late = last + timedelta(days=2)
            self.now = max(
                self.now, late if self.now > last - timedelta(days=90) else last - timedelta(days=60)
            )

    def check(self) -> None:
        """What is due is done, once; then everything fits together."""
        expire_all(self.engine, self.now)
        remind_all(self.engine, self.now)
        before = self.everything()
        assert (expire_all(self.engine, self.now), remind_all(self.engine, self.now)) == (0, 0)
        with transaction(self.engine) as db:
            assert expire(db, self.id, self.now) == 0
            holds_together(db, self.id, self.seen)
            stands = row_of(db, self.id)
            assert (stands.public_id, stands.number) == (self.public_id, self.number)
        assert self.everything() == before

    def print_some(self, blobs: Path) -> int:
        """Issues from first to last are printed and open again as the register says; how many there are."""
        with transaction(self.engine) as db:
            seal, made = trial_seal(), issues_of(db, self.id)
            for each in (*made[:-1:4], made[-1]):  # a sample: printing is what takes time
                sha256 = render_issue(
                    db, each.id, blobs=blobs, ring=RING, base_url=URL, seal=seal, now=self.now
                )
                kept = read_blob(blobs, issue_pdf(db, held_for(db, self.id, self.now), each.issue))
                assert hashlib.sha256(kept).hexdigest() == sha256
                words = pypdf.PdfReader(io.BytesIO(kept)).pages[0].extract_text()
                assert self.number in words and self.public_id in words
            return len(made)

    def everything(self) -> tuple[object, ...]:
        with transaction(self.engine) as db:
            rows = [tuple(row) for row in licences_of(db, self.id)]
            counted = [len(db.execute(select(each.c[0])).all()) for each in _COUNTED]
            return rows, [tuple(row) for row in issues_of(db, self.id)], counted


_COUNTED = tuple(table for table in (licence_events, events, messages))


def lives(make: Callable[[], Life], steps: list[tuple[str, int, str]]) -> None:
    life = make()
    life.check()
    for event, which, outcome in steps:
        life.happen(event, which, outcome)
        life.check()


@settings(max_examples=4)
@given(st.lists(step, min_size=3, max_size=7))
def test_the_certificate_always_equals_its_licences(
    fresh: Callable[[], Engine], town: Town, steps: list[tuple[str, int, str]]
) -> None:
    lives(lambda: Life(fresh(), town), steps)


def test_a_long_life_from_a_new_name_to_the_last_revocation(
    fresh: Callable[[], Engine], town: Town, tmp_path: Path
) -> None:
    steps = [
        ("name", 0, "agree"),
        ("scope", 0, "agree"),
        ("add", 0, "agree"),
        ("copy", 0, "decline"),
        ("copy", 0, "agree"),
        ("suspend_all", 0, "agree"),
        ("address", 0, "agree"),
        ("resume", 0, "agree"),
        ("resume", 1, "agree"),
        ("expire", 0, "agree"),
        ("renew", 0, "wait"),
        ("cancel", 0, "agree"),
        ("revoke", 1, "agree"),
    ]
    life = Life(fresh(), town)
    lives(lambda: life, steps)
    assert life.print_some(tmp_path) >= 9
    with transaction(life.engine) as db:
        assert [each.reason.removesuffix("证") for each in issues_of(db, life.id)][:3] == [
            "首次签发",
            "变更市场主体名称",
            "变更经营项目",
        ]
        found = {row.item: row.state for row in licences_of(db, life.id)}
        ends = {"food_operation": "cancelled", "fire_check": "revoked", "tobacco_retail": "expired"}
        assert found == ends


@pytest.mark.parametrize(
    ("event", "first", "ends"),
    [
        ("address", "suspended", "suspended"),
        ("renew", "suspended", "suspended"),
        ("cancel", "suspended", "cancelled"),
        ("scope", "revoked", "revoked"),
        ("renew", "revoked", "revoked"),
    ],
)
def test_an_office_suspends_or_revokes_while_what_the_holder_asked_for_is_under_way(
    fresh: Callable[[], Engine], town: Town, event: str, first: str, ends: str
) -> None:
    life = Life(fresh(), town)
    window = [("expire", 0, "agree")] if event == "renew" else []
    lives(lambda: life, [*window, (event, 0, first)])
    with transaction(life.engine) as db:
        [state] = [row.state for row in licences_of(db, life.id) if row.item == ITEMS[0]]
        followed = db.execute(select(cases.c.ended_at).where(cases.c.process != "")).scalars().all()
    assert (state, len(followed), all(followed)) == (ends, 2, True)
