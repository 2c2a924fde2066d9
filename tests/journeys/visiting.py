"""What inspectors do with a phone in one hand: open a visit, judge, take photos, sign."""

import io
from datetime import UTC, datetime

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect
from sqlalchemy import update

from engine.database import transaction
from engine.days import local_day
from engine.tables import inspections
from tests.engine.clerks import carry
from tests.filing import EVERYTHING, file_case
from tests.journeys.site import Site
from tests.web.visits import answer, arrange, take_first

PHONE = {"width": 390, "height": 844}
TWO_ITEMS = {**EVERYTHING, "greasy_water": False, "tobacco": False, "signboard": False}
TEAM = {"food_operation": "market", "fire_check": "fire"}  # of each item, who looks at it


def visit_of_today(site: Site) -> tuple[str, int]:
    """A restaurant of two items whose visit by two inspectors is today: its number and the visit."""
    number = file_case(site.engine, site.people, TWO_ITEMS)
    carry(site.engine, site.people, number, until="arrange")
    visit, now = arrange(site.engine, site.people, number), datetime.now(UTC)
    take_first(site.engine, site.people, number)
    for item, who in TEAM.items():
        said = {"answer": "agreed", "inspectors": str(site.people[who].id)}
        answer(site.engine, site.people, number, item, said)
    with transaction(site.engine) as db:
        day = local_day(now)
        db.execute(update(inspections).where(inspections.c.id == visit).values(day=day))
    return number, visit


def open_visit(page: Page, visit: int) -> None:
    """From the list of the day, which the phone keeps, to the visit."""
    page.set_viewport_size(PHONE)
    page.goto("/inspect")
    expect(page.locator("[data-kept]")).to_be_visible()
    page.locator(f"a[href='/inspect/{visit}']").click()
    expect(page.locator("[data-bar-words]")).not_to_be_empty()


def point(page: Page, title: str) -> Locator:
    """The card of one point."""
    return page.locator("article").filter(has=page.get_by_role("heading", name=title))


def judge_own(page: Page, result: str = "合格") -> int:
    """The same result for every point of one's own part that has none yet; how many there are."""
    own = page.locator("section").filter(has=page.get_by_role("heading", name="我的部分")).locator("article")
    for number in range(own.count()):
        if not own.nth(number).locator("input:checked").count():
            own.nth(number).get_by_label(result, exact=True).check()
    return own.count()


def fail(page: Page, title: str, words: str, photos: int = 0) -> None:
    """A point that is not as it should be, with words and photos."""
    card = point(page, title)
    card.get_by_label("不合格", exact=True).check()
    card.get_by_label("说明").fill(words)
    card.get_by_label("说明").blur()
    if photos:
        card.locator("input[type=file]").set_input_files([photo(number) for number in range(photos)])
        expect(card.locator(".op-photo")).to_have_count(photos)


def sign(page: Page, box: Locator, button: str) -> None:
    """Draw on the pad and confirm."""
    canvas = box.locator("canvas")
    canvas.scroll_into_view_if_needed()
    at = canvas.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 40, at["y"] + 50)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(at["x"] + 40 + step * 20, at["y"] + 50 + (step % 3) * 40)
    page.mouse.up()
    box.get_by_role("button", name=button, exact=True).click()


def uploaded(page: Page) -> None:
    """Everything on the phone has reached the server."""
    expect(page.locator("[data-bar-words]")).to_have_text("已全部上传")


def photo(number: int = 0) -> FilePayload:
    """A large photo as a phone takes it, each one another."""
    made = io.BytesIO()
    Image.new("RGB", (2400, 1800), (60 + number * 40, 120, 90)).save(made, "JPEG")
    return FilePayload(name=f"IMG_{number}.jpg", mimeType="image/jpeg", buffer=made.getvalue())
