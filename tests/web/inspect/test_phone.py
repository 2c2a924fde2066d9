"""What the script on a phone asks and sends: always with a fresh token, each entry answered for itself."""

from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient

from engine.database import transaction
from tests.engine.inspections.visiting import found, points_of_office
from tests.web.conftest import Site
from tests.web.inspect.conftest import Visit

JSON = {"Accept": "application/json"}


def state(browser: FlaskClient, visit: Visit) -> dict[str, Any]:
    answer = browser.get(f"{visit.page}/state.json", headers=JSON)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def send(browser: FlaskClient, visit: Visit, token: str, *entries: object) -> Any:
    sent = {"device": "phone-one", "sent_at": datetime.now(UTC).isoformat(), "entries": entries}
    headers = {**JSON, "X-CSRFToken": token}
    return browser.post(f"{visit.page}/sync", json=sent, headers=headers)


def points(site: Site, visit: Visit, department: str) -> list[str]:
    with transaction(site.engine) as db:
        return points_of_office(db, visit.id, department)


def test_what_is_sent_twice_is_kept_once_and_the_others_see_it(site: Site, visit: Visit) -> None:
    browser, [first, *_] = site.signed_in("market"), points(site, visit, "market")
    before = state(browser, visit)
    entry = found("kept-one", first, "fail", "地面<积水>。", before["edit"] + 1)
    answers = [send(browser, visit, before["csrf"], entry).get_json()["answers"] for _ in range(2)]
    assert [each[0]["state"] for each in answers] == ["kept", "known"]
    now = state(site.signed_in("fire"), visit)
    assert "地面&lt;积水&gt;。" in now["html"]["others"][first]
    assert now["edit"] == before["edit"] + 1 and now["mine"] == {}


def test_a_refused_entry_says_why_and_the_others_are_kept(site: Site, visit: Visit) -> None:
    browser, own, others = (
        site.signed_in("market"),
        points(site, visit, "market"),
        points(site, visit, "fire"),
    )
    token = state(browser, visit)["csrf"]
    sent = (found("good-one", own[1]), found("not-ours", others[0]), found("no-words", own[2], "fail"))
    answers = send(browser, visit, token, *sent).get_json()["answers"]
    assert [each["state"] for each in answers] == ["kept", "refused", "refused"]
    assert "其他部门" in answers[1]["says"] and "没有写明情况" in answers[2]["says"]


def test_errors_are_words_that_a_script_can_show(site: Site, visit: Visit) -> None:
    browser = site.signed_in("market")
    token = state(browser, visit)["csrf"]
    headers = {**JSON, "X-CSRFToken": token}
    nonsense = browser.post(f"{visit.page}/sync", data="no json", headers=headers)
    assert nonsense.status_code == 422 and "还在手机里" in nonsense.get_json()["says"]
    old = browser.post(f"{visit.page}/sync", json={"entries": []}, headers={**JSON, "X-CSRFToken": "old"})
    assert old.status_code == 400 and old.get_json()["says"]
    stranger = site.signed_in("urban").get(f"{visit.page}/state.json", headers=JSON)
    assert stranger.status_code == 404 and "没有找到" in stranger.get_json()["says"]
    nobody = site.browser().get(f"{visit.page}/state.json", headers=JSON)
    assert nobody.status_code == 303
