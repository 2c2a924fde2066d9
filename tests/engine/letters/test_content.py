"""Every letter can be written from what usually happens, says all that it must, and fails loudly else."""

import re
from datetime import date

import pytest

from engine.files import Files
from engine.happenings import Happened
from engine.letters.content import CannotBeWritten, Content, version_on
from engine.letters.facts import government_over
from engine.letters.names import AGAINST
from engine.letters.reading import read_sheets
from engine.letters.sheet import LetterKind
from engine.pauses import KINDS as PAUSES
from forms.glyphs import undrawable
from tests.engine.letters.samples import LONG, a_case, happened, kinds, letter, sample_of
from tests.filing import files

KINDS = {kind.id: kind for kind in kinds()}
REFUSAL = "processes/letters/refusal.yaml"


def text_of(content: Content) -> str:
    parts = [*(part["text"] for part in content["body"]), content["remedies"]]
    return "\n".join((*parts, *(cell for part in content["body"] for row in part["rows"] for cell in row)))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_letter_can_be_written_and_no_place_in_it_is_left_empty(kind: LetterKind) -> None:
    content = letter(kind.id, sample_of(kind))
    text = content["title"] + text_of(content)
    assert "{" not in text and "}" not in text and "None" not in text
    assert all(part["text"] or all(all(row) for row in part["rows"]) for part in content["body"])
    assert undrawable(text) == ""
    assert content["addressee"] == "淄博张店春和餐饮有限公司"
    assert content["issuer"].startswith("张店区")


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.on in AGAINST], ids=lambda k: k.id)
def test_what_goes_against_a_person_says_why_and_what_can_be_done(kind: LetterKind) -> None:
    text = text_of(letter(kind.id, sample_of(kind)))
    assert LONG in text
    for right in ("六十日内", "行政复议", "六个月内", "行政诉讼", "十五日内"):
        assert right in text


def test_the_review_goes_to_whom_the_deciding_office_named() -> None:
    usual = text_of(letter("refusal", happened("refused")))
    above = text_of(letter("refusal", happened("refused", remedies="superior")))
    assert "向张店区人民政府申请行政复议" in usual
    assert "向淄博市行政审批服务局申请行政复议" in above
    assert usual == text_of(letter("refusal", happened("refused", remedies="")))


def test_what_a_zone_decides_is_reviewed_by_the_government_that_set_it_up() -> None:
    catalogue = happened("refused").deployment.catalogue
    assert government_over(catalogue, catalogue.region("370390")) == "淄博市人民政府"
    assert government_over(catalogue, catalogue.region("370303")) == "张店区人民政府"


def test_a_refusal_without_reasons_is_not_written() -> None:
    with pytest.raises(CannotBeWritten, match="没有写明理由"):
        letter("refusal", happened("refused", reasons=" "))


def test_a_letter_is_not_written_while_something_that_it_says_is_not_known() -> None:
    with pytest.raises(CannotBeWritten, match="听证的地点"):
        letter("hearing_notice", happened("hearing_called", place=""))


def test_a_correction_without_points_is_not_written() -> None:
    with pytest.raises(CannotBeWritten, match="表格里没有内容"):
        letter("correction", happened("correction_asked", points=[]))


def test_a_decision_is_called_by_the_kind_of_its_item() -> None:
    written = {
        of: letter(id, happened("granted", of))["title"]
        for of, id in (
            ("行政许可", "grant"),
            ("备案", "grant_filing"),
            ("登记", "grant_filing"),
            ("阶段决定", "grant_stage"),
        )
    }
    assert list(written.values()) == [
        "准予行政许可决定书",
        "准予备案通知书",
        "准予登记通知书",
        "阶段性批准决定书",
    ]


def test_a_licence_on_a_promise_says_so_and_when_it_is_checked() -> None:
    text = text_of(letter("grant", happened("granted", commitment=True)))
    assert "告知承诺" in text and "当场决定准予行政许可" in text and "依法进行了审查" not in text


def test_a_decision_after_a_hearing_rests_on_its_minutes() -> None:
    text = text_of(letter("grant", happened("granted", minutes="2026年12月3日听证笔录")))
    assert "根据2026年12月3日听证笔录作出" in text


def test_silence_is_told_as_what_the_law_makes_of_it() -> None:
    text = text_of(letter("acceptance", happened("accepted", silent=True)))
    assert "自收到申请材料之日起即为受理" in text and "经审查" not in text


def test_a_moment_is_told_in_the_time_of_beijing() -> None:
    assert "2026年12月3日9时30分" in text_of(letter("hearing_notice", happened("hearing_called")))


def test_reasons_of_several_lines_are_as_many_paragraphs() -> None:
    body = letter("refusal", happened("refused", reasons="一、场地不符。\n\n二、人员不符。"))["body"]
    assert [part["text"] for part in body][2:4] == ["一、场地不符。", "二、人员不符。"]


@pytest.mark.parametrize("kind", PAUSES)
def test_every_kind_of_pause_has_its_word(kind: str) -> None:
    assert f"需要进行{PAUSES[kind].name}" in text_of(letter("special_stage", happened("paused", kind=kind)))


def test_a_whole_case_is_prolonged_by_another_letter_than_an_item() -> None:
    about = happened("extended")
    whole = Happened(
        "extended", a_case(about.deployment, *about.items), about.deployment, "", (), about.values
    )
    assert "本级人民政府负责人赵局批准" in text_of(letter("joint_extension", whole))
    assert "本机关负责人赵局批准" in text_of(letter("extension", about))
    assert "本级人民政府负责人赵局批准" in text_of(letter("extension", happened("extended", days=15)))


def test_the_wording_of_the_day_holds() -> None:
    later = _reworded(files())
    (kind,) = [each for each in _kinds_of(later) if each.id == "refusal"]
    assert version_on(kind, date(2026, 12, 31)).title == "不予行政许可决定书"
    assert version_on(kind, date(2027, 1, 1)).title == "不予许可决定书"
    with pytest.raises(CannotBeWritten, match="已经施行的一版"):
        version_on(kind, date(2023, 12, 31))


def _reworded(own: Files) -> Files:
    """The refusal with a new wording from the next year on."""
    old = own[REFUSAL]
    start = old.index("  - effective_from")
    new = (
        old[start:]
        .replace("2024-01-01", "2027-01-01")
        .replace("title: 不予行政许可决定书", "title: 不予许可决定书")
    )
    return {**own, REFUSAL: old.rstrip("\n") + "\n" + new}


def _kinds_of(own: Files) -> list[LetterKind]:
    return [kind for _document, kind in read_sheets(own).found]


@pytest.mark.parametrize("kind", ["change", "renewal", "resumption", "suspension"])
def test_a_letter_that_brings_no_new_issue_speaks_of_none(kind: str) -> None:
    usual = text_of(letter(kind, happened(KINDS[kind].on)))
    without = text_of(letter(kind, happened(KINDS[kind].on, issue=None)))
    assert re.search("换发第[23]版", usual)
    assert "换发" not in without
