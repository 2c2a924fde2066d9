"""One Chinese word for one thing: the words that were given up do not come back."""

from pathlib import Path

import pytest

from tests.house.conftest import ROOT

GIVEN_UP = {
    "受理编号": "受理号",
    "申办流水号": "受理号",
    "办件编号": "受理号",
    "情景": "场景",
    "联审意见": "审查意见",
    "定时器": "计时器",
    "任务清单": "申请（任务是经办人的）",
    "事项编号": "事项标识",
    "流程编号": "流程标识",
}
SPOKEN = {".py", ".html", ".yaml", ".bpmn", ".typ", ".md", ".js"}


@pytest.mark.parametrize("word", GIVEN_UP)
def test_a_word_that_was_given_up_stands_nowhere(word: str, tracked: tuple[Path, ...]) -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in tracked
        if path.suffix in SPOKEN
        and path.name != Path(__file__).name
        and word in path.read_text(encoding="utf-8")
    }
    assert found == set(), f"请改用：{GIVEN_UP[word]}"
