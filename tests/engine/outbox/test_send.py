"""What is queued goes out on its channel: once, again when it failed, never when it was rolled back."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from engine.database import transaction
from engine.deployments import current
from engine.happenings import Happened
from engine.outbox.channels import channels
from engine.outbox.send import ATTEMPTS, GRACE, Failure, failures, queue_lost, retry_failed, sender
from engine.outbox.tell import tell
from engine.tables import deliveries
from engine.worker import work, worker_app
from tests.engine.clerks import case_of
from tests.engine.outbox.conftest import EMAIL, PHONE, SITE, TOKEN, Outbox
from tests.engine.outbox.outside import Outside, running
from tests.filing import INDUSTRY, NOW


def run_worker(outbox: Outbox) -> None:
    """A worker as `onepermit worker` runs it, until nothing is left to do now."""
    url = outbox.engine.url.render_as_string(hide_password=False)
    send = sender(channels(outbox.settings, outbox.console), outbox.settings.base_url)

    def render(*_: object) -> None:
        raise AssertionError("nothing is printed here")

    def pass_time(*_: object) -> None:
        """Nothing happens by itself here."""

    asyncio.run(work(worker_app(url, outbox.engine, render, send, render, pass_time), wait=False))


def jobs(outbox: Outbox) -> int:
    with outbox.engine.connect() as db:
        waiting = "select count(*) from procrastinate_jobs where task_name = 'send_delivery'"
        return int(db.execute(text(waiting)).scalar_one())


def test_a_mail_says_what_is_to_be_done_and_where(outbox: Outbox, mail_server: Outside) -> None:
    outbox.say()
    assert outbox.send("smtp") == []
    (mail,) = mail_server.received
    assert (mail["to"], mail["from"], mail["subject"]) == (EMAIL, "notice@permit.example", "请补正申请材料")
    assert "有 2 处要补正。" in mail["text"]
    assert f"{SITE}/cases/{outbox.number}/correction" in mail["text"]
    assert mail["message-id"].endswith("@permit.example>")
    (row,) = outbox.deliveries("smtp")
    assert (row.state, row.attempts, row.error, row.sent_at) == ("sent", 1, "", NOW)


def test_a_short_message_goes_to_the_gateway_with_its_token(outbox: Outbox, gateway: Outside) -> None:
    outbox.say()
    assert outbox.send("sms") == []
    (got,) = gateway.received
    assert (got["to"], got["text"]) == (PHONE, "您的申请有 2 处要补正。")
    assert (got["path"], got["authorization"]) == ("/send?as=json", f"Bearer {TOKEN}")


def test_the_console_names_the_message_and_no_person(outbox: Outbox) -> None:
    outbox.say()
    assert outbox.send("console") == []
    (row,) = outbox.deliveries("console")
    assert outbox.lines() == [{"message": row.message_id, "kind": "correction_asked", "case": outbox.number}]


def test_what_has_gone_out_does_not_go_out_again(outbox: Outbox, mail_server: Outside) -> None:
    outbox.say()
    for _ in range(3):
        outbox.send("smtp")
    assert len(mail_server.received) == 1


def test_a_gateway_that_fails_three_times_gets_the_same_id_each_time(
    outbox: Outbox, gateway: Outside
) -> None:
    outbox.say()
    gateway.fail_with(500)
    for tried in (1, 2, 3):
        assert outbox.send("sms") == ["短信网关应答 500"]
        (row,) = outbox.deliveries("sms")
        assert (row.state, row.attempts, row.error) == ("queued", tried, "短信网关应答 500")
    gateway.recover()
    assert outbox.send("sms") == []
    assert [each["answered"] for each in gateway.received] == [500, 500, 500, 200]
    assert len({each["id"] for each in gateway.received}) == 1
    (row,) = outbox.deliveries("sms")
    assert (row.state, row.attempts, row.error) == ("sent", 4, "")


def test_a_gateway_that_sends_elsewhere_has_not_taken_the_message(outbox: Outbox, gateway: Outside) -> None:
    outbox.say()
    gateway.fail_with(302)
    assert outbox.send("sms") == ["短信网关应答 302"]
    assert len(gateway.received) == 1


def test_a_mail_server_that_is_down_gets_the_mail_once_it_is_up(
    outbox: Outbox, mail_server: Outside, tmp_path: Path
) -> None:
    outbox.say()
    with running("smtp", tmp_path / "other") as other:
        gone = other.port
    url = outbox.settings.smtp_url.replace(str(mail_server.port), str(gone))
    outbox.settings = type(outbox.settings)(base_url=SITE, smtp_url=url)
    assert outbox.send("smtp") == ["邮件服务器没有收下（ConnectionRefusedError）"]
    with running("smtp", tmp_path / "other", gone) as other:
        assert outbox.send("smtp") == []
        assert outbox.send("smtp") == []
        assert [mail["to"] for mail in other.received] == [EMAIL]


def test_what_a_server_says_of_an_address_is_kept_without_the_address(
    outbox: Outbox, mail_server: Outside
) -> None:
    outbox.say()
    mail_server.fail_with(550)
    assert outbox.send("smtp") == ["邮件服务器不收这个地址（550）"]
    (row,) = outbox.deliveries("smtp")
    assert EMAIL not in row.error


def test_a_server_without_encryption_gets_no_mail_unless_the_setting_says_so(
    outbox: Outbox, mail_server: Outside
) -> None:
    outbox.say()
    url = f"smtp://127.0.0.1:{mail_server.port}?from=notice@permit.example"
    outbox.settings = type(outbox.settings)(base_url=SITE, smtp_url=url)
    assert outbox.send("smtp") == ["邮件服务器没有收下（SMTPNotSupportedError）"]
    assert mail_server.received == []


def test_after_the_last_attempt_it_waits_for_somebody_who_asks_for_more(
    outbox: Outbox, gateway: Outside
) -> None:
    outbox.say()
    gateway.fail_with(503)
    for _ in range(ATTEMPTS):
        outbox.send("sms")
    (row,) = outbox.deliveries("sms")
    assert (row.state, row.attempts) == ("failed", ATTEMPTS)
    assert outbox.send("sms") == []  # nobody tries it any more
    with outbox.engine.connect() as db:
        assert failures(db, NOW) == (Failure("sms", 1, "短信网关应答 503"),)
        assert failures(db, NOW + timedelta(days=8)) == ()
    gateway.recover()
    before = jobs(outbox)
    with transaction(outbox.engine) as db:
        assert retry_failed(db, "sms", NOW) == 1
        assert retry_failed(db, "smtp", NOW) == 0
    (row,) = outbox.deliveries("sms")
    assert (row.state, row.attempts, jobs(outbox)) == ("queued", 0, before + 1)
    assert outbox.send("sms") == []
    assert [each["answered"] for each in gateway.received][-1] == 200


def test_a_channel_that_was_switched_off_meanwhile_keeps_what_waits(outbox: Outbox) -> None:
    outbox.say()
    outbox.settings = type(outbox.settings)(base_url=SITE)
    assert outbox.send("sms") == ["这个渠道没有开通"]
    assert outbox.deliveries("sms")[0].state == "queued"


def test_what_was_rolled_back_is_never_sent(outbox: Outbox, mail_server: Outside, gateway: Outside) -> None:
    with outbox.engine.connect() as db:
        happened = Happened("accepted", case_of(db, outbox.number), current(db, INDUSTRY), "system")
        tell(db, happened, (), NOW)
        assert db.execute(select(deliveries)).all() != []
        db.rollback()
    run_worker(outbox)
    assert (mail_server.received, gateway.received, outbox.lines()) == ([], [], [])


def test_the_worker_sends_on_every_channel(outbox: Outbox, mail_server: Outside, gateway: Outside) -> None:
    outbox.say()
    run_worker(outbox)
    assert [len(each) for each in (mail_server.received, gateway.received, outbox.lines())] == [1, 1, 1]
    assert jobs(outbox) == 0


def test_the_worker_tries_again_later_and_logs_no_address(
    outbox: Outbox, mail_server: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.say()
    mail_server.fail_with(550)
    with caplog.at_level(logging.DEBUG):
        run_worker(outbox)
    logged = caplog.text
    assert "邮件服务器不收这个地址（550）" in logged
    assert EMAIL not in logged and PHONE not in logged and TOKEN not in logged
    with outbox.engine.connect() as db:
        again = "select scheduled_at > now() from procrastinate_jobs where task_name = 'send_delivery'"
        assert db.execute(text(again)).scalars().all() == [True]


def test_what_lost_its_job_is_found_and_what_has_one_is_left_alone(outbox: Outbox) -> None:
    outbox.say()
    late = NOW + GRACE
    with transaction(outbox.engine) as db:
        assert queue_lost(db, late) == 0
        db.execute(text("delete from procrastinate_jobs"))
        assert queue_lost(db, late - timedelta(seconds=1)) == 0
        assert queue_lost(db, late) == 3
        assert queue_lost(db, late) == 0
        db.execute(text("delete from procrastinate_jobs"))
        db.execute(update(deliveries).values(state="failed"))
        assert queue_lost(db, late) == 0


@pytest.fixture(autouse=True)
def _nothing_from_filing(outbox: Outbox) -> Iterator[None]:
    """What filing the case said is of no interest here."""
    with transaction(outbox.engine) as db:
        db.execute(text("delete from deliveries"))
        db.execute(text("delete from procrastinate_jobs"))
    yield
