"""The summary says what is lacking, and ends a visit once however often it is asked to."""

from engine.database import transaction
from tests.web.conftest import Site, post
from tests.web.inspect.conftest import Visit
from tests.web.visits import CORRIDOR, MICE, _note


def test_what_is_lacking_is_said_and_the_visit_goes_on(site: Site, visit: Visit) -> None:
    browser = site.signed_in("market")
    page = browser.get(f"{visit.page}/summary").text
    assert "还没有结果" in page and "两名以上工作人员签名" in page and "申请人一方还没有签名" in page
    answer = post(browser, visit.page, f"{visit.page}/close", note="")
    assert answer.status_code == 422 and "结束前还要做" in answer.text


def test_a_visit_ends_once_with_one_deadline(site: Site, visit: Visit) -> None:
    with transaction(site.engine) as db:
        _note(db, site.people, visit.id, (MICE, CORRIDOR))
    browser, summary, close = site.signed_in("market"), f"{visit.page}/summary", f"{visit.page}/close"
    assert 'name="rectify_days"' in browser.get(summary).text
    wrong = post(browser, summary, close, rectify_days="十天", note="总体尚可。")
    assert wrong.status_code == 422 and "例如 10" in wrong.text and "总体尚可。" in wrong.text
    for _ in range(2):
        assert post(browser, visit.page, close, rectify_days="5", note="总体尚可。").status_code == 303
    assert "踏勘已结束" in browser.get(summary).text
