"""Photos reach a visit whole or not at all, and are shown only to those who may see the visit."""

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.web.conftest import Site
from tests.web.inspect.conftest import Visit
from tests.web.inspect.test_phone import JSON, state


def jpeg(shade: int = 90) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (320, 240), (shade, 120, 90)).save(made, "JPEG")
    return made.getvalue()


def send(
    browser: FlaskClient, visit: Visit, content: bytes, name: str = "IMG.jpg", **other: str
) -> TestResponse:
    sha256, now = hashlib.sha256(content).hexdigest(), datetime.now(UTC).isoformat()
    data: dict[str, Any] = {"id": f"photo-{sha256[:12]}", "point": "", "sha256": sha256}
    data |= {"taken_at": now, "sent_at": now, **other, "photo": (io.BytesIO(content), name)}
    headers = {**JSON, "X-CSRFToken": state(browser, visit)["csrf"]}
    return browser.post(f"{visit.page}/photos", data=data, headers=headers)


def test_the_answer_is_the_hash_of_what_was_kept_also_the_second_time(site: Site, visit: Visit) -> None:
    browser, content = site.signed_in("market"), jpeg()
    answers = [send(browser, visit, content).get_json() for _ in range(2)]
    assert [each["state"] for each in answers] == ["kept", "known"]
    assert {each["sha256"] for each in answers} == {hashlib.sha256(content).hexdigest()}
    whole = browser.get(f"{visit.page}/photos/{answers[0]['id']}?size=full")
    assert whole.data == content and whole.headers["X-Content-Type-Options"] == "nosniff"
    small = browser.get(f"{visit.page}/photos/{answers[0]['id']}")
    assert small.mimetype == "image/jpeg" and small.data != content
    assert site.signed_in("urban").get(f"{visit.page}/photos/{answers[0]['id']}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"no picture", "IMG.jpg", "内容与扩展名不一致"),
        (b"%PDF-1.7\n%%EOF", "IMG.pdf", "不是照片"),
        (b"", "../../IMG.jpg", "“IMG.jpg”是空的"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    site: Site, visit: Visit, content: bytes, name: str, says: str
) -> None:
    answer = send(site.signed_in("market"), visit, content, name)
    assert answer.status_code == 422 and says in answer.get_json()["says"]


def test_a_photo_damaged_on_its_way_is_not_confirmed(site: Site, visit: Visit) -> None:
    answer = send(site.signed_in("market"), visit, jpeg(7), sha256="0" * 64).get_json()
    assert answer["state"] == "refused" and answer["sha256"] == hashlib.sha256(jpeg(7)).hexdigest()


def test_a_clock_wrong_by_a_year_and_a_place_far_away_are_kept_and_shown(site: Site, visit: Visit) -> None:
    browser = site.signed_in("market")
    wrong = {"taken_at": "2025-01-01T08:00:00Z", "sent_at": "2025-01-01T09:00:00Z"}
    send(browser, visit, jpeg(11), latitude="39.9", longitude="116.4", accuracy="20", **wrong)
    for shade in (12, 13):
        send(browser, visit, jpeg(shade), latitude="36.8", longitude="118.05", accuracy="20")
    page = browser.get(visit.page).text
    assert "位置偏远" in page and "时间已校正" in page and "2025年" not in page
