"""Without scripts the page is a plain form: results, photos, and signatures on paper."""

import io
import re

from flask.testing import FlaskClient

from engine.database import transaction
from engine.inspections.sheet import read_sheet
from engine.inspections.view import SheetView
from tests.web.conftest import Site, post, token
from tests.web.inspect.conftest import Visit
from tests.web.inspect.test_phone import points
from tests.web.inspect.test_photos import jpeg


def test_what_does_not_pass_is_shown_again_and_the_rest_is_kept(site: Site, visit: Visit) -> None:
    browser, own = site.signed_in("market"), points(site, visit, "market")
    form = {f"result-{own[0]}": "pass", f"result-{own[1]}": "fail", f"words-{own[1]}": " "}
    answer = post(browser, visit.page, visit.page, **form)
    assert answer.status_code == 422 and "没有写明情况" in answer.text
    assert re.search(rf'name="result-{own[1]}" value="fail"[^>]* checked', answer.text)
    assert "<title>错误：" in answer.text
    again = post(browser, visit.page, visit.page, **{**form, f"words-{own[1]}": "没有挡鼠板。"})
    assert again.status_code == 303
    kept = {each.point.id: each.result for each in sheet(site, visit).points}
    assert kept[own[0]] == "pass" and kept[own[1]] == "fail"


def test_words_without_a_result_are_asked_about_and_not_lost(site: Site, visit: Visit) -> None:
    browser, own = site.signed_in("market"), points(site, visit, "market")
    answer = post(browser, visit.page, visit.page, **{f"words-{own[0]}": "水池只有一个。"})
    assert answer.status_code == 422 and "没有选结果" in answer.text and "水池只有一个。" in answer.text
    form = {f"words-{own[0]}": "水池只有一个。", f"result-{own[0]}": "na"}
    assert post(browser, visit.page, visit.page, **form).status_code == 303
    assert {each.result for each in sheet(site, visit).points if each.point.id == own[0]} == {"na"}


def test_a_form_sent_twice_adds_nothing(site: Site, visit: Visit) -> None:
    browser, own = site.signed_in("fire"), points(site, visit, "fire")
    for _ in range(2):
        assert post(browser, visit.page, visit.page, **{f"result-{own[0]}": "na"}).status_code == 303
    assert "没有改动" in browser.get(visit.page).text


def test_a_signature_on_paper_needs_the_tick_and_the_photo_and_then_holds(site: Site, visit: Visit) -> None:
    browser, own = site.signed_in("fire"), points(site, visit, "fire")
    post(browser, visit.page, visit.page, **{f"result-{own[0]}": "pass"})
    assert "请先在纸上签名" in sign(browser, visit, {})
    assert "请先选择文件" in sign(browser, visit, {"confirmed": "1"})
    sign(browser, visit, {"confirmed": "1"}, jpeg(3))
    [signer] = [each for each in sheet(site, visit).signers if each.person == site.people["fire"].id]
    assert signer.state == "signed" and sheet(site, visit).photo(signer.paper) is not None
    assert "（在纸上）" in browser.get(visit.page).text


def test_a_photo_of_a_plain_form_says_what_is_wrong_at_its_point(site: Site, visit: Visit) -> None:
    browser, [first, *_] = site.signed_in("market"), points(site, visit, "market")
    page = browser.get(visit.page)
    data = {"csrf_token": token(page), "point": first, "photo": (io.BytesIO(b"text"), "a.jpg")}
    answer = browser.post(f"{visit.page}/photos", data=data)
    assert answer.status_code == 422 and f'href="#words-{first}"' in answer.text


def sign(browser: FlaskClient, visit: Visit, form: dict[str, str], photo: bytes = b"") -> str:
    page = browser.get(visit.page)
    covers = re.search(r'name="covers" value="([^"]*)"', page.text)
    assert covers
    data = {"csrf_token": token(page), "covers": covers[1], **form}
    file = {"photo": (io.BytesIO(photo), "paper.jpg")} if photo else {}
    return browser.post(f"{visit.page}/sign/signature", data={**data, **file}).text


def sheet(site: Site, visit: Visit) -> SheetView:
    with transaction(site.engine) as db:
        return read_sheet(db, visit.id)
