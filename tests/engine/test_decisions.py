"""A decision is called as the law calls it for the kind of item, in forms, on pages and in refusals."""

import pytest

from engine.catalogue import Catalogue
from engine.catalogue.item import KINDS
from engine.decisions import WORDS, decision, worded
from engine.deployments import unpublished
from engine.linked import REISSUE, RENEWAL, RESUMPTION, SUSPENSION
from engine.said import GRANTED, REFUSED
from forms.mistakes import Mistakes
from tests.filing import INDUSTRY, NOW, files


def test_every_kind_has_its_words() -> None:
    assert set(WORDS) == set(KINDS)
    assert decision("备案", GRANTED) == "予以备案" and decision("登记", REFUSED) == "不予登记"
    assert decision("阶段决定", GRANTED) == "同意" and decision("备案", "pass") == ""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "行政许可"])
def test_the_form_of_a_decision_speaks_of_no_permit(kind: str) -> None:
    form = worded(unpublished(files(), INDUSTRY, NOW).forms.steps["decide"], kind)
    (outcome,) = (field for field in form.fields if field.id == "outcome")
    assert {option.value: option.label for option in outcome.options} == dict(WORDS[kind])
    said = [form.intro, *(text for field in form.fields for text in (field.hint, field.missing))]
    assert not any("准予许可" in text or "不予许可" in text for text in said)


def test_what_may_come_later_is_one_of_the_items_materials() -> None:
    path = "processes/items/food_operation.yaml"
    changed = {**files(), path: files()[path].replace("later: [premises_proof]", "later: [fire_rules]")}
    with pytest.raises(Mistakes) as told:
        Catalogue.read(changed, INDUSTRY)
    assert any(m.file == path and "不在 materials 里" in m.says for m in told.value.mistakes)


def test_what_follows_a_certificate_is_decided_in_words_of_its_own() -> None:
    assert decision("备案", GRANTED, RENEWAL) == "准予延续" and decision("", REFUSED, REISSUE) == "不予补证"
    assert (
        decision("登记", GRANTED, SUSPENSION) == "予以暂停" and decision("", REFUSED, RESUMPTION) == "不恢复"
    )
    assert decision("行政许可", "withdrawn", RENEWAL) == ""
