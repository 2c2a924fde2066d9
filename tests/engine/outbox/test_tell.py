"""What happens is told to the applicant once, in the transaction of its cause, on every way to them."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, Row, select, text, update

from engine.database import CHANNELS
from engine.deployments import current
from engine.happenings import Happened
from engine.letters.write import Letter
from engine.outbox.tell import Message, tell, tell_user
from engine.tables import deliveries, messages, users
from tests.engine.clerks import People, case_of
from tests.filing import INDUSTRY, NOW, file_case

EVERY_WAY = ("console", "smtp", "sms")
PHONE, EMAIL = "13800000001", "zhang@example.com"


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    return file_case(engine, people)


def happened(db: Connection, number: str, kind: str = "accepted", **values: object) -> Happened:
    return Happened(kind, case_of(db, number), current(db, INDUSTRY), "user:1", ("signboard",), values)


def told(db: Connection, number: str, *kinds: str) -> list[Row[tuple[object, ...]]]:
    query = select(messages).where(messages.c.case_id == case_of(db, number).id, messages.c.kind.in_(kinds))
    return list(db.execute(query.order_by(messages.c.id)))


def ways(db: Connection) -> dict[str, str]:
    """Channel → address of everything queued by this connection's transaction."""
    return {row.channel: row.address for row in db.execute(select(deliveries))}


def reachable(db: Connection, *, phone: str | None = PHONE, email: str | None = EMAIL) -> Connection:
    """All channels are on, and the applicant has these addresses."""
    db.execute(update(users).where(users.c.login == "applicant").values(phone=phone, email=email))
    return db.execution_options(**{CHANNELS: EVERY_WAY})


def test_the_applicant_finds_what_happened_in_plain_words(
    desk: Connection, people: People, filed: str
) -> None:
    letter = Letter(7, "acceptance", "", "淄张审受〔2026〕1号", "受理通知书")
    tell(desk, happened(desk, filed), (letter,), NOW)
    (message,) = told(desk, filed, "accepted")
    assert (message.user_id, message.title) == (people["applicant"].id, "申请已受理")
    assert "招牌" in message.text and "《受理通知书》淄张审受〔2026〕1号" in message.text
    assert (message.link, message.read_at) == ("clock", None)
    assert "第三十二条" not in message.text  # it was not by silence


def test_an_acceptance_by_silence_says_so(desk: Connection, filed: str) -> None:
    tell(desk, happened(desk, filed, silent=True), (), NOW)
    assert "第三十二条" in told(desk, filed, "accepted")[0].text


def test_the_same_happening_is_told_once(desk: Connection, filed: str) -> None:
    db = reachable(desk)
    for _ in range(2):
        tell(db, happened(db, filed), (), NOW)
    assert len(told(db, filed, "accepted")) == 1
    assert len(db.execute(select(deliveries)).all()) == len(EVERY_WAY)


def test_two_of_a_kind_are_told_both(desk: Connection, filed: str) -> None:
    for label in ("平面图", "租赁合同"):
        tell(desk, happened(desk, filed, "later_promised", label=label, promised_on="2026-12-11"), (), NOW)
    first = replace(happened(desk, filed, "resumed"), values={"kind": "testing"})
    for seq in (1, 2):  # the log has gone on between them
        tell(desk, replace(first, case=replace(first.case, last_seq=first.case.last_seq + seq)), (), NOW)
    assert len(told(desk, filed, "later_promised")) == 2
    assert len(told(desk, filed, "resumed")) == 2


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (("signboard",), "申请的门店招牌设置已经受理"),
        (("signboard", "drainage", "food_operation", "fire_check"), "等 4 个事项已经受理"),
        (
            ("signboard", "drainage", "food_operation", "fire_check", "tobacco_retail"),
            "全部 5 个事项已经受理",
        ),
        ((), "全部事项已经受理"),
    ],
)
def test_few_items_are_named_and_many_are_counted(
    desk: Connection, filed: str, items: tuple[str, ...], says: str
) -> None:
    tell(desk, replace(happened(desk, filed), items=items), (), NOW)
    assert says in told(desk, filed, "accepted")[0].text


def test_what_is_told_to_nobody_leaves_no_message(desk: Connection, filed: str) -> None:
    tell(desk, happened(desk, filed, "ended", status="granted"), (), NOW)
    assert told(desk, filed, "ended") == []


def test_without_channels_a_message_stays_in_the_house(desk: Connection, filed: str) -> None:
    tell(desk, happened(desk, filed), (), NOW)
    assert ways(desk) == {}


def test_a_message_takes_every_way_that_is_on_and_leads_to_the_person(desk: Connection, filed: str) -> None:
    db = reachable(desk)
    tell(db, happened(db, filed), (), NOW)
    assert ways(db) == {"console": "", "smtp": EMAIL, "sms": PHONE}
    short = db.execute(select(deliveries.c.words).where(deliveries.c.channel == "sms")).scalar_one()
    assert filed in short and "招牌" not in short


def test_nobody_is_sent_a_message_without_an_address(desk: Connection, filed: str) -> None:
    db = reachable(desk, phone="", email=None)
    tell(db, happened(db, filed), (), NOW)
    assert ways(db) == {"console": ""}


def test_what_has_no_short_form_goes_out_by_mail_only(desk: Connection, filed: str) -> None:
    db = reachable(desk)
    tell(db, happened(db, filed, "corrected", round=1), (), NOW)
    assert set(ways(db)) == {"console", "smtp"}


def test_each_delivery_has_its_job_and_both_go_with_a_rollback(town: Engine, people: People) -> None:
    number = file_case(town, people)
    with town.begin() as db:
        before = db.execute(select(messages.c.id)).all()
        db.execute(text("delete from procrastinate_jobs"))
    with town.connect() as plain:
        db = reachable(plain)
        tell(db, happened(db, number), (), NOW)
        jobs = text("select (args ->> 'delivery_id')::bigint from procrastinate_jobs where task_name = :task")
        queued = set(db.execute(jobs, {"task": "send_delivery"}).scalars())
        assert queued == set(db.execute(select(deliveries.c.id)).scalars()) and len(queued) == 3
        db.rollback()
    with town.connect() as db:
        assert db.execute(select(messages.c.id)).all() == before
        assert db.execute(select(deliveries)).all() == []
        assert db.execute(text("select count(*) from procrastinate_jobs")).scalar_one() == 0


def test_an_office_is_told_by_the_same_means(desk: Connection, people: People, filed: str) -> None:
    message = Message("overdue", "任务已到期", "请尽快办理。", link="office")
    case = case_of(desk, filed)
    first = tell_user(desk, people["window"].id, case.id, message, "task-1", NOW)
    assert first is not None
    assert tell_user(desk, people["window"].id, case.id, message, "task-1", NOW) is None
    (row,) = told(desk, filed, "overdue")
    assert (row.user_id, row.link) == (people["window"].id, "office")
