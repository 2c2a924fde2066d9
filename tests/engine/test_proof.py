"""The merge proves itself: what is asked has its items and laws, and nothing falls away unsaid."""

from datetime import date
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.material import APPLICANT
from engine.deployments import Deployment, unpublished
from engine.files import industries_in
from engine.proof import Proof, prove
from tests.filing import NOW, files

ON = date(2026, 11, 23)


@cache
def deployed(industry: str) -> Deployment:
    return unpublished(files(), industry, NOW)


@st.composite
def proofs(draw: st.DrawFn) -> Proof:
    """The proof for some items of an industry."""
    deployment = deployed(draw(st.sampled_from(industries_in(files()))))
    items = sorted(deployment.catalogue.items)
    chosen = draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    return prove(deployment, chosen, ON)


@given(proofs())
def test_every_material_has_its_items_with_their_laws(proof: Proof) -> None:
    for each in proof.materials:
        assert {reason.item for reason in each.reasons} == set(each.merged.items)
        assert each.reasons and all(reason.law for reason in each.reasons)


@given(proofs())
def test_what_falls_away_without_an_item_was_needed_by_it_alone(proof: Proof) -> None:
    asked = {one.field.id: {reason.item for reason in one.reasons} for one in proof.merged.form.fields()}
    needed = {each.merged.material.id: set(each.merged.items) for each in proof.materials}
    for without in proof.without:
        item = without.item.id
        assert {field.id for field in without.fields} == {id for id, by in asked.items() if by == {item}}
        assert {each.id for each in without.materials} == {id for id, by in needed.items() if by == {item}}
        assert {step.item for step in without.steps} <= {item}
        assert without.left.days.after <= proof.merged.figures.days.after
        assert without.visit == (proof.merged.figures.visits.after > without.left.visits.after)


@given(proofs())
def test_what_an_item_yields_comes_from_the_applicant_without_it(proof: Proof) -> None:
    sources = {each.merged.material.id: each.merged.source for each in proof.materials}
    for without in proof.without:
        for material in without.instead:
            assert material.id in without.item.produces
            assert sources[material.id] != APPLICANT


def test_the_restaurant_without_the_fire_check() -> None:
    proof = prove(deployed("restaurant"), {"food_operation", "fire_check", "no_such_item"}, ON)
    assert [item.id for item in proof.merged.items] == ["food_operation", "fire_check"]
    fire = proof.without[1]
    assert {"fire_exits", "fire_facilities"} <= {field.id for field in fire.fields}
    assert "area" not in {field.id for field in fire.fields}
    assert "floor_plan" not in {each.id for each in fire.materials}
    assert {step.id for step in fire.steps} == {"review_fire_check", "decide_fire_check"}
    assert not fire.visit
    assert fire.left.certificates.before == 1


def test_the_last_visit_falls_away_with_its_item() -> None:
    proof = prove(deployed("restaurant"), {"fire_check", "signboard"}, ON)
    assert [without.visit for without in proof.without] == [True, False]
