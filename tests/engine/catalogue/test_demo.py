"""The demo's people, subjects and cases fit the catalogue, the forms and each other."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.catalogue import Catalogue
from engine.files import Files
from engine.guide import next_question, result
from forms.clean import clean
from forms.codes import fault_in_id, fault_in_mobile, fault_in_uscc
from forms.inputs import Inputs, spread
from forms.library import FormLibrary
from forms.merge import ItemNeeds, merge

FOLDER = Path(__file__).parents[3] / "processes" / "demo"
PEOPLE, REGISTRY, CASES = (
    yaml.safe_load((FOLDER / f"{name}.yaml").read_text()) for name in ("people", "registry", "cases")
)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library(files: Files) -> FormLibrary:
    return FormLibrary.read(files)


@pytest.fixture(scope="module")
def catalogues(files: Files) -> Mapping[str, Catalogue]:
    """The catalogues of the industries that the cases are about."""
    return {name: Catalogue.read(files, name) for name in {case["industry"] for case in CASES["cases"]}}


def test_there_is_somebody_in_every_lane_of_one_district_and_of_the_city(restaurant: Catalogue) -> None:
    there = {
        (each["role"], each.get("department"), each.get("region"))
        for person in PEOPLE["people"]
        for each in person["memberships"]
    }
    for lane in restaurant.lanes.values():
        region = "370300" if lane.level == "city" else "370303"
        if lane.department or lane.role == "applicant":  # else it stands for the office of an item
            assert (lane.role, lane.department, region if lane.department else None) in there
    assert ("inspector", "approval", "370300") in there


def test_every_login_is_used_once() -> None:
    logins = [person["login"] for person in PEOPLE["people"]]
    assert len(logins) == len(set(logins))


@pytest.mark.parametrize("uscc", REGISTRY["subjects"])
def test_every_subject_has_sound_codes_and_the_values_that_forms_take(
    uscc: str, library: FormLibrary
) -> None:
    values = REGISTRY["subjects"][uscc]
    assert values["uscc"] == uscc
    assert fault_in_uscc(uscc) == "" == fault_in_id(values["legal_rep_id_no"], TODAY)
    assert "19000101" in values["legal_rep_id_no"], "nobody alive"
    shared = {field.shared for field in library.fields.values() if field.shared}
    assert set(values) == shared


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["title"])
def test_every_case_is_of_known_people_and_subjects_and_answers_the_guide(
    case: dict[str, Any], catalogues: Mapping[str, Catalogue], library: FormLibrary
) -> None:
    industry = catalogues[case["industry"]]
    assert case["applicant"] in {person["login"] for person in PEOPLE["people"]}
    assert case["subject"] in REGISTRY["subjects"]
    assert next_question(industry, case["answers"]) is None
    assert result(industry, case["answers"], TODAY).ineligible is None
    form = {**CASES["usual_form"], **case["form"]}
    assert set(form) <= set(library.fields)
    assert fault_in_mobile(form["phone"]) == ""


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["title"])
def test_every_case_fills_the_whole_form_without_a_mistake(
    case: dict[str, Any], catalogues: Mapping[str, Catalogue], library: FormLibrary
) -> None:
    industry = catalogues[case["industry"]]
    items = [entry.item for entry in result(industry, case["answers"], TODAY).items]
    needs = (ItemNeeds(item.id, item.name, item.form, str(item.basis[0]), item.materials) for item in items)
    known = REGISTRY["subjects"][case["subject"]] | industry.carried_over(case["answers"])
    values = known | CASES["usual_form"] | case["form"]
    context = {
        **values,
        "items": [item.id for item in items],
        "answers": case["answers"],
        "region": case["answers"]["district"],
        "regions": {region.code: region.name for region in industry.regions_open()},
    }
    for section in merge(library, needs).sections:
        inputs: Inputs = {}
        for one in section.fields:
            inputs |= spread(one.field, values.get(one.field.id))
        assert clean(section, inputs, today=TODAY, context=context).errors == {}
