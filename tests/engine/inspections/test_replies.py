"""A page saves what was written on it; what it only showed never overwrites what another one has saved."""

import pytest

from engine.inspections.replies import LONGEST, fingerprint, seen_input, sent

OLD, NEW, OTHER = "货架已经搬走。", "货架已经搬走，通道宽两米。", "已经换成防火门。"


def save(shown: str, typed: str, kept: str) -> tuple[str, str]:
    """A page that showed `shown` sends `typed` while `kept` is what is saved."""
    return sent({"note": typed, seen_input("note"): fingerprint(shown)}, "note", kept)


@pytest.mark.parametrize(
    ("shown", "typed", "kept", "then"),
    [
        ("", NEW, "", NEW),
        (OLD, NEW, OLD, NEW),
        (OLD, "", OLD, ""),
        ("", "", NEW, NEW),
        (OLD, OLD, NEW, NEW),
        (OLD, f"  {OLD}\r\n", NEW, NEW),
        (OLD, NEW, NEW, NEW),
    ],
)
def test_only_what_was_written_on_the_page_is_saved(shown: str, typed: str, kept: str, then: str) -> None:
    assert save(shown, typed, kept) == (then, "")


def test_what_was_written_twice_is_said_with_both_texts_and_nothing_is_lost() -> None:
    then, says = save(OLD, NEW, OTHER)
    assert then == OTHER and f"“{OTHER}”" in says
    then, says = save(OLD, NEW, "")
    assert then == "" and "删去" in says
    assert save(OTHER, NEW, OTHER) == (NEW, "")  # the page that said so, sent once more


def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing() -> None:
    assert sent({"note": ""}, "note", OLD) == (OLD, "")
    assert sent({"note": NEW}, "note", OLD)[0] == OLD
    assert sent({"note": NEW}, "note", "") == (NEW, "")
    assert sent({}, "note", OLD) == (OLD, "")


def test_what_is_too_long_is_said_and_what_was_kept_stays() -> None:
    then, says = save(OLD, "长" * (LONGEST + 1), OLD)
    assert then == OLD and f"最多 {LONGEST} 个字" in says
