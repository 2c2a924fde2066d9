"""Every error is a page that says what happened and what to do, whatever went wrong."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy.exc import DataError

from engine import errors
from engine.settings import Settings
from web.app import create_app


@pytest.fixture(scope="module")
def app() -> Flask:
    """An application whose pages raise, each its own error; its database answers nobody."""
    unreachable = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    app = create_app(Settings(database_url=unreachable, secret_key="k" * 40, base_url="http://localhost"))
    raised: dict[str, Exception] = {
        "missing": errors.NotFound("没有这份材料。", "请返回材料页。"),
        "forbidden": errors.NotAllowed(),
        "faster": errors.Conflict(
            title="审查食品经营条件", who="李经办", what="agree", at=datetime(2026, 11, 22, 1, 5, tzinfo=UTC)
        ),
        "invalid": errors.Invalid({"area": "不能是负数。"}),
        "incomplete": errors.Incomplete(("subject",)),
        "moved": errors.CaseMoved(),
        "bug": RuntimeError("the password is hunter2"),
    }
    for name, error in raised.items():
        app.add_url_rule(f"/raise/{name}", name, _raiser(error))
    unheld = DataError("select 1", None, ValueError("张三丰"))
    app.add_url_rule("/v/<public_id>/<token>/fault", "fault", _raiser(raised["bug"]))
    app.add_url_rule("/v/<public_id>/<token>/refused", "refused", _raiser(unheld))
    return app


def _raiser(error: Exception) -> Callable[..., str]:
    def view(**_parts: str) -> str:
        raise error

    return view


def ask(app: Flask, path: str) -> tuple[int, str]:
    answer = app.test_client().get(path)
    return answer.status_code, answer.text


def test_a_refusal_says_what_happened_and_what_helps(app: Flask) -> None:
    status, page = ask(app, "/raise/missing")
    assert status == 404 and "没有这份材料" in page and "请返回材料页。" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [("forbidden", 403), ("invalid", 422), ("incomplete", 422), ("moved", 409), ("faster", 409)],
)
def test_each_refusal_has_its_status(app: Flask, path: str, status: int) -> None:
    assert ask(app, f"/raise/{path}")[0] == status


def test_a_conflict_names_who_did_what_when_in_beijing_time(app: Flask) -> None:
    page = ask(app, "/raise/faster")[1]
    assert "审查食品经营条件" in page and "同意" in page
    assert "李经办" in page and "2026年11月22日 09:05" in page


def test_a_fault_gives_a_reference_and_no_detail(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    status, page = ask(app, "/raise/bug")
    reference = next(word for word in caplog.text.split() if word.startswith("E-"))
    assert status == 500 and reference in page and "hunter2" not in page


@pytest.mark.parametrize(("end", "status"), [("fault", 500), ("refused", 400)])
def test_the_log_names_the_rule_of_an_address_and_no_person(
    app: Flask, caplog: pytest.LogCaptureFixture, end: str, status: int
) -> None:
    """The token in a certificate's address states the name of its representative."""
    assert ask(app, f"/v/aaaaaaaaaa/AEAIQAKOFXIRUP3J/{end}")[0] == status
    assert f"/v/<public_id>/<token>/{end}" in caplog.text
    assert "AEAIQAKOFXIRUP3J" not in caplog.text and "张三丰" not in caplog.text


def test_a_database_that_is_down_is_a_fault_with_a_page(app: Flask) -> None:
    status, page = ask(app, "/industries")
    assert status == 500 and "故障编号" in page


def test_readiness_fails_without_a_database_and_liveness_does_not(app: Flask) -> None:
    assert ask(app, "/healthz/live")[0] == 200
    assert ask(app, "/healthz/ready")[0] == 503


def test_an_unknown_address_is_a_page(app: Flask) -> None:
    status, page = ask(app, "/no/such/page")
    assert status == 404 and "回到首页" in page


def test_ten_megabytes_of_text_are_refused_with_a_page(app: Flask) -> None:
    answer = app.test_client().post("/track", data={"number": "长" * 3_500_000})
    assert answer.status_code == 413 and "返回" in answer.text


def test_a_wrong_method_is_a_page(app: Flask) -> None:
    assert app.test_client().post("/help").status_code in (400, 405)
