"""What a phone has not kept yet is not called uploaded, not left unasked, and signed over by nobody."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.conftest import OpenBrowser
from tests.journeys.site import Site
from tests.journeys.test_unsettled import nobody_signs
from tests.journeys.visiting import PHONE, judge_own, open_visit, photo, point, sign, uploaded, visit_of_today

KITCHEN = "布局和流程合理，能防止生熟交叉污染"
# A phone that takes its time over a photo, until it is told to go on.
SLOW = """() => {
  const quick = window.createImageBitmap;
  const told = new Promise((resolve) => (window.goOn = resolve));
  window.createImageBitmap = async (...asked) => { await told; return quick(...asked); };
}"""
# One answer after the other, each while the phone asks the server: how often one was taken back.
CHANGED_BACK = """async (either) => {
  let back = 0;
  for (let turn = 0; turn < 24; turn += 1) {
    const chosen = either[turn % 2];
    const until = performance.now() + 120 + turn;
    window.dispatchEvent(new Event("online"));
    await new Promise((resolve) => setTimeout(resolve, turn % 12 * 3));
    chosen.click();
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve));
      back += chosen.checked ? 0 : 1;
    }
  }
  return back;
}"""
# A phone that keeps nothing new, until there is room again: a full one takes back each step.
FULL = """() => {
  const kept = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function () { this.transaction.abort(); };
  window.clean = () => { IDBObjectStore.prototype.put = kept; };
}"""


# What the foot of the page says from now on, one after the other.
WATCHED = """() => {
  const line = document.querySelector("[data-bar-words]");
  window.said = [line.textContent];
  const noted = () => window.said.push(line.textContent);
  new MutationObserver(noted).observe(line, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture
def page(site: Site, open_browser: OpenBrowser) -> Page:
    """The phone of an inspector who has a visit of today open, with nothing that waits."""
    page = open_browser("market", width=PHONE["width"])
    open_visit(page, visit_of_today(site)[1])
    uploaded(page)
    return page


def bar_says(page: Page, words: str) -> None:
    expect(page.locator("[data-bar-words]")).to_have_text(words)


def test_a_photo_that_is_being_made_smaller_is_not_called_uploaded(
    page: Page,
) -> None:
    page.evaluate(SLOW)
    card = point(page, KITCHEN)
    card.locator("input[type=file]").set_input_files(photo())
    bar_says(page, "正在存进手机……")
    expect(card.locator("[data-photo-said]")).to_have_text("正在处理照片……")
    page.evaluate("goOn()")
    expect(card.locator(".op-photo")).to_have_count(1)
    uploaded(page)
    expect(card.locator("[data-photo-said]")).to_be_empty()


def test_whoever_leaves_while_a_photo_is_not_kept_is_asked_first(
    page: Page,
) -> None:
    # a browser asks only whom it has seen touch the page
    point(page, KITCHEN).get_by_label("合格", exact=True).check()
    uploaded(page)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate(SLOW)
    point(page, KITCHEN).locator("input[type=file]").set_input_files(photo())
    bar_says(page, "正在存进手机……")
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload())")
    page.evaluate("goOn()")
    uploaded(page)
    assert asked == ["beforeunload"]
    page.reload()
    assert asked == ["beforeunload"]
    expect(point(page, KITCHEN).locator(".op-photo")).to_have_count(1)


def test_words_are_on_their_way_from_the_first_key(page: Page) -> None:
    card = point(page, KITCHEN)
    card.get_by_label("不合格", exact=True).check()
    bar_says(page, "1 项没有写完，写完才会上传")
    page.evaluate(WATCHED)
    card.get_by_label("说明").press_sequentially("生熟没有分开")
    uploaded(page)
    said = page.evaluate("said")
    assert said[1] == "正在存进手机……" and said.index("已全部上传") == len(said) - 1
    expect(card.locator("[data-said]")).to_have_text("已上传")


def test_a_finding_for_which_the_phone_has_no_room_is_said_not_signed_over_and_kept_once_there_is(
    page: Page,
) -> None:
    page.evaluate(FULL)
    card = point(page, KITCHEN)
    passes = card.get_by_label("合格", exact=True)
    passes.check()
    bar_says(page, "手机存储空间不足，有内容没有存进手机")
    expect(card.locator("[data-said]")).to_have_text(
        "手机存储空间不足，这一项没有存进手机。请清理后再选一次结果。"
    )
    expect(passes).to_be_checked()
    nobody_signs(page)
    page.evaluate("clean()")
    passes.click()
    uploaded(page)
    expect(card.locator("[data-said]")).to_have_text("已上传")
    expect(page.locator("[data-own-signature] canvas")).to_be_visible()


def test_a_signature_for_which_the_phone_has_no_room_stays_on_the_pad(
    page: Page,
) -> None:
    judge_own(page)
    uploaded(page)
    page.evaluate(FULL)
    box = page.locator("[data-own-signature]")
    sign(page, box, "确认签名")
    said = box.locator("[data-sign-said]")
    expect(said).to_have_text("手机存储空间不足，签名没有存进手机。请清理后再确认签名。")
    page.evaluate("clean()")
    box.get_by_role("button", name="确认签名", exact=True).click()
    expect(said).to_have_text("已签名，已上传。")


def test_what_was_chosen_stays_chosen_while_the_phone_sends_what_was_chosen_before(
    page: Page,
) -> None:
    card = point(page, KITCHEN)
    names = ("合格", "不适用")
    either = [card.get_by_label(name, exact=True).element_handle() for name in names]
    assert page.evaluate(CHANGED_BACK, either) == 0
    uploaded(page)
    expect(card.locator("[data-said]")).to_have_text("已上传")
