"""An item has a version for each law there was: every day has its own, and what is wrong in one is named."""

from datetime import date

import pytest

from engine.catalogue import Catalogue
from engine.catalogue.versions import read_item
from engine.files import Files
from forms.mistakes import Mistake

PATH = "processes/items/tobacco_retail.yaml"
TODAY = "effective_from: 2016-07-20\n"
OLD = "{effective_from: 2010-01-01, statutory_days: 30, renewal: null}"
NEW = "{effective_from: 2018-03-01}"


def with_versions(files: Files, *versions: str) -> Files:
    written = "\n".join(f"  - {each}" for each in versions)
    assert TODAY in files[PATH]
    return {**files, PATH: files[PATH].replace(TODAY, f"versions:\n{written}\n")}


@pytest.fixture
def changed(files: Files) -> Catalogue:
    """The restaurant, with another law for tobacco before March 2018 and none before 2010."""
    return Catalogue.read(with_versions(files, OLD, NEW), "restaurant")


def found(files: Files, *versions: str) -> tuple[Mistake, ...]:
    return read_item(PATH, with_versions(files, *versions)[PATH])[2]


def test_each_day_has_the_law_that_was_in_force(changed: Catalogue) -> None:
    days = {
        day: changed.as_of(day).item("tobacco_retail").statutory_days
        for day in (date(2010, 1, 1), date(2018, 2, 28), date(2018, 3, 1), date(2026, 11, 22))
    }
    assert list(days.values()) == [30, 30, 20, 20]


def test_a_version_says_only_what_was_different(changed: Catalogue) -> None:
    old, new = (changed.as_of(day).item("tobacco_retail") for day in (date(2012, 1, 1), date(2026, 1, 1)))
    assert old.renewal is None and new.renewal is not None
    assert (old.name, old.checklist, old.materials) == (new.name, new.checklist, new.materials)


def test_an_item_is_not_applied_for_before_it_came_into_force(changed: Catalogue) -> None:
    before = changed.as_of(date(2009, 12, 31))
    assert "tobacco_retail" not in before.items
    assert "tobacco_retail" not in [entry.id for entry in before.industry.items]
    assert "tobacco_retail" in [entry.id for entry in changed.industry.items]


def test_days_under_the_same_law_share_one_catalogue(changed: Catalogue) -> None:
    assert changed.as_of(date(2018, 4, 1)) is changed.as_of(date(2018, 5, 1))
    assert changed.as_of(date(2018, 2, 1)) is not changed.as_of(date(2018, 5, 1))
    before_all = changed.as_of(date(1990, 1, 1))
    assert before_all.as_of(date(2018, 4, 1)) is changed.as_of(date(2018, 4, 1)), "from whatever day one asks"


def test_without_a_day_the_newest_law_holds(changed: Catalogue) -> None:
    assert changed.item("tobacco_retail").statutory_days == 20
    assert changed.item("tobacco_retail").effective_from == date(2018, 3, 1)


def test_a_misspelt_key_of_a_version_is_named_with_the_nearest(files: Files) -> None:
    (mistake,) = found(files, "{effective_from: 2010-01-01, statutory_day: 30}", NEW)
    assert mistake.element.startswith("versions.0.statutory_day 行 ")
    assert mistake.do == "您是不是要写“statutory_days”？"


@pytest.mark.parametrize("key", ["id: other", "marks: {}", "versions: []"])
def test_what_no_law_changes_is_no_key_of_a_version(files: Files, key: str) -> None:
    (mistake,) = found(files, f"{{effective_from: 2010-01-01, {key}}}", NEW)
    assert mistake.element.startswith(f"versions.0.{key.partition(':')[0]} 行 ")


def test_a_version_obeys_the_rules_of_an_item(files: Files) -> None:
    (mistake,) = found(files, "{effective_from: 2010-01-01, statutory_days: 3}", NEW)
    assert mistake.element.startswith("versions.0") and "法定时限" in mistake.says


def test_versions_stand_from_the_oldest_to_the_newest(files: Files) -> None:
    (mistake,) = found(files, NEW, OLD)
    assert mistake.element.startswith("versions.1.effective_from 行 ") and "从早到晚" in mistake.says


def test_every_version_says_from_when_it_holds(files: Files) -> None:
    (mistake,) = found(files, "{statutory_days: 30}", NEW)
    assert mistake.element.startswith("versions.0") and mistake.do == "请补上。"


def test_an_item_has_its_day_in_one_place(files: Files) -> None:
    twice = {**files, PATH: with_versions(files, NEW)[PATH] + TODAY}
    assert any("effective_from" in each.element for each in read_item(PATH, twice[PATH])[2])
    never = files[PATH].replace(TODAY, "")
    assert any("effective_from" in each.element for each in read_item(PATH, never)[2])
    empty = files[PATH].replace(TODAY, "versions: []\n")
    assert read_item(PATH, empty)[2] != ()
