"""The shipped definitions: complete, in plain Chinese, and answerable."""

import re

import pytest
import yaml

from forms.checklist import Point
from forms.clean import clean
from forms.expressions import Expression
from forms.fields import Field
from forms.library import FormLibrary
from forms.merge import ItemNeeds, merge
from tests.forms.conftest import ROOT, TODAY

REGIONS = {"370303": "张店区"}
SUBJECT = {
    "uscc": "91370303MA3T00017Y",
    "ent_name": "淄博味真餐饮有限公司",
    "ent_type": "企业法人",
    "legal_rep": "张三",
    "legal_rep_id_type": "居民身份证",
    "legal_rep_id_no": "370303190001010016",
    "phone": "13800000000",
    "reg_address": "淄博市张店区柳泉路 88 号",
    "business_scope": "餐饮服务",
}


def every_field(library: FormLibrary) -> list[Field]:
    steps = [field for form in library.steps.values() for field in form.fields]
    fields = [*library.fields.values(), *steps]
    return fields + [column for field in fields for column in field.columns]


def test_every_label_hint_and_error_is_chinese(library: FormLibrary) -> None:
    for field in every_field(library):
        for words in (field.label, field.missing, *filter(None, [field.hint])):
            assert re.search(r"[\u4e00-\u9fff]", words) and not re.search(r"[a-z]{3,}", words), field.id
        assert field.missing.startswith("请"), field.id


def test_numbers_of_people_are_never_public(library: FormLibrary) -> None:
    for field in every_field(library):
        if field.kind in ("cn_id", "mobile", "code", "person_list"):
            assert field.privacy != "public", field.id


def test_what_goes_on_the_certificate_must_be_printable(library: FormLibrary) -> None:
    printed = {id for id, field in library.fields.items() if field.printed}
    items = [yaml.safe_load(path.read_text("utf-8")) for path in ROOT.glob("processes/items/*.yaml")]
    scopes = {field for item in items for field in (item.get("licence") or {}).get("scope_from", ())}
    assert printed == {"ent_name", "legal_rep", "op_address"} | scopes


def test_every_item_form_is_asked_with_a_law_for_each_question(library: FormLibrary) -> None:
    items = [ItemNeeds(form, form, form, "") for form in library.items]
    fields = list(merge(library, items).fields())
    assert {one.field.id for one in fields} == library.fields.keys()
    assert all(reason.law for one in fields for reason in one.reasons)


def subject_errors(library: FormLibrary, **changed: str) -> dict[str, str]:
    item = next(iter(library.items))
    section = merge(library, [ItemNeeds(item, item, item, "")]).section("subject")
    assert section is not None
    return clean(section, {**SUBJECT, **changed}, today=TODAY, context={"regions": REGIONS}).errors


def test_a_right_subject_passes(library: FormLibrary) -> None:
    assert subject_errors(library) == {}


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"uscc": "91370303MA3T00018Y"}, "uscc", "校验位不对"),
        ({"legal_rep_id_no": "370303190001010017"}, "legal_rep_id_no", "校验位不对"),
        ({"legal_rep": "张三🎉"}, "legal_rep", "“🎉”（U+1F389）无法印在证照上"),
        ({"business_scope": "餐" * 3_500_000}, "business_scope", "最多 2000 个字，您填了 3500000 个字"),
        ({"phone": ""}, "phone", "请填写联系电话"),
        ({"legal_rep_id_type": "护照"}, "legal_rep_other_no", "请填写法定代表人证件号码"),
    ],
)
def test_bad_input_is_answered_at_the_field(
    library: FormLibrary, changed: dict[str, str], field: str, words: str
) -> None:
    errors = subject_errors(library, **changed)
    assert list(errors) == [field] and words in errors[field]


@pytest.mark.parametrize(
    ("step", "raw", "errors"),
    [
        ("accept", {"outcome": "accept"}, {}),
        (
            "accept",
            {"outcome": "refuse"},
            {"ground": "请选择不予受理的原因", "reasons": "请写明不予受理的理由"},
        ),
        ("accept", {"outcome": "refuse", "ground": "other", "reasons": "不在本区"}, {}),
        (
            "accept",
            {"outcome": "refuse", "ground": "not_ours", "reasons": "不在本区"},
            {"right_body": "请写明应当向哪个机关申请"},
        ),
        (
            "accept",
            {"outcome": "accept", "refused_items": ["a"], "ground": "not_needed"},
            {"reasons": "请写明不予受理的理由"},
        ),
        (
            "accept",
            {"outcome": "accept", "refused_items": ["b"]},
            {
                "refused_items": "请从给出的选项中选择“其中不予受理的事项”。",
            },
        ),
        ("accept", {"outcome": "correct", "refused_items": ["a"]}, {}),
        ("accept", {}, {"outcome": "请选择受理意见"}),
        ("review", {"opinion": "agree", "points-p": "pass"}, {}),
        ("review", {"opinion": "disagree", "points-p": "pass"}, {"note": "请写明不同意的理由"}),
        ("review", {"opinion": "agree"}, {"points-p": "请为“要点”选择符合、不符合、不适用之一。"}),
        ("inspect", {"points-p": "fail"}, {"points-p-words": "请写明“要点”不合格的情况。"}),
        ("inspect", {"points-p": "na"}, {}),
        ("decide", {"outcome": "granted"}, {}),
        ("decide", {"outcome": "refused"}, {"reasons": "请写明不予许可的理由"}),
        ("decide", {"outcome": "refused", "reasons": "面积不符"}, {}),
    ],
)
def test_a_clerks_form_asks_for_reasons_where_the_law_does(
    library: FormLibrary, step: str, raw: dict[str, str], errors: dict[str, str]
) -> None:
    context = {"checklist": (Point("p", "要点", "法", ("a",)),), "options": {"items": {"a": "甲事项"}}}
    assert clean(library.steps[step].fields, raw, today=TODAY, context=context).errors == errors


def test_a_refusal_names_the_remedies(library: FormLibrary) -> None:
    raw = {"outcome": "refused", "reasons": "面积不符"}
    values = clean(library.steps["decide"].fields, raw, today=TODAY, context={}).values
    assert values["remedies"] == "government"
    granted = clean(library.steps["decide"].fields, {"outcome": "granted"}, today=TODAY, context={}).values
    assert granted["remedies"] is None


def test_conditions_are_expressions_and_not_texts(library: FormLibrary) -> None:
    assert isinstance(library.fields["post_address"].visible_if, Expression)
