"""What is said of each happening: every one has its words, and what a designer gets wrong is named."""

import re

import pytest
from sqlalchemy import Connection

from engine.checking import check_industry
from engine.deployments import current
from engine.happenings import KINDS, Happened
from engine.letters.write import Letter
from engine.outbox.said import IN_SHORT, STEPS, VALUES, in_words, said
from engine.outbox.sentences import MISSING, Said, fill, is_sound
from engine.outbox.wording import (
    LONGEST_SHORT,
    MESSAGES,
    PLAIN,
    check_wordings,
    wording_of,
    wordings,
)
from tests.engine.clerks import case_of
from tests.engine.outbox.samples import values
from tests.filing import INDUSTRY, files

LETTER = Letter(1, "any", "", "淄张审告〔2026〕1号", "告知书")


def changed(old: str, new: str) -> dict[str, str]:
    """The designers' files with something else in the messages."""
    assert old in files()[MESSAGES]
    return {**files(), MESSAGES: files()[MESSAGES].replace(old, new, 1)}


def test_the_values_of_every_kind_are_those_of_its_happening() -> None:
    assert VALUES.keys() == KINDS.keys()
    for kind, names in VALUES.items():
        assert [name for name in names if not re.search(rf"\b{name}\b", KINDS[kind])] == [], kind


def test_the_files_of_the_repository_have_no_mistake() -> None:
    assert list(check_wordings(files())) == []


def test_every_kind_has_its_words_or_is_listed_as_told_to_nobody() -> None:
    found = wordings(files())
    assert {*found.messages, *found.not_told} == {*KINDS, *STEPS}
    assert set(found.messages) & set(found.not_told) == set()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("full", [True, False], ids=["with everything", "with nothing"])
def test_every_message_is_written_out_whole(desk: Connection, number: str, kind: str, full: bool) -> None:
    wording = wording_of(files(), kind)
    if wording is None:
        return
    items, letters = (("food_operation",), (LETTER,)) if full else ((), ())
    deployment = current(desk, INDUSTRY)
    happened = Happened(
        kind, case_of(desk, number), deployment, "system", items, values(kind) if full else {}
    )
    told = said(happened, letters, wordings(files()).words)
    sentences = [fill(each, told) for each in (wording.title, wording.text, wording.sms)]
    for sentence in sentences:
        assert not set("{}[]") & set(sentence)
        assert "。。" not in sentence and "None" not in sentence
        assert (MISSING not in sentence) or not full
    assert len(sentences[2]) <= LONGEST_SHORT
    assert case_of(desk, number).operator not in sentences[2]


def test_values_are_said_as_people_read_them() -> None:
    assert in_words("2026-12-03") == "2026年12月3日"
    assert in_words("2026-12-03T01:30:00+00:00") == "2026年12月3日09:30"
    assert in_words("20261122-0001") == "20261122-0001"
    assert in_words("2026-13-40") == "2026-13-40"
    assert in_words([1, 2]) == "2"
    assert in_words(0) == "0"


def test_a_part_in_brackets_is_said_only_when_its_values_are_there() -> None:
    sentence = "不予受理[：{reasons}]。[请向{right_body}提出。]"
    assert fill(sentence, {"reasons": Said("不在本区。")}) == "不予受理：不在本区。"
    assert fill(sentence, {"right_body": Said("区住建局")}) == "不予受理。请向区住建局提出。"


def test_a_value_that_is_missing_spoils_no_message() -> None:
    assert fill("地点：{place}。", {}) == f"地点：{MISSING}。"


def test_a_value_cannot_bring_in_a_gap_or_a_line_of_its_own() -> None:
    assert fill("{reasons}", {"reasons": Said("{operator}\n抄送：某人")}) == "{operator} 抄送：某人"


@pytest.mark.parametrize("sentence", ["{Name}", "{a", "a}", "[a", "a]", "[a[b]]", "{}"])
def test_braces_and_brackets_must_match(sentence: str) -> None:
    assert not is_sound(sentence)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("受理号 {case_number}。窗口", "受理号 {casenumber}。窗口", "这里不能用“{casenumber}”。"),
        ("title: 申请已提交", "title: 申请{due_on}已提交", "这里不能用“{due_on}”。"),
        ("sms: 您的申请 {case_number} 已受理", "sms: “{operator}”已受理", "这里不能用“{operator}”。"),
        ("[文书：{letters}。]每件事", "[文书：{letters}。每件事", "花括号或方括号不成对"),
        ("\n  granted:\n", "\n  grantet:\n", "没有“grantet”这种情况。"),
        ("not_told: [ended]", "not_told: []", "没有写“ended”时说什么。"),
        ("link: clock", "link: watch", "没有“watch”这个值"),
        ("title: 申请已提交", "tittle: 申请已提交", "没有这个键。"),
        ("sms: 您的申请 {case_number} 已受理", "sms: " + "请" * 60 + "{case_number}", "最多 70 个"),
    ],
)
def test_a_mistake_of_a_designer_is_named_with_its_place(old: str, new: str, says: str) -> None:
    mistakes = [each for each in check_wordings(changed(old, new)) if says in each.says]
    assert mistakes and all(each.file == MESSAGES and "行" in each.element and each.do for each in mistakes)


def test_a_mistake_keeps_every_industry_from_being_published() -> None:
    mistakes = check_industry(changed("title: 申请已提交", "title: 申请{due_on}已提交"), INDUSTRY)
    assert [each.file for each in mistakes] == [MESSAGES]


def test_under_files_without_messages_something_is_still_said() -> None:
    without = {path: text for path, text in files().items() if path != MESSAGES}
    assert wording_of(without, "refused") == PLAIN
    assert list(check_wordings(without)) == []


def test_a_short_message_names_no_person() -> None:
    assert {"operator", "reasons", "chair", "approver", "words", "place"} & IN_SHORT == set()
