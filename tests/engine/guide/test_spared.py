"""What an industry spares an applicant: not asked for, with the reason, and only while it holds."""

from datetime import date
from pathlib import Path

import pytest

from engine.catalogue import Answer, Catalogue
from engine.files import read_folder
from engine.guide import GuideResult, result
from forms.mistakes import Mistakes
from forms.source import Files

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 22)
IN_A_VILLAGE: dict[str, Answer] = {
    "district": "370303",
    "place": "village",
    "area": 300,
    "storeys": 2,
    "rooms": 8,
    "central_air": False,
    "meals": False,
    "signboard": False,
}
SENTENCE = "申请卫生许可不用交检测报告"


@pytest.fixture(scope="module")
def files() -> Files:
    return read_folder(ROOT)


def notice(files: Files, **answers: Answer) -> GuideResult:
    catalogue = Catalogue.read(files, "homestay")
    questions = {each.id for each in catalogue.questions}
    told = {key: value for key, value in {**IN_A_VILLAGE, **answers}.items() if key in questions}
    return result(catalogue, told, TODAY)


def materials(found: GuideResult) -> set[str]:
    return {each.material.id for each in found.materials}


def test_a_small_homestay_is_not_asked_for_a_fire_opinion_that_nobody_gives_it(files: Files) -> None:
    found = notice(files)
    assert {"fire_opinion", "hygiene_test"} & materials(found) == set()
    assert {each.material.id for each in found.spared} == {"fire_opinion", "hygiene_test"}
    assert any(SENTENCE in each.why for each in found.spared)


def test_what_was_spared_is_asked_again_when_the_reason_is_gone(files: Files) -> None:
    found = notice(files, central_air=True)
    assert "hygiene_test" in materials(found)
    assert "hygiene_test" not in {each.material.id for each in found.spared}


def test_a_spared_material_counts_nowhere(files: Files) -> None:
    assert notice(files, central_air=True).before_merge == notice(files).before_merge + 1


def test_only_what_the_items_ask_for_can_be_spared(files: Files) -> None:
    path = "processes/homestay/industry.yaml"
    broken = {**files, path: files[path].replace("material: hygiene_test", "material: hygene_test")}
    with pytest.raises(Mistakes) as found:
        Catalogue.read(broken, "homestay")
    (mistake,) = found.value.mistakes
    assert (mistake.file, "hygiene_test" in mistake.do) == (path, True)
