"""What is wrong with the wording of a letter is found before anybody receives it, with its place."""

import pytest

from engine.checking import check_industry
from engine.files import Files
from engine.letters.checking import check_letters
from engine.letters.reading import LAYOUT
from forms.mistakes import Mistake
from tests.filing import files

FOLDER = "processes/letters"


def changed(name: str, old: str, new: str) -> Files:
    path = f"{FOLDER}/{name}"
    assert old in files()[path]
    return {**files(), path: files()[path].replace(old, new, 1)}


def one(found: tuple[Mistake, ...]) -> Mistake:
    (mistake,) = found
    return mistake


def test_the_letters_as_they_are_have_no_mistake() -> None:
    assert check_letters(files()) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "says"),
    [
        ("refusal.yaml", "{reasons}", "{resons}", "versions.0.body.", "“resons”"),
        ("refusal.yaml", "{item_basis}", "{item_basis", "versions.0.body.", "花括号"),
        ("refusal.yaml", 'minutes != ""', 'minute != ""', "versions.0.body.1.when", "“minute”"),
        ("refusal.yaml", 'kind in ["', 'kinds in ["', "when", "“kinds”"),
        (
            "refusal.yaml",
            "      superior:",
            "      superiors:",
            "versions.0.remedies.superiors",
            "“superiors”",
        ),
        ("refusal.yaml", "issuer: authority", "issuer: authorty", "issuer", "“authorty”"),
        ("refusal.yaml", "on: refused", "on: refuse", "on", "“refuse”"),
        ("refusal.yaml", "id: refusal", "id: refusals", "id", "文件名"),
        ("refusal.yaml", "word: 不准", "word: 受", "word", "一样的号"),
        ("refusal.yaml", "本机关决定不予", "本机关决定😀不予", "versions.0.body.", "印不出来"),
        ("refusal.yaml", "根据{basis}和{item_basis}", "根据{item_basis}", "versions.0.basis", "依据"),
        ("acceptance.yaml", "issuer: window", "issuer: authority", "issuer", "综合窗口"),
        ("acceptance.yaml", "not silent", "not silence", "versions.0.body.0.when", "“silence”"),
        ("acceptance.yaml", "{industry}", "{item}", "versions.0.body.0.text", "“item”"),
        ("acceptance.yaml", "rows: items", "rows: points", "versions.0.body.2.rows", "“points”"),
        ("acceptance.yaml", "{statutory}", "{limit}", "versions.0.body.2.columns.3.say", "“limit”"),
        ("acceptance.yaml", "{submitted_on}", "{silent}", "versions.0.body.0.text", "“silent”"),
        ("special_stage.yaml", "  stage:", "  stages:", "words.stages", "“stages”"),
    ],
)
def test_a_slip_of_the_pen_is_found_where_it_stands(
    name: str, old: str, new: str, place: str, says: str
) -> None:
    found = [each for each in check_letters(changed(name, old, new)) if each.file == f"{FOLDER}/{name}"]
    assert any(each.element.startswith(place) and says in each.says for each in found), found


def test_a_refusal_without_its_remedies_is_found() -> None:
    path = f"{FOLDER}/refusal.yaml"
    text = files()[path]
    found = check_letters({**files(), path: text[: text.index("    remedies:")]})
    assert len({each.says for each in found}) == 1
    assert all("行政复议" in each.says and each.file == path for each in found)


def test_a_refusal_without_its_reasons_is_found() -> None:
    found = one(check_letters(changed("refusal.yaml", '"{reasons}"', "见通知。")))
    assert "没有写理由" in found.says


def test_versions_stand_in_the_order_of_their_days() -> None:
    path = f"{FOLDER}/special_stage.yaml"
    text = files()[path]
    again = text + text[text.index("  - effective_from") :].replace("2004", "2003")
    found = one(check_letters({**files(), path: again}))
    assert found.element.startswith("versions.1.effective_from")


def test_a_letter_that_the_law_wants_is_missed() -> None:
    left = {path: text for path, text in files().items() if path != f"{FOLDER}/extension.yaml"}
    assert check_letters(left) == ()  # there is another one for the same
    left.pop(f"{FOLDER}/joint_extension.yaml")
    assert "第四十二条" in one(check_letters(left)).says


@pytest.mark.parametrize(
    "word", ['#import "@preview/cetz:0.2.0"', '#read("/etc/passwd")', '#eval("1")', "#std"]
)
def test_a_layout_that_reaches_beyond_its_data_is_found(word: str) -> None:
    found = one(check_letters({**files(), LAYOUT: files()[LAYOUT] + f"\n{word}\n"}))
    assert (found.file, found.element) == (LAYOUT, f"行 {files()[LAYOUT].count(chr(10)) + 2}")


def test_letters_without_a_layout_are_found() -> None:
    left = {path: text for path, text in files().items() if path != LAYOUT}
    assert one(check_letters(left)).file == LAYOUT


def test_a_deployment_is_checked_with_its_letters() -> None:
    found = check_industry(changed("grant.yaml", "{submitted_on}", "{submitted}"), "restaurant")
    assert [each.file for each in found] == [f"{FOLDER}/grant.yaml"]
