"""What a designer writes about promises is checked before anybody can file under it."""

import pytest

from engine.checking import check_industry
from forms.mistakes import Mistake
from tests.filing import files

DRUG, CHECK = "processes/items/drug_retail.yaml", "processes/lifecycle/post_check.bpmn"
PROMISE = "forms/definitions/steps/promise.yaml"


def mistakes(path: str, old: str, new: str) -> tuple[Mistake, ...]:
    """What the check of the pharmacy says with `old` in a file written as `new`."""
    assert old in files()[path]
    return check_industry({**files(), path: files()[path].replace(old, new, 1)}, "pharmacy")


def test_the_files_as_they_stand_are_right() -> None:
    assert check_industry(files(), "pharmacy") == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("drug_class ==", "drug_klass ==", "您是不是要写“drug_class”？"),
        ('["乙类非处方药"]', '["乙类处方药"]', "没有名为“乙类处方药”的选项"),
        ("commitment: partial ", "commitment: full ", "只有 commitment: partial 的事项"),
        ('drug_class == ["乙类非处方药"]', "len(drug_class) == 1", "什么都还没有填时"),
    ],
)
def test_a_condition_that_cannot_hold_is_named(old: str, new: str, said: str) -> None:
    found = mistakes(DRUG, old, new)
    assert any(said in str(each) and each.file == DRUG for each in found), found


def test_what_is_promised_needs_conditions_to_promise() -> None:
    text = files()["processes/items/signboard.yaml"]
    start = text.index("checklist:")
    end = text.index("effective_from:", start)
    without = {**files(), "processes/items/signboard.yaml": text[:start] + "checklist: []\n" + text[end:]}
    assert any("核查要点" in each.says for each in check_industry(without, "restaurant"))


def test_the_form_of_the_decision_on_the_spot_has_to_say_granted_or_refused() -> None:
    (mistake,) = mistakes(PROMISE, "granted: ", "yes: ")
    assert (mistake.file, mistake.element) == (PROMISE, "outcome")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name="监管部门"', 'name="监督部门"', "监管部门"),
        ('name="act" value="check"', 'name="act" value="cheque"', "check"),
        ('name="form" value="revoke"', 'name="form" value="decide"', "revoke"),
        ("mend_ends", "mend_end", "mend_ends"),
        ('default="found_false"', "", "默认"),
    ],
)
def test_the_process_of_the_check_is_checked_like_any_other(old: str, new: str, said: str) -> None:
    found = mistakes(CHECK, old, new)
    assert any(each.file == CHECK and said in f"{each.says}{each.do}" for each in found), found


def test_a_check_is_there_where_something_may_be_promised() -> None:
    without = {path: text for path, text in files().items() if path != CHECK}
    assert any(each.file == CHECK for each in check_industry(without, "pharmacy"))
